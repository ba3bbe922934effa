"""What is served of what is held (文本的取舍): texts whose files are gone, doubles of one text, texts that differ.

Pure: decided anew from the whole holdings each time, so the outcome does not depend on whether the law package or a
folder came first, nor on where an earlier run was cut off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.store.sources import FileState, SourceFile
from corpus.vocabulary import Document, Finding, FindingKind, Provision, Severity, Shelf
from ingest.loading.compare import describe, differences
from ingest.loading.holdings import HeldText, Holdings

Read = Callable[[str], Sequence[Provision]]
"""The provisions of a version by id."""

_REMEDY = "请对照两处原文，确认哪一份正确；可移除或更正错误的文件后再次运行 eassistant ingest。"


@dataclass(slots=True)
class Standing:
    """What must be changed in the store, by version id, and every difference between two texts of one day."""

    retired: dict[str, dt.date | None] = field(default_factory=dict)
    shadowed: dict[str, str | None] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)  # to the law package's document
    merged: dict[str, str] = field(default_factory=dict)  # the same words: one text, two sources
    findings: list[Finding] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return bool(self.retired or self.shadowed or self.moved or self.merged)


def decide(held: Holdings, read: Read, today: dt.date) -> Standing:
    """Decide over everything held. ``read`` is asked only for texts that have a rival of the same day."""
    standing = Standing()
    supported = frozenset(_supported(held))
    for key, texts in held.by_key():
        document = held.document_of(key)
        assert document is not None  # a key without texts is not listed
        _gather(document, texts, standing)
        alive: list[HeldText] = []
        for text in texts:
            if text.official or text.id in supported or text.id not in held.links:
                alive.append(text)
                if text.retired is not None:
                    standing.retired[text.id] = None
            else:
                if text.retired is None:
                    standing.retired[text.id] = today
                _shadow(text, None, standing)
        for _, rivals in groupby(alive, key=lambda t: t.published):
            _choose(document, sorted(rivals, key=lambda t: _rank(held, t)), held, read, standing)
        _recognise_undated(alive, read, standing)
    return standing


def _gather(document: Document, texts: Sequence[HeldText], standing: Standing) -> None:
    standing.moved.update({t.id: document.id for t in texts if t.document_id != document.id})


def _choose(document: Document, rivals: Sequence[HeldText], held: Holdings, read: Read, standing: Standing) -> None:
    """Among texts of one document and one day, best first, serve the first; the others are the same, or differ."""
    served, *others = rivals
    _shadow(served, None, standing)
    for other in others:
        found = differences(read(served.id), read(other.id))
        if not found and served.official and not other.official:
            standing.merged[other.id] = served.id
            continue
        together = bool(held.links.get(served.id, set()) & held.links.get(other.id, set()))
        one_of_many = served.published is None and document.kind.shelf is not Shelf.LAW
        beside = bool(found) and (together or one_of_many)
        _shadow(other, None if beside else served.id, standing)
        if found and not together:
            standing.findings.append(_finding(document, served, other, describe(found), held, beside=beside))


def _recognise_undated(alive: Sequence[HeldText], read: Read, standing: Standing) -> None:
    """A text without a day that has the very words of a dated one is that text: the dated one is served."""
    dated = [t for t in alive if t.published is not None and _served(t, standing)]
    for text in alive:
        if text.published is None and not text.official and _served(text, standing):
            same = next((d for d in reversed(dated) if not differences(read(d.id), read(text.id))), None)
            if same is not None:
                _shadow(text, same.id, standing)


def _served(text: HeldText, standing: Standing) -> bool:
    return text.id not in standing.merged and standing.shadowed.get(text.id, text.shadowed_by) is None


def _rank(held: Holdings, text: HeldText) -> tuple[bool, bool, int, str]:
    """Whole texts first, then the law package's, then what was ingested last."""
    seen = max((held.files[s].first_seen for s in held.links.get(text.id, ())), default=dt.date.min)
    return not text.whole, not text.official, -seen.toordinal(), text.id


def _shadow(text: HeldText, by: str | None, standing: Standing) -> None:
    if text.shadowed_by != by:
        standing.shadowed[text.id] = by
    else:
        standing.shadowed.pop(text.id, None)


def _finding(
    document: Document, served: HeldText, other: HeldText, words: str, held: Holdings, *, beside: bool
) -> Finding:
    day = f"{served.published}文本" if served.published else "未注明日期的文本"
    outcome = "两份都可检索" if beside else f"现采用{_name(served, held)}"
    return Finding(
        FindingKind.TEXT_DIFFERS,
        Severity.WARNING,
        other.id,
        f"《{document.title}》",
        f"{day}有不同来源，文字不一（{outcome}；此来源为{_name(other, held)}）：{words}。",
        _REMEDY,
    )


def _name(text: HeldText, held: Holdings) -> str:
    if text.official:
        return "国家法律数据包"
    files = sorted(held.files[s].path for s in held.links.get(text.id, ()))
    return f"“{files[0].rsplit('/', 1)[-1]}”" if files else "已导入的文本"


def _supported(held: Holdings) -> Iterator[str]:
    """Texts that a file stands for: one that lies there now, or earlier content of one, of another day."""
    current = {f.path: f for f in held.files.values() if f.state.current}
    days: dict[str, list[HeldText]] = {}
    for version_id, sources in held.links.items():
        for source in sources:
            days.setdefault(source, []).append(held.texts[version_id])
    for version_id, sources in held.links.items():
        if any(_stands_for(held.files[s], held.texts[version_id], current, days) for s in sources):
            yield version_id


def _stands_for(
    file: SourceFile, text: HeldText, current: Mapping[str, SourceFile], days: Mapping[str, list[HeldText]]
) -> bool:
    if file.state.current:
        return True
    now = current.get(file.path)
    if file.state is not FileState.REPLACED or now is None:
        return False
    takes_over = (t for t in days.get(now.id, ()) if (t.key, t.published) == (text.key, text.published))
    return not any(t.whole or not text.whole for t in takes_over)
