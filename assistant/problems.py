"""Errors in the words an officer reads (错误说明): one table from the error family to problem details, and back.

The API sends a ``Problem`` (RFC 9457), the command line and the page print the same words. Some errors are worded in
English by the layer that raised them; those get the Chinese sentence of their kind with the original in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.contract import FieldProblem, Problem
from corpus.errors import EAssistantError, InvalidInput

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Words:
    """Chinese words of one kind of error: title, what happened, what to do."""

    title: str
    detail: str
    remedy: str


_WORDS: dict[str, _Words] = {
    "invalid_input": _Words("输入有误", "所给内容无法使用", "请按提示修改后重试。"),
    "not_found": _Words("没有这一项", "所指的内容不存在", "请核对编号或地址。"),
    "not_authenticated": _Words(
        "需要登录", "没有登录，或登录已过期", "请登录后重试；程序与命令请带上有效的接口令牌（EASSISTANT_TOKEN）。"
    ),
    "forbidden": _Words("没有权限", "您的角色不能进行这一操作", "请联系管理员。"),
    "conflict": _Words("状态已变", "这一项的状态已经改变", "请刷新后重试。"),
    "too_many_requests": _Words("请求过多", "短时间内请求过多", "请稍候再试。"),
    "source_unreadable": _Words(
        "来源无法读取", "来源文件缺失、损坏或格式不符", "请重新安装来源软件包，或换用完好的文件。"
    ),
    "store_unavailable": _Words(
        "数据库不可用", "数据文件夹或数据库无法读写", "请检查数据文件夹是否存在、可写、有剩余空间（EASSISTANT_HOME）。"
    ),
    "index_mismatch": _Words(
        "索引与当前设置不符", "索引由另一编码器或另一版本的文本建成", "请运行 eassistant index rebuild。"
    ),
    "index_unavailable": _Words(
        "索引不可用", "索引无法打开：被其他进程占用，或已损坏", "请关闭占用它的进程，或运行 eassistant index rebuild。"
    ),
    "encoder_unavailable": _Words("编码器不可用", "语义编码器的权重缺失或无法读取", "请核对 encoder.model 设置。"),
    "encoding_stopped": _Words("编码已停止", "编码在中途停止", "再次运行即从停止处继续。"),
    "preparing": _Words("正在准备", "法律正在装载", "请稍候再试。"),
    "stopped": _Words("已停止", "工作在中途停止", "再次运行即从停止处继续。"),
    "generator_unavailable": _Words(
        "模型未应答", "撰写答复的模型没有应答", "请核对 generator 设置；不用模型也能得到完整答复。"
    ),
    "server_unavailable": _Words("服务不可用", "连接不上正在运行的服务", "请运行 eassistant serve，或稍后再试。"),
    "http_not_found": _Words("没有这个地址", "没有这个地址", "请查看 /docs 中的接口说明。"),
    "http_method_not_allowed": _Words("不支持这种请求方式", "此地址不支持这种请求方式", "请查看 /docs 中的接口说明。"),
    "http_too_large": _Words("内容过长", "请求内容超过上限", "请分成几次提交。"),
    "unsupported_file": _Words(
        "不支持这种文件", "文件的格式不能读取", "可上传 PDF、Word、Excel、网页、Markdown、纯文本及其 ZIP 压缩包。"
    ),
    "http_error": _Words("请求无法处理", "请求无法处理", "请查看 /docs 中的接口说明。"),
    "internal": _Words("程序内部出错", "程序内部出错，未能完成", "请查看服务日志，并将其报告给维护者。"),
    "error": _Words("出错", "操作未能完成", "请查看服务日志。"),
}

_HTTP_CODES = {404: "http_not_found", 405: "http_method_not_allowed", 413: "http_too_large"}


def problem_from_error(error: EAssistantError) -> Problem:
    """The problem detail of an error of the family."""
    words = _WORDS.get(error.code, _WORDS["error"])
    return Problem(
        title=words.title,
        status=error.http_status,
        detail=_in_chinese(error.what, words.detail),
        code=error.code,
        remedy=error.remedy if error.remedy and _CHINESE.search(error.remedy) else words.remedy,
        where=error.where,
        retryable=error.retryable,
    )


def problem_from_validation(errors: Iterable[Mapping[str, Any]], *, skip: int = 0) -> Problem:
    """The problem detail of refused fields; ``errors`` as pydantic lists them, ``skip`` leading parts of the place.

    The detail is the first refusal, so that one line says what is wrong; ``errors`` has all of them.
    """
    fields = [FieldProblem(pointer=_pointer(e["loc"][skip:]), detail=_refusal(e)) for e in errors]
    words = _WORDS["invalid_input"]
    first = fields[0]
    name = first.pointer.rsplit("/", 1)[-1]
    return Problem(
        title=words.title,
        status=InvalidInput.http_status,
        detail=f"{_FIELD_ZH.get(name, name)}：{first.detail}" if name else first.detail,
        code=InvalidInput.code,
        remedy=words.remedy,
        where=first.pointer or None,
        errors=fields,
    )


def problem_from_http(status: int, detail: str | None = None) -> Problem:
    """The problem detail of an HTTP refusal that no code of ours raised (404 of a path, 405, 413)."""
    code = _HTTP_CODES.get(status, "http_error")
    words = _WORDS[code]
    return Problem(
        title=words.title,
        status=status,
        detail=words.detail if detail is None or code != "http_error" else _in_chinese(detail, words.detail),
        code=code,
        remedy=words.remedy,
    )


def internal_problem() -> Problem:
    """The problem detail of a fault in the program: says nothing about its inside."""
    words = _WORDS["internal"]
    return Problem(title=words.title, status=500, detail=words.detail, code="internal", remedy=words.remedy)


def error_from_problem(problem: Problem) -> EAssistantError:
    """The error a problem detail stands for, so that a client raises what the service raised."""
    kind = _family().get(problem.code, EAssistantError)
    error = kind(problem.detail, where=problem.where, remedy=problem.remedy)
    if kind is EAssistantError:
        error.code = problem.code
        error.http_status = problem.status
        error.retryable = problem.retryable
        if 400 <= problem.status < 500:
            error.exit_code = InvalidInput.exit_code
    return error


def error_from_validation(errors: Iterable[Mapping[str, Any]]) -> InvalidInput:
    """Refused fields as the error of the family, for callers that build requests themselves."""
    problem = problem_from_validation(errors)
    return InvalidInput(problem.detail, where=problem.where, remedy=problem.remedy)


def _family() -> dict[str, type[EAssistantError]]:
    found: dict[str, type[EAssistantError]] = {}
    waiting = list(EAssistantError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        found.setdefault(kind.code, kind)
        waiting += kind.__subclasses__()
    return found


def _in_chinese(what: str, generic: str) -> str:
    return what if _CHINESE.search(what) else f"{generic}（{what}）"


def _pointer(place: tuple[int | str, ...]) -> str:
    return "".join(f"/{part}" for part in place)


_FIELD_ZH = {
    "question": "问题",
    "as_of": "适用日期",
    "region": "地区",
    "law": "法律",
    "level": "效力位阶",
    "top_k": "返回条数",
    "text": "文字",
    "description": "违法情形",
    "standard": "裁量标准",
    "choose": "裁量选择",
    "tier": "档次",
    "inputs": "计算基数",
    "proposed_yuan": "拟罚款金额",
    "act_date": "违法行为日期",
    "decision_date": "决定日期",
    "facts": "事实",
    "page": "页码",
    "record": "记录",
}

_REFUSALS_ZH = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对名称",
    "string_type": "须为文字",
    "int_parsing": "须为整数",
    "int_type": "须为整数",
    "int_from_float": "须为整数",
    "bool_parsing": "须为 true 或 false",
    "json_invalid": "不是合法的 JSON",
    "model_attributes_type": "须为 JSON 对象",
    "dict_type": "须为 JSON 对象",
    "decimal_type": "须为金额（元），写作数字或文字",
    "decimal_parsing": "须为金额（元），写作数字，如 50000",
    "finite_number": "须为有限的数",
    "decimal_max_places": "小数位数过多",
}

_OURS = {"bad_date", "blank", "control_character", "too_long"}


def _refusal(error: Mapping[str, Any]) -> str:
    """One refused value in Chinese; never repeats the input, which may hold case facts."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind in _OURS:
        return str(error["msg"])
    if kind in _REFUSALS_ZH:
        return _REFUSALS_ZH[kind]
    if kind == "greater_than_equal":
        return f"不得小于 {context['ge']}"
    if kind == "string_too_long":
        return f"不得超过 {context['max_length']} 个字符"
    if kind == "less_than_equal":
        return f"不得大于 {context['le']}"
    if kind in ("enum", "literal_error"):
        return f"须为以下之一：{context['expected']}".replace(" or ", "、").replace("'", "")
    return f"不合要求（{error['msg']}）"
