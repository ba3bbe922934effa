"""What stands on a printed paper (版面), before it becomes DOCX or PDF: a pure function of the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import cn2an

from assistant.quiz.columns import LETTERS
from assistant.quiz.contract import BLANK, KIND_ZH, Form, ItemKind, QuizItem
from assistant.quiz.exchange.drafts import letters_of
from assistant.quiz.paper_contract import PARTIAL_CREDIT, Paper, Part, Variant
from assistant.quiz.papers.showing import shown_item
from corpus.errors import NotFound

_PRINTED_BLANK = "＿＿＿＿＿＿"
_ACROSS = 10
"""Answers in one row of the answer sheet."""
_LINES = {Form.BLANKS: 1, Form.AMOUNT: 4, Form.POINTS: 8}
"""Ruled lines for an answer in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; ``role`` tells how it looks: heading, stem, option, label, quotation, plain."""

    text: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay together on a page (一题)."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers with empty boxes under them (答题格)."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Empty lines to write on (横线)."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole print (版面): title, the lines under it, and what follows."""

    title: str
    under: tuple[str, ...]
    body: tuple[Block | Grid | Ruled, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    number: int
    points: Decimal
    item: QuizItem
    changed: bool  # its law, since the paper was made


def lay_out(paper: Paper, part: Part, variant: str) -> Sheet:
    """The sheet of a part of a paper in one variant. Raises NotFound."""
    chosen = next((v for v in paper.variants if v.name == variant), None)
    if chosen is None:
        names = "、".join(v.name for v in paper.variants)
        raise NotFound(f"这份试卷没有{variant[:8]}卷。", where="variant", remedy=f"可选：{names}。")
    shown = list(_shown(paper, chosen))
    several = len(paper.variants) > 1
    name = f"（{variant}卷）" if several else ""
    if part is Part.QUESTIONS:
        return Sheet(paper.title + name, tuple(_rules(paper, shown)), tuple(_questions(shown)))
    if part is Part.SHEET:
        return Sheet(f"{paper.title}{name}　答题卡", (_PERSON,), tuple(_answer_sheet(shown)))
    day = max((s.item.as_of for s in shown), default=None)
    told = [f"依据的法律以{day.isoformat()}有效的文本为准。"] if day else []
    if changed := [str(s.number) for s in shown if s.changed]:
        told.append(f"第{'、'.join(changed)}题所依据的条文其后已变动，使用前请核对。")
    return Sheet(f"{paper.title}{name}　答案与解析", tuple(told), tuple(_key(shown)))


_PERSON = "单位：＿＿＿＿＿＿＿＿＿　姓名：＿＿＿＿＿＿　证号：＿＿＿＿＿＿＿＿　得分：＿＿＿＿"


def _shown(paper: Paper, variant: Variant) -> Iterator[_Shown]:
    for number, index in enumerate(variant.items, start=1):
        held = paper.items[index]
        item = shown_item(held.item, variant.options[index])
        yield _Shown(number, held.points, item, held.number in paper.blocked)


def _rules(paper: Paper, shown: Sequence[_Shown]) -> Iterator[str]:
    yield f"考试时长{paper.minutes}分钟　满分{_number(paper.total)}分"
    yield _PERSON
    if paper.note:
        yield paper.note
    if any(s.item.form is Form.MANY for s in shown):
        yield PARTIAL_CREDIT


def _sections(shown: Sequence[_Shown]) -> Iterator[tuple[str, list[_Shown]]]:
    """Items kind by kind, each with its heading: 一、单选题（每题2分，共20分）."""
    for number, (kind, held) in enumerate(groupby(shown, key=lambda s: s.item.kind), start=1):
        items = list(held)
        yield f"{cn2an.an2cn(number)}、{_heading(kind, items)}", items


def _heading(kind: ItemKind, items: Sequence[_Shown]) -> str:
    each = {s.points for s in items}
    whole = _number(sum((s.points for s in items), Decimal(0)))
    told = f"每题{_number(each.pop())}分，" if len(each) == 1 else ""
    return f"{KIND_ZH[kind]}（共{len(items)}题，{told}共{whole}分）"


def _questions(shown: Sequence[_Shown]) -> Iterator[Block]:
    for heading, items in _sections(shown):
        yield Block((Line(heading, "heading"),))
        for held in items:
            yield Block(tuple(_question(held)))


def _question(held: _Shown) -> Iterator[Line]:
    stem = held.item.stem.replace(BLANK, _PRINTED_BLANK)
    if held.item.form is Form.TRUTH:
        stem += "（　　）"
    yield Line(f"{held.number}. {stem}", "stem")
    yield from (Line(f"{LETTERS[n]}. {option}", "option") for n, option in enumerate(held.item.options))


def _answer_sheet(shown: Sequence[_Shown]) -> Iterator[Block | Grid | Ruled]:
    for heading, items in _sections(shown):
        yield Block((Line(heading, "heading"),))
        boxed = [s.number for s in items if s.item.form in (Form.ONE, Form.MANY, Form.TRUTH)]
        for start in range(0, len(boxed), _ACROSS):
            yield Grid(tuple(boxed[start : start + _ACROSS]))
        for held in items:
            if held.item.form in _LINES:
                blanks = max(1, len(held.item.key.blanks))
                yield Ruled(f"{held.number}. ", blanks * _LINES[held.item.form])


def _key(shown: Sequence[_Shown]) -> Iterator[Block]:
    for heading, items in _sections(shown):
        yield Block((Line(heading, "heading"),))
        for held in items:
            yield Block(tuple(_answer(held)))


def _answer(held: _Shown) -> Iterator[Line]:
    item = held.item
    yield Line(f"{held.number}. {_key_words(item)}", "stem")
    if item.form is Form.POINTS:
        shares = sum((p.share for p in item.key.points), Decimal(0))
        for point in item.key.points:
            worth = _number((held.points * point.share / shares).quantize(Decimal("0.01")))
            yield Line(f"· {point.text}（{worth}分）", "option")
    if item.explanation:
        yield Line(f"解析：{item.explanation}", "label")
    yield from (Line(line, "option") for line in item.working)
    for refuted in sorted(item.refutations, key=lambda r: r.option):
        if refuted.option < len(item.options):
            yield Line(f"{LETTERS[refuted.option]}项：{refuted.reason}", "option")
    for cited in item.citations:
        yield Line(f"{cited.citation}：“{cited.quotation}”", "quotation")


def _key_words(item: QuizItem) -> str:
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        return letters_of(key.correct)
    if item.form is Form.TRUTH:
        return "正确" if key.truth else "错误"
    if item.form is Form.BLANKS:
        return "；".join(" / ".join(accepted) for accepted in key.blanks)
    if item.form is Form.AMOUNT:
        return f"{key.amount.normalize():,f}元" if key.amount is not None else ""
    return "评分要点"


def _number(value: Decimal) -> str:
    """A number without needless zeros: 2, 1.5."""
    return f"{value.normalize():f}"
