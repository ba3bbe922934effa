"""What stands around the body (正文之外): headers, footers, notes and comments, told and kept out of the text."""

from __future__ import annotations

from lxml import etree

from ingest.readers.docx.package import Package, W, value
from ingest.readers.model import Note, NoteKind


def notes_of_surroundings(package: Package) -> list[Note]:
    """One note for the headers and footers, one for each footnote, endnote and comment, with their words."""
    notes = []
    edges = [text for kind in ("header", "footer") for root in package.all_related(kind) if (text := _words(root))]
    if edges:
        notes.append(Note(NoteKind.STRIPPED, "页眉页脚未作为正文读取。", text="\n".join(dict.fromkeys(edges))))
    for kind, tag, zh in (
        ("footnotes", "footnote", "脚注"),
        ("endnotes", "endnote", "尾注"),
        ("comments", "comment", "批注"),
    ):
        root = package.related(kind)
        for element in () if root is None else root.findall(W + tag):
            if value(element, "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            words = _words(element)
            if words:
                number = value(element, "id") or ""
                notes.append(Note(NoteKind.HIDDEN, f"{zh}{number}未并入正文。", text=words))
    return notes


def _words(root: etree._Element) -> str:
    lines = ["".join(t.text or "" for t in p.iter(W + "t")).strip() for p in root.iter(W + "p")]
    return "\n".join(line for line in lines if line)
