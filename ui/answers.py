"""One question with its answer on the page (问答): streamed while it comes, then the conclusion beside its sources."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from pydantic import ValidationError

from assistant.contract import (
    AnswerCitation,
    AskResponse,
    CitationEvent,
    CuratedMark,
    DoneEvent,
    NotesEvent,
    ProvisionDetail,
    Sentence,
    SentenceEvent,
)
from assistant.conversations.contract import (
    AskAgain,
    AskInConversation,
    ConversationEvent,
    ExportFormat,
    StoredEvent,
    UnderstoodEvent,
)
from assistant.favourites.contract import EntryKind
from assistant.problems import error_from_validation
from corpus.errors import Conflict, EAssistantError, NotFound, ServerUnavailable, StillPreparing
from ui.cards import Card, card_html
from ui.conclusion import conclusion_html, marks_of, refusal_html
from ui.connection import service
from ui.conversations import export_button
from ui.favourites import star
from ui.feedback import show_feedback
from ui.labels import plain
from ui.markup import block, element, text
from ui.materials import show_materials
from ui.preparation import is_searchable
from ui.problems import show_problem
from ui.reading import copy_buttons, neighbour_buttons, open_provision
from ui.standards import show_standards
from ui.state import Turn, conversation_id, note_conversation, today, turns
from ui.understanding import facts_html, show_change, understood_html
from ui.words import state_badge

_POLL_S = 2.0


def show_turn(turn: Turn) -> None:
    """Ask if that has not been done, and show question and answer."""
    with st.container(key=f"turn_{turn.number}"):
        st.html(_question_html(turn))
        if turn.is_open:
            _ask(turn)
        if turn.answering:
            _show_answering(turn)
        elif turn.error is not None:
            _show_error(turn, turn.error)
        elif turn.response is not None:
            if turn.details is None:
                turn.details = _details(turn.response)
            _show_response(turn, turn.response)


def _ask(turn: Turn) -> None:
    """Put the question to the API; sentences appear as they arrive. The end is in ``turn``."""
    place = st.empty()

    def show(html: str) -> None:
        place.html(element("div", html, "ea-asking"))

    show(block(element("div", "正在查找依据…"), css="ea-notice ea-wait", role="status"))
    sentences: list[Sentence] = []
    numbers: dict[str, int] = {}
    done = False
    try:
        for event in _events(turn):
            if isinstance(event, StoredEvent):
                turn.message_id = event.message_id
            elif isinstance(event, UnderstoodEvent):
                turn.understood = event.understood
                show(understood_html(event.understood) or block("正在查找依据…", css="ea-notice ea-wait"))
            elif isinstance(event, CitationEvent):
                numbers.setdefault(event.citation.key, len(numbers) + 1)
            elif isinstance(event, SentenceEvent):
                sentences.append(event.sentence)
                show(_understood(turn) + conclusion_html(sentences, numbers, _anchor(turn)))
            elif isinstance(event, NotesEvent) and not sentences:
                show(_understood(turn) + _notes_html(event.notes))
            elif isinstance(event, DoneEvent):
                done = True
                turn.details = _details(event.response)
                turn.premature = event.response.refused and not is_searchable()
                turn.changed, turn.withheld, turn.asked_on = [], 0, None
                turn.response, turn.again = event.response, None
    except ValidationError as error:
        turn.error = error_from_validation(error.errors())
    except EAssistantError as error:
        turn.error = error
    if not done and turn.error is None:
        turn.error = ServerUnavailable("答复中断。")
    turn.again = None
    place.empty()


def _events(turn: Turn) -> Iterator[ConversationEvent]:
    """The events of the answer: of a stored question asked again, or of a new one, in a conversation of its own."""
    conversations = service().conversations
    conversation = conversation_id()
    if conversation is not None and turn.message_id is not None:
        again = turn.again or AskAgain(as_of=turn.as_of, law=turn.law, region=turn.region, shelf=turn.shelf)
        return conversations.ask_again(conversation, turn.message_id, again)
    request = AskInConversation(
        question=turn.question,
        as_of=turn.as_of,
        law=turn.law,
        region=turn.region,
        shelf=turn.shelf,
        client_message_id=turn.client_id,
    )
    if conversation is None:
        conversation = conversations.create(client_id=turn.client_id).id
        note_conversation(conversation)
    return conversations.ask(conversation, request)


def _show_error(turn: Turn, error: EAssistantError) -> None:
    """What went wrong; whether the question is kept; the way to ask again."""
    show_problem(error)
    if turn.message_id is not None:
        st.html(block(element("div", "您的问题已经保存，不会丢失。", "ea-quiet")))
    again = error.retryable or isinstance(error, Conflict)
    if again and st.button("再问一次", key=f"again_{turn.number}", icon=":material/refresh:"):
        turn.ask_again()
        st.rerun()


def _show_answering(turn: Turn) -> None:
    """A question that is being answered elsewhere: looked at again until it is answered."""
    st.fragment(_wait_for, run_every=_POLL_S)(turn)


def _wait_for(turn: Turn) -> None:
    conversation = conversation_id()
    st.html(block(element("div", "这一问正在作答…"), css="ea-notice ea-wait", role="status"))
    if conversation is None or turn.message_id is None:
        return
    try:
        now = Turn.of_message(service().conversations.message(conversation, turn.message_id))
    except EAssistantError as error:
        show_problem(error)
        return
    if not now.answering:
        held = turns()
        held[:] = [now if t.number == turn.number else t for t in held]
        st.rerun()


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
        if _understood(turn):
            st.html(_understood(turn))
        with st.container(horizontal=True, vertical_alignment="center", key=f"facts_{turn.number}"):
            st.html(facts_html(turn, response), width="content")
            show_change(turn, response)
        if response.curated is not None:
            st.html(curated_html(response.curated))
        if turn.changed or turn.withheld:
            st.html(since_html(turn))
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
        _show_actions(turn, response)
    with right:
        for number, cited in enumerate(response.citations, 1):
            _show_citation(turn, response, number, cited)
        show_materials(turn, response)
        if response.refused and response.nearest:
            _show_nearest(turn, response)


def _show_actions(turn: Turn, response: AskResponse) -> None:
    """Export, star and feedback of one answer."""
    conversation = conversation_id()
    if turn.message_id is None or conversation is None:
        return
    with st.container(horizontal=True, key=f"answer_{turn.number}_actions"):
        for kind, label in ((ExportFormat.DOCX, "导出 DOCX"), (ExportFormat.MARKDOWN, "导出 Markdown")):
            export_button(conversation, kind, label, name=turn.question, message_id=turn.message_id)
        star(EntryKind.ANSWER, turn.message_id, turn.meant, key=f"answer_{turn.number}")
    show_feedback(turn.message_id, response, turn.region)


def _show_citation(turn: Turn, response: AskResponse, number: int, cited: AnswerCitation) -> None:
    """The first citation, on which the conclusion rests, stands open; the others open on demand."""
    detail = (turn.details or {}).get(cited.provision_id)
    key = f"card_{turn.number}_{number}"
    st.html(element("span", "", "ea-anchor", id=f"{_anchor(turn)}-{number}"))
    title = plain(f"{number}. {cited.citation} · {state_badge(cited.status, day=response.as_of, today=today()).words}")
    frame = st.container(border=True, key=key) if number == 1 else st.expander(title, key=key)
    since = next((c for c in turn.changed if c.key == cited.key), None)
    with frame:
        if since is not None:
            st.html(block(element("div", text(f"作答以后有变动：{since.note}"), "ea-remark")))
        st.html(
            card_html(
                Card.of_citation(cited, detail, day=response.as_of, today=today()),
                marks_of(cited, response.sentences),
                number,
            )
        )
        with st.container(horizontal=True, key=f"{key}_actions"):
            if st.button("看全条", key=f"{key}_open", help="章节、沿革、前后条与原件图片"):
                open_provision(cited.provision_id, response.as_of)
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


def _understood(turn: Turn) -> str:
    return understood_html(turn.understood) if turn.understood else ""


def _notes_html(notes: list[str]) -> str:
    return block(*(element("div", text(note)) for note in notes), css="ea-notes")


def curated_html(mark: CuratedMark) -> str:
    """That legal staff approved the answer, and when."""
    words = f"审定答复 · {mark.by} · {mark.approved_on:%Y-%m-%d} 审定"
    return block(element("div", text(words), "ea-notice-title"), css="ea-notice ea-right")


def since_html(turn: Turn) -> str:
    """What changed since a stored answer was given."""
    on = f"（作于 {turn.asked_on:%Y-%m-%d}）" if turn.asked_on else ""
    changed = "、".join(change.citation for change in turn.changed)
    lines = [f"本答复{on}所引{changed}其后有变动，请再问一次。"] if changed else []
    lines += [f"有 {turn.withheld} 处所引文件已不在可阅范围，不再显示。"] if turn.withheld else []
    return block(*(element("div", text(line)) for line in lines), css="ea-notice ea-refusal", role="status")


def _removed_html(response: AskResponse) -> str:
    items = "".join(element("li", text(f"{removed.text}（{removed.reason}）")) for removed in response.removed)
    return block(element("div", "核验时删去的内容"), element("ul", items), css="ea-notes")
