"""What kind of document it is (文件种类): what its title says it is, then what its form shows."""

from __future__ import annotations

import re

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.rank import Rank
from ingest.parsers.case import looks_like_case
from ingest.parsers.guidance import looks_like_guidance
from ingest.parsers.lists.recognise import looks_like_list
from ingest.parsers.standard import looks_like_standard
from ingest.parsers.statute_lines import read_article
from ingest.parsers.template import looks_like_template
from ingest.readers.model import ReadDocument

_TAIL = r"(?:（[^）]*）)?$"
_AMENDMENT = re.compile(rf"修正案(?:（[^）]*）)?{_TAIL}")
_AMENDING = re.compile(rf"(?:修改|修订|修正|废止|停止执行|停止施行|取消).*(?:的)?(?:决定|决议){_TAIL}")
_DECISION = re.compile(rf"(?:决定|决议){_TAIL}")
_INTERPRETATION = re.compile(rf"关于《?.+(?:第.+[条款]|附件|.*法).*的解释{_TAIL}")
_STATUTE = re.compile(rf"(?:条例|办法|规定|细则|规则|法|法典|宪法|章程|准则){_TAIL}")
_ENOUGH = 3  # articles that make a text with the title of a statute a statute at once


def kind_of(document: ReadDocument, title: str, rank: Rank) -> DocumentKind:
    """The kind of ``document``, whose title is marked: a statute by title and rank, else what its form shows."""
    if rank.told and rank.level is not EffectLevel.NORMATIVE_DOCUMENT and _is_statute(document, title):
        return _kind_of_law(title, rank)
    if looks_like_case(document):
        return DocumentKind.CASE
    if (listed := looks_like_list(document)) is not None:
        return listed
    if looks_like_template(document):
        return DocumentKind.TEMPLATE
    if looks_like_standard(document):
        return DocumentKind.STANDARD
    if not _binding(rank) and looks_like_guidance(document):
        return DocumentKind.GUIDANCE
    return _kind_of_law(title, rank)


def _binding(rank: Rank) -> bool:
    return rank.level not in (EffectLevel.NORMATIVE_DOCUMENT, EffectLevel.NONE)


def _is_statute(document: ReadDocument, title: str) -> bool:
    if _STATUTE.search(title) or _AMENDMENT.search(title) or _DECISION.search(title):
        return True
    found = 0
    for paragraph in document.paragraphs():
        article = read_article(paragraph.text)
        found += article is not None and article.certain
        if found >= _ENOUGH:
            return True
    return False


def _kind_of_law(title: str, rank: Rank) -> DocumentKind:
    if _AMENDMENT.search(title):
        return DocumentKind.AMENDMENT
    if _AMENDING.search(title):
        return DocumentKind.AMENDING_DECISION
    if _DECISION.search(title):
        return DocumentKind.DECISION
    if rank.level is EffectLevel.LAW and _INTERPRETATION.search(title):
        return DocumentKind.INTERPRETATION
    return DocumentKind.STATUTE
