"""Choices that narrow a list (筛选)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

_Value = TypeVar("_Value", bound=str)


def one_or_all(
    label: str,
    values: Sequence[_Value],
    words: Callable[[_Value], str],
    *,
    every: str,
    key: str,
    in_address: bool = False,
) -> _Value | None:
    """One of the values, or None for ``every`` one of them; a choice that stands ``in_address`` survives a reload."""
    chosen: _Value | None = st.selectbox(
        label,
        values,
        index=None,
        placeholder=every,
        format_func=words,
        key=key,
        bind="query-params" if in_address else None,
    )
    return chosen
