"""What is shown beside the provision that answers: its penalty, its duty, and first of all what was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from assistant.answer.compose import Evidence
from assistant.answer.related import DUTY, HEARING, LENIENCY, PENALTY, related_provisions
from assistant.lexicon import load_lexicon
from assistant.understanding import understand
from corpus.citations import NameTable
from tests.assistant.answer.conftest import FIRE
from tests.assistant.answer.conftest import PENALTY as PENALTY_LAW

TODAY = dt.date(2026, 11, 21)

Article = Callable[[str, str], Evidence]
Roles = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="module")
def roles(names: NameTable, article: Article) -> Roles:
    lexicon = load_lexicon()
    penalty_law = [article(PENALTY_LAW, label) for label in ("第三十三条", "第六十三条")]

    def find(
        question: str, main: Evidence, referenced: Sequence[Evidence] = (), referring: Sequence[Evidence] = ()
    ) -> list[tuple[str, str]]:
        understood = understand(question, as_of=TODAY, today=TODAY, names=names, lexicon=lexicon)
        found = related_provisions(
            understood,
            main,
            referenced=referenced,
            referring=referring,
            same_law=[],
            penalty_law=penalty_law,
            stands=lambda _: None,
        )
        return [(r.role, r.evidence.provision.label) for r in found]

    return find


def test_a_duty_leads_to_the_penalty_that_names_it_where_a_sanction_is_asked_for(
    roles: Roles, article: Article
) -> None:
    duty, penalty, other = article(FIRE, "第十五条"), article(FIRE, "第五十八条"), article(FIRE, "第十六条")
    assert roles("没做消防检查就营业怎么罚", duty, referring=[other, penalty]) == [(PENALTY, "第五十八条")]
    assert roles("营业前要做什么", duty, referring=[other, penalty]) == []


def test_a_penalty_shows_the_duty_nearest_to_the_question_then_leniency_and_hearing(
    roles: Roles, article: Article
) -> None:
    penalty, far, near = article(FIRE, "第五十八条"), article(FIRE, "第十三条"), article(FIRE, "第十五条")
    found = roles("公众聚集场所未经消防救援机构许可投入使用怎么罚", penalty, referenced=[far, near])
    assert found == [
        (DUTY, "第十五条"),
        (DUTY, "第十三条"),
        (LENIENCY, "第三十三条"),
        (HEARING, "第六十三条"),
    ]


@pytest.mark.parametrize(
    ("question", "first"),
    [("初次违法能不能从轻处罚", LENIENCY), ("罚三万元要不要听证", HEARING)],
)
def test_what_was_asked_for_comes_first(roles: Roles, article: Article, question: str, first: str) -> None:
    found = roles(question, article(FIRE, "第五十八条"), referenced=[article(FIRE, "第十五条")])
    assert found[0][0] == first
    assert len(found) == len(set(found))
