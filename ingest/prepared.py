"""A delivered text made ready for the store (入库文本): mended, cut into passages, its cross-references found.

The law package and files of every kind go through here, so that one law reads the same whatever it came from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from corpus.store import VersionText
from corpus.vocabulary import (
    DatedFact,
    DocumentKind,
    Finding,
    Heading,
    Passage,
    Provision,
    Shelf,
    Validity,
    Version,
)
from ingest.faults import MendedLaw, mend
from ingest.faults.numbering import read_label
from ingest.passages import short_title, split_into_passages
from ingest.references import cross_references
from ingest.sources.text import SourceRow, SourceText
from ingest.spoken import load_spoken_questions, spoken_passages

LONGEST_LABEL = 64  # characters; what the store holds

_WITH_ARTICLES = frozenset({DocumentKind.GUIDANCE, DocumentKind.BENCHMARK, DocumentKind.EXEMPTION_LIST})


def version_text(law: SourceText, document_id: str, title: str, texts: Sequence[str]) -> VersionText:
    """One dated text with provisions, passages, findings and references; its dates are derived later.

    ``title`` is the document's, ``texts`` are the article texts of the whole source, which tell how words begin.
    """
    read = _mended(law, texts)
    unknown = DatedFact.unknown("尚未推定")
    return VersionText(
        version=Version(
            id=law.version_id,
            document_id=document_id,
            validity=Validity(law.published, commencement=unknown, end=unknown, source_status=law.status),
            source=law.source,
            source_effective=law.effective,
            annotation=law.annotation,
        ),
        digest=text_digest(law),
        provisions=read.provisions,
        passages=[p for provision in read.provisions for p in _passages(title, provision)],
        findings=read.findings,
        references=cross_references(read.provisions),
        records=law.records,
    )


def text_digest(law: SourceText) -> str:
    """Digest of a text as loaded: what the source delivers and the spoken questions that go with its title."""
    questions = load_spoken_questions().digest_of(short_title(law.title))
    return hashlib.sha256(f"{law.digest} {questions}".encode()).hexdigest()


def _mended(law: SourceText, texts: Sequence[str]) -> MendedLaw:
    """Statutes are mended; what is no law is taken row by row as its parser gives it."""
    if law.kind.shelf is Shelf.LAW:
        mended = mend(law, texts)
        return MendedLaw(mended.provisions, (*_faults(law), *mended.findings))
    return MendedLaw(tuple(_rows(law)), tuple(_faults(law)))


def _faults(law: SourceText) -> list[Finding]:
    """What reader and parser found, as findings of this text."""
    return [
        Finding(
            kind=f.kind,
            severity=f.severity,
            version_id=law.version_id,
            where=f"《{law.title}》{f.label}",
            message=f.message,
            remedy=f.remedy,
            repaired=f.repaired,
            text=f.text,
            article=read_label(f.label),
        )
        for f in law.faults
    ]


def _rows(law: SourceText) -> list[Provision]:
    seen: Counter[str] = Counter()
    provisions: list[Provision] = []
    for ordinal, row in enumerate(law.rows, start=1):
        label = row.label[:LONGEST_LABEL]
        seen[label] += 1
        double = f"#{seen[label]}" if seen[label] > 1 else ""
        provisions.append(
            Provision(
                id=f"{law.version_id}/{label}{double}",
                version_id=law.version_id,
                ordinal=ordinal,
                label=label,
                text=row.text,
                article=read_label(label) if law.kind in _WITH_ARTICLES and not double else None,
                heading=_heading(row),
                place=row.place,
                page=row.page,
                ocr=row.ocr,
                fields=row.fields,
            )
        )
    return provisions


def _heading(row: SourceRow) -> Heading:
    return Heading(row.part, row.subpart, row.chapter, row.section)


def _passages(title: str, provision: Provision) -> list[Passage]:
    """What the index finds a provision by: its own words, and the questions people ask about it."""
    return split_into_passages(title, provision) + spoken_passages(title, provision, load_spoken_questions())
