"""Builds neutral documents from lines, as a reader of plain text or Markdown gives them."""

from __future__ import annotations

from ingest.readers.model import Format, Paragraph, Place, ReadDocument


def document(text: str, name: str = "a.md") -> ReadDocument:
    """Lines of ``text`` as paragraphs; ``# `` and ``## `` mark headings, ``---`` ends the head as the format would."""
    blocks: list[Paragraph] = []
    metadata: dict[str, str] = {}
    for number, line in enumerate(text.strip().split("\n"), 1):
        words = line.strip()
        if words == "---":
            metadata["info_end_block"] = str(len(blocks))
        elif words:
            level = len(words) - len(words.lstrip("#")) or None
            blocks.append(Paragraph(words.lstrip("# "), Place(line=number), level, title=level == 1))
    return ReadDocument(name, Format.MARKDOWN, tuple(blocks), metadata=metadata)
