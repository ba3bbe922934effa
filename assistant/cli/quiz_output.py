"""Items as lines of text and as Markdown (试题输出): pure functions from contract values to words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.quiz.contract import (
    CHECK_ZH,
    KIND_ZH,
    ORIGIN_ZH,
    POINT_ZH,
    STATE_ZH,
    BuildReport,
    Check,
    Form,
    HistoryEntry,
    ItemContent,
    Proof,
    QuizItem,
    StaleReport,
    Twin,
)

LETTERS = "ABCDEFGH"
_INDENT = "   "
_EXAMPLE = 60


def key_told(item: ItemContent) -> str:
    """The right answer in words."""
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        return "".join(LETTERS[n] for n in key.correct)
    if item.form is Form.TRUTH:
        return "正确" if key.truth else "错误"
    if item.form is Form.BLANKS:
        return "；".join(" / ".join(accepted) for accepted in key.blanks)
    if item.form is Form.POINTS:
        return "".join(f"（{n}）{point.text}" for n, point in enumerate(key.points, start=1))
    return f"{key.amount}元"


def heading(item: ItemContent) -> str:
    """单选题 · 期限 · 难度 0.35"""
    return f"{KIND_ZH[item.kind]} · {POINT_ZH[item.point]} · 难度 {item.difficulty:.2f}"


def item_lines(item: ItemContent, number: int) -> Iterator[str]:
    """An item with its key and what it rests on."""
    yield f"{number}. 【{heading(item)}】{item.stem}"
    for letter, option in zip(LETTERS, item.options, strict=False):
        yield f"{_INDENT}{letter}. {option}"
    yield f"{_INDENT}答案：{key_told(item)}"
    for citation in item.citations:
        yield f"{_INDENT}依据：{citation.citation}：“{_short(citation.quotation, 160)}”"
    if item.explanation:
        yield f"{_INDENT}解析：{item.explanation}"


def state_line(item: QuizItem) -> str:
    """Where the item stands in the bank."""
    words = [f"编号 {item.id}", STATE_ZH[item.state], ORIGIN_ZH[item.origin], item.author, f"第{item.revision}版"]
    if item.blocked is not None:
        words.append(f"依据已变动：{item.blocked.reason}")
    return _INDENT + " · ".join(word for word in words if word)


def proof_told(proof: Proof) -> str:
    """通过 8 项；未通过：…；待人确认：…"""
    passed = sum(c.passed is True for c in proof.checks)
    told = [f"通过 {passed} 项"]
    for verdict, words in ((False, "未通过"), (None, "待人确认")):
        found = [c for c in proof.checks if c.passed is verdict]
        if found:
            told.append(f"{words}：" + "、".join(CHECK_ZH[c.check] for c in found))
    return "；".join(told)


def proof_summary(items: Sequence[QuizItem]) -> Iterator[str]:
    """For each check how many items passed it."""
    for check in Check:
        of_check = [c for item in items for c in item.proof.checks if c.check is check]
        if of_check:
            yield f"{CHECK_ZH[check]} {sum(c.passed is True for c in of_check)}/{len(of_check)}"


def withheld_lines(report: BuildReport) -> Iterator[str]:
    """What was not issued, and why."""
    yield from (f"· {note}" for note in report.notes)
    if report.withheld:
        yield "未出的备选题："
    for withheld in report.withheld:
        example = f"（如：{_short(withheld.example, _EXAMPLE)}）" if withheld.example else ""
        yield f"{_INDENT}{withheld.reason} {withheld.count} 题{example}"


def build_summary(report: BuildReport) -> str:
    return (
        f"适用日期 {report.as_of} · 要 {report.asked} 题，出 {len(report.items)} 题 · 种子 {report.seed} · "
        f"用时 {report.seconds:.1f} 秒"
    )


def items_markdown(title: str, items: Iterable[ItemContent]) -> str:
    """Items with their keys as a page of Markdown."""
    parts = [f"# {title}\n"]
    for number, item in enumerate(items, start=1):
        lines = [f"**{number}.** （{heading(item)}）{_escaped(item.stem)}\n"]
        lines += [f"- {letter}. {_escaped(o)}" for letter, o in zip(LETTERS, item.options, strict=False)]
        lines.append(f"\n答案：**{_escaped(key_told(item))}**\n")
        lines += [f"> {_escaped(c.citation)}：{_escaped(_one_line(c.quotation))}\n" for c in item.citations]
        if item.explanation:
            lines.append(f"解析：{_escaped(item.explanation)}\n")
        parts.append("\n".join(lines))
    return "\n".join(parts)


def proof_markdown(report: BuildReport) -> str:
    """The proof report: every check of every item, the quotation that bears the key, the refutations."""
    lines = ["# 校验报告", "", build_summary(report), ""]
    lines += ["| 校验项目 | 通过 |", "|---|---|"]
    lines += [f"| {words.replace(' ', ' | ')} |" for words in proof_summary(report.items)]
    for number, item in enumerate(report.items, start=1):
        lines += [
            "",
            f"## {number}. {_escaped(item.stem)}",
            "",
            f"{heading(item)} · 答案 {_escaped(key_told(item))}",
            "",
        ]
        lines += [f"- 依据：{_escaped(c.citation)}：{_escaped(_one_line(c.quotation))}" for c in item.citations]
        for refutation in item.refutations:
            letter = LETTERS[refutation.option] if refutation.option < len(LETTERS) else "?"
            lines.append(f"- 错项 {letter}：{_escaped(refutation.reason)}")
        for check in item.proof.checks:
            verdict = {True: "通过", False: "未通过", None: "待人确认"}[check.passed]
            lines.append(f"- {CHECK_ZH[check.check]}：{verdict}{'，' + _escaped(check.detail) if check.detail else ''}")
    told = list(withheld_lines(report))
    if told:
        lines += ["", "## 未出题说明", "", *(f"- {line.strip().lstrip('· ')}" for line in told)]
    return "\n".join(lines) + "\n"


def history_lines(entries: Iterable[HistoryEntry]) -> Iterator[str]:
    for entry in entries:
        note = f"：{entry.note}" if entry.note else ""
        yield f"{_INDENT}{entry.at:%Y-%m-%d %H:%M} {entry.by} {entry.act}（第{entry.revision}版）{note}"


def stale_lines(report: StaleReport) -> Iterator[str]:
    """The blocked items with what changed."""
    for item in report.blocked:
        blocked = item.blocked
        if blocked is None:
            continue
        yield f"{item.id} 【{KIND_ZH[item.kind]}】{_short(item.stem, _EXAMPLE)}"
        since = f"（{blocked.since} 起）" if blocked.since else ""
        yield f"{_INDENT}{blocked.citation}{since}：{blocked.reason}"
        if blocked.before:
            yield f"{_INDENT}原：{_short(_one_line(blocked.before), 200)}"
        if blocked.after:
            yield f"{_INDENT}今：{_short(_one_line(blocked.after), 200)}"
    released = f"，恢复使用 {len(report.released)} 题" if report.released else ""
    yield f"适用日期 {report.as_of} · 核对 {report.checked} 题，依据已变动 {len(report.blocked)} 题{released}"


def twin_lines(twins: Iterable[Twin]) -> Iterator[str]:
    for twin in twins:
        yield f"{twin.likeness:.0%}  {twin.first}  {_short(twin.first_stem, _EXAMPLE)}"
        yield f"      {twin.second}  {_short(twin.second_stem, _EXAMPLE)}"


def _short(words: str, most: int) -> str:
    words = _one_line(words)
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _escaped(words: str) -> str:
    for mark in "\\`*_#|<>[]":
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", " ")
