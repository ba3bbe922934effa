"""How a question was understood (问题的理解), for the officer to see and to change: words, day, region."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.contract import AskResponse
from assistant.conversations.contract import AskAgain, Reading, Understood
from assistant.problems import error_from_validation
from corpus.vocabulary import NATION
from ui.conditions import EARLIEST, documents_if_any, regions_held
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.state import Turn, today

_TAKEN = {
    "act": "所问行为",
    "subject": "对象",
    "law": "法律",
    "article": "条文",
    "aspect": "所问事项",
    "place": "地区",
    "date": "日期",
}
_FROM = {"given": "", "question": "（依问题）", "before": "（承前）", "today": "", "none": ""}


def understood_html(understood: Understood) -> str:
    """理解为：… with what was taken over; empty where the question was left as asked."""
    notes = [element("div", text(note)) for note in understood.notes]
    if understood.reading is Reading.AS_ASKED:
        return block(*notes, css="ea-understood") if notes else ""
    taken = "、".join(dict.fromkeys(_TAKEN[part.what] for part in understood.taken_over))
    words = {Reading.EDITED: "由您改定", Reading.MODEL: "由模型依前文改写"}.get(understood.reading, f"承前补上{taken}")
    return block(
        element("div", element("span", "理解为：", "ea-quiet") + text(understood.question)),
        element("div", text(words), "ea-quiet"),
        *notes,
        css="ea-understood",
    )


def facts_html(turn: Turn, response: AskResponse) -> str:
    """Day and region of an answer, always; then its filters and who wrote it."""
    understood = turn.understood
    day = f"适用日期 {response.as_of:%Y-%m-%d}" + (_FROM[understood.as_of_from] if understood else "")
    regions = [region for region in response.regions if region != NATION] or ([turn.region] if turn.region else [])
    region = "、".join(regions) if regions else "只查国家规定"
    facts = [day, region + (_FROM[understood.region_from] if understood and regions else "")]
    facts += [f"只查《{turn.law.strip('《》')}》"] if turn.law else []
    facts += [f"只查{turn.shelf.value}"] if turn.shelf else []
    facts += [f"由模型 {response.model} 撰写并经依据核验"] if response.model else []
    return block(*(element("span", text(fact), "ea-fact") for fact in facts), css="ea-facts")


def show_change(turn: Turn, response: AskResponse) -> None:
    """A popover in which the question as understood, its day and its region are changed and it is asked again."""
    if turn.message_id is None:
        return
    key = f"change_{turn.number}"
    with st.popover("改理解、日期或地区", icon=":material/edit:", key=key, type="tertiary"):
        words = st.text_area(
            "问题的理解", value=turn.meant, key=f"{key}_words_{turn.meant}", max_chars=2000, height=110
        )
        day = st.date_input(
            "适用日期",
            value=response.as_of,
            min_value=EARLIEST,
            max_value=today().replace(year=today().year + 5, day=1),
            format="YYYY-MM-DD",
            key=f"{key}_day",
        )
        region = st.selectbox(
            "地区",
            regions_held(documents_if_any()),
            index=None,
            placeholder=turn.region or "依问题所提地区（可输入，如 宁波市）",
            accept_new_options=True,
            key=f"{key}_region",
        )
        chosen = {"as_of": day, "region": region or turn.region, "law": turn.law, "shelf": turn.shelf}
        with st.container(horizontal=True, key=f"{key}_actions"):
            if st.button("按此再问", key=f"{key}_again", type="primary"):
                _again(turn, {**chosen, "understood": words if words != turn.question else None})
            if st.button("按原话问", key=f"{key}_literal", help="不依前文补全"):
                _again(turn, {**chosen, "literal": True})


def _again(turn: Turn, conditions: dict[str, object]) -> None:
    try:
        turn.ask_again(AskAgain.model_validate(conditions))
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    st.rerun()
