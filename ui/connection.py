"""The one way to the answers (连接): the API's typed client, over connections that all visitors share.

Its address comes from ``EASSISTANT_UI__API_URL``, which ``eassistant ui`` and ``eassistant start`` set. Who asks is
told by the session's cookie: each visitor gets a client of their own, which bears their token and is kept nowhere.
"""

from __future__ import annotations

import os
from typing import Protocol

import streamlit as st

from assistant.accounts.contract import Me
from assistant.api.account_client import AccountClient
from assistant.api.audit_client import AuditLogClient
from assistant.api.client import ApiClient
from assistant.api.conversation_client import ConversationClient
from assistant.api.exam_client import ExamClient
from assistant.api.feedback_client import FeedbackClient, ReviewClient
from assistant.api.mine_client import MineClient
from assistant.api.paper_client import PaperClient
from assistant.api.quiz_client import QuizClient
from assistant.api.readers_client import ReadersClient
from assistant.api.upload_client import UploadClient
from assistant.auditlog.contract import Surface
from assistant.contract import Assistant, Health, Preparation
from assistant.discretion.contract import Desk
from assistant.encyclopedia.contract import Encyclopedia
from assistant.page_pictures.contract import Pictures

ADDRESS = "EASSISTANT_UI__API_URL"
DEFAULT_ADDRESS = "http://127.0.0.1:8600"
COOKIE = "eassistant_session"


class Service(Assistant, Protocol):
    """What the page asks of the API; tests hand in a stand-in."""

    def health(self) -> Health: ...

    def me(self) -> Me: ...

    def rebuild_index(self) -> Preparation: ...

    @property
    def corpora(self) -> UploadClient: ...

    @property
    def readers(self) -> ReadersClient: ...

    @property
    def accounts(self) -> AccountClient: ...

    @property
    def auditlog(self) -> AuditLogClient: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def encyclopedia(self) -> Encyclopedia: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def conversations(self) -> ConversationClient: ...

    @property
    def mine(self) -> MineClient: ...

    @property
    def feedback(self) -> FeedbackClient: ...

    @property
    def review(self) -> ReviewClient: ...

    @property
    def quiz(self) -> QuizClient: ...

    @property
    def papers(self) -> PaperClient: ...

    @property
    def exams(self) -> ExamClient: ...


@st.cache_resource(show_spinner=False)
def _client(address: str) -> ApiClient:
    return ApiClient(address, surface=Surface.PAGE)


def service() -> Service:
    """The running API, as the visitor of this session sees it.

    Nothing is sent until a method is called; an unreachable API raises ServerUnavailable.
    """
    client = _client(os.environ.get(ADDRESS) or DEFAULT_ADDRESS)
    token = st.context.cookies.get(COOKIE)
    return client.bearing(token) if isinstance(token, str) and token else client
