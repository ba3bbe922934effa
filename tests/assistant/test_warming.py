"""Warming up asks the service and the desk once each, stops when asked to, and fails for nobody."""

from __future__ import annotations

from typing import cast

import pytest

from assistant.contract import Assistant, SearchRequest
from assistant.discretion.contract import Desk, FindRequest
from assistant.warming import warm_up
from corpus.errors import IndexUnavailable


class Asked:
    """Stands for service and desk; notes what was asked, and fails where it should."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._error = error

    def search(self, request: SearchRequest) -> None:
        self._ask(request.question)

    def find(self, request: FindRequest) -> None:
        self._ask(request.description)

    def _ask(self, words: str) -> None:
        self.asked.append(words)
        if self._error is not None:
            raise self._error


@pytest.mark.parametrize(("error", "stopped", "times"), [(None, False, 4), (None, True, 0), ("index", False, 1)])
def test_warming_up(error: str | None, stopped: bool, times: int) -> None:
    asked = Asked(IndexUnavailable("damaged", remedy="rebuild") if error else None)
    warm_up(cast(Assistant, asked), cast(Desk, asked), lambda: stopped)
    assert len(asked.asked) == times
