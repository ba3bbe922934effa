"""Building items (出题): candidates from every maker, spread over chapters and points, each proved before it is issued.

Same material, same request, same items: everything random comes from sources seeded with the request's seed and a
name, and nothing depends on the order of a set or on the clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from assistant.quiz.contract import (
    CHECK_ZH,
    KIND_ZH,
    BuildRequest,
    Form,
    ItemContent,
    ItemKind,
    Point,
    Proof,
    Withheld,
)
from assistant.quiz.makers import MAKERS
from assistant.quiz.making import Maker
from assistant.quiz.material import Candidate, Material
from assistant.quiz.proof import Evidence, prove
from assistant.quiz.twins import Known

_MIXTURE: dict[ItemKind, float] = {
    ItemKind.SINGLE: 0.35,
    ItemKind.MULTIPLE: 0.2,
    ItemKind.TRUE_FALSE: 0.15,
    ItemKind.BLANK: 0.1,
    ItemKind.CASE: 0.08,
    ItemKind.CALCULATION: 0.07,
    ItemKind.SHORT: 0.05,
}
"""Shares of the kinds where the request names none; what a kind cannot give the others do."""
_CANDIDATES_EACH = 60
"""Candidates looked at for each item wanted, over all makers."""
_LEAST_CANDIDATES = 1500
_PULL = 50

Report = Callable[[int, str], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Built:
    """Issued items with their proofs, every check passed; what was not issued, and why (出题结果)."""

    contents: list[tuple[ItemContent, Proof]]
    withheld: list[Withheld]
    notes: list[str]
    stopped: bool = False


def build(
    request: BuildRequest,
    material: Material,
    known: Sequence[ItemContent] = (),
    *,
    report: Report = lambda _done, _stage: None,
    stop: Stop = lambda: False,
    makers: Mapping[str, Maker] = MAKERS,
) -> Built:
    """Items for a request. ``report`` gets how many are done and the stage in words; ``stop`` is asked often."""
    wanted = _wanted(request)
    asked = sum(wanted.values())
    report(0, "正在读取法条")
    pool = _pool(request, material, asked, makers, report, stop)
    known_items = Known(() if request.include_known else known)
    choosing = _Choosing(request, Evidence.of(material), known_items, asked, report, stop)
    for kind in sorted(wanted, key=lambda k: len(pool.get(k, [])) / wanted[k]):
        choosing.choose(pool.get(kind, []), kind, wanted[kind])
    if not request.kinds:
        choosing.fill({k: pool.get(k, []) for k in _MIXTURE}, asked)
    if choosing.allow_one_more():
        for kind, number in wanted.items():
            choosing.choose(pool.get(kind, []), kind, number - choosing.given(kind))
        if not request.kinds:
            choosing.fill({k: pool.get(k, []) for k in _MIXTURE}, asked)
    return choosing.built(wanted)


def _wanted(request: BuildRequest) -> dict[ItemKind, int]:
    """How many of each kind: as asked, or by the usual mixture (largest remainders)."""
    if request.kinds:
        return {kind: request.kinds[kind] for kind in ItemKind if request.kinds.get(kind)}
    exact = {kind: share * request.count for kind, share in _MIXTURE.items()}
    counts = {kind: int(value) for kind, value in exact.items()}
    rest = sorted(exact, key=lambda k: (counts[k] - exact[k], list(_MIXTURE).index(k)))
    for kind in rest[: request.count - sum(counts.values())]:
        counts[kind] += 1
    return {kind: number for kind, number in counts.items() if number}


def _pool(
    request: BuildRequest, material: Material, asked: int, makers: Mapping[str, Maker], report: Report, stop: Stop
) -> dict[ItemKind, list[Candidate]]:
    """Candidates by kind, drawn from all makers in turn."""
    budget = max(_LEAST_CANDIDATES, asked * _CANDIDATES_EACH)
    each = -(-budget // max(1, len(makers)))
    turns = deque((name, make(material, Random(f"{request.seed}:{name}")), 0) for name, make in makers.items())
    found: dict[ItemKind, list[Candidate]] = defaultdict(list)
    drawn = 0
    while turns and not stop():
        name, candidates, taken = turns.popleft()
        batch = list(islice(candidates, _PULL))
        for candidate in batch:
            if _fits(candidate, request):
                found[candidate.content.kind].append(candidate)
        drawn += len(batch)
        report(0, f"正在命题，已有{drawn}道备选题")
        if len(batch) == _PULL and taken + _PULL < each:
            turns.append((name, candidates, taken + _PULL))
    return found


def _fits(candidate: Candidate, request: BuildRequest) -> bool:
    content = candidate.content
    if request.points and content.point not in request.points:
        return False
    return request.easiest <= content.difficulty <= request.hardest


@dataclass(slots=True)
class _Tally:
    """How many candidates fell for a reason, with the first of them."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, reason: str, example: str) -> None:
        self.counts[reason] += 1
        self.examples.setdefault(reason, example)

    def told(self) -> list[Withheld]:
        return [Withheld(reason=r, count=n, example=self.examples[r]) for r, n in self.counts.most_common()]


