"""A provision with everything that hangs on it (条文页)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from assistant.encyclopedia.contract import Amendment, ReferringProvision, Surroundings
from assistant.encyclopedia.item_shelf import ItemsOfDay
from assistant.encyclopedia.items import ReadItem
from assistant.encyclopedia.library import Library
from assistant.encyclopedia.limits import sentences
from assistant.encyclopedia.present_items import item_entry
from assistant.presenting import citation_of
from corpus.errors import NotFound
from corpus.vocabulary import DocumentKind, Provision, Shelf

_RECORD_KINDS = (DocumentKind.BENCHMARK, DocumentKind.EXEMPTION_LIST)
_MOST_CITING = 200


def surroundings_of(library: Library, items: ItemsOfDay, provision_id: str, day: dt.date) -> Surroundings:
    """The provision, its references both ways, records, cases, items and history."""
    detail = library.reader.provision(provision_id, day)
    held = library.by_id([provision_id])
    if not held:
        raise NotFound(f"没有编号为“{provision_id[:80]}”的条文。", where="provision_id", remedy="请由检索结果进入。")
    provision = held[0]
    document = library.catalogue.document_of(provision)
    is_law = document.kind.shelf is Shelf.LAW and provision.article is not None
    place = (document.id, provision.article) if provision.article is not None and is_law else None
    records = [h.entry for h in library.records(day).citing(place)] if place else []
    citing = library.citing(library.citations.citing(*place)[:_MOST_CITING]) if place else []
    referring = list(_referring(library, provision, day))
    return Surroundings(
        provision=detail,
        as_of=day,
        references=library.references(provision, day),
        referenced_by=referring if is_law else [],
        standards=[r for r in records if r.kind == "standard"],
        entries=[r for r in records if r.kind == "entry"],
        cases=[c for c in citing if c.shelf is Shelf.CASE],
        practice=[c for c in citing if c.shelf is not Shelf.CASE and c.kind not in _RECORD_KINDS],
        items=[item_entry(i) for i in _items(items, provision, referring)],
        history=library.history(provision, day),
        amendments=list(_amendments(library, provision)),
    )


def _items(items: ItemsOfDay, provision: Provision, named_by: Iterable[ReferringProvision]) -> list[ReadItem]:
    """The items that the article punishes, then those that break it."""
    own = items.punished_by(provision.id)
    referring = {r.provision_id: r for r in named_by}
    broken = []
    for penalty_id, reference in referring.items():
        for item in items.punished_by(penalty_id):
            if item.act is None:
                continue
            spans = [item.act.condition, *([item.act.lead] if item.act.lead else [])]
            if any(start <= reference.start and reference.end <= end for start, end in spans):
                broken.append(item)
    return list({i.id: i for i in (*own, *broken)}.values())


def _referring(library: Library, provision: Provision, day: dt.date) -> Iterator[ReferringProvision]:
    """The articles of the same text and of other laws that name the provision, with the place where they do."""
    catalogue = library.catalogue
    document = catalogue.document_of(provision)
    for other in library.provisions(provision.version_id):
        if provision.id in catalogue.references.get(other.id, ()) or _may_name(other, provision):
            for reference in library.references(other, day):
                if any(t.provision_id == provision.id for t in reference.targets):
                    yield _referring_provision(library, other, reference.start, reference.end, reference.written)
    if provision.article is None:
        return
    for named in library.law_references.naming(document.id, provision.article):
        version_id = named.from_provision_id.split("/", 1)[0]
        shown, _, _ = library.text_on(catalogue.versions[version_id].document_id, day)
        target, _, _ = library.text_on(document.id, day)
        if shown.id == version_id and target.id == provision.version_id:
            for other in library.by_id([named.from_provision_id]):
                yield _referring_provision(library, other, named.start, named.end, named.written)


def _may_name(other: Provision, provision: Provision) -> bool:
    """Whether another article writes this one's number, or means the one before it."""
    if other.id == provision.id:
        return False
    number = provision.label.removeprefix("第").split("条", 1)[0]
    return number in other.text or "前条" in other.text or "上条" in other.text


def _referring_provision(library: Library, other: Provision, start: int, end: int, written: str) -> ReferringProvision:
    document = library.catalogue.document_of(other)
    around = next((s for s in sentences(other.text) if s[0] <= start < s[1]), (start, end))
    return ReferringProvision(
        provision_id=other.id,
        document_id=document.id,
        citation=citation_of(document, other),
        article=other.label,
        written=written,
        start=start,
        end=end,
        sentence=other.text[slice(*around)],
    )


def _amendments(library: Library, provision: Provision) -> Iterator[Amendment]:
    catalogue = library.catalogue
    document = catalogue.document_of(provision)
    for amended in catalogue.amended.get(document.id, ()):
        if amended.article == provision.article and amended.version_id == provision.version_id:
            yield Amendment(
                provision_id=amended.amending_provision_id,
                citation=catalogue.citation_of(amended.amending_provision_id),
                effective=amended.effective,
            )
