"""The discretion records that the desk works with (馆藏裁量数据): by key and place, with the rules beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from assistant.places import Origin as PlaceOrigin
from assistant.places import Place, place_of
from corpus.discretion.bounds import RulesCandidate, RulesMatch, bounds_of_benchmark, match_rules
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, ExemptionItem
from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore
from corpus.store.discretion import DiscretionStore, Held, TextRecords
from corpus.store.readable import ReadableStore
from corpus.vocabulary import NATION

T = TypeVar("T")

_LIST_FIRST = "请用 eassistant discretion list 查看现有记录的编号。"


@dataclass(frozen=True, slots=True)
class Governed:
    """A standard with what governs its use (适用规则): its rules of application, how bounds are read, and why these."""

    held: Held[DiscretionStandard]
    rules: ApplicationRules | None
    bounds: BoundsRule
    warnings: tuple[str, ...] = ()


class HeldRecords:
    """The records of one store, each sort read once when first wanted, and again after ``forget``.

    Safe to share between threads.

    ``home`` is where the officers are who name no other place.
    """

    def __init__(self, store: CorpusStore, home: str | None = None) -> None:
        self.store = DiscretionStore(store)
        self._corpus = store
        self._home = home
        self._kept: dict[str, object] = {}
        self._governing: dict[tuple[str, dt.date], tuple[ApplicationRules | None, BoundsRule, tuple[str, ...]]] = {}
        self._lock = Lock()
        self._revision = 0

    def without(self, store: ReadableStore) -> HeldRecords:
        """These records as a reader of ``store`` sees them; what is read of the records is read once for all."""
        return _ReadableRecords(self, store, self._home)

    @property
    def revision(self) -> int:
        """Another number after every ``forget``."""
        return self._revision

    def forget(self) -> None:
        """Read again at the next request: a record was corrected."""
        with self._lock:
            self._revision += 1
            self._kept.clear()
            self._governing.clear()

    def _once(self, name: str, read: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._kept:
                self._kept[name] = read()
            return self._kept[name]  # type: ignore[return-value]

    def _named(self, record_id: str) -> list[Held[DiscretionStandard]]:
        return self._once(f"standard {record_id}", partial(self.store.standards_named, record_id))

    def _standards(self) -> list[Held[DiscretionStandard]]:
        return self._once("standards", self.store.standards)

    def _items(self) -> list[Held[ExemptionItem]]:
        return self._once("items", self.store.items)

    def _rules(self) -> list[Held[ApplicationRules]]:
        return self._once("rules", self.store.rules)

    def _texts(self) -> dict[str, TextRecords]:
        return self._once("texts", lambda: {text.version_id: text for text in self.store.texts()})

    # ---- standards -----------------------------------------------------------------------------------------

    def standard(self, key: str) -> Held[DiscretionStandard]:
        """The standard of a key, or of an id that one document alone has. Raises NotFound, InvalidInput."""
        ids = dict.fromkeys([key.partition("/")[2] or key, key])
        named = [h for id_ in ids for h in self._named(id_)]
        found = [h for h in named if key in (h.key, h.record.id)]
        exact = [h for h in found if h.key == key]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            keys = "、".join(h.key for h in found)
            raise InvalidInput(f"编号“{key}”在多个文件中都有。", remedy=f"请写明其中一个：{keys}。")
        raise NotFound(f"没有编号为“{key}”的裁量标准。", remedy=_LIST_FIRST)

    def standards(self, document: str | None = None) -> list[Held[DiscretionStandard]]:
        """All standards, or those of one document by id or title. Raises NotFound for a document without any."""
        return _of_document(self._standards(), document, "裁量标准")

    def items(self, document: str | None = None) -> list[Held[ExemptionItem]]:
        """All list entries, or those of one document by id or title."""
        return _of_document(self._items(), document, "清单条目")

    def remarks(self, version_id: str) -> tuple[str, ...]:
        """The remarks that hold for the whole list of a version."""
        text = self._texts().get(version_id)
        return text.remarks if text is not None else ()

    # ---- places --------------------------------------------------------------------------------------------

    def place(self, region: str | None, words: str = "") -> Place:
        """The place that a request is about: chosen, named in its words, or the setting."""
        held = self._once("regions", self.store.regions) - {NATION}
        return place_of(words, given=region, home=self._home, of_laws=(), held=held, with_rules=held)

    def seen(self, place: Place, region: str) -> bool:
        """Whether a place sees the records of ``region``; without any place named every record is seen."""
        return place.origin is PlaceOrigin.NONE or region in place.regions

    # ---- what governs a standard ---------------------------------------------------------------------------

    def governed(self, held: Held[DiscretionStandard], day: dt.date) -> Governed:
        """``held`` with the rules of application and the reading of bounds that go with it on ``day``."""
        key = (held.version_id, day)
        if key not in self._governing:
            self._governing[key] = self._find_governing(held, day)
        return Governed(held, *self._governing[key])

    def _find_governing(
        self, held: Held[DiscretionStandard], day: dt.date
    ) -> tuple[ApplicationRules | None, BoundsRule, tuple[str, ...]]:
        text = self._texts().get(held.version_id)
        rules = next((r.record for r in self._rules() if r.version_id == held.version_id), None)
        warnings: list[str] = []
        if rules is None:
            match, of_id = self._match(held, day)
            rules = of_id.get(match.candidate.id) if match.candidate else None
            if rules is None and "请人工确定" in match.reason:
                warnings.append(match.reason)
        if rules is not None:
            warnings += _out_of_time(rules, day)
        return rules, bounds_of_benchmark(text.bounds if text is not None else None, rules), tuple(warnings)

    def _match(self, held: Held[DiscretionStandard], day: dt.date) -> tuple[RulesMatch, dict[str, ApplicationRules]]:
        newest: dict[str, Held[ApplicationRules]] = {}
        for rules in self._rules():
            before = newest.get(rules.document_id)
            if before is None or _rank(rules.record, day) >= _rank(before.record, day):
                newest[rules.document_id] = rules
        candidates = [
            RulesCandidate(
                rules.document_id,
                rules.document,
                rules.region,
                self._issuer(rules.document_id),
                self._text(rules.version_id),
            )
            for rules in newest.values()
        ]
        match = match_rules(held.document, held.region, self._issuer(held.document_id), candidates)
        return match, {document_id: rules.record for document_id, rules in newest.items()}

    def _issuer(self, document_id: str) -> str | None:
        document = self._corpus.document(document_id)
        return document.issuer if document is not None else None

    def _text(self, version_id: str) -> str:
        return "\n".join(provision.text for provision in self._corpus.provisions(version_id))


class _ReadableRecords(HeldRecords):
    """The records of ``whole`` without those of hidden documents; keeps none of them itself."""

    def __init__(self, whole: HeldRecords, store: ReadableStore, home: str | None) -> None:
        super().__init__(store, home)
        self._whole = whole
        self._hidden = store.hidden
        self._seen = whole.revision

    @property
    def revision(self) -> int:
        return self._whole.revision

    def forget(self) -> None:
        super().forget()
        self._whole.forget()

    def governed(self, held: Held[DiscretionStandard], day: dt.date) -> Governed:
        if self._seen != self._whole.revision:
            self._seen = self._whole.revision
            super().forget()
        return super().governed(held, day)

    def _named(self, record_id: str) -> list[Held[DiscretionStandard]]:
        return self._readable(self._whole._named(record_id))

    def _standards(self) -> list[Held[DiscretionStandard]]:
        return self._readable(self._whole._standards())

    def _items(self) -> list[Held[ExemptionItem]]:
        return self._readable(self._whole._items())

    def _rules(self) -> list[Held[ApplicationRules]]:
        return self._readable(self._whole._rules())

    def _texts(self) -> dict[str, TextRecords]:
        return {id_: text for id_, text in self._whole._texts().items() if text.document_id not in self._hidden}

    def _readable(self, held: list[Held[Any]]) -> list[Held[Any]]:
        return [h for h in held if h.document_id not in self._hidden]


def _rank(rules: ApplicationRules, day: dt.date) -> tuple[bool, dt.date]:
    """Rules in force on ``day`` before others, later ones before earlier."""
    began = rules.effective or dt.date.min
    return began <= day, began


def _out_of_time(rules: ApplicationRules, day: dt.date) -> Iterable[str]:
    if rules.effective is not None and day < rules.effective:
        yield f"《{rules.title}》自{rules.effective.isoformat()}起施行，{day.isoformat()}尚未施行，须核对是否适用。"
    if rules.expires is not None and day >= rules.expires:
        yield f"《{rules.title}》的有效期已于{rules.expires.isoformat()}届满，须核对在{day.isoformat()}是否继续适用。"


R = TypeVar("R", DiscretionStandard, ExemptionItem)


def _of_document(found: list[Held[R]], document: str | None, what: str) -> list[Held[R]]:
    if document is None:
        return found
    of = [
        h
        for h in found
        if document in (h.document_id, h.version_id) or h.document.strip("《》") == document.strip("《》")
    ]
    if not of:
        raise NotFound(f"没有名为“{document}”的文件，或其中没有{what}。", remedy=_LIST_FIRST)
    return of
