"""Which records may be examined (可命题的记录): read without doubt, their law in force, their own time not over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.discretion.contract import BasisInfo, ComputeResponse, ItemInfo, StandardInfo
from assistant.quiz.material import LawBook, SourceText
from corpus.citations.keys import title_key

_SOUND = frozenset({"in_force", "not_found", None})
_HARMLESS = re.compile(
    r"^处罚依据.*未找到：语料中没有(?!.*废止)"  # a law that is not held speaks neither for nor against
    r"|^该罚款为“可以”处罚|^法定幅度有多种.*计算结果在其中“[^”]*”的幅度之内"
    r"|^没有读到法定罚款幅度|^处罚依据中的“.*没有读出罚款幅度"
)
_IMPLEMENTS = re.compile(r"实施[<〈《＜]([^<>〈〉《》＜＞]+)[>〉》＞]")
_TERM = re.compile(
    r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)，?有效期(?:为)?([0-9一二三四五六七八九十]+)年"
)
_SEVERAL = re.compile(r"^法定幅度有多种（(?P<ranges>.*)），.*计算结果在其中“(?P<applied>[^”]*)”的幅度之内")
_GENERAL = "一般情形"
_ORGANIZATION = re.compile(r"单位|企业|公司|机构")
_YEARS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}


def standard_is_sound(standard: StandardInfo) -> bool:
    """Nothing to review, and none of its laws repealed or not yet in force."""
    return not standard.needs_review and _laws_stand([*standard.basis, *standard.violated])


def item_is_sound(item: ItemInfo) -> bool:
    return not item.needs_review and _laws_stand(item.provisions)


def law_is_held(bases: Sequence[BasisInfo]) -> bool:
    """Whether every cited law is held and in force: such records are examined first."""
    return all(b.state == "in_force" for b in bases)


def law_has_ended(bases: Sequence[BasisInfo]) -> bool:
    """Whether one of the cited laws is repealed."""
    return any(b.state == "repealed" for b in bases)


def implements_ended_law(standard: StandardInfo, book: LawBook) -> bool:
    """Whether it rests on measures that implement a law that is not in force: 实施〈环境噪声污染防治法〉办法."""
    laws = [found[1] for b in standard.basis for found in _IMPLEMENTS.finditer(b.written)]
    return any(not book.by_title.get(title_key(law)) for law in laws)


def result_is_sound(result: ComputeResponse) -> bool:
    """Whether the desk computed, and says nothing against the benchmark, the row or the law of the day."""
    reservations = [w for w in result.warnings if not _HARMLESS.match(w)]
    return result.state == "computed" and not reservations and result.within_legal_range is not False


def is_lawful(result: ComputeResponse, told: str) -> bool:
    """Whether the result lies in the statute's range: in the one that the words told say applies, where it has several.

    The general range applies to an organization where the others are for individuals.
    """
    if result.within_legal_range is not None:
        return result.within_legal_range
    for found in filter(None, map(_SEVERAL.match, result.warnings)):
        applied = found["applied"].removesuffix("的")
        if applied == _GENERAL:
            return bool(_ORGANIZATION.search(told)) and _only_individuals(found["ranges"])
        return applied in told
    return False


def range_line(result: ComputeResponse) -> list[str]:
    """The range of the statute as a line of the working, where it has several and one was found to apply."""
    for found in filter(None, map(_SEVERAL.match, result.warnings)):
        stated = re.search(rf"(?:^|、){re.escape(found['applied'])}：(?P<fine>.+?)(?=、[^、：]+：|$)", found["ranges"])
        if stated is not None and result.within_legal_range is None:
            return [f"法定幅度：{stated['fine']}；计算结果在法定幅度之内"]
    return []


def _only_individuals(ranges: str) -> bool:
    """Whether every range beside the general one is for individuals (个人有前款…情形的：处一百元以上…)."""
    labels = [part.partition("：")[0] for part in ranges.split("、") if "：" in part]
    return all(label == _GENERAL or label.startswith("个人") for label in labels)


def end_of_term(text: SourceText) -> dt.date | None:
    """The day on which a document's own term is over (有效期三年), None where it states none."""
    for provision in text.provisions:
        if found := _TERM.search(provision.text):
            years = _YEARS.get(found[4]) or (int(found[4]) if found[4].isdigit() else 0)
            if years:
                return dt.date(int(found[1]) + years, int(found[2]), min(int(found[3]), 28))
    return None


def still_applies(text: SourceText, day: dt.date) -> bool:
    """Whether the document's own term, if it states one, has not ended."""
    end = end_of_term(text)
    return end is None or day < end


def _laws_stand(bases: list[BasisInfo]) -> bool:
    return all(b.state in _SOUND for b in bases)
