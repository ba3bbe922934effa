"""From the raw entries of a list to its records (清单条目): effect, conditions, provisions, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath

from corpus.discretion.bases import read_bases
from corpus.discretion.bounds import read_bounds
from corpus.discretion.model import (
    ConditionGroup,
    DiscretionRecords,
    Doubt,
    ExemptionItem,
    ListEffect,
    RuleOrigin,
)
from ingest.identify.profile import Profile
from ingest.parsers.exemptions.cards import read_cards
from ingest.parsers.exemptions.conditions import Block, read_conditions
from ingest.parsers.exemptions.effects import effects_in, effects_ordered_in, joint_of
from ingest.parsers.exemptions.paragraphs import read_paragraphs, read_sentences
from ingest.parsers.exemptions.raw import Conditions, RawEntry, RawList, remark_lines
from ingest.parsers.exemptions.roles import after_remark_head
from ingest.parsers.exemptions.tables import Layout, read_table
from ingest.readers.model import Paragraph, ReadDocument, Table

_SENTENCE = re.compile(r"[。；;]")
_WHOLE_LIST = re.compile(r"本(?:清单|目录|表)|清单|所列|上述|各项")
_CONDITIONS = re.compile(r"条件|情形|情节")
_ONLY_THE_FINE = re.compile(r"(?:不予|免予|免于|不)罚款")
_EFFECT_ZH = {
    ListEffect.NOT_PUNISH: "不予处罚",
    ListEffect.MAY_NOT_PUNISH: "可以不予处罚",
    ListEffect.LENIENT: "从轻",
    ListEffect.MITIGATED: "减轻",
    ListEffect.LENIENT_OR_MITIGATED: "从轻或者减轻",
    ListEffect.SEVERE: "从重",
    ListEffect.NO_COERCION: "不予强制",
    ListEffect.UNREAD: "待定",
}


def read_exemptions(document: ReadDocument, profile: Profile) -> DiscretionRecords:
    """The entries of a no-penalty, first-offence or leniency list, and the remarks on all of them.

    Tables are read first; a document without tables by its labelled paragraphs, else by its numbered sentences.
    """
    title = _title(document, profile)
    raw = _gather(document, (PurePosixPath(document.name).stem, title))
    items = list(_unique(item for entry in raw.entries for item in _items(entry, raw.remarks)))
    doubts = list(raw.doubts)
    if not items and not doubts:
        doubts.append(Doubt("no_entries", "没有从本清单读出任何条目。"))
    doubts += _gaps(raw.entries)
    bounds = read_bounds("\n".join(raw.remarks), RuleOrigin.DOCUMENT, title)
    return DiscretionRecords(items=tuple(items), remarks=tuple(raw.remarks), bounds=bounds, doubts=tuple(doubts))


def _title(document: ReadDocument, profile: Profile) -> str:
    """The list's title: what the format says it is, when that names an effect; else the profile's."""
    said = [p.text for p in document.paragraphs() if p.title] + [document.metadata.get("title", "")]
    return next((text for text in said if effects_in(text)), profile.title)


# ---- gathering ---------------------------------------------------------------------------------------------


def _gather(document: ReadDocument, context: tuple[str, ...]) -> RawList:
    raw = RawList()
    runs = list(_runs(document))
    layout: Layout | None = None
    above: tuple[str, ...] = ()
    has_tables = any(isinstance(run, Table) for run in runs)
    for run in runs:
        if isinstance(run, Table):
            sheet = (run.place.sheet,) if run.place.sheet else ()
            if read_cards(run, document.format, (*context, *sheet, *above), raw):
                continue
            layout = read_table(run, document.format, (*context, *sheet, *above), document.notes, raw, layout)
        elif has_tables and not read_paragraphs(run, context, raw):
            above = _around_tables(run, raw)
        elif not has_tables and not read_paragraphs(run, context, raw):
            read_sentences(run, context, raw)
    return raw


def _runs(document: ReadDocument) -> Iterator[Table | list[Paragraph]]:
    """The document's tables, and the paragraphs between them as runs."""
    run: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        if run:
            yield run
        run = []
        yield block
    if run:
        yield run


