"""Automatic numbers (自动编号): the 第一条, 一、 or （一） that Word prints and that stands in no run of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from corpus.numerals import format_number
from ingest.readers.docx.package import W, is_on, value
from ingest.readers.docx.styles import Styles

_PLACEHOLDER = re.compile(r"%([1-9])")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_BANKER = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_NEEDS_BLANK = re.compile(r"[条章节编款部\w]$")
_MOST = 100_000


def _roman(n: int) -> str:
    text = ""
    for size, letters in (*_ROMAN, *_ROMAN_LOW):
        text += letters * (n // size)
        n %= size
    return text


def _letter(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)]


def _circled(n: int) -> str:
    return chr(0x2460 + n - 1) if n <= 20 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "chineseCounting": format_number,
    "chineseCountingThousand": format_number,
    "japaneseCounting": format_number,
    "taiwaneseCounting": format_number,
    "taiwaneseCountingThousand": format_number,
    "ideographDigital": format_number,
    "japaneseDigitalTenThousand": format_number,
    "taiwaneseDigital": format_number,
    "koreanDigital2": format_number,
    "chineseLegalSimplified": lambda n: format_number(n).translate(_BANKER),
    "ideographLegalTraditional": lambda n: format_number(n).translate(_BANKER),
    "japaneseLegal": lambda n: format_number(n).translate(_BANKER),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int | None  # w:lvlRestart: 0 never, k after level k; None after any higher level
    legal: bool  # w:isLgl: all numbers decimal
    style: str | None


class Numbering:
    """The counters of one document; ``label`` must be asked once for each numbered paragraph, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._applied: set[tuple[str, int]] = set()
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root, styles)

    def label(self, number: str, level: int | None, style: str | None) -> str:
        """The text that Word prints before the paragraph, with its blank; empty for bullets and unknown lists."""
        levels = self._levels_of(number)
        if not levels:
            return ""
        if level is None:
            level = next((i for i, one in levels.items() if style is not None and one.style == style), 0)
        rule = levels.get(level)
        if rule is None:
            return ""
        counts = self._advance(number, level, levels, rule)
        if rule.format == "bullet" or not rule.text:
            return ""

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, rule)
            form = "decimal" if rule.legal and at != level else other.format
            return _FORMATS.get(form, str)(counts.get(at, other.start))

        text = _PLACEHOLDER.sub(printed, rule.text)
        return text + "　" if text and _NEEDS_BLANK.search(text) else text

    def _levels_of(self, number: str) -> dict[int, _Level]:
        base = self._levels.get(self._abstract.get(number, ""), {})
        own = self._own.get(number)
        return {**base, **own} if own else base

    def _advance(self, number: str, level: int, levels: dict[int, _Level], rule: _Level) -> dict[int, int]:
        counts = self._counts.setdefault(self._abstract.get(number, number), {})
        override = self._starts.get(number, {}).get(level)
        if override is not None and (number, level) not in self._applied:
            self._applied.add((number, level))
            counts[level] = override
        else:
            counts[level] = min(counts[level] + 1, _MOST) if level in counts else rule.start
        for deeper in [at for at in counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return counts

    def _read(self, root: etree._Element, styles: Styles) -> None:
        links: dict[str, str] = {}
        for element in root.findall(f"{W}abstractNum"):
            name = value(element, "abstractNumId") or ""
            self._levels[name] = _levels(element)
            link = value(element.find(f"{W}numStyleLink"))
            if link:
                links[name] = link
        for element in root.findall(f"{W}num"):
            name = value(element, "numId") or ""
            self._abstract[name] = value(element.find(f"{W}abstractNumId")) or ""
            for override in element.findall(f"{W}lvlOverride"):
                at = _integer(value(override, "ilvl"), 0)
                start = value(override.find(f"{W}startOverride"))
                if start is not None:
                    self._starts.setdefault(name, {})[at] = _integer(start, 1)
                self._own.setdefault(name, {}).update(_levels(override))
        for name, style in links.items():
            target = styles.number_of(style)
            if target is not None and not self._levels[name]:
                self._levels[name] = self._levels.get(self._abstract.get(target, ""), {})


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {_integer(value(e, "ilvl"), 0): _level(e) for e in element.findall(f"{W}lvl")}


def _level(element: etree._Element) -> _Level:
    form = value(element.find(f"{W}numFmt")) or "decimal"
    restart = value(element.find(f"{W}lvlRestart"))
    return _Level(
        start=_integer(value(element.find(f"{W}start")), 1),
        format=form,
        text=value(element.find(f"{W}lvlText")) or "",
        restart=None if restart is None else _integer(restart, 0),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value(element.find(f"{W}pStyle")),
    )


def _integer(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST) if text and text.isdecimal() else otherwise
