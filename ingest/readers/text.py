"""Plain text (纯文本): one paragraph a line, in whatever encoding it was written."""

from __future__ import annotations

import re

from ingest.readers.characters import read_characters
from ingest.readers.model import Format, Paragraph, Place, ReadDocument

_CENTRED = re.compile("(?:\u3000{4,}|[ \t\u3000]{10,})(?! )")


def read_text(data: bytes, name: str) -> ReadDocument:
    """The lines of a text file; blank lines are left out, leading blanks wide enough to centre a title are noted so.

    Raises FileUnreadable when the file is too large.
    """
    decoded = read_characters(data, name)
    blocks = tuple(
        Paragraph(line.strip(), Place(line=number), centred=_CENTRED.match(line) is not None)
        for number, line in enumerate(decoded.text.split("\n"), 1)
        if line and not line.isspace()
    )
    return ReadDocument(name, Format.TEXT, blocks, encoding=decoded.encoding, notes=decoded.notes)
