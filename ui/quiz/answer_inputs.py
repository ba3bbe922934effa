"""Inputs for options and key (选项与答案), as the form of an item wants them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import streamlit as st

from assistant.quiz.contract import BLANK, MOST_OPTIONS, Form, Key, QuizItem, ScoringPoint
from corpus.errors import InvalidInput
from ui.markup import block, element
from ui.quiz.words import LETTERS, TRUTH_ZH, letters, number

_FEWEST_SHOWN = 4
KeyOf = Callable[[], Key]
"""Makes the key of what stands in the inputs; raises InvalidInput where that is none."""


def key_inputs(form: Form, stem: str, item: QuizItem | None, mark: str) -> tuple[list[str], KeyOf]:
    """Options (none where the form has none), and what makes the key."""
    if form in (Form.ONE, Form.MANY):
        return _option_inputs(form, item, mark)
    if form is Form.TRUTH:
        return [], _truth_input(item, mark)
    if form is Form.BLANKS:
        return [], _blank_inputs(stem, item, mark)
    if form is Form.POINTS:
        return [], _point_inputs(item, mark)
    return [], _amount_input(item, mark)


def _option_inputs(form: Form, item: QuizItem | None, mark: str) -> tuple[list[str], KeyOf]:
    held = item.options if item else []
    count = min(MOST_OPTIONS, max(_FEWEST_SHOWN, len(held) + 1))
    written = [
        st.text_input(
            f"选项 {LETTERS[place]}" + ("" if place < 2 else "（可不填）"),
            held[place] if place < len(held) else "",
            max_chars=1000,
            key=f"{mark}_option_{place}",
        )
        or ""
        for place in range(count)
    ]
    chosen = st.pills(
        "正确选项",
        list(range(count)),
        selection_mode="multi",
        default=item.key.correct if item else None,
        format_func=LETTERS.__getitem__,
        key=f"{mark}_correct",
        help="单选题选一项，多选题选两项以上。",
    )
    places, options = chosen_options(written)

    def key() -> Key:
        right = sorted(places[place] for place in chosen if place in places)
        if len(right) < len(chosen):
            told = letters([place for place in chosen if place not in places])
            raise InvalidInput(f"正确选项 {told} 没有内容。", where="/key", remedy="请填写该选项，或改选。")
        if not right or (form is Form.ONE) != (len(right) == 1):
            wanted = "选定一个正确选项" if form is Form.ONE else "选定两个以上正确选项"
            raise InvalidInput("正确选项的个数不对。", where="/key", remedy=f"请{wanted}。")
        return Key(correct=right)

    return options, key


def chosen_options(written: list[str]) -> tuple[dict[int, int], list[str]]:
    """The options that have words, and where each of the places written went."""
    places: dict[int, int] = {}
    options: list[str] = []
    for place, words in enumerate(written):
        if words.strip():
            places[place] = len(options)
            options.append(words.strip())
    return places, options


def _truth_input(item: QuizItem | None, mark: str) -> KeyOf:
    truth = st.segmented_control(
        "题干所述",
        [True, False],
        default=item.key.truth if item else None,
        format_func=TRUTH_ZH.__getitem__,
        key=f"{mark}_truth",
    )

    def key() -> Key:
        if truth is None:
            raise InvalidInput("没有选定正确或错误。", where="/key", remedy="请选定答案。")
        return Key(truth=truth)

    return key


def _blank_inputs(stem: str, item: QuizItem | None, mark: str) -> KeyOf:
    count = stem.count(BLANK)
    if not count:
        st.html(block(element("p", f"题干中还没有空。请用 {BLANK} 标出要填写的地方。", "ea-quiet")))
    held = item.key.blanks if item else []
    written = [
        st.text_input(
            f"第 {place + 1} 空的答案（几种写法用 | 分开）",
            " | ".join(held[place]) if place < len(held) else "",
            max_chars=2000,
            key=f"{mark}_blank_{place}",
        )
        or ""
        for place in range(count)
    ]
    return lambda: Key(blanks=[accepted_words(words) for words in written])


def accepted_words(words: str) -> list[str]:
    """The accepted wordings of one blank: 十五日 | 15日."""
    return [part.strip() for part in words.replace("｜", "|").split("|") if part.strip()]


def _point_inputs(item: QuizItem | None, mark: str) -> KeyOf:
    held = item.key.points if item else []
    written = st.text_area(
        "评分要点（每行一个；行末可写“| 2”作为所占份数）",
        "\n".join(p.text if p.share == 1 else f"{p.text} | {number(p.share)}" for p in held),
        height=140,
        key=f"{mark}_points",
    )
    return lambda: Key(points=scoring_points(written or ""))


def scoring_points(written: str) -> list[ScoringPoint]:
    """Points of an answer, one per line: 责令改正 | 2. Raises InvalidInput naming a share that is no number."""
    points = []
    for line in filter(None, (line.strip() for line in written.replace("｜", "|").splitlines())):
        words, _, share = line.rpartition("|")
        points.append(
            ScoringPoint(text=words.strip(), share=_share(share, line)) if words.strip() else ScoringPoint(text=line)
        )
    if not points:
        raise InvalidInput("没有评分要点。", where="/key", remedy="请每行写一个要点。")
    return points


def _share(words: str, line: str) -> Decimal:
    try:
        share = Decimal(words.strip())
    except InvalidOperation:
        share = Decimal(0)
    if not (share.is_finite() and 0 < share <= 1000):
        raise InvalidInput(f"“{line[:40]}”的份数看不懂。", where="/key", remedy="请在竖线后写数字，如 | 2。")
    return share


def _amount_input(item: QuizItem | None, mark: str) -> KeyOf:
    held = number(item.key.amount) if item and item.key.amount is not None else ""
    written = st.text_input("答案（元）", held, max_chars=40, placeholder="如 20000", key=f"{mark}_amount")

    def key() -> Key:
        try:
            amount = Decimal((written or "").replace(",", "").replace("，", "").strip())
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            raise InvalidInput("答案不是金额。", where="/key", remedy="请写以元为单位的数字，如 20000。")
        return Key(amount=amount)

    return key
