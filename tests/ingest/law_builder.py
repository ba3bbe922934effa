"""Made-up laws for tests of faults and loading: the wording is ours, the faults are those found in real sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from corpus.vocabulary import DocumentKind, EffectLevel, SourceStatus
from ingest.sources import SourceRow, SourceText

_LAWS = (
    "law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date, version_date, status, "
    "law_department"
)
_ROWS = "law_id, law_name, chapter, section, article_no, article_no_arabic, article_text"


def law(
    *rows: tuple[str, str] | SourceRow,
    title: str = "中华人民共和国示例法",
    kind: DocumentKind = DocumentKind.STATUTE,
) -> SourceText:
    """A delivered law of (label, text) pairs."""
    return SourceText(
        version_id="npc-test",
        title=title,
        kind=kind,
        level=EffectLevel.LAW,
        issuer=None,
        field=None,
        published=None,
        effective=None,
        status=SourceStatus.IN_FORCE,
        source="test",
        rows=tuple(r if isinstance(r, SourceRow) else SourceRow(*r) for r in rows),
    )


def write_source(path: Path, laws: Iterable[dict[str, object]]) -> Path:
    """A SQLite file of the source's shape; each law is its columns with ``articles``: (label, text) pairs."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE laws ({_LAWS})")
        connection.execute(f"CREATE TABLE articles (id INTEGER PRIMARY KEY, {_ROWS})")
        for columns in laws:
            values = {**_DEFAULTS, **columns}
            articles = values.pop("articles")
            values.setdefault("version_date", values["publish_date"])
            connection.execute(
                f"INSERT INTO laws VALUES ({', '.join('?' * 10)})", [values[c] for c in _LAWS.split(", ")]
            )
            assert isinstance(articles, list)
            connection.executemany(
                f"INSERT INTO articles ({_ROWS}) VALUES (?, ?, NULL, NULL, ?, ?, ?)",
                [(values["law_id"], values["law_name"], label, n, text) for n, (label, text) in enumerate(articles, 1)],
            )
    return path


_DEFAULTS: dict[str, object] = {
    "law_id": "a1",
    "law_name": "中华人民共和国示例法",
    "doc_type": "法律",
    "level": "法律",
    "issuing_body": "全国人民代表大会常务委员会",
    "publish_date": "2020-01-01",
    "effective_date": "2020-03-01",
    "status": "现行有效",
    "law_department": "行政法",
    "articles": [("第一条", "为了示例，制定本法。"), ("第二条", "本法自2020年3月1日起施行。")],
}
