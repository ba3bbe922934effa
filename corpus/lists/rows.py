"""Typed reading of a list's rows (清单条目): the columns that were understood by their meaning, the others by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.lists.columns import Column, meaning_of

Fields = Sequence[tuple[str, str]]
"""Cells by printed column name, as ``Provision.fields`` has them."""

_NAME_COLUMNS = (Column.ITEM, Column.RISK, Column.VIOLATION)
_BASIS_COLUMNS = (Column.BASIS, Column.PENALTY_BASIS, Column.VIOLATED)
_LEVELS_JOINED = " › "  # 主项 › 子项


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list (清单行): its label (序号3), its cells."""

    label: str
    fields: tuple[tuple[str, str], ...]

    def value(self, *meanings: Column) -> str:
        """The cells of the first of ``meanings`` that the row has, "" where it has none of them."""
        for meaning in meanings:
            if found := [cell for name, cell in self.fields if meaning_of(name) is meaning and cell.strip()]:
                return (_LEVELS_JOINED if meaning is Column.ITEM else "\n").join(found)
        return ""

    @property
    def name(self) -> str:
        """What the row is about: the item's name, the risk point, the violation."""
        return self.value(*_NAME_COLUMNS)

    @property
    def basis(self) -> str:
        """The legal basis as printed."""
        return self.value(*_BASIS_COLUMNS)

    @property
    def code(self) -> str:
        return self.value(Column.CODE)


@dataclass(frozen=True, slots=True)
class EnforcementItem:
    """One enforcement item (执法事项): 对未经许可擅自设置户外广告的处罚, its basis, who supervises and who punishes.

    Empty text where the list has no such column or cell; ``other`` are the columns that were not understood.
    """

    label: str
    code: str
    name: str
    category: str
    basis: str
    level: str
    supervising_body: str
    punishing_body: str
    region: str
    remark: str
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """One risk point (违法风险点): for whom, what goes wrong, under which law, how grave, how to be guided."""

    label: str
    party: str
    risk: str
    basis: str
    level: str
    guidance: str
    category: str
    remark: str
    other: tuple[tuple[str, str], ...] = ()


def list_rows(rows: Iterable[tuple[str, Fields]]) -> list[ListRow]:
    """The rows of a list by label and cells; rows without cells (remarks, headings) are no entries."""
    return [ListRow(label, tuple(fields)) for label, fields in rows if fields]


def read_item(row: ListRow) -> EnforcementItem | None:
    """The enforcement item of a row, None where the row names none."""
    name = row.value(Column.ITEM, Column.VIOLATION)
    if not name:
        return None
    return EnforcementItem(
        label=row.label,
        code=row.code,
        name=name,
        category=row.value(Column.CATEGORY),
        basis=row.value(Column.BASIS, Column.PENALTY_BASIS, Column.VIOLATED),
        level=row.value(Column.LEVEL),
        supervising_body=row.value(Column.SUPERVISING_BODY),
        punishing_body=row.value(Column.PUNISHING_BODY),
        region=row.value(Column.REGION),
        remark=row.value(Column.REMARK),
        other=_other(row),
    )


def read_risk_point(row: ListRow) -> RiskPoint | None:
    """The risk point of a row, None where the row names none."""
    risk = row.value(Column.RISK, Column.VIOLATION)
    if not risk:
        return None
    return RiskPoint(
        label=row.label,
        party=row.value(Column.PARTY),
        risk=risk,
        basis=row.value(*_BASIS_COLUMNS),
        level=row.value(Column.RISK_LEVEL),
        guidance=row.value(Column.GUIDANCE, Column.MEASURE),
        category=row.value(Column.CATEGORY),
        remark=row.value(Column.REMARK),
        other=_other(row),
    )


def comparable(text: str) -> str:
    """The form in which two cells are compared: blanks, width of letters and a closing mark tell nothing apart."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.;").casefold()


def _other(row: ListRow) -> tuple[tuple[str, str], ...]:
    return tuple((name, cell) for name, cell in row.fields if meaning_of(name) is None)
