"""The statute behind a record (法条依据): its article in force, and the words of it that bear the penalty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.discretion.contract import BasisInfo
from assistant.quiz.contract import ItemCitation
from assistant.quiz.makers.records.chosen import ChosenStandard
from assistant.quiz.makers.records.rows import word_span
from assistant.quiz.makers.records.words import act
from assistant.quiz.material import LawBook, Material, SourceText, cite
from assistant.quiz.proof.evidence import contained, plain
from corpus.citations import find_citations
from corpus.citations.keys import title_key
from corpus.structure import span_of, split_article
from corpus.vocabulary import Citation, Provision, ProvisionPath, Shelf

_LONGEST_QUOTE = 500
_PARTY = re.compile(
    r"(?P<who>单位|个人)"
    r"|(?:违反[^，。；]{0,24}，)?(?P<named>[^，。；的有、]{2,10}(?:单位|企业|经营者|机构))(?:违反[^，。；]*，)?有下列"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """An article in force, and the place below it that is meant."""

    text: SourceText
    provision: Provision
    path: ProvisionPath
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.provision.text[self.start : self.end]

    def cited(self) -> ItemCitation:
        return cite(self.text, self.provision, self.start, self.end, self.path)


def passage_of(citation: Citation, book: LawBook) -> Passage | None:
    """What a citation with its law's title means in the law in force."""
    if not citation.title or citation.article is None:
        return None
    text = law_titled(citation.title, book)
    if text is None:
        return None
    for provision in text.provisions:
        if provision.article == citation.article:
            span = span_of(provision.text, citation.path)
            return Passage(text, provision, citation.path, *span) if span is not None else None
    return None


def law_titled(title: str, book: LawBook) -> SourceText | None:
    """The one law in force of this title."""
    found = [t for t in book.by_title.get(title_key(title), ()) if t.document.kind.shelf is Shelf.LAW]
    return found[0] if len(found) == 1 else None


def passages_in(written: str, book: LawBook) -> Iterator[Passage]:
    """The passages that a written basis names."""
    for found in find_citations(written):
        for citation in found.citations:
            passage = passage_of(citation, book)
            if passage is not None:
                yield passage


def names_the_item(matter: str, passage: Passage) -> bool:
    """Whether no other item of the article says more of a matter than the one that is cited for it.

    A benchmark may cite the wrong item; what it says of the article is right all the same, but is not examined.
    """
    if passage.path.item is None:
        return True
    words = plain(matter)
    own = contained(words, plain(passage.words))
    text = passage.provision.text
    items = [i for paragraph in split_article(text).paragraphs for i in paragraph.items]
    return all(contained(words, plain(text[i.start : i.end])) <= own for i in items)


def lead_of(passage: Passage) -> Passage:
    """The paragraph of a passage, without its items: what the items bring stands above them."""
    for number, paragraph in enumerate(split_article(passage.provision.text).paragraphs, 1):
        if paragraph.start <= passage.start < paragraph.end:
            end = paragraph.items[0].start if paragraph.items else paragraph.end
            path = ProvisionPath(paragraph=number) if passage.path.paragraph is not None else ProvisionPath()
            words = passage.provision.text[paragraph.start : end].rstrip()
            return Passage(passage.text, passage.provision, path, paragraph.start, paragraph.start + len(words))
    return passage


def party_of(bases: Sequence[BasisInfo], book: LawBook) -> str:
    """Whom the one penalty clause begins with (单位违反本法规定，…; 施工单位有下列情形之一的); "" where with nobody."""
    passages = [p for b in bases for p in passages_in(b.written, book)]
    if len(passages) != 1:
        return ""
    text, at = passages[0].provision.text, passages[0].start
    begins = next((p.start for p in split_article(text).paragraphs if p.start <= at < p.end), at)
    found = _PARTY.match(text[begins:].lstrip())
    return (found["who"] or found["named"]) if found is not None else ""


def penalty_passage(chosen: ChosenStandard, material: Material) -> ItemCitation | None:
    """The paragraph of the statute that states the fine, where the law is held and says what the benchmark quotes."""
    for basis in chosen.info.basis:
        for passage in passages_in(basis.written, material.book):
            if not names_the_item(act(chosen.info.title), passage):
                return None
            for fine in chosen.info.legal_ranges:
                span = word_span(passage.provision.text, fine.text)
                if span is None:
                    continue
                start, end = paragraph_around(passage.provision.text, *span)
                if end - start <= _LONGEST_QUOTE:
                    return cite(passage.text, passage.provision, start, end)
    return None


def penalty_citations(chosen: ChosenStandard, material: Material) -> list[ItemCitation]:
    """The paragraph that states the fine, and the item below it that names the act."""
    statute = penalty_passage(chosen, material)
    if statute is None:
        return []
    items = [p for b in chosen.info.basis for p in passages_in(b.written, material.book) if p.path.item is not None]
    named = [p for p in items if p.provision.id == statute.provision_id and p.words.strip() not in statute.quotation]
    return [statute, *(p.cited() for p in named[:1] if p.end - p.start <= _LONGEST_QUOTE)]


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines of a text around words."""
    for paragraph in split_article(text).paragraphs:
        if paragraph.start <= start and end <= paragraph.end:
            last = paragraph.items[0].start - 1 if paragraph.items and end < paragraph.items[0].start else paragraph.end
            return paragraph.start, last
    return start, end
