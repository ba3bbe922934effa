"""Characters that do not show (不可见字符): one line break, controls written out, zero width taken out."""

from __future__ import annotations

import re

from ingest.readers.encoding import Decoded, decode
from ingest.readers.model import FileUnreadable, Note, NoteKind, Place, Reason

TEXT_LIMIT = 20 * 1024 * 1024
"""Most bytes of one text, Markdown or HTML file; a code of 1,260 articles takes about 1 MB."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xad]")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_MOST_PLACES = 20


def read_characters(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file with ``\\n`` as its only line break; raises FileUnreadable when it is over ``TEXT_LIMIT``."""
    if len(data) > TEXT_LIMIT:
        size, limit = len(data) / 1048576, TEXT_LIMIT // 1048576
        raise FileUnreadable(
            Reason.TOO_LARGE,
            f"文本文件有{size:.1f}MB，超过{limit}MB的上限。",
            where=name,
            remedy="请按文件拆分后分别收录。",
        )
    decoded = decode(data, encoding)
    text, padding = _without_padding(decoded.text)
    text = _BREAKS.sub("\n", text) if _BREAKS.search(text) else text
    text, shown = write_out_controls(text)
    text, taken = without_zero_width(text)
    return Decoded(text, decoded.encoding, (*decoded.notes, *padding, *shown, *taken, *_private(text)))


def _without_padding(text: str) -> tuple[str, list[Note]]:
    kept = text.rstrip("\x00")
    if len(kept) == len(text):
        return text, []
    return kept, [Note(NoteKind.REPAIRED, f"已去除文件末尾的空字节{len(text) - len(kept)}个。")]


def write_out_controls(text: str) -> tuple[str, list[Note]]:
    """Control characters as ``\\xNN``, each told with its line: they are damage, and the words around them doubtful."""
    found = list(_CONTROL.finditer(text))
    if not found:
        return text, []
    notes: list[Note] = []
    lines = seen = 0
    for one in found[:_MOST_PLACES]:
        lines += text.count("\n", seen, one.start())
        seen = one.start()
        message = "含有控制字符，正文中以\\x加十六进制写出，请与原件核对。"
        notes.append(Note(NoteKind.DOUBTFUL, message, Place(line=lines + 1), _written(one)))
    if len(found) > _MOST_PLACES:
        notes.append(Note(NoteKind.DOUBTFUL, f"控制字符共{len(found)}处，以上只列出前{_MOST_PLACES}处。"))
    return _CONTROL.sub(_written, text), notes


def _written(one: re.Match[str]) -> str:
    return f"\\x{ord(one[0]):02x}"


def without_zero_width(text: str) -> tuple[str, list[Note]]:
    """The text without characters of no width (零宽字符), which keep 第一条 from being found."""
    count = len(_ZERO_WIDTH.findall(text))
    if not count:
        return text, []
    return _ZERO_WIDTH.sub("", text), [Note(NoteKind.REPAIRED, f"已去除零宽字符{count}个。")]


def _private(text: str) -> list[Note]:
    found = _PRIVATE.findall(text)
    if not found:
        return []
    message = f"含有私有区字符{len(found)}处，通常是造字或解码错误，请与原件核对。"
    return [Note(NoteKind.DOUBTFUL, message, text="".join(found)[:200])]
