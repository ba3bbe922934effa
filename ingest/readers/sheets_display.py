"""Numbers and dates of a spreadsheet as its reader sees them (单元格显示值): 0.3 under ``0%`` is 30%, not 0.3.

A format that is not understood falls back to the plain number, so that no digit is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Moment = dt.datetime | dt.date | dt.time | dt.timedelta

_COLOUR_OR_LOCALE = re.compile(r"\[(?:\$([^\]-]*)[^\]]*|[A-Za-z]+\d*|DBNum\d)\]")
_PIECE = re.compile(r'"[^"]*"|\\.|_.|\*.|[^"\\_*]')
_CORE = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]+)?")
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|y+|m+|d+|h+|s+|a{3,4}|AM/PM|A/P|上午/下午|.', re.IGNORECASE)
_GENERAL_DIGITS = 11  # digits that a plain cell shows; more are the noise of binary fractions
_WEEKDAYS = "一二三四五六日"


def displayed_number(value: float, pattern: str) -> str:
    """A number under its number format: ``(12000, '#,##0.00')`` is ``12,000.00``, ``(1.0, 'General')`` is ``1``."""
    sections = _sections(pattern)
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    else:
        section = sections[0]
    formatted = _under_section(value, section)
    return plain_number(value) if formatted is None else formatted


def plain_number(value: float) -> str:
    """A number without format: whole numbers without a point, at most eleven significant digits of a fraction."""
    if value == int(value) if abs(value) < 1e300 else False:
        return str(int(value))
    try:
        shortened = Decimal(f"{value:.{_GENERAL_DIGITS}g}")
    except InvalidOperation:
        return str(value)
    text = format(shortened, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def displayed_moment(value: Moment, pattern: str) -> str:
    """A date or time under its format; a date whose format abbreviates the year is written in full (2026-01-02).

    The abbreviated forms are those whose order depends on the machine that shows them (01-02-26).
    """
    if isinstance(value, dt.timedelta):
        return str(value)
    if isinstance(value, dt.time):
        return value.isoformat("minutes" if value.second == 0 else "seconds")
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    tokens = [m.group() for m in _DATE_TOKEN.finditer(_COLOUR_OR_LOCALE.sub("", pattern.split(";")[0]))]
    letters = {token[0].lower() for token in tokens}
    full_year = any(token.lower().startswith("yyy") for token in tokens)
    if "[" in letters or not letters & set("ymdhs") or ("y" in letters and not full_year) or "mmm" in pattern.lower():
        day = moment.date().isoformat()
        return day if moment.time() == dt.time() else f"{day} {moment.time().isoformat('minutes')}"
    return "".join(_date_piece(tokens, at, moment) for at in range(len(tokens))).strip()


def _sections(pattern: str) -> list[str]:
    """Positive, negative, zero, text: the parts of a format between semicolons outside quotes."""
    sections = [""]
    for piece in _PIECE.findall(pattern):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _under_section(value: float, section: str) -> str | None:
    """The number under one section, None where the section asks for more than digits, marks and literals."""
    section = _COLOUR_OR_LOCALE.sub(lambda m: m.group(1) or "", section)
    if section.strip().lower() in ("general", "@", "g/通用格式", ""):
        return None
    pieces = _PIECE.findall(section)
    codes = "".join(p for p in pieces if len(p) == 1)
    core = _CORE.search(codes)
    if core is None:
        return _literal(pieces) if codes.strip(" -") == "" else None  # 0;-0;"无" shows a zero in words
    if re.search(r"[\[\]/E]", codes):
        return None
    before, digits, after = _around_core(pieces)
    if _CORE.search("".join(p for p in after if len(p) == 1)):
        return None  # digits in two places: a telephone number, a fraction
    scale = Decimal(100) ** codes.count("%") / Decimal(1000) ** _trailing_commas(after)
    try:
        scaled = Decimal(repr(value)) * scale
    except InvalidOperation:
        return None
    return _literal(before) + _digits(scaled, digits) + _literal(after).replace(",", "")


def _around_core(pieces: list[str]) -> tuple[list[str], str, list[str]]:
    start = next(n for n, piece in enumerate(pieces) if piece in ("#", "0", "?"))
    end = start
    while end < len(pieces) and pieces[end] in ("#", "0", "?", ",", "."):
        end += 1
    core = "".join(pieces[start:end])
    kept = core.rstrip(",")
    return pieces[:start], kept, [*("," * (len(core) - len(kept))), *pieces[end:]]


def _trailing_commas(after: list[str]) -> int:
    """Commas right behind the digits divide by a thousand each."""
    count = 0
    while count < len(after) and after[count] == ",":
        count += 1
    return count


def _digits(value: Decimal, core: str) -> str:
    whole, _, fraction = core.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    sign, text = ("-", format(-rounded, "f")) if rounded < 0 else ("", format(rounded, "f"))
    integer, _, decimals = text.partition(".")
    integer = integer.zfill(sum(c == "0" for c in whole))
    if "," in whole:
        integer = f"{int(integer):,}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional - 1
    return sign + integer + (f".{decimals}" if decimals else "")


def _literal(pieces: list[str]) -> str:
    words = []
    for piece in pieces:
        if piece[0] == '"':
            words.append(piece[1:-1])
        elif piece[0] == "\\":
            words.append(piece[1])
        elif piece[0] in "_*" and len(piece) == 2:
            continue
        else:
            words.append(piece)
    return "".join(words).strip()


def _date_piece(tokens: list[str], at: int, moment: dt.datetime) -> str:
    token = tokens[at]
    kind, length = token[0].lower(), len(token)
    if kind == '"':
        return token[1:-1]
    if kind == "\\":
        return token[1]
    if kind in "_*" and length == 2:
        return ""
    if token.upper() in ("AM/PM", "A/P", "上午/下午"):
        return "上午" if moment.hour < 12 else "下午"
    if kind == "m" and _is_minute(tokens, at):
        return f"{moment.minute:02d}" if length > 1 else str(moment.minute)
    if kind == "a" and length > 2:
        return ("星期" if length == 4 else "") + _WEEKDAYS[moment.weekday()]
    if kind == "h" and any("/" in t and len(t) > 1 for t in tokens):
        return f"{(moment.hour - 1) % 12 + 1:0{min(length, 2)}d}"
    numbers = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    return f"{numbers[kind]:0{length if kind == 'y' else min(length, 2)}d}" if kind in numbers else token


def _is_minute(tokens: list[str], at: int) -> bool:
    """``m`` is a minute next to hours or seconds (h:mm, mm:ss), a month elsewhere."""
    before = next((t[0].lower() for t in reversed(tokens[:at]) if t[0].lower() in "ymdhs"), "")
    after = next((t[0].lower() for t in tokens[at + 1 :] if t[0].lower() in "ymdhs"), "")
    return before == "h" or after == "s"
