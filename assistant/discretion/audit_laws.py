"""Cited laws of a section, judged (依据核查): state, quotation, successor and the article proposed in its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.discretion.audit_problems import Code, Problem
from assistant.discretion.audit_quotes import Difference, differences
from assistant.discretion.audit_successors import Proposal, Wording
from assistant.discretion.bases import BasisStanding, CitedLaws, Ending, LawState
from corpus.citations import format_title
from corpus.discretion.model import Basis
from corpus.validity.wording import write_day
from corpus.vocabulary import Provision, Severity

ROLE_ZH = {"violated": "违反条款", "basis": "处罚依据", "provision": "清单依据"}

MOVED = 0.9
"""Likeness from which words count as an article of the same law that got another number.

Measured on a provincial regulation whose articles had all moved on by one: the right articles lay at 0.92 and above,
neighbours on a like subject reached 0.83.
"""

_ENABLED_BY = re.compile(r"(?:根据|依据|依照|为(?:了)?(?:实施|贯彻)[^。]{0,12}?)(?P<laws>[^。]*?)[，,][^。]*?制定本")
_TITLE = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class JudgedBasis:
    """One cited basis with all that was found about it (依据核查结果).

    ``state`` adds to the standing on the day what a comparison shows: 引文与条文不符, 其后已修改. ``wanting`` are the
    sentences that the law of the day has otherwise; None where nothing was quoted or no text is held.
    """

    role: str
    standing: BasisStanding
    state: LawState
    text: str
    wanting: tuple[Difference, ...] | None
    endings: tuple[Ending, ...]
    proposal: Proposal | None
    enabling: tuple[Ending, ...]  # repeals of the laws under which a rule in force was made

    @property
    def proposed_law(self) -> str | None:
        """The law whose article is proposed: the successor, or the law itself where its articles moved."""
        if self.proposal is None:
            return None
        return self.successor or format_title(self.standing.law.title)

    @property
    def quote_matches(self) -> bool | None:
        return None if self.wanting is None else not self.wanting

    @property
    def successor(self) -> str | None:
        return format_title(self.endings[-1].successor) if self.endings else None

    @property
    def successor_basis(self) -> str | None:
        return "；".join(map(str, self.endings)) or None


class LawJudge:
    """Judges cited bases as of one day; each law's wording is prepared once."""

    def __init__(self, laws: CitedLaws, *, issued: dt.date | None) -> None:
        """``issued`` is the day of the benchmark: a law text published later has changed since."""
        self._laws = laws
        self._issued = issued
        self._wordings: dict[str, Wording] = {}
        self._enabling: dict[str, tuple[Ending, ...]] = {}
        self._proposals: dict[tuple[str, str], Proposal | None] = {}

    def judge(self, role: str, basis: Basis, *, propose: bool = True) -> JudgedBasis:
        """What there is to say about one cited basis; ``propose``: with the article that took its place."""
        standing = self._laws.basis(basis)
        wanting = self._wanting(basis, standing)
        endings = standing.law.endings or standing.law.parent_endings
        state, text = self._state(standing, wanting)
        words = basis.text or standing.words
        proposal = None
        if not propose:
            pass  # comparing a whole code takes a second or two
        elif endings:
            proposal = self._proposal(endings[-1].successor, words)
        elif wanting:
            proposal = self._moved(standing, words)
        enabling = self._enabled_by(standing) if not endings else ()
        return JudgedBasis(role, standing, state, text, wanting, endings, proposal, enabling)

    def _wanting(self, basis: Basis, standing: BasisStanding) -> tuple[Difference, ...] | None:
        held = "\n".join(p.text for p in standing.provisions)
        if not basis.text or not held or len(standing.provisions) < len({c.article for c in basis.citations}):
            return None
        return tuple(differences(basis.text, held))

    def _state(self, standing: BasisStanding, wanting: tuple[Difference, ...] | None) -> tuple[LawState, str]:
        text = standing.reason
        if standing.law.parent_endings and not standing.law.endings:
            text += f"其上位法{'；'.join(map(str, standing.law.parent_endings))}。"
        if standing.state is not LawState.IN_FORCE:
            return standing.state, text
        published = standing.published
        changed = published is not None and self._issued is not None and published > self._issued
        if wanting:
            if published is not None and not changed:
                text += f"当日适用的文本于{write_day(published)}公布。"
            told = f"{wanting[0]}{f'等{len(wanting)}处' if len(wanting) > 1 else ''}。"
            if changed and published is not None:
                since = f"当日适用的文本于{write_day(published)}公布，晚于本文件"
                return LawState.AMENDED, f"{text}{since}；{told}"
            return LawState.TEXT_DIFFERS, f"{text}{told}"
        if changed and published is not None:
            same = "，所引文字没有变化" if wanting is not None else ""
            text += f"当日适用的文本于{write_day(published)}公布，晚于本文件{same}。"
            return (LawState.IN_FORCE if wanting is not None else LawState.AMENDED), text
        return LawState.IN_FORCE, text

    def _proposal(self, title: str, words: str) -> Proposal | None:
        """The article of the law with the same wording, where one is near enough and stands alone."""
        if not words:
            return None
        key = (title, words)
        if key not in self._proposals:
            if title not in self._wordings:
                self._wordings[title] = Wording(self._laws.articles_of(title))
            found = self._wordings[title].nearest(words, most=1)
            self._proposals[key] = found[0] if found and found[0].certain_enough else None
        return self._proposals[key]

    def _moved(self, standing: BasisStanding, words: str) -> Proposal | None:
        """Another article of the same law that has the words quoted: the numbers have changed since."""
        found = self._proposal(standing.law.title, words)
        cited = {p.id for p in standing.provisions}
        if found is None or found.score < MOVED or found.provision.id in cited:
            return None
        return found

    def _enabled_by(self, standing: BasisStanding) -> tuple[Ending, ...]:
        """Repeals, in effect on the day, of the laws that the rule itself says it was made under."""
        title = standing.law.title
        if not standing.law.held or standing.law.state is not LawState.IN_FORCE:
            return ()
        if title not in self._enabling:
            self._enabling[title] = tuple(self._repealed_grounds(self._laws.articles_of(title)[:2]))
        return self._enabling[title]

    def _repealed_grounds(self, opening: tuple[Provision, ...]) -> Iterator[Ending]:
        for provision in opening:
            for clause in _ENABLED_BY.finditer(provision.text):
                for title in dict.fromkeys(_TITLE.findall(clause["laws"])):
                    yield from self._laws.law(title).endings[:1]


