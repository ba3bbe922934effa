"""Documents and dates in memory (目录): what every question needs and the store seldom changes.

A catalogue is a snapshot of the store; whoever loads or removes documents asks for a new one. Withheld texts, and
documents of which nothing else is held, are not in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.citations import NameTable, format_title
from corpus.citations.keys import title_key
from corpus.errors import InvalidInput
from corpus.store import CorpusStore
from corpus.store.readable import ReadableStore
from corpus.store.repository import AmendedArticle
from corpus.validity import Standing, state_of_article, state_of_document
from corpus.vocabulary import NATION, Document, Provision, Shelf, Version

_STANDINGS = 20_000


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents with their versions, the names of those that are law, and the articles that amendments changed."""

    documents: dict[str, Document]
    versions: dict[str, Version]
    versions_of: dict[str, tuple[Version, ...]]  # document id → its versions, oldest publication first
    amended: dict[str, tuple[AmendedArticle, ...]]  # document id → its amended articles
    references: dict[str, list[str]]  # provision id → ids of the articles of the same text that it names
    names: NameTable  # of the documents on the shelf 法规
    materials: dict[str, tuple[Document, ...]]  # key of the title → the documents of that title on the other shelves
    local_regions: frozenset[str]  # regions of which rules are held
    regions: frozenset[str]  # regions of which anything is held, 国家 aside
    shelves: frozenset[Shelf]  # shelves on which anything stands
    _standings: dict[tuple[str, dt.date, dt.date], Standing] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, store: CorpusStore) -> Catalogue:
        """Read the catalogue of a store."""
        return cls._made(store.documents(), store.versions(), store.amended_articles(), store.references())

    def without(self, store: ReadableStore) -> Catalogue:
        """This catalogue as a reader of ``store`` sees it: what reading it anew would give, many times faster."""
        versions = [store.as_seen(v) for v in self.versions.values() if v.document_id not in store.hidden]
        held = {v.id for v in versions}
        amended = (a for articles in self.amended.values() for a in articles)
        return Catalogue._made(
            [d for d in self.documents.values() if d.id not in store.hidden],
            versions,
            [a for a in amended if a.amending_provision_id.partition("/")[0] in held],
            {p: named for p, named in self.references.items() if p.partition("/")[0] in held},
        )

    @classmethod
    def _made(
        cls,
        every: Iterable[Document],
        texts: Iterable[Version],
        amendments: Iterable[AmendedArticle],
        references: dict[str, list[str]],
    ) -> Catalogue:
        versions_of: dict[str, list[Version]] = defaultdict(list)
        for version in texts:
            if not version.withheld:
                versions_of[version.document_id].append(version)
        documents = {d.id: d for d in every if d.id in versions_of}
        versions = {v.id: v for held in versions_of.values() for v in held}
        amended: dict[str, list[AmendedArticle]] = defaultdict(list)
        for article in amendments:
            if article.version_id in versions:
                amended[versions[article.version_id].document_id].append(article)
        law = [d for d in documents.values() if d.kind.shelf is Shelf.LAW]
        materials: dict[str, list[Document]] = defaultdict(list)
        for document in documents.values():
            if document.kind.shelf is not Shelf.LAW:
                materials[title_key(document.title)].append(document)
        return cls(
            documents,
            versions,
            {key: tuple(held) for key, held in versions_of.items()},
            {key: tuple(articles) for key, articles in amended.items()},
            references,
            NameTable.from_documents(law),
            {key: tuple(held) for key, held in materials.items()},
            frozenset(d.region for d in law) - {NATION},
            frozenset(d.region for d in documents.values()) - {NATION},
            frozenset(d.kind.shelf for d in documents.values()),
        )

    def document_of(self, provision: Provision) -> Document:
        return self.documents[self.versions[provision.version_id].document_id]

    def standing(self, provision: Provision, as_of: dt.date, today: dt.date) -> Standing:
        """How the document of a provision, or the article itself where an amendment changed it, stands on a day."""
        document_id = self.versions[provision.version_id].document_id
        versions = self.versions_of[document_id]
        amended: Sequence[AmendedArticle] = self.amended.get(document_id, ())
        if provision.article is None or not amended:
            return self._standing(document_id, as_of, today)
        names = {a.amending_provision_id: self.citation_of(a.amending_provision_id) for a in amended}
        return state_of_article(versions, amended, provision.article, as_of, today, names)

    def _standing(self, document_id: str, as_of: dt.date, today: dt.date) -> Standing:
        """How a document stands on a day; remembered, because a search asks it of every provision found."""
        key = (document_id, as_of, today)
        standing = self._standings.get(key)
        if standing is None:
            if len(self._standings) >= _STANDINGS:
                self._standings.clear()
            standing = self._standings[key] = state_of_document(self.versions_of[document_id], as_of, today)
        return standing

    def citation_of(self, provision_id: str) -> str:
        """Canonical citation of a provision by its id alone: 《中华人民共和国刑法修正案（十二）》条目一."""
        version_id, label = provision_id.split("/", 1)
        return f"{format_title(self.documents[self.versions[version_id].document_id].title)}{label}"

    def material_titled(self, title: str) -> tuple[Document, ...]:
        """Documents of the shelves 实务 and 案例 by their whole title, with or without 《》."""
        return self.materials.get(title_key(title), ())

    def filter_by_law(self, law: str) -> frozenset[str]:
        """Ids of the documents that a filter by document (限定法规) means: a law by any name, others by their title.

        Raises InvalidInput for a name the corpus does not hold or that is not unique.
        """
        match = self.names.lookup(law)
        if not match.documents and (materials := self.material_titled(law)):
            return frozenset(d.id for d in materials)
        if not match.documents:
            raise InvalidInput(
                f"语料中没有“{law}”这部法。", where="law", remedy="请写全称，或从 /api/documents 中选取。"
            )
        if len({d.title for d in match.documents}) > 1:
            titles = "、".join(f"《{d.title}》" for d in match.documents)
            raise InvalidInput(f"“{law}”可指{titles}。", where="law", remedy="请写全称。")
        return frozenset(d.id for d in match.documents)
