"""Documents as those who care for the corpus see them (资料列表): texts out of use, sources and readers included."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from assistant.uploads.contract import DocumentsQuery, ManagedDocument, ManagedText
from corpus.inventory import Holding, Wanted, holdings
from corpus.readers import EVERYONE
from corpus.store import CorpusStore
from corpus.store.readers import limited_documents
from corpus.store.sources import SourceFiles
from corpus.vocabulary import Version


def managed_documents(
    store: CorpusStore, query: DocumentsQuery, hidden: Collection[str], today: dt.date
) -> tuple[list[ManagedDocument], int]:
    """One page of the documents that fit, by title, without hidden ones; and how many fit."""
    sources = SourceFiles(store)
    files = {f.id: f for f in sources.all()}
    of_version: dict[str, list[str]] = defaultdict(list)
    for version_id, source_id in sources.links():
        of_version[version_id].append(files[source_id].path)
    wanted = Wanted(shelf=query.shelf, region=query.region or None, title=query.query or None)
    fitting = [
        h
        for h in holdings(store, today, wanted)
        if h.document.id not in hidden
        and (query.retired is None or query.retired == _out_of_use(h))
        and (query.from_files is None or query.from_files == any(of_version.get(v.id) for v in h.versions))
    ]
    readers = limited_documents(store)
    page = fitting[query.offset : query.offset + query.limit]
    shown = []
    for holding in page:
        document, limits = holding.document, readers.get(holding.document.id, EVERYONE)
        shown.append(
            ManagedDocument(
                document_id=document.id,
                title=document.title,
                kind=document.kind,
                shelf=document.kind.shelf,
                level=document.level,
                region=document.region,
                number=document.number,
                texts=[_text(v, of_version.get(v.id, [])) for v in holding.versions],
                from_files=any(of_version.get(v.id) for v in holding.versions),
                departments=sorted(limits.departments),
                regions=sorted(limits.regions),
            )
        )
    return shown, len(fitting)


def _out_of_use(holding: Holding) -> bool:
    return bool(holding.versions) and all(v.retired is not None for v in holding.versions)


def _text(version: Version, files: list[str]) -> ManagedText:
    return ManagedText(
        version_id=version.id,
        published=version.validity.published,
        effective_from=version.validity.commencement.day,
        effective_until=version.validity.end.day,
        source=version.source,
        retired=version.retired,
        shadowed_by=version.shadowed_by,
        files=sorted(path.rsplit("/", 1)[-1] for path in files),
    )
