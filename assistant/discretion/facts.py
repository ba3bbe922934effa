"""What must be the case (事实条件): conditions over named facts, each true, false or not known yet.

A decision is an ordered list of outcomes with their conditions: the first that holds is the result. What is still
asked for is exactly what can change it: a fact is asked for if and only if some answer to the others leaves the result
to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name for people (初次违法)."""

    name: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts must hold (同时具备)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough (之一)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold (除外)."""

    part: Condition


Condition = bool | Fact | AllOf | AnyOf | Not


def all_of(parts: Iterable[Condition]) -> Condition:
    """``parts`` joined by and, in simplest form; no parts hold."""
    return _joined(parts, AllOf, neutral=True)


def any_of(parts: Iterable[Condition]) -> Condition:
    """``parts`` joined by or, in simplest form; no parts do not hold."""
    return _joined(parts, AnyOf, neutral=False)


def none_of(part: Condition) -> Condition:
    """The opposite of ``part``, in simplest form."""
    if isinstance(part, bool):
        return not part
    return part.part if isinstance(part, Not) else Not(part)


def _joined(parts: Iterable[Condition], kind: type[AllOf] | type[AnyOf], *, neutral: bool) -> Condition:
    flat: dict[Condition, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not neutral:
                return part
        elif isinstance(part, kind):
            flat |= dict.fromkeys(part.parts)
        else:
            flat[part] = None
    if any(none_of(part) in flat for part in flat):
        return not neutral
    if not flat:
        return neutral
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def assume(condition: Condition, facts: Mapping[str, bool]) -> Condition:
    """``condition`` with what is known put in, in simplest form; a bool where that settles it."""
    if isinstance(condition, bool):
        return condition
    if isinstance(condition, Fact):
        return facts.get(condition.name, condition)
    if isinstance(condition, Not):
        return none_of(assume(condition.part, facts))
    parts = [assume(part, facts) for part in condition.parts]
    return all_of(parts) if isinstance(condition, AllOf) else any_of(parts)


def names_in(condition: Condition) -> Iterator[str]:
    """Every fact named, in order, repeated as it is repeated."""
    if isinstance(condition, Fact):
        yield condition.name
    elif isinstance(condition, Not):
        yield from names_in(condition.part)
    elif not isinstance(condition, bool):
        for part in condition.parts:
            yield from names_in(part)


def known(facts: Mapping[str, bool | None]) -> dict[str, bool]:
    """The answers that are answers: an unknown (null) is none."""
    return {name: value for name, value in facts.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Decided(Generic[R]):
    """A decision (判断结果): the result, None while it depends on facts not known, and exactly those facts."""

    result: R | None
    asks: tuple[str, ...]


def decide(outcomes: Sequence[tuple[R, Condition]], otherwise: R, facts: Mapping[str, bool | None]) -> Decided[R]:
    """The first outcome whose condition holds, else ``otherwise``; with the facts that can still change it.

    A reduced decision diagram is built over the unknown facts; those that remain in it are the ones that matter.
    """
    given = known(facts)
    state = tuple(assume(condition, given) for _, condition in outcomes)
    order = list(dict.fromkeys(name for condition in state for name in names_in(condition)))
    results = [result for result, _ in outcomes]
    diagram = _Diagram([*results, otherwise], order)
    root = diagram.node(state)
    asks = diagram.names_below(root)
    if isinstance(root, int):
        return Decided(diagram.results[root], ())
    return Decided(None, tuple(name for name in order if name in asks))


_Node = int | tuple[str, int, int]


class _Diagram(Generic[R]):
    """A reduced ordered decision diagram (判定图): a node is a result, or a fact with its two branches."""

    def __init__(self, results: Sequence[R], order: Sequence[str]) -> None:
        self.results = list(results)
        self._rank = {name: rank for rank, name in enumerate(order)}
        self._nodes: list[_Node] = []
        self._ids: dict[_Node, int] = {}
        self._of_state: dict[tuple[Condition, ...], int] = {}

    def node(self, state: tuple[Condition, ...]) -> _Node:
        return self._nodes[self._build(state)]

    def _build(self, state: tuple[Condition, ...]) -> int:
        if state in self._of_state:
            return self._of_state[state]
        names = {name for condition in self._open(state) for name in names_in(condition)}
        node: _Node
        if isinstance(reached := self._reached(state), int):
            node = reached
        else:
            name = min(names, key=self._rank.__getitem__)
            true, false = (self._build(tuple(assume(c, {name: value}) for c in state)) for value in (True, False))
            node = self._nodes[true] if true == false else (name, true, false)
        if node not in self._ids:
            self._ids[node] = len(self._nodes)
            self._nodes.append(node)
        self._of_state[state] = self._ids[node]
        return self._ids[node]

    def _reached(self, state: tuple[Condition, ...]) -> int | None:
        """The index of the result where nothing stands before it."""
        for index, condition in enumerate(state):
            if condition is True:
                return index
            if condition is not False:
                return None
        return len(state)

    @staticmethod
    def _open(state: tuple[Condition, ...]) -> Iterator[Condition]:
        """The conditions that can still matter: those before the first that holds."""
        for condition in state:
            if condition is True:
                return
            yield condition

    def names_below(self, root: _Node) -> set[str]:
        found: set[str] = set()
        waiting = [root]
        seen: set[_Node] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, int) or node in seen:
                continue
            seen.add(node)
            found.add(node[0])
            waiting += [self._nodes[node[1]], self._nodes[node[2]]]
        return found
