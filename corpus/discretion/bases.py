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
from corpus.numerals import parse_number
from corpus.vocabulary import ArticleNumber, Citation, ProvisionPath

_NOTHING = re.compile(r"[\s/／\\—–\-－―─无]*")
_GAP = re.compile(r"[ \t\u3000\u00a0]")
_BREAK = re.compile(r"[\n\r]")
_AFTER_HEAD = re.compile(r"\s*[:：]?\s*")
_EDITION = re.compile(r"\s*[（(][^（）()]{0,12}(?:19|20)\d\d[^（）()]{0,20}[)）]\s*")
_LINKS = re.compile(r"[\s、，,;；。和及与以及并且或者]*(?:《[^》]*》)?\s*")
_OPENS = "。；;：:！？”」』）)"
_NUMBER = "[一二三四五六七八九十百千零〇]{1,9}"
_BELOW = re.compile(rf"第[（(]?({_NUMBER})[)）]?([款项目])")
_MORE = re.compile(
    rf"[、，和及](?:第[（(]?{_NUMBER}[)）]?[款项目])+(?=[\s:：]|$)"
)  # 第十二项、第二款, against the usual order
_MISPRINTED = re.compile(
    rf"""(?:^|(?<=\n)|(?<=[。；]))[ \t\u3000]*
    (?P<head> (?P<open>《)? (?P<title>[^《》\n，。；]{{4,60}}) 》
    第(?P<article>{_NUMBER}) (?P<unit>条)? (?P<below> (?: 第[（(]?{_NUMBER}[)）]?[款项目]? )* ) )
    (?= [\u3000:：] )
    (?: (?<=[条款项目]) (?(open) (?!) ) | (?<! [条款项目] ) | (?(unit) (?!) ) )
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(?:^|\n)\s*(?:[(（]?[0-9一二三四五六七八九十]{1,2}[)）.．、]|[·•◆●-])\s*$")
_LEAD = re.compile(r"\s*(?:违反了?|依据|根据|依照|按照|参照|法律依据|处罚依据|违反条款|违则|罚则)?[:：]?\s*")
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
        quoted = "" if _LINKS.fullmatch(quoted) else _NUMBERED.sub("", quoted)
        bases += _entries(head, text, quoted, spot)
    return tuple(bases)


def _heads(text: str) -> Iterator[_Head]:
    title, floor = "", 0
    last: _Head | None = None
    misprinted = {match.start("head"): match for match in _MISPRINTED.finditer(text)}
    plain = [found for found in find_citations(_without_editions(text)) if found.start not in misprinted]
    starts = sorted(
        [(found.start, found) for found in plain] + [(at, None) for at in misprinted], key=lambda pair: pair[0]
    )
    for at, found in starts:
        if at < floor:
            continue
        if found is None:
            head = _misprinted(misprinted[at])
        elif _repeats(text, found, floor, last):
            continue
        elif _begins(text, found, floor) and (found.title or title):
            title = found.title or title
            head = _head(text, found, title)
        else:
            continue
        title, floor, last = head.title, head.end, head
        yield head


def _repeats(text: str, found: FoundCitation, floor: int, last: _Head | None) -> bool:
    """Whether it is the label that the quoted article itself begins with: 第三十一条第（一）项：⏎第三十一条　…"""
    return (
        last is not None
        and found.title is None
        and not text[floor : found.start].strip(" \t\u3000\n:：")
        and [citation.article for citation in found.citations] == [last.citations[-1].article]
    )


def _head(text: str, found: FoundCitation, title: str) -> _Head:
    citations = [replace(citation, title=title) for citation in found.citations]
    end = found.end
    while (more := _MORE.match(text, end)) and citations[-1].article is not None:
        citations.append(replace(citations[-1], path=_path(more.group())))
        end = more.end()
    return _Head(found.start, _end_of_edition(text, end), title, tuple(citations))


def _misprinted(match: re.Match[str]) -> _Head:
    """《…条例》第二十八第一款, 《…条例》第二十条第一, …法》第五十五条: what is missing is evident."""
    article = ArticleNumber(parse_number(match["article"]))
    below = match["below"] if not match["below"] or match["below"][-1] in "款项目" else f"{match['below']}款"
    citation = Citation(match["title"], article, _path(below))
    return _Head(match.start("head"), match.end(), match["title"], (citation,))


def _path(words: str) -> ProvisionPath:
    numbers = {unit: parse_number(number) for number, unit in _BELOW.findall(words)}
    return ProvisionPath(numbers.get("款"), numbers.get("项"), numbers.get("目"))


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
    opens = bool(
        (floor == 0 and _LEAD.fullmatch(before))
        or not before.strip()
        or before.rstrip()[-1] in _OPENS
        or _NUMBERED.search(before)
        or (_BREAK.search(before[len(before.rstrip()) :]) and _GAP.match(after))
    )
    listed = bool(_LINKS.fullmatch(before)) and found.title is not None
    if not (opens or listed):
        return False
    if not after.strip():
        return True
    if _GAP.match(after) or _BREAK.match(after) or after[0] in ":：（(":
        return True
    if found.title is not None and _LINKS.match(after) and after.lstrip("、，,；;和及与 \n\u3000").startswith("《"):
        return True
    if _RUNS_ON.match(after) and not (floor == 0 and _LEAD.fullmatch(before)):
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
        places = re.sub(r"^《?[^》]*》", "", _EDITION.sub("", printed)) if "》" in printed else printed
        return f"《{title}》{places}"
    article = citations[0].article
    return f"《{title}》{_article(article)}{'、'.join(format_path(c.path) for c in citations)}"


def _article(article: ArticleNumber | None) -> str:
    return format_article(article) if article else ""
