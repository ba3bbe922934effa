"""One discretion record in full for people (裁量记录全文): everything that ``show`` prints without ``--json``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from assistant.cli.desk_output import tier_words
from assistant.discretion.words import EFFECT_ZH, plain_number

if TYPE_CHECKING:
    from assistant.discretion.contract import (
        BasisInfo,
        DoubtInfo,
        FactorInfo,
        FineInfo,
        FormulaInfo,
        ItemInfo,
        StandardInfo,
    )

_INDENT = "   "
_MODE_ZH = {"weighted": "权重累加", "tiered": "按档次", "unread": "未读出"}


def print_standard(standard: StandardInfo) -> None:
    """A standard with its law, its factors or tiers, its remark and what is in doubt."""
    typer.secho(" ".join(filter(None, (standard.heading_no, standard.title))), bold=True)
    facts = (standard.chapter, f"《{standard.document}》{standard.place}", standard.region, _mode(standard.mode))
    typer.secho(" · ".join(fact for fact in facts if fact), dim=True)
    typer.secho(f"编号 {standard.key}", dim=True)
    _print_doubts(standard.needs_review, standard.corrected)
    _print_list("违法行为", (b for b in standard.behaviours if b != standard.title))
    _print_bases("违反条款", standard.violated)
    _print_bases("处罚依据", standard.basis)
    _print_list("法定幅度", (_fine(fine) for fine in standard.legal_ranges))
    for formula in standard.formulas:
        _print_list("计算方法", _formula(formula))
    for factor in standard.factors:
        _print_list(_factor_name(factor), (f"{o.label}　{plain_number(o.weight_percent)}%" for o in factor.options))
    _print_list("档次", (tier_words(tier) for tier in standard.tiers))
    _print_list("备注", standard.remark.splitlines())
    _print_list("以上、以下", [standard.bounds.text])


def print_item(item: ItemInfo) -> None:
    """An entry of a list with its conditions and the remarks of the whole list."""
    typer.secho(f"{item.violation}：{EFFECT_ZH.get(item.effect, item.effect)}", bold=True)
    facts = (item.category, f"《{item.document}》{item.place}", item.region)
    typer.secho(" · ".join(fact for fact in facts if fact), dim=True)
    typer.secho(f"编号 {item.key}", dim=True)
    _print_doubts(item.needs_review, item.corrected)
    _print_bases("依据", item.provisions)
    _print_list(item.lead or ("须同时符合" if item.joint else "符合其一即可"), item.conditions)
    _print_list("不适用于", item.exclusions)
    _print_list("清单备注", item.remarks)


def _print_doubts(doubts: Sequence[DoubtInfo], corrected: bool) -> None:
    if corrected:
        typer.secho("已采用人工更正。", fg=typer.colors.GREEN)
    for doubt in doubts:
        typer.secho(f"待核对：{doubt.message}{f'（{doubt.place}）' if doubt.place else ''}", fg=typer.colors.YELLOW)


def _print_list(name: str, lines: Iterable[str]) -> None:
    filled = [line for line in lines if line]
    if filled:
        typer.secho(name, bold=True)
    for line in filled:
        typer.echo(_INDENT + line.replace("\n", f"\n{_INDENT}"))


def _print_bases(name: str, bases: Sequence[BasisInfo]) -> None:
    _print_list(name, (part for b in bases for part in (b.written, b.text, f"（{b.note}）" if b.note else "")))


def _mode(mode: str) -> str:
    return _MODE_ZH.get(mode, mode)


def _factor_name(factor: FactorInfo) -> str:
    return f"{factor.name}（第{factor.page}页）" if factor.page else factor.name


def _formula(formula: FormulaInfo) -> list[str]:
    for_whom = f"{formula.variant}：" if formula.variant else ""
    return [f"{for_whom}裁量起点 {plain_number(formula.start_weight_percent)}%", formula.text]


def _fine(fine: FineInfo) -> str:
    for_whom = f"{fine.applies_to}：" if fine.applies_to else ""
    return for_whom + fine.text
