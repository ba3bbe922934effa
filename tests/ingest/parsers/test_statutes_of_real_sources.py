"""National laws written out as a plain file come back article by article; a sample of shared files is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind, Severity
from ingest.faults import mend
from ingest.faults.numbering import read_label
from ingest.identify import Profile
from ingest.parsers import parse
from ingest.parsers.statute import parse_statute
from ingest.readers import read_document
from ingest.readers.model import FileUnreadable
from ingest.sources.national_laws import read_national_laws
from ingest.sources.text import SourceText
from tests.ingest.document_builder import document

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "lawrefbook"
_EVERY = 40  # of about 3,450 files


@pytest.fixture(scope="module")
def statutes() -> list[SourceText]:
    laws = [law for law in read_national_laws().laws if law.kind is DocumentKind.STATUTE]
    return [law for law in laws[::6] if all(read_label(row.label) for row in law.rows)]


def test_a_national_law_written_out_as_a_file_comes_back_article_by_article(statutes: list[SourceText]) -> None:
    assert len(statutes) > 30
    for law in statutes:
        lines: list[str] = []
        chapter = section = None
        for row in law.rows:
            if row.chapter != chapter:
                lines.append(row.chapter or "")
            if row.section and row.section != section:
                lines.append(row.section)
            chapter, section = row.chapter, row.section
            lines.append(f"{row.label}　{row.text}")
        profile = Profile(law.title, law.kind, EffectLevel.LAW)
        (read,) = parse_statute(document("\n".join(lines)), profile)
        articles = [row for row in read.rows if read_label(row.label)]
        assert [row.label for row in articles] == [row.label for row in law.rows], law.title
        for article, row in zip(articles, law.rows, strict=True):
            if _plain(row.text):
                assert _words(article.text) == _words(row.text), f"{law.title}{row.label}"


def _plain(text: str) -> bool:
    """Whether a text of the source has none of the marks that a file's parser reads (headings, annexes inside)."""
    return not any(mark in text for mark in ("第", "附", "编", "\n"))


def _words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder of real documents is not here")
def test_a_sample_of_real_files_is_read_with_every_missing_number_reported() -> None:
    files = sorted(path for path in SHARED.rglob("*.md") if not path.name.startswith("_"))[::_EVERY]
    articles = 0
    for path in files:
        name = str(path.relative_to(SHARED))
        try:
            texts = parse(read_document(path.read_bytes(), name), name)
        except FileUnreadable:
            continue  # an empty file; its message is tested with the parsers' door
        for text in texts:
            numbers = [n.number for row in text.rows if (n := read_label(row.label))]
            articles += len(numbers)
            if text.kind is not DocumentKind.STATUTE or not numbers:
                continue
            missing = set(range(numbers[0], max(numbers) + 1)) - set(numbers)
            found = mend(text, [row.text for row in text.rows]).findings
            gaps = [f for f in found if f.kind is FindingKind.NUMBERING_GAP and f.severity is Severity.ERROR]
            assert {f.article.number for f in gaps if f.article} >= missing, name
    assert articles > 3000
