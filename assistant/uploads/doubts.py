"""All doubts of reading in one list (待核对): of files, of texts, of the records of benchmarks and lists.

A doubt's key names the words it is about, so a mark outlives a new reading that finds the very same, and no other.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.discretion.contract import ReviewEntry
from assistant.uploads.contract import DoubtEntry, DoubtKind
from corpus.store import CorpusStore
from corpus.store.sources import FILE_VERSION_PREFIX, FileState, SourceFile, SourceFiles
from corpus.vocabulary import Finding, Severity, Version
from ingest.loading.report import Trouble
from ingest.readers.model import NoteKind

_DOUBTFUL = frozenset({NoteKind.DOUBTFUL.value, NoteKind.NEEDS_OCR.value})
_RANK = {DoubtKind.FILE: 0, DoubtKind.TEXT: 1, DoubtKind.RECORD: 2}


def doubts_held(
    store: CorpusStore,
    entries: Sequence[ReviewEntry],
    hidden: Collection[str],
    may_see: Callable[[str], bool] = lambda path: True,
) -> list[DoubtEntry]:
    """Every doubt, files first. ``entries`` are the desk's records to be reviewed, ``may_see`` is asked of paths."""
    documents = {d.id: d.title for d in store.documents() if d.id not in hidden}
    versions = {v.id: v for v in store.versions() if v.document_id in documents and v.retired is None}
    sources = SourceFiles(store)
    of_file: dict[str, list[str]] = defaultdict(list)
    for version_id, source_id in sources.links():
        of_file[source_id].append(version_id)
    findings = [f for f in store.findings() if f.version_id in versions and _asks(f)]
    said: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        said[finding.version_id].add(finding.message)
    found: list[DoubtEntry] = []
    for file in sources.all():
        ids = of_file.get(file.id, [])
        seen = not ids or any(i in versions for i in ids)
        if file.state.current and seen and may_see(file.path):
            title = next((documents[versions[i].document_id] for i in ids if i in versions), None)
            known = {message for i in ids for message in said[i]}
            document_id = next((versions[i].document_id for i in ids if i in versions), None)
            found += _of_file(file, title, document_id, known)
    found += _of_texts(store, findings, versions, documents)
    by_title: dict[str, str] = {title: id_ for id_, title in documents.items()}
    found += [_of_record(entry, by_title.get(entry.document)) for entry in entries]
    return sorted(found, key=lambda d: (_RANK[d.kind], d.document, d.page or 0, d.key))


def _asks(finding: Finding) -> bool:
    """Whether a finding of a file's text asks a person to look."""
    if not finding.version_id.startswith(FILE_VERSION_PREFIX) or finding.repaired:
        return False
    return finding.severity is not Severity.INFO


def _of_file(
    file: SourceFile, title: str | None, document_id: str | None, known: Collection[str]
) -> Iterator[DoubtEntry]:
    """What the reader says of a file as a whole; what stands among the doubts of its texts is not said twice."""
    troubles = [Trouble(**n) for n in file.report.get("notes") or () if n["kind"] in _DOUBTFUL]
    if file.state is FileState.FAILED and file.report.get("failure"):
        troubles.append(Trouble(**file.report["failure"]))
    name = file.path.rsplit("/", 1)[-1]
    for trouble in troubles:
        if any(trouble.message in message for message in known):
            continue
        yield DoubtEntry(
            key=f"file:{file.id}:{_digest(trouble.kind, trouble.place, trouble.message)}",
            kind=DoubtKind.FILE,
            reason=trouble.kind,
            document_id=document_id,
            document=title or name,
            place=trouble.place if trouble.place not in (file.path, name) else "",
            message=trouble.message,
            remedy=trouble.remedy,
            text=trouble.text,
        )


def _of_texts(
    store: CorpusStore, findings: Sequence[Finding], versions: dict[str, Version], documents: dict[str, str]
) -> Iterator[DoubtEntry]:
    labels = {f: f"{f.version_id}/{f.where.partition('》')[2]}" for f in findings}
    provisions = store.provisions_by_id(sorted({i for i in labels.values() if not i.endswith("/")}))
    for finding in findings:
        document_id = versions[finding.version_id].document_id
        provision = provisions.get(labels[finding])
        yield DoubtEntry(
            key=f"text:{finding.version_id}:{_digest(finding.kind, finding.where, finding.message, finding.text)}",
            kind=DoubtKind.TEXT,
            reason=finding.kind.value,
            document_id=document_id,
            document=documents[document_id],
            place=finding.where.partition("》")[2],
            message=finding.message,
            remedy=finding.remedy,
            text=finding.text,
            page=provision.page if provision else None,
            provision_id=provision.id if provision else None,
        )


def _of_record(entry: ReviewEntry, document_id: str | None) -> DoubtEntry:
    messages = [d.message + (f"（{d.place}）" if d.place else "") for d in entry.doubts]
    if entry.stale:
        messages.insert(0, "更正之后来源已重新读取，请再核对。")
    record = json.dumps([entry.record, entry.correction], sort_keys=True, ensure_ascii=False)
    return DoubtEntry(
        key=f"record:{entry.key}:{_digest(record, *messages)}"[:600],
        kind=DoubtKind.RECORD,
        reason="corrected" if entry.correction is not None and not entry.stale else "needs_review",
        document_id=document_id,
        document=entry.document,
        place=entry.title,
        message="；".join(messages) or "这条记录已由人更正。",
        remedy="请对照原件核对，可在裁量核查中更正。",
        page=entry.pages[0] if entry.pages else None,
        record=entry.key,
        has_picture=entry.has_picture,
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
