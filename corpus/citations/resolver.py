"""Reading and resolving all citations of a text (引用核对): lists, ranges, 该法 and what the text leaves unsaid."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.citations.boundaries import opens_a_citation
from corpus.citations.found import Anchor, FoundCitation
from corpus.citations.names import NameTable, prefer_region
from corpus.citations.parse import find_citations
from corpus.citations.resolve import Resolution, resolve_citation
from corpus.citations.spans import overlaps
from corpus.errors import InvalidInput
from corpus.store import CorpusStore
from corpus.validity import state_of_document
from corpus.vocabulary import ArticleNumber, Citation, Version

MOST_CITATIONS = 2000
"""Citations of one text that are resolved; the longest decision has a few hundred."""

_SENTENCE_END = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class CiteResult:
    """All citations of a text (引用核对结果), in order: as written, and what each member of a list stands for."""

    resolved: tuple[tuple[FoundCitation, tuple[Resolution, ...]], ...]

    @property
    def parsed(self) -> tuple[FoundCitation, ...]:
        return tuple(found for found, _ in self.resolved)

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        return tuple(resolution for _, resolutions in self.resolved for resolution in resolutions)


class Resolver:
    """Resolves citations against a store. Reads only and keeps nothing of it, so the store may grow meanwhile."""

    def __init__(self, store: CorpusStore, names: NameTable) -> None:
        self._store = store
        self._names = names

    def resolve_citation(
        self,
        citation: Citation,
        *,
        as_of: dt.date,
        today: dt.date,
        context_document_id: str | None = None,
        regions: Collection[str] = (),
    ) -> Resolution:
        """What one citation stands for on ``as_of``; without title it belongs to ``context_document_id``."""
        return resolve_citation(
            citation,
            store=self._store,
            names=self._names,
            as_of=as_of,
            today=today,
            context_document_id=context_document_id,
            regions=regions,
        )

    def resolve(
        self,
        found: FoundCitation,
        *,
        as_of: dt.date,
        today: dt.date,
        context_document_id: str | None = None,
        regions: Collection[str] = (),
    ) -> tuple[Resolution, ...]:
        """What a written reference stands for: one resolution for each member of its list or range.

        Without a law of its own it belongs to ``context_document_id``; of two laws of one title it means that of
        ``regions``.
        """
        title = found.defined or found.title or ""
        version = self._version(title, as_of, today, regions) if found.ranges or found.edition is not None else None
        note = self._edition_note(found, version, as_of)
        resolutions = (
            self.resolve_citation(
                citation, as_of=as_of, today=today, context_document_id=context_document_id, regions=regions
            )
            for citation in self._members(found, title, version)
        )
        return tuple(replace(resolution, note=note + resolution.note) for resolution in resolutions)

    def cite(
        self,
        text: str,
        *,
        as_of: dt.date,
        today: dt.date,
        context_document_id: str | None = None,
        regions: Collection[str] = (),
    ) -> CiteResult:
        """Find every citation in ``text`` and resolve it on ``as_of``.

        A law named without article counts as a citation of the law. 该法 means the law named before it; an article
        without any law (第五条) belongs to the document that the text is from, else to the law named before it in the
        same sentence, and the note says so; otherwise it stays ambiguous. Raises InvalidInput for more than
        ``MOST_CITATIONS``.
        """
        resolved = []
        named: FoundCitation | None = None
        every = _with_bare_names(text, find_citations(text, self._names), self._names)
        if len(every) > MOST_CITATIONS:
            raise InvalidInput(f"文中有 {len(every)} 处引用，超过上限 {MOST_CITATIONS}。", remedy="请分成几次核对。")
        for found in every:
            meant, note = _with_antecedent(text, found, named, has_context=context_document_id is not None)
            if found.title is not None:
                named = found
            resolutions = self.resolve(
                meant, as_of=as_of, today=today, context_document_id=context_document_id, regions=regions
            )
            resolved.append((found, tuple(replace(r, note=note + r.note) for r in resolutions)))
        return CiteResult(tuple(resolved))

    def _members(self, found: FoundCitation, title: str, version: Version | None) -> list[Citation]:
        """The citations of ``found``, a range with the 第…条之一 that the law of the day has between its ends."""
        members = [replace(citation, title=title) for citation in found.citations]
        if version is None or not found.ranges:
            return members
        held = [p.article for p in self._store.provisions(version.id) if p.article and p.article.insertion]
        inserted = [n for n in held for first, last in found.ranges if first < n < last]
        missing = [n for n in inserted if all(c.article != n for c in members)]
        if not missing:
            return members
        whole = [*members, *(Citation(title, number) for number in missing)]
        return sorted(whole, key=lambda citation: citation.article or ArticleNumber(0))

    @staticmethod
    def _edition_note(found: FoundCitation, version: Version | None, as_of: dt.date) -> str:
        """What to say where the writer names another edition than the text of the day."""
        published = version.validity.published if version else None
        if found.edition is None or published is None or published.year == found.edition:
            return ""
        return f"引用注明{found.edition}年文本，此处按{as_of:%Y-%m-%d}适用的文本（{published.year}年公布）核对。"

    def _version(self, title: str, as_of: dt.date, today: dt.date, regions: Collection[str]) -> Version | None:
        meant = prefer_region(self._names.lookup(title).documents, regions)
        if len(meant) != 1:
            return None
        held = [v for v in self._store.versions(meant[0].id) if not v.withheld]
        return state_of_document(held, as_of, today).version


def _with_antecedent(
    text: str, found: FoundCitation, named: FoundCitation | None, *, has_context: bool
) -> tuple[FoundCitation, str]:
    """``found`` with the law named last, where the text says 该法 or leaves the law out; and how it was read."""
    if found.title is not None or named is None or found.anchor in (Anchor.PRECEDING, Anchor.THIS_ARTICLE):
        return found, ""
    own = found.anchor is Anchor.THIS_LAW
    if has_context and (not own or found.written.startswith("本")):
        return found, ""
    between = text[named.end : found.start]
    if not own and (_SENTENCE_END.search(between) or not opens_a_citation(text, found.start)):
        return found, ""
    said = f"“{found.written}”" if own else f"“{found.written}”未写法律名称，"
    return replace(found, title=named.title, defined=named.defined), f"{said}按上文“{named.title}”理解。"


def _with_bare_names(text: str, found: Sequence[FoundCitation], names: NameTable) -> list[FoundCitation]:
    """``found`` with the laws that the text names without 《》 and without an article."""
    bare = [
        FoundCitation(m.start, m.end, text[m.start : m.end], Anchor.FULL, m.match.written, (Citation(m.match.written),))
        for m in names.find_names(text)
        if text[m.start] != "《" and not overlaps(found, m.start, m.end)
    ]
    return sorted([*found, *bare], key=lambda citation: citation.start)
