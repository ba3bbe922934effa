"""Conditions of an entry (适用条件) split as printed: the sentence above them, the numbered ones, what they exclude.

A condition that holds alternatives of its own in running text stays one condition. Numbered conditions below
a condition become a group; a second numbering with a sentence of its own above it becomes a second block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.discretion.model import ConditionGroup
from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from ingest.parsers.exemptions.effects import effects_in, joint_of

_STYLES = (
    r"[（(](\d{1,2})[）)]",
    r"[（(]([一二三四五六七八九十]{1,3})[）)]",
    r"(\d{1,2})[、．.](?!\d)",
    r"(\d{1,2})[）)]",
    r"([①-⑳])",
    r"([一二三四五六七八九十]{1,3})[、．.]",
)
_BEFORE_MARKER = frozenset("\n。；;：:，,、！？ 　或者且并及和")
_UNIT_OF_LAW = frozenset("项款条目")
_NOTHING = re.compile(r"[\s/／\\—–\-－无]*")
_SENTENCE_BREAK = re.compile(r"(?<=[。；;\n])\s*(?=\S)")
_CLOSING = re.compile(r"(?:同时)?(?:符合|满足|具备|具有|有)(?:上述|以上|前述|前款|上列|本条)")
_EXCLUDES = re.compile(r"不适用|除外|不在此限|不得(?:适用|免予|不予|从轻|减轻)|不属于本|排除适用")
_ANNOUNCES = re.compile(r"[^：:。；;]*(?:情形|条件|情节|要求)[^：:。；;]*[：:](?=\s*\S)")
_AND_END = re.compile(r"(?:[；;，,]\s*(?:且|并且|并|同时)|(?:且|并且))\s*[；;，,。]?$")
_OR_END = re.compile(r"(?:[；;，,]\s*(?:或者?)|或者)\s*[；;，,。]?$")
_FIRST_OFFENCE = re.compile(r"首次|初次|首违|初犯")
_CORRECTED = re.compile(r"改正|整改|纠正|补办|消除")


@dataclass(frozen=True, slots=True)
class Block:
    """Conditions under one sentence (条件组). ``joint`` None: the words do not say whether all or one must hold.

    ``closing`` is the sentence below the conditions. ``undecided`` are the conditions whose own parts do not say it.
    """

    lead: str = ""
    conditions: tuple[str, ...] = ()
    joint: bool | None = None
    closing: str = ""
    exclusions: tuple[str, ...] = ()
    groups: tuple[ConditionGroup, ...] = ()
    undecided: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marker:
    """A number that begins a condition: half-open span of the marker and its value."""

    start: int
    end: int
    number: int


def read_conditions(text: str, said: str = "") -> list[Block]:
    """The blocks of conditions in ``text``; ``said`` is the heading of its column or label (同时满足的条件).

    An empty list for a cell with nothing (—). Exclusions belong to the block above them.
    """
    if _NOTHING.fullmatch(text):
        return []
    blocks: list[Block] = []
    for lead, conditions in _parts(text):
        if blocks and _EXCLUDES.search(lead) and not effects_without_exclusion(lead):
            blocks[-1] = replace(blocks[-1], exclusions=(*blocks[-1].exclusions, *(conditions or (lead,))))
            continue
        blocks.append(_block(lead, conditions, said))
    return blocks


def effects_without_exclusion(words: str) -> bool:
    """Whether a sentence with 不适用 or 除外 still gives an effect of its own: 但…除外，可以从轻处罚."""
    return bool(effects_in("".join(s for s in re.split(r"[，,；;。]", words) if not _EXCLUDES.search(s))))


def _block(lead: str, conditions: Sequence[str], said: str) -> Block:
    kept = list(conditions)
    closing = ""
    excluded: list[str] = []
    if kept:
        kept[-1], closing, excluded = _tail(kept[-1])
    joint = joint_of(lead)
    if joint is None:
        joint = joint_of(closing)
    if joint is None:
        joint = joint_of(said)
    if joint is None:
        joint = _by_conjunction(kept)
    block = Block(lead, tuple(kept), joint, closing, tuple(excluded))
    return _with_groups(block)


def _with_groups(block: Block) -> Block:
    groups: list[ConditionGroup] = []
    undecided: list[int] = []
    for n, condition in enumerate(block.conditions):
        markers = _markers(condition)
        if len(markers) < 2:
            continue
        lead, parts = next(_parts(condition))
        joint = joint_of(lead)
        if joint is None:
            joint = _by_conjunction(parts)
        if joint is None:
            undecided.append(n)
        groups.append(ConditionGroup(n, tuple(parts), joint is not False, lead))
    return replace(block, groups=tuple(groups), undecided=tuple(undecided))


def _by_conjunction(conditions: Sequence[str]) -> bool | None:
    """All or any by the words between the conditions, or because a first offence alone never suffices.

    行政处罚法第三十三条 asks for 初次违法 and 及时改正 together, so conditions that divide the two are meant together.
    """
    between = [c.strip() for c in conditions[:-1]]
    if any(_OR_END.search(c) for c in between) or any(c.startswith("或") for c in conditions[1:]):
        return None if any(_AND_END.search(c) for c in between) else False
    if between and _AND_END.search(between[-1]):
        return True
    first = [n for n, c in enumerate(conditions) if _FIRST_OFFENCE.search(c) and not _CORRECTED.search(c)]
    corrected = [n for n, c in enumerate(conditions) if _CORRECTED.search(c) and not _FIRST_OFFENCE.search(c)]
    return True if first and corrected else None


def _tail(last: str) -> tuple[str, str, list[str]]:
    """The last condition without what follows it: the closing sentence (符合上述条件的，…) and exclusions (…除外)."""
    closing = ""
    excluded: list[str] = []
    while at := _last_sentence(last):
        sentence = last[at:].strip()
        if _CLOSING.match(sentence) and effects_in(sentence):
            closing = sentence + closing
        elif _EXCLUDES.search(sentence):
            excluded.insert(0, sentence)
        else:
            break
        last = last[:at].strip()
    return last, closing, excluded


def _last_sentence(text: str) -> int:
    """Where the last sentence or line of ``text`` begins; 0 where it is the only one."""
    return max((match.end() for match in _SENTENCE_BREAK.finditer(text)), default=0)


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Lead and conditions of every block, in printed order."""
    markers = _markers(text)
    if not markers:
        yield from _unnumbered(text)
        return
    starts = [n for n, m in enumerate(markers) if m.number == 1]
    lead = text[: markers[0].start].strip()
    for at, first in enumerate(starts):
        last = starts[at + 1] if at + 1 < len(starts) else len(markers)
        conditions = []
        for n in range(first, last):
            end = markers[n + 1].start if n + 1 < len(markers) else len(text)
            conditions.append(text[markers[n].end : end].strip())
        following, below = "", ""
        if last < len(markers):
            conditions[-1], following = _lead_of_next(conditions[-1])
        else:
            conditions[-1], below = _block_below(conditions[-1])
        yield lead, conditions
        lead = following
        if below:
            yield from _parts(below)


