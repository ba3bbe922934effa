"""The discretion desk (裁量核查台) over a corpus: reads records and law, and hands them to what decides.

A snapshot of the store, as the resolver is: make a new one after the store has changed. Corrections made through the
desk itself count at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.discretion.audit import AuditedDocument, audit_document
from assistant.discretion.checking import Basics, CaseFacts, Checked, check_case, compute_case
from assistant.discretion.contract import (
    AuditRequest,
    AuditResponse,
    CheckRequest,
    CheckResponse,
    ComputeRequest,
    ComputeResponse,
    CorrectionRequest,
    ExplainRequest,
    ExplainResponse,
    FindRequest,
    FindResponse,
    FoundItem,
    FoundStandard,
    ItemInfo,
    ReviewEntry,
    StandardInfo,
)
from assistant.discretion.explain import Explanation, explain, explain_response
from assistant.discretion.find import FindResult, StandardFinder
from assistant.discretion.find_texts import candidates_of, texts_on
from assistant.discretion.grounds import PENALTY_LAW, ListedItem
from assistant.discretion.held_records import Governed, HeldRecords
from assistant.discretion.law_of_day import LawOnDays
from assistant.discretion.present import Origin, ShowBasis, compute_response, doubt_info, item_info, standard_info
from assistant.discretion.present_check import check_response
from assistant.discretion.tiered import BEHAVIOUR
from assistant.places import Origin as PlaceOrigin
from assistant.places import Place
from corpus.citations import Resolver
from corpus.discretion.codec import to_json
from corpus.discretion.model import (
    ApplicationRules,
    Basis,
    DiscretionRecords,
    DiscretionStandard,
    ExemptionItem,
)
from corpus.errors import NotFound
from corpus.store import CorpusStore
from corpus.store.discretion import Held, HeldRecord
from corpus.store.readable import ReadableStore

if TYPE_CHECKING:
    from assistant.lexicon import Lexicon
    from corpus.encoders.base import DenseEncoder, Progress, Stop
    from corpus.encoders.cache import EncodingCache

_MOST_ITEMS = 5


class DiscretionDesk:
    """The desk behind every surface; implements ``assistant.discretion.contract.Desk``."""

    def __init__(
        self,
        *,
        store: CorpusStore,
        resolver: Resolver,
        lexicon: Lexicon,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
        region: str | None = None,
        originals: Path | None = None,
        dense: Callable[[], DenseEncoder | None] = lambda: None,
        cache: EncodingCache | None = None,
        texts: CorpusStore | None = None,
    ) -> None:
        """``now`` (aware) dates corrections; ``originals`` is the folder of kept originals, for pictures.

        ``region`` is where the officers are who name no other place. ``dense`` gives the encoder of meaning.
        ``texts`` reads the law of ``store``, which no correction changes, and may remember it.
        """
        self._store = store
        self._held = HeldRecords(store, region)
        self._texts = texts if texts is not None else store
        self._law = LawOnDays(self._texts, resolver, today)
        self._lexicon = lexicon
        self._today = today
        self._now = now
        self._originals = originals
        self._dense = dense
        self._cache = cache
        self._finder: StandardFinder | None = None
        self._lock = Lock()

    def without(self, store: ReadableStore, resolver: Resolver) -> DiscretionDesk:
        """The desk as a reader of ``store`` sees it; what is costly to read or encode is shared with this one."""
        return _ReadableDesk(self, store, resolver)

    # ---- records -------------------------------------------------------------------------------------------

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]:
        """Standards of one document or all whose heading, chapter or id has the words of ``query``."""
        day = as_of or self._today()
        words = (query or "").split()
        found = [h for h in self._held.standards(document) if _has(h.record, words)]
        return [self._standard_info(self._held.governed(h, day), self._states(day)) for h in found]

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo:
        """One standard, its bases compared with the law of the day."""
        day = as_of or self._today()
        return self._standard_info(self._held.governed(self._held.standard(key), day), self._shown(day))

    def items(self, document: str | None = None) -> list[ItemInfo]:
        """Entries of lists, of one document or all."""
        states = self._states(self._today())
        return [item_info(h, self._held.remarks(h.version_id), states) for h in self._held.items(document)]

    def _standard_info(self, governed: Governed, show: ShowBasis) -> StandardInfo:
        return standard_info(governed.held, governed.bounds, show)

    def _states(self, day: dt.date) -> ShowBasis:
        return lambda basis: self._law.state_of(basis, day)

    def _shown(self, day: dt.date) -> ShowBasis:
        return lambda basis: self._law.show(basis, day)

    # ---- finding -------------------------------------------------------------------------------------------

    def find(self, request: FindRequest) -> FindResponse:
        """The records that a description means, of the place and of what it lies in."""
        day = request.as_of or self._today()
        place = self._held.place(request.region, request.description)
        found = self._find(request.description, place, day, request.limit)
        standards = {h.key: h for h in self._held.standards()}
        items = {h.key: h for h in self._held.items()}
        notes = [*place.notes, *found.notes]
        if place.origin is PlaceOrigin.NONE:
            notes = ["没有指定地区，列出了所有地方的裁量基准和清单，请核对适用地区。", *found.notes]
        return FindResponse(
            standards=[
                FoundStandard(
                    standard=self._standard_info(self._held.governed(standards[f.key], day), self._states(day)),
                    score=f.score,
                    why=list(f.why),
                )
                for f in found.standards
            ],
            items=[
                FoundItem(
                    item=item_info(items[f.key], self._held.remarks(items[f.key].version_id), self._states(day)),
                    score=f.score,
                    why=list(f.why),
                )
                for f in found.items
            ],
            notes=notes,
        )

    def prepare_meaning(self, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Encode the records so that descriptions are compared by meaning too; False where there is no encoder."""
        return self._open_finder().prepare(progress=progress, stop=stop)

    def _find(self, description: str, place: Place, day: dt.date, limit: int) -> FindResult:
        regions = None if place.origin is PlaceOrigin.NONE else place.regions
        versions = self._applied_on(day)
        return self._open_finder().find(description, regions=regions, versions=versions, limit=limit)

    def _open_finder(self) -> StandardFinder:
        with self._lock:
            if self._finder is None:
                candidates = candidates_of(self._held.store)
                self._finder = StandardFinder(candidates, self._lexicon, encoder=self._dense, cache=self._cache)
            return self._finder

    # ---- computing and checking ----------------------------------------------------------------------------

    def compute(self, request: ComputeRequest) -> ComputeResponse:
        """The sum or range for a choice, with its working."""
        day = request.as_of or self._today()
        governed = self._held.governed(self._held.standard(request.standard), day)
        held = governed.held
        statute = self._law.statute_bounds(held.record, day, (held.region,))
        basics = Basics(held.record, governed.bounds, governed.rules, day, statute_bounds=statute)
        result = compute_case(basics, _case(request))
        response = compute_response(result, held.key, _origin(held))
        warnings = dict.fromkeys([*self._warnings(governed, request, day), *response.warnings])
        return response.model_copy(update={"warnings": list(warnings)})

    def check(self, request: CheckRequest) -> CheckResponse:
        """A proposed penalty against statute, benchmark and grounds."""
        return self._check(request)[1]

    def explain(self, request: ExplainRequest) -> ExplainResponse:
        """The explanation for the case file, as text."""
        explanation, check = self._explain(request)
        return explain_response(explanation, check)

    def explain_docx(self, request: ExplainRequest) -> bytes:
        """The explanation for the case file, as a Word document."""
        from assistant.discretion.docx import write_docx

        return write_docx(self._explain(request)[0])

    def _explain(self, request: ExplainRequest) -> tuple[Explanation, CheckResponse]:
        day = _decision_day(request, self._today())
        governed, check = self._check(request)
        standard = self._standard_info(governed, self._shown(day))
        explanation = explain(standard, check, request, day=day, case_name=request.case_name, party=request.party)
        return explanation, check

    def _check(self, request: CheckRequest) -> tuple[Governed, CheckResponse]:
        day = _decision_day(request, self._today())
        governed = self._held.governed(self._held.standard(request.standard), day)
        held = governed.held
        items, warnings_of_lists = self._listed(held, request, day)
        laws = None
        if request.act_date is not None:
            laws = self._law.on_both_days(held.record, request.act_date, day, (held.region,))
        basics = Basics(
            held.record,
            governed.bounds,
            governed.rules,
            day,
            penalty_law=self._law.penalty_law(day),
            items=items,
            statute_bounds=self._law.statute_bounds(held.record, day, (held.region,)),
            lists=frozenset(h.document for h in self._held.items()),
            laws=laws,
            old_for_new=self._law.old_for_new(day) if laws is not None else None,
        )
        case = _case(request)
        checked: Checked = check_case(basics, case)
        warnings = [*self._warnings(governed, request, day, request.act_date), *warnings_of_lists]
        if not basics.penalty_law:
            warnings.append(f"没有{day.isoformat()}有效的《{PENALTY_LAW}》文本，没有核查该法规定的各项事由。")
        if request.act_date is not None and request.act_date > day:
            warnings.append(f"违法行为发生日期{request.act_date.isoformat()}在决定日期{day.isoformat()}之后，请核对。")
        return governed, check_response(checked, basics, case, held.key, _origin(held), warnings)

    def _warnings(
        self, governed: Governed, request: ComputeRequest, day: dt.date, act: dt.date | None = None
    ) -> list[str]:
        """What the place, the rules and the law of the day say against using the standard at all."""
        held = governed.held
        place = self._held.place(request.region)
        warnings = list(governed.warnings)
        if held.version_id not in self._applied_on(day):
            warnings.append(f"《{held.document}》在{day.isoformat()}尚未施行，或者已经失效、被新的文本代替。")
        if not self._held.seen(place, held.region):
            warnings.append(f"《{held.document}》是{held.region}的裁量基准，不适用于{place.region or '所选地区'}。")
        propose = isinstance(request, CheckRequest)  # a sum alone needs no successor's article
        return [*warnings, *self._law.warnings_on(held.record, day, (held.region,), act, propose=propose)]

    def _listed(
        self, held: Held[DiscretionStandard], request: CheckRequest, day: dt.date
    ) -> tuple[list[ListedItem], list[str]]:
        """The list entries that may cover the act: those of the same articles, then the nearest by description.

        And what to say of lists that would have some but do not hold on ``day``.
        """
        place = self._held.place(request.region)
        if place.origin is PlaceOrigin.NONE:
            place = self._held.place(held.region)
        applied = self._applied_on(day)
        items = {h.key: h for h in self._held.items() if h.region in place.regions}
        cited = _articles([*held.record.violated, *held.record.basis])
        same = [key for key, h in items.items() if cited & _articles([*h.record.provisions, *h.record.basis])]
        ended = dict.fromkeys(items[key].document for key in same if items[key].version_id not in applied)
        words = f"{request.description or ''}\n{held.record.title}".strip()
        found = self._find(words, place, day, _MOST_ITEMS)
        near = [f.key for f in found.items if f.key in items]
        both = [key for key in near if key in same]
        keys = dict.fromkeys([*both, *same, *(near[:1] if request.description else [])])
        chosen = [items[key] for key in keys if items[key].version_id in applied][:_MOST_ITEMS]
        return [ListedItem(h.record, h.document, self._held.remarks(h.version_id)) for h in chosen], [
            f"《{title}》在{day.isoformat()}尚未施行或者已经失效，没有据以核查不予处罚。" for title in ended
        ]

    def _applied_on(self, day: dt.date) -> frozenset[str]:
        """Of the documents that hold records, the texts that apply on the day."""
        documents = {h.document_id for h in self._held.standards()} | {h.document_id for h in self._held.items()}
        return texts_on([version for d in documents for version in self._texts.versions(d)], day)

    # ---- auditing ------------------------------------------------------------------------------------------

    def audit(self, request: AuditRequest) -> list[AuditResponse]:
        """The audit of one document or of every one that holds records."""
        day = request.as_of or self._today()
        standards, items = self._held.standards(), self._held.items()
        of_version: dict[str, Held[DiscretionStandard] | Held[ExemptionItem]] = {}
        for standard in standards:
            of_version.setdefault(standard.version_id, standard)
        for item in items:
            of_version.setdefault(item.version_id, item)
        wanted = request.document
        chosen = [
            h
            for h in of_version.values()
            if wanted is None or wanted in (h.document_id, h.version_id) or wanted.strip("《》") == h.document
        ]
        if wanted is not None and not chosen:
            raise NotFound(f"没有名为“{wanted}”的裁量基准或清单。", remedy="请用 eassistant discretion list 查看。")
        return [self._audit(h, standards, items, day) for h in chosen]

    def _audit(
        self,
        of: Held[DiscretionStandard] | Held[ExemptionItem],
        standards: Sequence[Held[DiscretionStandard]],
        items: Sequence[Held[ExemptionItem]],
        day: dt.date,
    ) -> AuditResponse:
        records = DiscretionRecords(
            standards=tuple(h.record for h in standards if h.version_id == of.version_id),
            items=tuple(h.record for h in items if h.version_id == of.version_id),
        )
        first = next((h for h in standards if h.version_id == of.version_id), None)
        rules = self._held.governed(first, day).rules if first is not None else None
        version = next((v for v in self._store.versions(of.document_id) if v.id == of.version_id), None)
        issued = version.validity.published or version.validity.commencement.day if version is not None else None
        document = AuditedDocument(of.document, of.document_id, of.version_id, issued)
        return audit_document(records, document, self._law.laws(day, (of.region,)), rules=rules)

    # ---- review --------------------------------------------------------------------------------------------

    def review(self, document: str | None = None) -> list[ReviewEntry]:
        """Records that need a person's eye, and those that a person corrected."""
        found = self._held.store.review()
        if document is not None:
            found = [h for h in found if document in (h.document_id, h.version_id, h.document)]
        return [self._entry(h) for h in found]

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry:
        """Keep a person's correction of a record."""
        held = self._held.store.correct(key, request.record, by=request.by, note=request.note, at=self._now())
        self._forget()
        return self._entry(held)

    def remove_correction(self, key: str) -> ReviewEntry:
        """Take a correction back."""
        held = self._held.store.remove_correction(key)
        self._forget()
        return self._entry(held)

    def picture(self, key: str, page: int | None = None) -> bytes:
        """The record's page as PNG, from the kept original."""
        from assistant.discretion.picture import record_picture  # the PDF library: a second to import

        held = self._held.store.get(key)
        return record_picture(self._store, self._originals, held, page)

    def _forget(self) -> None:
        self._held.forget()
        with self._lock:
            self._finder = None

    def _entry(self, held: HeldRecord) -> ReviewEntry:
        from assistant.discretion.picture import has_picture

        record = held.record
        correction = held.correction
        return ReviewEntry(
            key=held.key,
            kind=_kind(record),
            document=held.document,
            title=_title(record),
            doubts=[doubt_info(d) for d in (held.read.doubts if held.corrected else record.doubts)],
            pages=[] if isinstance(record, ApplicationRules) else list(record.pages),
            has_picture=has_picture(self._store, self._originals, held),
            record=to_json(held.read),
            correction=to_json(correction.record) if correction is not None else None,
            corrected_by=correction.by if correction is not None else None,
            corrected_at=correction.at if correction is not None else None,
            stale=held.stale,
        )


