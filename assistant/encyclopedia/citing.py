"""Who cites what (引用关系): cases, benchmarks and lists that cite law, and laws that name each other, both ways.

A table of one view: it is read once from the store, and holds nothing that is not in the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.catalogue import Catalogue
from corpus.citations import find_citations
from corpus.citations.names import prefer_region
from corpus.store import CorpusStore
from corpus.store.links import CitationLink, links_from
from corpus.validity import serving_span
from corpus.vocabulary import ArticleNumber, DocumentKind, Provision, Shelf

_PASSING = (DocumentKind.AMENDING_DECISION, DocumentKind.AMENDMENT)


@dataclass(frozen=True, slots=True)
class LawReference:
    """A law that names another one by its title: from which provision, where in it, which article."""

    from_provision_id: str
    to_document_id: str
    article: ArticleNumber | None
    start: int
    end: int
    written: str


class CitationTable:
    """All citations between the documents of a catalogue."""

    def __init__(self, catalogue: Catalogue, material: Sequence[CitationLink]) -> None:
        self._to: dict[str, list[CitationLink]] = defaultdict(list)
        self.laws_cited: dict[str, set[str]] = defaultdict(set)  # document id → ids of the laws it cites
        for link in material:
            self._to[link.to_document_id].append(link)
            version = catalogue.versions[link.from_provision_id.split("/", 1)[0]]
            self.laws_cited[version.document_id].add(link.to_document_id)

    @classmethod
    def read(
        cls, catalogue: Catalogue, store: CorpusStore, provisions_of: Callable[[str], Sequence[Provision]]
    ) -> CitationTable:
        material: list[CitationLink] = []
        for document_id, versions in catalogue.versions_of.items():
            if catalogue.documents[document_id].kind.shelf is not Shelf.LAW:
                ids = [p.id for v in versions for p in provisions_of(v.id)]
                material += (link for links in links_from(store, ids).values() for link in links)
        known = [link for link in material if link.to_document_id in catalogue.documents]
        return cls(catalogue, known)

    def citing(self, document_id: str, article: ArticleNumber | None = None) -> list[CitationLink]:
        """Material that cites a document (``article`` None: anywhere in it), each citing provision once."""
        links = self._to.get(document_id, [])
        chosen = [link for link in links if article is None or link.article == article]
        return list({link.from_provision_id: link for link in reversed(chosen)}.values())[::-1]


class LawReferences:
    """The laws that name articles of other laws by their title."""

    def __init__(self, catalogue: Catalogue, provisions_of: Callable[[str], Sequence[Provision]]) -> None:
        self._named: dict[tuple[str, ArticleNumber | None], list[LawReference]] = defaultdict(list)
        for reference in _law_references(catalogue, provisions_of):
            self._named[reference.to_document_id, reference.article].append(reference)

    def naming(self, document_id: str, article: ArticleNumber) -> list[LawReference]:
        """Provisions of other laws that name the article."""
        return self._named.get((document_id, article), [])


def _law_references(
    catalogue: Catalogue, provisions_of: Callable[[str], Sequence[Provision]]
) -> Iterator[LawReference]:
    for document_id, versions in catalogue.versions_of.items():
        document = catalogue.documents[document_id]
        if document.kind.shelf is not Shelf.LAW or document.kind in _PASSING:
            continue
        for version in versions:
            if serving_span(version.validity) is None:
                continue
            for provision in provisions_of(version.id):
                if "》第" not in provision.text:
                    continue
                for found in find_citations(provision.text, catalogue.names):
                    if not found.title:
                        continue
                    meant = prefer_region(
                        catalogue.names.lookup(found.defined or found.title).documents, (document.region,)
                    )
                    if len(meant) != 1 or meant[0].id == document_id or meant[0].id not in catalogue.documents:
                        continue
                    for citation in found.citations:
                        yield LawReference(
                            provision.id, meant[0].id, citation.article, found.start, found.end, found.written
                        )
