"""What the store holds, as far as the loading of files must know it (馆藏快照): documents, versions, files, no texts.

Read once, kept up to date while files come in, and the same whether anything is written or not: ``--dry-run`` decides
by it as a real run does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.store import CorpusStore
from corpus.store.sources import FILE_VERSION_PREFIX, SourceFile, SourceFiles
from corpus.vocabulary import Document, FindingKind, Provision, Version
from ingest.loading.identity import key_of


@dataclass(frozen=True, slots=True)
class HeldText:
    """One version as far as merging must know it: its document, its day, where it comes from and if it is whole."""

    id: str
    document_id: str
    key: str  # ``ingest.loading.identity.document_key``
    published: dt.date | None
    whole: bool = True  # False: the text stops in the middle (TRUNCATED)
    digest: str = ""
    retired: dt.date | None = None
    shadowed_by: str | None = None

    @property
    def official(self) -> bool:
        """Whether the law package delivers it."""
        return not self.id.startswith(FILE_VERSION_PREFIX)


@dataclass(slots=True)
class Holdings:
    """The snapshot: all by id, and which versions were read from which file."""

    documents: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, HeldText] = field(default_factory=dict)
    files: dict[str, SourceFile] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)  # version id → source ids
    provisions: dict[str, Sequence[Provision]] = field(default_factory=dict)  # only of what a dry run has not written
    _paths: dict[str, set[str]] = field(default_factory=dict)  # path → source ids
    _keys: dict[str, set[str]] = field(default_factory=dict)  # document key → version ids

    @classmethod
    def read(cls, store: CorpusStore) -> Holdings:
        held = cls()
        for document in store.documents():
            held.documents[document.id] = document
        broken = {f.version_id for f in store.findings() if f.kind is FindingKind.TRUNCATED}
        digests = store.version_digests()
        for version in store.versions():
            held.add_text(_held(version, held.documents[version.document_id], version.id not in broken, digests))
        sources = SourceFiles(store)
        for file in sources.all():
            held.add_file(file)
        for version_id, source_id in sources.links():
            held.links.setdefault(version_id, set()).add(source_id)
        return held

    def add_text(self, text: HeldText) -> None:
        self.texts[text.id] = text
        self._keys.setdefault(text.key, set()).add(text.id)

    def remove_text(self, version_id: str) -> None:
        text = self.texts.pop(version_id)
        self.links.pop(version_id, None)
        self._keys[text.key].discard(version_id)

    def add_file(self, file: SourceFile) -> None:
        self.files[file.id] = file
        self._paths.setdefault(file.path, set()).add(file.id)

    def at_path(self, path: str) -> list[SourceFile]:
        """Every content that this path has had."""
        return [self.files[i] for i in sorted(self._paths.get(path, ()))]

    def current(self, path: str) -> SourceFile | None:
        """The row that speaks of what lies at the path now."""
        return next((f for f in self.at_path(path) if f.state.current), None)

    def paths(self) -> Iterator[str]:
        yield from self._paths

    def by_key(self) -> Iterator[tuple[str, list[HeldText]]]:
        """Every document by its key, with its texts by day and id."""
        for key in sorted(self._keys):
            if self._keys[key]:
                yield key, self.of_key(key)

    def of_key(self, key: str) -> list[HeldText]:
        texts = (self.texts[i] for i in self._keys.get(key, ()))
        return sorted(texts, key=lambda t: (t.published or dt.date.min, t.id))

    def document_of(self, key: str) -> Document | None:
        """The document that is known by this key: the law package's before one that only files hold."""
        texts = sorted(self.of_key(key), key=lambda t: (not t.official, t.document_id))
        return self.documents[texts[0].document_id] if texts else None

    def texts_of(self, source_id: str) -> list[HeldText]:
        """What was read from one content of a file."""
        return [self.texts[v] for v in sorted(v for v, sources in self.links.items() if source_id in sources)]


def _held(version: Version, document: Document, whole: bool, digests: dict[str, str]) -> HeldText:
    return HeldText(
        version.id,
        version.document_id,
        key_of(document),
        version.validity.published,
        whole,
        digests[version.id],
        version.retired,
        version.shadowed_by,
    )