class _Choosing:
    """The choice among candidates: every group in turn, the points evenly, no fact twice, proved or not issued."""

    def __init__(
        self, request: BuildRequest, evidence: Evidence, known: Known, asked: int, report: Report, stop: Stop
    ) -> None:
        self._request = request
        self._evidence = evidence
        self._known = known
        self._asked = asked
        self._report = report
        self._stop = stop
        self._issued: list[tuple[ItemContent, Proof]] = []
        self._looked_at: set[int] = set()
        self._per_article = request.per_article
        self._full = False
        self._units: Counter[str] = Counter()
        self._groups: Counter[str] = Counter()
        self._truths: Counter[bool | None] = Counter()
        self._tally = _Tally()

    def choose(self, candidates: Sequence[Candidate], kind: ItemKind, number: int) -> None:
        """Issue up to ``number`` items of one kind."""
        left = number
        waiting: list[Candidate] = []
        for candidate in self._in_turn(candidates, kind):
            if left <= 0 or self._stop():
                return
            if self._truths[candidate.content.key.truth] > self._truths[not candidate.content.key.truth]:
                waiting.append(candidate)
                continue
            left -= self._issue(candidate)
        for candidate in waiting:  # where there are too few of the other truth
            if left <= 0 or self._stop():
                return
            left -= self._issue(candidate)

    def fill(self, pool: Mapping[ItemKind, Sequence[Candidate]], asked: int) -> None:
        """Issue items of any kind, in the proportions of the mixture, until there are as many as asked."""
        queues = [self._in_turn(candidates, kind) for kind, candidates in pool.items() if candidates]
        while queues and len(self._issued) < asked and not self._stop():
            for queue in list(queues):
                if len(self._issued) >= asked:
                    return
                candidate = next(queue, None)
                if candidate is None:
                    queues.remove(queue)
                else:
                    self._issue(candidate)

    def given(self, kind: ItemKind) -> int:
        """How many of a kind were issued."""
        return sum(content.kind is kind for content, _ in self._issued)

    def allow_one_more(self) -> bool:
        """Let every article give one item more, where too few were issued and an article was used up."""
        if self._stop() or len(self._issued) >= self._asked or not self._full:
            return False
        self._per_article += 1
        return True

    def built(self, wanted: Mapping[ItemKind, int]) -> Built:
        order = list(ItemKind)
        contents = sorted(self._issued, key=lambda issued: order.index(issued[0].kind))
        given = Counter(content.kind for content, _ in contents)
        notes = [
            f"{KIND_ZH[kind]}要{number}道，能证明的只有{given[kind]}道。"
            for kind, number in wanted.items()
            if given[kind] < number
        ]
        crowded = sum(number > self._request.per_article for number in self._units.values())
        if crowded:
            notes.append(
                f"为凑足题数，有{crowded}条各出了{self._per_article}道（原定每条至多{self._request.per_article}道）。"
            )
        if len(contents) < self._asked:
            notes.append(f"共要{self._asked}道，出了{len(contents)}道；不能证明的没有出。")
        return Built(contents, self._tally.told(), notes, self._stop())

    def _in_turn(self, candidates: Sequence[Candidate], kind: ItemKind) -> Iterator[Candidate]:
        """The candidates, the least used group first; inside a group the points take turns."""
        by_group: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_group[candidate.group].append(candidate)
        random = Random(f"{self._request.seed}:choice:{kind}")
        queues = {group: deque(_points_in_turn(by_group[group], random)) for group in by_group}
        names = list(queues)
        random.shuffle(names)
        while names:
            group = min(names, key=lambda g: self._groups[g])
            if not queues[group]:
                names.remove(group)
                continue
            yield queues[group].popleft()

    def _issue(self, candidate: Candidate) -> int:
        """Prove a candidate and issue it; 1 if it was issued."""
        content = candidate.content
        if id(candidate) in self._looked_at:
            return 0
        if self._units[candidate.unit] >= self._per_article:
            self._full = True
            return 0
        self._looked_at.add(id(candidate))
        if self._known.has_twin(content):
            self._tally.add("与已有试题近似", content.stem)
            return 0
        content = shuffled(content, Random(f"{self._request.seed}:options:{content.stem}"))
        proof = prove(content, self._evidence)
        if not proof.passed:
            first = next(c for c in proof.checks if c.passed is not True)
            self._tally.add(CHECK_ZH[first.check], f"{content.stem}（{first.detail}）")
            return 0
        self._issued.append((content, proof))
        self._known.add(content)
        self._units[candidate.unit] += 1
        self._groups[candidate.group] += 1
        if content.key.truth is not None:
            self._truths[content.key.truth] += 1
        self._report(len(self._issued), f"已出{len(self._issued)}道")
        return 1


def _points_in_turn(candidates: Sequence[Candidate], random: Random) -> Iterator[Candidate]:
    by_point: dict[Point, deque[Candidate]] = defaultdict(deque)
    for candidate in candidates:
        by_point[candidate.content.point].append(candidate)
    points = list(by_point)
    random.shuffle(points)
    while points:
        for point in list(points):
            if by_point[point]:
                yield by_point[point].popleft()
            else:
                points.remove(point)


def shuffled(content: ItemContent, random: Random) -> ItemContent:
    """The item with its options in a random order; key and refutations follow."""
    if content.form not in (Form.ONE, Form.MANY):
        return content
    order = list(range(len(content.options)))
    random.shuffle(order)
    now_at = {old: new for new, old in enumerate(order)}
    return content.model_copy(
        update={
            "options": [content.options[old] for old in order],
            "key": content.key.model_copy(update={"correct": sorted(now_at[c] for c in content.key.correct)}),
            "refutations": sorted(
                (r.model_copy(update={"option": now_at[r.option]}) for r in content.refutations), key=lambda r: r.option
            ),
        }
    )
