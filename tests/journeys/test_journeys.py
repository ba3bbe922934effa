"""What people of each role do from end to end, in a real browser, at a phone and at a desk, on a real installation.

One file, so that the parallel test run starts one installation only.
"""

from __future__ import annotations

from assistant.accounts.roles import Role
from tests.journeys import administrator, officer, quiz, reviewer, trainer


def test_an_officer_asks_reads_keeps_and_leaves(visit) -> None:
    v = visit(Role.OFFICER)
    officer.asks(v)
    officer.asks_further(v)
    officer.keeps(v)
    officer.browses(v)
    officer.leaves(v)


def test_a_trainer_searches_writes_a_handbook_and_works_out_a_fine(visit) -> None:
    v = visit(Role.TRAINER)
    citation = trainer.searches(v)
    trainer.writes_a_handbook(v, citation)
    trainer.lets_go(v, citation)
    trainer.works_out_a_fine(v)


def test_a_reviewer_brings_a_regulation_in_and_out_again(visit, api_of, tmp_path) -> None:
    v = visit(Role.LEGAL)
    case = reviewer.CASES[v.size]
    reviewer.brings_in(v, case, tmp_path)
    reviewer.limits_retires_and_restores(v, case, api_of(Role.OFFICER))


def test_a_reviewer_turns_feedback_into_an_answer_that_officers_get(visit, api_of) -> None:
    v = visit(Role.LEGAL)
    case = reviewer.CASES[v.size]
    reviewer.officer_complains(api_of(Role.OFFICER), case)
    reviewer.answers_for_good(v, case)
    reviewer.sees_what_is_lacking(v)
    reviewer.is_answered(visit(Role.OFFICER), case)


def test_an_administrator_opens_an_account_and_verifies_the_log(visit, installation) -> None:
    v = visit(Role.ADMIN)
    administrator.opens_an_account(v, visit(None))
    administrator.verifies_the_log(v, installation.api)


def test_a_trainers_exam_is_sat_while_the_network_comes_and_goes(visit, api_of, installation) -> None:
    v = visit(Role.TRAINER)
    paper = quiz.makes_an_exam(v, api_of(Role.TRAINER))
    quiz.sits_the_exam(visit(Role.OFFICER), installation.page, paper)
    quiz.sees_the_statistics(v, paper)
