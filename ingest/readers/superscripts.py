"""Raised figures (上标): 10<sup>4</sup> is 10⁴ and not 104; what has no raised character stays as it is."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def raised(text: str) -> str:
    """``text`` in raised characters where all of it has them, else unchanged: ``4`` is ``⁴``, ``[1]`` stays."""
    return text.translate(_RAISED) if text and all(ord(c) in _RAISED for c in text) else text
