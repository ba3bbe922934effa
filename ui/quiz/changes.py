"""What changed of words (文字变动): before and after side by side, one under the other on a phone."""

from __future__ import annotations

from assistant.quiz.contract import Blocked
from corpus.comparison import EditKind, compare_words
from ui.markup import Span, element, provision_text, text


def blocked_html(blocked: Blocked) -> str:
    """Why an item may not be used for now, with the change of its provision."""
    since = f"（{blocked.since:%Y-%m-%d} 起）" if blocked.since else ""
    named = f"{blocked.citation}：" if blocked.citation else ""
    words = element("div", text(f"{named}{blocked.reason}{since}"), "ea-notice-title")
    return element("div", words + sides_html(blocked.before, blocked.after), "ea-notice ea-refusal")


def sides_html(before: str, after: str, gone: str = "现在没有对应的条文。") -> str:
    """Both wordings with what was taken out and what was put in marked; nothing where neither is known."""
    if not (before or after):
        return ""
    removed, added = marks_of(before, after) if before and after else ([], [])
    left = _side("原文", before, "ea-removed", removed, "没有保存当时的文字。")
    right = _side("现文", after, "ea-added", added, gone)
    return element("div", left + right, "ea-sides")


def marks_of(before: str, after: str) -> tuple[list[Span], list[Span]]:
    """Spans of the old words that are gone, and of the new words that were added."""
    removed: list[Span] = []
    added: list[Span] = []
    old = new = 0
    for edit in compare_words(before, after):
        length = len(edit.text)
        if edit.kind is not EditKind.ADDED:
            removed += [(old, old + length)] if edit.kind is EditKind.REMOVED else []
            old += length
        if edit.kind is not EditKind.REMOVED:
            added += [(new, new + length)] if edit.kind is EditKind.ADDED else []
            new += length
    return removed, added


def _side(title: str, words: str, css: str, spans: list[Span], missing: str) -> str:
    inner = provision_text(words, {css: spans}) if words else element("div", text(missing), "ea-quiet")
    return element("div", element("div", title, "ea-label") + inner, "ea-side")
