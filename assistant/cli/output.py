"""What commands print (输出): JSON for programs, short blocks for people, errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

    from assistant.contract import (
        AskResponse,
        CheckedCitation,
        CiteResult,
        Material,
        Problem,
        SearchResponse,
        SearchResult,
        Span,
        StandardLink,
    )

_INDENT = "   "


def use_utf8() -> None:
    """Print UTF-8 whatever the terminal's locale says, so that JSON and 汉字 survive redirection."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(value: BaseModel | dict[str, Any] | Sequence[Any], *, one_line: bool = False) -> None:
    """Print a contract model or plain JSON values."""
    plain = value if isinstance(value, dict | list | tuple) else value.model_dump(mode="json")  # type: ignore[union-attr]
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=None if one_line else 2))


def print_problem(problem: Problem, *, as_json: bool) -> None:
    """Print an error on standard error: what, where, what to do."""
    if as_json:
        typer.echo(json.dumps(problem.model_dump(mode="json"), ensure_ascii=False), err=True)
        return
    typer.secho(f"{problem.title}：{problem.detail}", fg=typer.colors.RED, err=True)
    if problem.where:
        typer.echo(f"  位置：{problem.where}", err=True)
    if problem.remedy:
        typer.echo(f"  处理：{problem.remedy}", err=True)


def print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        typer.secho(f"· {note}", fg=typer.colors.YELLOW)


def print_search(response: SearchResponse) -> None:
    """Results in order, with state and dates, found words in bold on a terminal."""
    typer.secho(f"适用日期 {response.as_of}", dim=True)
    print_notes(response.notes)
    if not response.results:
        typer.echo("没有找到相关条文。")
    print_results(response.results)
    print_materials(response.materials)
    semantic = "语义与关键词" if response.dense_ready else "关键词（语义检索尚未就绪）"
    typer.secho(f"{len(response.results)} 条 · {response.latency_ms:.0f} 毫秒 · {semantic}", dim=True)


def print_results(results: Sequence[SearchResult]) -> None:
    for number, result in enumerate(results, start=1):
        typer.secho(f"{number}. {result.citation}", bold=True)
        typer.secho(_INDENT + _facts(result.status.value, result.level.value, result.effective_from), dim=True)
        if result.heading:
            typer.secho(_INDENT + result.heading, dim=True)
        typer.echo(_indented(_with_bold(result.text, result.highlights)))
        if result.note:
            print_notes([result.note])
        typer.echo()


def print_materials(materials: Sequence[Material]) -> None:
    """Cases and practice material found beside the law, by place and weight."""
    if materials:
        typer.secho("参考材料（不是法律依据）：", bold=True)
    for material in materials:
        typer.secho(
            f"【{material.shelf.value}·{material.weight}】{material.citation} {material.place}".rstrip(), bold=True
        )
        typer.echo(_indented(material.quote))
        print_notes(material.warnings)
        typer.echo()


def print_standards(standards: Sequence[StandardLink]) -> None:
    """The discretion standards that a question on the sum of a fine is about, and where to go on."""
    if not standards:
        return
    typer.secho("裁量标准：", bold=True)
    for standard in standards:
        typer.echo(f"{_INDENT}{standard.title}（《{standard.document}》{standard.place}，{standard.region}）")
        if standard.stale:
            typer.secho(f"{_INDENT}{_INDENT}依据已变动：{standard.note}", fg=typer.colors.RED)
        typer.secho(f"{_INDENT}{_INDENT}eassistant discretion compute --standard {standard.key}", dim=True)
    typer.echo()


def print_answer(response: AskResponse) -> None:
    """The answer, then what was removed from it and, on a refusal, the nearest passages."""
    print_notes(response.notes)
    typer.echo(response.answer)
    typer.echo()
    for removed in response.removed:
        typer.secho(f"已删去：{removed.text}（{removed.reason}）", fg=typer.colors.YELLOW)
    if response.refused and response.nearest:
        typer.secho("最接近的条文（不构成依据）：", bold=True)
        print_results(response.nearest)
    print_standards(response.standards)
    author = f"由 {response.model} 撰写，已核验引用" if response.model else "由条文原文编排"
    typer.secho(f"适用日期 {response.as_of} · 引用 {len(response.citations)} 处 · {author}", dim=True)


def print_cited(results: Sequence[CiteResult]) -> None:
    """Resolved citations with their states and texts."""
    if not results:
        typer.echo("没有读出法条引用。")
    for result in results:
        print_state(result)
        if result.text:
            typer.echo(_indented(result.text))
        if result.current_text:
            typer.secho(_INDENT + "现行条文：", dim=True)
            typer.echo(_indented(result.current_text))
        typer.echo()


def print_state(result: CiteResult, prefix: str = "") -> None:
    """One line of state, then reason, successor and candidates."""
    from corpus.vocabulary import STATE_ZH, State

    good = result.state in (State.IN_FORCE, State.AMENDED)
    colour = typer.colors.GREEN if good else typer.colors.RED
    typer.echo(prefix + typer.style(result.citation, bold=True) + "  " + typer.style(STATE_ZH[result.state], fg=colour))
    details = (result.reason, result.successor and f"后继：{result.successor}", result.note)
    for detail in filter(None, details):
        typer.secho(_INDENT + str(detail), dim=True)
    for candidate in result.candidates:
        typer.echo(f"{_INDENT}可能是：{candidate}")


def print_checked(checked: CheckedCitation, name: str) -> None:
    """One citation of a checked document with its quotations."""
    print_state(checked.result, prefix=f"{name}:{checked.line}  ")
    for quote in checked.quotes:
        verdict = "引文逐字一致" if quote.verbatim else "引文与原文不一致"
        colour = typer.colors.GREEN if quote.verbatim else typer.colors.RED
        typer.secho(f"{_INDENT}{name}:{quote.line}  {verdict}：“{quote.quote}”", fg=colour)
        if not quote.verbatim and checked.result.text:
            typer.secho(_INDENT + "原文：", dim=True)
            typer.echo(_indented(checked.result.text))


def _facts(state: str, level: str, effective_from: object) -> str:
    from corpus.vocabulary import STATE_ZH, EffectLevel, State

    if level == EffectLevel.NONE:  # a case or a guideline is in force on no day
        return level
    since = f"{effective_from} 起施行" if effective_from else "施行日期不明"
    return " · ".join((STATE_ZH[State(state)], level, since))


def _with_bold(text: str, spans: Sequence[Span]) -> str:
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], typer.style(text[start:end], bold=True, fg=typer.colors.CYAN)]
            at = end
    return "".join((*parts, text[at:]))


def _indented(text: str) -> str:
    return "\n".join(_INDENT + line for line in text.splitlines())
