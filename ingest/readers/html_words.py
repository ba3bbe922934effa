"""Words of an HTML element (网页元素的文字): white space as a browser shows it, line breaks where blocks begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.readers.superscripts import raised

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul"
)
_SILENT_NAMES = "script style noscript template head iframe object embed applet svg canvas audio video map"
BLOCKS = frozenset(_BLOCK_NAMES.split())
SILENT = frozenset(_SILENT_NAMES.split())

_INLINE = ("font", "span", "b", "i", "u", "strong", "em", "big", "small")
_DEEPEST = 200

_BLANK = re.compile(r"[ \t\n\r\f]+")
_CHINESE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])[ \t]*\n[ \t\n]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)


def parse_html(text: str) -> html.HtmlElement:
    """The tree of an HTML text; raises ValueError or lxml's ParserError for a text without any element."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = html.document_fromstring(source.encode("utf-8", "backslashreplace"), parser=parser)
    if _is_deep(root):  # <font> never closed, a hundred times over
        etree.strip_tags(root, *_INLINE)
    return root


def _is_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def tag_of(element: etree._Element) -> str:
    """Lower-case name of an element, empty for comments and other things that are none."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def squeeze(text: str) -> str:
    """``text`` with white space as shown: a line break between Chinese characters is none, other runs are one blank."""
    return _BLANK.sub(" ", _CHINESE_BREAK.sub("", text)).strip(" ")


def lines_of(element: etree._Element) -> list[str]:
    """The words of an element, one string for each line that a browser would show; no empty ones."""
    chunks = "".join(_pieces(element)).split("\v")
    return [line for line in (squeeze(chunk).strip() for chunk in chunks) if line]


def _pieces(element: etree._Element) -> Iterator[str]:
    """Text pieces in order; a vertical tab (which the words never hold) marks where a new line begins."""
    name = tag_of(element)
    if name in SILENT or not name:
        return
    if name in BLOCKS:
        yield "\v"
    if name == "sup":
        yield raised("".join(element.itertext()).strip())
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail
    if name in BLOCKS:
        yield "\v"
