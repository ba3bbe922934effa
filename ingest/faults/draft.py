"""A provision on its way from the source's row to the store (条文草稿), and the faults found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.vocabulary import ArticleNumber, Finding, FindingKind, Heading, Severity
from ingest.sources.text import SourceRow, SourceText


@dataclass(frozen=True, slots=True)
class Draft:
    """One provision being mended. ``row`` is the row as delivered, None where the provision was cut out of another.

    ``article`` stays None for rows without number and for a 第…条 of another document (an excerpt, a quoted article);
    ``annex`` marks text whose layout must not be touched. ``place``, ``page`` and ``ocr`` are the row's.
    """

    label: str
    text: str
    row: str | None
    article: ArticleNumber | None = None
    heading: Heading = field(default_factory=Heading)
    annex: bool = False
    place: str = ""
    page: int | None = None
    ocr: bool = False

    @classmethod
    def of_row(cls, row: SourceRow) -> Draft:
        """The row as delivered; an annex that stands as a row of its own keeps its layout."""
        return cls(
            row.label,
            row.text,
            row.text,
            heading=Heading(part=row.part, subpart=row.subpart, chapter=row.chapter, section=row.section),
            annex=row.label.startswith("附"),
            place=row.place,
            page=row.page,
            ocr=row.ocr,
        )

    def with_text(self, text: str) -> Draft:
        return replace(self, text=text)


Mended = tuple[list[Draft], list[Finding]]
"""What every step of mending returns: all drafts in printed order, and what it found."""


def finding(
    law: SourceText,
    kind: FindingKind,
    severity: Severity,
    label: str,
    message: str,
    *,
    article: ArticleNumber | None = None,
    repaired: bool = False,
    remedy: str = "",
    text: str = "",
) -> Finding:
    """A finding placed by title and printed label: 《中华人民共和国民法典》第二百零四条."""
    where = f"《{law.title}》{label}"
    return Finding(kind, severity, law.version_id, where, message, remedy, repaired, text, article)


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)
