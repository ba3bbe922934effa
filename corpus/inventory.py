"""What is held (馆藏): every document with its standing today, found by id or title."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore
from corpus.validity import Standing, state_of_document
from corpus.validity.wording import compact, format_title, title_key
from corpus.vocabulary import Document, DocumentKind, EffectLevel, Shelf, State, Version

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with its texts, oldest first and withheld ones included, and its standing today."""

    document: Document
    versions: tuple[Version, ...]
    standing: Standing

    @property
    def served(self) -> int:
        """How many texts are not withheld."""
        return sum(not v.withheld for v in self.versions)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents to list; None: any. ``title`` is a part of the title."""

    shelf: Shelf | None = None
    kind: DocumentKind | None = None
    region: str | None = None
    level: EffectLevel | None = None
    state: State | None = None
    title: str | None = None

    def fits(self, holding: Holding) -> bool:
        document = holding.document
        return (
            self.shelf in (None, document.kind.shelf)
            and self.kind in (None, document.kind)
            and self.region in (None, document.region)
            and self.level in (None, document.level)
            and self.state in (None, holding.standing.state)
            and (self.title is None or compact(self.title) in compact(document.title))
        )


def holdings(store: CorpusStore, today: dt.date, wanted: Wanted | None = None) -> list[Holding]:
    """The documents that fit, by title."""
    versions: dict[str, list[Version]] = defaultdict(list)
    for version in store.versions():
        versions[version.document_id].append(version)
    wanted = wanted or Wanted()
    made = (_holding(document, versions[document.id], today) for document in store.documents())
    return [holding for holding in made if wanted.fits(holding)]


def holding_of(store: CorpusStore, words: str, today: dt.date) -> Holding:
    """The one document that an id, the id of a text or a title means.

    Raises NotFound with the nearest titles, InvalidInput where several documents bear the title.
    """
    document = _named(store, words)
    return _holding(document, store.versions(document.id), today)


def _holding(document: Document, versions: Sequence[Version], today: dt.date) -> Holding:
    return Holding(document, tuple(versions), state_of_document(versions, today, today))


def _named(store: CorpusStore, words: str) -> Document:
    plain = words.strip()
    if plain.startswith("《") and plain.endswith("》"):
        plain = plain[1:-1]
    plain = plain.replace("〈", "《").replace("〉", "》")
    if document := store.document(plain):
        return document
    documents = {d.id: d for d in store.documents()}
    for version in store.versions():
        if version.id == plain:
            return documents[version.document_id]
    key = title_key(plain)
    bearers = [d for d in documents.values() if title_key(d.title) == key]
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        raise InvalidInput(
            f"有 {len(bearers)} 件文件名为{format_title(plain)}。", remedy=f"请写编号：{_listed(bearers)}。"
        )
    near = [d for d in documents.values() if key and key in title_key(d.title)]
    hint = f"名称中含有这几个字的有：{_listed(near)}。" if near else "请用 eassistant corpus list 查看所收文件。"
    raise NotFound(f"语料库中没有{format_title(plain)}。", remedy=hint)


def _listed(documents: Sequence[Document]) -> str:
    shown = "、".join(f"{format_title(d.title)}（{d.region}，{d.id}）" for d in documents[:_SHOWN])
    return shown + (f" 等 {len(documents)} 件" if len(documents) > _SHOWN else "")


def version_of(holding: Holding, words: str) -> Version:
    """The text of a document that an id or a publication day (2021-01-22) means.

    Raises NotFound with the texts held.
    """
    plain = words.strip()
    found = [v for v in holding.versions if plain == v.id or plain == str(v.validity.published or "")]
    if len(found) == 1:
        return found[0]
    served = [v for v in found if not v.withheld]
    if len(served) == 1:
        return served[0]
    texts = "、".join(f"{v.validity.published or '日期不详'}（{v.id}）" for v in holding.versions)
    raise NotFound(
        f"{format_title(holding.document.title)}没有这样一份文本：{plain}。"
        if not found
        else f"{plain} 有 {len(found)} 份文本。",
        remedy=f"所收文本：{texts}。",
    )
