"""Evals of questions put to the service (提问评测): answers, refusals, cases, follow-ups, a model's words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InvalidInput
from evals.cli.common import (
    JsonOut,
    MarkdownOut,
    PerQueryOut,
    Today,
    app,
    finish,
    give_out,
    progress,
    require_writable,
    service,
)
from evals.questions import Half


@app.command("officer-qa")
def officer_qa(
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="题集；默认用自带题集。A question set; default: our own.")
    ] = None,
    today: Today = None,
    source: Annotated[
        str | None, typer.Option(help="只用 source 为此的题，如 laws.db。Only questions of this source.")
    ] = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """逐题检索并提问：按题型的召回、拒答、适用日期、引文逐字核对与用时。Search and ask every question; score."""
    from evals.questions import OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS, own_questions, read_questions
    from evals.suites.officers import measure_officers

    require_writable(json_out, markdown, per_query)
    everything = (
        read_questions(data) if data else own_questions(OFFICER_QUESTIONS) + own_questions(UNANSWERABLE_QUESTIONS)
    )
    questions = [q for q in everything if source is None or q.source == source]
    if not questions:
        raise InvalidInput(f"No question has the source {source}.", where=str(data), remedy="Leave --source out.")
    others = len(everything) - len(questions)
    with service(today) as served:
        measured = measure_officers(
            questions,
            data.name if data else "own sets",
            served,
            progress,
            left_out=[f"{others} questions of another source than {source}"] if others else [],
        )
    give_out(measured, json_out, markdown, per_query)


@app.command()
def refusal(
    half: Annotated[
        Half, typer.Option(help="只用一半：tune 用于定阈值，check 用于确认。One half of the questions, or all.")
    ] = Half.ALL,
    today: Today = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """在自带题集上评测拒答：该拒的拒了多少，不该拒的拒了多少。Refusal rates on our own question sets."""
    from evals.questions import OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS, own_questions
    from evals.suites.refusals import measure_refusals

    require_writable(json_out, markdown, per_query)
    questions = own_questions(OFFICER_QUESTIONS, half) + own_questions(UNANSWERABLE_QUESTIONS, half)
    with service(today) as served:
        measured = measure_refusals(questions, half.value, served, progress)
    give_out(measured, json_out, markdown, per_query)


@app.command("cases")
def cases(
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="题集；默认用自带题集。A question set; default: our own.")
    ] = None,
    today: Today = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """由口述案情找案例：正确案例是否在前五。From an officer's account of the facts: is the case in the top five?"""
    from assistant.contract import SearchRequest
    from corpus.vocabulary import DocumentKind, Shelf
    from evals.cases import case_tables, held, hit_at, read_case_questions, run_cases
    from evals.report import Report, write_jsonl

    require_writable(json_out, markdown, per_query)
    everything = read_case_questions(data)
    with service(today) as served:
        titles = [d.title for d in served.store.documents() if d.kind is DocumentKind.CASE]
        questions = held(everything, titles)
        if not questions:
            raise InvalidInput("None of the cases is held.", remedy="Ingest the cases first: eassistant ingest FOLDER.")

        def search(question: str) -> list[str]:
            request = SearchRequest(question=question, as_of=served.day, shelf=Shelf.CASE, top_k=30)
            return [result.law for result in served.assistant.search(request).results]

        with progress("searching", len(questions)) as step:
            results = run_cases(questions, search, step)
    missing = len(everything) - len(questions)
    report = Report(
        title="Cases from their facts",
        conditions={
            "questions": len(questions),
            "cases held": len(titles),
            "today": served.day.isoformat(),
            **served.conditions,
        },
        tables=case_tables(results),
        exclusions=[f"{missing} questions whose case is not held"] if missing else [],
        figures={"hit@1": hit_at(results, 1), "hit@5": hit_at(results, 5)},
    )
    finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, [r.to_json() for r in results])


@app.command("dialogues")
def dialogues(
    data: Annotated[
        Path | None, typer.Option(metavar="FILE", help="对话集；默认用自带。A set of dialogues; default: our own.")
    ] = None,
    half: Annotated[
        Half, typer.Option(help="只用一半：tune 用于改进，check 用于确认。One half of the dialogues, or all.")
    ] = Half.ALL,
    today: Today = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """追问依前文补全后，是否与完整提问一样查得到。Are completed follow-ups found as well as asked in full?"""
    from evals.dialogues import by_half, by_kind, dialogue_tables, lead, read_dialogues
    from evals.questions import half_of
    from evals.report import Report, write_jsonl

    require_writable(json_out, markdown, per_query)
    chosen = [d for d in read_dialogues(data) if half is Half.ALL or half_of(d.id) is half]
    with (
        service(today) as served,
        progress("leading", len(chosen)) as step,
    ):
        led = lead(chosen, served.assistant, served.day, step)
    report = Report(
        title="Follow-ups",
        conditions={"dialogues": len(chosen), "half": half.value, "today": served.day.isoformat(), **served.conditions},
        tables=dialogue_tables(led),
        figures={
            "halves": {name: f.to_json() for name, f in by_half(led).items()},
            "kinds": {name: f.to_json() for name, f in by_kind(led).items()},
        },
    )
    finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, [one.to_json() for one in led])


@app.command("written")
def written(
    count: Annotated[int, typer.Option(min=1, help="问多少题。How many questions.")] = 100,
    today: Today = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """由所设模型撰写答复，逐句核对所引条文；须先设 generator。Answers by the chat model set, every sentence judged."""
    from evals.questions import OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS, own_questions
    from evals.report import Report, append_jsonl, write_jsonl
    from evals.tables import written_tables
    from evals.written import ask_all, summarise

    require_writable(json_out, markdown, per_query)
    answerable, others = own_questions(OFFICER_QUESTIONS), own_questions(UNANSWERABLE_QUESTIONS)
    tenth = count // 10  # one question in ten has no answer in law
    questions = answerable[:: max(1, len(answerable) // max(1, count - tenth))][: count - tenth] + others[:tenth]
    with service(today) as served, progress("writing", len(questions)) as step:
        judged = []
        if per_query is not None:
            write_jsonl(per_query, [])
        for done, written in enumerate(ask_all(questions, served.assistant), 1):
            judged.append(written)
            if per_query is not None:  # at once: a slow model takes hours
                append_jsonl(per_query, written.to_json())
            step(done)
    summary = summarise(judged)
    report = Report(
        title="Answers written by a model",
        conditions={"questions": len(questions), "today": served.day.isoformat(), **served.conditions},
        tables=written_tables(summary),
        figures=summary,
    )
    finish(report, json_out, markdown)