def _around_tables(run: Sequence[Paragraph], raw: RawList) -> tuple[str, ...]:
    """Keep the sentences beside a table as remarks on the list; gives its headings, which may say the effect."""
    headings: list[str] = []
    in_remarks = False
    for paragraph in run:
        after = after_remark_head(paragraph.text)
        if after is not None:
            in_remarks = True
            raw.remarks += remark_lines(after)
        elif in_remarks or _SENTENCE.search(paragraph.text):
            raw.remarks += remark_lines(paragraph.text)
        else:
            headings.append(paragraph.text.strip())
    return tuple(headings)


# ---- reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """A block of conditions with its column's name, the effect that it has, and why it may be doubted."""

    name: str
    block: Block
    effect: ListEffect
    doubts: tuple[Doubt, ...]


def _items(entry: RawEntry, remarks: Sequence[str]) -> Iterator[ExemptionItem]:
    """The records of one entry: one, or one for each effect where its blocks differ in it."""
    told = [
        _told(entry, conditions, block, remarks)
        for conditions in entry.conditions
        for block in read_conditions(conditions.text, conditions.name)
    ]
    if not told:
        told = [_told(entry, Conditions("", ""), Block(), remarks)]
    effects = list(dict.fromkeys(t.effect for t in told))
    for effect in effects:
        same = [t for t in told if t.effect is effect]
        doubts = [d for t in same for d in t.doubts]
        by_column = [_one([t for t in same if t.name == name]) for name in dict.fromkeys(t.name for t in same)]
        block = by_column[0][1]
        if len(by_column) > 1:
            block = _together(by_column)
            message = "适用条件分在几栏，按各栏须同时满足读取，请核对。"
            doubts.append(Doubt("conditions_in_columns", message, entry.spot))
        suffix = f"（{_EFFECT_ZH[effect]}）" if len(effects) > 1 else ""
        yield _item(entry, block, effect, suffix, doubts)


def _item(entry: RawEntry, block: Block, effect: ListEffect, suffix: str, doubts: Iterable[Doubt]) -> ExemptionItem:
    own = read_conditions(entry.exclusions)
    excluded = [text for part in own for text in (part.conditions or (part.lead,))]
    provisions = read_bases(entry.violated, entry.spot)
    basis = read_bases(entry.basis, entry.spot)
    found = [*entry.doubts, *doubts]
    if not entry.violation:
        found.append(Doubt("violation_missing", "没有读出违法行为。", entry.spot))
    if not block.conditions:
        found.append(Doubt("conditions_missing", "没有读出适用条件。", entry.spot))
    remark = [*entry.remark, *([block.closing] if block.closing else [])]
    for text, read in ((entry.violated, provisions), (entry.basis, basis)):
        if text and not read:
            found.append(Doubt("provision_not_read", f"没有读出所引用的条款：“{text[:60]}”。", entry.spot))
    if entry.basis and not basis:
        remark.append(f"处罚依据：{entry.basis}")
    return ExemptionItem(
        id=(entry.number or str(entry.spot)) + suffix,
        violation=entry.violation,
        effect=effect,
        lead=block.lead,
        conditions=block.conditions,
        joint=block.joint is not False,
        exclusions=(*block.exclusions, *excluded),
        category=entry.category,
        category_heading=entry.category_heading,
        provision_text=entry.violated,
        provisions=provisions,
        basis=basis,
        remark="\n".join(remark),
        pages=tuple(sorted(entry.pages)),
        spot=entry.spot,
        doubts=tuple(found),
        groups=block.groups,
    )


