"""GIFT (docs.moodle.org/en/GIFT_format): one question after another, between blank lines.

``~ = # { } :`` and the backslash are escaped everywhere, line ends are written ``\\n``. What GIFT has no field for goes
into ``[tag:名称\\:值]`` of the comment above the question. A question with several blanks cannot be carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from assistant.quiz.contract import BLANK, Form, ItemKind, Key, LeftOut, QuizItem, WriteRequest
from assistant.quiz.exchange.drafts import (
    Raw,
    Reading,
    Unreadable,
    cites_of,
    join_points,
    properties,
    request_of,
    sources_told,
    split_points,
    with_properties,
)
from assistant.quiz.exchange.encodings import decoded

_SPECIAL = re.compile(r"([\\~=#{}:])")
_TAG = "[tag:"
_TAG_END = re.compile(r"((?:\\.|[^\]\\])*+)\]")
_NAME = re.compile(r"::((?:\\.|[^:\\]|:(?!:))*)::")
_FORMAT = re.compile(r"^\[(?:plain|html|markdown|moodle)\]")
_BRACES = re.compile(r"(?<!\\)\{([^{}]*+)(?<!\\)\}")
_NAMED = re.compile(r"^::", re.MULTILINE)
_WEIGHT = re.compile(r"%(-?[0-9]+(?:\.[0-9]+)?)%")
_EXPLANATION_END = "\n依据："
_ARROW = "GIFT 会把答案里的 -> 当作连线题"
_MANY_BLANKS = "GIFT 不能表示有几处空的填空题"


def write(items: Sequence[QuizItem]) -> tuple[bytes, list[LeftOut]]:
    """The file, UTF-8, and the items it cannot carry."""
    told, left_out = [], []
    for item in items:
        reason = _not_carried(item)
        if reason:
            left_out.append(LeftOut(id=item.id, stem=item.stem, reason=reason))
        else:
            told.append(_question(item))
    return ("\n\n".join(told) + "\n").encode() if told else b"", left_out


def _not_carried(item: QuizItem) -> str:
    if len(item.key.blanks) > 1:
        return _MANY_BLANKS
    words = [*item.options, *(a for accepted in item.key.blanks for a in accepted)]
    return _ARROW if any("->" in w for w in words) else ""


def _question(item: QuizItem) -> str:
    tags = [f"{name}:{value}" for name, value in properties(item).items()] + [f"依据:{c}" for c in cites_of(item)]
    comment = "".join(f" [tag:{_bracketed(t)}]" for t in tags)
    explained = "\n".join(line for line in (item.explanation, *item.working) if line)
    if item.form is Form.POINTS:
        explained = (
            f"{explained}\n评分要点：\n{join_points(item.key.points)}"
            if explained
            else (f"评分要点：\n{join_points(item.key.points)}")
        )
    if item.citations:
        explained += _EXPLANATION_END + sources_told(item)
    feedback = f"\n####{_escaped(explained)}" if explained else ""
    head = f"// [id:{_bracketed(item.id)}]{comment}\n::{_escaped(item.id)}::[plain]"
    return f"{head}{_escaped(item.stem)}{{{_answers(item)}{feedback}}}"


def _answers(item: QuizItem) -> str:
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        reasons = {r.option: f"#{_escaped(r.reason)}" for r in item.refutations}
        share = f"{100 / max(1, len(key.correct)):.5f}".rstrip("0").rstrip(".")
        lines = []
        for number, option in enumerate(item.options):
            right = number in key.correct
            mark = ("=" if right else "~") if item.form is Form.ONE else f"~%{share}%" if right else "~%-100%"
            lines.append(f"\n{mark}{_escaped(option)}{'' if right else reasons.get(number, '')}")
        return "".join(lines)
    if item.form is Form.TRUTH:
        return "TRUE" if key.truth else "FALSE"
    if item.form is Form.BLANKS:
        return "".join(f"\n={_escaped(a)}" for a in key.blanks[0])
    return f"#{key.amount:f}" if item.form is Form.AMOUNT else ""


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words).replace("\n", r"\n")


def _bracketed(words: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", words).replace("\n", " ")


# ---- reading -----------------------------------------------------------------------------------------------------


def looks_like(data: bytes) -> bool:
    """Whether a text file has questions with answers in braces."""
    text = decoded(data)
    return bool(_NAMED.search(text)) or any(not set("=~#TF").isdisjoint(m[1]) for m in _BRACES.finditer(text))


@dataclass(frozen=True, slots=True)
class _Block:
    number: int
    line: int
    comment: str
    words: str


def read(data: bytes) -> Reading:
    """Read a file; a question that cannot be read is a fault."""
    reading = Reading()
    for block in _blocks(decoded(data)):
        place = f"第{block.number}题（第{block.line}行）"
        reading.take(place, partial(_read_question, block))
    return reading


def _blocks(text: str) -> Iterator[_Block]:
    number, first, comment, lines = 0, 0, "", list[str]()
    for at, line in enumerate([*text.split("\n"), ""], start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comment += stripped[2:]
        elif stripped.startswith("$CATEGORY:"):
            continue
        elif stripped:
            first = first or at
            lines.append(line)
        elif lines:
            number += 1
            yield _Block(number, first, comment, "\n".join(lines))
            first, comment, lines = 0, "", []


def _read_question(block: _Block) -> WriteRequest:
    words = _NAME.sub("", block.words, count=1) if block.words.lstrip().startswith("::") else block.words
    opening, closing = _braces(words)
    stem = _FORMAT.sub("", words[:opening].strip())
    after = words[closing + 1 :]
    raw = Raw(stem=_plain(stem + (BLANK + after if after.strip() else "")).strip())
    _read_tags(block.comment, raw)
    answers, _, feedback = _cut_feedback(words[opening + 1 : closing])
    raw.explanation = _plain(feedback).strip().partition(_EXPLANATION_END)[0]
    return _understood(answers, raw)


def _braces(words: str) -> tuple[int, int]:
    opening = _first(words, "{", 0)
    closing = _first(words, "}", opening + 1) if opening >= 0 else -1
    if opening < 0 or closing < 0:
        raise Unreadable("没有花括号里的答案", "请写成 题干{=正确 ~错误}；题干里的花括号写作 \\{ \\}。")
    if not words[:opening].strip():
        raise Unreadable("没有题干", "请写出题干。")
    if _first(words, "{", closing + 1) >= 0:
        raise Unreadable("一题里有几处答案", "两题之间须空一行；GIFT 的一题只能有一处空。")
    return opening, closing


def _first(words: str, mark: str, start: int) -> int:
    """Where a mark stands that no backslash escapes; -1 where it does not."""
    at = start
    while at < len(words):
        if words[at] == "\\":
            at += 2
            continue
        if words[at] == mark:
            return at
        at += 1
    return -1


def _cut_feedback(words: str) -> tuple[str, str, str]:
    at = 0
    while (found := words.find("####", at)) >= 0:
        if found == 0 or words[found - 1] != "\\":
            return words[:found], "####", words[found + 4 :]
        at = found + 1
    return words, "", ""


def _understood(answers: str, raw: Raw) -> WriteRequest:
    plain = answers.strip()
    if re.fullmatch(r"(?:TRUE|FALSE|T|F)(?:\s*#.*)?", plain, re.DOTALL):
        return request_of(raw, ItemKind.TRUE_FALSE, Form.TRUTH, Key(truth=plain[0] == "T"))
    if plain.startswith("#"):
        return _amount(plain[1:], raw)
    if not plain:
        return _essay(raw)
    parts = list(_parts(answers))
    if all(p.mark == "=" for p in parts) and "->" in answers:
        raise Unreadable("不支持连线题", "请改为选择题。")
    if all(p.mark == "=" for p in parts):
        accepted = [p.words for p in parts if p.weight in (None, 100)]
        if raw.stem.count(BLANK) != 1:
            raw.stem = raw.stem.replace(BLANK, "＿＿") + BLANK
        return request_of(raw, ItemKind.BLANK, Form.BLANKS, Key(blanks=[accepted]))
    return _choice(parts, raw)


@dataclass(frozen=True, slots=True)
class _Part:
    mark: str
    words: str
    weight: float | None


def _parts(answers: str) -> Iterator[_Part]:
    """The answers: each begins with = or ~, perhaps with a weight, and ends before its own feedback."""
    starts = [n for n in range(len(answers)) if answers[n] in "=~" and not _is_escaped(answers, n)]
    if not starts or answers[: starts[0]].strip():
        raise Unreadable(f"答案“{answers.strip()[:30]}”看不懂", "请以 = 开头写正确的答案，以 ~ 开头写错误的答案。")
    for start, end in zip(starts, [*starts[1:], len(answers)], strict=True):
        words = answers[start + 1 : end].strip()
        weight = _WEIGHT.match(words)
        words = words[weight.end() :] if weight else words
        hash_at = _first(words, "#", 0)
        words = words[:hash_at] if hash_at >= 0 else words
        yield _Part(
            answers[start],
            _plain(_FORMAT.sub("", words.strip())).strip(),
            float(weight[1]) if weight else None,
        )


def _is_escaped(words: str, at: int) -> bool:
    before = 0
    while at - before > 0 and words[at - before - 1] == "\\":
        before += 1
    return before % 2 == 1


def _choice(parts: Sequence[_Part], raw: Raw) -> WriteRequest:
    raw.options = [p.words for p in parts]
    right = [n for n, p in enumerate(parts) if p.mark == "=" or (p.weight or 0) > 0]
    if not right:
        raise Unreadable("没有正确的选项", "请以 = 开头写正确的选项。")
    if any(not o for o in raw.options):
        raise Unreadable("有空白的选项", "请补全选项。")
    case = raw.kind is ItemKind.CASE
    if len(right) == 1:
        return request_of(raw, ItemKind.CASE if case else ItemKind.SINGLE, Form.ONE, Key(correct=right))
    return request_of(raw, ItemKind.CASE if case else ItemKind.MULTIPLE, Form.MANY, Key(correct=right))


def _amount(words: str, raw: Raw) -> WriteRequest:
    number = re.split(r"(?<!\\)[:#]|\.\.", words.strip().removeprefix("="))[0].strip()
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise Unreadable(f"数值题的答案“{number[:20]}”不是数", "请写成 {#50000}。") from None
    if not value.is_finite() or value < 0:
        raise Unreadable(f"数值题的答案“{number[:20]}”不是金额", "请写一个不小于零的数。")
    return request_of(raw, ItemKind.CALCULATION, Form.AMOUNT, Key(amount=value))


def _essay(raw: Raw) -> WriteRequest:
    raw.explanation, _, points = raw.explanation.rpartition("评分要点：\n")
    raw.explanation = raw.explanation.strip()
    if not points.strip():
        raise Unreadable("论述题没有评分要点", "请在 #### 之后写“评分要点：”，再逐行写出要点。")
    kind = ItemKind.CASE if raw.kind is ItemKind.CASE else ItemKind.SHORT
    return request_of(raw, kind, Form.POINTS, Key(points=split_points(points)))


def _read_tags(comment: str, raw: Raw) -> None:
    told: dict[str, str] = {}
    for match in _tags(comment):
        name, colon, value = re.sub(r"\\(.)", r"\1", match[1]).partition(":")
        if name == "依据" and colon:
            raw.cites.append(value[:200])
        elif colon and name in ("题型", "考点", "难度", "领域"):
            told[name] = value
        else:
            raw.more.append(match[1][:60])
    with_properties(raw, told)


def _tags(comment: str) -> Iterator[re.Match[str]]:
    at = comment.find(_TAG)
    while at >= 0 and (match := _TAG_END.match(comment, at + len(_TAG))):
        yield match
        at = comment.find(_TAG, match.end())


def _plain(words: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], words)
