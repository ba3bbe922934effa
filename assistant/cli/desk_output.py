"""What the commands of the desk print for people (裁量核查输出): findings, workings, checks and audits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from assistant.cli.output import print_notes
from assistant.discretion.contract import Position
from assistant.discretion.words import (
    EFFECT_ZH,
    STANDING_ZH,
    STATUS_ZH,
    cite_words,
    count_words,
    fine_words,
    plain_number,
    range_words,
    stale_bases,
    standing_words,
    yuan_words,
)

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.discretion.contract import (
        AuditResponse,
        CheckResponse,
        ComputeResponse,
        FindResponse,
        Ground,
        ItemInfo,
        Line,
        Needed,
        StandardInfo,
        TierInfo,
    )

_INDENT = "   "


def print_found(response: FindResponse) -> None:
    """Standards, then entries of lists, each with why it was found."""
    print_notes(response.notes)
    if not response.standards and not response.items:
        typer.echo("没有找到相近的裁量标准或清单项。")
    for number, found in enumerate(response.standards, 1):
        _print_standard(number, found.standard)
        _print_why(found.why)
    if response.items:
        typer.secho("不予处罚、从轻减轻等清单：", bold=True)
    for number, entry in enumerate(response.items, 1):
        _print_item(number, entry.item)
        _print_why(entry.why)


def _print_standard(number: int, standard: StandardInfo) -> None:
    typer.secho(f"{number}. {standard.title}", bold=True)
    facts = (standard.chapter, f"《{standard.document}》{standard.place}", standard.region)
    typer.secho(_INDENT + " · ".join(fact for fact in facts if fact), dim=True)
    typer.secho(f"{_INDENT}编号 {standard.key}", dim=True)
    for basis in stale_bases(standard):
        typer.secho(f"{_INDENT}依据失效：{basis.written}，{standing_words(basis)}", fg=typer.colors.RED)
    for doubt in standard.needs_review:
        typer.secho(f"{_INDENT}待核对：{doubt.message}", fg=typer.colors.YELLOW)
    for factor in standard.factors:
        options = "、".join(f"{o.label}（{o.weight_text}）" for o in factor.options)
        typer.echo(f"{_INDENT}{factor.name}：{options}")
    if standard.variants:
        typer.echo(f"{_INDENT}裁量起点：{'、'.join(standard.variants)}")
    for tier in standard.tiers:
        typer.echo(f"{_INDENT}{tier_words(tier)}")


def tier_words(tier: TierInfo) -> str:
    """A step in one line: its number in requests, what must be the case, the fines."""
    when = "；".join(f"{axis}：{label}" for axis, label in tier.when.items() if label is not None)
    case = "；".join(filter(None, (tier.grade, tier.behaviour, when, tier.catch_all, *tier.circumstances)))
    fines = list(tier.fines.items())
    words = [fine.text if len(fines) == 1 else f"{column}：{fine.text}" for column, fine in fines]
    return f"[{tier.index}] {case} → {'；'.join(words)}"


def _print_item(number: int, item: ItemInfo) -> None:
    typer.secho(f"{number}. {item.violation}：{EFFECT_ZH.get(item.effect, item.effect)}", bold=True)
    typer.secho(f"{_INDENT}《{item.document}》{item.place} · {item.region}", dim=True)
    needed = "须同时符合" if item.joint else "符合其一即可"
    if item.conditions:
        typer.echo(f"{_INDENT}{needed}：{'；'.join(c.rstrip('；。') for c in item.conditions)}")
    for exclusion in item.exclusions:
        typer.echo(f"{_INDENT}不适用：{exclusion}")
    for doubt in item.needs_review:
        typer.secho(f"{_INDENT}待核对：{doubt.message}", fg=typer.colors.YELLOW)


def _print_why(why: Iterable[str]) -> None:
    words = "；".join(why)
    if words:
        typer.secho(f"{_INDENT}理由：{words}", dim=True)
    typer.echo()


def print_computed(response: ComputeResponse) -> None:
    """The result first, then how it came about, line by line with its places, then warnings and what is missing."""
    typer.secho(response.title, bold=True)
    typer.secho(f"《{response.document}》 {response.standard}", dim=True)
    if response.state == "computed":
        typer.secho(_result(response), bold=True, fg=typer.colors.GREEN)
    elif response.state == "not_computable":
        typer.secho("不能计算。", fg=typer.colors.RED)
    _print_lines(response.lines)
    if response.legal_range is not None:
        legal = range_words(response.legal_min_yuan, response.legal_max_yuan)
        within = {True: "，结果在此幅度之内", False: "，结果不在此幅度之内", None: ""}[response.within_legal_range]
        typer.echo(f"法定幅度：{fine_words(response.legal_range)}{f'（{legal}）' if legal else ''}{within}")
    if response.bounds is not None:
        typer.secho(f"上下限的读法：{response.bounds.text}", dim=True)
    print_notes(response.warnings)
    print_needs(response.needs)


def _result(response: ComputeResponse) -> str:
    parts = []
    if response.total_percent is not None:
        parts.append(f"裁量百分值 {plain_number(response.total_percent)}%")
    if response.fine_yuan is not None:
        parts.append(f"罚款 {yuan_words(response.fine_yuan)}（{plain_number(response.fine_yuan)} 元）")
    elif response.fine_min_yuan is not None or response.fine_max_yuan is not None:
        parts.append(f"罚款 {range_words(response.fine_min_yuan, response.fine_max_yuan)}")
    elif response.fine is not None:
        parts.append(response.fine.text)
    if response.also:
        parts.append(f"并处：{response.also}")
    return "；".join(parts)


def _print_lines(lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines, 1):
        value = f" → {line.value}" if line.value else ""
        typer.echo(f"{number:>2}. {line.text}{value}")
        places = cite_words(line.cites)
        if places:
            typer.secho(f"    {places}", dim=True)


def print_needs(needs: Sequence[Needed]) -> None:
    """What is missing and can change the result, each with its answers."""
    if needs:
        typer.secho("还需要：", bold=True, fg=typer.colors.YELLOW)
    for need in needs:
        options = f"（{'／'.join(need.options)}）" if need.options else ""
        typer.echo(f"{_INDENT}{need.question}{options}  [{need.name}]")


_TONES = {Position.INSIDE: typer.colors.GREEN, Position.BELOW: typer.colors.RED, Position.ABOVE: typer.colors.RED}


def print_check(response: CheckResponse) -> None:
    """The verdict, each range, what would justify the sum, grounds, no penalty, old or new law, then the working."""
    colour = {True: typer.colors.GREEN, False: typer.colors.RED, None: typer.colors.YELLOW}[response.ok]
    typer.secho(response.verdict, bold=True, fg=colour)
    for against in response.against:
        given = range_words(against.min_yuan, against.max_yuan)
        typer.secho(f"{against.name}{f'（{given}）' if given else ''}：{against.text}", fg=_TONES.get(against.position))
        places = cite_words(against.cites)
        if places:
            typer.secho(_INDENT + places, dim=True)
    for choice in response.justifying:
        step = [] if choice.tier is None else [f"第{choice.tier + 1}档 --tier {choice.tier}"]
        chosen = "，".join([*(f"{name}＝{label}" for name, label in choice.choose.items()), *step])
        typer.echo(f"可支持该金额的选择：{chosen}（{range_words(choice.fine_min_yuan, choice.fine_max_yuan)}）")
    typer.secho(f"不予处罚核查：{response.no_penalty.result.value}", bold=True)
    typer.echo(_INDENT + response.no_penalty.text)
    _print_grounds([*response.no_penalty.items, *response.grounds])
    if response.old_or_new is not None:
        typer.secho("新旧法律：", bold=True)
        typer.echo(_INDENT + response.old_or_new.text)
    print_notes(response.warnings)
    print_needs(response.needs)
    typer.echo()
    print_computed(response.computed.model_copy(update={"needs": [], "warnings": []}))


def _print_grounds(grounds: Sequence[Ground]) -> None:
    for ground in grounds:
        effect = ("应当" if ground.must else "可以") + EFFECT_ZH.get(ground.effect, ground.effect).removeprefix("可以")
        status = STATUS_ZH.get(ground.status, ground.status)
        typer.echo(f"{_INDENT}{ground.name}（{effect}）：{status}")
        places = cite_words(ground.cites)
        if places:
            typer.secho(f"{_INDENT}{_INDENT}{places}", dim=True)


def print_audit(responses: Sequence[AuditResponse]) -> None:
    """A table of the cited laws of each benchmark and of the problems of its sections."""
    from rich.console import Console

    console = Console()
    if not responses:
        typer.echo("语料中没有裁量基准。")
    for response in responses:
        typer.secho(f"《{response.document}》 依据状态 {response.as_of}", bold=True)
        laws = _table("所引法律", "状态", "后继", "拟对应条文（建议，待人工确认）")
        for law in response.laws:
            laws.add_row(law.written, STANDING_ZH.get(law.state, law.state), law.successor or "", law.proposal or "")
        if response.laws:
            console.print(laws)
        problems = _table("编号", "标题", "页", "问题")
        for section in response.sections:
            for problem in section.problems:
                page = str(problem.page or (section.pages[0] if section.pages else ""))
                problems.add_row(section.id, section.title, page, problem.text)
        if problems.row_count:
            console.print(problems)
        counts = "，".join(f"{count_words(name)} {count}" for name, count in response.summary.items())
        typer.secho(f"{counts}；用时 {response.seconds:.1f} 秒", dim=True)


def _table(*columns: str) -> Table:
    """A table whose cells are folded, not cut, however narrow the terminal."""
    from rich.table import Column, Table

    return Table(*(Column(name, overflow="fold") for name in columns))
