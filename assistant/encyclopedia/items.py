"""Enforcement items read from penalty articles (事项): one for each act that a law punishes, named by a stable id."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from assistant.encyclopedia.acts import PunishedAct, read_acts
from assistant.encyclopedia.clauses import kinds_of
from assistant.encyclopedia.contract import ItemSource, SanctionKind
from assistant.encyclopedia.fields import field_of
from corpus.citations import format_citation
from corpus.structure import split_article
from corpus.vocabulary import WHOLE_ARTICLE, Citation, Document, DocumentKind, EffectLevel, Provision, ProvisionPath

_CRIMINAL_OR_COURTS = frozenset({"刑法", "诉讼与非诉讼程序法"})
_MAY_PUNISH = frozenset(
    {
        EffectLevel.LAW,
        EffectLevel.ADMINISTRATIVE_REGULATION,
        EffectLevel.LOCAL_REGULATION,
        EffectLevel.DEPARTMENTAL_RULE,
        EffectLevel.LOCAL_RULE,
    }
)
"""Ranks that may create administrative penalties (行政处罚法 arts. 10–14)."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as read (事项): from a penalty article, ``act`` with its spans; or from a row of a list, ``row``.

    ``path`` is the place of the act in its article. ``provision`` None: a list's basis that is not held.
    """

    id: str
    title: str
    source: ItemSource
    document: Document  # the law of the penalty; the list where that is not held
    penalty: str
    provision: Provision | None
    field: str
    region: str
    sanctions: tuple[SanctionKind, ...]
    act: PunishedAct | None = None
    row: Provision | None = None
    list_document: Document | None = None
    path: ProvisionPath = WHOLE_ARTICLE


class ActReader:
    """Reads the acts of texts and remembers them by version; shared by all views, since a text never changes."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[tuple[Provision, tuple[PunishedAct, ...]], ...]] = {}
        self._lock = Lock()

    def acts(
        self, version_id: str, provisions_of: Callable[[str], Sequence[Provision]]
    ) -> tuple[tuple[Provision, tuple[PunishedAct, ...]], ...]:
        """The penalty articles of a text with the acts that they punish, in printed order."""
        with self._lock:
            held = self._read.get(version_id)
        if held is None:
            articles = (p for p in provisions_of(version_id) if p.article is not None)
            held = tuple((p, acts) for p in articles if (acts := read_acts(p.text)))
            with self._lock:
                self._read[version_id] = held
        return held

    def forget(self) -> None:
        """The store has changed."""
        with self._lock:
            self._read.clear()


def may_punish(document: Document) -> bool:
    """Whether a document can hold enforcement items: a law, regulation or rule, no criminal or procedural code."""
    if document.kind is not DocumentKind.STATUTE or document.level not in _MAY_PUNISH:
        return False
    return document.field not in _CRIMINAL_OR_COURTS and not document.title.endswith(("刑法", "诉讼法"))


def items_of(document: Document, articles: Sequence[tuple[Provision, tuple[PunishedAct, ...]]]) -> Iterator[ReadItem]:
    """The items of one text of a law."""
    seen: Counter[tuple[str, str]] = Counter()
    for provision, acts in articles:
        for act in acts:
            words = provision.text[slice(*act.act)]
            seen[provision.label, words] += 1
            path = ProvisionPath(act.paragraph if _has_paragraphs(provision.text) else None, act.item)
            measures = "，".join(provision.text[slice(*s.measure)] for s in act.stretches)
            yield ReadItem(
                id=item_id(document.id, provision.label, words, seen[provision.label, words]),
                title=words,
                source=ItemSource.LAW,
                document=document,
                penalty=format_citation(Citation(document.title, provision.article, path)),
                provision=provision,
                field=field_of(document),
                region=document.region,
                sanctions=kinds_of(measures),
                act=act,
                path=path,
            )


def item_id(document_id: str, label: str, words: str, occurrence: int) -> str:
    """Id of an item: the same wherever and whenever the same act of the same article is read."""
    key = "\n".join((document_id, label, words, str(occurrence)))
    return f"i-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _has_paragraphs(text: str) -> bool:
    return len(split_article(text).paragraphs) > 1
