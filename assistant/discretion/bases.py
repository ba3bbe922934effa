"""How the law that a benchmark cites stands on a day (依据状态): in force, repealed by what, not held, parent replaced.

One ``CitedLaws`` serves one day; every law and article is looked up once. The findings rest on the store alone: a
repeal is a repealing provision, a successor is the law that holds it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.citations import Resolution, Resolver, format_title
from corpus.citations.keys import title_key
from corpus.discretion.model import Basis
from corpus.store import CorpusStore
from corpus.store.wording import law_saying
from corpus.validity import read_repeals
from corpus.validity.wording import write_day
from corpus.vocabulary import Citation, DateBasis, Provision, State, Version


class LawState(StrEnum):
    """State of a cited law on the day (依据状态), the closed set of ``CitedLawState.state``."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    AMENDED = "amended"  # in force, its text changed after the benchmark was issued
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NOT_FOUND = "not_found"  # the corpus holds no such law, or the law has no such article
    TEXT_DIFFERS = "text_differs"  # in force, the words quoted are not its words
    UNKNOWN = "unknown"  # in force that day, its text of that day is not held; or the name is ambiguous


LAW_STATE_ZH: dict[LawState, str] = {
    LawState.IN_FORCE: "现行有效",
    LawState.REPEALED: "已废止",
    LawState.AMENDED: "其后已修改",
    LawState.NOT_YET_IN_FORCE: "尚未施行",
    LawState.NOT_FOUND: "未找到",
    LawState.TEXT_DIFFERS: "引文与条文不符",
    LawState.UNKNOWN: "不能确定",
}

_OF_RESOLUTION = {
    State.IN_FORCE: LawState.IN_FORCE,
    State.AMENDED: LawState.IN_FORCE,
    State.NOT_YET_IN_FORCE: LawState.NOT_YET_IN_FORCE,
    State.REPEALED: LawState.REPEALED,
    State.VERSION_NOT_IN_CORPUS: LawState.UNKNOWN,
    State.NO_SUCH_ARTICLE: LawState.NOT_FOUND,
    State.GAP_IN_SOURCE: LawState.UNKNOWN,
    State.NOT_IN_CORPUS: LawState.NOT_FOUND,
    State.AMBIGUOUS: LawState.UNKNOWN,
}
_WORST_FIRST = (
    LawState.REPEALED,
    LawState.NOT_YET_IN_FORCE,
    LawState.NOT_FOUND,
    LawState.AMENDED,
    LawState.UNKNOWN,
    LawState.TEXT_DIFFERS,
    LawState.IN_FORCE,
)

# 《广东省实施〈…法〉办法》, 《…贯彻〈…条例〉实施细则》: the title in the title is the parent law.
_PARENT_QUOTED = re.compile(r"(?:实施|贯彻|执行|落实)[^《〈<]{0,4}[《〈<]\s*(?P<parent>[^《》〈〉<>]+?)\s*[》〉>]")
# 《…法实施细则》, 《…法实施条例》, 《…条例实施办法》.
_PARENT_PLAIN = re.compile(r"(?P<parent>.+?(?:法|条例))(?:的)?实施(?:细则|条例|办法|规定|规则)(?:（[^（）]*）)?")
_LONGEST_CHAIN = 8
_INNER_BRACKETS = str.maketrans("<>", "〈〉")
_SHORTEST_NAME = 4  # characters of a title that are looked for in the texts of law


@dataclass(frozen=True, slots=True)
class Ending:
    """One repeal (废止): which title ended, on which day, by which provision of which law."""

    title: str
    day: dt.date | None
    evidence: str  # 《中华人民共和国生态环境法典》第一千二百四十二条
    successor: str  # title of the law that holds the repealing provision

    def __str__(self) -> str:
        since = f"自{write_day(self.day)}起" if self.day else "（日期不详）"
        return f"{format_title(self.title)}{since}由{self.evidence}废止"