_STATE_PROBLEMS: dict[LawState, tuple[Code, Severity]] = {
    LawState.REPEALED: (Code.BASIS_REPEALED, Severity.ERROR),
    LawState.NOT_YET_IN_FORCE: (Code.BASIS_NOT_YET_IN_FORCE, Severity.ERROR),
    LawState.NOT_FOUND: (Code.BASIS_NOT_FOUND, Severity.WARNING),
    LawState.AMENDED: (Code.BASIS_AMENDED, Severity.WARNING),
    LawState.TEXT_DIFFERS: (Code.QUOTE_DIFFERS, Severity.WARNING),
    LawState.UNKNOWN: (Code.BASIS_UNKNOWN, Severity.INFO),
}


def law_problems(judged: JudgedBasis) -> Iterator[Problem]:
    """The problems of one cited basis."""
    page = judged.standing.basis.spot.page
    written = f"{ROLE_ZH[judged.role]}{judged.standing.basis.written}"
    if judged.state in _STATE_PROBLEMS:
        code, severity = _STATE_PROBLEMS[judged.state]
        yield Problem(code, severity, f"{written}：{judged.text}", page)
    law = judged.standing.law
    if law.parent_endings and not law.endings:
        told = "；".join(map(str, law.parent_endings))
        own = format_title(law.title)
        text = f"{own}是{format_title(law.parent or '')}的实施规定，而{told}，能否继续适用须核对。"
        yield Problem(Code.PARENT_REPEALED, Severity.ERROR, text, page)
    if judged.enabling:
        told = "；".join(map(str, judged.enabling))
        text = f"{format_title(law.title)}据以制定的法律已经废止（{told}），请核对是否仍然适用。"
        yield Problem(Code.ENABLING_LAW_REPEALED, Severity.INFO, text, page)
