"""Where each case of a file begins (案例分篇): by its name, else by its facts being told anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parsers.case_names import CaseName, case_name
from ingest.parsers.case_sections import SectionKind, section_head
from ingest.readers.model import Block, Paragraph

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CasePart:
    """One case: its name (None: not printed), its blocks, the words printed above the name, its number (案例一)."""

    name: str | None
    blocks: tuple[Block, ...]
    above: str | None = None
    number: str = ""


@dataclass(slots=True)
class _Draft:
    name: CaseName | None
    above: str | None = None
    blocks: list[Block] = field(default_factory=list)
    told: bool = False  # its facts have been told
    opened: bool = False  # one of its sections has begun


def split_cases(blocks: Sequence[Block]) -> tuple[list[Block], list[CasePart]]:
    """What stands before the first case, and the cases in printed order; one case or none where no name divides."""
    foreword: list[Block] = []
    drafts: list[_Draft] = []
    run: list[Paragraph] = []  # names that follow each other without a word between
    for block in blocks:
        head = section_head(block) if isinstance(block, Paragraph) else None
        name = case_name(block) if isinstance(block, Paragraph) else None
        if name is not None and isinstance(block, Paragraph) and (head is None or head.kind is SectionKind.OTHER):
            run.append(block)
            continue
        if run:
            listed, draft = _opened_by(run)
            (drafts[-1].blocks if drafts else foreword).extend(listed)
            drafts.append(draft)
            run = []
        if head is not None:
            _note_section(drafts, head.kind)
        (drafts[-1].blocks if drafts else foreword).append(block)
    (drafts[-1].blocks if drafts else foreword).extend(run)
    if len(drafts) > 1 and drafts[0].name is None:
        _take_name(foreword, drafts[0])
    return foreword, [_part(draft) for draft in drafts if draft.name or draft.blocks]


def _opened_by(run: Sequence[Paragraph]) -> tuple[list[Block], _Draft]:
    """The names before the last of a run (a list of the cases, or words above the name), and the case it opens."""
    names = [name for p in run if (name := case_name(p))]
    last = names[-1]
    rest = list(run[:-1])
    if len(names) > 1 and names[-2].number and not names[-2].words and not last.number:
        last = CaseName(names[-2].number, last.words)
        del rest[-1]
    if len(rest) == 1:
        return [], _Draft(last, above=rest[0].text.strip())
    return list(rest), _Draft(last)


def _note_section(drafts: list[_Draft], kind: SectionKind) -> None:
    """Open a new case where a case tells its facts a second time; its name is the short line just above."""
    if not drafts:
        if kind is not SectionKind.OTHER:
            drafts.append(_Draft(None))
    elif not drafts[-1].opened and drafts[-1].name and not drafts[-1].name.words:
        _take_name(drafts[-1].blocks, drafts[-1])
    elif kind is SectionKind.FACTS and drafts[-1].told:
        drafts.append(_Draft(None))
        _take_name(drafts[-2].blocks, drafts[-1])
    if drafts:
        drafts[-1].opened = True
        drafts[-1].told = drafts[-1].told or kind is SectionKind.FACTS


def _take_name(blocks: list[Block], draft: _Draft) -> None:
    """Let the last line above a section be the name of its case, if it is a short line and no sentence."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or section_head(last) is not None:
        return
    words = last.text.strip()
    if 0 < len(words) <= _LONGEST_NAME and not words.endswith(("。", "：", "；", "！", "”")):
        draft.name = CaseName(draft.name.number if draft.name else "", words)
        del blocks[-1]


def _part(draft: _Draft) -> CasePart:
    name = draft.name
    return CasePart(
        name=(name.words or None) if name else None,
        blocks=tuple(draft.blocks),
        above=draft.above,
        number=name.number if name else "",
    )
