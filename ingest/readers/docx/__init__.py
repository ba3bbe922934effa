"""Word files (DOCX): body paragraphs and tables as a reader of the printed page sees them, numbers of lists included.

Read from the XML itself: the numbers that Word prints by itself (第一条 as automatic numbering), text boxes, tracked
changes and hidden words are not to be had from a higher library.
"""

from __future__ import annotations

from ingest.readers.docx.body import BodyReader
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import Package
from ingest.readers.docx.properties import properties
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.surroundings import notes_of_surroundings
from ingest.readers.model import FileUnreadable, Format, ReadDocument, Reason


def read_docx(data: bytes, name: str) -> ReadDocument:
    """The document of a DOCX file; raises FileUnreadable when it is damaged, encrypted or too large."""
    with Package(data, name) as package:
        document = package.document()
        body = next((child for child in document if child.tag.endswith("}body")), None)
        if body is None:
            raise FileUnreadable(Reason.DAMAGED, "文件中没有正文部分。", where=name, remedy="请用Word打开另存后收录。")
        styles = Styles(package.related("styles"))
        reader = BodyReader(styles, Numbering(package.related("numbering"), styles))
        reader.read(body)
        notes = (*reader.closing_notes(), *notes_of_surroundings(package), *package.notes)
        return ReadDocument(
            name,
            Format.DOCX,
            tuple(reader.blocks),
            pages=reader.page,
            metadata=properties(package),
            notes=notes,
        )
