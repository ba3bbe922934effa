"""Stand-ins for the quiz bank and the papers behind the page: in memory, with the real steps of the review."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from assistant.quiz.bank.review import Refused, Standing, moved
from assistant.quiz.contract import (
    Blocked,
    BuildJob,
    BuildReport,
    BuildState,
    Check,
    CheckResult,
    Exported,
    Form,
    HistoryEntry,
    HistoryPage,
    ImportReport,
    ItemCitation,
    ItemContent,
    ItemKind,
    ItemPage,
    ItemState,
    ItemTags,
    Key,
    LeftOut,
    MoveFault,
    MoveReport,
    Origin,
    Point,
    Proof,
    QuizItem,
    Refutation,
    Rephrased,
    RowFault,
    ScoringPoint,
    StaleReport,
    Twin,
    TwinPage,
    Withheld,
)
from assistant.quiz.paper_contract import (
    Answer,
    AttemptState,
    GroupResult,
    HoursEntry,
    HoursPage,
    ItemStatistics,
    MarkedItem,
    Paper,
    PaperEntry,
    PaperItem,
    PaperPage,
    PaperState,
    PaperStatistics,
    Result,
    ResultPage,
)
from assistant.quiz.papers.variants import make_variants
from corpus.errors import NotFound
from tests.ui.service import CITATION, LAW, SECOND, TODAY

AT = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
STEM = "根据《示例法》，拒不改正的，处多少罚款？"
OPTIONS = ["货值金额三倍以下", "货值金额五倍以下", "货值金额十倍以下"]
PROVED = Proof(checks=[CheckResult(check=check, passed=True) for check in Check])
DISPROVED = Proof(checks=[CheckResult(check=Check.SUPPORTED, passed=False, detail="引文中没有“三倍”。")])
CITED = ItemCitation(
    provision_id="ver-1/第二条",
    version_id="ver-1",
    document_id="doc-0",
    citation=CITATION,
    title=LAW,
    article="第二条",
    quotation=SECOND,
    span=(0, len(SECOND)),
    digest="0" * 64,
)


def quiz_item(item_id: str = "q-1", **changes: Any) -> QuizItem:
    """A 单选题 on the invented law, unless told otherwise."""
    given: dict[str, Any] = {
        "id": item_id,
        "kind": ItemKind.SINGLE,
        "form": Form.ONE,
        "point": Point.MULTIPLE,
        "stem": STEM,
        "options": OPTIONS,
        "key": Key(correct=[0]),
        "explanation": "示例法第二条写明三倍以下。",
        "citations": [CITED],
        "refutations": [Refutation(option=1, reason="该条写的是三倍。")],
        "tags": ItemTags(field="城市管理", title=LAW),
        "as_of": TODAY,
        "state": ItemState.DRAFT,
        "origin": Origin.GENERATED,
        "author": "李四",
        "proof": PROVED,
        "created_at": AT,
        "changed_at": AT,
    }
    return QuizItem.model_validate({**given, **changes})


def short_item(item_id: str = "q-short", **changes: Any) -> QuizItem:
    """A 简答题, which a person marks."""
    points = [ScoringPoint(text="责令改正", share=Decimal(2)), ScoringPoint(text="处以罚款")]
    return quiz_item(
        item_id,
        kind=ItemKind.SHORT,
        form=Form.POINTS,
        stem="简述占用盲道的处理。",
        options=[],
        key=Key(points=points),
        refutations=[],
        **changes,
    )


BLOCKED = Blocked(
    citation=CITATION,
    reason="条文已经修改。",
    before="处货值金额三倍以下罚款。",
    after="处货值金额五倍以下罚款。",
    since=dt.date(2026, 1, 1),
)


class FakeQuiz:
    """A bank in memory. ``done`` tells what was asked of it; ``fails`` is raised by what changes something."""

    def __init__(self) -> None:
        self.held: dict[str, QuizItem] = {}
        self.done: list[tuple[str, Any]] = []
        self.fails: Exception | None = None
        self.build_state = BuildState.DONE
        self.pairs: list[Twin] = []
        self.left_out: list[LeftOut] = []

    def hold(self, *items: QuizItem) -> None:
        self.held |= {item.id: item for item in items}

    def build(self, request):
        self._note("build", request)
        return self.job("job-1")

    def job(self, job_id):
        if job_id != "job-1":
            raise NotFound("没有这个出题任务。", remedy="可重新出题。")
        report = None
        if self.build_state is BuildState.DONE:
            report = BuildReport(
                as_of=TODAY,
                seed=7,
                asked=3,
                items=list(self.held.values()),
                withheld=[Withheld(reason="错项不足", count=2, example="某题<b>")],
                notes=["多选题要2道，能证明的只有1道。"],
                seconds=1.2,
            )
        state = self.build_state
        return BuildJob(id=job_id, state=state, done=1, asked=3, stage="正在校验", report=report, problem="")

    def stop(self, job_id):
        self._note("stop", job_id)
        self.build_state = BuildState.STOPPED
        return self.job(job_id)

    def items(self, query=None):
        found = [item for item in self.held.values() if _fits(item, query)]
        return ItemPage(items=found[query.offset : query.offset + query.limit], total=len(found))

    def item(self, item_id):
        if item_id not in self.held:
            raise NotFound("题库中没有这道题。")
        return self.held[item_id]

    def history(self, item_id, query=None):
        entry = HistoryEntry(
            at=AT, by="李四", act="生成", note="<i>x</i>", revision=1, content=_content(self.held[item_id])
        )
        return HistoryPage(items=[entry], total=1)

    def write(self, request):
        self._note("write", request)
        self.hold(quiz_item("q-new", stem=request.stem, origin=Origin.WRITTEN))
        return self.held["q-new"]

    def rewrite(self, item_id, request):
        self._note("rewrite", request)
        item = self.held[item_id]
        self.hold(item.model_copy(update={"stem": request.stem, "revision": item.revision + 1}))
        return self.held[item_id]

    def rephrase(self, item_id):
        self.done.append(("rephrase", item_id))
        return Rephrased(item=self.held[item_id], taken=False, stem="别的题干", reason="改写增减了数字“五”。")

    def move(self, request):
        self._note("move", request)
        report = MoveReport(moved=[], faults=[])
        for item_id in request.ids:
            item = self.held[item_id]
            standing = Standing(item.state, item.proof, cited=bool(item.citations), blocked=item.blocked)
            after = moved(standing, request.move, request.note)
            if isinstance(after, Refused):
                report.faults.append(MoveFault(id=item_id, reason=after.reason))
            else:
                self.hold(item.model_copy(update={"state": after}))
                report.moved.append(item_id)
        return report

    def stale(self):
        self._note("stale", None)
        blocked = [item for item in self.held.values() if item.blocked]
        return StaleReport(as_of=TODAY, checked=len(self.held), blocked=blocked, released=[])

    def twins(self, query=None):
        return TwinPage(items=self.pairs, total=len(self.pairs))

    def take_in(self, name, data, form=None):
        self._note("take_in", (name, data))
        faults = [RowFault(place="第3行", message="没有答案<b>", remedy="请写明答案。")]
        return ImportReport(items=list(self.held.values()), faults=faults)

    def give_out(self, request):
        self._note("give_out", request)
        return Exported(name="题库.xml", media_type="application/xml", data=b"<quiz/>", left_out=self.left_out)

    def _note(self, what, asked):
        if self.fails is not None:
            raise self.fails
        self.done.append((what, asked))


class FakePapers:
    """Papers in memory, made of what the bank holds."""

    def __init__(self, quiz: FakeQuiz) -> None:
        self._quiz = quiz
        self.held: dict[str, Paper] = {}
        self.done: list[tuple[str, Any]] = []
        self.taken = 0
        self.scores: dict[int, Decimal | None] = {}

    def make(self, request):
        self.done.append(("make", request))
        items = list(self._quiz.held.values())
        entries = [PaperItem(number=n, points=Decimal(2), item=item) for n, item in enumerate(items, 1)]
        paper = Paper(
            id="paper-1",
            title=request.title,
            note=request.note,
            minutes=request.minutes,
            seed=request.seed,
            state=PaperState.DRAFT,
            total=Decimal(2 * len(items)),
            items=entries,
            variants=make_variants(items, request.variants, request.seed),
            missing=["多选题：要 10 题，题库可用 0 题，缺 10 题。"],
            created_at=AT,
        )
        self.held[paper.id] = paper
        return paper

    def papers(self, query=None):
        entries = [
            PaperEntry(
                id=paper.id,
                title=paper.title,
                state=paper.state,
                count=len(paper.items),
                total=paper.total,
                minutes=paper.minutes,
                taken=self.taken,
                created_at=paper.created_at,
            )
            for paper in self.held.values()
        ]
        return PaperPage(items=entries, total=len(entries))

    def paper(self, paper_id):
        if paper_id not in self.held:
            raise NotFound("没有这份试卷。")
        return self.held[paper_id]

    def remove(self, paper_id):
        self.done.append(("remove", paper_id))
        del self.held[paper_id]

    def departments(self):
        return ["执法一队", "执法二队"]

    def open(self, paper_id, request):
        self.done.append(("open", request))
        state = PaperState.OPEN if request.open else PaperState.CLOSED
        change = {"state": state, "groups": request.groups, "attempts": request.attempts}
        self.held[paper_id] = self.held[paper_id].model_copy(update=change)
        return self.held[paper_id]

    def printed(self, paper_id, part, form, variant="A"):
        return b"printed"

    def exported(self, paper_id, form):
        left_out = [LeftOut(id="q-1", stem="某题", reason="GIFT 不能承载简答题")]
        return Exported(name="试卷.gift", media_type="text/plain", data=b"x", left_out=left_out)

    def results(self, paper_id, query=None):
        return ResultPage(items=[self.trainee_result("attempt-1")], total=1)

    def trainee_result(self, attempt_id):
        if attempt_id != "attempt-1":
            raise NotFound("没有这份答卷。")
        one, short = quiz_item(), short_item()
        items = [
            MarkedItem(
                number=1,
                points=Decimal(2),
                score=self.scores.get(1, Decimal(0)),
                item=one,
                key=one.key,
                answer=Answer(chosen=[1]),
                right=False,
            ),
            MarkedItem(
                number=2,
                points=Decimal(10),
                score=self.scores.get(2),
                item=short,
                key=short.key,
                answer=Answer(words="责令改正<script>"),
            ),
        ]
        waiting = self.scores.get(2) is None
        return Result(
            attempt_id=attempt_id,
            paper_id="paper-1",
            title="年度考试",
            variant="A",
            person="王五",
            department="执法一科",
            state=AttemptState.SUBMITTED if waiting else AttemptState.MARKED,
            started_at=AT,
            submitted_at=AT,
            minutes=Decimal("12.5"),
            score=None if waiting else Decimal(6),
            total=Decimal(12),
            items=items,
        )

    def mark(self, attempt_id, request):
        self.done.append(("mark", request))
        self.scores |= request.scores
        return self.trainee_result(attempt_id)

    def statistics(self, paper_id):
        item = quiz_item()
        one = ItemStatistics(
            item_id=item.id,
            number=1,
            stem=item.stem,
            kind=item.kind,
            answered=20,
            difficulty=0.25,
            discrimination=0.1,
            chosen=[5, 14, 1],
            key=item.key,
        )
        two = one.model_copy(
            update={"number": 2, "answered": 3, "difficulty": None, "discrimination": None, "chosen": []}
        )
        return PaperStatistics(
            paper_id=paper_id,
            people=20,
            running=1,
            waiting=2,
            mean=Decimal("71.50"),
            total=Decimal(100),
            distribution=[0, 0, 0, 1, 2, 4, 6, 4, 2, 1],
            groups=[
                GroupResult(
                    department="执法一科",
                    people=20,
                    mean=Decimal("71.50"),
                    highest=Decimal(98),
                    lowest=Decimal(31),
                )
            ],
            items=[one, two],
        )

    def hours(self, query=None):
        entry = HoursEntry(
            person="王五", department="执法一科", exams=2, practices=3, minutes=Decimal(600), hours=Decimal(10)
        )
        return HoursPage(items=[entry], total=1)

    def hours_xlsx(self, query=None):
        return b"xlsx"


def _fits(item: QuizItem, query: Any) -> bool:
    return (
        (query.state is None or item.state is query.state)
        and (query.kind is None or item.kind is query.kind)
        and (query.point is None or item.point is query.point)
        and (query.field is None or item.tags.field == query.field)
        and (query.title is None or query.title in item.tags.title)
        and (query.words is None or query.words in item.stem)
        and (query.blocked is None or (item.blocked is not None) is query.blocked)
    )


def _content(item: QuizItem) -> ItemContent:
    return ItemContent.model_validate({name: getattr(item, name) for name in ItemContent.model_fields})
