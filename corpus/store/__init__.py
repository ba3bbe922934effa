"""The relational store: the only truth (SQLite by default, PostgreSQL by one URL)."""

from corpus.store.repository import CorpusStore, DocumentRecord, PassageKey, VersionText

__all__ = ["CorpusStore", "DocumentRecord", "PassageKey", "VersionText"]
