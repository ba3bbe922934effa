"""Whole texts read one after the other (逐件读取), for work that needs the words of everything held."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Row, select

from corpus.store.repository import CorpusStore
from corpus.store.schema import ProvisionRow
from corpus.vocabulary import ArticleNumber, Provision

_BATCH = 2000


def provisions_by_version(store: CorpusStore) -> Iterator[tuple[str, list[Provision]]]:
    """Version id and its provisions in printed order, text after text.

    The provisions carry label, number and words only: headings, places and fields are not read.
    """
    columns = (
        ProvisionRow.version_id,
        ProvisionRow.id,
        ProvisionRow.ordinal,
        ProvisionRow.label,
        ProvisionRow.text,
        ProvisionRow.number,
        ProvisionRow.insertion,
    )
    query = select(*columns).order_by(ProvisionRow.version_id, ProvisionRow.ordinal)
    with store.session() as session:
        rows = session.execute(query.execution_options(yield_per=_BATCH))
        for version_id, group in groupby(rows, key=lambda row: row.version_id):
            yield version_id, [_provision(row) for row in group]


def _provision(row: Row[str, str, int, str, str, int | None, int]) -> Provision:
    article = ArticleNumber(row.number, row.insertion) if row.number is not None else None
    return Provision(row.id, row.version_id, row.ordinal, row.label, row.text, article)
