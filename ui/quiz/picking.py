"""Items picked from lists (选题), kept over pages and filters; what can be done with several of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.quiz.columns import columns_of
from assistant.quiz.contract import (
    MOST_BUILT,
    ExportRequest,
    Format,
    ItemState,
    Move,
    MoveReport,
    MoveRequest,
    QuizItem,
)
from ui.connection import service
from ui.markup import block, element, text
from ui.quiz.address import go
from ui.quiz.exporting import keep_exported, show_exported
from ui.quiz.saying import attempt, say
from ui.quiz.words import FORMAT_ZH, excerpt

_PICKED = "quiz_picked"
_DRAWING = "quiz_picked_drawing"
MOVED_ZH = {
    Move.SUBMIT: "已提交审核",
    Move.PUBLISH: "已发布",
    Move.RETURN: "已退回",
    Move.RETIRE: "已停用",
    Move.REOPEN: "已重新启用",
}
_MOVE_ZH = {
    Move.SUBMIT: "提交审核",
    Move.PUBLISH: "发布",
    Move.RETURN: "退回",
    Move.RETIRE: "停用",
    Move.REOPEN: "重新启用",
}
MOVES_OF: dict[ItemState, tuple[Move, ...]] = {
    ItemState.DRAFT: (Move.SUBMIT, Move.RETIRE),
    ItemState.IN_REVIEW: (Move.PUBLISH, Move.RETURN, Move.RETIRE),
    ItemState.PUBLISHED: (Move.RETIRE,),
    ItemState.RETIRED: (Move.REOPEN,),
}
"""What can be done with an item, by where it stands; the first step is the usual one."""
_REASONED = {Move.RETURN: "退回的理由", Move.RETIRE: "停用的理由"}


def picked() -> dict[str, str]:
    """What is picked: ids with the beginnings of the stems, in the order of picking."""
    held: dict[str, str] = st.session_state.setdefault(_PICKED, {})
    return held


def pick(items: Sequence[QuizItem]) -> None:
    """Pick these as well, as far as one request can carry."""
    held = picked()
    _draw_anew()
    for item in items:
        _add(held, item.id, _beginning(item))


def drop_all() -> None:
    _draw_anew()
    st.session_state[_PICKED] = {}


def pick_box(item: QuizItem, place: str) -> None:
    """The box that picks an item.

    After a button has picked there are new boxes, and the old ones say nothing any more: a browser that has not drawn
    the new ones yet sends the old ones' state with the next press, as if the trainer had turned them back.
    """
    drawing = _drawing()
    key = f"quiz_pick_{place}_{drawing}_{item.id}"
    args = (item.id, _beginning(item), key, drawing)
    st.checkbox("选中", value=item.id in picked(), key=key, on_change=_turn, args=args)


def show_actions(moves: Sequence[Move] = tuple(Move), *, exporting: bool = True) -> None:
    """What can be done with what is picked."""
    held = picked()
    if not held:
        return
    with st.container(border=True, key="quiz_picked_bar"):
        st.html(block(element("div", text(f"已选 {len(held)} 题"), "ea-strong")))
        with st.container(horizontal=True, key="quiz_picked_actions"):
            for move in moves:
                move_button(move, list(held), held, key="picked")
            if exporting:
                _show_export(list(held))
                st.button("用来组卷", key="quiz_picked_paper", on_click=go, args=("papers",), kwargs={"paper": "new"})
            st.button("取消选择", key="quiz_picked_none", type="tertiary", on_click=drop_all)
        show_exported("picked", list(held))


def move_button(
    move: Move, ids: list[str], stems: dict[str, str], *, key: str, primary: bool = False, what: str = ""
) -> None:
    """A button for a step of the review, saying of ``what``; where it needs a reason, the reason is asked first."""
    name = f"quiz_{key}_{move.value}"
    if move not in _REASONED:
        words = f"{_MOVE_ZH[move]}（{what}）" if what else _MOVE_ZH[move]
        if st.button(words, key=name, type="primary" if primary else "secondary"):
            _move(ids, move, "", stems)
        return
    with st.popover(_MOVE_ZH[move], key=f"{name}_ask"):
        note = st.text_area(_REASONED[move], max_chars=2000, height=90, key=f"{name}_note") or ""
        if st.button(f"确认{_MOVE_ZH[move]}", key=name, type="primary"):
            _move(ids, move, note, stems)


def moved_words(report: MoveReport, move: Move, stems: dict[str, str]) -> tuple[str, list[str]]:
    """What came of a step, and of each item that stayed why."""
    words = f"{MOVED_ZH[move]} {len(report.moved)} 题。"
    if report.faults:
        words += f"{len(report.faults)} 题没有办成："
    return words, [f"“{stems.get(fault.id, fault.id)}”{fault.reason}" for fault in report.faults]


def _move(ids: list[str], move: Move, note: str, stems: dict[str, str]) -> None:
    report = attempt(lambda: _moved(ids, move, note))
    if report is not None:
        say(*moved_words(report, move, stems))
        held = picked()
        _draw_anew()
        for moved in report.moved:
            held.pop(moved, None)
    st.rerun()


def _moved(ids: list[str], move: Move, note: str) -> MoveReport:
    """The step for all of them, in as many requests as it takes."""
    whole = MoveReport(moved=[], faults=[])
    for start in range(0, len(ids), MOST_BUILT):
        request = MoveRequest(ids=ids[start : start + MOST_BUILT], move=move, note=note)
        report = service().quiz.move(request)
        whole.moved.extend(report.moved)
        whole.faults.extend(report.faults)
    return whole


def _show_export(ids: list[str]) -> None:
    with st.popover("导出", key="quiz_export_ask"):
        form = st.selectbox("格式", list(Format), format_func=FORMAT_ZH.__getitem__, key="quiz_export_form")
        words = _asked_columns() if form is Format.XLSX else ""
        if st.button("生成文件", key="quiz_export_make", type="primary"):
            made = attempt(
                lambda: service().quiz.give_out(
                    ExportRequest(ids=ids, form=form or Format.XLSX, columns=columns_of(words))
                )
            )
            keep_exported("picked", ids, made)
            st.rerun()


def _asked_columns() -> str:
    return st.text_area(
        "列名（可选）",
        key="quiz_export_columns",
        placeholder="题干=试题内容\n依据=法律依据",
        help="每行一列：默认列名=您的系统所用的列名；等号后留空，就不要这一列。",
    )


def _turn(item: str, beginning: str, key: str, drawing: int) -> None:
    held = picked()
    if drawing != _drawing():
        return
    if not st.session_state[key]:
        held.pop(item, None)
    elif not _add(held, item, beginning):
        st.session_state[key] = False


def _add(held: dict[str, str], item: str, beginning: str) -> bool:
    """Whether the item is among the picked now: no more than one request can carry are."""
    if len(held) < MOST_BUILT:
        held[item] = beginning
    return item in held


def _beginning(item: QuizItem) -> str:
    return excerpt(item.stem, 40)


def _drawing() -> int:
    """How often buttons have picked or dropped."""
    drawn: int = st.session_state.setdefault(_DRAWING, 0)
    return drawn


def _draw_anew() -> None:
    st.session_state[_DRAWING] = _drawing() + 1
