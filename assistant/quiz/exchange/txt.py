"""The plain Chinese text of question banks (文本题库): 题干, A. B. C. D., 答案：, 解析：, 依据：.

A line that begins with two full-width blanks goes on with what was before it, whatever it looks like, so that an item
with several lines, or with a line like ``答案：``, is read back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from assistant.quiz.columns import LETTERS
from assistant.quiz.contract import KIND_ZH, POINT_ZH, Form, LeftOut, QuizItem, RowFault, WriteRequest
from assistant.quiz.exchange.drafts import (
    Raw,
    Reading,
    Unreadable,
    cites_of,
    difficulty_named,
    join_blanks,
    join_points,
    kind_named,
    letters_of,
    point_named,
    understood,
)
from assistant.quiz.exchange.encodings import decoded
from corpus.errors import InvalidInput

_GOES_ON = "　　"
_HEAD = re.compile(r"(?P<number>[0-9０-９]{1,4})\s*(?:[.．、)）]|(?=[\[【（(]))\s*(?P<rest>.*)", re.DOTALL)
_BRACKETED_HEAD = re.compile(r"[（(](?P<number>[0-9]{1,4})[）)]\s*(?P<rest>.*)", re.DOTALL)
_KIND = re.compile(r"^(?:[\[【（(](?P<kind>[^\]】）)]{2,8})[\]】）)]\s*|(?P<bare>[一-龥]{2,5}题)[：:\s]\s*)")
_SECTION = re.compile(r"[一二三四五六七八九十]+\s*[、.．]\s*(?P<kind>[^，。（(：:\s]{2,8}?题?)\s*(?:[（(：:].*)?")
_OPTION = re.compile(r"(?P<letter>[A-HＡ-Ｈ])\s*[.．、)）:：]\s*(?P<words>.*)", re.DOTALL)
_NEXT_OPTION = re.compile(r"(?:(?<!\s)\s{2,}|\t|　)(?=[B-HＢ-Ｈ]\s*[.．、])")
_LABELS = "正确答案|参考答案|标准答案|答案|试题解析|答案解析|解析|依据|法律依据|难度|考点|领域"
_LABEL = re.compile(
    rf"(?:[\[【](?P<marked>{_LABELS})[\]】]\s*[：:]?|(?P<label>{_LABELS})\s*[：:])\s*(?P<words>.*)", re.DOTALL
)
_IN_STEM = re.compile(r"[（(][ 　]*(?P<answer>[A-HＡ-Ｈ]{1,8}|对|错|√|×)[ 　]*[）)]")
_WIDE = str.maketrans("ＡＢＣＤＥＦＧＨ０１２３４５６７８９", "ABCDEFGH0123456789")
_EMPTY = "（　　）"
_FAR_TOO_LONG = 40_000
_MOST_LINES = 200_000


def write(items: Sequence[QuizItem]) -> tuple[bytes, list[LeftOut]]:
    """The file, UTF-8 with its mark so that old editors show Chinese; every form can be carried."""
    return ("\ufeff" + "\n\n".join(_question(n, i) for n, i in enumerate(items, start=1)) + "\n").encode(), []


def _question(number: int, item: QuizItem) -> str:
    lines = [f"{number}.【{KIND_ZH[item.kind]}】{_lines(item.stem)}"]
    lines += [f"{LETTERS[n]}. {_lines(option)}" for n, option in enumerate(item.options)]
    lines.append(f"答案：{_lines(_answer(item))}")
    explained = "\n".join(line for line in (item.explanation, *item.working) if line)
    if explained:
        lines.append(f"解析：{_lines(explained)}")
    lines += [f"依据：{_lines(cited)}" for cited in cites_of(item)]
    lines.append(f"考点：{POINT_ZH[item.point]}")
    lines.append(f"难度：{item.difficulty:g}")
    if item.tags.field:
        lines.append(f"领域：{_lines(item.tags.field)}")
    return "\n".join(lines)


def _answer(item: QuizItem) -> str:
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        return letters_of(key.correct)
    if item.form is Form.TRUTH:
        return "正确" if key.truth else "错误"
    if item.form is Form.BLANKS:
        return join_blanks(key.blanks)
    return join_points(key.points) if item.form is Form.POINTS else f"{key.amount:f}"


def _lines(words: str) -> str:
    return words.replace("\n", "\n" + _GOES_ON)


# ---- reading -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    """The lines of a question, each with those that go on with it."""

    number: str
    line: int
    raw: Raw = field(default_factory=Raw)
    last: str = "stem"
    letters: list[str] = field(default_factory=list)


def read(data: bytes) -> Reading:
    """Read a file. Raises InvalidInput where no question is found; a question that cannot be read is a fault."""
    reading = Reading()
    text = decoded(data)
    if text.count("\n") > _MOST_LINES:
        raise InvalidInput(f"文件超过{_MOST_LINES}行。", where="file", remedy="请分成几个文件导入。")
    if unread := _before_first(text):
        told = "；".join(words[:40] for _, words in unread[:3]) + ("……" if len(unread) > 3 else "")
        reading.faults.append(
            RowFault(
                place=f"第{unread[0][0]}行起，第一题之前",
                message=f"{len(unread)}行文字不属于任何试题，没有读入：{told}",
                remedy="如是标题或者说明，可以不管；如是试题，请以“1.”开头。",
            )
        )
    found = False
    for block in _blocks(text):
        found = True
        place = f"第{block.number}题（第{block.line}行）"
        reading.take(place, partial(_read_question, block))
    if not found:
        raise InvalidInput(
            "没有找到试题。", where="file", remedy="每题以“1.”开头，选项以 A. B. 开头，另起一行写“答案：”。"
        )
    return reading


def _before_first(text: str) -> list[tuple[int, str]]:
    """The lines before the first question, with their numbers, save headings of kinds."""
    found = []
    for at, line in enumerate(text.split("\n"), start=1):
        words = _narrow(line)
        if _head(words):
            break
        if words and not _section(words):
            found.append((at, words))
    return found


def _narrow(line: str) -> str:
    """The line without blanks around it; one that begins with a wide letter or figure in narrow ones."""
    words = line.strip()
    return words.translate(_WIDE) if words[:2].translate(_WIDE) != words[:2] else words


def _section(words: str) -> str | None:
    """The kind that a heading names: 一、单选题."""
    heading = _SECTION.fullmatch(words)
    return heading["kind"] if heading and kind_named(heading["kind"]) else None


def _head(words: str) -> re.Match[str] | None:
    return _HEAD.fullmatch(words) or _BRACKETED_HEAD.fullmatch(words)


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    section: str | None = None
    for at, line in enumerate(text.split("\n"), start=1):
        if line.startswith(_GOES_ON) and block is not None:
            _go_on(block, line.removeprefix(_GOES_ON))
            continue
        words = _narrow(line)
        if not words:
            continue
        if named := _section(words):
            section = named
            continue
        head = _head(words)
        if head and not (block is not None and block.last == "answer" and not block.raw.answer):
            if block is not None:
                yield block
            block = _Block(head["number"], at)
            _begin(block, head["rest"], section)
        elif block is not None:
            _add(block, words)
    if block is not None:
        yield block


def _begin(block: _Block, words: str, section: str | None) -> None:
    kind = _KIND.match(words)
    named = kind_named(kind["kind"] or kind["bare"]) if kind else None
    if kind and named:
        words = words[kind.end() :]
    block.raw.kind = named or (kind_named(section) if section else None)
    block.raw.stem = words


def _add(block: _Block, words: str) -> None:
    raw = block.raw
    if _OPTION.fullmatch(words):
        for part in _NEXT_OPTION.split(words):
            found = _OPTION.fullmatch(part.strip())
            if found:
                block.letters.append(found["letter"].translate(_WIDE))
                raw.options.append(found["words"].strip())
        block.last = "option"
        return
    if label := _LABEL.fullmatch(words):
        _label(block, label["marked"] or label["label"], label["words"].strip())
        return
    _go_on(block, words)


def _label(block: _Block, label: str, words: str) -> None:
    raw = block.raw
    if label.endswith("答案"):
        raw.answer, block.last = words, "answer"
    elif label.endswith("解析"):
        raw.explanation, block.last = words, "explanation"
    elif label.endswith("依据"):
        raw.cites.append(words[:200])
        block.last = "cites"
    elif label == "难度":
        raw.difficulty, block.last = difficulty_named(words), ""
    elif label == "考点":
        raw.point, block.last = point_named(words), ""
    else:
        raw.area, block.last = words[:60], ""


def _go_on(block: _Block, words: str) -> None:
    raw = block.raw
    if block.last == "stem":
        raw.stem = _longer(raw.stem, words)
    elif block.last == "option":
        raw.options[-1] = _longer(raw.options[-1], words)
    elif block.last == "answer":
        raw.answer = _longer(raw.answer, words) if raw.answer else words
    elif block.last == "explanation":
        raw.explanation = _longer(raw.explanation, words)


def _longer(held: str, words: str) -> str:
    """With another line; what is far too long already is not made longer, but refused when it is understood."""
    return f"{held}\n{words}" if len(held) <= _FAR_TOO_LONG else held


def _read_question(block: _Block) -> WriteRequest:
    return understood(_finished(block))


def _finished(block: _Block) -> Raw:
    raw = block.raw
    if block.letters != list(LETTERS[: len(block.letters)]):
        raise Unreadable(f"选项的字母是{''.join(block.letters)}，不是从 A 起依次排列", "请从 A 起依次排列选项。")
    if not raw.answer.strip() and (found := list(_IN_STEM.finditer(raw.stem))):
        raw.answer = found[-1]["answer"].translate(_WIDE)
        raw.stem = raw.stem[: found[-1].start()] + _EMPTY + raw.stem[found[-1].end() :]
    raw.answer = raw.answer.strip()
    return raw
