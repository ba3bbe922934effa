"""Words of a paragraph (段落文字): runs in order, with what Word shows and hides told apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.package import W, is_on, value
from ingest.readers.docx.styles import Styles
from ingest.readers.superscripts import raised

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_SYMBOLS = {
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "□",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x2A): "□",
    ("wingdings 2", 0xA3): "□",
    ("wingdings 2", 0x30): "□",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x54): "☒",
    ("wingdings 2", 0x50): "✓",
}
_SKIPPED_NAMES = (
    "pPr rPr instrText delInstrText fldData rt rubyPr sdtPr sdtEndPr proofErr bookmarkStart bookmarkEnd "
    "annotationRef footnoteRef endnoteRef separator continuationSeparator lastRenderedPageBreak del moveFrom"
)
_SKIPPED = frozenset(W + name for name in _SKIPPED_NAMES.split())
_GRAPHICS = frozenset({W + "drawing", W + "pict", W + "object"})


@dataclass(slots=True)
class Words:
    """What one paragraph holds (一段的内容): ``text`` with ``\\n`` for line breaks, and what does not stand in it."""

    parts: list[str] = field(default_factory=list)
    pages: int = 0  # rendered page breaks inside
    pages_before: int = 0  # those before the first word
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: bool = False
    boxes: list[etree._Element] = field(default_factory=list)  # w:txbxContent
    pictures: list[str] = field(default_factory=list)
    objects: int = 0
    formulas: int = 0
    symbols: list[str] = field(default_factory=list)  # of fonts that are not known
    footnotes: list[str] = field(default_factory=list)  # ids

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_words(paragraph: etree._Element, styles: Styles) -> Words:
    """The words of a ``w:p``: insertions accepted, deletions, hidden words, boxes and pictures set apart."""
    words = Words()
    _children(paragraph, words, styles)
    return words


def _children(element: etree._Element, words: Words, styles: Styles) -> None:
    for child in element:
        _read(child, words, styles)


def _read(element: etree._Element, words: Words, styles: Styles) -> None:
    tag = element.tag
    if tag == W + "r":
        _run(element, words, styles)
    elif tag in (W + "del", W + "moveFrom"):
        words.deleted.append("".join(t.text or "" for t in element.iter(W + "delText", W + "t")))
    elif tag in _SKIPPED or tag == _FALLBACK or not isinstance(tag, str):
        return
    elif tag in (W + "ins", W + "moveTo"):
        words.inserted = True
        _children(element, words, styles)
    elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
        words.formulas += 1
        words.parts.append("".join(t.text or "" for t in element.iter(_MATH + "t")))
    elif tag in _GRAPHICS:
        _graphic(element, words)
    elif tag == W + "ruby":
        for base in element.iter(W + "rubyBase"):
            _children(base, words, styles)
    else:  # hyperlink, sdt, smartTag, fldSimple, customXml and what later versions add: their words count
        _children(element, words, styles)


def _run(run: etree._Element, words: Words, styles: Styles) -> None:
    properties = run.find(W + "rPr")
    own = Words()
    _content(run, own, styles)
    text = own.text
    words.pages += own.pages
    if own.pages and not words.text.strip():
        words.pages_before = words.pages
    words.boxes += own.boxes
    words.pictures += own.pictures
    words.objects += own.objects
    words.symbols += own.symbols
    words.footnotes += own.footnotes
    words.formulas += own.formulas
    words.deleted += own.deleted
    if text and _is_hidden(properties, styles):
        words.hidden.append(text)
        return
    if properties is not None and text:
        if value(properties.find(W + "vertAlign")) == "superscript":
            text = raised(text)
        if not text.strip() and "\n" not in text and _is_underlined(properties):
            text = "_" * max(2, len(text))
    words.parts.append(text)


def _is_hidden(properties: etree._Element | None, styles: Styles) -> bool:
    if properties is None:
        return False
    own = properties.find(W + "vanish")
    if own is not None:
        return is_on(own)
    style = value(properties.find(W + "rStyle"))
    return style is not None and styles.get(style).hidden


def _is_underlined(properties: etree._Element) -> bool:
    return (value(properties.find(W + "u")) or "none") != "none"


def _content(run: etree._Element, words: Words, styles: Styles) -> None:
    for child in run:
        tag = child.tag
        if tag == W + "t":
            words.parts.append(child.text or "")
        elif tag == W + "tab" or tag == W + "ptab":
            words.parts.append("　")
        elif tag == W + "br" or tag == W + "cr":
            words.parts.append("\n")
        elif tag == W + "noBreakHyphen":
            words.parts.append("-")
        elif tag == W + "sym":
            _symbol(child, words)
        elif tag == W + "lastRenderedPageBreak":
            words.pages += 1
        elif tag == W + "delText":
            words.deleted.append(child.text or "")
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            words.footnotes.append(f"{tag[len(W) : -len('Reference')]}:{value(child, 'id')}")
        elif tag == W + "fldChar":
            _form_field(child, words)
        elif tag in _GRAPHICS or tag.endswith("}AlternateContent"):
            _graphic(child, words)
        elif tag not in _SKIPPED:
            _read(child, words, styles)


def _symbol(element: etree._Element, words: Words) -> None:
    font, code = (value(element, "font") or "").lower(), value(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return
    known = _SYMBOLS.get((font, number & 0xFF)) if number >= 0xF000 or number < 0x100 else None
    if known is None:
        known = chr(number) if 0x20 < number < 0xE000 else "□"
        words.symbols.append(f"{font} {code}")
    words.parts.append(known)


def _form_field(element: etree._Element, words: Words) -> None:
    """The box of a form field 复选框, which no run of text holds."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = box.find(W + "checked")
        ticked = is_on(checked) if checked is not None else is_on(box.find(W + "default"))
        words.parts.append("☑" if ticked else "□")


def _graphic(element: etree._Element, words: Words) -> None:
    """Text boxes inside a drawing are kept for reading, a drawing without words is a picture."""
    boxes = [box for box in element.iter(W + "txbxContent") if not _in_fallback(box, element)]
    outer = [box for box in boxes if not any(up in boxes for up in box.iterancestors())]
    words.boxes += outer
    if element.tag == W + "object":
        words.objects += 1
    elif not outer and any(e.tag.endswith(("}blip", "}imagedata")) for e in element.iter() if isinstance(e.tag, str)):
        names = [d.get("descr") or d.get("name") or "" for d in element.iter(_DRAWING)]
        words.pictures.append(" ".join(filter(None, names)))


def _in_fallback(box: etree._Element, top: etree._Element) -> bool:
    for up in box.iterancestors():
        if up.tag == _FALLBACK:
            return True
        if up is top:
            return False
    return False
