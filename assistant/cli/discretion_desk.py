"""``eassistant discretion find|compute|check|explain|audit`` (裁量核查): the desk at the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from assistant.cli.options import AsOf, Json, Region

if TYPE_CHECKING:
    from assistant.contract import Request
    from assistant.settings import Settings

    RequestT = TypeVar("RequestT", bound=Request)

Source = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="JSON 请求 {standard, choose, variant?, inputs?} 的文件，- 为标准输入。A JSON request; - is stdin.",
        show_default=False,
    ),
]
RequestText = Annotated[str | None, typer.Option("--request", metavar="JSON", help="JSON 请求。The request as JSON.")]
Standard = Annotated[str | None, typer.Option("--standard", help="裁量标准编号。Key or id of the standard.")]
Choose = Annotated[
    list[str] | None,
    typer.Option("--choose", metavar="要素=选项", help="裁量要素的选择，可多次。A factor or axis and its option."),
]
Variant = Annotated[str | None, typer.Option("--variant", help="裁量起点，如 限期内改正。The start.")]
Tier = Annotated[int | None, typer.Option("--tier", help="档次序号，自 0 起。Index of the tier, from 0.")]
Column = Annotated[str | None, typer.Option("--column", help="罚款列，如 对单位罚款。Column of fines.")]
Inputs = Annotated[
    list[str] | None,
    typer.Option("--input", metavar="基数=金额", help="计算基数，如 总投资额=500万元，可多次。A base and its sum."),
]
Proposed = Annotated[str | None, typer.Option("--proposed", help="拟罚款金额，如 20万元。The proposed fine.")]
Facts = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="事实=是|否|不明", help="所问事实的回答，可多次。Answer to a question asked."),
]
Happened = Annotated[str | None, typer.Option("--description", help="违法情形。What happened.")]
Party = Annotated[
    str | None,
    typer.Option("--party-kind", metavar="单位|个人", help="当事人是单位还是个人。A unit or a natural person."),
]
ActDate = Annotated[str | None, typer.Option("--act-date", metavar="YYYY-MM-DD", help="违法行为日期。Day of the act.")]
DecisionDate = Annotated[
    str | None, typer.Option("--decision-date", metavar="YYYY-MM-DD", help="决定日期。Day of the decision.")
]


def find(
    description: Annotated[str, typer.Argument(help="违法情形，说一句即可。What happened.")],
    region: Region = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option("--limit", help="最多几项标准、几项清单。How many at most.")] = 5,
    as_json: Json = False,
) -> None:
    """按情形查找裁量标准与不予处罚等清单项。Find the standards and list entries that fit."""
    from assistant.cli.connect import desk, settings
    from assistant.cli.desk_output import print_found
    from assistant.cli.output import print_json
    from assistant.discretion.contract import FindRequest

    current = settings()
    given = {"description": description, "region": region, "as_of": as_of, "limit": limit}
    request = _request(FindRequest, given, current)
    with desk(current, meaning=True) as opened:
        response = opened.find(request)
    print_json(response) if as_json else print_found(response)


def compute(
    source: Source = None,
    request_text: RequestText = None,
    standard: Standard = None,
    choose: Choose = None,
    variant: Variant = None,
    tier: Tier = None,
    column: Column = None,
    inputs: Inputs = None,
    as_of: AsOf = None,
    region: Region = None,
    as_json: Json = False,
) -> None:
    """按所选要素或档次计算罚款，逐步列明出处。Compute a fine with its working."""
    from assistant.cli.connect import desk, settings
    from assistant.cli.desk_output import print_computed
    from assistant.cli.output import print_json
    from assistant.discretion.contract import ComputeRequest

    current = settings()
    given = _choice(standard, choose, variant, tier, column, inputs, as_of, region)
    request = _request(ComputeRequest, {**_read(source, request_text, standard), **given}, current)
    with desk(current) as opened:
        response = opened.compute(request)
    print_json(response) if as_json else print_computed(response)


def check(
    source: Source = None,
    request_text: RequestText = None,
    standard: Standard = None,
    choose: Choose = None,
    variant: Variant = None,
    tier: Tier = None,
    column: Column = None,
    inputs: Inputs = None,
    proposed: Proposed = None,
    facts: Facts = None,
    party_kind: Party = None,
    description: Happened = None,
    act_date: ActDate = None,
    decision_date: DecisionDate = None,
    as_of: AsOf = None,
    region: Region = None,
    as_json: Json = False,
) -> None:
    """核查拟罚款：法定幅度、裁量基准、从轻从重与不予处罚事由；超出幅度时退出码为 1。Check a proposed fine."""
    from assistant.cli.connect import desk, settings
    from assistant.cli.desk_output import print_check
    from assistant.cli.output import print_json
    from assistant.discretion.contract import CheckRequest

    current = settings()
    given = _choice(standard, choose, variant, tier, column, inputs, as_of, region)
    given |= _circumstances(proposed, facts, party_kind, description, act_date, decision_date)
    request = _request(CheckRequest, {**_read(source, request_text, standard), **given}, current)
    with desk(current) as opened:
        response = opened.check(request)
    print_json(response) if as_json else print_check(response)
    if response.ok is False:
        raise typer.Exit(1)


def explain(
    source: Source = None,
    request_text: RequestText = None,
    standard: Standard = None,
    choose: Choose = None,
    variant: Variant = None,
    tier: Tier = None,
    column: Column = None,
    inputs: Inputs = None,
    proposed: Proposed = None,
    facts: Facts = None,
    party_kind: Party = None,
    description: Happened = None,
    act_date: ActDate = None,
    decision_date: DecisionDate = None,
    case_name: Annotated[str | None, typer.Option("--case", help="案件名称。Name of the case.")] = None,
    party: Annotated[str | None, typer.Option("--party", help="当事人。The party.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", metavar="FILE", help="另存为 DOCX。Write a DOCX.")] = None,
    as_of: AsOf = None,
    region: Region = None,
    as_json: Json = False,
) -> None:
    """写出裁量说明，附引用，可归入案卷。The explanation, with citations, ready for the case file."""
    from assistant.cli.connect import desk, settings
    from assistant.cli.output import print_json
    from assistant.discretion.contract import ExplainRequest

    current = settings()
    given = _choice(standard, choose, variant, tier, column, inputs, as_of, region)
    given |= _circumstances(proposed, facts, party_kind, description, act_date, decision_date)
    given |= _present({"case_name": case_name, "party": party})
    request = _request(ExplainRequest, {**_read(source, request_text, standard), **given}, current)
    with desk(current) as opened:
        response = opened.explain(request)
        if docx is not None:
            _write(docx, opened.explain_docx(request))
    if as_json:
        print_json(response)
        return
    typer.secho(response.title, bold=True)
    typer.echo(response.text)


def audit(
    document: Annotated[
        str | None, typer.Argument(help="裁量基准的编号或标题；缺省为全部。Id or title of a benchmark; all.")
    ] = None,
    as_of: AsOf = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="把报告写入 Markdown 文件。Write the report.")
    ] = None,
    as_json: Json = False,
) -> None:
    """审查裁量基准：依据废止、修改，档次空缺重叠，幅度超出法律。Audit benchmarks: stale bases, gaps, slips."""
    from assistant.cli.audit_report import audit_markdown
    from assistant.cli.connect import desk, settings
    from assistant.cli.desk_output import print_audit
    from assistant.cli.output import print_json
    from assistant.cli.progress import waiting
    from assistant.discretion.contract import AuditRequest

    current = settings()
    request = _request(AuditRequest, {"document": document, "as_of": as_of}, current)
    with desk(current) as opened, waiting("正在审查裁量基准"):
        responses = opened.audit(request)
    if markdown is not None:
        _write(markdown, audit_markdown(responses).encode("utf-8"))
    if as_json:
        print_json([response.model_dump(mode="json") for response in responses])
    else:
        print_audit(responses)


# ---- reading what was given ----------------------------------------------------------------------------------


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, {}, [])}


def _choice(
    standard: str | None,
    choose: list[str] | None,
    variant: str | None,
    tier: int | None,
    column: str | None,
    inputs: list[str] | None,
    as_of: str | None,
    region: str | None,
) -> dict[str, Any]:
    sums = {name: _sum(value, "--input") for name, value in _pairs(inputs, "--input").items()}
    return _present(
        {
            "standard": standard,
            "choose": _pairs(choose, "--choose"),
            "variant": variant,
            "tier": tier,
            "column": column,
            "inputs": sums,
            "as_of": as_of,
            "region": region,
        }
    )


def _circumstances(
    proposed: str | None,
    facts: list[str] | None,
    party_kind: str | None,
    description: str | None,
    act: str | None,
    decision: str | None,
) -> dict[str, Any]:
    return _present(
        {
            "proposed_yuan": _sum(proposed, "--proposed") if proposed is not None else None,
            "facts": {name: _truth(value) for name, value in _pairs(facts, "--fact").items()},
            "party_kind": {"单位": "unit", "个人": "person"}.get(party_kind or "", party_kind),
            "description": description,
            "act_date": act,
            "decision_date": decision,
        }
    )


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """``要素=选项`` as name and value. The last ``=`` parts them only where the first leaves no name."""
    from corpus.errors import InvalidInput

    pairs: dict[str, str] = {}
    for words in given or []:
        name, parted, value = words.partition("=")
        if not parted or not value.strip():
            raise InvalidInput(f"“{words}”须写作 名称=值。", where=option, remedy="例如 超标倍数=超标1倍以下。")
        pairs[name.strip()] = value.strip()
    return pairs


def _sum(words: str, option: str) -> str:
    """A sum as decimal text in yuan: ``20万元``, ``200000``, ``二十万元``."""
    from assistant.discretion.sums import read_sum
    from corpus.errors import InvalidInput

    try:
        return f"{read_sum(words):f}"
    except InvalidInput as error:
        raise InvalidInput(error.what, where=option, remedy=error.remedy) from None


_TRUTHS: dict[str, bool | None] = {"是": True, "否": False, "不明": None, "true": True, "false": False, "null": None}


def _truth(words: str) -> bool | None:
    from corpus.errors import InvalidInput

    if words not in _TRUTHS:
        raise InvalidInput(f"“{words}”不是回答。", where="--fact", remedy="请写 是、否 或 不明。")
    return _TRUTHS[words]


def _read(source: Path | None, text: str | None, standard: str | None) -> dict[str, Any]:
    """The request as JSON from ``--request``, a file or standard input; nothing where options name the standard."""
    from corpus.errors import InvalidInput, SourceUnreadable

    if source is not None and text is not None:
        raise InvalidInput("请只用一种方式给出请求：--request 或文件。")
    where = "--request" if text is not None else str(source or "-")
    if text is None:
        if source is None and standard is not None:
            return {}
        try:
            raw = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
            text = raw.decode("utf-8-sig")
        except OSError as error:
            raise SourceUnreadable(
                f"请求文件无法读取（{error.strerror}）。", where=where, remedy="请核对文件名与权限。"
            ) from error
        except UnicodeDecodeError:
            raise InvalidInput("请求不是 UTF-8 文字。", where=where, remedy="请另存为 UTF-8。") from None
    try:
        value = json.loads(text, parse_float=str)  # money stays exact
    except ValueError as error:
        raise InvalidInput(
            f"请求不是合法的 JSON（{error}）。", where=where, remedy='例如 {"standard": "…", "choose": {…}}。'
        ) from None
    if not isinstance(value, dict):
        raise InvalidInput("请求须为一个 JSON 对象。", where=where, remedy='例如 {"standard": "…", "choose": {…}}。')
    return value


def _request(kind: type[RequestT], given: dict[str, Any], current: Settings) -> RequestT:
    """The request; a day set for the whole installation stands in for today."""
    from pydantic import ValidationError

    from assistant.problems import error_from_validation

    if current.today is not None and given.get("as_of") is None:
        given = {**given, "as_of": current.today.isoformat()}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise error_from_validation(error.errors()) from None


def _write(file: Path, data: bytes) -> None:
    from corpus.errors import SourceUnreadable

    try:
        file.write_bytes(data)
    except OSError as error:
        raise SourceUnreadable(
            f"文件无法写入（{error.strerror}）。", where=str(file), remedy="请核对文件夹与权限。"
        ) from error
    from assistant.cli.connect import say

    say(f"已写入 {file}")
