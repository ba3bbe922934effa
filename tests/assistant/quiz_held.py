"""What hangs on a document in the quiz (题库里挂在文件上的): items, papers, attempts, for the document matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.quiz.bank.jobs import BuildJobs, Report, Stop, Work
from assistant.quiz.bank.service import QuizBankService
from assistant.quiz.bank.shelf import ReadableShelf
from assistant.quiz.contract import BuildJob
from assistant.quiz.papers.service import PaperService
from assistant.quiz.papers.store import PaperStore
from assistant.quiz.taking.service import ExamService
from assistant.userdata import UserData
from tests.assistant.limited_samples import TODAY, Sample, World
from tests.assistant.quiz.bank.bank_room import a_few

Make = Callable[..., Any]
"""``make(method, path, body)``: what the running application answers to who may do everything."""


@dataclass(frozen=True)
class QuizHeld:
    """Ids of what rests on ``sample``; without anything held, ids of nothing."""

    sample: Sample
    item: str = "q-none-1"
    draft: str = "q-none-2"
    paper: str = "none-3"
    other_paper: str = "none-8"
    submitted: str = "none-4"
    running: str = "none-5"
    practice: str = "none-6"
    job: str = "none-7"

    @property
    def ids(self) -> list[str]:
        return [
            self.item,
            self.draft,
            self.paper,
            self.other_paper,
            self.submitted,
            self.running,
            self.practice,
            self.job,
        ]


class AtOnce(BuildJobs):
    """Builds that are over when they are answered."""

    def start(self, person_id: str, asked: int, work: Work) -> BuildJob:
        job = super().start(person_id, asked, work)
        assert self.join(60)
        return self.job(person_id, job.id)


def quiz_services(world: World, userdata: UserData) -> dict[str, Any]:
    """The bank, papers and exams over a world, as fields of the services."""
    shelf = ReadableShelf(world.views, lambda: TODAY, None)
    bank = QuizBankService(userdata, shelf, builder=_a_few)
    bank.jobs = AtOnce()
    store = PaperStore(userdata)

    def may_read(person: Any, documents: Any) -> bool:
        return world.views.hidden(person).isdisjoint(documents)

    exams = ExamService(userdata, store, bank, may_read)
    return {"quiz": bank, "papers": PaperService(store, bank, exams, may_read), "exams": exams}


def _a_few(*given: Any, known: Any = (), report: Report, stop: Stop) -> Any:
    """The stand-in builder, which also makes items like those of the bank."""
    return a_few(*given[:2], (), report=report, stop=stop)


def written(sample: Sample, **more: Any) -> dict[str, Any]:
    """A true-or-false item on the first article of a law."""
    return {
        "kind": "true_false",
        "form": "truth",
        "stem": f"根据《{sample.title}》，管理城市道路适用该条例。",
        "key": {"truth": True},
        "cites": [f"《{sample.title}》第一条"],
        **more,
    }


def text_file(sample: Sample) -> bytes:
    """A file of one item, nearly that of ``written``; the title's mark stands only in what it cites."""
    stem = f"根据《{sample.title.removeprefix(sample.mark)}》，管理城市道路适用该条例。"
    return f"1. [判断题] {stem}\n答案：正确\n依据：《{sample.title}》第一条\n".encode()


def quiz_held(make: Make, sample: Sample) -> QuizHeld:
    """Items, a paper that is open, an attempt that is over, one that runs, a practice answered wrong, a build."""
    job = make("POST", "/api/quiz/builds", {"sources": [sample.id], "count": 1})
    assert job["report"]["items"], job
    alike = written(sample)
    now = alike | {"stem": f"负责监督检查的部门及其工作人员不得收取任何费用，见《{sample.title}》。"}
    free = alike | {"stem": f"承办单位举行大型群众活动前应当制定安全工作方案并落实应急措施，见《{sample.title}》。"}
    draft, practised, asked, asked_now = (
        make("POST", "/api/quiz/items", given)["id"] for given in (alike, free, alike, now)
    )  # what an open exam asks, and what is like it, is not practised
    for move in ("submit", "publish"):
        moved = make("POST", "/api/quiz/moves", {"ids": [practised, asked, asked_now], "move": move})
        assert not moved["faults"]
    paper, other_paper = (_opened(make, item) for item in (asked, asked_now))
    submitted = make("POST", f"/api/exams/{paper}/attempts")["attempt_id"]
    make("POST", f"/api/exams/attempts/{submitted}/submission", {"answers": {}, "sequence": 1})
    running = make("POST", f"/api/exams/{other_paper}/attempts")["attempt_id"]
    practice = make("POST", "/api/practice", {"title": sample.title, "count": 100})
    assert practice["items"]
    for asked_item in practice["items"]:
        answer = {"number": asked_item["number"], "answer": {"truth": False}}
        make("POST", f"/api/practice/{practice['practice_id']}/answers", answer)
    attempts = {"submitted": submitted, "running": running}
    return QuizHeld(
        sample, practised, draft, paper, other_paper, **attempts, practice=practice["practice_id"], job=job["id"]
    )


def _opened(make: Make, item: str) -> str:
    paper = make("POST", "/api/papers", {"title": "试卷", "items": [item]})["id"]
    make("PUT", f"/api/papers/{paper}/state", {"open": True, "attempts": 20})
    return str(paper)
