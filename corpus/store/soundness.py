"""Whether the parts of the store fit together (数据完整性): asked of the database, without reading every text."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select

from corpus.store.repository import CorpusStore
from corpus.store.schema import PassageRow, ProvisionRow


def astray_passages(store: CorpusStore) -> list[str]:
    """Ids of passages whose span does not lie inside their provision."""
    outside: ColumnElement[bool] = or_(
        PassageRow.start < 0,
        PassageRow.start >= PassageRow.end,
        PassageRow.end > func.length(ProvisionRow.text),
    )
    query = (
        select(PassageRow.id)
        .join(ProvisionRow, ProvisionRow.id == PassageRow.provision_id)
        .where(outside)
        .order_by(PassageRow.id)
    )
    with store.session() as session:
        return list(session.scalars(query))


def unfindable_provisions(store: CorpusStore) -> list[str]:
    """Ids of provisions that have words and no passage."""
    query = (
        select(ProvisionRow.id, ProvisionRow.text)
        .outerjoin(PassageRow, PassageRow.provision_id == ProvisionRow.id)
        .where(PassageRow.id.is_(None))
        .order_by(ProvisionRow.id)
    )
    with store.session() as session:
        return [row.id for row in session.execute(query) if row.text.strip()]
