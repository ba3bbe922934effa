"""Load a source into the store (装载): document by document, to be stopped at any moment and run again."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EAssistantError, InvalidInput
from corpus.store import CorpusStore, DocumentRecord
from corpus.store.sources import SourceFiles
from corpus.vocabulary import Document, FindingKind
from ingest.links import renew_links
from ingest.loading.identity import key_of, version_id_of
from ingest.loading.settling import settle
from ingest.prepared import text_digest, version_text
from ingest.sources.national_laws import DISTRIBUTION, ID_PREFIX, NationalLaws, read_national_laws
from ingest.sources.text import READING_REVISION, SourceText, canonical_title, document_id
from ingest.spoken import spoken_revision
from ingest.validity import mark_validities_stale, renew_validities

LOADED_ON = "national_laws_loaded_on"
LOADED_FROM = "national_laws_loaded_from"
READ_AS = "national_laws_read_as"

_NATION = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a load is: documents done of all, and the one just done."""

    done: int
    total: int
    title: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, in texts (文本): one per version of a law.

    ``findings`` counts the faults now recorded in the store, by kind; ``failures`` are the texts that could not be
    read, each with place and remedy.
    """

    source: str
    read: int
    stored: int
    unchanged: int
    removed: int
    failures: tuple[EAssistantError, ...]
    findings: Mapping[FindingKind, int]


def load_national_laws(
    store: CorpusStore,
    *,
    today: dt.date,
    source_path: Path | None = None,
    only: Collection[str] | None = None,
    limit_provisions: int | None = None,
    progress: Callable[[LoadProgress], None] | None = None,
) -> LoadReport:
    """Bring the store up to the national laws of the installed package (or of ``source_path``).

    Each document is one transaction; what is unchanged is skipped, so a load that was killed is finished by the next
    one with the same result as an undisturbed load. Laws that the source no longer lists are removed, unless ``only``
    (titles) or ``limit_provisions`` (whole documents, by title, until at least so many rows) narrows the load.
    Raises SourceUnreadable when the source as a whole is unusable, InvalidInput for a title it does not have, and
    StoreUnavailable when the store cannot be written (what was committed before stays).
    """
    source = read_national_laws(source_path)
    chosen = _narrowed(_by_document(source.laws), only, limit_provisions)
    known = store.version_digests()
    texts = [row.text for law in source.laws for row in law.rows]

    changes = [[law for law in laws if known.get(law.version_id) != text_digest(law)] for laws in chosen]
    removed = [] if only is not None or limit_provisions is not None else _no_longer_listed(store, source)
    if any(changes) or removed:
        mark_validities_stale(store)
        _keep_texts_of_files(store, [law.version_id for changed in changes for law in changed] + removed)

    for done, (laws, changed) in enumerate(zip(chosen, changes, strict=True), start=1):
        if changed:
            store.save(_record(laws[-1], changed, texts))
        if progress is not None:
            progress(LoadProgress(done, len(chosen), laws[-1].title))
    for version_id in removed:
        store.delete_version(version_id)
    store.delete_documents_without_version()
    settle(store, today)
    renew_validities(store)
    renew_links(store)
    store.set_meta(LOADED_FROM, source.source)
    store.set_meta(READ_AS, reading())
    store.set_meta(LOADED_ON, today.isoformat())

    read = sum(len(laws) for laws in chosen)
    stored = sum(len(changed) for changed in changes)
    findings = Counter(f.kind for f in store.findings())
    return LoadReport(source.source, read, stored, read - stored, len(removed), source.unreadable, findings)


def reading() -> str:
    """How this program reads the source: a store loaded by another reading is due for a load."""
    return f"{READING_REVISION} {spoken_revision()}"


def _by_document(laws: Sequence[SourceText]) -> dict[str, list[SourceText]]:
    """Texts of each title, oldest publication first."""
    documents: dict[str, list[SourceText]] = defaultdict(list)
    for law in sorted(laws, key=lambda law: (law.title, law.published or dt.date.min, law.version_id)):
        documents[law.title].append(law)
    return dict(documents)


def _narrowed(
    documents: Mapping[str, list[SourceText]], only: Collection[str] | None, limit_provisions: int | None
) -> list[list[SourceText]]:
    chosen = list(documents.values())
    if only is not None:
        wanted = {_full_title(title, documents) for title in only}
        chosen = [laws for title, laws in documents.items() if title in wanted]
    if limit_provisions is not None:
        chosen = _first(chosen, limit_provisions)
    return chosen


def _full_title(title: str, documents: Mapping[str, list[SourceText]]) -> str:
    plain = canonical_title(title)
    for candidate in (plain, _NATION + plain):
        if candidate in documents:
            return candidate
    raise InvalidInput(f"来源中没有《{title}》。", remedy="请写文件的全称，例如“中华人民共和国行政处罚法”。")


def _first(documents: Sequence[list[SourceText]], provisions: int) -> list[list[SourceText]]:
    chosen: list[list[SourceText]] = []
    for laws in documents:
        if provisions <= 0:
            break
        chosen.append(laws)
        provisions -= sum(len(law.rows) for law in laws)
    return chosen


def _no_longer_listed(store: CorpusStore, source: NationalLaws) -> list[str]:
    ours = (v.id for v in store.versions() if v.source.startswith(DISTRIBUTION))
    return [version_id for version_id in ours if version_id not in source.version_ids]


def _record(newest: SourceText, changed: Sequence[SourceText], texts: Sequence[str]) -> DocumentRecord:
    document = Document(
        id=document_id(ID_PREFIX, newest.title),
        title=newest.title,
        kind=newest.kind,
        level=newest.level,
        issuer=newest.issuer,
        field=newest.field,
    )
    return DocumentRecord(document, [version_text(law, document.id, document.title, texts) for law in changed])


def _keep_texts_of_files(store: CorpusStore, changing: Collection[str]) -> None:
    """Give files a text of their own where they share one that the package is about to change or to drop."""
    files = SourceFiles(store)
    shared = {version_id for version_id, _ in files.links()} & set(changing)
    if not shared:
        return
    documents = {d.id: d for d in store.documents()}
    for version in store.versions():
        if version.id in shared:
            rows = ((p.label, p.text) for p in store.provisions(version.id))
            key = key_of(documents[version.document_id])
            kept = version_id_of(key, str(version.validity.published), rows)
            files.keep_file_text(version.id, kept, files.of_version(version.id)[0].path)
