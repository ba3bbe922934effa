"""One question with its answer on the page (问答): streamed while it comes, then the conclusion beside its sources."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.contract import (
    AnswerCitation,
    AskRequest,
    AskResponse,
    CitationEvent,
    DoneEvent,
    NotesEvent,
    ProvisionDetail,
    Sentence,
    SentenceEvent,
)
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError, NotFound, ServerUnavailable, StillPreparing
from corpus.vocabulary import NATION
from ui.cards import Card, card_html
from ui.conclusion import conclusion_html, marks_of, refusal_html
from ui.connection import service
from ui.labels import plain
from ui.markup import block, element, text
from ui.materials import show_materials
from ui.preparation import is_searchable
from ui.problems import show_problem
from ui.reading import copy_buttons, neighbour_buttons, open_provision
from ui.standards import show_standards
from ui.state import Turn, today
from ui.words import state_badge


def show_turn(turn: Turn) -> None:
    """Ask if that has not been done, and show question and answer."""
    with st.container(key=f"turn_{turn.number}"):
        st.html(_question_html(turn))
        if turn.is_open:
            _ask(turn)
        if turn.error is not None:
            show_problem(turn.error)
            if turn.error.retryable and st.button("再问一次", key=f"again_{turn.number}", icon=":material/refresh:"):
                turn.error = None
                st.rerun()
        elif turn.response is not None:
            _show_response(turn, turn.response)


def _ask(turn: Turn) -> None:
    """Put the question to the API; sentences appear as they arrive. The end is in ``turn``."""
    place = st.empty()

    def show(html: str) -> None:
        place.html(element("div", html, "ea-asking"))

    show(block(element("div", "正在查找依据…"), css="ea-notice ea-wait"))
    sentences: list[Sentence] = []
    numbers: dict[str, int] = {}
    try:
        request = AskRequest(
            question=turn.question, as_of=turn.as_of, law=turn.law, region=turn.region, shelf=turn.shelf
        )
        for event in service().ask_stream(request):
            if isinstance(event, CitationEvent):
                numbers.setdefault(event.citation.key, len(numbers) + 1)
            elif isinstance(event, SentenceEvent):
                sentences.append(event.sentence)
                show(conclusion_html(sentences, numbers, _anchor(turn)))
            elif isinstance(event, NotesEvent) and not sentences:
                show(_notes_html(event.notes))
            elif isinstance(event, DoneEvent):
                turn.details = _details(event.response)
                turn.premature = event.response.refused and not is_searchable()
                turn.response = event.response
    except ValidationError as error:
        turn.error = error_from_validation(error.errors())
    except EAssistantError as error:
        turn.error = error
    if turn.is_open:
        turn.error = ServerUnavailable("答复中断。")
    place.empty()


def _details(response: AskResponse) -> dict[str, ProvisionDetail]:
    """Dates with their basis and the neighbours of what is cited; a card does without what cannot be had."""
    details: dict[str, ProvisionDetail] = {}
    for provision_id in {cited.provision_id for cited in response.citations}:
        try:
            details[provision_id] = service().provision(provision_id, response.as_of)
        except (NotFound, StillPreparing):
            continue
        except ServerUnavailable:
            break
    return details


def _show_response(turn: Turn, response: AskResponse) -> None:
    left, right = st.columns([5, 6], gap="medium")
    with left:
        st.html(_facts_html(turn, response))
        if response.refused:
            st.html(refusal_html(response, premature=turn.premature))
        else:
            numbers = {cited.key: number for number, cited in enumerate(response.citations, 1)}
            st.html(conclusion_html(response.sentences, numbers, _anchor(turn)))
        if response.notes:
            st.html(_notes_html(response.notes))
        if response.removed:
            st.html(_removed_html(response))
        show_standards(turn, response)
    with right:
        for number, cited in enumerate(response.citations, 1):
            _show_citation(turn, response, number, cited)
        show_materials(turn, response)
        if response.refused and response.nearest:
            _show_nearest(turn, response)


def _show_citation(turn: Turn, response: AskResponse, number: int, cited: AnswerCitation) -> None:
    """The first citation, on which the conclusion rests, stands open; the others open on demand."""
    detail = turn.details.get(cited.provision_id)
    key = f"card_{turn.number}_{number}"
    st.html(element("span", "", "ea-anchor", id=f"{_anchor(turn)}-{number}"))
    title = plain(f"{number}. {cited.citation} · {state_badge(cited.status, day=response.as_of, today=today()).words}")
    frame = st.container(border=True, key=key) if number == 1 else st.expander(title, key=key)
    with frame:
        st.html(
            card_html(
                Card.of_citation(cited, detail, day=response.as_of, today=today()),
                marks_of(cited, response.sentences),
                number,
            )
        )
        with st.container(horizontal=True, key=f"{key}_actions"):
            copy_buttons(cited.citation, cited.text, key=key)
            neighbour_buttons(detail, response.as_of, key=key)


def _show_nearest(turn: Turn, response: AskResponse) -> None:
    st.html(block(element("div", "最接近的条文（仅供查找，不构成答复）", "ea-lead"), css="ea-nearest"))
    for number, result in enumerate(response.nearest, 1):
        key = f"near_{turn.number}_{number}"
        state = state_badge(result.status, day=response.as_of, today=today()).words
        with st.expander(plain(f"{result.citation} · {state}"), key=key):
            st.html(
                card_html(Card.of_result(result, day=response.as_of, today=today()), {"ea-quoted": result.highlights})
            )
            with st.container(horizontal=True, key=f"{key}_actions"):
                copy_buttons(result.citation, result.text, key=key)
                if st.button("看前后条", key=f"{key}_open"):
                    open_provision(result.provision_id, response.as_of)


def _anchor(turn: Turn) -> str:
    return f"basis-{turn.number}"


def _question_html(turn: Turn) -> str:
    return block(element("div", text(turn.question), "ea-question"), css="ea-asked")


def _facts_html(turn: Turn, response: AskResponse) -> str:
    facts = [f"适用日期 {response.as_of:%Y-%m-%d}"]
    facts += [f"只查《{turn.law.strip('《》')}》"] if turn.law else []
    facts += [region for region in response.regions if region != NATION] or ([turn.region] if turn.region else [])
    facts += [f"只查{turn.shelf.value}"] if turn.shelf else []
    facts += [f"由模型 {response.model} 撰写并经依据核验"] if response.model else []
    return block(*(element("span", text(fact), "ea-fact") for fact in facts), css="ea-facts")


def _notes_html(notes: list[str]) -> str:
    return block(*(element("div", text(note)) for note in notes), css="ea-notes")


def _removed_html(response: AskResponse) -> str:
    items = "".join(element("li", text(f"{removed.text}（{removed.reason}）")) for removed in response.removed)
    return block(element("div", "核验时删去的内容"), element("ul", items), css="ea-notes")
