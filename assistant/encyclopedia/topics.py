"""The page of an enforcement item (事项页): everything the corpus holds on it, brought together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from assistant.discretion.contract import FindRequest
from assistant.encyclopedia.contract import (
    CitingProvision,
    Item,
    Procedure,
    RecordEntry,
    TopicPage,
    TopicProvision,
)
from assistant.encyclopedia.entries import document_entry
from assistant.encyclopedia.items import ReadItem
from assistant.encyclopedia.library import Library
from assistant.encyclopedia.present_items import whole_item
from assistant.encyclopedia.records import HeldEntry, Place, item_entry, standard_entry
from assistant.encyclopedia.risks import LOST, risks_of
from assistant.presenting import citation_of
from corpus.citations import format_citation
from corpus.regions import lineage
from corpus.vocabulary import NATION, STATE_ZH, Citation, DocumentKind, Provision, ProvisionPath, Shelf

_MOST_RECORDS = 20
_MOST_FOUND = 5
_MOST_CITING = 50
_ALIKE = 0.3
_RECORD_KINDS = (DocumentKind.BENCHMARK, DocumentKind.EXEMPTION_LIST)
_NO_REGION = "没有指定地区，列出了所有地方的裁量基准、清单和案例，请核对适用地区。"
_BY_WORDS = "没有以同一条文为依据的裁量标准，按字词查找。"


def topic_page(
    library: Library, item: ReadItem, day: dt.date, region: str | None, procedure: Procedure, notes: Sequence[str]
) -> TopicPage:
    """The page of an item on a day, for a region and what it lies in."""
    seen = frozenset({NATION, *lineage(region), region}) if region else None
    references = library.references(item.provision, day) if item.provision else []
    whole = whole_item(item, references)
    provisions = [_topic_provision(library, "penalty", item.provision, day)] if item.provision else []
    provisions += [_topic_provision(library, "violated", p, day) for p in _violated(library, whole)]
    places = _places(library, provisions)
    standards, entries, told = _records(library, item, whole, places, day, region, seen)
    citing = [c for c in _citing(library, places) if seen is None or _region(library, c) in seen]
    cases = [c for c in citing if c.shelf is Shelf.CASE]
    practice = [c for c in citing if c.shelf is not Shelf.CASE and c.kind not in _RECORD_KINDS]
    if whole.list_provision_id:
        practice = [c for c in practice if c.provision_id != whole.list_provision_id]
    listed = [c for c in practice if c.kind is DocumentKind.RISK_LIST and _is_about(library, c, item)]
    practice = [c for c in practice if c.kind is not DocumentKind.RISK_LIST or c in listed]
    lost = [(c, words) for c in cases if (words := _outcome(library, c))]
    templates = [d for d in library.catalogue.documents.values() if d.kind is DocumentKind.TEMPLATE]
    return TopicPage(
        item=whole,
        as_of=day,
        region=region,
        provisions=provisions,
        standards=standards,
        entries=entries,
        cases=cases,
        practice=practice,
        risks=risks_of(whole, provisions, [*standards, *entries], lost, listed, procedure),
        documents=[
            document_entry(library.catalogue, d, day, library.today())
            for d in templates
            if seen is None or d.region in seen
        ],
        procedure=procedure,
        notes=[*notes, *([_NO_REGION] if seen is None and (standards or entries or cases) else []), *told],
    )


def _violated(library: Library, item: Item) -> list[Provision]:
    """The articles that the item says are broken, each once; the penalty article itself is not one of them."""
    ids = [t.provision_id for r in item.violated for t in r.targets if t.provision_id]
    return library.by_id([i for i in dict.fromkeys(ids) if i != item.provision_id])


def _topic_provision(library: Library, role: str, provision: Provision, day: dt.date) -> TopicProvision:
    document = library.catalogue.document_of(provision)
    version = library.catalogue.versions[provision.version_id]
    state = library.reader.state_of_text(version, day)
    standing = library.catalogue.standing(provision, day, library.today())
    return TopicProvision(
        role="penalty" if role == "penalty" else "violated",
        provision_id=provision.id,
        document_id=document.id,
        law=document.title,
        article=provision.label,
        citation=citation_of(document, provision),
        text=provision.text,
        heading=str(provision.heading),
        status=state,
        status_name=STATE_ZH[state],
        note=standing.reason,
        effective_from=version.validity.commencement.day,
        history=library.history(provision, day),
    )


def _places(library: Library, provisions: Iterable[TopicProvision]) -> list[Place]:
    held = library.by_id([p.provision_id for p in provisions])
    return [(library.catalogue.document_of(p).id, p.article) for p in held if p.article is not None]


# ---- records -------------------------------------------------------------------------------------------------------


def _records(
    library: Library,
    item: ReadItem,
    whole: Item,
    places: Sequence[Place],
    day: dt.date,
    region: str | None,
    seen: frozenset[str] | None,
) -> tuple[list[RecordEntry], list[RecordEntry], list[str]]:
    """Standards and list entries: those that rest on the same articles, the likest first; else by words."""
    index = library.records(day)
    found: dict[str, tuple[float, RecordEntry]] = {}
    for at, place in enumerate(places):
        for held in index.citing(place):
            if seen is not None and held.entry.region not in seen:
                continue
            if not _same_place(held, place, item if at == 0 else None):
                continue
            likeness = alike(item.title, held.entry.title)
            title = library.catalogue.documents[place[0]].title
            why = f"依据同为{format_citation(Citation(title, place[1]))}"
            if held.entry.key not in found:
                found[held.entry.key] = (likeness, held.entry.model_copy(update={"why": why}))
    ranked = [entry for _, entry in sorted(found.values(), key=lambda f: -f[0])]
    standards = [e for e in ranked if e.kind == "standard"][:_MOST_RECORDS]
    entries = [e for e in ranked if e.kind == "entry"][:_MOST_RECORDS]
    if standards and entries:
        return standards, entries, []
    words = library.desk.find(FindRequest(description=item.title[:500], region=region, as_of=day, limit=_MOST_FOUND))
    notes = []
    if not standards:
        near = [f for f in words.standards if alike(item.title, f.standard.title) >= _ALIKE]
        standards = [standard_entry(f.standard, "；".join(f.why)) for f in near]
        notes = [_BY_WORDS] if standards else []
    if not entries:
        near_items = [f for f in words.items if alike(item.title, f.item.violation) >= _ALIKE]
        entries = [item_entry(f.item, "；".join(f.why)) for f in near_items]
    return standards, entries, notes


def _same_place(held: HeldEntry, place: Place, item: ReadItem | None) -> bool:
    """Whether a record that names 款 or 项 of the penalty article names those of the item."""
    if item is None:
        return True
    paths = [path for where, path in held.paths if where == place]
    return any(_overlap(path, item.path) for path in paths)


def _overlap(cited: ProvisionPath, own: ProvisionPath) -> bool:
    if cited.paragraph is not None and own.paragraph is not None and cited.paragraph != own.paragraph:
        return False
    return cited.item is None or own.item is None or cited.item == own.item


def alike(one: str, other: str) -> float:
    """Share of the shorter title's pairs of characters that the other has too."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / (min(len(a), len(b)) or 1)


