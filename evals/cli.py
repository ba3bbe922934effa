"""The commands of ``eassistant eval`` (评测命令): each prints a Markdown report and writes JSON where asked.

Thin: reading options, showing progress, and calling the modules beside it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import InvalidInput
from evals.methods import Method
from evals.questions import Half

if TYPE_CHECKING:
    from assistant.contract import Assistant
    from assistant.settings import Settings
    from corpus.store import CorpusStore
    from evals.officer import Judged
    from evals.questions import Question
    from evals.report import Report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks could print case facts
    help="评测：检索、问答、拒答。Evals: retrieval, officers' questions, refusal.",
)

RETRIEVAL_DEPTH = 100

JsonOut = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="把结果写入 JSON 文件。Write JSON.")]
MarkdownOut = Annotated[
    Path | None, typer.Option("--markdown", metavar="FILE", help="把报告写入 Markdown 文件。Write the report.")
]
PerQueryOut = Annotated[
    Path | None, typer.Option("--per-query", metavar="FILE", help="逐题结果（JSON 行）。One JSON line a question.")
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help="未写明日期的问题按哪天回答。The day of undated questions."),
]


@app.command()
def retrieval(
    corpus: Annotated[Path, typer.Option(help="语料 {id, law, article, text}，JSON 行，可 gzip。The articles.")],
    queries: Annotated[Path, typer.Option(help="问题 {id, question, gold: [ids]}，JSON 行。The questions.")],
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="以 TREC run 格式写出排序。Write the ranking.")
    ] = None,
    method: Annotated[
        Method | None,
        typer.Option(help="默认 lexical；给出 --dense 时为 hybrid。Default: lexical, hybrid with --dense."),
    ] = None,
    dense: Annotated[
        bool, typer.Option("--dense", help="也用语义检索；编码可中断续做。Also encode for meaning; resumable.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="只用前几个问题。Only the first questions.")] = None,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
    per_query: PerQueryOut = None,
) -> None:
    """在给定语料上评测检索：Recall@1/5/10/100、MRR、nDCG@10 与用时。Score retrieval over any corpus."""
    from assistant.cli.connect import settings as load
    from evals.corpus_files import read_corpus, read_queries
    from evals.rankings import write_trec_run
    from evals.report import Report, write_jsonl
    from evals.retrieval import per_query as rows_of
    from evals.retrieval import rank, score
    from evals.searchers import open_searcher
    from evals.tables import retrieval_tables

    chosen = method or (Method.HYBRID if dense else Method.LEXICAL)
    _require_writable(run, json_out, markdown, per_query)
    articles, questions = read_corpus(corpus), read_queries(queries)[:limit]
    with (
        tempfile.TemporaryDirectory(prefix="eassistant-eval-") as folder,
        open_searcher(articles, chosen, load(), Path(folder), _say_stage) as searcher,
        _progress("searching", len(questions)) as step,
    ):
        ranked = rank(questions, searcher.search, RETRIEVAL_DEPTH, step)
    figures = score(questions, ranked, [a.id for a in articles])
    report = Report(
        title=f"Retrieval, {chosen.value}",
        conditions={
            "corpus": f"{corpus.name}: {len(articles)} articles, {searcher.passages} passages",
            "questions": f"{queries.name}: {len(questions)}, scored {figures.scored}",
            "scored with some gold articles missing": len(figures.partly_in_corpus),
            "method": chosen.value,
            **searcher.models,
        },
        tables=retrieval_tables(figures),
        exclusions=figures.exclusions(),
        figures=figures.to_json(),
    )
    if run is not None:
        write_trec_run(run, ranked.rankings, f"eassistant-{chosen.value}")
    _finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, rows_of(questions, ranked, figures))


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
    from evals.officer import run, summarise
    from evals.questions import OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS, own_questions, read_questions
    from evals.report import Report, write_jsonl
    from evals.tables import failures, officer_tables

    _require_writable(json_out, markdown, per_query)
    everything = (
        read_questions(data) if data else own_questions(OFFICER_QUESTIONS) + own_questions(UNANSWERABLE_QUESTIONS)
    )
    questions = [q for q in everything if source is None or q.source == source]
    if not questions:
        raise InvalidInput(f"No question has the source {source}.", where=str(data), remedy="Leave --source out.")
    with _service(today) as (assistant, store, day, conditions), _progress("asking", len(questions)) as step:
        judged = run(questions, assistant, store, today=day, progress=step)
    summary = summarise(judged)
    exclusions = _officer_exclusions(everything, questions, judged, source)
    report = Report(
        title="Officers' questions",
        conditions={
            "questions": f"{data.name if data else 'own sets'}: {len(questions)}",
            "today": day.isoformat(),
            "searches with semantic retrieval": f"{summary.searches_with_dense} of {len(judged)}",
            **conditions,
        },
        tables=officer_tables(summary),
        exclusions=exclusions,
        figures=summary.to_json(),
    )
    _finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, [j.to_json() for j in judged])
    for line in failures(judged):
        typer.secho(line, fg=typer.colors.RED, err=True)


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
    from assistant.contract import AskRequest
    from evals.questions import OFFICER_QUESTIONS, UNANSWERABLE_QUESTIONS, own_questions
    from evals.refusal import Decision, by_half, rates
    from evals.report import Report, write_jsonl
    from evals.tables import refusal_tables

    _require_writable(json_out, markdown, per_query)
    questions = own_questions(OFFICER_QUESTIONS, half) + own_questions(UNANSWERABLE_QUESTIONS, half)
    decisions = []
    with _service(today) as (assistant, _, day, conditions), _progress("asking", len(questions)) as step:
        for done, question in enumerate(questions, start=1):
            answer = assistant.ask(AskRequest(question=question.question, as_of=question.as_of or day))
            group = question.kind.value if question.answerable else f"unanswerable, {question.note or 'plain'}"
            decisions.append(Decision(question.id, answer.refused, question.answerable, group))
            step(done)
    halves = {name: rates(part) for name, part in by_half(decisions).items() if part}
    groups = {g: rates(d for d in decisions if d.group == g) for g in dict.fromkeys(d.group for d in decisions)}
    report = Report(
        title="Refusal",
        conditions={"questions": len(questions), "half": half.value, "today": day.isoformat(), **conditions},
        tables=refusal_tables(halves, groups),
        figures={
            "halves": {name.value: r.to_json() for name, r in halves.items()},
            "groups": {name: r.to_json() for name, r in groups.items()},
        },
    )
    _finish(report, json_out, markdown)
    if per_query is not None:
        words = {q.id: q.question for q in questions}
        write_jsonl(
            per_query,
            [
                {
                    "id": d.id,
                    "question": words[d.id],
                    "answerable": d.answerable,
                    "refused": d.refused,
                    "group": d.group,
                }
                for d in decisions
            ],
        )


@app.command("file-sample")
def file_sample(
    size: Annotated[int, typer.Option("--files", min=1, help="抽取的文件数。How many files.")] = 60,
    seed: Annotated[int, typer.Option(help="随机种子。Seed of the draw.")] = 1,
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
) -> None:
    """抽查已导入的文件：条号是否连续，缺号是否已报告。Sample ingested files: do the article numbers run on?"""
    from assistant.cli.connect import settings as load
    from corpus.store import CorpusStore
    from evals.file_sample import file_sample_tables, sample_files
    from evals.report import Report

    _require_writable(json_out, markdown)
    store = CorpusStore.open(load().store_url)
    try:
        sampled = sample_files(store, size, seed)
    finally:
        store.close()
    if not sampled:
        raise InvalidInput("语料中没有由文件导入的文本。", remedy="请先运行 eassistant ingest。")
    report = Report(
        title="Sample of ingested files",
        conditions={"files": size, "seed": seed},
        tables=file_sample_tables(sampled),
        figures={"texts": [dataclasses.asdict(s) for s in sampled]},
    )
    _finish(report, json_out, markdown)


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

    _require_writable(json_out, markdown, per_query)
    everything = read_case_questions(data)
    with _service(today) as (assistant, store, day, conditions):
        titles = [d.title for d in store.documents() if d.kind is DocumentKind.CASE]
        questions = held(everything, titles)
        if not questions:
            raise InvalidInput("None of the cases is held.", remedy="Ingest the cases first: eassistant ingest FOLDER.")

        def search(question: str) -> list[str]:
            request = SearchRequest(question=question, as_of=day, shelf=Shelf.CASE, top_k=30)
            return [result.law for result in assistant.search(request).results]

        with _progress("searching", len(questions)) as step:
            results = run_cases(questions, search, step)
    missing = len(everything) - len(questions)
    report = Report(
        title="Cases from their facts",
        conditions={"questions": len(questions), "cases held": len(titles), "today": day.isoformat(), **conditions},
        tables=case_tables(results),
        exclusions=[f"{missing} questions whose case is not held"] if missing else [],
        figures={"hit@1": hit_at(results, 1), "hit@5": hit_at(results, 5)},
    )
    _finish(report, json_out, markdown)
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

    _require_writable(json_out, markdown, per_query)
    chosen = [d for d in read_dialogues(data) if half is Half.ALL or half_of(d.id) is half]
    with (
        _service(today) as (assistant, _, day, conditions),
        _progress("leading", len(chosen)) as step,
    ):
        led = lead(chosen, assistant, day, step)
    report = Report(
        title="Follow-ups",
        conditions={"dialogues": len(chosen), "half": half.value, "today": day.isoformat(), **conditions},
        tables=dialogue_tables(led),
        figures={
            "halves": {name: f.to_json() for name, f in by_half(led).items()},
            "kinds": {name: f.to_json() for name, f in by_kind(led).items()},
        },
    )
    _finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, [one.to_json() for one in led])


@app.command("discretion")
def discretion(
    data: Annotated[
        Path, typer.Option(metavar="DIR", help="核对过的记录（JSON）。Verified records, a folder of JSON.")
    ],
    corpus: Annotated[
        Path, typer.Option(metavar="DIR", help="所依据的原件。The documents that they were verified against.")
    ] = Path("../shared/corpus/discretion"),
    json_out: JsonOut = None,
    markdown: MarkdownOut = None,
) -> None:
    """裁量标准、清单读得对不对，算例算得对不对：逐项比对，列出每一处差异。Records against verified ones."""
    from evals.discretion import discretion_figures, discretion_tables, evaluate, read_folder
    from evals.discretion_gold import read_gold
    from evals.report import Report
    from ingest.record_files import records_of_file

    _require_writable(json_out, markdown)
    golds = read_gold(data)
    if not corpus.is_dir():
        raise InvalidInput(
            "The folder of documents does not exist.", where=str(corpus), remedy="Name it with --corpus."
        )
    began = time.monotonic()
    total = sum(path.is_file() for path in corpus.iterdir())
    with _progress("reading", total) as step:
        read = read_folder(corpus, records_of_file, step)
    seconds = time.monotonic() - began
    result = evaluate(golds, read)
    report = Report(
        title="Discretion records",
        conditions={
            "gold": f"{len(golds)} files, {sum(gold.size for gold in golds)} records",
            "documents": f"{total} files, {len(read.texts)} with records",
            "seconds to read them": round(seconds, 1),
        },
        tables=discretion_tables(result),
        exclusions=result.exclusions,
        figures=discretion_figures(result),
    )
    _finish(report, json_out, markdown)


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

    _require_writable(json_out, markdown, per_query)
    answerable, others = own_questions(OFFICER_QUESTIONS), own_questions(UNANSWERABLE_QUESTIONS)
    tenth = count // 10  # one question in ten has no answer in law
    questions = answerable[:: max(1, len(answerable) // max(1, count - tenth))][: count - tenth] + others[:tenth]
    with _service(today) as (assistant, _, day, conditions), _progress("writing", len(questions)) as step:
        judged = []
        if per_query is not None:
            write_jsonl(per_query, [])
        for done, written in enumerate(ask_all(questions, assistant), 1):
            judged.append(written)
            if per_query is not None:  # at once: a slow model takes hours
                append_jsonl(per_query, written.to_json())
            step(done)
    summary = summarise(judged)
    report = Report(
        title="Answers written by a model",
        conditions={"questions": len(questions), "today": day.isoformat(), **conditions},
        tables=written_tables(summary),
        figures=summary,
    )
    _finish(report, json_out, markdown)


@contextmanager
def _service(today: str | None) -> Iterator[tuple[Assistant, CorpusStore, dt.date, dict[str, str]]]:
    """The service, the store that its quotations are checked against, the day, and what the report says of them."""
    from assistant.cli.connect import service
    from assistant.cli.connect import settings as load
    from corpus.store import CorpusStore

    settings = load()
    day = _day(today) or settings.current_day()
    with service(settings) as assistant:
        store = CorpusStore.open(settings.store_url)
        try:
            yield assistant, store, day, _conditions(settings, store)
        finally:
            store.close()


def _conditions(settings: Settings, store: CorpusStore) -> dict[str, str]:
    counts = store.counts()
    return {
        "corpus": ", ".join(f"{counts[name]} {name}" for name in ("documents", "versions", "provisions", "passages")),
        "dense encoder": f"{settings.encoder.model}, {settings.encoder.precision}",
        "chat model": settings.generator.model or "none",
    }


def _officer_exclusions(
    everything: list[Question], questions: list[Question], judged: list[Judged], source: str | None
) -> list[str]:
    lines = []
    if len(questions) < len(everything):
        lines.append(f"{len(everything) - len(questions)} questions of another source than {source}")
    unscored = sum(j.recall_1 is None for j in judged)
    if unscored:
        lines.append(f"from search scores: {unscored} questions without required articles")
    return lines


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text} is not a day.", where="--today", remedy="Write it as YYYY-MM-DD.") from None


def _require_writable(*paths: Path | None) -> None:
    """Refuse before the work rather than lose its results after it."""
    for path in paths:
        if path is not None and not path.absolute().parent.is_dir():
            raise InvalidInput("The folder does not exist.", where=str(path.absolute().parent), remedy="Make it first.")


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; the step is the number done so far."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(label), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)


def _say_stage(stage: str, done: int, total: int) -> None:
    typer.secho(f"{stage}: {done}/{total}", dim=True, err=True)


def _finish(report: Report, json_path: Path | None, markdown_path: Path | None) -> None:
    typer.echo(report.to_markdown())
    report.write(json_path, markdown_path)
