"""Taking files out of the corpus again (移除): retired, which keeps their texts as history, or deleted for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InvalidInput
from corpus.store import CorpusStore
from corpus.store.removal import purge_files
from corpus.store.sources import FILE_VERSION_PREFIX, FileState, SourceFile, SourceFiles
from corpus.validity.wording import format_title
from corpus.vocabulary import Document, Version
from ingest.links import renew_links
from ingest.loading.settling import settle
from ingest.validity import mark_validities_stale, renew_validities


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking out one document means: the files concerned, and every text that stands in nothing else.

    ``others`` are the titles of further documents in these files; a file is taken out as a whole.
    """

    document: Document
    files: tuple[SourceFile, ...]
    version_ids: tuple[str, ...]
    others: tuple[str, ...]


def plan_removal(store: CorpusStore, document: Document, versions: Sequence[Version]) -> Removal:
    """What would be removed. Raises InvalidInput for a document that no file delivers (the law package's)."""
    sources = SourceFiles(store)
    files = {f.id: f for v in versions for f in sources.of_version(v.id)}
    if not files:
        raise InvalidInput(
            f"{format_title(document.title)}来自国家法律数据包，不能移除。",
            remedy="可以移除的是从文件导入的内容：eassistant corpus show 列出每份文本的来源文件。",
        )
    supported: dict[str, set[str]] = {}
    for version_id, source_id in sources.links():
        supported.setdefault(version_id, set()).add(source_id)
    gone = sorted(v for v, by in supported.items() if by <= files.keys() and v.startswith(FILE_VERSION_PREFIX))
    return Removal(document, tuple(files.values()), tuple(gone), _others(store, document, gone))


def _others(store: CorpusStore, document: Document, version_ids: Collection[str]) -> tuple[str, ...]:
    ids = {v.document_id for v in store.versions() if v.id in set(version_ids)} - {document.id}
    return tuple(d.title for d in store.documents() if d.id in ids)


def retire(store: CorpusStore, removal: Removal, today: dt.date) -> None:
    """Withhold the texts from now on and keep them as history; ingesting the files again brings them back."""
    SourceFiles(store).retire([f.id for f in removal.files], today)
    _renew(store, today)


def retire_files(store: CorpusStore, source_ids: Collection[str], today: dt.date) -> None:
    """The same for files by their ids; to be repeated until it succeeds where it was cut off."""
    SourceFiles(store).retire(source_ids, today)
    _renew(store, today)


def restore_files(store: CorpusStore, states: Mapping[str, FileState], today: dt.date) -> None:
    """Give retired files their states back, by id, and serve their texts again where nothing has taken their place."""
    SourceFiles(store).restore(states)
    _renew(store, today)


def purge(store: CorpusStore, removal: Removal, originals: Path, today: dt.date) -> None:
    """Delete the texts, the rows of their files and the kept originals for good."""
    mark_validities_stale(store)
    unused = purge_files(store, [f.id for f in removal.files], removal.version_ids)
    for digest in unused:
        (originals / digest[:2] / digest).unlink(missing_ok=True)
    _renew(store, today)


def _renew(store: CorpusStore, today: dt.date) -> None:
    settle(store, today)
    renew_validities(store)
    renew_links(store)
