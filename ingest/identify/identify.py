"""One document, one profile (识别一份文件)."""

from __future__ import annotations

from pathlib import PurePosixPath

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.readers.model import ReadDocument
from ingest.sources.text import canonical_title


def identify(document: ReadDocument, path: str) -> Profile:
    """The profile of ``document``; ``path`` as given to the loader is a hint only."""
    first = next((p for p in document.paragraphs() if p.title or p.level == 1), None)
    title = canonical_title(first.text if first else PurePosixPath(path).stem)
    return Profile(title=title, kind=DocumentKind.STATUTE, level=EffectLevel.NORMATIVE_DOCUMENT)
