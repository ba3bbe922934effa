"""The index (索引): how far it is, and building it anew."""

from __future__ import annotations

import streamlit as st

from assistant.contract import Health
from corpus.errors import EAssistantError
from ui.connection import service
from ui.markup import block, element, text
from ui.preparation import strip_html
from ui.problems import show_problem

_POLL_S = 2.0


def show_index() -> None:
    now = service().health()
    st.html(index_html(now))
    if now.preparation.stage not in ("ready", "failed", "stopped"):
        st.fragment(_follow, run_every=_POLL_S)()
        return
    st.html(
        block(
            element(
                "p",
                "入库、停用之后索引自动更新，平时不需重建。检索结果明显缺失，或更换编码模型之后才需要。",
                "ea-quiet",
            )
        )
    )
    sure = st.checkbox("我知道重建期间检索结果可能不全（按条号查询不受影响）", key="manage_rebuild_sure")
    if st.button("重建索引", key="manage_rebuild", disabled=not sure):
        try:
            service().rebuild_index()
        except EAssistantError as error:
            show_problem(error)
            return
        st.rerun()


def index_html(now: Health) -> str:
    """Counts of what is held and what of it is in the index."""
    index = now.index
    whole = index.total and index.points == index.total
    encoded = index.points and index.dense_points == index.points
    lines = [
        f"收录 {now.corpus.get('documents', 0):,} 部文件、{now.corpus.get('versions', 0):,} 份文本、"
        f"{now.corpus.get('provisions', 0):,} 条。",
        "关键词检索：" + ("齐备" if whole else f"{index.points:,} / {index.total:,} 段") + "。",
        "语义检索："
        + ("齐备" if encoded else f"{index.dense_points:,} / {index.points:,} 段")
        + f"（{now.encoder}）。",
    ]
    return block(*(element("div", text(line)) for line in lines), css="ea-card")


def _follow() -> None:
    now = service().health()
    if now.preparation.stage in ("ready", "failed", "stopped"):
        st.rerun()
    if words := strip_html(now):
        st.html(words)