def _told(entry: RawEntry, conditions: Conditions, block: Block, remarks: Sequence[str]) -> _Told:
    doubts: list[Doubt] = []
    if block.joint is None and len(block.conditions) > 1:
        block = replace(block, joint=_joint_of_list(remarks))
        if block.joint is None:
            message = "清单没有写明各项条件须同时满足还是满足其一，暂按须同时满足处理，请核对。"
            doubts.append(Doubt("joint_not_stated", message, entry.spot))
    for n in block.undecided:
        message = f"第{n + 1}项条件之下各点须同时满足还是满足其一没有写明，暂按须同时满足处理，请核对。"
        doubts.append(Doubt("joint_not_stated", message, entry.spot))
    effect = _effect(entry, conditions.name, block)
    if effect is ListEffect.UNREAD:
        doubts.append(
            Doubt("effect_not_read", "没有读出本条的效果（不予处罚、可以不予处罚、从轻、减轻等）。", entry.spot)
        )
    words = f"{block.lead}{block.closing}{block.conditions[-1] if block.conditions else ''}"
    if effect in (ListEffect.NOT_PUNISH, ListEffect.MAY_NOT_PUNISH) and _ONLY_THE_FINE.search(words):
        message = "条目只写不予罚款，是否给予警告等其他处罚由人判断。"
        doubts.append(Doubt("only_the_fine", message, entry.spot))
    return _Told(conditions.name, block, effect, tuple(doubts))


def _effect(entry: RawEntry, name: str, block: Block) -> ListEffect:
    """The effect by the nearest words that name one: the entry's own, its column, the headings above, the title."""
    own = [effects_in(words) for words in (block.lead, block.closing, entry.effect)]
    own.append(effects_ordered_in(block.conditions[-1]) if block.conditions else [])
    for found in own:
        if found:
            return found[0] if len(found) == 1 else ListEffect.UNREAD
    above = next((found for words in reversed(entry.context) if (found := effects_in(words))), [])
    column = effects_in(name)
    if column == [ListEffect.NOT_PUNISH] and ListEffect.MAY_NOT_PUNISH in above:
        column = above  # 首违不罚清单 heads its column 不予处罚情形
    found = column or above
    return found[0] if len(found) == 1 else ListEffect.UNREAD


def _joint_of_list(remarks: Sequence[str]) -> bool | None:
    """What a remark on the whole list says of all conditions: 本清单所列条件须同时满足."""
    for remark in remarks:
        if _WHOLE_LIST.search(remark) and _CONDITIONS.search(remark) and (joint := joint_of(remark)) is not None:
            return joint
    return None


def _one(told: Sequence[_Told]) -> tuple[str, Block]:
    """The name of a column and its blocks as one."""
    return told[0].name, told[0].block if len(told) == 1 else _alternatives([t.block for t in told])


def _together(columns: Sequence[tuple[str, Block]]) -> Block:
    """Conditions that several columns give: one condition for each column, under its name, and all must hold."""
    conditions = tuple(f"{name}：" + "\n".join([*([b.lead] if b.lead else []), *b.conditions]) for name, b in columns)
    groups = tuple(
        ConditionGroup(n, b.conditions, b.joint is not False, b.lead)
        for n, (_, b) in enumerate(columns)
        if len(b.conditions) > 1
    )
    exclusions = tuple(text for _, b in columns for text in b.exclusions)
    return Block("", conditions, True, "".join(b.closing for _, b in columns), exclusions, groups)


def _alternatives(blocks: Sequence[Block]) -> Block:
    """Several blocks with one effect: each is enough, and its conditions stand below it as a group."""
    conditions = tuple("\n".join([*([b.lead] if b.lead else []), *b.conditions]) for b in blocks)
    groups = tuple(
        ConditionGroup(n, b.conditions, b.joint is not False, b.lead)
        for n, b in enumerate(blocks)
        if len(b.conditions) > 1
    )
    closing = "".join(b.closing for b in blocks)
    exclusions = tuple(text for b in blocks for text in b.exclusions)
    return Block("", conditions, False, closing, exclusions, groups)


def _unique(items: Iterable[ExemptionItem]) -> Iterator[ExemptionItem]:
    """Items whose ids differ: numbers that begin again in a further section are counted on, 3（2）."""
    taken: set[str] = set()
    for item in items:
        name, n = item.id, 1
        while name in taken:
            n += 1
            name = f"{item.id}（{n}）"
        taken.add(name)
        yield item if name == item.id else replace(item, id=name)


def _gaps(entries: Sequence[RawEntry]) -> Iterator[Doubt]:
    """A doubt for each number that is missing between two others."""
    numbers = [(int(e.number), e) for e in entries if e.number.isdecimal()]
    for (before, _), (after, entry) in pairwise(numbers):
        if after > before + 1:
            yield Doubt("number_gap", f"序号从{before}跳到{after}，可能有条目没有读出。", entry.spot)
