"""Lists printed as paragraphs (条目式清单): 1、违法行为 with labelled parts below it (违反条款, 不予处罚的情节).

The paragraph right above the first label of a run is the entry's heading; its numbering or heading level shows which
other paragraphs head entries, so a numbered condition is never taken for an entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.discretion.model import Doubt
from ingest.parsers.exemptions.raw import Conditions, RawEntry, RawList, remark_lines, spot_of
from ingest.parsers.exemptions.roles import Role, after_remark_head, role_of
from ingest.readers.model import Paragraph

_STYLES = (
    re.compile(r"\s*(\d{1,3})\s*[、．.](?!\d)\s*"),
    re.compile(r"\s*[（(](\d{1,3})[）)]\s*"),
    re.compile(r"\s*[（(]([一二三四五六七八九十百]+)[）)]\s*"),
    re.compile(r"\s*([一二三四五六七八九十百]+)、\s*"),
    re.compile(r"\s*第([一二三四五六七八九十百\d]+)[条项]\s*"),
)
_LABELS = frozenset({Role.VIOLATED, Role.BASIS, Role.GROUNDS, Role.CONDITION, Role.EXCLUSION, Role.EFFECT, Role.REMARK})
_NO_LABEL = re.compile(r"[，。；;]|下列|以下|之一")
_SENTENCE = re.compile(r"[。；;]")
_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class _Label:
    """A labelled paragraph: its role, name, and the words behind the colon ("" where they follow below)."""

    role: Role
    name: str
    rest: str


def read_paragraphs(paragraphs: Sequence[Paragraph], context: tuple[str, ...], into: RawList) -> int:
    """Append the entries of a run of paragraphs and the remarks on the whole list; gives how many entries it found.

    Paragraphs before the first entry are left to the caller when there is none.
    """
    labels = [_label(p) for p in paragraphs]
    heads = _heads(paragraphs, labels)
    if not heads:
        return 0
    _Reading(paragraphs, labels, heads, context, into).run()
    return len(heads)


def read_sentences(paragraphs: Sequence[Paragraph], context: tuple[str, ...], into: RawList) -> int:
    """Append the numbered sentences of a list without tables and labels: each is an entry that a person must divide."""
    counted = [(style, [n for n, p in enumerate(paragraphs) if style.match(p.text)]) for style in _STYLES]
    style, members = max(counted, key=lambda found: len(found[1]))
    if len(members) < 2:
        return 0
    section = ""
    for n, paragraph in enumerate(paragraphs):
        if n not in members:
            if any(s.match(paragraph.text) for s in _STYLES):
                section = paragraph.text.strip()
            elif _SENTENCE.search(paragraph.text):
                into.remarks += remark_lines(after_remark_head(paragraph.text) or paragraph.text)
            continue
        number, words = _split_number(paragraph.text, style)
        entry = RawEntry(number, words, category=_bare_heading(section), category_heading=section)
        entry.conditions.append(Conditions("", words))
        entry.context = (*context, section)
        entry.spot = spot_of(paragraph.place)
        entry.pages = {paragraph.place.page} if paragraph.place.page is not None else set()
        message = "本条没有分栏，违法行为和适用条件未能分开，请核对。"
        entry.doubts.append(Doubt("entry_not_divided", message, entry.spot))
        into.entries.append(entry)
    return len(members)


def _label(paragraph: Paragraph) -> _Label | None:
    name, colon, rest = paragraph.text.strip().replace("：", ":", 1).partition(":")
    name = re.sub(r"^[【\[]|[】\]]$", "", name.strip())
    if _NO_LABEL.search(name):
        return None
    role = role_of(name)
    if role in _LABELS or (role is Role.VIOLATION and colon and rest.strip()):
        return _Label(role, name, rest.strip()) if role is not None else None
    return None


def _heads(paragraphs: Sequence[Paragraph], labels: Sequence[_Label | None]) -> dict[int, str]:
    """Index of every paragraph that heads an entry → its number as printed."""
    by_name = {n: "" for n, label in enumerate(labels) if label is not None and label.role is Role.VIOLATION}
    if by_name:
        return by_name
    heads: dict[int, str] = {}
    style: re.Pattern[str] | None = None
    level: int | None = None
    for n, (paragraph, following) in enumerate(zip(paragraphs, [*labels[1:], None], strict=True)):
        if labels[n] is not None or following is None or following.role is Role.REMARK:
            continue
        if not heads:
            style, level = _style_of(paragraph.text), paragraph.level
            if style is None and level is None:
                continue
        if paragraph.level != level or (style is not None and not style.match(paragraph.text)):
            continue
        number = _split_number(paragraph.text, style)[0] if style is not None else ""
        heads[n] = number
    return heads


def _style_of(text: str) -> re.Pattern[str] | None:
    return next((style for style in _STYLES if style.match(text)), None)


def _split_number(text: str, style: re.Pattern[str] | None) -> tuple[str, str]:
    found = style.match(text) if style is not None else None
    return (found.group(1), text[found.end() :].strip()) if found else ("", text.strip())


def _bare_heading(text: str) -> str:
    """A heading without its number: 一、建设项目管理类 is 建设项目管理类."""
    return _split_number(text, _style_of(text))[1]


class _Reading:
    """One run of paragraphs being read: the entry that is open, and the label whose words follow."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        labels: Sequence[_Label | None],
        heads: dict[int, str],
        context: tuple[str, ...],
        into: RawList,
    ) -> None:
        self._paragraphs = paragraphs
        self._labels = labels
        self._heads = heads
        self._context = context
        self._into = into
        self._entry: RawEntry | None = None
        self._label: _Label | None = None
        self._headings: list[tuple[int, str]] = []
        self._in_remarks = False
        self._last_head = max(heads)
        first = paragraphs[min(heads)]
        self._head_level = first.level

    def run(self) -> None:
        for n, paragraph in enumerate(self._paragraphs):
            if n in self._heads:
                self._open(n)
            elif self._is_list_remark(n):
                self._close(remarks=True)
                self._into.remarks += remark_lines(after_remark_head(paragraph.text) or "")
            elif (label := self._labels[n]) is not None and self._entry is not None:
                self._label = label
                self._add(label.rest, paragraph)
            elif self._is_heading(n):
                self._close(remarks=False)
                depth = paragraph.level if paragraph.level is not None else 0
                self._headings = [h for h in self._headings if h[0] < depth]
                self._headings.append((depth, paragraph.text.strip()))
            elif self._entry is not None:
                self._add(paragraph.text.strip(), paragraph)
            elif self._in_remarks or _SENTENCE.search(paragraph.text):
                self._into.remarks += remark_lines(paragraph.text)

    def _open(self, n: int) -> None:
        paragraph = self._paragraphs[n]
        label = self._labels[n]
        heading = self._headings[-1][1] if self._headings else ""
        if label is not None:  # 违法行为：未按规定明码标价
            number, words = "", label.rest
        else:
            number, words = _split_number(paragraph.text, _style_of(paragraph.text))
        entry = RawEntry(number, words, _bare_heading(heading), heading)
        entry.context = (*self._context, *(text for _, text in self._headings))
        entry.spot = spot_of(paragraph.place)
        entry.pages = {paragraph.place.page} if paragraph.place.page is not None else set()
        self._into.entries.append(entry)
        self._entry, self._label, self._in_remarks = entry, None, False

    def _close(self, *, remarks: bool) -> None:
        self._entry, self._label, self._in_remarks = None, None, remarks

    def _is_list_remark(self, n: int) -> bool:
        """Whether 备注 speaks of the whole list: outside every entry, above their level, or after the last."""
        paragraph = self._paragraphs[n]
        if after_remark_head(paragraph.text) is None:
            return False
        if self._entry is None:
            return True
        if paragraph.level is not None and self._head_level is not None:
            return paragraph.level <= self._head_level
        return n > self._last_head

    def _is_heading(self, n: int) -> bool:
        """Whether a paragraph is a heading above entries: by its level, else a short line right above an entry."""
        paragraph = self._paragraphs[n]
        if paragraph.title:
            return False
        if self._head_level is not None:
            return paragraph.level is not None and paragraph.level < self._head_level
        short = len(paragraph.text) <= _LONGEST_HEADING and not _SENTENCE.search(paragraph.text)
        above = n + 1 in self._heads or (n + 2 in self._heads and self._labels[n + 1] is None)
        return short and above and not re.search(r"[：:，,]$", paragraph.text.strip())

    def _add(self, words: str, paragraph: Paragraph) -> None:
        """Put words of a paragraph where the open label says; words before any label go on with the conduct."""
        entry, label = self._entry, self._label
        if entry is None:
            return
        if paragraph.place.page is not None:
            entry.pages.add(paragraph.place.page)
        if not words:
            return
        role = label.role if label is not None else Role.VIOLATION
        if role is Role.VIOLATION:
            entry.violation = "\n".join(t for t in (entry.violation, words) if t)
        elif role is Role.VIOLATED:
            entry.violated = "\n".join(t for t in (entry.violated, words) if t)
        elif role is Role.BASIS:
            entry.basis = "\n".join(t for t in (entry.basis, words) if t)
        elif role is Role.EXCLUSION:
            entry.exclusions = "\n".join(t for t in (entry.exclusions, words) if t)
        elif role is Role.EFFECT:
            entry.effect = " ".join(t for t in (entry.effect, words) if t)
        elif role is Role.CONDITION and label is not None:
            self._add_condition(entry, label.name, words)
        elif label is not None:
            entry.remark.append(words if role is Role.REMARK else f"{label.name}：{words}")

    def _add_condition(self, entry: RawEntry, name: str, words: str) -> None:
        if entry.conditions and entry.conditions[-1].name == name:
            words = f"{entry.conditions.pop().text}\n{words}"
        entry.conditions.append(Conditions(name, words))
