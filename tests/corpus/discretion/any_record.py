"""Any record that the model allows, kept small: strategies for the properties of codec and exchange."""

from __future__ import annotations

import datetime as dt
import types
import typing
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["", "罚款", "第一条\n“甲”", "5万元"]),
    int: st.integers(0, 999),
    bool: st.booleans(),
    dt.date: st.dates(dt.date(1949, 10, 1), dt.date(2100, 1, 1)),
    Decimal: st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4),
    Fraction: st.fractions(0, 200, max_denominator=9),
}


def any_record(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Records of ``kind`` with every field drawn, lists of at most two members."""
    return _of(kind, 0)


def _of(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        present = [member for member in arguments if member is not type(None)]
        return st.none() | st.one_of([_of(member, depth) for member in present])
    if typing.get_origin(hint) is tuple:
        if arguments[1:] == (Ellipsis,):
            return st.lists(_of(arguments[0], depth + 1), max_size=2 if depth < 2 else 1).map(tuple)
        return st.tuples(*(_of(member, depth + 1) for member in arguments))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint), hint
    kind = typing.cast(type[Any], hint)
    hints = typing.get_type_hints(kind)
    return st.deferred(
        lambda: st.builds(kind, **{field.name: _of(hints[field.name], depth + 1) for field in fields(kind)})
    )
