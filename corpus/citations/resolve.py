"""What a citation stands for on a day (引用解析): its state, the words of the law, and what came after.

Doubt is a result: a name with two meanings, a 前款 without its article, a text that is not held each have a state of
their own, and no near match is taken. Dates and their proofs come from ``corpus.validity``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.citations.format import format_article, format_citation, format_path, format_title
from corpus.citations.names import NameMatch, NameTable, prefer_region
from corpus.numerals import format_number
from corpus.store import CorpusStore
from corpus.store.repository import AmendedArticle
from corpus.structure import span_of, split_article
from corpus.validity import Standing, state_of_article, state_of_document
from corpus.vocabulary import (
    Citation,
    Document,
    FindingKind,
    Provision,
    ProvisionPath,
    State,
    Version,
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A citation resolved on a day (解析结果).

    ``text`` is the cited article, 款 or 项 of that day, verbatim; it and ``provision`` and ``version`` are None
    whenever the words of that day are not held or there are none. ``current`` is today's article of the same number,
    given where it differs from ``text`` or where the text of the day is not held. ``earlier`` is the article before an
    amendment whose amended text is not held. ``successor`` names what replaced or will replace the text. ``reason``
    (Chinese) explains ``state`` with dates and their sources; ``note`` says how a name was read.
    """

    citation: Citation
    state: State
    as_of: dt.date
    reason: str
    provision: Provision | None = None
    version: Version | None = None
    text: str | None = None
    current: Provision | None = None
    earlier: Provision | None = None
    successor: str | None = None
    candidates: tuple[Citation, ...] = ()
    note: str = ""
    certain: bool = True


def resolve_citation(
    citation: Citation,
    *,
    store: CorpusStore,
    names: NameTable,
    as_of: dt.date,
    today: dt.date,
    context_document_id: str | None = None,
    regions: Collection[str] = (),
) -> Resolution:
    """What one ``citation`` stands for on ``as_of``, seen from ``today``; of two laws of one title that of ``regions``.

    A citation without title belongs to the document ``context_document_id`` (本法第五条 inside a law); without one it
    is ambiguous.
    """
    if citation.title:
        match = names.lookup(citation.title)
        meant = prefer_region(match.documents, regions)
        if len(match.titles) == 1 and len(meant) == 1:
            resolution = _resolve_in(store, meant[0], citation, as_of, today)
            return replace(resolution, note=match.note + resolution.note)
        return _without_document(citation, match, names, as_of)
    document = store.document(context_document_id) if context_document_id else None
    if document is not None and (citation.article or citation.label is None or citation.label.startswith("条目")):
        return _resolve_in(store, document, citation, as_of, today)
    if citation.article is None and citation.label:
        reason = f"“{citation.label}”所指的条款须看引用所在的条文，单凭这几个字不能确定。"
    else:
        reason = "没有写明法律名称，不能确定是哪部法律的条文。"
    return Resolution(citation, State.AMBIGUOUS, as_of, reason)


def _without_document(citation: Citation, match: NameMatch, names: NameTable, as_of: dt.date) -> Resolution:
    """A name that means no document of the corpus, or more than one."""
    if len(match.titles) > 1 or len(match.documents) > 1:
        titles = match.titles if len(match.titles) > 1 else tuple(d.title for d in match.documents)
        same_name = f"语料中有{len(match.documents)}个名为{format_title(titles[0])}的文件，请写明是哪一个。"
        candidates = tuple(dict.fromkeys(replace(citation, title=title) for title in titles))
        return Resolution(citation, State.AMBIGUOUS, as_of, match.note or same_name, candidates=candidates)
    title = match.title or citation.title.strip("《》")
    similar = [] if match.title else names.similar(title)
    hint = f"名称相近的有：{'、'.join(map(format_title, similar))}（未据以作答）。" if similar else ""
    reason = f"语料中没有{format_title(title)}。"
    return Resolution(replace(citation, title=title), State.NOT_IN_CORPUS, as_of, reason, note=match.note + hint)


def _resolve_in(
    store: CorpusStore, document: Document, citation: Citation, as_of: dt.date, today: dt.date
) -> Resolution:
    return _Case(store, document, replace(citation, title=document.title), as_of, today).resolve()


