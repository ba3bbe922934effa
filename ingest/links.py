"""Links of citations (引用链接) from what is no law to the law: read all texts, tie what is sure, report the rest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.citations import Anchor, FoundCitation, NameTable, find_citations
from corpus.citations.format import format_article
from corpus.citations.spans import overlaps
from corpus.store import CorpusStore
from corpus.store.links import CitationLink, CitingText, articles_of, replace_links, texts_outside_law
from corpus.validity.wording import format_title
from corpus.vocabulary import ArticleNumber, Citation, Document, Finding, FindingKind, Severity, Version
from ingest.link_targets import Doubt, HeldLaw, Target, quotation_after, start_of, target_of
from ingest.outdated import CitedLaw, outdated

DERIVED_FROM = "citation_links_derived_from"
DERIVED_KINDS = (FindingKind.UNKNOWN_PROVISION, FindingKind.OLDER_THAN_LAW)
LINKS_REVISION = 1
"""Raise when the rules of this module change: links are then derived again from the texts held."""

_WORTH_TELLING = re.compile(r"(?:法|法典|条例|规定|办法|规则|细则|解释|标准|准则|决定|规程|规章)(?:[（(〈].*)?》?$")
_HINT = re.compile(r"条|《")
_DEFINITION = re.compile(
    r"《(?P<full>[^《》]{4,80})》[（(][^（）()\n]{0,30}以下简称为?\s*[《“\"]?(?P<short>[\u4e00-\u9fff]{1,20})"
)
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_Told = tuple[Severity, str]
_TOLD: dict[Doubt, _Told] = {
    Doubt.NO_SUCH_ARTICLE: (Severity.WARNING, "语料中的文本没有该条"),
    Doubt.TEXT_NOT_HELD: (Severity.INFO, "引用时适用的文本未收录，条号可能已变，只对应到文件"),
    Doubt.RENUMBERED: (Severity.INFO, "现行文本同一条号的内容已不同，只对应到文件"),
    Doubt.OTHER_WORDS: (Severity.WARNING, "引文与现行文本该条的文字不符，条号可能属于旧文本，只对应到文件"),
    Doubt.OLDER_TEXT: (Severity.INFO, "本文引用该法的旧文本，条号可能已变，只对应到文件"),
    Doubt.UNDATED: (Severity.INFO, "本文没有日期，条号按语料现有文本对应"),
}
_NOT_HELD = (Severity.INFO, "语料未收录该文件")
_AMBIGUOUS = (Severity.INFO, "名称可以指多个文件")
_MOST_SHOWN = 8  # places named in a message; all stand in the finding's text
_REMEDY = "请对照原文核对所引条款。"


@dataclass(slots=True)
class _Derived:
    """What one run finds."""

    links: list[CitationLink] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def renew_links(store: CorpusStore) -> bool:
    """Tie the citations of all served texts outside the law to the law held, if texts or dates have changed.

    To be called after ``renew_validities``: which text of a law applied on the day of the citing text is read from the
    dates. Replaces all links and the findings of ``DERIVED_KINDS``; returns whether anything had to be derived.
    """
    versions = store.versions()
    fingerprint = _fingerprint(store, versions)
    if store.meta(DERIVED_FROM) == fingerprint:
        return False
    derived = _derive(store, versions)
    replace_links(store, derived.links)
    store.replace_findings(DERIVED_KINDS, derived.findings)
    store.set_meta(DERIVED_FROM, fingerprint)
    return True


def _fingerprint(store: CorpusStore, versions: Sequence[Version]) -> str:
    digests = store.version_digests()
    facts = sorted(
        [v.id, digests.get(v.id, ""), v.withheld, str(start_of(v)), str(v.validity.end.day)] for v in versions
    )
    return hashlib.sha256(json.dumps([LINKS_REVISION, facts]).encode()).hexdigest()


def _derive(store: CorpusStore, versions: Sequence[Version]) -> _Derived:
    shelf = _Shelf(store, [v for v in versions if not v.withheld])
    derived = _Derived()
    by_id = {v.id: v for v in versions}
    for version_id, group in groupby(texts_outside_law(store), key=lambda text: text.version_id):
        _Reader(shelf, by_id[version_id], derived).read(list(group))
    return derived


@dataclass(frozen=True, slots=True)
class _Tie:
    """One citation of a held document, with the article as written and where it points."""

    text: CitingText
    found: FoundCitation
    document: Document
    article: ArticleNumber | None
    target: Target


class _Shelf:
    """The documents held, found by the names that people write, with their texts; read once, when asked for."""

    def __init__(self, store: CorpusStore, versions: Sequence[Version]) -> None:
        self._store = store
        self.documents = {d.id: d for d in store.documents()}
        self.names = NameTable.from_documents(self.documents.values())
        self._versions: dict[str, list[Version]] = defaultdict(list)
        for version in sorted(versions, key=lambda v: (start_of(v) or dt.date.min, v.id)):
            self._versions[version.document_id].append(version)
        self._articles: dict[str, Mapping[str, frozenset[ArticleNumber]]] = {}
        self._words: dict[tuple[str, ArticleNumber], str] = {}

    def versions(self, document_id: str) -> Sequence[Version]:
        return self._versions.get(document_id, ())

    def law(self, document_id: str) -> HeldLaw:
        if document_id not in self._articles:
            self._articles[document_id] = articles_of(self._store, [document_id])
        return HeldLaw(self.versions(document_id), self._articles[document_id], self._article)

    def _article(self, version_id: str, article: ArticleNumber) -> str:
        key = (version_id, article)
        if key not in self._words:
            provision = self._store.provision_at(version_id, article)
            self._words[key] = provision.text if provision else ""
        return self._words[key]


class _Reader:
    """Reads the citations of one text."""

    def __init__(self, shelf: _Shelf, version: Version, derived: _Derived) -> None:
        self._shelf = shelf
        self._version = version
        self._document = shelf.documents[version.document_id]
        self._derived = derived
        self._cited: dict[str, Document] = {}
        self._ties: list[_Tie] = []
        self._doubts: dict[tuple[str, _Told], list[str]] = defaultdict(list)

    def read(self, texts: Sequence[CitingText]) -> None:
        """Links and findings of all provisions of the text."""
        shorts = {m["short"]: m["full"] for text in texts for m in _DEFINITION.finditer(text.text)}
        for text in texts:
            if not _HINT.search(text.text):
                continue
            for found, title in _with_titles(_citations(text.text, self._shelf.names), text.text):
                self._tie(text, found, shorts.get(title, title))
        self._settle()
        self._derived.findings += [self._finding(label, told, words) for (label, told), words in self._doubts.items()]
        for document in self._cited.values():
            cited = CitedLaw(document, self._shelf.versions(document.id))
            if (warning := outdated(self._document, self._version, cited)) is not None:
                self._derived.findings.append(warning)

    def _tie(self, text: CitingText, found: FoundCitation, title: str) -> None:
        match = self._shelf.names.lookup(title)
        documents = self._nearest([d for d in match.documents if self._shelf.versions(d.id)])
        if any(d.id == self._document.id for d in documents):
            return
        if len(documents) != 1:
            written = found.written if found.title is not None else f"{format_title(title)}{found.written}"
            if _WORTH_TELLING.search(title) or found.citations[0].article is not None:
                self._doubt(text.label, _AMBIGUOUS if documents else _NOT_HELD, written)
            return
        document = documents[0]
        self._cited[document.id] = document
        quotation = quotation_after(text.text, found.start, found.end) if len(found.citations) == 1 else None
        for article in dict.fromkeys(c.article for c in found.citations):
            target = Target(None) if article is None else self._target(document, article, found, quotation)
            self._ties.append(_Tie(text, found, document, article, target))

    def _settle(self) -> None:
        """Make links of the ties; where one citation proves the text meant older, unproved ones mean it too."""
        older = {tie.document.id for tie in self._ties if tie.target.doubt is Doubt.OTHER_WORDS}
        for tie in self._ties:
            target = tie.target
            if target.doubt is Doubt.UNDATED and tie.document.id in older:
                target = Target(None, Doubt.OLDER_TEXT)
            link = CitationLink(tie.text.provision_id, tie.document.id, target.article, tie.found.written)
            self._derived.links.append(link)
            if target.doubt is not None and tie.article is not None:
                words = f"{format_title(tie.document.title)}{format_article(tie.article)}"
                self._doubt(tie.text.label, _TOLD[target.doubt], words)

    def _doubt(self, label: str, told: _Told, words: str) -> None:
        """Note a doubt: a warning at its row, what is merely to be known once for the whole text."""
        self._doubts[label if told[0] is Severity.WARNING else "", told].append(words)

    def _target(
        self, document: Document, article: ArticleNumber, found: FoundCitation, quotation: str | None
    ) -> Target:
        return target_of(
            self._shelf.law(document.id),
            article,
            day=self._version.validity.published,
            edition=found.edition,
            quotation=quotation,
        )

    def _nearest(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Of documents of one title those of the citing text's own place, where it has one of them."""
        own = [d for d in documents if d.region == self._document.region]
        return own or documents

    def _finding(self, label: str, told: _Told, words: Sequence[str]) -> Finding:
        severity, message = told
        distinct = list(dict.fromkeys(words))
        shown = "、".join(distinct[:_MOST_SHOWN])
        more = f"等{len(distinct)}处" if len(distinct) > _MOST_SHOWN else ""
        return Finding(
            FindingKind.UNKNOWN_PROVISION,
            severity,
            self._version.id,
            f"{format_title(self._document.title)}{label}",
            f"{message}：{shown}{more}。",
            _REMEDY,
            text="、".join(distinct),
        )


def _citations(text: str, names: NameTable) -> list[FoundCitation]:
    """Every citation in a text, with the documents held that it names without an article."""
    found = find_citations(text, names)
    whole = [
        FoundCitation(m.start, m.end, text[m.start : m.end], Anchor.FULL, m.match.written, (Citation(m.match.written),))
        for m in names.find_names(text)
        if m.match.documents and not overlaps(found, m.start, m.end)
    ]
    return sorted([*found, *whole], key=lambda citation: citation.start)


def _with_titles(citations: Sequence[FoundCitation], text: str) -> Iterator[tuple[FoundCitation, str]]:
    """Each citation with the law it names; 该法 and an article without law take the one named last in the sentence."""
    last: FoundCitation | None = None
    for found in citations:
        if found.title is not None:
            last = found
            yield found, found.defined or found.title
            continue
        if last is None or found.anchor in (Anchor.PRECEDING, Anchor.THIS_ARTICLE) or found.written.startswith("本"):
            continue
        if found.anchor is Anchor.FULL and _SENTENCE_END.search(text[last.end : found.start]):
            continue
        yield found, last.defined or last.title or ""
