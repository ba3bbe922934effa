"""Writing and changing an item (编题、改题): a form that follows the kind; the server proves what is saved."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.contract import (
    FORM_OF,
    KIND_ZH,
    POINT_ZH,
    Form,
    ItemKind,
    Point,
    QuizItem,
    WriteRequest,
)
from ui.connection import service
from ui.markup import block, element
from ui.quiz.address import go
from ui.quiz.answer_inputs import key_inputs
from ui.quiz.fields import fields
from ui.quiz.saying import attempt, say
from ui.quiz.words import FORM_ZH

_NUMBER = "quiz_new_number"
_CASE_FORMS = tuple(Form)


def show_new() -> None:
    """A new item; the form is emptied once it is saved."""
    number = st.session_state.setdefault(_NUMBER, 0)
    build = _inputs(f"new_{number}", None)
    with st.container(horizontal=True, key="quiz_new_actions"):
        if st.button("存为草稿", key="quiz_new_save", type="primary"):
            saved = attempt(lambda: service().quiz.write(build()))
            if saved is not None:
                st.session_state[_NUMBER] = number + 1
                say("已存为草稿。")
                go("bank", item=saved.id)
            st.rerun()


def show_editor(item: QuizItem) -> None:
    """An item that is there; a newer revision made meanwhile by somebody else is not overwritten."""
    st.html(block(element("p", "保存后回到草稿，重新校验，须再次审核。", "ea-quiet")))
    build = _inputs(f"{item.id}_{item.revision}", item)
    with st.container(horizontal=True, key="quiz_edit_actions"):
        if st.button("保存", key="quiz_edit_save", type="primary"):
            saved = attempt(lambda: service().quiz.rewrite(item.id, build()))
            if saved is not None:
                say("已保存为草稿。")
                go("bank", item=item.id)
            st.rerun()
        st.button("放弃修改", key="quiz_edit_leave", on_click=go, args=("bank",), kwargs={"item": item.id})


def _inputs(mark: str, item: QuizItem | None) -> Callable[[], WriteRequest]:
    """The form's inputs; what is returned makes the request of them, or raises what is wrong with it."""
    key = f"quiz_edit_{mark}"
    kinds, points = list(ItemKind), list(Point)
    kind_at = kinds.index(item.kind) if item else 0
    point_at = points.index(item.point if item else Point.OTHER)
    form_at = _CASE_FORMS.index(item.form) if item and item.kind is ItemKind.CASE else 0
    with st.container(horizontal=True, key=f"{key}_what"):
        kind = st.selectbox("题型", kinds, index=kind_at, format_func=KIND_ZH.__getitem__, key=f"{key}_kind")
        form = FORM_OF.get(kind) or st.selectbox(
            "作答方式",
            _CASE_FORMS,
            index=form_at,
            format_func=FORM_ZH.__getitem__,
            key=f"{key}_form",
        )
        point = st.selectbox("考点", points, index=point_at, format_func=POINT_ZH.__getitem__, key=f"{key}_point")
        field = _field_input(key, item)
    hint = "填空题用 ____（四个下划线）标出每一处空。" if form is Form.BLANKS else None
    stem = st.text_area("题干", item.stem if item else "", max_chars=4000, height=130, key=f"{key}_stem", help=hint)
    options, right = key_inputs(form, stem or "", item if item and item.form is form else None, key)
    explanation = st.text_area(
        "解析（可不填）", item.explanation if item else "", max_chars=8000, height=110, key=f"{key}_explanation"
    )
    cites = st.text_area(
        "依据（每行一条）",
        "\n".join(c.citation for c in item.citations) if item else "",
        height=90,
        placeholder="如 《行政处罚法》第三十三条第一款",
        help="须是适用日期有效的条文；没有依据的试题不能发布。",
        key=f"{key}_cites",
    )
    difficulty = st.slider(
        "预估难度（预计答错的比例）", 0.0, 1.0, item.difficulty if item else 0.5, 0.05, key=f"{key}_difficulty"
    )

    def build() -> WriteRequest:
        return WriteRequest(
            kind=kind,
            form=form,
            point=point,
            stem=stem or "",
            options=options,
            key=right(),
            explanation=explanation or "",
            cites=[line.strip() for line in (cites or "").splitlines() if line.strip()],
            difficulty=difficulty,
            field=field or "",
            more=item.tags.more if item else [],
            revision=item.revision if item else None,
        )

    return build


def _field_input(key: str, item: QuizItem | None) -> str | None:
    held = fields()
    own = item.tags.field if item else ""
    names = [own, *held] if own and own not in held else held
    return st.selectbox(
        "领域（可不填）",
        names,
        index=names.index(own) if own else None,
        placeholder="不指定",
        accept_new_options=True,
        key=f"{key}_field",
    )