class _Case:
    """One citation of one document on one day."""

    def __init__(
        self, store: CorpusStore, document: Document, citation: Citation, as_of: dt.date, today: dt.date
    ) -> None:
        self.store = store
        self.citation = citation
        self.as_of = as_of
        self.today = today
        self.versions = [v for v in store.versions(document.id) if not v.withheld]

    def resolve(self) -> Resolution:
        standing = self._standing(self.as_of)
        if standing.state is State.VERSION_NOT_IN_CORPUS:
            return self._text_not_held(standing)
        if (self.citation.article is None and self.citation.label is None) or standing.version is None:
            return self._result(standing, standing.state, standing.reason)
        provision = self._provision(standing.version)
        if provision is None:
            return self._missing(standing, standing.version)
        if provision.article is None and self.citation.article is not None:
            # 刑法修正案（十二）第三条 is how people cite what is printed 三、.
            self.citation = replace(self.citation, article=None, label=provision.label)
        span = span_of(provision.text, self.citation.path)
        if span is None:
            return self._no_such_place(standing, provision)
        return self._held(standing, provision, span)

    # ---- looking up ----------------------------------------------------------------------------------------

    def _standing(self, day: dt.date) -> Standing:
        if self.citation.article is None:
            return state_of_document(self.versions, day, self.today)
        amended, names = self._changes
        return state_of_article(self.versions, amended, self.citation.article, day, self.today, names)

    @cached_property
    def _changes(self) -> tuple[list[AmendedArticle], dict[str, str]]:
        """The amendments of the article that the corpus holds, and the canonical citations of who amends."""
        amended = [
            a for v in self.versions for a in self.store.amended_articles(v.id) if a.article == self.citation.article
        ]
        ids = sorted({a.amending_provision_id for a in amended})
        titles = self.store.titles_of_provisions(ids)
        names = {
            p.id: format_citation(Citation(titles[p.id], p.article, label=p.label))
            for p in self.store.provisions_by_id(ids).values()
        }
        return amended, names

    def _provision(self, version: Version) -> Provision | None:
        label = self.citation.label
        if self.citation.article is not None:
            provision = self.store.provision_at(version.id, self.citation.article)
            if provision is not None or self.citation.article.insertion:
                return provision
            label = f"条目{format_number(self.citation.article.number)}"
        return self.store.provision(f"{version.id}/{label}")

    def _todays(self) -> Provision | None:
        """Today's provision of the same number, where the law is in force today and its text is held."""
        standing = self._standing(self.today)
        in_force = standing.state is State.IN_FORCE and standing.version is not None
        return self._provision(standing.version) if in_force and standing.version else None

    # ---- results -------------------------------------------------------------------------------------------

    def _held(self, standing: Standing, provision: Provision, span: tuple[int, int]) -> Resolution:
        """The words of the day are held; where another text applies today, both are compared."""
        text = provision.text[slice(*span)]
        if standing.state is not State.AMENDED:
            return self._result(standing, standing.state, standing.reason, provision=provision, text=text)
        current = self._todays()
        if current is not None:
            same = span_of(current.text, self.citation.path)
            if same is not None and current.text[slice(*same)] == text:
                reason = f"{standing.reason}其后的文本没有改动此处文字。"
                return self._result(standing, State.IN_FORCE, reason, provision=provision, text=text)
        return self._result(
            standing,
            State.AMENDED,
            standing.reason,
            provision=provision,
            text=text,
            current=current,
            note=self._where_now(provision),
        )

    def _where_now(self, provision: Provision) -> str:
        """Where today's text has the same words under another number."""
        standing = self._standing(self.today)
        if standing.version is None or provision.article is None:
            return ""
        same = [p for p in self.store.provisions(standing.version.id) if p.text == provision.text and p.article]
        moved = [p.label for p in same if p.article != provision.article]
        return f"文字相同的现行条文是{'、'.join(moved)}。" if moved else ""

    def _text_not_held(self, standing: Standing) -> Resolution:
        earlier = self._provision(standing.version) if standing.changed_by and standing.version else None
        today = self._standing(self.today)
        reason = standing.reason
        if today.state is State.REPEALED:
            reason += today.reason
        return replace(
            self._result(standing, State.VERSION_NOT_IN_CORPUS, reason, current=self._todays(), earlier=earlier),
            version=None,
            successor=self._successor(standing) or self._successor(today),
        )

    def _missing(self, standing: Standing, version: Version) -> Resolution:
        wanted = self.citation.article
        gaps = [f for f in self.store.findings(version.id) if f.kind is FindingKind.NUMBERING_GAP]
        for gap in gaps:
            if wanted is not None and gap.article == wanted:
                return self._result(standing, State.GAP_IN_SOURCE, gap.message)
        numbers = [p.article.number for p in self.store.provisions(version.id) if p.article]
        unit = format_article(wanted) if wanted else (self.citation.label or "")
        extent = f"共{max(numbers)}条，" if numbers else ""
        reason = f"{_this_law(self.citation.title)}{extent}没有{unit}。"
        if standing.state is not State.IN_FORCE:
            reason += standing.reason
        current = self._todays() if self.as_of != self.today else None
        note = f"现行文本中有{unit}。" if current is not None else ""
        return self._result(standing, State.NO_SUCH_ARTICLE, reason, current=current, note=note)

    def _no_such_place(self, standing: Standing, provision: Provision) -> Resolution:
        listing = [p for p in split_article(provision.text).paragraphs if p.items]
        path = self.citation.path
        if path.paragraph is None and path.item is not None and len(listing) > 1:
            candidates = tuple(
                replace(self.citation, path=replace(path, paragraph=p.number))
                for p in listing
                if any(item.number == path.item for item in p.items)
            )
            which = "、".join(f"第{format_number(p.number)}款" for p in listing)
            reason = f"{provision.label}的{which}都列有项，请写明是哪一款。"
            return replace(self._result(standing, State.AMBIGUOUS, reason, provision=provision), candidates=candidates)
        reason = f"{explain_missing_place(provision, path)}"
        return self._result(standing, State.NO_SUCH_ARTICLE, reason, provision=provision)

    def _result(
        self,
        standing: Standing,
        state: State,
        reason: str,
        *,
        provision: Provision | None = None,
        text: str | None = None,
        current: Provision | None = None,
        earlier: Provision | None = None,
        note: str = "",
    ) -> Resolution:
        return Resolution(
            citation=self.citation,
            state=state,
            as_of=self.as_of,
            reason=reason,
            provision=provision,
            version=standing.version,
            text=text,
            current=current,
            earlier=earlier,
            successor=self._successor(standing),
            note=note,
            certain=standing.certain,
        )

    def _successor(self, standing: Standing) -> str | None:
        """What replaced or will replace the text: the repealing law, the amending provisions, or the newer text."""
        if standing.ended_by:
            return standing.ended_by[: standing.ended_by.rfind("》") + 1] or standing.ended_by
        if standing.changed_by:
            names = self._changes[1]
            return "、".join(names[i] for i in standing.changed_by if i in names) or None
        if standing.successor is not None:
            published = standing.successor.validity.published
            when = (
                f"（{published.year}年{published.month}月{published.day}日公布的文本）" if published else "（新文本）"
            )
            return f"{format_title(self.citation.title)}{when}"
        return None


