"""A bank over a small corpus whose law can be changed: real provisions, a case that only one department may read."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.accounts.principal import Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.assembly import assemble_desk, assemble_service
from assistant.contract import Preparation
from assistant.discretion.gate import DeskGate
from assistant.gate import Gate
from assistant.index_slot import IndexSlot
from assistant.quiz.bank.service import QuizBankService
from assistant.quiz.bank.shelf import ReadableShelf
from assistant.quiz.builder import Built
from assistant.quiz.contract import (
    BuildJob,
    BuildRequest,
    Check,
    CheckResult,
    Form,
    ItemContent,
    ItemKind,
    ItemTags,
    Key,
    Move,
    MoveRequest,
    Proof,
    QuizItem,
    Withheld,
    WriteRequest,
)
from assistant.quiz.material import Material, cite
from assistant.readable_views import ReadableViews
from assistant.userdata import UserData
from corpus.citations.format import format_article
from corpus.readers import Readers
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.readers import set_readers
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Provision,
    Validity,
    Version,
)
from tests.ingest.indexing_samples import Words

TODAY = dt.date(2026, 11, 21)
NEW_LAW = dt.date(2026, 11, 1)
READY = Preparation(stage="ready", message="就绪")
PENALTY_LAW = "中华人民共和国行政处罚法"
CASE = "示范占道案"
CASE_TEXT = "当事人占用城市道路摆摊，经责令改正后拒不改正，处五百元罚款。"


def _trainer(name: str, department: str) -> Principal:
    return Principal(f"p-{name}", name, Role.TRAINER, PERMISSIONS[Role.TRAINER], department=department)


TRAINER, COLLEAGUE, OUTSIDER = _trainer("教官丙", "法制科"), _trainer("教官丁", "法制科"), _trainer("教官戊", "外单位")


@dataclass
class Room:
    """The corpus, its views, and the bank of a data folder."""

    store: CorpusStore
    views: ReadableViews
    userdata: UserData
    bank: QuizBankService
    articles: tuple[Provision, ...]
    """The articles of the law as they were first."""

    def text(self, label: str) -> str:
        return next(p.text for p in self.articles if p.label == label)

    def renew(self) -> None:
        """Serve what the store holds now, as the runtime does after a change."""
        _open(self.views, self.store)
        self.bank.check_all()

    def amend(
        self, changed: Mapping[str, str | None], *, renumbered: Mapping[str, int] | None = None, check: bool = True
    ) -> None:
        """A new text of the law: articles with other words, without some (None), under other numbers.

        Without ``check`` it is served, and the bank has not looked at it yet.
        """
        renumbered = renumbered or {}
        kept = [replace(p, text=words) for p in self.articles if (words := changed.get(p.label, p.text)) is not None]
        moved = [_numbered(p, renumbered[p.label]) if p.label in renumbered else p for p in kept]
        self.store.save(_law(moved, "v-new", NEW_LAW, None))
        self.store.set_validities({"v-old": _validity(dt.date(2021, 7, 15), NEW_LAW)})
        if check:
            self.renew()
        else:
            _open(self.views, self.store)

    def repeal(self) -> None:
        self.store.set_validities({"v-old": _validity(dt.date(2021, 7, 15), NEW_LAW, DateBasis.REPEALING_TEXT)})
        self.renew()

    def restore(self) -> None:
        """Take the new text back."""
        self.store.delete_version("v-new")
        self.store.set_validities({"v-old": _validity(dt.date(2021, 7, 15), None)})
        self.renew()

    def limit_case(self) -> None:
        """From now on only the legal department reads the case."""
        set_readers(self.store, {"d-case": Readers(departments=frozenset({"法制科"}))})

    def write(self, *cites: str, person: Principal = TRAINER, **more: object) -> QuizItem:
        return self.bank.write(person, written(*cites, **more))

    def published(self, *cites: str, **more: object) -> QuizItem:
        item = self.write(*cites, **more)
        for move in (Move.SUBMIT, Move.PUBLISH):
            assert self.bank.move(TRAINER, MoveRequest(ids=[item.id], move=move)).faults == []
        return self.bank.item(TRAINER, item.id)

    def built(self, person: Principal = TRAINER, request: BuildRequest | None = None) -> BuildJob:
        """The end of a build."""
        job = self.bank.build(person, request or BuildRequest(sources=[PENALTY_LAW], count=2))
        return self.end_of(person, job)

    def end_of(self, person: Principal, job: BuildJob) -> BuildJob:
        assert self.bank.jobs.join(60)
        return self.bank.job(person, job.id)

    def close(self) -> None:
        self.bank.jobs.ask_to_stop()
        assert self.bank.jobs.join(60)
        self.userdata.close()
        self.store.close()


def written(*cites: str, **more: object) -> WriteRequest:
    """A true-or-false item."""
    given: dict[str, object] = {
        "kind": ItemKind.TRUE_FALSE,
        "form": Form.TRUTH,
        "stem": f"自编判断题（{'、'.join(cites)}）：当事人有权进行陈述和申辩。",
        "key": Key(truth=True),
        "cites": list(cites),
    }
    return WriteRequest.model_validate(given | more)


def article(label: str) -> str:
    return f"《行政处罚法》{label}"


def room(folder: Path, law: CorpusStore, userdata_url: str | None = None, **more: object) -> Room:
    """A fresh corpus with the real 行政处罚法 and a case, and an empty bank."""
    store = CorpusStore.open(f"sqlite:///{folder / 'corpus.db'}")
    source = next(d for d in law.documents() if d.title == PENALTY_LAW)
    held = max(law.versions(source.id), key=lambda v: v.validity.published or dt.date.min)
    articles = tuple(law.provisions(held.id))
    store.save(_law(articles, "v-old", dt.date(2021, 7, 15), None))
    store.save(_case())
    views = ReadableViews(store, Gate(lambda: READY), DeskGate(lambda: READY), lambda: READY)
    _open(views, store)
    userdata = UserData.open(userdata_url or f"sqlite:///{folder / 'userdata.db'}")
    shelf = ReadableShelf(views, lambda: TODAY, None)
    options: dict[str, object] = {"builder": a_few} | more
    bank = QuizBankService(userdata, shelf, **options)  # type: ignore[arg-type]
    return Room(store, views, userdata, bank, articles)


def a_few(
    request: BuildRequest,
    material: Material,
    known: Sequence[ItemContent] = (),
    *,
    report: Callable[[int, str], None],
    stop: Callable[[], bool],
) -> Built:
    """Stands in for the builder: one item for each of the first provisions that the bank does not ask about."""
    asked = {item.citations[0].provision_id for item in known if item.citations}
    found = [(t, p) for t in material.texts for p in t.provisions if p.id not in asked][: request.count]
    proof = Proof(checks=[CheckResult(check=check, passed=True) for check in Check])
    contents = []
    for number, (text, provision) in enumerate(found, start=1):
        report(number, f"已出{number}道")
        content = ItemContent(
            kind=ItemKind.TRUE_FALSE,
            form=Form.TRUTH,
            stem=f"{text.document.title}{provision.label}是否有规定？",
            key=Key(truth=True),
            citations=[cite(text, provision, 0, len(provision.text))],
            tags=ItemTags(title=text.document.title, field="行政程序"),
            as_of=material.day,
        )
        contents.append((content, proof))
    return Built(contents, [Withheld(reason="与已有试题近似", count=len(known))], [], stop())


def until_stopped(*_given: object, stop: Callable[[], bool], **_named: object) -> Built:
    """Stands in for a build that takes long."""
    while not stop():
        time.sleep(0.005)
    return Built([], [], [], True)


def _numbered(provision: Provision, number: int) -> Provision:
    article = ArticleNumber(number)
    return replace(provision, article=article, label=format_article(article))


def _open(views: ReadableViews, store: CorpusStore) -> None:
    desk = assemble_desk(store, lambda: TODAY)
    views.open(assemble_service(store, IndexSlot(), Words(), lambda: None, lambda: TODAY, desk=desk), desk)


def _validity(start: dt.date, end: dt.date | None, basis: DateBasis = DateBasis.SUCCESSOR_TEXT) -> Validity:
    ended = DatedFact(end, basis, "《示范决定》第二条") if end else DatedFact.unknown()
    return Validity(start, DatedFact(start, DateBasis.OWN_TEXT, "示例"), ended)


def _law(articles: Sequence[Provision], version: str, start: dt.date, end: dt.date | None) -> DocumentRecord:
    document = Document("d-law", PENALTY_LAW, DocumentKind.STATUTE, EffectLevel.LAW)
    provisions = [
        replace(p, id=f"{version}/{p.label}", version_id=version, ordinal=n) for n, p in enumerate(articles, start=1)
    ]
    held = Version(version, document.id, _validity(start, end), f"{version}.md")
    return DocumentRecord(document, [VersionText(held, PENALTY_LAW, provisions, [], [])])


def _case() -> DocumentRecord:
    document = Document("d-case", CASE, DocumentKind.CASE, EffectLevel.NONE)
    validity = Validity(dt.date(2024, 1, 1), DatedFact(None, DateBasis.NOT_LAW, ""), DatedFact.unknown())
    version = Version("v-case", document.id, validity, "case.md")
    text = Provision("v-case/基本案情", "v-case", 1, "基本案情", CASE_TEXT)
    return DocumentRecord(document, [VersionText(version, CASE, [text], [], [])])
