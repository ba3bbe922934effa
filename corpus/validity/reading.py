"""One text read for everything it says about time (文本中的时间信息), before texts are compared with one another.

The words of a text are read once and let go: what is kept of 170,000 provisions fits into some megabytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.validity.amendments import amended_titles, directive, read_amendment_targets
from corpus.validity.annotation import LONGEST_WAY, History, read_history
from corpus.validity.commencement import CommencementClause, clause_of_text
from corpus.validity.expiry import Expiry, read_expiry
from corpus.validity.facts import AmendmentTarget, RepealClause, VersionFacts
from corpus.validity.mentions import KnownNames, later_acts, names_in
from corpus.validity.repeals import read_repeals
from corpus.validity.wording import cite, compact, title_key
from corpus.vocabulary import ArticleNumber, DateBasis, DatedFact, DocumentKind, Shelf

_WITHOUT_CLAUSES = (DocumentKind.CASE, DocumentKind.TEMPLATE, DocumentKind.CATALOGUE)
"""Kinds whose texts speak of the dates of others: a case quotes the clauses of the law it applies."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """A text with its own commencement clause, repeal clauses and what it amends.

    ``facts`` are the source's without the provisions. ``repeals`` are pairs of clause and citation; what an amending
    text quotes is not its own repeal. ``articles`` are listed for the renumbering of an amended text.
    """

    facts: VersionFacts
    key: str
    clause: CommencementClause | None = None
    repeals: Sequence[tuple[RepealClause, str]] = ()
    targets: Sequence[AmendmentTarget] = ()
    amends: frozenset[str] = frozenset()
    inserted_article: str | None = None  # citation of the first 第…条之一: no text has one when it is first enacted
    latest_act: tuple[dt.date, str] | None = None  # the newest act after its publication that the text reproduces
    history: History | None = None
    expiry: Expiry | None = None
    articles: Sequence[ArticleNumber] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # title key named in the text → citation of the place

    @property
    def is_law(self) -> bool:
        return self.facts.document.kind.shelf is Shelf.LAW

    @property
    def stated_day(self) -> DatedFact | None:
        """The day the text itself names (自1995年6月1日起施行); None for 自公布之日起施行 or silence."""
        return self.clause.fact if self.clause and self.clause.names_day else None

    @property
    def day(self) -> dt.date | None:
        """The day by which texts of one document are put in order: publication, else the commencement they name."""
        return self.facts.published or self.own_commencement().day

    @property
    def first_text(self) -> bool:
        """Whether the head note shows that the document was never amended: one that ends long before the publication
        of this text is an older text's and shows nothing."""
        published = self.facts.published
        if self.history is None or self.history.amendments or published is None:
            return False
        return published - self.history.newest <= LONGEST_WAY

    def own_commencement(self) -> DatedFact:
        """Commencement of a text that is no version of an older one, such as a decision: its clause, or its row."""
        if self.clause is not None:
            return self.clause.fact
        return self.row_commencement or DatedFact.unknown(self.undated)

    @property
    def undated(self) -> str:
        return f"文本与{self.facts.row_evidence}均未载明施行日期"

    @property
    def row_commencement(self) -> DatedFact | None:
        day = self.facts.row_effective
        return DatedFact(day, DateBasis.SOURCE_ROW, self.facts.row_evidence) if day else None


def read_text(facts: VersionFacts, known: KnownNames) -> TextReading:
    """Read one text; ``known`` are the names of all documents that its mentions may mean."""
    document, provisions = facts.document, facts.provisions
    key = title_key(document.title)
    bare = dataclasses.replace(facts, provisions=())
    history = read_history(facts.annotation)
    if document.kind in _WITHOUT_CLAUSES:
        return TextReading(bare, key, history=history)
    clause = clause_of_text(document.title, facts.published, provisions)
    targets = _targets(facts)
    return TextReading(
        bare,
        key,
        clause=clause[0] if clause else None,
        repeals=_repeals(facts, amending=bool(targets)),
        targets=targets,
        amends=frozenset(title_key(t) for t in {t.title for t in targets} | set(amended_titles(document.title))),
        inserted_article=next((cite(document.title, p.label) for p in provisions if _inserted(p.article)), None),
        latest_act=max(later_acts(facts), default=None),
        history=history,
        expiry=read_expiry(document.title, provisions),
        articles=tuple(p.article for p in provisions if p.article is not None),
        names=names_in(facts, known),
    )


def _inserted(article: ArticleNumber | None) -> bool:
    return article is not None and article.insertion > 0


def _targets(facts: VersionFacts) -> Sequence[AmendmentTarget]:
    """Articles of other texts that this one changes; () for an ordinary text."""
    title = facts.document.title
    amending = facts.document.kind in (DocumentKind.AMENDMENT, DocumentKind.AMENDING_DECISION)
    if not amending and not amended_titles(title):
        return ()
    return tuple(read_amendment_targets(title, facts.provisions))


def _repeals(facts: VersionFacts, *, amending: bool) -> Sequence[tuple[RepealClause, str]]:
    """Repeal clauses; an amending text has its own only where its title says so (关于修改和废止部分法规的决定)."""
    if amending and "废止" not in compact(facts.document.title):
        return ()
    title = facts.document.title
    return tuple(
        (clause, cite(title, p.label))
        for p in facts.provisions
        for clause in read_repeals(directive(p.text) if amending else p.text)
    )
