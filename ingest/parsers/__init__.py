"""Parsers (解析): a read document becomes citable texts, one module per kind of document.

``parse`` is the only door. Each parser takes the neutral document and its profile and gives ``SourceText`` rows; it
never opens a file and never asks the clock.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.vocabulary import DocumentKind
from ingest.identify.profile import Profile
from ingest.readers.model import FileUnreadable, Paragraph, ReadDocument, Reason
from ingest.sources.text import SourceText

Parser = Callable[[ReadDocument, Profile], list[SourceText]]

CHINESE_SHARE = 0.3
_REMEDY = "请核对文件内容；如为扫描件，请先识别文字；如非法规、案例、清单或指引，可不装载。"


def parse(document: ReadDocument, path: str) -> list[SourceText]:
    """Every citable text of ``document``, in printed order, with what it says about fines as data (``records``).

    ``path`` as given to the loader is a hint only.

    Raises FileUnreadable (NOTHING_RECOGNISED) when nothing that could be cited came out.
    """
    from ingest.identify import identify  # which asks the parsers' recognisers
    from ingest.parsers.issued import inherit, split_issued
    from ingest.parsers.records import with_records

    if not in_chinese(document):
        raise FileUnreadable(Reason.NOTHING_RECOGNISED, "文件不是中文文本。", where=path, remedy=_REMEDY)
    texts: list[SourceText] = []
    issuing: Profile | None = None
    for part in split_issued(document):
        profile = identify(part, path)
        if issuing is not None:
            profile = inherit(profile, issuing)
        issuing = profile
        found = [text for text in _parser(profile.kind)(part, profile) if text.rows]
        texts += with_records(found, part, profile)
    if not texts:
        raise FileUnreadable(
            Reason.NOTHING_RECOGNISED, "文件已读出，但没有可以引用的内容。", where=path, remedy=_REMEDY
        )
    return texts


def in_chinese(document: ReadDocument) -> bool:
    """Whether Chinese characters make up a fair share of the letters: an English notice beside the files is no law."""
    words = "".join(b.text if isinstance(b, Paragraph) else "".join(c.text for c in b.cells) for b in document.blocks)
    letters = sum(1 for c in words if c.isalpha())
    return not letters or sum(1 for c in words if "\u4e00" <= c <= "\u9fff") >= CHINESE_SHARE * letters


def _parser(kind: DocumentKind) -> Parser:
    """The parser of a kind, imported when the first such document arrives."""
    match kind:
        case DocumentKind.CASE:
            from ingest.parsers.case import parse_cases

            return parse_cases
        case DocumentKind.GUIDANCE:
            from ingest.parsers.guidance import parse_guidance

            return parse_guidance
        case DocumentKind.TEMPLATE:
            from ingest.parsers.template import parse_template

            return parse_template
        case DocumentKind.STANDARD:
            from ingest.parsers.standard import parse_standard

            return parse_standard
        case (
            DocumentKind.CATALOGUE
            | DocumentKind.ITEM_LIST
            | DocumentKind.RISK_LIST
            | DocumentKind.BENCHMARK
            | DocumentKind.EXEMPTION_LIST
        ):
            from ingest.parsers.lists import parse_list

            return parse_list
        case _:
            from ingest.parsers.statute import parse_statute

            return parse_statute
