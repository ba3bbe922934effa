"""Evals of corpora (语料评测): retrieval over a given one, how files were read."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import InvalidInput
from evals.cli.common import JsonOut, MarkdownOut, PerQueryOut, app, finish, progress, require_writable, say_stage
from evals.methods import Method


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
    fixed_fifth: Annotated[
        bool, typer.Option("--fixed-fifth", help="只用不参与训练的五分之一。Only the fifth that is never learnt from.")
    ] = False,
    spoken: Annotated[
        bool, typer.Option("--spoken/--no-spoken", help="自带口语问法是否随条文入索引。Index our spoken questions too.")
    ] = True,
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
    from evals.retrieval import DEPTH, rank, score
    from evals.retrieval import per_query as rows_of
    from evals.searchers import open_searcher
    from evals.suites.ranking import held_fifth
    from evals.tables import retrieval_tables

    chosen = method or (Method.HYBRID if dense else Method.LEXICAL)
    require_writable(run, json_out, markdown, per_query)
    everything = read_queries(queries)
    articles, questions = read_corpus(corpus), (held_fifth(everything) if fixed_fifth else everything)[:limit]
    part = ", the fixed fifth" if fixed_fifth else ""
    with (
        tempfile.TemporaryDirectory(prefix="eassistant-eval-") as folder,
        open_searcher(articles, chosen, load(), Path(folder), say_stage, spoken=spoken) as searcher,
        progress("searching", len(questions)) as step,
    ):
        ranked = rank(questions, searcher.search, DEPTH, step)
    figures = score(questions, ranked, [a.id for a in articles])
    report = Report(
        title=f"Retrieval, {chosen.value}",
        conditions={
            "corpus": f"{corpus.name}: {len(articles)} articles, {searcher.passages} passages",
            "questions": f"{queries.name}{part}: {len(questions)}, scored {figures.scored}",
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
    finish(report, json_out, markdown)
    if per_query is not None:
        write_jsonl(per_query, rows_of(questions, ranked, figures))


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

    require_writable(json_out, markdown)
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
    finish(report, json_out, markdown)


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

    require_writable(json_out, markdown)
    golds = read_gold(data)
    if not corpus.is_dir():
        raise InvalidInput(
            "The folder of documents does not exist.", where=str(corpus), remedy="Name it with --corpus."
        )
    began = time.monotonic()
    total = sum(path.is_file() for path in corpus.iterdir())
    with progress("reading", total) as step:
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
    finish(report, json_out, markdown)
