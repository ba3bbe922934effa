"""What stands beside a fact in its law (同法事实): the other facts of its point, and the authorities the law knows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.encyclopedia.contract import SanctionKind
from assistant.quiz.makers.values.model import Fact, Organ, Sanctions, Value
from assistant.quiz.makers.values.organs import stem_of
from assistant.quiz.material import SourceText

_AROUND = 8
_NEARLY_ALL = 0.85
_LEAST_NAMED = 5
_USUAL_BODIES = (
    "市场监督管理部门", "公安机关", "生态环境主管部门", "应急管理部门", "交通运输主管部门", "自然资源主管部门",
    "卫生健康主管部门", "农业农村主管部门", "人力资源社会保障行政部门", "住房城乡建设主管部门", "水行政主管部门",
    "商务主管部门",
)  # fmt: skip
OFTEN = (
    "市场监督管理部门", "公安机关", "生态环境主管部门", "应急管理部门", "住房城乡建设主管部门", "交通运输主管部门",
)  # fmt: skip


@dataclass(frozen=True)
class Neighbours:
    """The facts of a law that test the same point (同法同考点的事实), by their value."""

    facts: Sequence[Fact]
    text: SourceText

    @cached_property
    def by_value(self) -> Mapping[Value, Sequence[Fact]]:
        found: dict[Value, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.value].append(fact)
        return found

    @cached_property
    def kinds(self) -> frozenset[SanctionKind]:
        """The penalties that the law provides for."""
        return frozenset(kind for value in self.by_value if isinstance(value, Sanctions) for kind, _ in value.named)

    def kinds_near(self, fact: Fact) -> frozenset[SanctionKind]:
        """The penalties that the articles around a fact's own provide for: those that may be taken for its own."""
        at = fact.provision.ordinal
        around = (f.value for f in self.facts if abs(f.provision.ordinal - at) <= _AROUND)
        return frozenset(kind for value in around if isinstance(value, Sanctions) for kind, _ in value.named)

    def bodies(self, prefix: str) -> Sequence[str]:
        """Authorities of a level that the law names, those it speaks of, and those that enforce many laws."""
        own = [v.body for v in self.by_value if isinstance(v, Organ) and v.prefix == prefix]
        return list(dict.fromkeys([*own, *self._spoken_of, *OFTEN]))

    def runs_through(self, organ: Organ) -> bool:
        """Whether this authority does nearly everything in the law, so that nobody has to be asked who does it."""
        counted = Counter(f.value.body for f in self.facts if isinstance(f.value, Organ))
        return counted.total() >= _LEAST_NAMED and counted[organ.body] >= _NEARLY_ALL * counted.total()

    def near_to_hand(self, words: str) -> bool:
        """Whether an authority, with its level, is one that the law itself names or speaks of."""
        named = [v.body for v in self.by_value if isinstance(v, Organ)]
        return any(words.endswith(body) for body in (*named, *self._spoken_of))

    @cached_property
    def _spoken_of(self) -> Sequence[str]:
        words = "".join(p.text for p in self.text.provisions)
        return [b for b in _USUAL_BODIES if _speaks_of(words, b)]


def _speaks_of(words: str, body: str) -> bool:
    """Whether a law speaks of a body, also among others: 交通运输、水利、农业农村等部门."""
    stem = stem_of(body)
    if len(stem) < 2:
        return body in words
    return bool(
        re.search(
            rf"{stem}(?:[^，。；、的]{{0,6}}(?:部门|机关)|(?:、[一-龥]{{2,8}}){{1,6}}?等?(?:有关|主管)?部门)", words
        )
    )
