"""From a provision to the chat: its questions stand ready, and an old address does no harm."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import SCRIPT
from tests.ui.screen import shown
from tests.ui.service import CITATION
from ui.about import questions_about


@pytest.fixture
def chat(api):
    def opened(about: str) -> AppTest:
        at = AppTest.from_file(str(SCRIPT), default_timeout=30)
        at.query_params["about"] = about
        at = at.run()
        assert not at.exception
        return at

    return opened


def test_a_provision_brings_questions_that_name_it(api, chat):
    at = chat("ver-1/第二条")
    assert CITATION in shown(at)
    questions = questions_about(api.provision("ver-1/第二条"))
    assert len(questions) == 3
    assert all(CITATION in question for question in questions)
    at = at.button(key="about_1").click().run()
    assert "about" not in at.query_params
    assert questions[1] in shown(at)


def test_fines_are_asked_of_only_where_there_are_any(api):
    api.text = "本法自公布之日起施行。"
    assert not [q for q in questions_about(api.provision("ver-1/第二条")) if "罚款" in q]


def test_a_provision_that_is_gone_leaves_the_chat_usable(chat):
    at = chat("ver-1/第九条")
    assert not [b for b in at.button if b.key.startswith("about_")]
    assert at.chat_input
