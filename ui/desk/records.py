"""A record as tables that a person can correct (记录更正), and back: option weights, formulas, ranges, tiers, fines.

Pure, on the JSON of ``corpus.discretion.codec``. Every value is text, as written there (weights in percentage points,
``100/3``; sums in yuan, ``50000``); what the tables do not show stays as it was. Nothing is judged here: the desk
refuses what cannot be.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

Record = dict[str, Any]
Row = dict[str, Any]

AT = "_at"
"""Hidden column: where the row was in the record, so that what it does not show is kept; None for a new row."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a record: its title, its columns (field → heading) and its rows."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Row]


FINE = {
    "text": "原文",
    "kind": "种类",
    "minimum": "下限（元或倍）",
    "maximum": "上限（元或倍）",
    "base": "基数",
    "base_floor": "基数最低（元）",
    "per": "计罚单位",
    "also": "并处",
}
_OPTION = {"label": "选项", "weight": "权重（百分点）", "weight_text": "权重原文"}
_FORMULA = {
    "variant": "裁量起点",
    "start": "起点权重（百分点）",
    "multiplier": "乘数（元）",
    "base": "基数",
    "ratio": "倍数",
    "base_floor": "基数最低（元）",
    "floor": "总和下限（百分点）",
    "cap": "总和上限（百分点）",
    "text": "原文",
}
FINE_KINDS = {
    "range": "区间（元）",
    "upto": "以下（元）",
    "from": "以上（元）",
    "fixed": "定额（元）",
    "ratio_range": "倍数区间",
    "ratio_upto": "倍数以下",
    "ratio_from": "倍数以上",
    "ratio_fixed": "固定倍数",
    "warning": "警告",
    "none": "不适用",
    "other": "其他措施",
    "unread": "未能读出",
}


def tables_of(record: Record) -> list[Table]:
    """The tables of a record, those that have rows or can take them; none for what is no standard and no entry."""
    if "violation" in record:
        return [_lines(record, "conditions", "条件"), _lines(record, "exclusions", "不适用的情形")]
    if "mode" not in record:
        return []
    tables = []
    if record.get("mode") == "weighted" or record.get("factors"):
        tables += [_factors(record), _formulas(record)]
    if record.get("mode") != "weighted" or record.get("tiers"):
        tables += [_tiers(record), _fines(record)]
    return [*tables, _ranges(record)]


def corrected(record: Record, tables: Mapping[str, Sequence[Row]], fields: Mapping[str, str]) -> Record:
    """The record with the plain ``fields`` and the ``tables`` (by name) as a person left them."""
    new = copy.deepcopy(record)
    for name, words in fields.items():
        _put(new, name, words)
    for name, rows in tables.items():
        _TAKEN[name](new, [row for row in rows if any(v not in (None, "") for k, v in row.items() if k != AT)])
    return new


# ---- a record as tables --------------------------------------------------------------------------------------


def _factors(record: Record) -> Table:
    rows = [
        {AT: f"{i}.{j}", "factor": factor["name"], **{name: option.get(name) for name in _OPTION}}
        for i, factor in enumerate(record.get("factors", []))
        for j, option in enumerate(factor["options"])
    ]
    return Table("factors", "裁量要素与权重", {"factor": "裁量要素", **_OPTION}, rows)


def _formulas(record: Record) -> Table:
    rows = [
        {AT: str(i), **{name: formula.get(name) for name in _FORMULA}}
        for i, formula in enumerate(record.get("formulas", []))
    ]
    return Table("formulas", "计算方法", _FORMULA, rows)


def _ranges(record: Record) -> Table:
    rows = [
        {AT: str(i), "applies_to": given.get("applies_to"), **{name: given["fine"].get(name) for name in FINE}}
        for i, given in enumerate(record.get("legal_ranges", []))
    ]
    return Table("legal_ranges", "法定幅度", {"applies_to": "适用对象", **FINE}, rows)


def _tiers(record: Record) -> Table:
    axes = record.get("axes", [])
    rows = []
    for i, tier in enumerate(record.get("tiers", [])):
        when = dict(tier.get("when", []))
        rows.append(
            {
                AT: str(i),
                "grade": tier.get("grade"),
                **{f"axis_{n}": when.get(axis) for n, axis in enumerate(axes)},
                "catch_all": tier.get("catch_all"),
                "circumstances": "\n".join(tier.get("circumstances", [])),
            }
        )
    columns = {f"axis_{n}": axis or "情形" for n, axis in enumerate(axes)}
    columns = {"grade": "档次", **columns, "catch_all": "整行情形", "circumstances": "情节（每行一种）"}
    return Table("tiers", "档次", columns, rows)


