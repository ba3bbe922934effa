"""The one way to the answers (连接): the API's typed client, shared by all visitors of this process.

Its address comes from ``EASSISTANT_UI__API_URL``, which ``eassistant ui`` and ``eassistant start`` set.
"""

from __future__ import annotations

import os
from typing import Protocol

import streamlit as st

from assistant.api.client import ApiClient
from assistant.api.mine_client import MineClient
from assistant.contract import Assistant, Health
from assistant.discretion.contract import Desk
from assistant.encyclopedia.contract import Encyclopedia
from assistant.page_pictures.contract import Pictures

ADDRESS = "EASSISTANT_UI__API_URL"
DEFAULT_ADDRESS = "http://127.0.0.1:8600"


class Service(Assistant, Protocol):
    """What the page asks of the API; tests hand in a stand-in."""

    def health(self) -> Health: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def encyclopedia(self) -> Encyclopedia: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def mine(self) -> MineClient: ...


@st.cache_resource(show_spinner=False)
def _client(address: str) -> ApiClient:
    return ApiClient(address)


def service() -> Service:
    """The running API. Nothing is sent until a method is called; an unreachable API raises ServerUnavailable."""
    return _client(os.environ.get(ADDRESS) or DEFAULT_ADDRESS)
