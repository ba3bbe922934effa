"""该法第六十条 and 该条第三款 under the title of the law that was named last."""

from __future__ import annotations

import pytest

from assistant.quiz.proof.naming import spelled_out


@pytest.mark.parametrize(
    ("words", "before", "told"),
    [
        ("依据该法第六十条处罚款", "违反《消防法》第二十八条，", "依据《消防法》第六十条处罚款"),
        ("违反《消防法》第二条，依照该条第三款", "", "违反《消防法》第二条，依照《消防法》第二条第三款"),
        ("依据该法第六十条，依照该条第一款", "《消防法》", "依据《消防法》第六十条，依照《消防法》第六十条第一款"),
        ("依据该法第六十条", "", "依据该法第六十条"),
        ("该法典第二条与该条例第三条", "《甲法典》和《乙条例》，", "《乙条例》第二条与《乙条例》第三条"),
        ("应当改正", "《消防法》第二条，", "应当改正"),
    ],
)
def test_what_is_meant_is_said(words: str, before: str, told: str) -> None:
    assert spelled_out(words, before) == told
