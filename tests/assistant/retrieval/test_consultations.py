"""The term table of laws that laymen ask about."""

from __future__ import annotations

import pytest

from assistant.retrieval.consultations import consulted


def test_the_law_most_asked_about_comes_first_and_an_unknown_one_last() -> None:
    assert consulted("中华人民共和国民法典") == pytest.approx(1.0)
    assert 0 < consulted("中华人民共和国行政许可法") < 1
    assert consulted("某市路灯养护办法") == 0
