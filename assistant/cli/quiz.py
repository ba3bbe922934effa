"""``eassistant quiz`` (题库): build, list, show, review, export and import items, check them against the law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from assistant.cli import connect
from assistant.cli.options import AsOf, Json, Region

if TYPE_CHECKING:
    from assistant.api.quiz_client import QuizClient
    from assistant.cli.quiz_bank import OwnBank
    from assistant.contract import Request
    from assistant.quiz.contract import BuildReport, Format

    RequestT = TypeVar("RequestT", bound=Request)

_PAGE = 200

Title = Annotated[str | None, typer.Option("--title", help="出自的文件标题（含）。Words of the source's title.")]
State = Annotated[
    str | None, typer.Option("--state", help="状态：draft in_review published retired。State of the items.")
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="题型：single multiple true_false blank short case calculation。Kind of item."),
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[编号]...", help="试题编号。Ids of items.")]
Form = Annotated[
    str | None,
    typer.Option("--form", help="格式：moodle_xml gift xlsx txt；缺省看文件名。Format; by the name if absent."),
]
Limit = Annotated[int, typer.Option("--limit", help="最多几项。How many at most.")]


def build(
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="法规、裁量基准、清单、案例的标题或简称，可多次。A source; may be repeated."),
    ] = None,
    count: Annotated[int, typer.Option("--count", help="总题数。How many items.")] = 20,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="题型=数量", help="如 single=30，可多次。Kind and number.")
    ] = None,
    point: Annotated[
        list[str] | None, typer.Option("--point", help="考点，如 time_limit，可多次。What to test.")
    ] = None,
    field: Annotated[str | None, typer.Option("--field", help="执法领域。Field of enforcement.")] = None,
    chapter: Annotated[str | None, typer.Option("--chapter", help="章节标题含有的文字。Words of a chapter.")] = None,
    easiest: Annotated[float, typer.Option("--easiest", help="预估难度下限，0 至 1。Lowest difficulty.")] = 0.0,
    hardest: Annotated[float, typer.Option("--hardest", help="预估难度上限，0 至 1。Highest difficulty.")] = 1.0,
    per_article: Annotated[int, typer.Option("--per-article", help="同一条最多几题。Most items of one article.")] = 2,
    seed: Annotated[int, typer.Option("--seed", help="随机种子；同样的种子与语料得同样的题。Seed.")] = 1,
    include_known: Annotated[
        bool, typer.Option("--include-known", help="与题库已有试题近似的也出。Also near-duplicates of the bank.")
    ] = False,
    region: Region = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="试题写入 .json .md .xml .gift .xlsx .txt。Write the items to a file."
        ),
    ] = None,
    proof: Annotated[
        Path | None, typer.Option("--proof", metavar="FILE.md", help="校验报告写入此文件。Write the proof report.")
    ] = None,
    as_json: Json = False,
) -> None:
    """由法规、裁量基准、清单、案例出题，逐题校验后存入题库（草稿）。Build items, each proved, into the bank."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank, finished
    from assistant.quiz.contract import BuildRequest, BuildState
    from corpus.errors import EAssistantError, InvalidInput

    _check_outputs(out, proof)
    settings = connect.settings()
    given: dict[str, Any] = {
        "sources": source or [],
        "kinds": _kinds(kind or []),
        "points": point or [],
        "field": field,
        "chapter": chapter,
        "count": count,
        "easiest": easiest,
        "hardest": hardest,
        "per_article": per_article,
        "region": region,
        "as_of": as_of or (settings.today.isoformat() if settings.today else None),
        "seed": seed,
        "include_known": include_known,
    }
    request = _request(BuildRequest, given)
    with bank(settings) as opened:
        job = finished(opened, request)
        if job.report is None:
            raise (InvalidInput if job.state is BuildState.FAILED else EAssistantError)(job.problem or job.stage)
        if out is not None:
            _write_items(opened, job.report, out)
    if proof is not None:
        from assistant.cli.quiz_output import proof_markdown

        proof.write_text(proof_markdown(job.report), encoding="utf-8")
    if as_json:
        print_json(job.report)
    else:
        _print_built(job.report, whole=out is None)
    for written in filter(None, (out, proof)):
        connect.say(f"已写入 {written}")


