"""One's own data (本人数据): saved as a file, or erased."""

from __future__ import annotations

import streamlit as st

from ui.connection import service
from ui.favourites import forget_held
from ui.markup import block, element

_AREAS = {"conversations": "对话", "feedback": "反馈", "entries": "收藏与最近", "handbooks": "执法手册"}
_ERASED = "data_erased"


def show_data() -> None:
    st.html(
        block(
            element("h3", "导出"),
            element("p", "本人的对话、反馈、收藏、最近、执法手册、账户与工作记录，存为一个 JSON 文件。"),
        )
    )
    mine = service().mine  # a download runs where nobody's cookie is known
    st.download_button(
        "下载本人数据",
        data=lambda: mine.data().model_dump_json(indent=2).encode(),
        file_name="本人数据.json",
        mime="application/json",
        key="data_export",
        on_click="ignore",
        icon=":material/download:",
    )
    st.html(
        block(
            element("h3", "删除"),
            element("p", "删去本人的对话、反馈、收藏、最近与执法手册，不能恢复。"),
            element(
                "p", "办理的上传、停用、审定与操作日志属工作记录，不在此列；管理员删除账户时，其中的姓名一并删去。"
            ),
        )
    )
    sure = st.checkbox("我已了解，删除后不能恢复", key="data_sure")
    st.button("删除本人数据", key="data_erase", icon=":material/delete_forever:", disabled=not sure, on_click=_erase)
    erased = st.session_state.pop(_ERASED, None)
    if erased is not None:
        words = "、".join(f"{_AREAS.get(name, name)} {number} 项" for name, number in erased.items())
        st.html(block(element("div", f"已删除：{words}。"), css="ea-notice ea-right", role="status"))


def _erase() -> None:
    st.session_state[_ERASED] = service().mine.erase_data().areas
    st.session_state["data_sure"] = False
    forget_held()
