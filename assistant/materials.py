"""Which cases and which practice material stand beside an answer (所附材料): few, near, those on its article first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer.compose import Evidence
from assistant.answer.focus import words_of
from assistant.answer.materials import Shown, quote_from
from assistant.catalogue import Catalogue
from assistant.presenting import Presenter
from assistant.retrieval.features import Scored
from assistant.retrieval.materials import NearMaterial
from assistant.retrieval.retriever import Retriever
from assistant.understanding import UnderstoodQuestion
from corpus.index import SearchFilter
from corpus.store import CorpusStore
from corpus.store.links import links_from
from corpus.vocabulary import Provision, Shelf

MOST_SHOWN = {Shelf.PRACTICE: 3, Shelf.CASE: 2}
LINKED = 0.15
"""What it adds to the nearness of material that it cites a provision the answer rests on."""
_LOOKED_AT = 60  # for citations of the answer's provisions, nearest first


class MaterialFinder:
    """Finds the material for a question and chooses what is shown."""

    def __init__(
        self,
        store: CorpusStore,
        catalogue: Catalogue,
        retriever: Retriever,
        presenter: Presenter,
        sections: Callable[[str], Sequence[Provision]],
    ) -> None:
        """``sections`` gives all provisions of a version by its id."""
        self._store = store
        self._catalogue = catalogue
        self._retriever = retriever
        self._presenter = presenter
        self._sections = sections

    def find(self, question: UnderstoodQuestion, where: SearchFilter, shelves: Iterable[Shelf]) -> list[NearMaterial]:
        """Material of the shelves, nearest first; what the question names by its title comes before all else.

        Practice material is that of the place asked about, as law is; a case tells something wherever it happened.
        """
        held = [shelf for shelf in shelves if shelf in self._catalogue.shelves]
        named = {d.id for title in question.unknown_titles for d in self._catalogue.material_titled(title)}
        found = [
            replace(m, nearness=m.nearness + 1.0, enough=True) if m.scored.document.id in named else m
            for shelf in held
            for m in self._retriever.materials(question, _on(shelf, where))
        ]
        return sorted(found, key=lambda m: -m.nearness)

    def beside(
        self, question: UnderstoodQuestion, found: Sequence[NearMaterial], grounds: Sequence[Evidence]
    ) -> list[Shown]:
        """The few that are near enough to be shown unasked, those that cite the answer's ``grounds`` first."""
        cites = self._cites(found[:_LOOKED_AT], grounds) if grounds else {}
        weighed = [
            replace(m, nearness=m.nearness + LINKED) if cites.get(m.scored.provision.id) else m
            for m in found
            if m.enough or cites.get(m.scored.provision.id)
        ]
        weighed.sort(key=lambda m: -m.nearness)
        kept: list[NearMaterial] = []
        for shelf, most in MOST_SHOWN.items():
            kept += [m for m in weighed if m.scored.document.kind.shelf is shelf][:most]
        return [self.shown(question, m, cites.get(m.scored.provision.id, ())) for m in kept]

    def shown(self, question: UnderstoodQuestion, material: NearMaterial, cites: Sequence[str] = ()) -> Shown:
        """Material with its quotation and what must be known before it is cited."""
        words = words_of(question.text, (term for e in question.expansions for term in e.statute))
        provision, document = material.scored.provision, material.scored.document
        return Shown(
            provision,
            self._catalogue.versions[provision.version_id],
            document,
            material.scored.candidate.passage_id,
            round(material.nearness, 4),
            quote_from(words, provision),
            tuple(cites),
            self._presenter.warnings(provision, document),
        )

    def _cites(self, found: Sequence[NearMaterial], grounds: Sequence[Evidence]) -> dict[str, list[str]]:
        """Provision id of the material → citations of those of the answer's provisions that it names."""
        wanted = {(e.document.id, e.provision.article): e.citation for e in grounds if e.provision.article}
        sections = {m.scored.provision.id: self._cited_with(m.scored) for m in found}
        links = links_from(self._store, list(chain.from_iterable(sections.values())))
        named: dict[str, list[str]] = {}
        for provision_id, together in sections.items():
            targets = ((link.to_document_id, link.article) for s in together for link in links.get(s, ()))
            citations = dict.fromkeys(wanted[target] for target in targets if target in wanted)
            if citations:
                named[provision_id] = list(citations)
        return named

    def _cited_with(self, scored: Scored) -> list[str]:
        """The provisions whose citations count for one that was found: of a case all sections, for it is one story."""
        if scored.document.kind.shelf is not Shelf.CASE:
            return [scored.provision.id]
        return [p.id for p in self._sections(scored.provision.version_id)]


def _on(shelf: Shelf, where: SearchFilter) -> SearchFilter:
    regions = None if shelf is Shelf.CASE else where.regions
    return replace(where, shelves=frozenset({shelf.value}), regions=regions)


def shelves_searched(chosen: Shelf | None, documents: Collection[Shelf]) -> tuple[bool, tuple[Shelf, ...]]:
    """Whether law is searched, and which of the other shelves, for a shelf chosen and the shelves of a document filter.

    Without either law is searched, with material of both other shelves beside it; a filter by one law asks for that
    law and nothing beside it.
    """
    wanted = {chosen} if chosen is not None else set(documents) or set(Shelf)
    return Shelf.LAW in wanted, tuple(s for s in (Shelf.PRACTICE, Shelf.CASE) if s in wanted)