# ---- material ------------------------------------------------------------------------------------------------------


def _citing(library: Library, places: Iterable[Place]) -> list[CitingProvision]:
    links = [link for place in places for link in library.citations.citing(*place)]
    return library.citing(links)[:_MOST_CITING]


def _region(library: Library, citing: CitingProvision) -> str:
    return library.catalogue.documents[citing.document_id].region


def _is_about(library: Library, row: CitingProvision, item: ReadItem) -> bool:
    """Whether a row of a list of risk points is about the item, not only about the same long article."""
    return item.path.item is None or any(
        place == _place_of(item) and _overlap(path, item.path)
        for cell in _row_texts(library, row)
        for place, path in library.places(cell, item.region)
    )


def _place_of(item: ReadItem) -> Place | None:
    if item.provision is None or item.provision.article is None:
        return None
    return item.document.id, item.provision.article


def _row_texts(library: Library, row: CitingProvision) -> list[str]:
    held = library.by_id([row.provision_id]) if row.provision_id else []
    return [p.text for p in held]


def _outcome(library: Library, case: CitingProvision) -> str:
    """The sentence of a case that says its decision was revoked, changed or found unlawful; "" where none does."""
    version, _, _ = library.text_on(case.document_id, library.today())
    own = library.by_id([case.provision_id]) if case.provision_id else []
    headings = {p.heading for p in own}  # a collection of cases has one heading for each
    for provision in library.provisions(version.id):
        found = LOST.search(provision.text) if provision.heading in headings else None
        if found:
            return found.group().strip()
    return ""
