"""Uploading (上传): files are chosen and sent, then each upload is followed until it is stored."""

from __future__ import annotations

import streamlit as st

from assistant.uploads.contract import UploadOptions
from corpus.errors import EAssistantError
from corpus.vocabulary import NATION
from ui.conditions import regions_held
from ui.connection import service
from ui.held import documents
from ui.manage.options import readers_inputs
from ui.manage.reports import upload_html
from ui.manage.upload import OPENED, show_upload
from ui.markup import block, element
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem

_SENT = "manage_sent"


def show_uploads() -> None:
    opened = st.query_params.get(OPENED)
    if opened:
        st.button("‹ 全部上传", key="manage_upload_back", on_click=_open, args=(None,))
        show_upload(opened)
        return
    _show_form()
    page = service().corpora.list(PER_PAGE, offset("manage_uploads_page"))
    st.html(block(element("h3", "上传记录")))
    if not page.items:
        st.html(block(element("div", "还没有上传过文件。"), css="ea-notice"))
    for upload in page.items:
        with st.container(border=True, key=f"manage_row_{upload.id}"):
            st.html(upload_html(upload))
            st.button("查看 ›", key=f"manage_open_{upload.id}", on_click=_open, args=(upload.id,))
    page_buttons(page.total, "manage_uploads_page")


def _show_form() -> None:
    number = st.session_state.setdefault(_SENT, 0)  # a new number empties the form
    st.html(
        block(
            element(
                "p",
                "上传后先试算：逐份读出是什么文件、会带来什么变化，不写入语料；您确认之后才入库，其间问答照常。"
                "可传 PDF、Word、Excel、网页、Markdown、纯文本，以及它们的 ZIP 压缩包。",
                "ea-quiet",
            )
        )
    )
    label = f"选择文件（每个不超过 {st.get_option('server.maxUploadSize')} MB）"
    files = st.file_uploader(label, accept_multiple_files=True, key=f"manage_files_{number}")
    with st.expander("导入选项", key="manage_options"):
        region = st.selectbox(
            "未写明地区的文件归入",
            regions_held(documents()),
            index=None,
            accept_new_options=True,
            placeholder=f"不指定（作为{NATION}或依文件所写）",
            key=f"manage_region_{number}",
        )
        departments, regions = readers_inputs(f"new_{number}", [], [])
    if st.button("上传并试算", type="primary", key="manage_send", disabled=not files):
        try:
            options = UploadOptions(region=region or None, departments=departments, regions=regions)
            with st.spinner("正在上传…"):
                upload = service().corpora.create([(file.name, file) for file in files], options)
        except EAssistantError as error:
            show_problem(error)
            return
        st.session_state[_SENT] = number + 1
        _open(upload.id)
        st.rerun()


def _open(upload_id: str | None) -> None:
    if upload_id is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = upload_id
