"""The cited laws of benchmarks on several days (依据状态对照): facts only, a row for every section.

    python -m evals.discretion_audit FILE… --as-of 2026-11-21 --as-of 2022-01-01 --today 2026-11-21 --output REPORT.md

Of the benchmarks themselves only numbers, pages and the names of cited laws are written, never their words. Rules of
application among the files govern the benchmarks given with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assistant.discretion.audit import AuditedDocument, audit_document
from assistant.discretion.audit_problems import CODE_ZH, Code
from assistant.discretion.bases import LAW_STATE_ZH, CitedLaws, LawState
from assistant.discretion.contract import AuditResponse, CitedLawState, SectionAudit
from corpus.citations import NameTable, Resolver
from corpus.citations.keys import short_title
from corpus.discretion.model import ApplicationRules, DiscretionRecords
from corpus.store import CorpusStore
from corpus.vocabulary import NATION, Shelf

_OF_THE_LAW = frozenset(
    {
        Code.BASIS_REPEALED,
        Code.BASIS_AMENDED,
        Code.BASIS_NOT_YET_IN_FORCE,
        Code.BASIS_NOT_FOUND,
        Code.BASIS_UNKNOWN,
        Code.QUOTE_DIFFERS,
        Code.NEEDS_REVIEW,
    }
)  # told by the states themselves, or about the reading

Days = Mapping[dt.date, AuditResponse]


@dataclass(frozen=True, slots=True)
class ReadBenchmark:
    """A benchmark or list with its region and day, read from a file."""

    title: str
    region: str
    issued: dt.date | None
    records: DiscretionRecords


def read_benchmarks(paths: Iterable[Path]) -> tuple[list[ReadBenchmark], ApplicationRules | None]:
    """The texts with standards or list entries, and the rules of application among the files."""
    from ingest.parsers import parse
    from ingest.readers import read_document

    found: list[ReadBenchmark] = []
    rules: ApplicationRules | None = None
    for path in paths:
        for text in parse(read_document(path.read_bytes(), path.name), path.name):
            rules = text.records.rules or rules
            if text.records.standards or text.records.items:
                found.append(ReadBenchmark(text.title, text.region, text.published or text.effective, text.records))
    return found, rules


def audit_on(
    benchmark: ReadBenchmark,
    days: Sequence[dt.date],
    laws_on: Callable[[dt.date, Sequence[str]], CitedLaws],
    rules: ApplicationRules | None,
) -> dict[dt.date, AuditResponse]:
    """The audit of one benchmark as of every day."""
    document = AuditedDocument(benchmark.title, issued=benchmark.issued)
    regions = (benchmark.region, NATION)
    return {day: audit_document(benchmark.records, document, laws_on(day, regions), rules=rules) for day in days}


def states_markdown(audits: Sequence[Days]) -> str:
    """One chapter for each benchmark: laws, problems by kind, sections."""
    parts = []
    for days in audits:
        first = next(iter(days.values()))
        seconds = "、".join(f"{day}：{audit.seconds:.1f} s" for day, audit in days.items())
        parts += [
            f"## 《{first.document}》\n",
            f"{len(first.sections)} 节；用时 {seconds}。\n",
            "### 所引法律\n",
            _table(("法律", "节数", *(str(day) for day in days), "后继（依据）"), _law_rows(days)),
            "### 问题（节数）\n",
            _table(("问题", *(str(day) for day in days)), _problem_rows(days)),
            "### 各节\n",
            _table(
                ("节", "页", "所引条款", *(str(day) for day in days), "承继条文（建议）", "其他问题"),
                _section_rows(days),
            ),
        ]
    return "\n".join(parts)


def _law_rows(days: Days) -> Iterable[Sequence[str]]:
    for of_days in zip(*(audit.laws for audit in days.values()), strict=True):
        ended = next((law for law in of_days if law.successor_basis), None)
        sections = of_days[0].text.rpartition("（")[2].partition("）")[0]
        yield (
            short_title(of_days[0].title),
            sections,
            *(_state(law) for law in of_days),
            (ended.successor_basis or "").replace("中华人民共和国", "") if ended else "",
        )


def _state(law: CitedLawState) -> str:
    told = LAW_STATE_ZH[LawState(law.state)]
    return f"{told}；上位法已废止" if law.parent_repealed else told


def _problem_rows(days: Days) -> Iterable[Sequence[str]]:
    for code in Code:
        counts = [
            sum(any(problem.code == code for problem in section.problems) for section in audit.sections)
            for audit in days.values()
        ]
        if any(counts):
            yield (CODE_ZH[code], *map(str, counts))


def _section_rows(days: Days) -> Iterable[Sequence[str]]:
    for sections in zip(*(audit.sections for audit in days.values()), strict=True):
        first = sections[0]
        for number, laws in enumerate(zip(*(section.laws for section in sections), strict=True)):
            proposals = dict.fromkeys(law.proposal or "" for law in laws)
            yield (
                first.id if not number else "",
                _pages(first) if not number else "",
                laws[0].written.replace("中华人民共和国", ""),
                *(_state(law) for law in laws),
                "；".join(p for p in proposals if p).replace("中华人民共和国", ""),
                _others(sections) if not number else "",
            )


def _pages(section: SectionAudit) -> str:
    return f"{section.pages[0]}–{section.pages[-1]}" if len(section.pages) > 1 else "".join(map(str, section.pages))


def _others(sections: Sequence[SectionAudit]) -> str:
    codes = dict.fromkeys(Code(p.code) for section in sections for p in section.problems)
    return "、".join(CODE_ZH[code] for code in codes if code not in _OF_THE_LAW)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write_states(
    paths: Sequence[Path], days: Sequence[dt.date], today: dt.date, store: CorpusStore, output: Path | None
) -> None:
    """Audit the files as of every day against ``store`` and write the report."""
    law = [d for d in store.documents() if d.kind.shelf is Shelf.LAW]
    resolver = Resolver(store, NameTable.from_documents(law))
    benchmarks, rules = read_benchmarks(paths)

    def laws_on(day: dt.date, regions: Sequence[str]) -> CitedLaws:
        return CitedLaws(store, resolver, as_of=day, today=today, regions=regions)

    report = states_markdown([audit_on(b, days, laws_on, rules) for b in benchmarks])
    if output is None:
        typer.echo(report)
    else:
        output.write_text(report, encoding="utf-8")


def main(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Benchmarks, lists and rules of application.")],
    as_of: Annotated[list[dt.datetime], typer.Option("--as-of", formats=["%Y-%m-%d"], help="A day; repeatable.")],
    today: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="The day from which it is seen.")],
    output: Annotated[Path | None, typer.Option(help="Where to write; the screen otherwise.")] = None,
) -> None:
    """Write the states of all cited laws on the days."""
    from assistant.settings import load_settings

    store = CorpusStore.open(load_settings().store_url)
    try:
        write_states(paths, [day.date() for day in as_of], today.date(), store, output)
    finally:
        store.close()


if __name__ == "__main__":
    from evals.script import run_script

    run_script(main)
