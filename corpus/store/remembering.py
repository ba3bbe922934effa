"""A store that remembers what it has read (记忆语料库): for one snapshot, because it does not see later changes.

Whoever answers from a snapshot looks the same documents, dates and texts up again and again: for every citation of a
text, for every neighbour of an article. What is remembered is bounded, and forgotten with the snapshot.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from corpus.store.repository import AmendedArticle, CorpusStore
from corpus.vocabulary import ArticleNumber, Document, Finding, Provision, Version

PROVISIONS_HELD = 250_000
"""Provisions remembered, in whole texts: 200 MB for 162,000. What a search looks up is then there, and what is held
does not grow with the questions asked."""
_ENTRIES = 8192


@dataclass(frozen=True, slots=True)
class _Text:
    """All provisions of a version, in printed order, by id and by article."""

    provisions: tuple[Provision, ...]
    by_id: dict[str, Provision]
    by_article: dict[ArticleNumber, Provision]

    @classmethod
    def of(cls, provisions: Sequence[Provision]) -> _Text:
        by_article: dict[ArticleNumber, Provision] = {}
        for provision in provisions:
            if provision.article is not None:
                by_article.setdefault(provision.article, provision)
        return cls(tuple(provisions), {p.id: p for p in provisions}, by_article)


class RememberingStore(CorpusStore):
    """``inner`` as it was when first asked. It shares its connection and is closed with it."""

    def __init__(self, inner: CorpusStore, provisions_held: int = PROVISIONS_HELD) -> None:
        self._engine = inner._engine
        self._sessions = inner._sessions  # with all that the inner store does to what is read through them
        self._inner = inner
        self._most = provisions_held
        self._texts: OrderedDict[str, _Text] = OrderedDict()
        self._held = 0
        self._lock = Lock()
        self._document = lru_cache(maxsize=_ENTRIES)(inner.document)
        self._versions = lru_cache(maxsize=_ENTRIES)(lambda document: tuple(inner.versions(document)))
        self._findings = lru_cache(maxsize=_ENTRIES)(lambda version: tuple(inner.findings(version)))

    def close(self) -> None:
        """Nothing: the connection belongs to the inner store."""

    def warm(self) -> None:
        """Read texts ahead, as many as are held."""
        text: list[Provision] = []
        for provision in self._inner.all_provisions():
            if text and text[0].version_id != provision.version_id:
                self._hold(text)
                text = []
                if self._held >= self._most:
                    return
            text.append(provision)
        self._hold(text)

    def document(self, document_id: str) -> Document | None:
        return self._document(document_id)

    def versions(self, document_id: str | None = None) -> list[Version]:
        return list(self._versions(document_id)) if document_id is not None else self._inner.versions()

    def findings(self, version_id: str | None = None) -> list[Finding]:
        return list(self._findings(version_id)) if version_id is not None else self._inner.findings()

    def provisions(self, version_id: str) -> list[Provision]:
        return list(self._text(version_id).provisions)

    def provision(self, provision_id: str) -> Provision | None:
        return self._text(provision_id.partition("/")[0]).by_id.get(provision_id) or self._inner.provision(provision_id)

    def provision_at(self, version_id: str, article: ArticleNumber) -> Provision | None:
        return self._text(version_id).by_article.get(article)

    def provisions_by_id(self, ids: Sequence[str]) -> dict[str, Provision]:
        found: dict[str, Provision] = {}
        with self._lock:
            for id_ in ids:
                text = self._texts.get(id_.partition("/")[0])
                if text is not None and id_ in text.by_id:
                    found[id_] = text.by_id[id_]
        missing = [id_ for id_ in ids if id_ not in found]
        return found | (self._inner.provisions_by_id(missing) if missing else {})

    def titles_of_provisions(self, ids: Sequence[str]) -> dict[str, str]:
        return self._inner.titles_of_provisions(ids) if ids else {}

    def amended_articles(self, version_id: str | None = None) -> list[AmendedArticle]:
        return list(self._amended.get(version_id, ())) if version_id is not None else self._inner.amended_articles()

    @cached_property
    def _amended(self) -> dict[str, list[AmendedArticle]]:
        by_version: dict[str, list[AmendedArticle]] = defaultdict(list)
        for amended in self._inner.amended_articles():
            by_version[amended.version_id].append(amended)
        return dict(by_version)

    def _text(self, version_id: str) -> _Text:
        with self._lock:
            text = self._texts.get(version_id)
            if text is not None:
                self._texts.move_to_end(version_id)
                return text
        return self._hold(self._inner.provisions(version_id))

    def _hold(self, provisions: Sequence[Provision]) -> _Text:
        text = _Text.of(provisions)
        if not provisions:
            return text
        with self._lock:
            version_id = provisions[0].version_id
            known = self._texts.get(version_id)
            if known is not None:
                return known
            self._texts[version_id] = text
            self._held += len(provisions)
            while self._held > self._most and len(self._texts) > 1:
                self._held -= len(self._texts.popitem(last=False)[1].provisions)
        return text
