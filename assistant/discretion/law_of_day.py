"""Law on a day, for the desk (当日法律): the general penalty law, the cited bases, and what took their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.discretion.audit_laws import JudgedBasis, LawJudge
from assistant.discretion.bases import LAW_STATE_ZH, CitedLaws, LawState
from assistant.discretion.contract import BasisInfo
from assistant.discretion.grounds import PENALTY_LAW
from assistant.discretion.old_or_new import LawOfDay
from assistant.discretion.working import Reference, Rests
from corpus.citations import Resolution, Resolver
from corpus.citations.format import format_article, format_path
from corpus.discretion.bounds import CONVENTION, bounds_in_statute
from corpus.discretion.model import Basis, BoundsRule, DiscretionStandard
from corpus.store import CorpusStore
from corpus.structure import split_article
from corpus.vocabulary import Provision

_DAYS_HELD = 4
_OLD_FOR_NEW = "适用违法行为发生时的法律"


class LawOnDays:
    """What the law says on the days asked about; a snapshot of the store, as the resolver is."""

    def __init__(self, store: CorpusStore, resolver: Resolver, today: Callable[[], dt.date]) -> None:
        self._store = store
        self._resolver = resolver
        self._today = today
        self._bounds: dict[tuple[str, str, dt.date], BoundsRule] = {}
        self._laws = lru_cache(maxsize=_DAYS_HELD)(self._read_laws)
        self._judges = lru_cache(maxsize=_DAYS_HELD)(self._read_judge)

    def laws(self, day: dt.date, regions: tuple[str, ...] = ()) -> CitedLaws:
        """The cited laws as of ``day``; of two of one title that of ``regions``."""
        return self._laws(day, regions)

    def _read_laws(self, day: dt.date, regions: tuple[str, ...]) -> CitedLaws:
        return CitedLaws(self._store, self._resolver, as_of=day, today=self._today(), regions=regions)

    def judge(self, basis: Basis, day: dt.date, regions: tuple[str, ...] = (), *, propose: bool = True) -> JudgedBasis:
        """One cited basis as of ``day``, with its successor and, unless not wanted, the article proposed for it."""
        return self._judges(day, regions).judge("basis", basis, propose=propose)

    def _read_judge(self, day: dt.date, regions: tuple[str, ...]) -> LawJudge:
        return LawJudge(self.laws(day, regions), issued=None)

    # ---- the general penalty law -----------------------------------------------------------------------------

    def penalty_law(self, day: dt.date) -> Sequence[Provision]:
        """The articles of 行政处罚法 in force on ``day``; none where that text is not held."""
        laws = self.laws(day)
        return laws.articles_of(PENALTY_LAW) if laws.law(PENALTY_LAW).state is LawState.IN_FORCE else ()

    def old_for_new(self, day: dt.date) -> Reference | None:
        """The article that says which law applies, where the text of ``day`` has it."""
        for provision in self.penalty_law(day):
            if _OLD_FOR_NEW in provision.text:
                return Reference(
                    Rests.STATUTE, provision.label, provision.text, title=PENALTY_LAW, provision_id=provision.id
                )
        return None

    def statute_bounds(self, standard: DiscretionStandard, day: dt.date, regions: tuple[str, ...]) -> BoundsRule:
        """How the statute of the penalty basis reads 以上 and 以下: its own article, or drafting convention."""
        citation = next((c for basis in standard.basis for c in basis.citations), None)
        if citation is None:
            return CONVENTION
        laws = self.laws(day, regions)
        title = laws.law(citation.title).title
        label = format_article(citation.article) if citation.article else None
        key = (title, label or "", day)
        if key not in self._bounds:
            self._bounds[key] = bounds_in_statute(title, laws.articles_of(title), label)
        return self._bounds[key]

    # ---- cited bases -----------------------------------------------------------------------------------------

    def show(self, basis: Basis, day: dt.date, regions: tuple[str, ...] = ()) -> BasisInfo:
        """A cited basis with its state on ``day``."""
        judged = self.judge(basis, day, regions)
        proposal = f"承继条文建议：{judged.proposed_law}{judged.proposal.provision.label}。" if judged.proposal else ""
        sound = judged.state is LawState.IN_FORCE
        return BasisInfo(
            written=basis.written,
            text=basis.text,
            page=basis.spot.page,
            state=judged.state.value,
            note="" if sound else f"{judged.text}{proposal}",
            provision_ids=[p.id for p in judged.standing.provisions],
        )

    def state_of(self, basis: Basis, day: dt.date, regions: tuple[str, ...] = ()) -> BasisInfo:
        """A cited basis with the state of its law as a whole on ``day``: for long lists."""
        info = BasisInfo(written=basis.written, text=basis.text, page=basis.spot.page)
        if not basis.citations:
            return info
        law = self.laws(day, regions).law(basis.citations[0].title)
        note = "" if law.state is LawState.IN_FORCE else law.reason
        return info.model_copy(update={"state": law.state.value, "note": note})

    def warnings_on(
        self,
        standard: DiscretionStandard,
        day: dt.date,
        regions: tuple[str, ...],
        act: dt.date | None = None,
        *,
        propose: bool = True,
    ) -> list[str]:
        """What an officer must know of the penalty basis on ``day``: repealed, changed, not held.

        ``act`` is the day of the act: a basis in force then may still apply. ``propose``: with the articles proposed
        in the place of repealed ones.
        """
        told = []
        for basis in standard.basis:
            judged = self.judge(basis, day, regions, propose=propose)
            if judged.state is LawState.IN_FORCE:
                continue
            name = basis.written or basis.text[:20]
            found = judged.proposal
            proposal = f"；承继条文建议为{judged.proposed_law}{found.provision.label}" if found is not None else ""
            said = (
                f"处罚依据{name}在{day.isoformat()}{LAW_STATE_ZH[judged.state]}：{judged.text.rstrip('。')}{proposal}。"
            )
            if act is not None and self.laws(act, regions).basis(basis).state is LawState.IN_FORCE:
                then = f"违法行为发生时（{act.isoformat()}）该依据有效，适用新法还是旧法见新旧法律的比较。"
            else:
                then = "裁量基准可能已不能适用，须先核对依据。"
            told.append(said + then)
        return list(dict.fromkeys(told))

    # ---- old and new -----------------------------------------------------------------------------------------

    def on_both_days(
        self, standard: DiscretionStandard, act: dt.date, decision: dt.date, regions: tuple[str, ...]
    ) -> list[tuple[LawOfDay, LawOfDay]]:
        """Each penalty basis of ``standard`` as it stood on the day of the act and of the decision."""
        return [
            (self._of_day(basis, act, regions), self._of_day(basis, decision, regions))
            for basis in standard.basis
            if basis.citations
        ]

    def _of_day(self, basis: Basis, day: dt.date, regions: tuple[str, ...]) -> LawOfDay:
        judged = self.judge(basis, day, regions)
        law = judged.standing.law
        place = _places(basis)
        if judged.state is LawState.REPEALED:
            title = (judged.successor or "").strip("《》")
            if judged.proposal is not None:
                found = judged.proposal.provision
                return LawOfDay(
                    day, title, found.label, found.text, judged.state.value, judged.text, found.id, proposed=True
                )
            return LawOfDay(day, title or law.title, "" if title else place, "", judged.state.value, judged.text)
        resolved = [r for r in judged.standing.articles if r.text]
        text = "\n".join(dict.fromkeys(_with_lead(r) for r in resolved))
        provision = resolved[0].provision if resolved else None
        return LawOfDay(
            day, law.title, place, text, judged.state.value, judged.text, provision.id if provision else None
        )


def _places(basis: Basis) -> str:
    """第三十一条第一款、第二款: each article named once."""
    places, before = [], None
    for citation in basis.citations:
        if citation.article is None:
            continue
        path = format_path(citation.path)
        same = citation.article == before and path
        places.append(path if same else f"{format_article(citation.article)}{path}")
        before = citation.article
    return "、".join(dict.fromkeys(places))


def _with_lead(resolution: Resolution) -> str:
    """The words cited; of an item with the words that announce it, which name the fine."""
    text, provision, path = resolution.text or "", resolution.provision, resolution.citation.path
    if path.item is None or provision is None:
        return text
    for paragraph in split_article(provision.text).paragraphs:
        item = next((i for i in paragraph.items if i.number == path.item), None)
        if item is not None and path.paragraph in (None, paragraph.number):
            return provision.text[paragraph.start : paragraph.items[0].start] + text
    return text
