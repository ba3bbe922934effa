"""Columns of lists (清单的列): what a printed column name means, from a table of synonyms (``columns.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_MARKS = re.compile(r"[\s　*＊※:：]")


class Column(StrEnum):
    """What a column of a list holds (列的含义); the value is its key in ``columns.toml``."""

    SERIAL = "serial"
    CODE = "code"
    ITEM = "item"
    BASIS = "basis"
    VIOLATED = "violated"
    PENALTY_BASIS = "penalty_basis"
    LEVEL = "level"
    SUPERVISING_BODY = "supervising_body"
    PUNISHING_BODY = "punishing_body"
    REGION = "region"
    PARTY = "party"
    RISK = "risk"
    RISK_LEVEL = "risk_level"
    GUIDANCE = "guidance"
    VIOLATION = "violation"
    CONDITION = "condition"
    CIRCUMSTANCE = "circumstance"
    TIER = "tier"
    FINE = "fine"
    MEASURE = "measure"
    CATEGORY = "category"
    REMARK = "remark"

    @property
    def zh(self) -> str:
        """The usual printed name: 实施依据."""
        return _table()[self][0]


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Column | None:
    """What a printed column name means, None where it is not understood.

    ``事项 名称（全称）`` is ITEM. Of a name over two rows (``裁量标准·从轻``) the whole is tried first, then its parts
    from the lowest up.
    """
    plain = _plain(name)
    if not plain:
        return None
    for part in (plain, *reversed(plain.split("·"))):
        for column, (_, pattern) in _table().items():
            if pattern.fullmatch(part):
                return column
    return None


def _plain(name: str) -> str:
    without = _MARKS.sub("", _BRACKETED.sub("", _MARKS.sub("", name)))
    return (without or _MARKS.sub("", name)).lower()


@cache
def _table() -> Mapping[Column, tuple[str, re.Pattern[str]]]:
    raw = tomllib.loads(resources.files("corpus.lists").joinpath("columns.toml").read_text(encoding="utf-8"))
    return {
        column: (
            raw[column.value]["zh"],
            re.compile("|".join(n[3:] if n.startswith("re:") else re.escape(n) for n in raw[column.value]["names"])),
        )
        for column in (Column(key) for key in raw)
    }
