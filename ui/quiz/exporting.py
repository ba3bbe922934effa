"""Files of items (导出文件): what could not be carried is said beside the download."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.quiz.contract import Exported
from ui.markup import block, element, text
from ui.quiz.words import excerpt


def keep_exported(name: str, of: Sequence[str], exported: Exported | None) -> None:
    """Keep a file that was just made; it is offered for as long as it is ``of`` the same."""
    if exported is not None:
        st.session_state[f"quiz_exported_{name}"] = (list(of), exported)


def show_exported(name: str, of: Sequence[str]) -> None:
    """The file that was made of these, with what was left out; nothing where none was."""
    kept: tuple[list[str], Exported] | None = st.session_state.get(f"quiz_exported_{name}")
    if kept is None or kept[0] != list(of):
        return
    exported = kept[1]
    st.html(left_out_html(exported))
    st.download_button(
        f"下载 {exported.name}",
        data=exported.data,
        file_name=exported.name,
        mime=exported.media_type,
        key=f"quiz_download_{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def left_out_html(exported: Exported) -> str:
    """What the file does not hold, and why."""
    if not exported.left_out:
        return block(element("div", "文件已生成，所选试题全部收入。"), css="ea-notice ea-right", role="status")
    rows = "".join(element("li", text(f"“{excerpt(item.stem)}”：{item.reason}")) for item in exported.left_out)
    words = f"文件已生成；{len(exported.left_out)} 题未能收入："
    return block(element("div", text(words)), element("ul", rows), css="ea-notice ea-refusal", role="status")
