"""What one view holds, ready to be asked (馆藏): documents, texts, citations, records; read once and remembered.

Made for one view of the corpus and for one snapshot of it; everything is looked up in the catalogue of the view first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from threading import Lock

from assistant.answer.materials import weight_of
from assistant.catalogue import Catalogue
from assistant.discretion.contract import Desk
from assistant.encyclopedia.citing import CitationTable, LawReferences
from assistant.encyclopedia.comparing import trace
from assistant.encyclopedia.contract import CitingProvision, DocumentEntry, ProvisionVersion, Reference
from assistant.encyclopedia.entries import document_entry, text_of_day
from assistant.encyclopedia.procedure import COERCION_LAW, PENALTY_LAW, LawText
from assistant.encyclopedia.records import Place, RecordIndex
from assistant.encyclopedia.references import ReferenceReader
from assistant.presenting import citation_of
from assistant.reading import Reader
from corpus.citations import Resolver, find_citations, format_title
from corpus.citations.names import prefer_region
from corpus.comparison import CHANGE_ZH, ArticleChange, compare_texts
from corpus.errors import NotFound
from corpus.store import CorpusStore
from corpus.store.links import CitationLink
from corpus.vocabulary import STATE_ZH, Document, DocumentKind, Provision, ProvisionPath, State, Version

EXCERPT = 160
"""Characters of a citing provision that a list shows."""
_DAYS = 4
_TEXTS = 512
_COMPARED = 64


class Library:
    """The documents, texts, citations and records that one person may read."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        store: CorpusStore,
        reader: Reader,
        resolver: Resolver,
        desk: Desk,
        today: Callable[[], dt.date],
    ) -> None:
        self.catalogue = catalogue
        self.reader = reader
        self.desk = desk
        self.today = today
        self._store = store
        self._resolver = resolver
        self._references = ReferenceReader(resolver, lambda v: v in catalogue.versions, today)
        self._lock = Lock()
        self.provisions = lru_cache(maxsize=_TEXTS)(self._provisions)
        self.changes = lru_cache(maxsize=_COMPARED)(self._changes)
        self.entries = lru_cache(maxsize=_DAYS)(self._entries)
        self._records_on = lru_cache(maxsize=_DAYS)(self._read_records)
        self._places = lru_cache(maxsize=8192)(self._read_places)

    # ---- documents and texts -----------------------------------------------------------------------------------

    def document(self, document_id: str) -> Document:
        document = self.catalogue.documents.get(document_id)
        if document is None:
            raise NotFound(f"没有编号为“{document_id[:80]}”的文件。", where="document_id", remedy="请从百科目录进入。")
        return document

    def version(self, document: Document, version_id: str) -> Version:
        version = self.catalogue.versions.get(version_id)
        if version is None or version.document_id != document.id:
            raise NotFound(
                f"{format_title(document.title)}没有编号为“{version_id[:80]}”的文本。",
                where="version_id",
                remedy="请从该文件的文本列表中选取。",
            )
        return version

    def text_on(self, document_id: str, day: dt.date) -> tuple[Version, State, str]:
        """The text of a document shown on a day, its state, and why."""
        return text_of_day(self.catalogue, document_id, day, self.today())

    def entry(self, document: Document, day: dt.date) -> DocumentEntry:
        return document_entry(self.catalogue, document, day, self.today())

    def _entries(self, day: dt.date) -> tuple[DocumentEntry, ...]:
        """Every document as it stands on a day."""
        return tuple(self.entry(d, day) for d in self.catalogue.documents.values())

    def _provisions(self, version_id: str) -> tuple[Provision, ...]:
        """All provisions of a text of the view, in printed order."""
        if version_id not in self.catalogue.versions:
            return ()
        return tuple(self._store.provisions(version_id))

    def by_id(self, ids: Sequence[str]) -> list[Provision]:
        """Provisions of the view by id, in the order asked."""
        return [p for p in self.reader.provisions(ids) if p.version_id in self.catalogue.versions]

    def provision_at(self, version: Version, place: Place) -> Provision | None:
        return self._store.provision_at(version.id, place[1])

    # ---- citations ---------------------------------------------------------------------------------------------

    @property
    def citations(self) -> CitationTable:
        """Who cites what; read when first asked for."""
        with self._lock:
            return self._citations

    @cached_property
    def _citations(self) -> CitationTable:
        return CitationTable.read(self.catalogue, self._store, lambda v: self._store.provisions(v))

    @property
    def law_references(self) -> LawReferences:
        """Which laws name articles of others; read when first asked for."""
        with self._lock:
            return self._law_references

    @cached_property
    def _law_references(self) -> LawReferences:
        return LawReferences(self.catalogue, lambda v: self._store.provisions(v))

    def references(self, provision: Provision, day: dt.date) -> list[Reference]:
        """The references inside a provision, with what each stands for on a day."""
        document = self.catalogue.document_of(provision)
        version = self.catalogue.versions[provision.version_id]
        state = self.reader.state_of_text(version, day)
        return self._references.read(provision, document, self.provisions(version.id), state, day)

    def citing(self, links: Iterable[CitationLink]) -> list[CitingProvision]:
        """The provisions that the links come from, with their words."""
        written = {link.from_provision_id: link.written for link in links}
        return [self.citing_provision(p, written[p.id]) for p in self.by_id(list(written))]

    def citing_provision(self, provision: Provision, written: str = "") -> CitingProvision:
        document = self.catalogue.document_of(provision)
        return CitingProvision(
            provision_id=provision.id,
            document_id=document.id,
            citation=citation_of(document, provision),
            shelf=document.kind.shelf,
            kind=document.kind,
            weight=weight_of(document),
            written=written,
            title=document.title,
            excerpt=provision.text[:EXCERPT],
            place=provision.place,
            page=provision.page,
        )

    def places(self, words: str, region: str) -> tuple[tuple[Place, ProvisionPath], ...]:
        """The articles of the view that the words of a basis cite; of two laws of one title that of the region."""
        return self._places(words, region)

    def _read_places(self, words: str, region: str) -> tuple[tuple[Place, ProvisionPath], ...]:
        names = self.catalogue.names
        found: list[tuple[Place, ProvisionPath]] = []
        for cited in find_citations(words, names):
            if not cited.title:
                continue
            meant = prefer_region(names.lookup(cited.defined or cited.title).documents, (region,))
            if len(meant) == 1:
                found += [((meant[0].id, c.article), c.path) for c in cited.citations if c.article is not None]
        return tuple(dict.fromkeys(found))

    # ---- records -----------------------------------------------------------------------------------------------

    def records(self, day: dt.date) -> RecordIndex:
        """The standards and list entries of the desk, by the articles they cite."""
        return self._records_on(day)

    def _read_records(self, day: dt.date) -> RecordIndex:
        return RecordIndex(self.desk.standards(as_of=day), self.desk.items(), self.places)

    # ---- texts through time ------------------------------------------------------------------------------------

    def _changes(self, old: str, new: str) -> tuple[ArticleChange, ...]:
        """What became of each article from one text to another."""
        return tuple(compare_texts(self.provisions(old), self.provisions(new)))

    def history(self, provision: Provision, day: dt.date) -> list[ProvisionVersion]:
        """The same article in every text held of its document, newest first."""
        document = self.catalogue.document_of(provision)
        if document.kind.shelf.value != "法规" or provision.article is None:
            return []
        texts = [v.id for v in self.catalogue.versions_of[document.id]]
        steps = trace(provision, texts, self.changes)
        told = []
        for version_id, held, change in reversed(steps):
            version = self.catalogue.versions[version_id]
            validity = version.validity
            told.append(
                ProvisionVersion(
                    version_id=version_id,
                    provision_id=held.id if held else None,
                    article=held.label if held else "",
                    published=validity.published,
                    effective_from=validity.commencement.day,
                    effective_until=validity.end.day,
                    status=self.reader.state_of_text(version, day),
                    current=version_id == provision.version_id,
                    change=change,
                    change_name=CHANGE_ZH[change] if change else "",
                )
            )
        return told

    # ---- the law of procedure ----------------------------------------------------------------------------------

    def procedural_laws(self, day: dt.date) -> tuple[list[LawText], list[str]]:
        """行政处罚法 and 行政强制法 in the text of the day, and what to say where that is not held."""
        laws, notes = [], []
        for title in (PENALTY_LAW, COERCION_LAW):
            held = [d for d in self.catalogue.names.lookup(title).documents if d.kind is DocumentKind.STATUTE]
            if len(held) != 1:
                notes.append(f"语料中没有{format_title(title)}。")
                continue
            version, state, reason = self.text_on(held[0].id, day)
            if state in (State.IN_FORCE, State.AMENDED):
                laws.append(LawText(held[0], version, state, self.provisions(version.id)))
            else:
                notes.append(f"{format_title(title)}：{STATE_ZH[state]}。{reason}")
        return laws, notes
