"""Words of a Markdown line (Markdown行内文字): markup taken off by markdown-it, the words left as they are.

Only a line that shows markup is parsed; most lines of a law show none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.superscripts import raised

LONGEST = 50_000
"""Most characters of a line that is parsed for markup; the longest article of a real law has about 10,000."""

_MARKUP = re.compile(r"[*_`\\\[<&~]|:[a-z_]+:")
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):[a-z][a-z_+-]{1,30}:(?![A-Za-z0-9])")
_ATTRIBUTES = re.compile(r"(?<=\))\{[^{}\n]*\}")
_STARS = re.compile(r"\*\*([^*]+)\*\*")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_HTML_TAGS = (
    "a abbr article aside b big blockquote body br center cite code col dd del details div dl dt em embed figcaption "
    "figure font footer h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link main mark meta "
    "nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead title tr tt "
    "u ul var video wbr audio source object o:p"
)
_HTML_NAMES = frozenset(_HTML_TAGS.split())
_JUMPS = frozenset({"查看原文", "查看全文", "返回顶部", "返回目录", "回到顶部", "原文链接", "点击查看"})
_COMPONENT_TEXT = re.compile(r"\b(?:text|title|label)=\"([^\"]*)\"")

_PARSER = MarkdownIt("commonmark", {"html": True})


@dataclass(slots=True)
class Inline:
    """Words of one line (行内文字); ``breaks`` stand in it as ``\\n``. What was left out is named for the notes."""

    text: str
    links: int = 0
    stripped: list[str] = field(default_factory=list)  # 查看原文 and the words of page components
    images: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    level: int | None = None
    centred: bool = False


def has_markup(line: str) -> bool:
    """Whether ``line`` is to be parsed: it holds a character with which markup begins, and is of a sane length."""
    return len(line) <= LONGEST and _MARKUP.search(line) is not None


def read_inline(line: str) -> Inline:
    """The words of ``line`` without emphasis, links, code marks, escapes, entities and HTML tags."""
    result = Inline("")
    source = _ATTRIBUTES.sub("", _EMOJI.sub("", line))
    parts: list[str] = []
    sup: list[str] | None = None
    link: list[str] | None = None
    for token in _tokens(source):
        out = sup if sup is not None else link if link is not None else parts
        if token.type in ("text", "code_inline", "text_special"):
            out.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.type == "image":
            result.images.append(f"{token.content}（{str(token.attrs.get('src', ''))[:200]}）")
        elif token.type == "link_open":
            result.links += 1
            link = []
        elif token.type == "link_close" and link is not None:
            words = "".join(link)
            if words.strip() in _JUMPS:
                result.stripped.append(words)
            else:
                parts.append(words)
            link = None
        elif token.type == "html_inline":
            name = _tag(token.content, out, result)
            if name == "sup":
                sup = []
            elif name == "/sup" and sup is not None:
                (link if link is not None else parts).append(raised("".join(sup)))
                sup = None
    result.text = _STARS.sub(r"\1", "".join([*parts, *(link or ()), *(sup or ())]))
    return result


def _tokens(source: str) -> list[Token]:
    return [child for token in _PARSER.parseInline(source) for child in token.children or ()]


def _tag(tag: str, out: list[str], result: Inline) -> str:
    """What an HTML tag does to the words: a break, a level, nothing; unknown ones are words (浓度<COD>)."""
    if tag.startswith("<!--"):
        return ""
    match = _TAG.match(tag)
    name = match[2].lower() if match else ""
    closing = bool(match and match[1])
    if name not in _HTML_NAMES:
        return _unknown(tag, out, result)
    if name in ("br", "p", "div", "li", "tr", "dd", "dt", "section") or name.startswith("h"):
        out.append("\n")
    if name[0] == "h" and name[1:] in "123456" and len(name) == 2 and not closing:
        result.level = int(name[1])
    if name == "center" or (not closing and re.search(r"text-align:\s*center|align=\"?center", tag, re.I)):
        result.centred = True
    if name == "img":
        result.images.append(tag[:200])
    if name in ("del", "s", "strike") and not closing:
        result.struck.append(tag)
    return f"/{name}" if closing else name


def _unknown(tag: str, out: list[str], result: Inline) -> str:
    words = _COMPONENT_TEXT.findall(tag)
    if words:
        result.stripped.extend(words)
    elif "=" in tag or tag.endswith("/>"):
        result.stripped.append(tag)
    else:
        out.append(tag)
    return ""