class _ReadableDesk(DiscretionDesk):
    """The desk ``whole`` without the documents hidden in ``store``."""

    def __init__(self, whole: DiscretionDesk, store: ReadableStore, resolver: Resolver) -> None:
        super().__init__(
            store=store,
            resolver=resolver,
            lexicon=whole._lexicon,
            today=whole._today,
            now=whole._now,
            originals=whole._originals,
            dense=whole._dense,
            cache=whole._cache,
        )
        self._held = whole._held.without(store)
        self._whole = whole
        self._hidden = store.hidden
        self._from: tuple[StandardFinder, bool] | None = None

    def _open_finder(self) -> StandardFinder:
        whole = self._whole._open_finder()
        made_from = (whole, whole.knows_meaning)
        with self._lock:
            if self._finder is None or self._from != made_from:
                self._finder, self._from = whole.without(self._hidden), made_from
            return self._finder

    def _forget(self) -> None:
        super()._forget()
        self._whole._forget()


def _case(request: ComputeRequest) -> CaseFacts:
    choose = request.choose if request.behaviour is None else {BEHAVIOUR: request.behaviour, **request.choose}
    case = CaseFacts(choose, request.variant, request.tier, request.column, request.inputs)
    if not isinstance(request, CheckRequest):
        return case
    return replace(
        case,
        proposed=request.proposed_yuan,
        facts=request.facts,
        act_date=request.act_date,
        party_kind=request.party_kind,
        party=request.party if isinstance(request, ExplainRequest) else None,
    )


def _decision_day(request: CheckRequest, today: dt.date) -> dt.date:
    return request.decision_date or request.as_of or today


def _origin(held: Held[DiscretionStandard]) -> Origin:
    return Origin(held.document, held.document_id)


def _has(standard: DiscretionStandard, words: Iterable[str]) -> bool:
    text = "\n".join((standard.id, standard.chapter, standard.title, *standard.behaviours))
    return all(word in text for word in words)


def _articles(bases: Iterable[Basis]) -> set[tuple[str, object]]:
    """The articles cited, without 款 and 项; whole laws say too little."""
    return {(c.title.removeprefix("中华人民共和国"), c.article) for b in bases for c in b.citations if c.article}


def _kind(record: DiscretionStandard | ExemptionItem | ApplicationRules) -> str:
    if isinstance(record, DiscretionStandard):
        return "standard"
    return "item" if isinstance(record, ExemptionItem) else "rules"


def _title(record: DiscretionStandard | ExemptionItem | ApplicationRules) -> str:
    return record.violation if isinstance(record, ExemptionItem) else record.title
