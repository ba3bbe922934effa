"""Results and statistics (统计)."""

from __future__ import annotations


def show_statistics() -> None:
    """Filled in next."""
