"""The store as a reader sees it (可见语料): some documents are not there, whatever is asked and however.

Every query of every module goes through ``CorpusStore.session``; here each SELECT gets the condition that leaves the
hidden documents out, wherever one of their tables stands in it. A reader module that is written later cannot forget.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, event, select
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria

from corpus.store.repository import CorpusStore
from corpus.store.schema import (
    AmendedArticleRow,
    Base,
    CitationLinkRow,
    CrossReferenceRow,
    DiscretionCorrectionRow,
    DiscretionRecordRow,
    DocumentReaderRow,
    DocumentRow,
    FindingRow,
    PassageRow,
    ProvisionRow,
    SourceFileRow,
    VersionRow,
    VersionSourceRow,
)
from corpus.vocabulary import DatedFact, Finding, Version

_TITLE = re.compile(r"《([^《》]+)》")


class ReadableStore(CorpusStore):
    """A store without the ``hidden`` documents. It shares the connection of ``whole`` and is closed with it.

    A fact that was derived from a hidden document (a repeal, a warning that a law has changed) names its title; such
    facts count as unknown and such warnings are left out.
    """

    def __init__(self, whole: CorpusStore, hidden: Collection[str]) -> None:
        super().__init__(whole.engine)
        self.hidden = frozenset(hidden)
        with whole.session() as session:
            titles = session.execute(select(DocumentRow.id, DocumentRow.title)).all()
        self._titles = frozenset(_in_brackets(title) for id_, title in titles if id_ in self.hidden)
        self._titles -= {_in_brackets(title) for id_, title in titles if id_ not in self.hidden}
        criteria = [with_loader_criteria(row, condition) for row, condition in _conditions(sorted(self.hidden))]

        def without_hidden(state: ORMExecuteState) -> None:
            if state.is_select:
                state.statement = state.statement.options(*criteria)

        event.listen(self._sessions, "do_orm_execute", without_hidden)

    def close(self) -> None:
        """Nothing: the connection belongs to the whole store."""

    def versions(self, document_id: str | None = None) -> list[Version]:
        return [self.as_seen(v) for v in super().versions(document_id)]

    def findings(self, version_id: str | None = None) -> list[Finding]:
        return [f for f in super().findings(version_id) if not self._names_hidden(f"{f.where}{f.message}{f.text}")]

    def as_seen(self, version: Version) -> Version:
        """A version with what hidden documents say of its dates taken out."""
        held = version.validity
        if not any(self._names_hidden(f.evidence) for f in (held.commencement, held.end, held.first_commencement)):
            return version
        seen = dataclasses.replace(
            held,
            commencement=self._fact(held.commencement),
            end=self._fact(held.end),
            first_commencement=self._fact(held.first_commencement),
        )
        return dataclasses.replace(version, validity=seen)

    def _fact(self, fact: DatedFact) -> DatedFact:
        return DatedFact.unknown() if self._names_hidden(fact.evidence) else fact

    def _names_hidden(self, words: str) -> bool:
        return any(title in self._titles for title in _TITLE.findall(words))


def _in_brackets(title: str) -> str:
    return title.replace("《", "〈").replace("》", "〉")


def _conditions(hidden: list[str]) -> list[tuple[type[Base], ColumnElement[bool]]]:
    """For each table what its rows must fulfil. The inner queries name plain tables, which no condition is added to."""
    versions, provisions = _table(VersionRow), _table(ProvisionRow)
    of_hidden: Select[Any] = select(versions.c.id).where(versions.c.document_id.in_(hidden))
    provisions_hidden: Select[Any] = select(provisions.c.id).where(provisions.c.version_id.in_(of_hidden))
    sources = _table(VersionSourceRow)
    files_hidden: Select[Any] = select(sources.c.source_id).where(sources.c.version_id.in_(of_hidden))
    return [
        (DocumentRow, DocumentRow.id.not_in(hidden)),
        (VersionRow, VersionRow.document_id.not_in(hidden)),
        (ProvisionRow, ProvisionRow.version_id.not_in(of_hidden)),
        (PassageRow, PassageRow.provision_id.not_in(provisions_hidden)),
        (FindingRow, FindingRow.version_id.not_in(of_hidden)),
        (CrossReferenceRow, CrossReferenceRow.from_provision_id.not_in(provisions_hidden)),
        (
            AmendedArticleRow,
            AmendedArticleRow.version_id.not_in(of_hidden)
            & AmendedArticleRow.amending_provision_id.not_in(provisions_hidden),
        ),
        (SourceFileRow, SourceFileRow.id.not_in(files_hidden)),
        (VersionSourceRow, VersionSourceRow.version_id.not_in(of_hidden)),
        (
            CitationLinkRow,
            CitationLinkRow.from_provision_id.not_in(provisions_hidden) & CitationLinkRow.to_document_id.not_in(hidden),
        ),
        (DiscretionRecordRow, DiscretionRecordRow.version_id.not_in(of_hidden)),
        (DiscretionCorrectionRow, DiscretionCorrectionRow.document_id.not_in(hidden)),
        (DocumentReaderRow, DocumentReaderRow.document_id.not_in(hidden)),
    ]


def _table(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table
