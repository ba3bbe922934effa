"""Encoding of a text (文字编码): found from the bytes, recorded, and no byte dropped.

UTF-8 is proved by decoding; between UTF-16, GB18030 and Big5 the one decides under which the most characters are
common ones (GB 2312 level 1, Big5 level 1). Bytes that cannot be decoded stand in the text as ``\\xNN``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from ingest.readers.model import Note, NoteKind, Place

BINARY: Final = None
"""What ``guess`` says of bytes that are no text."""

ENCODING_ZH = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8（带BOM）",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "gb18030": "GB18030",
    "big5": "Big5",
}

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_MOST_PLACES = 20


def _level_one(encoding: str, leads: range, trails: tuple[range, ...]) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for row in trails for trail in row)
    return frozenset("".join(pair.decode(encoding, "ignore") for pair in pairs))


_PUNCTUATION = frozenset("，。；：、！？“”‘’（）《》〈〉〔〕【】［］—…·　－％．／～")
_SIMPLIFIED = _level_one("gb2312", range(0xB0, 0xD8), (range(0xA1, 0xFF),)) | _PUNCTUATION
_TRADITIONAL = _level_one("big5", range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF))) | _PUNCTUATION
_COMMON = _SIMPLIFIED | _TRADITIONAL
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in (解码结果) and what there is to say about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def guess(data: bytes) -> str | None:
    """The encoding of ``data`` as Python names it, or ``BINARY`` for bytes that are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    sample = _telling(data)
    if b"\x00" not in sample.rstrip(b"\x00") and _is_utf8(data):
        return "utf-8" if _control_share(sample.rstrip(b"\x00").decode("utf-8", "ignore")) < 0.05 else BINARY
    scores = {encoding: _score(sample, encoding) for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= 0.3 else BINARY


def _telling(data: bytes) -> bytes:
    """The stretch of bytes that tells encodings apart: from the first one that is not ASCII on."""
    first = _NOT_ASCII.search(data)
    start = max(first.start() - 200, 0) // 4 * 4 if first and first.start() > _SAMPLE // 2 else 0
    return data[start : start + _SAMPLE]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / len(text) if text else 0.0


def _score(sample: bytes, encoding: str) -> float:
    """Share of characters that a Chinese text would have under ``encoding``; below 0.3 it is none."""
    wide = encoding.startswith("utf-16")
    text = sample[: len(sample) // 2 * 2 if wide else None].decode(encoding, "replace")
    if not text:
        return 0.0
    common = _TRADITIONAL if encoding == "big5" else _SIMPLIFIED if encoding == "gb18030" else _COMMON
    ascii_text = sum(1 for c in text if " " <= c <= "~" or c in "\t\r\n")
    foreign = [c for c in text if c > "~"]
    if wide and ascii_text == len(text):
        return 1.0 if b"\x00" in sample else 0.0
    good = sum(1 for c in foreign if c in common)
    bad = len(text) - ascii_text - good
    if not foreign:
        return 1.0 - 10 * bad / len(text)
    return (good - 0.2 * bad) / (len(text) - ascii_text) - 5 * _control_share(text)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """``data`` as text: in ``encoding`` where the file states one that holds, else as ``guess`` finds.

    Undecodable bytes become ``\\xNN``, each run of them told with its line; line breaks are kept as they are.
    """
    name = encoding or guess(data) or "gb18030"
    label = ENCODING_ZH.get(name, name)
    notes = [] if name == "utf-8" else [Note(NoteKind.ENCODING, f"文字编码为{label}。")]
    for bom, _ in _BOMS:
        if data.startswith(bom):
            data = data[len(bom) :]
            break
    if name in ("utf-8", "utf-8-sig", "gb18030", "big5"):
        text = data.decode("utf-8" if name == "utf-8-sig" else name, "surrogateescape")
        text, faults = _escape(text, label)
    else:
        text = data.decode(name, "backslashreplace")
        faults = _wide_faults(data, name, label)
    return Decoded(text, name, (*notes, *faults))


_ESCAPED = re.compile("[\udc80-\udcff]+")


def _escape(text: str, label: str) -> tuple[str, list[Note]]:
    if not _ESCAPED.search(text):
        return text, []
    notes: list[Note] = []
    lines = runs = seen = 0
    for run in _ESCAPED.finditer(text):
        runs += 1
        if runs <= _MOST_PLACES:
            lines += text.count("\n", seen, run.start())
            seen = run.start()
            message = f"有字节不能按{label}解码，正文中以\\x加十六进制写出。"
            notes.append(Note(NoteKind.DOUBTFUL, message, Place(line=lines + 1), _hex(run)))
    if runs > _MOST_PLACES:
        notes.append(Note(NoteKind.DOUBTFUL, f"不能解码的字节共{runs}处，以上只列出前{_MOST_PLACES}处。"))
    return _ESCAPED.sub(_hex, text), notes


def _hex(run: re.Match[str]) -> str:
    return "".join(f"\\x{ord(c) - 0xDC00:02x}" for c in run[0])


def _wide_faults(data: bytes, name: str, label: str) -> list[Note]:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        message = f"自第{error.start + 1}字节起有内容不能按{label}解码，正文中以\\x加十六进制写出。"
        return [Note(NoteKind.DOUBTFUL, message, text=data[error.start : error.end].hex())]
    return []
