"""The characters of a text file (文本编码): UTF-8, UTF-16 with its mark, else GB 18030."""

from __future__ import annotations

import codecs

from corpus.errors import InvalidInput


def decoded(data: bytes) -> str:
    """The text with plain line ends. Raises InvalidInput where it is in none of these encodings."""
    marked = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise InvalidInput("不能识别文件的文字编码。", where="file", remedy="请另存为 UTF-8 编码的文本文件。")