def list_items(
    state: State = None,
    kind: Kind = None,
    title: Title = None,
    words: Annotated[
        str | None, typer.Option("--words", help="题干、选项含有的文字。Words of stem or options.")
    ] = None,
    blocked: Annotated[bool | None, typer.Option("--blocked/--not-blocked", help="依据已变动的。Only blocked.")] = None,
    limit: Limit = 50,
    offset: Annotated[int, typer.Option("--offset", help="跳过几项。Items passed over.")] = 0,
    as_json: Json = False,
) -> None:
    """列出题库中的试题。List the items of the bank."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.cli.quiz_output import heading, state_line
    from assistant.quiz.contract import ItemQuery

    given = {"state": state, "kind": kind, "title": title, "words": words, "blocked": blocked}
    query = _request(ItemQuery, {**given, "limit": limit, "offset": offset})
    with bank(connect.settings()) as opened:
        page = opened.items(query)
    if as_json:
        print_json(page)
        return
    for number, item in enumerate(page.items, start=offset + 1):
        typer.echo(f"{number}. 【{heading(item)}】{item.stem}")
        typer.secho(state_line(item), dim=True)
    typer.secho(f"共 {page.total} 题", dim=True)


def show(
    item_id: Annotated[str, typer.Argument(metavar="编号", help="试题编号。Id of the item.")],
    as_json: Json = False,
) -> None:
    """一道题的全部：答案、依据、校验、沿革。One item with its key, source, proof and history."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.cli.quiz_output import history_lines, item_lines, proof_told, state_line

    with bank(connect.settings()) as opened:
        item, history = opened.item(item_id), opened.history(item_id)
    if as_json:
        print_json({"item": item.model_dump(mode="json"), "history": history.model_dump(mode="json")["items"]})
        return
    for line in item_lines(item, 1):
        typer.echo(line)
    typer.echo(f"   校验：{proof_told(item.proof)}")
    for check in item.proof.failed:
        typer.secho(f"   {check.detail}", fg=typer.colors.RED)
    typer.secho(state_line(item), dim=True)
    for line in history_lines(history.items):
        typer.secho(line, dim=True)


