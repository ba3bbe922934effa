"""Documents as they stand in lists (文件条目): the text of the day, its state, its field."""

from __future__ import annotations

import datetime as dt

from assistant.answer.materials import weight_of
from assistant.catalogue import Catalogue
from assistant.encyclopedia.contract import DocumentEntry
from assistant.encyclopedia.fields import field_of
from assistant.presenting import Presenter
from corpus.validity import state_of_document
from corpus.vocabulary import KIND_ZH, STATE_ZH, Document, Shelf, State, Version


def text_of_day(catalogue: Catalogue, document_id: str, day: dt.date, today: dt.date) -> tuple[Version, State, str]:
    """The text of a document that is shown on a day, its state then, and why; the nearest text where none applies."""
    versions = catalogue.versions_of[document_id]
    document = catalogue.documents[document_id]
    if document.kind.shelf is not Shelf.LAW:
        return versions[-1], Presenter.state_of_reference(versions[-1], day), ""
    standing = state_of_document(versions, day, today)
    return standing.version or versions[-1], standing.state, standing.reason


def document_entry(catalogue: Catalogue, document: Document, day: dt.date, today: dt.date) -> DocumentEntry:
    """A document in a list, as it stands on a day."""
    version, state, _ = text_of_day(catalogue, document.id, day, today)
    return DocumentEntry(
        document_id=document.id,
        title=document.title,
        kind=document.kind,
        kind_name=KIND_ZH[document.kind],
        shelf=document.kind.shelf,
        level=document.level,
        region=document.region,
        field=field_of(document),
        issuer=document.issuer,
        number=document.number,
        published=version.validity.published,
        effective_from=version.validity.commencement.day,
        status=state,
        status_name=STATE_ZH[state] if document.kind.shelf is Shelf.LAW else "",
        versions=len(catalogue.versions_of[document.id]),
        weight=weight_of(document),
    )
