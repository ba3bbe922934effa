"""The rows of a tiered benchmark (裁量档次行): what names each, what the desk says of it, where it is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from random import Random

from assistant.discretion.contract import ComputeRequest, ComputeResponse, FineInfo, TierInfo
from assistant.discretion.tiered import BEHAVIOUR
from assistant.discretion.working import squeeze
from assistant.quiz.contract import Claim, ItemCitation, Point
from assistant.quiz.makers.records.chosen import ChosenStandard
from assistant.quiz.makers.records.facts import Fact, axis_told, facts_of
from assistant.quiz.makers.records.rows import Place
from assistant.quiz.makers.records.sound import result_is_sound
from assistant.quiz.makers.records.statutes import lead_of, party_of, passages_in, penalty_citations
from assistant.quiz.makers.records.sums import inputs_for
from assistant.quiz.makers.records.telling import conduct_told, finding_told, offence_told
from assistant.quiz.makers.records.verify import covers
from assistant.quiz.makers.records.words import act, tidy
from assistant.quiz.material import Material
from assistant.quiz.proof.evidence import contained, plain
from corpus.errors import EAssistantError

_FINES = frozenset({"range", "upto", "from", "fixed", "ratio_range", "ratio_upto", "ratio_fixed"})
_PLAIN_COLUMN = re.compile(r"^(?:罚款|处罚|裁量|金额|标准|幅度|基准)*$")
_TWO_LOWER_BOUNDS = re.compile(r"[0-9]+[^0-9，；]{1,3}以上[0-9]+[^0-9，；]{1,3}以上")
_CORRECTION = re.compile("(?:责令)?(?:限期)?改正")
_PARTY = re.compile(r"单位|个人")
_CLAUSE = re.compile(r"[^，；。]+")
_IN_THE_ACT = 0.6
_MEASURED = re.compile(
    r"(?P<what>[一-龥]{2,12}?)(?:为|在|达到?)?(?:不足|不满|未满|超过)?"
    r"(?:[0-9]|[一二两三四五六七八九十百千万]+[一-龥]{1,4}(?:以上|以下|以内|的?$|，))"
)
_SAMPLE_SUM = Decimal(100000)

Condition = tuple[tuple[str, str], ...]
"""What is the case: axis and label, or "" and the words that name the row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A fine of a row in one column, and one condition that names the row."""

    tier: TierInfo
    column: str
    fine: FineInfo
    condition: Condition

    @property
    def named(self) -> Condition:
        """The condition without the behaviour, which is told as what was done."""
        return tuple((a, label) for a, label in self.condition if a != BEHAVIOUR or BEHAVIOUR in self.tier.when)

    @property
    def told(self) -> str:
        """The condition in words: 整改情况为“逾期未改正”."""
        parts = [
            f"{tidy(axis)}为“{label_words(label)}”" if axis else f"“{label_words(label)}”" for axis, label in self.named
        ]
        return "、".join(parts)

    @property
    def when(self) -> str:
        """The condition as part of a sentence: 有“逾期未改正”情形的."""
        named = "、".join(
            f"有“{label_words(label)}”情形" if axis == "" else f"{tidy(axis)}为“{label_words(label)}”"
            for axis, label in self.named
        )
        return f"{named}的"

    @property
    def party(self) -> str:
        """对单位, 对个人 … where the table has a column for each; "" where there is one for all."""
        column = tidy(self.column)
        if _PLAIN_COLUMN.match(column):
            return ""
        name = re.sub(r"的?罚款(?:（[^）]*）)?$", "", column)
        return name if name.startswith("对") else f"对{name}"


@dataclass(frozen=True, slots=True)
class Row:
    """A cell with what the desk computes for it, and its words in print."""

    cell: Cell
    request: ComputeRequest
    result: ComputeResponse
    places: tuple[Place, ...]

    @property
    def tier(self) -> TierInfo:
        return self.cell.tier

    @property
    def fine(self) -> FineInfo:
        return self.cell.fine


class TierRows:
    """The rows of one standard; each is computed when first wanted."""

    def __init__(self, chosen: ChosenStandard, material: Material, random: Random) -> None:
        self.chosen = chosen
        self.material = material
        self._random = random
        self.cells = tuple(_cells(chosen))
        self._rows: dict[int, Row | None] = {}

    def row(self, cell: Cell) -> Row | None:
        """The row of a cell; None where the desk has a reservation, or its words are not found in print."""
        at = self.cells.index(cell)
        if at not in self._rows:
            self._rows[at] = self._compute(cell)
        return self._rows[at]

    def of_tier(self, tier: TierInfo) -> Row | None:
        """The first row of a tier that can be had."""
        found = (self.row(cell) for cell in self.cells if cell.tier.index == tier.index)
        return next((row for row in found if row is not None), None)

    def neighbours(self, row: Row, most: int) -> list[Row]:
        """Rows of the same column, the nearest first, whose ranges neither hold this row's nor lie in it."""
        near = sorted(self.cells, key=lambda c: (abs(c.tier.index - row.tier.index), c.tier.index))
        found: dict[str, Row] = {}
        for cell in near:
            text = squeeze(cell.fine.text)
            same = cell.column == row.cell.column and cell.tier.behaviour == row.tier.behaviour
            if not same or text in found or covers(cell.fine, row.fine) or covers(row.fine, cell.fine):
                continue
            other = self.row(cell)
            if other is not None:
                found[text] = other
            if len(found) == most:
                break
        return list(found.values())

    # ---- words ---------------------------------------------------------------------------------------------

    def subject(self, row: Row) -> str:
        return act(row.tier.behaviour or self.chosen.info.title)

    def offence(self, row: Row, facts: Sequence[Fact]) -> str | None:
        """Who did what, as a case begins: 当事人为单位 where the table or the penalty clause is for units."""
        column = _PARTY.search(row.cell.party)
        who = column[0] if column is not None else self._party_of_clause
        told = "，".join(f.words for f in facts)
        measured = "，".join([*(f.words for f in facts if f.concrete), *row.request.inputs])
        if row.tier.behaviour:  # chosen by name: told as it is printed
            return f"执法机关查处一起案件：{f'当事人为{who}，' if who else ''}违法行为为“{self.subject(row)}”"
        return offence_told(self.subject(row), who, measured, told)

    @cached_property
    def _party_of_clause(self) -> str:
        return party_of(self.chosen.info.basis, self.material.book)

    def invites_another(self, row: Row) -> bool:
        """Whether the act as told has in it what another row is for (封闭…安全出口), so that the case fits both."""
        act_words = plain(self.subject(row))
        own = {plain(c) for _, label in row.cell.condition for c in _CLAUSE.findall(tidy(label))}
        others = [
            c
            for cell in self.cells
            if cell.tier.index != row.tier.index
            for axis, label in cell.condition
            if axis != BEHAVIOUR
            for c in _CLAUSE.findall(tidy(label))
        ]
        return any(contained(plain(c), act_words) >= _IN_THE_ACT for c in others if len(c) >= 5 and plain(c) not in own)

    def leaves_out_an_order(self, row: Row) -> bool:
        """Whether the penalty clause has a correction ordered at once that the row does not state: no whole answer."""
        if _CORRECTION.search(f"{row.fine.text}{self.subject(row)}"):
            return False
        passages = [p for b in self.chosen.info.basis for p in passages_in(b.written, self.material.book)]
        return any(_CORRECTION.search(re.split("[；。]", lead_of(p).words)[0]) for p in passages)

    def leaves_a_scale_open(self, row: Row, facts: Sequence[Fact]) -> bool:
        """Whether facts are silent on what several rows measure (货值金额): every case has some, and it decides too."""
        told = "；".join(f.words for f in facts)
        scales: Counter[str] = Counter()
        for tier in self.chosen.info.tiers:
            if tier.behaviour == row.tier.behaviour:
                labels = [tier.catch_all or "", *tier.circumstances]
                scales.update({head for label in labels if (head := scale_of(tidy(label)))})
        return any(head not in told for head, rows in scales.items() if rows > 1)

    def with_inputs(self, row: Row, inputs: dict[str, Decimal]) -> Row:
        """The row computed for another base."""
        request = row.request.model_copy(update={"inputs": inputs})
        return replace(row, request=request, result=self.chosen.desk.compute(request))

    def facts(self, row: Row, random: Random) -> list[Fact]:
        """The condition as facts of a case: numbers where the labels are bands."""
        standard = self.chosen.info
        facts = []
        for axis, label in row.cell.named:
            labels = (
                [c for t in standard.tiers if t.behaviour == row.tier.behaviour for c in t.circumstances]
                if axis == ""
                else list(dict.fromkeys(t.when[axis] or "" for t in standard.tiers if t.when.get(axis)))
            )
            fact = facts_of(label, labels, standard.bounds, random)
            facts.append(
                replace(fact, words="，".join(map(conduct_told, fact.words.split("，"))))
                if axis == ""
                else replace(fact, words=finding_told(axis_told(axis, fact), fact.words))
            )
        return facts

    def cited(self, row: Row) -> list[ItemCitation]:
        """The row, and the penalty clause of the statute where it is held."""
        rows = [self.chosen.rows.cite(place) for place in row.places]
        return [*rows, *penalty_citations(self.chosen, self.material)]

    def claim(self, row: Row, point: Point) -> Claim:
        request = row.request.model_dump_json(exclude_defaults=True)
        return Claim(point=point, request=request, standard=self.chosen.info.key)

    # ---- computing -----------------------------------------------------------------------------------------

    def _compute(self, cell: Cell) -> Row | None:
        inputs = inputs_for(cell.fine.base, self.words_of(cell), self._random)
        if inputs is None:
            inputs = {cell.fine.base or "": _SAMPLE_SUM}
        request = ComputeRequest(
            standard=self.chosen.info.key,
            choose=dict(cell.condition),
            column=cell.column,
            inputs=inputs,
            as_of=self.material.day,
        )
        try:
            result = self.chosen.desk.compute(request)
        except EAssistantError:
            return None
        if result.tier != cell.tier.index or result.fine is None or not result_is_sound(result):
            return None
        places = self._places(cell)
        return Row(cell, request, result, places) if places else None

    def words_of(self, cell: Cell) -> list[str]:
        """All words that may say something of a base."""
        return [self.chosen.info.title, cell.tier.behaviour, *(label for _, label in cell.condition)]

    def _places(self, cell: Cell) -> tuple[Place, ...]:
        """The printed row that has condition and fine, or the two that have one each."""
        words = [line for axis, label in cell.condition for line in (label.splitlines() if axis == "" else [label])]
        rows, near = self.chosen.rows, cell.tier.place
        whole = rows.find([*words, cell.fine.text], near)
        if whole is not None:
            return (whole,)
        stated, when = rows.find([cell.fine.text], near), rows.find(words, near)
        return (stated, when) if stated is not None and when is not None else ()


