"""Citations across documents (跨文件引用): which provision of a case, guide or list names which article of law.

Both ways: from the text that cites, and from the law to all that cite it. A link names the document and the article,
whatever the version; it is derived from the texts and replaced as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.sql import Select

from corpus.store.repository import CorpusStore
from corpus.store.schema import CitationLinkRow, DocumentRow, ProvisionRow, VersionRow
from corpus.vocabulary import ArticleNumber, DocumentKind, Shelf

_BATCH = 2000
_MOST_VARIABLES = 500  # ids in one statement; SQLite takes at least 999


@dataclass(frozen=True, slots=True)
class CitationLink:
    """One provision that cites law of another document; ``article`` None cites the document. ``written`` as printed."""

    from_provision_id: str
    to_document_id: str
    article: ArticleNumber | None
    written: str


@dataclass(frozen=True, slots=True)
class CitingText:
    """A provision of a document that is no law, with what is needed to read its citations."""

    provision_id: str
    version_id: str
    label: str
    text: str


def replace_links(store: CorpusStore, links: Iterable[CitationLink]) -> None:
    """Replace all links in one transaction; the same link twice is stored once."""
    values = [
        {
            "from_provision_id": link.from_provision_id,
            "to_document_id": link.to_document_id,
            "number": link.article.number if link.article else None,
            "insertion": link.article.insertion if link.article else 0,
            "written": link.written,
        }
        for link in dict.fromkeys(links)
    ]
    with store.session() as session, session.begin():
        session.execute(delete(CitationLinkRow))
        if values:
            session.execute(insert(CitationLinkRow).execution_options(render_nulls=True), values)


def links_from(store: CorpusStore, provision_ids: Collection[str]) -> dict[str, list[CitationLink]]:
    """What each of these provisions cites, in printed order; provisions without citations are left out."""
    found: dict[str, list[CitationLink]] = defaultdict(list)
    for ids in _batches(provision_ids):
        query = _links().where(CitationLinkRow.from_provision_id.in_(ids))
        for link in _read(store, query):
            found[link.from_provision_id].append(link)
    return dict(found)


def links_to(store: CorpusStore, document_id: str, article: ArticleNumber | None = None) -> list[CitationLink]:
    """What cites this document (``article`` None: anywhere in it), texts that are served only."""
    query = _links().where(CitationLinkRow.to_document_id == document_id)
    if article is not None:
        query = query.where(CitationLinkRow.number == article.number, CitationLinkRow.insertion == article.insertion)
    return list(_read(store, query))


def count_links(store: CorpusStore) -> int:
    """How many links the store holds."""
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(CitationLinkRow)) or 0


def texts_outside_law(store: CorpusStore) -> Iterator[CitingText]:
    """Every served provision on the shelves 实务 and 案例, text by text in printed order; streamed."""
    kinds = [kind.value for kind in DocumentKind if kind.shelf is not Shelf.LAW]
    query = (
        select(ProvisionRow.id, ProvisionRow.version_id, ProvisionRow.label, ProvisionRow.text)
        .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(DocumentRow.kind.in_(kinds), VersionRow.retired.is_(None), VersionRow.shadowed_by.is_(None))
        .order_by(ProvisionRow.version_id, ProvisionRow.ordinal)
    )
    with store.session() as session:
        for row in session.execute(query.execution_options(yield_per=_BATCH)):
            yield CitingText(*row)


def articles_of(store: CorpusStore, document_ids: Collection[str]) -> dict[str, frozenset[ArticleNumber]]:
    """Version id → the numbers of its articles, for all versions of these documents."""
    found: dict[str, set[ArticleNumber]] = defaultdict(set)
    for ids in _batches(document_ids):
        query = (
            select(ProvisionRow.version_id, ProvisionRow.number, ProvisionRow.insertion)
            .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
            .where(VersionRow.document_id.in_(ids), ProvisionRow.number.is_not(None))
        )
        with store.session() as session:
            for version_id, number, insertion in session.execute(query):
                if number is not None:
                    found[version_id].add(ArticleNumber(number, insertion))
    return {version_id: frozenset(articles) for version_id, articles in found.items()}


def _links() -> Select[str, str, int | None, int, str]:
    return (
        select(
            CitationLinkRow.from_provision_id,
            CitationLinkRow.to_document_id,
            CitationLinkRow.number,
            CitationLinkRow.insertion,
            CitationLinkRow.written,
        )
        .join(ProvisionRow, ProvisionRow.id == CitationLinkRow.from_provision_id)
        .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
        .where(VersionRow.retired.is_(None), VersionRow.shadowed_by.is_(None))
        .order_by(CitationLinkRow.id)
    )


def _read(store: CorpusStore, query: Select[str, str, int | None, int, str]) -> Iterator[CitationLink]:
    with store.session() as session:
        yield from (_link(row) for row in session.execute(query))


def _link(row: Row[str, str, int | None, int, str]) -> CitationLink:
    origin, target, number, insertion, written = row
    return CitationLink(origin, target, ArticleNumber(number, insertion) if number is not None else None, written)


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = list(dict.fromkeys(ids))
    for start in range(0, len(ordered), _MOST_VARIABLES):
        yield ordered[start : start + _MOST_VARIABLES]
