"""One text read for everything it says about time (文本中的时间信息), before texts are compared with one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.validity.amendments import amended_titles, read_amendment_targets
from corpus.validity.commencement import CommencementClause, clause_of_text
from corpus.validity.facts import AmendmentTarget, RepealClause, VersionFacts
from corpus.validity.mentions import later_acts
from corpus.validity.repeals import read_repeals
from corpus.validity.wording import cite, title_key
from corpus.vocabulary import DateBasis, DatedFact, DocumentKind, Provision

ROW_EVIDENCE = "来源数据行"


@dataclass(frozen=True)
class TextReading:
    """A text with its own commencement clause, repeal clauses and what it amends; each is read once."""

    facts: VersionFacts

    @cached_property
    def key(self) -> str:
        return title_key(self.facts.document.title)

    @cached_property
    def _clause(self) -> tuple[CommencementClause, Provision] | None:
        return clause_of_text(self.facts.document.title, self.facts.published, self.facts.provisions)

    @property
    def clause(self) -> CommencementClause | None:
        return self._clause[0] if self._clause else None

    @property
    def stated_day(self) -> DatedFact | None:
        """The day the text itself names (自1995年6月1日起施行); None for 自公布之日起施行 or silence."""
        return self.clause.fact if self.clause and self.clause.names_day else None

    @cached_property
    def repeals(self) -> Sequence[tuple[RepealClause, Provision]]:
        """Repeal clauses of the whole text; what an amending text quotes is not its own repeal."""
        if self.targets:
            return ()
        return tuple((clause, p) for p in self.facts.provisions for clause in read_repeals(p.text))

    @cached_property
    def targets(self) -> Sequence[AmendmentTarget]:
        """Articles of other texts that this one changes; () for an ordinary text."""
        title = self.facts.document.title
        amending = self.facts.document.kind in (DocumentKind.AMENDMENT, DocumentKind.AMENDING_DECISION)
        if not amending and not amended_titles(title):
            return ()
        return tuple(read_amendment_targets(title, self.facts.provisions))

    @cached_property
    def amends(self) -> frozenset[str]:
        """Title keys of the texts that this one amends, whether or not single articles could be read."""
        named = {t.title for t in self.targets} | set(amended_titles(self.facts.document.title))
        return frozenset(title_key(t) for t in named)

    @cached_property
    def inserted_article(self) -> str | None:
        """Citation of the first 第…条之一: no text has one when it is first enacted."""
        for provision in self.facts.provisions:
            if provision.article is not None and provision.article.insertion:
                return cite(self.facts.document.title, provision.label)
        return None

    @cached_property
    def latest_act(self) -> tuple[dt.date, str] | None:
        """The newest act after its publication that the text reproduces, with the provision that holds it."""
        return max(later_acts(self.facts), default=None)

    def own_commencement(self) -> DatedFact:
        """Commencement of a text that is no version of an older one, such as a decision: its clause, or its row."""
        if self.clause is not None:
            return self.clause.fact
        return self.row_commencement or DatedFact.unknown("文本与来源数据行均未载明施行日期")

    @property
    def row_commencement(self) -> DatedFact | None:
        day = self.facts.row_effective
        return DatedFact(day, DateBasis.SOURCE_ROW, ROW_EVIDENCE) if day else None
