"""A record as read against the gold, field by field (逐项比对). Both are plain JSON with the gold's field names.

Lists are aligned in printed order, so that one lost row is one loss and not a shift of all that follow. Words are
compared without white space, numbers to 1e-6. A field that the gold leaves out is not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.discretion_marks import RecordMarks, aligned, decimal, listed, squeezed

Json = Mapping[str, Any]

_FINE_NUMBERS = ("min_yuan", "max_yuan", "min_ratio", "max_ratio", "base_min_yuan")
_FORMULA_NUMBERS = ("multiplier_yuan", "multiplier_ratio", "base_min_yuan", "floor_percent", "cap_percent_stated")
_TOTALS = ("max_total_percent_before_cap", "min_total_percent_before_floor")


def compare_standard(gold: Json, found: Json, marks: RecordMarks) -> None:
    """All fields of a standard (裁量标准)."""
    marks.text("mode", gold["mode"], found.get("mode"))
    marks.text("chapter", gold.get("chapter"), found.get("chapter"))
    marks.text("heading", gold.get("heading_no"), found.get("heading_no"), "heading_no")
    marks.text("heading", gold.get("title"), found.get("title"))
    marks.text("heading", gold.get("title_inherited_from"), found.get("title_inherited_from"), "title_inherited_from")
    marks.numbers("pages", gold.get("pages"), found.get("pages"))
    for name in ("violated", "penalty_basis"):
        marks.texts("citations", gold.get(name), found.get(name), name)
        marks.text("quoted law", gold.get(f"{name}_text"), found.get(f"{name}_text"), f"{name}_text")
    marks.texts("behaviour", gold.get("behaviour"), found.get("behaviour"))
    marks.texts("header", gold.get("header"), found.get("header"))
    marks.text("remark", gold.get("formula_text"), found.get("formula_text"))
    _ranges(listed(gold.get("legal_range")), listed(found.get("legal_range")), marks)
    if gold["mode"] == "weighted":
        _weighted(gold, found, marks)
    else:
        _tiered(gold, found, marks)


def _weighted(gold: Json, found: Json, marks: RecordMarks) -> None:
    _by_variant("start weight", gold.get("start_weight_percent"), found.get("start_weight_percent"), marks)
    if "start_weight_text" in gold:
        marks.text("start weight", gold["start_weight_text"], found.get("start_weight_text"), "as printed")
    for factor, seen in aligned(listed(gold.get("factors")), listed(found.get("factors")), _name):
        name = _name(factor or seen)
        marks.text("factor names", factor and factor["name"], seen and seen.get("name"))
        options, read = (listed(side.get("options")) if side else [] for side in (factor, seen))
        for option, other in aligned(options, read, _label):
            marks.text("option labels", option and option["label"], other and other.get("label"), name)
            marks.number(
                "weights",
                option and option["weight_percent"],
                other and other.get("weight_percent"),
                f"{name} › {_label(option or other)}",
            )
            if option and "weight_text" in option:
                marks.text("weights", option["weight_text"], other and other.get("weight_text"), f"{name}, as printed")
    _by_variant("greatest total", gold.get("max_total_percent"), found.get("max_total_percent"), marks)
    for formula, seen in aligned(listed(gold.get("formulas")), listed(found.get("formulas")), _applies_to):
        variant = _applies_to(formula or seen)
        marks.text("variants", formula and _applies_to(formula), seen and _applies_to(seen))
        formula, seen = formula or {}, seen or {}
        marks.text("formulas", formula.get("base"), seen.get("base"), f"{variant} base")
        for name in _FORMULA_NUMBERS:
            marks.number("formulas", formula.get(name), seen.get(name), f"{variant} {name}")
        for name in _TOTALS:
            if name in formula:
                marks.number("totals", formula[name], seen.get(name), f"{variant} {name}")


def _by_variant(name: str, gold: Any, found: Any, marks: RecordMarks) -> None:
    """A number, or a number for each variant; variants in their order where their names differ."""
    if not isinstance(gold, Mapping):
        marks.number(name, gold, found if not isinstance(found, Mapping) else str(dict(found)))
        return
    pairs = list(found.items()) if isinstance(found, Mapping) else [("", found)]
    for g, f in aligned(list(gold.items()), pairs, lambda pair: squeezed(pair[0])):
        marks.number(name, g and g[1], f and f[1], str((g or f)[0]))


def _tiered(gold: Json, found: Json, marks: RecordMarks) -> None:
    marks.texts("axes", gold.get("axes"), found.get("axes"))
    marks.texts("fine columns", gold.get("fine_columns"), found.get("fine_columns"))
    for tier, seen in aligned(listed(gold.get("tiers")), listed(found.get("tiers")), _tier_key):
        name = _tier_name(tier or seen)
        marks.put("tiers", name, seen and _tier_name(seen), _tier_key(tier) == _tier_key(seen), name)
        _when(tier, seen, marks, name)
        if tier and "behaviour" in tier:
            marks.text("tier behaviours", tier["behaviour"], seen and seen.get("behaviour"), name)
        if tier and "pages" in tier and seen:
            marks.numbers("tier pages", tier["pages"], seen.get("pages"), name)
        fines = tier.get("fines", {}) if tier else {}
        read = seen.get("fines", {}) if seen else {}
        for column, other in aligned(list(fines), list(read), squeezed):
            where = f"{name} › {column or other}"
            _fine(fines.get(column) if column else None, read.get(other) if other else None, marks, where)


def _when(tier: Any, seen: Any, marks: RecordMarks, where: str) -> None:
    gold, found = (side.get("when") if side else None for side in (tier, seen))
    if not isinstance(gold, Mapping) or not isinstance(found, Mapping):
        marks.put("conditions of tiers", gold, found, _words(gold) == _words(found), where)
        return
    for axis, other in aligned(list(gold), list(found), squeezed):
        label, read = gold.get(axis), found.get(other)
        same = axis is not None and other is not None and squeezed(axis) == squeezed(other)
        same = same and (label is None) == (read is None) and squeezed(label) == squeezed(read)
        marks.put("conditions of tiers", label, read, same, f"{where} › {axis or other}")


def _fine(gold: Json | None, found: Json | None, marks: RecordMarks, where: str) -> None:
    one, other = gold or {}, found or {}
    if gold is None or "text" in one:
        marks.text("fines as printed", one.get("text"), other.get("text"), where)
    marks.text("kinds of fines", one.get("kind"), other.get("kind"), where)
    numbers = [(name, one.get(name), other.get(name)) for name in _FINE_NUMBERS]
    for name, g, f in numbers:
        if g is not None or f is not None:
            marks.number("fines", g, f, f"{where} {name}")
    marks.text("fines", one.get("base"), other.get("base"), f"{where} base")
    for name in ("also", "read_as", "increments"):
        if name in one:
            marks.text("fines", one[name], other.get(name), f"{where} {name}")
    if "optional" in one:
        marks.truth("fines", one["optional"], other.get("optional"), f"{where} optional")


def _ranges(gold: Sequence[Any], found: Sequence[Any], marks: RecordMarks) -> None:
    """What the statute allows: sums and ratios with their base; the party or case in words of its own field."""
    for g, f in aligned(gold, found, _range_key):
        name = squeezed((g or f).get("applies_to"))
        marks.put("legal range", g, f, _range_key(g) == _range_key(f), name)
        if g and f:
            marks.text("legal range for whom", g.get("applies_to"), f.get("applies_to"))
            if "optional" in g:
                marks.truth("legal range", g["optional"], f.get("optional"), f"{name} optional")


def compare_item(gold: Json, found: Json, marks: RecordMarks) -> None:
    """All fields of an entry of a list (清单条目)."""
    for name in ("category", "category_heading", "violation", "lead"):
        if name in gold:
            marks.text(name, gold[name], found.get(name))
    marks.text("quoted law", gold.get("provision"), found.get("provision"))
    provisions = listed(gold.get("provisions"))
    cited = [p["citation"] for p in provisions] or listed(gold.get("provision_citation"))
    read = listed(found.get("provisions"))
    marks.texts("citations", cited, [p.get("citation") for p in read] or listed(found.get("provision_citation")))
    for g, f in aligned(provisions, read, lambda p: squeezed(p.get("citation"))) if provisions else ():
        marks.text("quoted law", g and g.get("text"), f and f.get("text"), squeezed((g or f).get("citation")))
    marks.texts("conditions", gold.get("conditions"), found.get("conditions"))
    marks.put("all or any", gold.get("joint"), found.get("joint"), gold.get("joint") is found.get("joint"))
    marks.text("effect", gold.get("effect"), found.get("effect"))
    if "pages" in gold:
        marks.numbers("pages", gold["pages"], found.get("pages"))


def compare_row(gold: Json, found: Json, marks: RecordMarks) -> None:
    """A tier row of a sheet (档次行)."""
    for name in ("sheet", "no", "violation", "legal_basis_text", "standard", "remark"):
        marks.text(name, gold.get(name), found.get(name))
    marks.number("tier", gold.get("tier"), found.get("tier"))
    marks.numbers("rows", gold.get("excel_rows"), found.get("excel_rows"))
    if "legal_basis_rows" in found:
        marks.numbers("rows", gold.get("legal_basis_rows"), found["legal_basis_rows"], "legal_basis_rows")
    marks.texts("circumstances", gold.get("circumstances"), found.get("circumstances"))
    fines, read = gold.get("fine") or {}, found.get("fine") or {}
    for party, other in aligned(list(fines), list(read), squeezed):
        marks.text("party of the fine", party, other)
        _fine(fines.get(party) if party else None, read.get(other) if other else None, marks, party or other)


def _name(factor: Any) -> str:
    return squeezed(factor.get("name"))


def _label(option: Any) -> str:
    return squeezed(option.get("label"))


def _applies_to(formula: Any) -> str:
    return squeezed(formula.get("applies_to"))


def _words(when: Any) -> str:
    return "／".join(squeezed(v) or "—" for v in when.values()) if isinstance(when, Mapping) else squeezed(when)


def _tier_name(tier: Any) -> str:
    return _words(tier.get("when"))


def _tier_key(tier: Any) -> str:
    return f"{squeezed(tier.get('behaviour'))}|{_words(tier.get('when'))}" if tier else ""


def _range_key(one: Any) -> str:
    if not one:
        return ""
    numbers = ((name, decimal(one.get(name))) for name in _FINE_NUMBERS)
    written = [f"{name}={value.normalize():f}" for name, value in numbers if value is not None]
    return "|".join([squeezed(one.get("base")), *written])
