"""Items in the files of other systems (试题交换): Moodle XML, GIFT, XLSX and the plain Chinese text of question banks.

``write_file`` says which items a format cannot carry; ``read_file`` reports every question it could not read, with its
place and what to do, and takes in the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.quiz.contract import Format, LeftOut, QuizItem
from assistant.quiz.exchange import gift, moodle_xml, txt, xlsx
from assistant.quiz.exchange.drafts import Reading
from corpus.errors import InvalidInput

SUFFIX: dict[Format, str] = {
    Format.MOODLE_XML: "xml",
    Format.GIFT: "gift",
    Format.XLSX: "xlsx",
    Format.TXT: "txt",
}
MEDIA_TYPE: dict[Format, str] = {
    Format.MOODLE_XML: "application/xml",
    Format.GIFT: "text/plain; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.TXT: "text/plain; charset=utf-8",
}
_READERS: dict[Format, Callable[[bytes], Reading]] = {
    Format.MOODLE_XML: moodle_xml.read,
    Format.GIFT: gift.read,
    Format.XLSX: xlsx.read,
    Format.TXT: txt.read,
}


def write_file(
    items: Sequence[QuizItem], form: Format, columns: Mapping[str, str] | None = None
) -> tuple[bytes, list[LeftOut]]:
    """The file, and the items it cannot carry. ``columns`` renames the columns of XLSX (``xlsx.COLUMNS``)."""
    if form is Format.MOODLE_XML:
        return moodle_xml.write(items)
    if form is Format.GIFT:
        return gift.write(items)
    if form is Format.XLSX:
        return xlsx.write(items, columns)
    return txt.write(items)


def read_file(name: str, data: bytes, form: Format | None = None) -> Reading:
    """Read a file of items; the format is told by ``form``, or by the name and the first bytes.

    Raises InvalidInput where the file as a whole is none of the formats, or cannot be opened.
    """
    return _READERS[form or format_of(name, data)](data)


def format_of(name: str, data: bytes) -> Format:
    """The format of a file."""
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if data[:2] == b"PK":
        return Format.XLSX
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return Format.MOODLE_XML
    if suffix == "gift":
        return Format.GIFT
    if suffix in ("txt", "md", "text"):
        return Format.GIFT if gift.looks_like(data) else Format.TXT
    raise InvalidInput(
        f"不能识别“{name[:80]}”的格式。", where="file", remedy="请使用 Moodle XML、GIFT、XLSX 或者 TXT 文件。"
    )
