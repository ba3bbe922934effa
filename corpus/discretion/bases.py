"""Cited laws with the words quoted from them (违反条款、处罚依据): one entry per article.

A new entry begins with a title in 《》 and its article, or with an article that stands where a sentence begins and
carries on the law before it (第十九条第二款　前款规定的…). An article inside the quoted words begins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.citations import FoundCitation, find_citations
from corpus.citations.format import format_article, format_path
from corpus.discretion.model import Basis, Spot
from corpus.vocabulary import ArticleNumber, Citation

_NOTHING = re.compile(r"[\s/／\\—–\-－―─无]*")
_GAP = re.compile(r"[ \t\u3000\u00a0]")
_BREAK = re.compile(r"[\n\r]")
_AFTER_HEAD = re.compile(r"\s*[:：]?\s*")
_EDITION = re.compile(r"\s*[（(][^（）()]{0,12}(?:19|20)\d\d[^（）()]{0,20}[)）]\s*")
_LINKS = re.compile(r"[\s、，,;；。和及与以及并且或者]*(?:《[^》]*》)?\s*")
_OPENS = "。；;：:！？\n\r”」』）)"
_RUNS_ON = re.compile(
    r"的?(?:规定|要求|第|所列|所述|情形|行为|之一|至|到|、|和|或|及|，|,|规定的|的|以外|之外|等|实施|处罚|执行|办理|处理|。|；|;)"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The citation that begins an entry: half-open span, words as printed, title and places."""

    start: int
    end: int
    title: str
    citations: tuple[Citation, ...]


def read_bases(text: str, spot: Spot) -> tuple[Basis, ...]:
    """The laws that the cell ``text`` cites, in printed order, each with the words quoted after it; () for ——.

    ``written`` is 《title》 without its edition, and the article with its 款项 as printed.
    """
    if _NOTHING.fullmatch(text):
        return ()
    heads = list(_heads(text))
    bases: list[Basis] = []
    for i, head in enumerate(heads):
        following = heads[i + 1].start if i + 1 < len(heads) else len(text)
        quoted = _AFTER_HEAD.sub("", text[head.end : following], count=1).strip()
        if _LINKS.fullmatch(quoted):
            quoted = ""
        bases += _entries(head, text, quoted, spot)
    return tuple(bases)


def _heads(text: str) -> Iterator[_Head]:
    title, floor = "", 0
    for found in find_citations(_without_editions(text)):
        if found.start < floor or not _begins(text, found, floor):
            continue
        if found.title is None and not title:
            continue
        title = found.title or title
        citations = tuple(replace(citation, title=title) for citation in found.citations)
        end = _end_of_edition(text, found.end)
        yield _Head(found.start, end, title, citations)
        floor = end


def _without_editions(text: str) -> str:
    """（2018年修订） between title and article blanked out: it is no part of either, and offsets stay."""
    return _EDITION.sub(lambda match: " " * len(match.group()) if _between(text, match) else match.group(), text)


def _between(text: str, match: re.Match[str]) -> bool:
    return text[: match.start()].rstrip().endswith("》")


def _end_of_edition(text: str, end: int) -> int:
    match = _EDITION.match(text, end)
    return match.end() if match else end


def _begins(text: str, found: FoundCitation, floor: int) -> bool:
    """Whether a citation begins an entry: at the start, on a new line, or after a sentence, and quotes something."""
    before = text[floor : found.start]
    after = text[found.end :]
    if not found.citations or found.anchor.value != "full":
        return False
    opens = not before.strip() or before.rstrip(" \t\u3000\u00a0")[-1] in _OPENS
    listed = bool(_LINKS.fullmatch(before)) and found.title is not None
    if not (opens or listed):
        return False
    if not after.strip():
        return True
    if _GAP.match(after) or _BREAK.match(after) or after[0] in ":：（(":
        return True
    if found.title is not None and _LINKS.match(after) and after.lstrip("、，,；;和及与 \n\u3000").startswith("《"):
        return True
    if _RUNS_ON.match(after):
        return False
    return found.citations[0].article is not None and (found.title is not None or _BREAK.search(before) is not None)


def _entries(head: _Head, text: str, quoted: str, spot: Spot) -> Iterator[Basis]:
    """One entry per article of the head; the words are quoted with the last."""
    groups: list[list[Citation]] = []
    for citation in head.citations:
        if groups and groups[-1][-1].article == citation.article and groups[-1][-1].label == citation.label:
            groups[-1].append(citation)
        else:
            groups.append([citation])
    printed = re.sub(r"\s+", "", text[head.start : head.end])
    for group in groups:
        written = _written(head.title, group, printed if len(groups) == 1 else "")
        yield Basis(written, tuple(group), quoted, spot)


def _written(title: str, citations: Sequence[Citation], printed: str) -> str:
    if printed:
        places = re.sub(r"^《[^》]*》(?:[（(][^）)]*[)）])?", "", _EDITION.sub("", printed))
        return f"《{title}》{places}"
    article = citations[0].article
    return f"《{title}》{_article(article)}{'、'.join(format_path(c.path) for c in citations)}"


def _article(article: ArticleNumber | None) -> str:
    return format_article(article) if article else ""
