"""Labels (控件文字) that Streamlit reads as Markdown, for words that are not."""

from __future__ import annotations

_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&")


def plain(words: str) -> str:
    """The words with every character escaped that Markdown could read, on one line."""
    return "".join(f"\\{char}" if char in _MARKDOWN else char for char in " ".join(words.split()))
