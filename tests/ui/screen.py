"""What a test sees of the page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
"""Words that would do something if they ever became markup."""


def shown(at: AppTest) -> str:
    """All HTML of the page as sent to the browser, without the style sheet."""
    return "\n".join(html.value for html in at.html if not html.value.startswith("<style>"))
