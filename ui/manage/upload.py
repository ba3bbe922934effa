"""One upload (一次上传): followed while it is at work, looked through, confirmed, stopped or discarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from assistant.uploads.contract import CheckedFile, Upload, UploadChange, UploadState
from corpus.errors import EAssistantError
from ui.conditions import regions_held
from ui.connection import service
from ui.held import documents, forget_documents
from ui.labels import plain
from ui.manage.options import readers_inputs
from ui.manage.reports import differences_html, file_html, file_title, refused_html, upload_html
from ui.markup import block, element, text
from ui.problems import show_problem

OPENED = "upload"
_POLL_S = 1.5
_AT_WORK = (UploadState.CHECKING, UploadState.CONFIRMED, UploadState.STORING)
_MANY = 12
"""Files up to which each that needs a look is opened at once."""


def show_upload(upload_id: str) -> None:
    upload = service().corpora.get(upload_id)
    said = st.session_state.pop("manage_said", None)
    if isinstance(said, EAssistantError):
        show_problem(said)
    if upload.state in _AT_WORK:
        st.fragment(_follow, run_every=_POLL_S)(upload_id)
    else:
        st.html(upload_html(upload))
        if upload.state is UploadState.STORED:
            forget_documents()
    for notice in (refused_html(upload.files), differences_html(upload)):
        if notice:
            st.html(notice)
    if upload.state is UploadState.CHECKED:
        _show_decision(upload)
    elif upload.state is UploadState.FAILED:
        with st.container(horizontal=True):
            _button("重新试算", "again", lambda: service().corpora.check_again(upload.id), primary=True)
            _button("放弃", "discard", lambda: service().corpora.discard(upload.id))
    for number, file in enumerate(upload.checked):
        _show_file(upload, file, number)


def progress_html(upload: Upload) -> str:
    """How far an upload at work is, in words and as a bar."""
    progress = upload.progress
    if progress is None:
        waiting = f"前面还有 {upload.waiting} 项工作。" if upload.waiting else "即将开始。"
        return block(element("div", text(f"{upload.message}{waiting}")), css="ea-strip")
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    count = f"（{min(progress.done, progress.total)}/{progress.total}）" if progress.total else "…"
    bar = element("div", element("div", "", "ea-done", style=f"width:{share:.1%}"), "ea-bar")
    return block(element("div", text(f"{progress.message}{count}；其间问答照常。")), bar, css="ea-strip")


def _follow(upload_id: str) -> None:
    try:
        upload = service().corpora.get(upload_id)
    except EAssistantError as error:
        show_problem(error)
        return
    if upload.state not in _AT_WORK:
        st.rerun()
    st.html(upload_html(upload))
    st.html(progress_html(upload))
    words = "停止并撤回" if upload.state is UploadState.STORING else "停止"
    _button(words, "stop", lambda: service().corpora.stop(upload_id))


def _show_decision(upload: Upload) -> None:
    with st.expander("导入选项", key="manage_upload_choices"):
        regions = regions_held(documents())
        held = [upload.region] if upload.region and upload.region not in regions else []
        region = st.selectbox(
            "未写明地区的文件归入",
            [*held, *regions],
            index=[*held, *regions].index(upload.region) if upload.region else None,
            accept_new_options=True,
            placeholder="不指定",
            key=f"manage_upload_region_{upload.id}",
        )
        departments, places = readers_inputs(upload.id, upload.departments, upload.regions)
        change = UploadChange(region=region or "", departments=departments, regions=places)
        _button("保存并重新试算", "options", lambda: service().corpora.change(upload.id, change))
    ready = [f for f in upload.checked if not f.excluded and f.texts]
    if not ready:
        st.html(block(element("div", "没有可以入库的文件。"), css="ea-notice"))
    with st.container(horizontal=True):
        _button(
            f"确认入库（{len(ready)} 个文件）",
            "confirm",
            lambda: service().corpora.confirm(upload.id, upload.check),
            primary=True,
            disabled=not ready,
        )
        _button("重新试算", "again", lambda: service().corpora.check_again(upload.id))
        _button("放弃", "discard", lambda: service().corpora.discard(upload.id))


def _show_file(upload: Upload, file: CheckedFile, number: int) -> None:
    opened = bool(file.troubles) and len(upload.checked) <= _MANY and not file.excluded
    with st.expander(plain(file_title(file)), expanded=opened, key=f"manage_file_{upload.id}_{number}"):
        st.html(file_html(file))
        if upload.state is UploadState.CHECKED and (file.texts or file.excluded):
            st.checkbox(
                "不导入这个文件",
                value=file.excluded,
                key=f"manage_exclude_{upload.id}_{number}",
                on_change=_exclude,
                args=(upload, file),
            )


def _exclude(upload: Upload, file: CheckedFile) -> None:
    excluded = {f.path for f in upload.checked if f.excluded} ^ {file.path}
    _do(lambda: service().corpora.change(upload.id, UploadChange(excluded=sorted(excluded))))


def _button(
    words: str, name: str, action: Callable[[], object], *, primary: bool = False, disabled: bool = False
) -> None:
    """A button whose action is told what stands in the fields now, which may be newer than what was last drawn."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button(words, type=kind, key=f"manage_upload_{name}", disabled=disabled):
        _do(action)
        st.rerun()


def _do(action: Callable[[], object]) -> None:
    """Do something; what refuses it is said on the page drawn anew."""
    try:
        action()
    except EAssistantError as error:
        st.session_state["manage_said"] = error
