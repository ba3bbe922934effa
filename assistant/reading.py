"""Reading the corpus for people (查阅): documents, whole provisions with their neighbours, citations resolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.answer.materials import weight_of
from assistant.catalogue import Catalogue
from assistant.contract import (
    CiteRequest,
    CiteResponse,
    CiteResult,
    DocumentDetail,
    DocumentInfo,
    LinkedProvision,
    ParsedCitation,
    ProvisionDetail,
    ProvisionLink,
    VersionInfo,
)
from assistant.places import place_of
from assistant.presenting import Presenter, cells_of, citation_of
from corpus.citations import FoundCitation, Resolution, Resolver, format_citation
from corpus.errors import NotFound
from corpus.store import CorpusStore
from corpus.store.links import links_from, links_to
from corpus.validity import state_of_document
from corpus.vocabulary import Citation, Document, Provision, Shelf, State, Version

_VERSIONS_HELD = 64
_MOST_LINKS = 50  # shown with one provision
_DAYS_HELD = 4  # lists of all documents as they stand on a day


class Reader:
    """Looks things up in the store and tells how they stand on a day."""

    def __init__(
        self,
        store: CorpusStore,
        catalogue: Catalogue,
        resolver: Resolver,
        presenter: Presenter,
        today: Callable[[], dt.date],
        region: str | None = None,
    ) -> None:
        """``region`` is where the officers are who name no other place: of two laws of one title theirs is meant."""
        self._store = store
        self._catalogue = catalogue
        self._resolver = resolver
        self._presenter = presenter
        self._today = today
        self._region = region
        self._version = lru_cache(maxsize=_VERSIONS_HELD)(self._read_version)
        self._documents = lru_cache(maxsize=_DAYS_HELD)(self._read_documents)

    def provisions(self, ids: Sequence[str]) -> list[Provision]:
        """Provisions by id, in the order asked; ids the store does not hold are left out."""
        found = self._store.provisions_by_id(list(ids)) if ids else {}
        return [found[i] for i in ids if i in found]

    def version(self, version_id: str) -> tuple[Provision, ...]:
        """All provisions of one text, in printed order."""
        return self._version(version_id)

    def _read_version(self, version_id: str) -> tuple[Provision, ...]:
        return tuple(self._store.provisions(version_id))

    def cite(self, request: CiteRequest) -> CiteResponse:
        """Find the citations of a text and resolve each on the day asked about, or today."""
        as_of = request.as_of or self._today()
        place = place_of(
            "",
            given=request.region,
            home=self._region,
            of_laws=(),
            held=self._catalogue.regions,
            with_rules=self._catalogue.local_regions,
        )
        cited = self._resolver.cite(request.text, as_of=as_of, today=self._today(), regions=place.regions)
        results = [_result(found, resolution) for found, resolutions in cited.resolved for resolution in resolutions]
        notes = [] if cited.parsed else ["文中没有读出任何法律引用。"]
        return CiteResponse(
            as_of=as_of, parsed=[p for found in cited.parsed for p in _parsed(found)], results=results, notes=notes
        )

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]:
        """All documents with their versions, by title."""
        return list(self._documents(as_of or self._today(), self._today()))

    def _read_documents(self, as_of: dt.date, _today: dt.date) -> tuple[DocumentInfo, ...]:
        held = sorted(self._catalogue.documents.values(), key=lambda d: (d.title, d.id))
        return tuple(self._document_info(d, as_of) for d in held)

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail:
        """One document with the articles of the text of the day, or of the nearest text held."""
        day = as_of or self._today()
        document = self._catalogue.documents.get(document_id)
        if document is None:
            raise NotFound(
                f"没有编号为“{document_id}”的文件。", where="document_id", remedy="请从 /api/documents 选取。"
            )
        versions = self._catalogue.versions_of.get(document_id, ())
        shown = state_of_document(versions, day, self._today()).version or (versions[-1] if versions else None)
        return DocumentDetail(
            **self._document_info(document, day).model_dump(),
            version_id=shown.id if shown else None,
            articles=[_link(p) for p in self.version(shown.id)] if shown else [],
        )

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail:
        """One whole provision, how it stands on the day, and its neighbours."""
        day = as_of or self._today()
        provision = self._store.provision(provision_id)
        if provision is None or provision.version_id not in self._catalogue.versions:
            raise NotFound(f"没有编号为“{provision_id}”的条文。", where="provision_id", remedy="请由检索结果进入。")
        document = self._catalogue.document_of(provision)
        version = self._catalogue.versions[provision.version_id]
        law = document.kind.shelf is Shelf.LAW
        note = self._catalogue.standing(provision, day, self._today()).reason if law else ""
        text = self.version(version.id)
        place = provision.ordinal - 1
        validity = version.validity
        return ProvisionDetail(
            provision_id=provision.id,
            document_id=document.id,
            version_id=version.id,
            law=document.title,
            article=provision.label,
            citation=citation_of(document, provision),
            text=provision.text,
            heading=str(provision.heading),
            level=document.level,
            region=document.region,
            status=self.state_of_text(version, day),
            published=validity.published,
            effective_from=validity.commencement.day,
            effective_from_basis=validity.commencement.basis,
            effective_from_evidence=validity.commencement.evidence,
            effective_until=validity.end.day,
            effective_until_basis=validity.end.basis,
            effective_until_evidence=validity.end.evidence,
            note=note or None,
            previous=_link(text[place - 1]) if place > 0 else None,
            next=_link(text[place + 1]) if place + 1 < len(text) else None,
            shelf=document.kind.shelf,
            kind=document.kind,
            weight=weight_of(document),
            place=provision.place,
            page=provision.page,
            ocr=provision.ocr,
            cells=cells_of(provision),
            warnings=list(self._presenter.warnings(provision, document)),
            cites=self._cited(provision, day),
            cited_by=self._citing(document, provision),
        )

    def _cited(self, provision: Provision, day: dt.date) -> list[LinkedProvision]:
        """The law that a case, a guideline or a list cites, in the text of the day."""
        cited = []
        for link in links_from(self._store, [provision.id]).get(provision.id, [])[:_MOST_LINKS]:
            document = self._catalogue.documents.get(link.to_document_id)
            if document is None:
                continue
            version = state_of_document(self._catalogue.versions_of[document.id], day, self._today()).version
            target = self._store.provision_at(version.id, link.article) if version and link.article else None
            cited.append(
                LinkedProvision(
                    provision_id=target.id if target else None,
                    document_id=document.id,
                    citation=format_citation(Citation(document.title, link.article)),
                    shelf=document.kind.shelf,
                    kind=document.kind,
                    weight=weight_of(document),
                    written=link.written,
                )
            )
        return cited

    def _citing(self, document: Document, provision: Provision) -> list[LinkedProvision]:
        """The cases, guidelines and lists that cite an article of law."""
        if provision.article is None:
            return []
        links = links_to(self._store, document.id, provision.article)
        written = {link.from_provision_id: link.written for link in reversed(links)}
        citing = self.provisions(list(dict.fromkeys(link.from_provision_id for link in links))[:_MOST_LINKS])
        held = [(p, self._catalogue.document_of(p)) for p in citing if p.version_id in self._catalogue.versions]
        return [
            LinkedProvision(
                provision_id=p.id,
                document_id=d.id,
                citation=citation_of(d, p),
                shelf=d.kind.shelf,
                kind=d.kind,
                weight=weight_of(d),
                written=written[p.id],
            )
            for p, d in held
        ]

    def state_of_text(self, version: Version, as_of: dt.date) -> State:
        """State of one particular text on a day: that of its document only if it is the text of that day."""
        if self._catalogue.documents[version.document_id].kind.shelf is not Shelf.LAW:
            return self._presenter.state_of_reference(version, as_of)
        alone = state_of_document([version], as_of, self._today())
        whole = state_of_document(self._catalogue.versions_of[version.document_id], as_of, self._today())
        return whole.state if whole.version is not None and whole.version.id == version.id else alone.state

    def _document_info(self, document: Document, as_of: dt.date) -> DocumentInfo:
        return DocumentInfo(
            document_id=document.id,
            law=document.title,
            kind=document.kind,
            level=document.level,
            region=document.region,
            issuer=document.issuer,
            number=document.number,
            field=document.field,
            shelf=document.kind.shelf,
            versions=[self._version_info(v, as_of) for v in self._catalogue.versions_of.get(document.id, ())],
        )

    def _version_info(self, version: Version, as_of: dt.date) -> VersionInfo:
        validity = version.validity
        return VersionInfo(
            version_id=version.id,
            published=validity.published,
            effective_from=validity.commencement.day,
            effective_from_basis=validity.commencement.basis,
            effective_from_evidence=validity.commencement.evidence,
            effective_until=validity.end.day,
            effective_until_basis=validity.end.basis,
            effective_until_evidence=validity.end.evidence,
            status=self.state_of_text(version, as_of),
            source=version.source,
        )


def _link(provision: Provision) -> ProvisionLink:
    return ProvisionLink(provision_id=provision.id, article=provision.label, heading=str(provision.heading))


def _parsed(found: FoundCitation) -> list[ParsedCitation]:
    return [
        ParsedCitation(text=found.written, start=found.start, end=found.end, citation=format_citation(citation))
        for citation in found.citations
    ]


def _result(found: FoundCitation, resolution: Resolution) -> CiteResult:
    version = resolution.version
    citation = resolution.citation
    return CiteResult(
        citation=format_citation(citation),
        state=resolution.state,
        text=resolution.text,
        successor=resolution.successor,
        reason=resolution.reason,
        current_text=resolution.current.text if resolution.current else None,
        note=resolution.note or None,
        law=citation.title or None,
        article=resolution.provision.label if resolution.provision else None,
        effective_from=version.validity.commencement.day if version else None,
        effective_until=version.validity.end.day if version else None,
        document_id=version.document_id if version else None,
        provision_id=resolution.provision.id if resolution.provision else None,
        candidates=[format_citation(c) for c in resolution.candidates],
        written=found.written,
        start=found.start,
        end=found.end,
    )