def _lead_of_next(last: str) -> tuple[str, str]:
    """Cut the sentence above the next numbering off the condition before it."""
    at = _last_sentence(last)
    return (last[:at].strip(), last[at:].strip()) if at else (last, "")


def _block_below(last: str) -> tuple[str, str]:
    """Cut a further block (有下列情形之一的，不适用：1.…) off the last condition, above which its sentence stands."""
    for match in _SENTENCE_BREAK.finditer(last):
        below = last[match.end() :]
        lead, colon, numbered = re.sub(r"[：:]", "：", below).partition("：")
        announces = _EXCLUDES.search(lead) or effects_in(lead)
        if colon and announces and not re.search(r"[。；;\n]", lead) and _markers(numbered.lstrip()):
            return last[: match.start()].strip(), below.strip()
    return last, ""


def _unnumbered(text: str) -> Iterator[tuple[str, list[str]]]:
    """Conditions without numbers: a line each, or parted by semicolons; else one condition."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lead = ""
    if lines and re.search(r"[：:]$", lines[0]) and len(lines) > 1:
        lead, lines = lines[0], lines[1:]
    elif len(lines) == 1 and (head := _ANNOUNCES.match(lines[0])):
        lead, lines = head.group(), [lines[0][head.end() :].strip()]
    joined: list[str] = []
    for line in lines:
        if joined and not re.search(r"[。；;！？]$", joined[-1]):
            joined[-1] += line  # a line that only the width of the cell ended
        else:
            joined.append(line)
    if len(joined) == 1:
        joined = [part for part in re.split(r"(?<=[；;])", joined[0]) if part.strip()]
    below = [n for n, line in enumerate(joined) if n and (_EXCLUDES.search(line) or _CLOSING.match(line))]
    if below and below == list(range(below[0], len(joined))):  # what stands below the conditions belongs to their tail
        joined = [*joined[: below[0] - 1], "\n".join(joined[below[0] - 1 :])]
    yield lead, joined


def _markers(text: str) -> list[_Marker]:
    """The numbers that part ``text`` on its highest level: 1, 2, 3 … of the style that begins first, then again."""
    best: list[_Marker] = []
    for style in _STYLES:
        found: list[_Marker] = []
        for match in re.finditer(style, text):
            if match.start() and text[match.start() - 1] not in _BEFORE_MARKER:
                continue
            if text[match.end() : match.end() + 1] in _UNIT_OF_LAW:  # （二）项
                continue
            number = _value(match.group(1))
            expected = found[-1].number + 1 if found else 1
            if number == expected or (number == 1 and found and _restarts(text, match.start())):
                found.append(_Marker(match.start(), match.end(), number))
        if found and (not best or found[0].start < best[0].start):
            best = found
    return best


def _restarts(text: str, at: int) -> bool:
    """Whether a second （1） has a sentence of its own above it, so that it begins a block and not a part."""
    before = re.split(r"[。；;\n]", text[:at].rstrip().rstrip("：:"))[-1]
    return bool(text[:at].rstrip().endswith(("：", ":"))) and bool(effects_in(before) or _EXCLUDES.search(before))


def _value(number: str) -> int:
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    try:
        return parse_number(number)
    except InvalidInput:
        return 0
