"""What an action came to (操作结果): said once, on the page drawn anew after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from pydantic import ValidationError

from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.markup import block, element, text
from ui.problems import problem_html

_SAID = "quiz_said"
_Result = TypeVar("_Result")


def say(words: str, details: list[str] | None = None) -> None:
    """Say it on the next page drawn, with details one below the other."""
    lines = element("ul", "".join(element("li", text(line)) for line in details)) if details else ""
    st.session_state[_SAID] = block(element("div", text(words)), lines, css="ea-notice ea-right", role="status")


def say_problem(error: EAssistantError) -> None:
    st.session_state[_SAID] = problem_html(error)


def attempt(action: Callable[[], _Result]) -> _Result | None:
    """Do something; what refuses it is said on the page drawn anew."""
    try:
        return action()
    except ValidationError as error:
        say_problem(error_from_validation(error.errors()))
    except EAssistantError as error:
        say_problem(error)
    return None


def show_said() -> None:
    if said := st.session_state.pop(_SAID, ""):
        st.html(said)


def empty(words: str, *hints: str) -> None:
    """A plain empty state; hints are HTML that is safe, such as a link to what to do."""
    st.html(block(element("div", text(words)), element("div", " ".join(hints), "ea-quiet"), css="ea-notice"))
