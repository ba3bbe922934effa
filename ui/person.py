"""Who is in front of the screen (当前用户), asked anew at each run of the page: rights may change at any moment."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import streamlit as st

from assistant.accounts.contract import Me
from assistant.accounts.roles import ROLE_ZH
from corpus.errors import EAssistantError, NotAuthenticated
from ui.connection import service
from ui.links import ENCYCLOPEDIA, href, link
from ui.markup import block, element, text

_OWNER = "person"


def visitor() -> Me | None:
    """The person; None when the service cannot be asked, which each page says in its own words.

    Whoever is logged in no longer is led to the log-in page, and sees nothing of what was on the screen.
    """
    try:
        me = service().me()
    except NotAuthenticated:
        st.session_state.clear()
        st.html(expired_html(_here()))
        st.stop()
    except EAssistantError:
        return None
    if st.session_state.setdefault(_OWNER, me.id) != me.id:  # somebody else logged in, in another tab of this browser
        st.session_state.clear()
        st.session_state[_OWNER] = me.id
    return me


def expired_html(here: str) -> str:
    """The notice of somebody whose session is over, with the way back in."""
    return block(
        element("div", text("登录已过期"), "ea-notice-title"),
        element("div", text("为保护办案信息，请重新登录。登录后回到这一页。")),
        element(
            "p", element("a", text("重新登录"), "ea-choice", href=f"/login?note=expired&next={quote(here, safe='')}")
        ),
        css="ea-notice ea-wait",
        role="alert",
    )


def person_html(me: Me) -> str:
    """The quiet line that says who is logged in, with the way out."""
    words = " · ".join(filter(None, (me.name, me.department)))
    return block(
        element("span", text(words)), " ", element("a", text("退出"), href="/logout"), css="ea-quiet ea-person"
    )


def show_no_right(title: str, me: Me) -> None:
    """For somebody who opened the address of a page that is not theirs, with the way on."""
    st.html(no_right_html(title, me))


def no_right_html(title: str, me: Me) -> str:
    words = f"“{title}”不对{ROLE_ZH[me.role]}开放。确有需要的，请联系本单位管理员。"
    return block(
        element("div", text("您没有使用这一页的权限"), "ea-notice-title"),
        element("div", text(words)),
        element("p", link("回到问答", href("./", {})) + " · " + link("到百科查找", ENCYCLOPEDIA)),
        css="ea-notice ea-refusal",
        role="alert",
    )


def _here() -> str:
    parts = urlsplit(st.context.url or "/")
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