def review(
    move: Annotated[
        str,
        typer.Argument(metavar="动作", help="submit 提交、publish 发布、return 退回、retire 停用、reopen 重新启用。"),
    ],
    ids: Ids = None,
    every: Annotated[
        bool, typer.Option("--all", help="该动作所及状态的全部试题。All items in the state that the move is for.")
    ] = False,
    title: Title = None,
    note: Annotated[str, typer.Option("--note", help="理由；退回、停用须写。Reason.")] = "",
    as_json: Json = False,
) -> None:
    """审核试题；有不能办的，退出码为 1。Steps of the review; exit code 1 where some cannot be done."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.quiz.contract import ItemState, Move, MoveReport, MoveRequest
    from corpus.errors import InvalidInput

    if bool(ids) == every:
        raise InvalidInput("请给出试题编号，或用 --all（只选其一）。")
    _request(MoveRequest, {"ids": ["x"], "move": move, "note": note})
    states = {Move.SUBMIT: ItemState.DRAFT, Move.REOPEN: ItemState.RETIRED, Move.RETIRE: ItemState.PUBLISHED}
    report = MoveReport(moved=[], faults=[])
    with bank(connect.settings()) as opened:
        chosen = ids or _ids(opened, states.get(Move(move), ItemState.IN_REVIEW).value, title)
        for start in range(0, len(chosen), _PAGE):
            given = {"ids": chosen[start : start + _PAGE], "move": move, "note": note}
            part = opened.move(_request(MoveRequest, given))
            report = MoveReport(moved=[*report.moved, *part.moved], faults=[*report.faults, *part.faults])
    if as_json:
        print_json(report)
    else:
        for fault in report.faults:
            typer.secho(f"{fault.id}：{fault.reason}", fg=typer.colors.RED, err=True)
        typer.echo(f"已办 {len(report.moved)} 题，未办 {len(report.faults)} 题。")
    if report.faults:
        raise typer.Exit(1)


def export(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="写到 .xml .gift .xlsx .txt。File to write.")],
    ids: Ids = None,
    state: State = "published",
    title: Title = None,
    form: Form = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="列=名称", help="XLSX 列名，如 题干=试题内容，可多次。Name of a column."),
    ] = None,
) -> None:
    """导出试题（缺省为已发布的全部）；格式不能承载的逐题说明。Export items; what a format cannot carry is told."""
    from assistant.cli.quiz_bank import bank
    from assistant.quiz.columns import columns_of

    chosen_form = _form_of(out, form)
    columns = columns_of("\n".join(column or []))
    with bank(connect.settings()) as opened:
        _give_out(opened, ids or _ids(opened, state, title), chosen_form, out, columns)


def import_items(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Moodle XML、GIFT、XLSX、TXT 文件。")
    ],
    form: Form = None,
    as_json: Json = False,
) -> None:
    """导入试题为草稿；不能读的逐处说明，此时退出码为 1。Import items as drafts; exit code 1 where some are not read."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.cli.quiz_output import twin_lines
    from assistant.quiz.contract import Format

    chosen = _choice(Format, form) if form else None
    with bank(connect.settings()) as opened:
        report = opened.take_in(file.name, file.read_bytes(), chosen)
    if as_json:
        print_json(report)
    else:
        for fault in report.faults:
            typer.secho(f"{fault.place}：{fault.message}{fault.remedy}", fg=typer.colors.RED, err=True)
        without = sum(not item.citations for item in report.items)
        typer.echo(f"已导入 {len(report.items)} 题（草稿），未能读取 {len(report.faults)} 处。")
        if without:
            typer.echo(f"其中 {without} 题没有可核对的依据，发布前须由人写明。")
        if report.twins:
            typer.echo("近似试题：")
        for line in twin_lines(report.twins):
            typer.echo(line)
    if report.faults:
        raise typer.Exit(1)


def rephrase(
    ids: Annotated[list[str], typer.Argument(metavar="编号...", help="试题编号，须为草稿。Ids of drafts.")],
    as_json: Json = False,
) -> None:
    """由撰写模型改写题干；校验不能再次通过的保留原题干并说明，退出码为 1。Other words for stems, by the model."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank

    with bank(connect.settings()) as opened:
        done = [opened.rephrase(item_id) for item_id in ids]
    if as_json:
        print_json({"items": [one.model_dump(mode="json") for one in done]})
    else:
        for one in done:
            typer.echo(f"{one.item.id}：{one.item.stem}")
            if not one.taken:
                typer.secho(f"   保留原题干：{one.reason}（模型写的是：{one.stem}）", fg=typer.colors.RED)
    if not all(one.taken for one in done):
        raise typer.Exit(1)


def stale(as_json: Json = False) -> None:
    """核对每题所引条文今日是否仍为原文；有变动的停用并列出，退出码为 1。Check items against the law of today."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.cli.quiz_output import stale_lines

    with bank(connect.settings()) as opened:
        report = opened.stale()
    if as_json:
        print_json(report)
    else:
        for line in stale_lines(report):
            typer.echo(line)
    if report.blocked:
        raise typer.Exit(1)


def twins(limit: Limit = 50, as_json: Json = False) -> None:
    """所问几乎相同的试题，最相近的在前。Near-duplicates in the bank."""
    from assistant.cli.output import print_json
    from assistant.cli.quiz_bank import bank
    from assistant.cli.quiz_output import twin_lines
    from assistant.userdata.words import PageQuery

    query = _request(PageQuery, {"limit": limit})
    with bank(connect.settings()) as opened:
        page = opened.twins(query)
    if as_json:
        print_json(page)
        return
    for line in twin_lines(page.items):
        typer.echo(line)
    typer.secho(f"共 {page.total} 对", dim=True)


# ---- details ---------------------------------------------------------------------------------------------------------