def scale_of(label: str) -> str:
    """What a label measures by its first words (货值金额 of 货值金额一千元以上); "" where it measures nothing."""
    found = _MEASURED.match(label)
    return found["what"] if found is not None else ""


def label_words(label: str) -> str:
    """A label as it is quoted in a sentence, without the 的 that the sentence has itself."""
    return tidy(label).removesuffix("的")


def _cells(chosen: ChosenStandard) -> Iterator[Cell]:
    for tier in chosen.info.tiers:
        for condition in _conditions(chosen, tier):
            for column, fine in tier.fines.items():
                misprinted = any(_TWO_LOWER_BOUNDS.search(tidy(label)) for _, label in condition)
                if fine.kind in _FINES and not fine.per and not misprinted and "每" not in fine.text:
                    yield Cell(tier, column, fine, condition)


def _conditions(chosen: ChosenStandard, tier: TierInfo) -> Iterator[Condition]:
    """What names a tier and no other: its labels, its words that span all axes, or one of its circumstances."""
    behaviour = ((BEHAVIOUR, tier.behaviour),) if tier.behaviour else ()
    labels = tuple((axis, label) for axis, label in tier.when.items() if label is not None)
    if tier.catch_all:
        yield (*behaviour, ("", tier.catch_all))
    elif labels and not tier.circumstances:
        yield (*behaviour, *labels)
    elif tier.circumstances and not labels:
        every = [c for t in chosen.info.tiers if t.behaviour == tier.behaviour for c in t.circumstances]
        told = Counter(label_words(c) for c in every)
        if tier.joint:
            yield (*behaviour, ("", "\n".join(tier.circumstances)))
            return
        for circumstance in tier.circumstances:
            words = label_words(circumstance)
            if told[words] == 1 and not any(words in other for other in told if other != words):
                yield (*behaviour, ("", circumstance))