def _fines(record: Record) -> Table:
    rows = [
        {AT: f"{i}.{j}", "tier": str(i + 1), "column": column, **{name: fine.get(name) for name in FINE}}
        for i, tier in enumerate(record.get("tiers", []))
        for j, (column, fine) in enumerate(tier["fines"])
    ]
    return Table("fines", "各档罚款", {"tier": "第几档", "column": "罚款列", **FINE}, rows)


def _lines(record: Record, name: str, title: str) -> Table:
    rows = [{AT: str(i), "words": words} for i, words in enumerate(record.get(name, []))]
    return Table(name, title, {"words": title}, rows)


# ---- tables back into a record -------------------------------------------------------------------------------


def _take_factors(record: Record, rows: Sequence[Row]) -> None:
    before = {f"{i}.{j}": o for i, f in enumerate(record.get("factors", [])) for j, o in enumerate(f["options"])}
    heads = {f["name"]: {k: v for k, v in f.items() if k != "options"} for f in record.get("factors", [])}
    factors: dict[str, Record] = {}
    for row in rows:
        name = row.get("factor") or ""
        factor = factors.setdefault(name, {**heads.get(name, {"name": name}), "options": []})
        factor["options"].append(_merged(before.get(row.get(AT) or "", {}), row, _OPTION))
    record["factors"] = list(factors.values())


def _take_formulas(record: Record, rows: Sequence[Row]) -> None:
    before = {str(i): f for i, f in enumerate(record.get("formulas", []))}
    record["formulas"] = [_merged(before.get(row.get(AT) or "", {}), row, _FORMULA) for row in rows]


def _take_ranges(record: Record, rows: Sequence[Row]) -> None:
    before = {str(i): r for i, r in enumerate(record.get("legal_ranges", []))}
    ranges = []
    for row in rows:
        given = copy.deepcopy(before.get(row.get(AT) or "", {"fine": {}}))
        given["fine"] = _merged(given["fine"], row, FINE)
        _put(given, "applies_to", row.get("applies_to"))
        ranges.append(given)
    record["legal_ranges"] = ranges


def _take_tiers(record: Record, rows: Sequence[Row]) -> None:
    before = {str(i): t for i, t in enumerate(record.get("tiers", []))}
    axes = record.get("axes", [])
    tiers = []
    for row in rows:
        tier = copy.deepcopy(before.get(row.get(AT) or "", {"fines": []}))
        _put(tier, "grade", row.get("grade"))
        _put(tier, "catch_all", row.get("catch_all"))
        if "when" in tier or any(row.get(f"axis_{n}") for n in range(len(axes))):
            tier["when"] = [[axis, row.get(f"axis_{n}") or None] for n, axis in enumerate(axes)]
        circumstances = [line.strip() for line in (row.get("circumstances") or "").split("\n") if line.strip()]
        if circumstances or "circumstances" in tier:
            tier["circumstances"] = circumstances
        tiers.append(tier)
    record["tiers"] = tiers


def _take_fines(record: Record, rows: Sequence[Row]) -> None:
    tiers = record.get("tiers", [])
    before = {f"{i}.{j}": fine for i, tier in enumerate(tiers) for j, (_, fine) in enumerate(tier["fines"])}
    for number, tier in enumerate(tiers, 1):
        own = [row for row in rows if str(row.get("tier") or "").strip() == str(number)]
        tier["fines"] = [
            [row.get("column") or "", _merged(before.get(row.get(AT) or "", {}), row, FINE)] for row in own
        ]


def _take_lines(name: str, record: Record, rows: Sequence[Row]) -> None:
    record[name] = [row["words"] for row in rows if row.get("words")]


_TAKEN: dict[str, Callable[[Record, Sequence[Row]], None]] = {
    "factors": _take_factors,
    "formulas": _take_formulas,
    "legal_ranges": _take_ranges,
    "tiers": _take_tiers,
    "fines": _take_fines,
    "conditions": partial(_take_lines, "conditions"),
    "exclusions": partial(_take_lines, "exclusions"),
}


def _merged(before: Record, row: Row, columns: Mapping[str, str]) -> Record:
    new = copy.deepcopy(before)
    for name in columns:
        _put(new, name, row.get(name))
    return new


def _put(record: Record, name: str, value: Any) -> None:
    """Set a field; an emptied one is left out where it was not there before, or where it can be left out."""
    if value in (None, ""):
        if name in record and isinstance(record[name], str) and name in _WORDS:
            record[name] = ""
        else:
            record.pop(name, None)
    else:
        record[name] = value


_WORDS = frozenset(("text", "label", "weight_text", "title"))
"""Fields that must be there even when empty."""
