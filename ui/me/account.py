"""One's own account (账户), where accounts are on."""

from __future__ import annotations

import streamlit as st

from assistant.accounts.roles import Permission
from ui.accounts import show_accounts, show_my_account
from ui.connection import service


def show_account() -> None:
    show_my_account()
    me = service().me()
    if me.accounts and me.may(Permission.MANAGE_ACCOUNTS):
        st.divider()
        show_accounts()
