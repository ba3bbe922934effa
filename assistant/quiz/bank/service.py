"""The bank as each person sees it (题库): built, written, reviewed, checked against the law, taken in and given out."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.accounts.principal import Principal
from assistant.auditlog.contract import Act, NoRecorder, Recorder
from assistant.generator import Writer
from assistant.quiz.bank.authoring import Authoring
from assistant.quiz.bank.jobs import BuildJobs, Report, Stop, Stopped
from assistant.quiz.bank.observed import Observe, nothing_observed
from assistant.quiz.bank.review import MOVE_ZH, Refused, Standing, moved
from assistant.quiz.bank.shelf import ReadableShelf, Texts
from assistant.quiz.bank.store import BankStore, Fresh, Kept, Step, content_of
from assistant.quiz.builder import Built, build
from assistant.quiz.contract import (
    Blocked,
    BuildJob,
    BuildReport,
    BuildRequest,
    Exported,
    ExportRequest,
    Format,
    HistoryEntry,
    ImportReport,
    ItemContent,
    ItemPage,
    ItemQuery,
    ItemState,
    LeftOut,
    Move,
    MoveFault,
    MoveReport,
    MoveRequest,
    Origin,
    QuizItem,
    Rephrased,
    RowFault,
    StaleReport,
    Twin,
    TwinPage,
    WriteRequest,
)
from assistant.quiz.material import Material
from assistant.quiz.proof import prove
from assistant.quiz.rephrasing import asked_of_model, may_be_rephrased, stem_of
from assistant.quiz.twins import find_twins
from assistant.userdata import UserData
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, InvalidInput

MOST_IMPORTED = 2000
"""Most items of one file."""
MOST_FAULTS = 500
"""Most faults of one file that are told one by one."""


class Builder(Protocol):
    """Makes items: ``assistant.quiz.builder.build``, or a stand-in."""

    def __call__(
        self,
        request: BuildRequest,
        material: Material,
        known: Sequence[ItemContent] = (),
        *,
        report: Report,
        stop: Stop,
    ) -> Built: ...


_LIVE = (ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.PUBLISHED)
_BLOCKED, _RELEASED = "自动停用", "恢复使用"
_ELSEWHERE = Blocked(citation="", reason="依据所在文件有变动，须由能查阅全部资料的人核对。")
"""What is said to whoever may not read the document that made the change."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class QuizBankService:
    """Implements ``QuizBank``. ``two_people``: nobody publishes what he wrote or changed."""

    def __init__(
        self,
        userdata: UserData,
        shelf: ReadableShelf,
        *,
        two_people: bool = False,
        recorder: Recorder | None = None,
        observed: Observe = nothing_observed,
        builder: Builder = build,
        writer: Writer | None = None,
        now: Callable[[], dt.datetime] = _now,
    ) -> None:
        self._store = BankStore(userdata)
        self._shelf = shelf
        self._authoring = Authoring(shelf, prove)
        self._two_people = two_people
        self._log = recorder or NoRecorder()
        self._observed = observed
        self._builder = builder
        self._writer = writer
        self._now = now
        self._checking = threading.Lock()
        self.jobs = BuildJobs()

    # ---- building ----------------------------------------------------------------------------------------------

    def build(self, person: Principal, request: BuildRequest) -> BuildJob:
        asked = sum(request.kinds.values()) if request.kinds else request.count
        if asked == 0:
            raise InvalidInput("没有要出的题。", where="/kinds", remedy="请写明各题型的数量。")
        self._shelf.of(person)
        return self.jobs.start(person.id, asked, lambda report, stop: self._built(person, request, asked, report, stop))

    def job(self, person: Principal, job_id: str) -> BuildJob:
        return self._readable(person, self.jobs.job(person.id, job_id))

    def stop(self, person: Principal, job_id: str) -> BuildJob:
        return self._readable(person, self.jobs.stop(person.id, job_id))

    def _built(self, person: Principal, request: BuildRequest, asked: int, report: Report, stop: Stop) -> BuildReport:
        begun = time.perf_counter()
        report(0, "正在收集现行法")
        material = self._shelf.of(person).shelves.gather(request)
        known = [kept.item for kept in self._store.every(self._shelf.hidden(person), _LIVE)]
        built = self._builder(request, material, known, report=report, stop=stop)
        if built.stopped or stop():
            raise Stopped
        report(len(built.contents), "正在存入题库")
        fresh = [Fresh(content, proof, Origin.GENERATED, "生成") for content, proof in built.contents]
        self._log.record(Act.QUIZ_BUILT, person, facts={"items": len(fresh), "seed": request.seed})
        items = self._add(person, fresh)
        return BuildReport(
            as_of=material.day,
            seed=request.seed,
            asked=asked,
            items=items,
            withheld=built.withheld,
            notes=built.notes,
            seconds=round(time.perf_counter() - begun, 1),
        )

    def _readable(self, person: Principal, job: BuildJob) -> BuildJob:
        """The job without what was hidden from the person since it was made."""
        report, hidden = job.report, self._shelf.hidden(person)
        if report is None or not hidden:
            return job
        items = [item for item in report.items if hidden.isdisjoint(c.document_id for c in item.citations)]
        if len(items) == len(report.items):
            return job
        shown = report.model_copy(update={"items": items, "withheld": [], "notes": []})
        return job.model_copy(update={"report": shown})

    # ---- looking up --------------------------------------------------------------------------------------------

    def items(self, person: Principal, query: ItemQuery) -> ItemPage:
        found, total = self._store.page(query, self._shelf.hidden(person))
        return ItemPage(items=self._shown(person, found), total=total)

    def item(self, person: Principal, item_id: str) -> QuizItem:
        return self._shown(person, [self._store.one(item_id, self._shelf.hidden(person))])[0]

    def history(self, person: Principal, item_id: str) -> list[HistoryEntry]:
        hidden = self._shelf.hidden(person)
        self._store.one(item_id, hidden)
        return [_without_hidden(entry, hidden) for entry in self._store.history(item_id)]

    def twins(self, person: Principal, query: PageQuery) -> TwinPage:
        items = [kept.item for kept in self._store.every(self._shelf.hidden(person), _LIVE)]
        found = find_twins(items)
        shown = found[query.offset : query.offset + query.limit]
        return TwinPage(items=[_twin(items[t.first], items[t.second], t.value) for t in shown], total=len(found))

    def usable(self, person: Principal, ids: Sequence[str]) -> list[QuizItem]:
        fit = self.fit(person, ids)
        found = self._store.some([i for i in ids if i in fit], self._shelf.hidden(person))
        live = [kept.item for i in dict.fromkeys(ids) if (kept := found.get(i)) and kept.item.state in _LIVE]
        return self._with_observed([item for item in live if item.blocked is None])

    def fit(self, person: Principal, ids: Sequence[str]) -> frozenset[str]:
        shelf, hidden = self._shelf.with_hidden(person)

        def judge(unknown: Sequence[str]) -> dict[tuple[str, int], bool]:
            texts, items = shelf.texts(), [kept.item for kept in self._store.some(unknown, ()).values()]
            return {(item.id, item.revision): self._judged(item, texts)[0] is None for item in items}

        standing = self._store.standing(ids, _LIVE, hidden)
        return shelf.fit.among(standing, self._shelf.today(), judge)

    # ---- writing and review ------------------------------------------------------------------------------------

    def write(self, person: Principal, request: WriteRequest) -> QuizItem:
        fresh = self._authoring.written(person, request)
        self._log.record(Act.QUIZ_ITEM_WRITTEN, person, facts={"kind": request.kind.value})
        return self.item(person, self._add(person, [fresh])[0].id)

    def rewrite(self, person: Principal, item_id: str, request: WriteRequest) -> QuizItem:
        before = self._store.one(item_id, self._shelf.hidden(person)).item
        if before.state is ItemState.RETIRED:
            raise Conflict("这道题已停用，不能修改。", where="item_id", remedy="请先重新启用。")
        if request.revision is not None and request.revision != before.revision:
            raise Conflict("这道题刚被他人修改。", where="/revision", remedy="请刷新，在最新内容上修改。")
        fresh = self._authoring.rewritten(person, request, before)
        self._log.record(Act.QUIZ_ITEM_CHANGED, person, target=item_id)
        self._check([self._store.rewrite(person, before, fresh, self._now())])
        return self.item(person, item_id)

    def rephrase(self, person: Principal, item_id: str) -> Rephrased:
        """Let the chat model put the stem of a draft into other words; what is not proved is not taken.

        Raises Conflict without a model, and for an item that may not be rephrased; GeneratorUnavailable where the model
        fails.
        """
        before = self.item(person, item_id)
        if self._writer is None:
            raise Conflict("没有设置撰写模型，不能改写题干。", remedy="请在设置的 [generator] 一节填写，或者自行修改。")
        if before.state is not ItemState.DRAFT or before.blocked is not None:
            raise Conflict("只有依据没有变动的草稿可以改写题干。", where="item_id", remedy="请先退回为草稿。")
        if (why := may_be_rephrased(before)) or not before.proof.passed:
            raise Conflict(why or "校验没有全部通过的试题不改写题干。", where="item_id", remedy="请自行修改题干。")
        stem = stem_of("".join(self._writer.write(asked_of_model(before))))[:_LONGEST_STEM]
        after = self._authoring.rephrased(person, before, stem)
        if isinstance(after, str):
            return Rephrased(item=before, taken=False, stem=stem, reason=after)
        self._log.record(Act.QUIZ_ITEM_CHANGED, person, target=item_id)
        note = f"由 {self._writer.model} 改写，各项校验通过。"
        kept = self._store.rewrite(person, before, replace(after, note=note), self._now())
        self._check([kept])
        return Rephrased(item=self.item(person, item_id), taken=True, stem=stem)

    def move(self, person: Principal, request: MoveRequest) -> MoveReport:
        found = self._store.some(request.ids, self._shelf.hidden(person))
        texts = self._shelf.of(person).texts() if request.move is Move.PUBLISH else None
        steps: list[Step] = []
        faults: list[MoveFault] = []
        for item_id in dict.fromkeys(request.ids):
            kept = found.get(item_id)
            after = self._after(person, kept, request, texts) if kept else Refused("题库中没有这道题。")
            if isinstance(after, Refused) or kept is None:
                faults.append(MoveFault(id=item_id, reason=after.reason if isinstance(after, Refused) else ""))
            else:
                steps.append(Step(kept.item, after))
        if not steps:
            return MoveReport(moved=[], faults=faults)
        named = ",".join(step.before.id for step in steps)[:_LONGEST_TARGET]
        facts = {"move": request.move.value, "items": len(steps)}
        self._log.record(Act.QUIZ_ITEMS_MOVED, person, target=named, facts=facts)
        late = self._store.move(person, steps, MOVE_ZH[request.move], request.note, self._now())
        faults += [MoveFault(id=i, reason="刚被他人修改或审核，请刷新后再操作。") for i in late]
        return MoveReport(moved=[s.before.id for s in steps if s.before.id not in late], faults=faults)

    def _after(self, person: Principal, kept: Kept, request: MoveRequest, texts: Texts | None) -> ItemState | Refused:
        item = kept.item
        blocked = item.blocked
        if blocked is None and texts is not None:
            blocked = self._judged(item, texts)[0]
        standing = Standing(
            item.state,
            item.proof,
            cited=bool(item.citations),
            blocked=blocked,
            own=self._two_people and kept.person_id == person.id,
        )
        return moved(standing, request.move, request.note)

    # ---- the law changes ---------------------------------------------------------------------------------------

    def stale(self, person: Principal) -> StaleReport:
        released = self.check_all()
        hidden = self._shelf.hidden(person)
        live = self._store.every(hidden, _LIVE)
        seen = {kept.item.id for kept in live}
        blocked = [kept for kept in live if kept.item.blocked is not None]
        return StaleReport(
            as_of=self._shelf.today(),
            checked=len(live),
            blocked=self._shown(person, blocked),
            released=[item_id for item_id in released if item_id in seen],
        )

    def check_all(self) -> list[str]:
        """Hold every item against the texts in force today; ids of those that may be used again."""
        live = self._store.every((), _LIVE)
        return self._check([kept.item for kept in live]) if live else []

    def _check(self, items: Sequence[QuizItem]) -> list[str]:
        texts = self._shelf.whole().texts()
        released = []
        with self._checking:
            for item in items:
                blocked, content = self._judged(item, texts)
                if blocked == item.blocked and content.citations == item.citations:
                    continue
                act = ""
                if (blocked is None) != (item.blocked is None):
                    act = _RELEASED if blocked is None else _BLOCKED
                note = f"{blocked.citation}：{blocked.reason}" if blocked is not None else ""
                self._store.settle(item, blocked, content, act, note, self._now())
                if act == _RELEASED:
                    released.append(item.id)
        return released

    def _judged(self, item: QuizItem, texts: Texts) -> tuple[Blocked | None, ItemContent]:
        """How the item stands today, or on its own day where that is still to come."""
        return texts.judged(content_of(item), max(self._shelf.today(), item.as_of))

    # ---- files -------------------------------------------------------------------------------------------------

    def take_in(self, person: Principal, name: str, data: bytes, form: Format | None) -> ImportReport:
        from assistant.quiz.exchange import read_file

        reading = read_file(name, data, form)
        if len(reading.items) > MOST_IMPORTED:
            told = f"文件中有{len(reading.items)}道题，一次最多导入{MOST_IMPORTED}道。"
            raise InvalidInput(told, where="file", remedy="请分成几个文件导入。")
        faults = list(reading.faults)
        fresh = []
        for draft in reading.items:
            try:
                fresh.append(self._authoring.imported(person, draft.request))
            except InvalidInput as error:
                faults.append(RowFault(place=draft.place, message=error.what, remedy=error.remedy or ""))
        if len(faults) > MOST_FAULTS:
            told = f"另有{len(faults) - MOST_FAULTS}处也未能读入。"
            faults[MOST_FAULTS:] = [RowFault(place="其余", message=told, remedy="请先改正以上各处。")]
        if not fresh:
            return ImportReport(items=[], faults=faults)
        self._log.record(Act.QUIZ_ITEMS_IMPORTED, person, facts={"items": len(fresh), "faults": len(faults)})
        added = {item.id for item in self._add(person, fresh)}
        items = [kept.item for kept in self._store.every(self._shelf.hidden(person), _LIVE)]
        pairs = [(items[t.first], items[t.second], t.value) for t in find_twins(items)]
        twins = [_twin(a, b, value) for a, b, value in pairs if a.id in added or b.id in added]
        return ImportReport(items=[item for item in items if item.id in added], faults=faults, twins=twins)

    def give_out(self, person: Principal, request: ExportRequest) -> Exported:
        from assistant.quiz.exchange import MEDIA_TYPE, SUFFIX, write_file

        items = self.usable(person, request.ids)
        found = self._store.some(request.ids, self._shelf.hidden(person))
        fit = {item.id for item in items}
        unfit = [kept.item for item_id, kept in found.items() if item_id not in fit]
        self._log.record(Act.QUIZ_ITEMS_EXPORTED, person, facts={"items": len(items), "form": request.form.value})
        data, left_out = write_file(items, request.form, request.columns)
        why = [
            LeftOut(id=i.id, stem=i.stem, reason="已停用" if i.state is ItemState.RETIRED else "依据已变动")
            for i in unfit
        ]
        return Exported(
            name=f"题库-{self._shelf.today().isoformat()}.{SUFFIX[request.form]}",
            media_type=MEDIA_TYPE[request.form],
            data=data,
            left_out=[*why, *left_out],
        )

    # ---- details -----------------------------------------------------------------------------------------------

    def _add(self, person: Principal, fresh: Sequence[Fresh]) -> list[QuizItem]:
        items = self._store.add(person, fresh, self._now())
        if past := [item for item in items if item.as_of < self._shelf.today()]:
            self._check(past)
            found = self._store.some([item.id for item in items], ())
            return [found[item.id].item for item in items]
        return items

    def _shown(self, person: Principal, found: Sequence[Kept]) -> list[QuizItem]:
        """The items as the person may see them: a change is told as far as the person may read what changed."""
        items = [kept.item for kept in found]
        if self._shelf.hidden(person) and any(item.blocked for item in items):
            texts = self._shelf.of(person).texts()
            items = [self._as_told(item, texts) for item in items]
        return self._with_observed(items)

    def _as_told(self, item: QuizItem, texts: Texts) -> QuizItem:
        if item.blocked is None:
            return item
        told = self._judged(item, texts)[0]
        elsewhere = _ELSEWHERE.model_copy(update={"citation": item.blocked.citation})
        return item.model_copy(update={"blocked": told or elsewhere})

    def _with_observed(self, items: Sequence[QuizItem]) -> list[QuizItem]:
        seen = self._observed([item.id for item in items]) if items else {}
        return [
            item.model_copy(
                update={
                    "answered": seen[item.id].answered,
                    "observed_difficulty": seen[item.id].difficulty,
                    "discrimination": seen[item.id].discrimination,
                }
            )
            if item.id in seen
            else item
            for item in items
        ]


_LONGEST_TARGET = 480
_LONGEST_STEM = 4000


def _twin(first: QuizItem, second: QuizItem, likeness: float) -> Twin:
    return Twin(first=first.id, second=second.id, likeness=likeness, first_stem=first.stem, second_stem=second.stem)


def _without_hidden(entry: HistoryEntry, hidden: frozenset[str]) -> HistoryEntry:
    """The entry without what was written of a document that the person may not read."""
    if entry.content is None or hidden.isdisjoint(c.document_id for c in entry.content.citations):
        return entry
    return entry.model_copy(update={"content": None})
