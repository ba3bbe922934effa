"""The command ``eassistant``: its commands by name. Each imports what it needs when it runs, so help is instant."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import (
    accounts,
    audit_log,
    citations,
    corpus,
    corpus_browse,
    corpus_change,
    corpus_limit,
    discretion_desk,
    discretion_records,
    doctor,
    lists,
    processes,
    queries,
    quiz,
)
from assistant.cli.backup import backup, restore
from assistant.cli.ingest import ingest
from assistant.cli.mcp import mcp
from assistant.cli.output import use_utf8
from assistant.cli.reporting import ReportingGroup
from assistant.privacy import keep_to_this_machine

app = typer.Typer(
    name="eassistant",
    cls=ReportingGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks could print case facts
    help="执法e助理：检索法律条文，得到带引用的答复，核对引用。The e-assistant: cited answers from the law.",
)
load = typer.Typer(no_args_is_help=True, help="把来源装入语料库。Load a source into the store.")
of_lists = typer.Typer(no_args_is_help=True, help="清单的版本差异、重叠与空缺。Lists: differences, overlaps, gaps.")
of_corpus = typer.Typer(no_args_is_help=True, help="语料库：查看、比较、限定、移除、导出、导入。The documents held.")
discretion = typer.Typer(
    no_args_is_help=True, help="裁量核查：查找、计算、核查、说明、审查。The desk: find, compute, check, explain, audit."
)
of_quiz = typer.Typer(
    no_args_is_help=True,
    help="题库：出题、审核、导入导出、核对依据变动。The quiz bank: build, review, exchange, check.",
)
of_audit = typer.Typer(no_args_is_help=True, help="操作日志：校验、查看、导出、删除个人信息。The audit log.")
of_accounts = typer.Typer(no_args_is_help=True, help="账户与接口令牌，直接用于数据文件夹。Accounts and API tokens.")
of_tokens = typer.Typer(no_args_is_help=True, help="接口令牌。API tokens.")
index = typer.Typer(no_args_is_help=True, help="向量索引。The vector index.")

app.command()(queries.search)
app.command()(queries.ask)
app.command()(citations.cite)
app.command("check-citations")(citations.check_citations)
app.command("ingest")(ingest)
app.add_typer(load, name="load")
load.command("national-laws")(corpus.load_laws)
app.add_typer(index, name="index")
index.command("status")(corpus.index_status)
index.command("rebuild")(corpus.index_rebuild)
app.add_typer(of_corpus, name="corpus")
of_corpus.command("list")(corpus_browse.list_documents)
of_corpus.command("show")(corpus_browse.show_document)
of_corpus.command("history")(corpus_browse.show_history)
of_corpus.command("diff")(corpus_browse.diff_versions)
of_corpus.command("limit")(corpus_limit.limit_document)
of_corpus.command("remove")(corpus_change.remove_document)
of_corpus.command("export")(corpus_change.export_all)
of_corpus.command("import")(corpus_change.import_all)
app.add_typer(of_lists, name="lists")
of_lists.command("diff")(lists.diff)
of_lists.command("compare")(lists.compare)
app.add_typer(discretion, name="discretion")
discretion.command("list")(discretion_records.list_records)
discretion.command("show")(discretion_records.show_record)
discretion.command("export")(discretion_records.export_records)
discretion.command("find")(discretion_desk.find)
discretion.command("compute")(discretion_desk.compute)
discretion.command("check")(discretion_desk.check)
discretion.command("explain")(discretion_desk.explain)
discretion.command("audit")(discretion_desk.audit)
app.add_typer(of_quiz, name="quiz")
of_quiz.command("build")(quiz.build)
of_quiz.command("list")(quiz.list_items)
of_quiz.command("show")(quiz.show)
of_quiz.command("review")(quiz.review)
of_quiz.command("rephrase")(quiz.rephrase)
of_quiz.command("export")(quiz.export)
of_quiz.command("import")(quiz.import_items)
of_quiz.command("stale")(quiz.stale)
of_quiz.command("twins")(quiz.twins)
app.add_typer(of_audit, name="audit")
of_audit.command("verify")(audit_log.verify)
of_audit.command("show")(audit_log.show)
of_audit.command("export")(audit_log.export)
of_audit.command("erase")(audit_log.erase)
app.add_typer(of_accounts, name="accounts")
of_accounts.command("create")(accounts.create)
of_accounts.command("list")(accounts.list_accounts)
of_accounts.command("reset-password")(accounts.reset_password)
of_accounts.command("unlock")(accounts.unlock)
of_accounts.command("deactivate")(accounts.deactivate)
of_accounts.add_typer(of_tokens, name="token")
of_tokens.command("create")(accounts.token_create)
of_tokens.command("list")(accounts.token_list)
of_tokens.command("revoke")(accounts.token_revoke)
app.command()(doctor.doctor)
app.command()(processes.serve)
app.command()(processes.ui)
app.command()(processes.start)
app.command()(mcp)
app.command()(backup)
app.command()(restore)


@app.command(
    "eval",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def evaluate(ctx: typer.Context) -> None:
    """检索与答复质量的评测。Measure retrieval and answers on question sets."""
    from evals.cli import app as evals

    evals(args=ctx.args, prog_name="eassistant eval")


def _show_version(wanted: bool) -> None:
    if wanted:
        from assistant.version import version

        typer.echo(version())
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="版本。Version.")
    ] = False,
) -> None:
    keep_to_this_machine()
    use_utf8()
