"""The page of the original beside its words (原件页面): drawn only when it is asked for."""

from __future__ import annotations

import streamlit as st

from corpus.errors import EAssistantError, NotFound
from ui.connection import service
from ui.labels import plain
from ui.problems import explain, show_problem

_FOUND = "黄色为本条的文字。引用前请以原件为准。"
_NOT_FOUND = "没有能在这一页上标出本条的文字，请自行对照。"


def show_page_picture(provision_id: str, page: int | None, *, key: str) -> None:
    """An expander with the page that a provision stands on; nothing where its source has no pages."""
    if page is None:
        return
    name = f"{key}_picture_{provision_id}"
    with st.expander(f"原件页面（第{page}页）", icon=":material/image:", key=name, on_change="rerun") as opened:
        if opened.open:
            _show(provision_id, page, name)


def _show(provision_id: str, first: int, name: str) -> None:
    chosen = st.session_state.get(f"{name}_page") or first
    try:
        picture = service().pictures.picture(provision_id, chosen)
    except NotFound as error:
        st.caption(plain(" ".join(explain(error)[1:])))
        return
    except EAssistantError as error:
        show_problem(error)
        return
    if len(picture.pages) > 1:
        st.segmented_control(
            "页",
            picture.pages,
            default=picture.page,
            required=True,
            format_func=lambda page: f"第{page}页",
            key=f"{name}_page",
            label_visibility="collapsed",
        )
    words = _FOUND if picture.marked else _NOT_FOUND
    st.caption(words)
    st.image(picture.png, width="stretch", alt=f"原件第{picture.page}页的图像。{words}")