@dataclass(frozen=True, slots=True)
class LawStanding:
    """How one law, named as a whole, stands on the day (法律当日效力).

    ``endings`` lead from the law to the one in force: each repealed the one before. ``parent`` is the law that an
    implementing rule implements, ``parent_endings`` its repeals. ``held`` says whether the corpus holds a text.
    """

    title: str
    state: LawState
    reason: str
    held: bool
    endings: tuple[Ending, ...] = ()
    parent: str | None = None
    parent_endings: tuple[Ending, ...] = ()

    @property
    def successor(self) -> str | None:
        """Title of the law that took its place, or its parent's place, and is in force or the last one known."""
        endings = self.endings or self.parent_endings
        return endings[-1].successor if endings else None


@dataclass(frozen=True, slots=True)
class BasisStanding:
    """How one basis of a section stands on the day (依据当日效力): its law, and each article it names."""

    basis: Basis
    law: LawStanding
    state: LawState
    reason: str
    articles: tuple[Resolution, ...] = field(default=(), repr=False)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The articles held, each once: those of the day, or the last ones of a repealed law."""
        held = {r.provision.id: r.provision for r in self.articles if r.provision is not None}
        return tuple(held.values())

    @property
    def words(self) -> str:
        """The words of the places cited, a line each; "" where none is held."""
        return "\n".join(dict.fromkeys(r.text for r in self.articles if r.text))

    @property
    def published(self) -> dt.date | None:
        """When the text of the day was published, where the articles are held."""
        days = [r.version.validity.published for r in self.articles if r.provision and r.version]
        return max((day for day in days if day), default=None)


class CitedLaws:
    """The laws that benchmarks cite, looked up in a store as of one day and seen from ``today``.

    ``regions`` are those whose rules are meant where several documents have one title.
    """

    def __init__(
        self,
        store: CorpusStore,
        resolver: Resolver,
        *,
        as_of: dt.date,
        today: dt.date | None = None,
        regions: Collection[str] = (),
    ) -> None:
        self.as_of = as_of
        self._store = store
        self._resolver = resolver
        self._today = max(today or as_of, as_of)
        self._regions = tuple(regions)
        self._laws: dict[str, LawStanding] = {}
        self._resolutions: dict[Citation, Resolution] = {}
        self._texts: dict[str, tuple[Provision, ...]] = {}
        self._declared: dict[str, Ending | None] = {}
        self._versions: dict[str, Version] = {}

    # ---- laws ----------------------------------------------------------------------------------------------

    def law(self, title: str) -> LawStanding:
        """How the law of that title, as written, stands on the day."""
        if title not in self._laws:
            self._laws[title] = self._standing(title)
        return self._laws[title]

    def _standing(self, title: str) -> LawStanding:
        resolution = self.resolve(Citation(title))
        full = (resolution.citation.title or title).translate(_INNER_BRACKETS)
        state = _OF_RESOLUTION[resolution.state]
        held = resolution.state not in (State.NOT_IN_CORPUS, State.AMBIGUOUS)
        endings = tuple(self._chain(full))
        if not held and endings:
            state = LawState.REPEALED
        parent = parent_title(full)
        parent_endings = tuple(self._chain(parent)) if parent and not endings else ()
        if parent:
            parent = self.resolve(Citation(parent)).citation.title
        reason = resolution.reason
        if not held and endings:
            reason = f"{reason}{'；'.join(map(str, endings))}。"
        return LawStanding(full, state, reason, held, endings, parent, parent_endings)

    def _chain(self, title: str) -> Iterator[Ending]:
        """The repeal of ``title`` in effect on the day, then that of the law which repealed it, and so on."""
        seen: set[str] = set()
        while title_key(title) not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(title_key(title))
            ending = self._ending(title)
            if ending is None:
                return
            yield ending
            title = ending.successor

    def _ending(self, title: str) -> Ending | None:
        resolution = self.resolve(Citation(title))
        if resolution.state is State.NOT_IN_CORPUS:
            return self._declared_repeal(title)
        if resolution.state is not State.REPEALED or resolution.version is None:
            return None
        end = resolution.version.validity.end
        if end.basis is not DateBasis.REPEALING_TEXT:
            return None
        return Ending(resolution.citation.title, end.day, end.evidence, _title_of(end.evidence))

    def _declared_repeal(self, title: str) -> Ending | None:
        """The repeal of a law that is not held, where a law held declares it and had commenced by the day."""
        key = title_key(title)
        if key not in self._declared:
            self._declared[key] = self._find_declared(title)
        return self._declared[key]

    def _find_declared(self, title: str) -> Ending | None:
        key = title_key(title)
        plain = re.sub(r"[《》〈〉<>].*", "", title.removeprefix("中华人民共和国"))
        found: list[Ending] = []
        for provision in law_saying(self._store, plain) if len(plain) >= _SHORTEST_NAME else ():
            clause = next((c for c in read_repeals(provision.text) if title_key(c.title) == key), None)
            if clause is None or clause.qualified:
                continue
            day = clause.day or self._commencement(provision.version_id)
            repealing = self._store.titles_of_provisions([provision.id])[provision.id]
            if day is not None and day <= self.as_of and title_key(repealing) != key:
                found.append(Ending(title, day, f"{format_title(repealing)}{provision.label}", repealing))
        return min(found, key=lambda ending: ending.day or dt.date.max, default=None)

    def _commencement(self, version_id: str) -> dt.date | None:
        """The day on which a repealing article took effect: that of its law, not of a later text of the law."""
        if not self._versions:
            self._versions.update((v.id, v) for v in self._store.versions())
        validity = self._versions[version_id].validity
        first = validity.first_commencement
        return first.day if first.basis is DateBasis.OWN_TEXT else validity.commencement.day

    # ---- articles ------------------------------------------------------------------------------------------

    def basis(self, basis: Basis) -> BasisStanding:
        """How a cited basis stands: the worst of its law and of the articles it names."""
        if not basis.citations:
            unread = LawStanding("", LawState.UNKNOWN, "引用未能读出。", False)
            return BasisStanding(basis, unread, LawState.UNKNOWN, unread.reason)
        law = self.law(basis.citations[0].title)
        if not law.held:
            return BasisStanding(basis, law, law.state, law.reason)
        articles = tuple(self.resolve(citation) for citation in basis.citations)
        if law.state is LawState.REPEALED:
            return BasisStanding(basis, law, law.state, law.reason, articles)
        states = {_article_state(resolution): resolution for resolution in reversed(articles)}
        state = next(s for s in _WORST_FIRST if s in states)
        return BasisStanding(basis, law, state, states[state].reason, articles)

    def resolve(self, citation: Citation) -> Resolution:
        """The citation on the day, looked up once."""
        if citation not in self._resolutions:
            self._resolutions[citation] = self._resolver.resolve_citation(
                citation, as_of=self.as_of, today=self._today, regions=self._regions
            )
        return self._resolutions[citation]

    def articles_of(self, title: str) -> tuple[Provision, ...]:
        """All articles of the law's text of the day; () where none is held."""
        if title not in self._texts:
            version = self.resolve(Citation(title)).version
            texts = self._store.provisions(version.id) if version is not None else []
            self._texts[title] = tuple(p for p in texts if p.article is not None)
        return self._texts[title]


def parent_title(title: str) -> str | None:
    """The law that a rule of application implements (上位法), by the rule's own title; None for other titles.

    广东省实施〈中华人民共和国消防法〉办法 → 中华人民共和国消防法; 水污染防治法实施细则 → 水污染防治法.
    """
    match = _PARENT_QUOTED.search(title) or _PARENT_PLAIN.fullmatch(title.strip("《》"))
    return match["parent"].strip() if match else None


def _article_state(resolution: Resolution) -> LawState:
    if resolution.state is State.VERSION_NOT_IN_CORPUS and resolution.earlier is not None:
        return LawState.AMENDED
    return _OF_RESOLUTION[resolution.state]


def _title_of(evidence: str) -> str:
    """《…法典》第一千二百四十二条 → …法典, inner brackets as in the title."""
    return evidence[1 : evidence.rfind("》")].replace("〈", "《").replace("〉", "》")
