"""Accounts on the screen (账户页面): one's own (``own``), and everybody's for administrators (``everybody``)."""

from ui.accounts.everybody import show_accounts
from ui.accounts.own import show_my_account

__all__ = ["show_accounts", "show_my_account"]
