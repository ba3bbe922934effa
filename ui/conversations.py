"""The conversations of a person (我的对话): the list, a new one, resume, rename, delete, export."""

from __future__ import annotations

import streamlit as st

from assistant.conversations.contract import ConversationInfo, ConversationPage, ExportFormat
from corpus.clock import local
from corpus.errors import EAssistantError, NotFound
from ui.connection import service
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import problem_html, show_problem
from ui.state import CONVERSATION, conversation_id, earlier_messages, note_conversation, show_conversation, turns

SHOWN_MESSAGES = 20
_LISTED = 15
_LIMIT, _PROBLEM, _RECENT = "conversations_limit", "conversations_problem", 5
_MIME = {
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.MARKDOWN: "text/markdown",
}
_ENDING = {ExportFormat.DOCX: "docx", ExportFormat.MARKDOWN: "md"}
_NAME = {ExportFormat.DOCX: "DOCX", ExportFormat.MARKDOWN: "Markdown"}


def follow_address() -> None:
    """Show the conversation that the address names: after a reload, from a bookmark. No address: the one at hand."""
    wanted = st.query_params.get(CONVERSATION)
    if wanted == conversation_id():
        return
    if wanted is None:  # back from another page
        note_conversation(conversation_id() or "")
        return
    try:
        load(wanted)
    except NotFound as error:
        show_conversation(None, [])
        st.session_state[_PROBLEM] = error
    except EAssistantError as error:
        show_problem(error)


def load(conversation: str, shown: int = SHOWN_MESSAGES) -> None:
    """Put the last messages of a conversation on the screen. Raises what the service raises."""
    total = service().conversations.get(conversation).messages
    earlier = max(0, total - shown)
    page = service().conversations.messages(conversation, limit=min(200, max(shown, 1)), offset=earlier)
    show_conversation(conversation, page.items, earlier)


def show_earlier() -> None:
    """A button for the messages before those shown; nothing where there are none."""
    conversation = conversation_id()
    if conversation and earlier_messages():
        more = min(200, len(turns()) + SHOWN_MESSAGES)
        if st.button(f"更早的提问（{earlier_messages()}）", key="earlier_messages_button", type="tertiary"):
            try:
                load(conversation, more)
            except EAssistantError as error:
                show_problem(error)
                return
            st.rerun()


def show_bar() -> None:
    """The line above the conversation: the list, a new conversation, and what can be done with this one."""
    with st.container(horizontal=True, vertical_alignment="center", key="conversations_bar"):
        with st.popover("我的对话", icon=":material/history:", key="conversations"):
            _show_list()
        if turns():
            st.button("新对话", key="new_conversation", icon=":material/add:", on_click=_begin)
        conversation = conversation_id()
        if conversation and turns():
            with st.popover("管理本对话", icon=":material/more_horiz:", key="manage_conversation"):
                _show_management(conversation)
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        st.html(problem_html(problem))


def show_recent() -> None:
    """The last conversations, on the empty page."""
    try:
        page = service().conversations.page(limit=_RECENT)
    except EAssistantError:
        return
    if not page.items:
        return
    with st.container(key="recent"):
        st.html(block(element("div", "最近的对话", "ea-lead")))
        for item in page.items:
            st.button(plain(item.title), key=f"recent_{item.id}", type="tertiary", on_click=_open, args=(item.id,))


def _show_list() -> None:
    words = st.text_input("在标题中查找", key="conversations_query", placeholder="如 食品、无证", live=True)
    limit = int(st.session_state.get(_LIMIT, _LISTED))
    try:
        page: ConversationPage = service().conversations.page(words or None, limit=limit)
    except EAssistantError as error:
        show_problem(error)
        return
    if not page.items:
        said = "没有标题含这些字词的对话。" if words else "还没有对话。提一个问题，就会保存在这里，只有您自己看得到。"
        st.html(block(element("div", text(said), "ea-quiet")))
        return
    with st.container(key="conversations_list"):
        for item in page.items:
            _show_item(item)
    if page.total > len(page.items) and limit < 200:
        st.button(f"更多（共 {page.total} 段）", key="conversations_more", type="tertiary", on_click=_list_more)


def _show_item(item: ConversationInfo) -> None:
    here = item.id == conversation_id()
    label = plain(item.title) + f"  \n:gray[{local(item.updated):%m-%d %H:%M} · {item.messages} 问]"
    key = f"conversation_{item.id}"
    icon = ":material/chevron_right:" if here else None
    st.button(label, key=key, icon=icon, type="tertiary", width="stretch", on_click=_open, args=(item.id,))


def _show_management(conversation: str) -> None:
    try:
        info = service().conversations.get(conversation)
    except EAssistantError as error:
        show_problem(error)
        return
    title = st.text_input("标题", value=info.title, max_chars=200, key=f"conversation_title_{conversation}")
    if st.button("改名", key="conversation_rename", disabled=not title.strip() or title == info.title):
        try:
            service().conversations.rename(conversation, title)
        except EAssistantError as error:
            show_problem(error)
        else:
            st.rerun()
    with st.container(horizontal=True, key="conversation_export_actions"):
        for kind in ExportFormat:
            export_button(conversation, kind, f"导出全部 {_NAME[kind]}", name=info.title)
    sure = st.checkbox("删除后不能恢复，我确定要删", key=f"conversation_sure_{conversation}")
    st.button("删除本对话", key="conversation_delete", disabled=not sure, on_click=_delete, args=(conversation,))


def export_button(
    conversation: str, kind: ExportFormat, label: str, *, name: str = "答复", message_id: str | None = None
) -> None:
    """A button that downloads a conversation or one answer; written only when it is pressed."""
    conversations = service().conversations
    st.download_button(
        label,
        data=lambda: conversations.export(conversation, kind, message_id),
        file_name=f"{_file_name(name)}.{_ENDING[kind]}",
        mime=_MIME[kind],
        key=f"export_{kind.value}_{message_id or conversation}",
        on_click="ignore",
        icon=":material/download:",
    )


def _file_name(words: str) -> str:
    """A name that every file system takes."""
    return "".join(c for c in words.strip() if c not in '\\/:*?"<>|' and c.isprintable())[:60] or "对话"


def _begin() -> None:
    show_conversation(None, [])


def _open(conversation: str) -> None:
    try:
        load(conversation)
    except EAssistantError as error:
        st.session_state[_PROBLEM] = error


def _delete(conversation: str) -> None:
    try:
        service().conversations.delete(conversation)
    except EAssistantError as error:
        st.session_state[_PROBLEM] = error
        return
    show_conversation(None, [])


def _list_more() -> None:
    st.session_state[_LIMIT] = min(200, int(st.session_state.get(_LIMIT, _LISTED)) + _LISTED)
