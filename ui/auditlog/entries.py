"""Entries of the log on the screen and in a table file (日志条目), as pure functions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from assistant.auditlog.contract import Act, LogEntry
from corpus.clock import local
from ui.auditlog.people import named, said, who
from ui.auditlog.words import FIELD_ZH, SURFACE_ZH, fact_name, fact_words
from ui.markup import block, element, tag, text

HEADS = (
    *("序号", "时间（北京时间）", "操作", "入口", "人员", "账户编号", "所涉账户"),
    *("问题", "登录名", "网络地址", "对象", "事实", "哈希"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def moment(entry: LogEntry) -> str:
    return f"{local(entry.at):%Y-%m-%d %H:%M:%S}"


def entries_html(entries: Iterable[LogEntry], names: Mapping[str, str]) -> str:
    """A page of the log, one row an entry; the particulars unfold."""
    return block(element("ul", "".join(element("li", _row(entry, names)) for entry in entries), "ea-rows"))


def _row(entry: LogEntry, names: Mapping[str, str]) -> str:
    head = element("span", f"{element('span', text(entry.act_zh), 'ea-strong')} {text(who(entry, names))}")
    facts = element("span", tag(moment(entry)) + tag(SURFACE_ZH[entry.surface]), "ea-row-facts")
    lines = "".join(
        element("div", text(f"{words}：{_word(entry, name, names)}"))
        for name, words in FIELD_ZH.items()
        if name != "address" and said(entry, name) is not None and not (name == "whom" and entry.act is Act.LOG_IN)
    )
    return element("div", head + facts, "ea-row") + lines + _particulars(entry)


def _word(entry: LogEntry, name: str, names: Mapping[str, str]) -> str:
    value = said(entry, name) or ""
    return named(value, names) if name == "whom" else value


def _particulars(entry: LogEntry) -> str:
    lines = [("对象", entry.target)] if entry.target else []
    lines += [(fact_name(name), fact_words(value)) for name, value in entry.facts.items()]
    address = said(entry, "address")
    lines += [("网络地址", address)] if address else []
    lines += [("本条哈希", entry.hash)]
    body = "".join(element("div", text(f"{name}：{words}")) for name, words in lines)
    return element("details", element("summary", text(f"第 {entry.seq} 条")) + body, "ea-small")


def csv_file(entries: Iterable[LogEntry], names: Mapping[str, str]) -> bytes:
    """The entries as a table for spreadsheet programs (UTF-8 with a mark); no cell is taken for a formula."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEADS)
    rows.writerows([_cell(value) for value in _cells(entry, names)] for entry in entries)
    return written.getvalue().encode("utf-8-sig")


def _cells(entry: LogEntry, names: Mapping[str, str]) -> list[str]:
    words = {name: _word(entry, name, names) for name in FIELD_ZH}
    facts = json.dumps(entry.facts, ensure_ascii=False, sort_keys=True) if entry.facts else ""
    return [
        str(entry.seq),
        moment(entry),
        entry.act_zh,
        SURFACE_ZH[entry.surface],
        who(entry, names),
        said(entry, "person") or "",
        words["whom"],
        words["question"],
        words["login"],
        words["address"],
        entry.target,
        facts,
        entry.hash,
    ]


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
