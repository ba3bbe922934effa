"""The explanation for the case file (裁量说明): as text to copy and as a DOCX to save."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.discretion.contract import CheckRequest, CheckResponse, ExplainRequest
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.connection import service
from ui.copying import copy_button
from ui.markup import block, element, text
from ui.problems import show_problem

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_export(checked: tuple[CheckRequest, CheckResponse]) -> None:
    """Names of the case, then the text; offered once there is a result to explain."""
    request, response = checked
    if response.computed.state != "computed":
        return
    with st.expander("写出裁量说明", key="desk_export", icon=":material/description:", on_change="rerun") as opened:
        if not opened.open:
            return
        with st.container(horizontal=True, key="desk_names"):
            case_name = st.text_input("案件名称", key="desk_case_name", max_chars=200, persist_state="session")
            party = st.text_input("当事人", key="desk_party", max_chars=200, persist_state="session")
        try:
            wanted = ExplainRequest(**request.model_dump(), case_name=case_name or None, party=party or None)
            desk = service().desk  # the download below runs where nobody's cookie is known
            explained = desk.explain(wanted)
        except ValidationError as error:
            show_problem(error_from_validation(error.errors()))
            return
        except EAssistantError as error:
            show_problem(error)
            return
        st.html(block(element("h4", text(explained.title)), element("div", text(explained.text), "ea-explained")))
        with st.container(horizontal=True, key="desk_export_actions"):
            copy_button("复制全文", explained.text, key="desk_copy")
            st.download_button(
                "下载 DOCX",
                data=lambda: desk.explain_docx(wanted),
                file_name=f"{plain_name(case_name) or '裁量说明'}.docx",
                mime=_DOCX,
                key="desk_docx",
                on_click="ignore",
                icon=":material/download:",
            )


def plain_name(words: str | None) -> str:
    """A name that every file system takes: without separators and control characters."""
    return "".join(c for c in (words or "").strip() if c not in '\\/:*?"<>|' and c.isprintable())[:80]
