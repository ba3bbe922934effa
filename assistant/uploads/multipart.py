"""Multipart forms as they arrive (表单上传): each file goes to its receiver piece by piece.

Not Starlette's form parser: that reads the whole form into temporary files before anybody has looked at the first one.
"""

from __future__ import annotations

from typing import Any

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from assistant.uploads.contract import Receiving
from corpus.errors import InvalidInput

FIELD = "files"
_LONGEST_HEADERS = 8192


class MultipartFiles:
    """Feeds the files of a multipart body to a receiver; other fields are refused."""

    def __init__(self, content_type: str, receiver: Receiving) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise InvalidInput("请以表单（multipart/form-data）上传文件。", where="Content-Type")
        self._receiver = receiver
        self._name, self._value = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._read = 0
        callbacks: Any = {
            "on_part_begin": self._begin,
            "on_header_field": self._on_name,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header,
            "on_headers_finished": self._on_headers,
            "on_part_data": lambda data, start, end: self._receiver.write(data[start:end]),
            "on_part_end": lambda: self._receiver.end(),
        }
        self._parser = MultipartParser(boundary, callbacks)

    def feed(self, data: bytes) -> None:
        """The next piece of the body. Raises InvalidInput for what is no form."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise _malformed() from error

    def end(self) -> None:
        """The body is over."""
        try:
            self._parser.finalize()
        except FormParserError as error:
            raise _malformed() from error

    def _begin(self) -> None:
        self._headers, self._name, self._value, self._read = {}, b"", b"", 0

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._name += self._bounded(data[start:end])

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += self._bounded(data[start:end])

    def _on_header(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" not in options or options.get(b"name") != FIELD.encode():
            raise InvalidInput(f"表单中只能有名为 {FIELD} 的文件。", where="multipart/form-data")
        self._receiver.begin(options[b"filename"].decode("utf-8", "replace"))

    def _bounded(self, piece: bytes) -> bytes:
        self._read += len(piece)
        if self._read > _LONGEST_HEADERS:
            raise _malformed()
        return piece


def _malformed() -> InvalidInput:
    return InvalidInput("上传的表单不完整或无法识别。", where="multipart/form-data", remedy="请重新上传。")
