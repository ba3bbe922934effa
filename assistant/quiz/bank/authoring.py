"""Items that people write, change and bring along (编题、改题、导入): bound to provisions, proved as far as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.accounts.principal import Principal
from assistant.quiz.bank.citing import bound, found_in, resolvable
from assistant.quiz.bank.drafting import drafted
from assistant.quiz.bank.shelf import ReadableShelf, Shelf
from assistant.quiz.bank.store import Fresh, content_of
from assistant.quiz.contract import CHECK_ZH, ItemCitation, ItemContent, Origin, Proof, QuizItem, WriteRequest
from assistant.quiz.material import LawBook
from assistant.quiz.proof import Evidence
from assistant.quiz.rephrasing import fault_of
from corpus.regions import lineage

Prove = Callable[[ItemContent, Evidence], Proof]


class Authoring:
    """Makes items of what people write, as the person who writes sees the law."""

    def __init__(self, shelf: ReadableShelf, prove: Prove) -> None:
        self._shelf = shelf
        self._prove = prove

    def written(self, person: Principal, request: WriteRequest) -> Fresh:
        """A new item. Raises InvalidInput naming the citations that mean no provision in force."""
        shelf = self._shelf.of(person)
        day = request.as_of or self._shelf.today()
        citations = bound(shelf, request.cites, day, self._regions(person))
        return self._fresh(shelf, request, citations, Origin.WRITTEN, "编写")

    def rewritten(self, person: Principal, request: WriteRequest, before: QuizItem) -> Fresh:
        """An item written anew; what was generated counts as edited from then on."""
        shelf = self._shelf.of(person)
        day = request.as_of or self._shelf.today()
        citations = bound(shelf, request.cites, day, self._regions(person), before.citations)
        origin = Origin.EDITED if before.origin is Origin.GENERATED else before.origin
        return self._fresh(shelf, request, citations, origin, "修改", before)

    def rephrased(self, person: Principal, before: QuizItem, stem: str) -> Fresh | str:
        """The item with another stem, or why that stem is not taken: a word that must stay, or a check not passed."""
        fault = fault_of(before, stem)
        if fault:
            return fault
        content = content_of(before).model_copy(update={"stem": stem})
        proof = self._prove(content, self._evidence(self._shelf.of(person), content))
        if not proof.passed:
            failed = [f"{CHECK_ZH[c.check]}：{c.detail}" for c in proof.checks if c.passed is not True]
            return f"改写后校验未通过（{'；'.join(failed)}）。"
        origin = Origin.EDITED if before.origin is Origin.GENERATED else before.origin
        return Fresh(content, proof, origin, "改写题干")

    def imported(self, person: Principal, request: WriteRequest) -> Fresh:
        """An item of a file: its source is resolved where it can be, otherwise a person must give it."""
        shelf = self._shelf.of(person)
        day = request.as_of or self._shelf.today()
        regions = self._regions(person)
        if request.cites:
            citations, missing = resolvable(shelf, request.cites, day, regions)
        else:
            citations, missing = found_in(shelf, request.explanation, day, regions), []
        told = "".join(f"依据“{words}”未能核对。" for words in missing)
        if not citations:
            told += "没有可核对的依据，发布前须由人写明。"
        return self._fresh(shelf, request, citations, Origin.IMPORTED, "导入", note=told)

    def _fresh(
        self,
        shelf: Shelf,
        request: WriteRequest,
        citations: Sequence[ItemCitation],
        origin: Origin,
        act: str,
        before: QuizItem | None = None,
        note: str = "",
    ) -> Fresh:
        day = request.as_of or self._shelf.today()
        first = shelf.shelves.text(citations[0].document_id, day) if citations else None
        content = drafted(request, citations, first, day, before)
        return Fresh(content, self._prove(content, self._evidence(shelf, content)), origin, act, note)

    def _evidence(self, shelf: Shelf, content: ItemContent) -> Evidence:
        """What the proof looks at: with a claim all law of the day, for second answers; else what is cited."""
        documents = dict.fromkeys(c.document_id for c in content.citations)
        cited = [t for d in documents if (t := shelf.shelves.text(d, content.as_of)) is not None]
        if content.claim is None:
            book = LawBook(content.as_of, tuple(cited))
        else:
            book = shelf.shelves.book(content.as_of, content.tags.region or None)
        others = {p.id: (t, p) for t in cited for p in t.provisions if p.id not in book.by_provision}
        return Evidence(book, shelf.shelves.desk, others)

    def _regions(self, person: Principal) -> frozenset[str]:
        """Of two laws of one title, that of the person's region is meant, else of the region of the settings."""
        region = person.region or self._shelf.region
        return frozenset(lineage(region)) | {region} if region else frozenset()
