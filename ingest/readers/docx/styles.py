"""Styles of a Word file (样式): heading level, centring, numbering and hiding, inherited along ``basedOn``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx.package import W, is_on, value

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)$", re.I)
_TITLE_NAMES = frozenset({"title", "标题"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says (段落样式), inheritance resolved; ``level`` counts from 1."""

    name: str = ""
    level: int | None = None
    title: bool = False
    contents: bool = False
    centred: bool | None = None
    hidden: bool = False
    number: tuple[str, int | None] | None = None  # numId, ilvl


_PLAIN = Style()


class Styles:
    """The styles by id; a paragraph without style has the default one."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else root.findall(f"{W}style")
        self._elements = {value(e, "styleId") or "": e for e in elements}
        self._known: dict[str, Style] = {}
        self._default = next(
            (
                value(e, "styleId") or ""
                for e in elements
                if value(e, "type") == "paragraph" and value(e, "default") in ("1", "true")
            ),
            "",
        )

    def get(self, style_id: str | None) -> Style:
        """The style of a paragraph (or run) that names ``style_id``, the default style for None."""
        return self._resolve(self._default if style_id is None else style_id, 0)

    def number_of(self, style_id: str) -> str | None:
        """numId of a numbering style, to which an abstract numbering may point."""
        number = self.get(style_id).number
        return number[0] if number else None

    def _resolve(self, style_id: str, depth: int) -> Style:
        known = self._known.get(style_id)
        if known is not None:
            return known
        element = self._elements.get(style_id)
        if element is None or depth > 20:
            return _PLAIN
        base_id = value(element.find(f"{W}basedOn"))
        base = self._resolve(base_id, depth + 1) if base_id else _PLAIN
        style = _read(element, base)
        self._known[style_id] = style
        return style


def _read(element: etree._Element, base: Style) -> Style:
    name = (value(element.find(f"{W}name")) or "").strip()
    properties = element.find(f"{W}pPr")
    run = element.find(f"{W}rPr")
    heading = _HEADING_NAME.match(name)
    level = int(heading[1]) if heading else base.level
    centred, number = base.centred, base.number
    if properties is not None:
        level = outline_level(properties, level)
        centred = centring(properties, centred)
        number = numbering(properties) or number
    return Style(
        name=name,
        level=level,
        title=name.lower() in _TITLE_NAMES or (base.title and not name.lower().startswith("subtitle")),
        contents=_CONTENTS_NAME.match(name) is not None,
        centred=centred,
        hidden=(is_on(run.find(f"{W}vanish")) if run is not None else False) or base.hidden,
        number=number,
    )


def outline_level(properties: etree._Element, inherited: int | None) -> int | None:
    """Heading level of paragraph properties: w:outlineLvl 0–8 is 1–9, 9 is body text."""
    text = value(properties.find(f"{W}outlineLvl"))
    if text is None or not text.isdecimal():
        return inherited
    return int(text) + 1 if int(text) < 9 else None


def centring(properties: etree._Element, inherited: bool | None) -> bool | None:
    """Whether the paragraph is centred, None where nothing says so."""
    text = value(properties.find(f"{W}jc"))
    return inherited if text is None else text == "center"


def numbering(properties: etree._Element) -> tuple[str, int | None] | None:
    """numId and level of paragraph properties; numId ``0`` takes an inherited number away."""
    element = properties.find(f"{W}numPr")
    if element is None:
        return None
    number, level = value(element.find(f"{W}numId")), value(element.find(f"{W}ilvl"))
    if number is None:
        return None
    return number, int(level) if level and level.isdecimal() else None
