"""The address of a view (网址): what is shown, on which day, narrowed how; nothing else decides what the page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from ui.links import DISCRETION, ENCYCLOPEDIA, href

DAY, PAGE, REGION = "day", "page", "region"
VIEWS = ("provision", "topic", "law", "case", "compare", "items", "shelf", "words")
"""Parameters that name a view, the first present one counts."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the encyclopedia as its query parameters."""

    params: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def current(cls) -> Address:
        return cls(st.query_params.to_dict())

    @property
    def view(self) -> str:
        """The name of the view; empty for the start."""
        return next((name for name in VIEWS if self.params.get(name)), "")

    @property
    def day(self) -> dt.date | None:
        """The as-of day; None for today, and where the address names no real day."""
        try:
            return dt.date.fromisoformat(self.params.get(DAY, ""))
        except ValueError:
            return None

    @property
    def page(self) -> int:
        given = self.params.get(PAGE, "")
        return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1

    def get(self, name: str) -> str | None:
        return self.params.get(name) or None

    def to(self, **params: str | int | None) -> str:
        """Another view on the same day."""
        return href(ENCYCLOPEDIA, {**params, DAY: self.params.get(DAY) if self.day else None})

    def narrowed(self, **changes: str | int | None) -> str:
        """The same view with other filters, from its first page unless a page is given."""
        return href(ENCYCLOPEDIA, {**{k: v for k, v in self.params.items() if k != PAGE}, **changes})

    def to_desk(self, standard: str) -> str:
        """A benchmark standard at the discretion desk."""
        return href(DISCRETION, {"standard": standard})


def given(**values: object) -> dict[str, object]:
    """The values that are given, for a request."""
    return {name: value for name, value in values.items() if value is not None}