def _request(kind: type[RequestT], given: dict[str, Any]) -> RequestT:
    from pydantic import ValidationError

    from assistant.problems import error_from_validation

    try:
        return kind.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None


def _kinds(written: list[str]) -> dict[str, str]:
    from corpus.errors import InvalidInput

    found = {}
    for words in written:
        name, separator, number = words.partition("=")
        if not separator or not number.strip().isdecimal():
            raise InvalidInput(f"“{words}”不是“题型=数量”。", where="--kind", remedy="例如 --kind single=30。")
        found[name.strip()] = number.strip()
    return found


def _choice(kind: type[Format], words: str) -> Format:
    from corpus.errors import InvalidInput

    try:
        return kind(words)
    except ValueError:
        raise InvalidInput(f"没有“{words}”这种格式。", remedy=f"可选：{'、'.join(kind)}。") from None


def _form_of(path: Path, form: str | None) -> Format:
    from assistant.quiz.contract import Format
    from corpus.errors import InvalidInput

    if form:
        return _choice(Format, form)
    named = {".xml": Format.MOODLE_XML, ".gift": Format.GIFT, ".xlsx": Format.XLSX, ".txt": Format.TXT}
    found = named.get(path.suffix.lower())
    if found is None:
        raise InvalidInput(f"从“{path.name}”看不出格式。", remedy="请用 .xml .gift .xlsx .txt，或以 --form 指定。")
    return found


def _check_outputs(out: Path | None, proof: Path | None) -> None:
    """Refuse before the work what cannot be written after it. Raises InvalidInput."""
    from corpus.errors import InvalidInput

    if out is not None and out.suffix.lower() not in (".json", ".md"):
        _form_of(out, None)
    for path in filter(None, (out, proof)):
        if not path.absolute().parent.is_dir():
            raise InvalidInput("要写入的文件夹不存在。", where=str(path), remedy="请先建立文件夹。")


def _ids(opened: QuizClient | OwnBank, state: str | None, title: str | None) -> list[str]:
    from assistant.quiz.contract import ItemQuery

    found: list[str] = []
    while True:
        given = {"state": state, "title": title, "limit": _PAGE, "offset": len(found)}
        page = opened.items(_request(ItemQuery, given))
        found += [item.id for item in page.items]
        if not page.items or len(found) >= page.total:
            return found


def _give_out(
    opened: QuizClient | OwnBank, ids: list[str], form: Format, out: Path, columns: dict[str, str] | None = None
) -> None:
    from assistant.quiz.contract import ExportRequest
    from corpus.errors import InvalidInput

    if not ids:
        raise InvalidInput("没有可导出的试题。", remedy="请先发布试题，或以 --state draft 导出草稿。")
    exported = opened.give_out(_request(ExportRequest, {"ids": ids, "form": form.value, "columns": columns or {}}))
    out.write_bytes(exported.data)
    typer.echo(f"已导出 {len(ids) - len(exported.left_out)} 题到 {out}。")
    for left in exported.left_out:
        typer.secho(f"未导出 {left.id}：{left.reason}", fg=typer.colors.YELLOW, err=True)


def _write_items(opened: QuizClient | OwnBank, report: BuildReport, out: Path) -> None:
    from assistant.cli.quiz_output import items_markdown

    suffix = out.suffix.lower()
    if suffix == ".json":
        out.write_text(report.model_dump_json(indent=2), encoding="utf-8")
    elif suffix == ".md":
        out.write_text(items_markdown("试题", report.items), encoding="utf-8")
    else:
        _give_out(opened, [item.id for item in report.items], _form_of(out, None), out)


def _print_built(report: BuildReport, *, whole: bool) -> None:
    from assistant.cli.quiz_output import build_summary, item_lines, proof_summary, withheld_lines

    if whole:
        for number, item in enumerate(report.items, start=1):
            for line in item_lines(item, number):
                typer.echo(line)
            typer.echo()
    if report.items:
        typer.echo("校验：" + "，".join(proof_summary(report.items)))
    for line in withheld_lines(report):
        typer.secho(line, fg=typer.colors.YELLOW)
    typer.secho(build_summary(report), bold=True)
