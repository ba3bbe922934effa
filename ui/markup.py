"""HTML of the page (页面标记), as pure functions. Every word from outside passes ``html.escape`` here, once.

``st.html`` cleans what it gets once more, but the rule is that nothing needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ui.words import Badge

Span = tuple[int, int]


def text(words: str) -> str:
    """Words from outside (questions, law text, messages), safe between tags and inside quoted attributes."""
    return escape(words, quote=True)


def element(tag: str, inner: str, css: str = "", **attributes: str) -> str:
    """A tag around HTML that is already safe; attribute values are escaped here."""
    given = {"class": css, **{name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}}
    written = "".join(f' {name}="{text(value)}"' for name, value in given.items() if value)
    return f"<{tag}{written}>{inner}</{tag}>"


def block(*parts: str, css: str = "", role: str = "") -> str:
    """A whole piece of the page, in Chinese so that the browser takes Chinese letter forms."""
    return element("div", "".join(parts), f"ea {css}".strip(), lang="zh-CN", role=role)


def badge(shown: Badge) -> str:
    """The state of a provision (时效状态) in colour."""
    return element("span", text(shown.words), f"ea-badge ea-{shown.tone}")


def tag(words: str) -> str:
    """A quiet label: rank, region."""
    return element("span", text(words), "ea-tag")


def marked(words: str, marks: Mapping[str, Iterable[Span]]) -> str:
    """Words with spans marked: CSS class to half-open spans, which may overlap. Out-of-range parts are ignored."""
    covering: list[set[str]] = [set() for _ in words]
    for css, spans in marks.items():
        for start, end in spans:
            for classes in covering[max(0, start) : max(0, end)]:
                classes.add(css)
    pieces: list[str] = []
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or covering[end] != covering[start]:
            piece = text(words[start:end])
            pieces.append(element("span", piece, " ".join(sorted(covering[start]))) if covering[start] else piece)
            start = end
    return "".join(pieces)


def provision_text(words: str, marks: Mapping[str, Sequence[Span]]) -> str:
    """The words of a provision as printed in law: each line an indented paragraph, spans marked."""
    paragraphs: list[str] = []
    start = 0
    for line in words.split("\n"):
        end = start + len(line)
        within = {
            css: [(a - start, min(b, end) - start) for a, b in spans if b > start] for css, spans in marks.items()
        }
        paragraphs.append(element("p", marked(line, within)))
        start = end + 1
    return element("div", "".join(paragraphs), "ea-law")


def occurrences(words: str, part: str) -> list[Span]:
    """Where a verbatim part stands in the words; overlapping finds count once."""
    spans: list[Span] = []
    at = words.find(part) if part else -1
    while at >= 0:
        spans.append((at, at + len(part)))
        at = words.find(part, at + len(part))
    return spans
