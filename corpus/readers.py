"""Who may read a document (阅读对象): departments and regions that it is limited to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read a document; an empty set limits nothing."""

    departments: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    @property
    def everyone(self) -> bool:
        return not self.departments and not self.regions

    def __str__(self) -> str:
        """In words, for people: 部门：甲、乙；地区：宁波市."""
        if self.everyone:
            return "所有人"
        told = (("部门", self.departments), ("地区", self.regions))
        return "；".join(f"{what}：{'、'.join(sorted(names))}" for what, names in told if names)


EVERYONE = Readers()