def explain_missing_place(provision: Provision, path: ProvisionPath) -> str:
    """Why the article has no such 款、项 or 目, with what it has instead (Chinese)."""
    paragraphs = split_article(provision.text).paragraphs
    if path.paragraph is not None and not 0 < path.paragraph <= len(paragraphs):
        return f"{provision.label}共{len(paragraphs)}款，没有第{format_number(path.paragraph)}款。"
    if path.paragraph is not None:
        paragraph = paragraphs[path.paragraph - 1]
        place = f"{provision.label}第{format_number(path.paragraph)}款"
    else:
        paragraph = next((p for p in paragraphs if p.items), paragraphs[0])
        place = provision.label
    if not paragraph.items:
        return f"{place}没有列项。"
    item = next((i for i in paragraph.items if i.number == path.item), None)
    if path.item is None or item is None:
        return f"{place}共{len(paragraph.items)}项，没有{format_path(replace(path, paragraph=None))}。"
    place += f"第{format_number(item.number)}项"
    if not item.subitems:
        return f"{place}没有列目。"
    return f"{place}共{len(item.subitems)}目，没有{format_path(ProvisionPath(subitem=path.subitem))}。"


def _this_law(title: str) -> str:
    for noun in ("法典", "条例", "办法", "规定", "规则", "细则", "决定", "法"):
        if title.endswith(noun):
            return "该法" if noun == "法典" else f"该{noun}"
    return "该文件"
