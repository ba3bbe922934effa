"""Writing a curated answer (拟写审定答复): paragraphs, each with the words of law it rests on."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from pydantic import ValidationError

from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.connection import service
from ui.looking_up import chosen_by
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.review.drafting import OPENED, Draft, DraftParagraph, DraftQuote, leave_draft

_FIRST, _LAST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)


def show_editor(draft: Draft) -> None:
    mark = draft.number
    draft.title = st.text_input("标题", draft.title, max_chars=200, key=f"curated_title_{mark}")
    draft.question = st.text_input("问题", draft.question, max_chars=500, key=f"curated_question_{mark}")
    draft.phrasings = st.text_area(
        "其他问法（每行一个，可不填）", draft.phrasings, height=90, key=f"curated_phrasings_{mark}"
    )
    with st.container(horizontal=True, key="curated_where"):
        draft.region = st.text_input(
            "适用地区（不填为不限）", draft.region, max_chars=300, key=f"curated_region_{mark}"
        )
        draft.valid_from = st.date_input(
            "自何日起适用",
            draft.valid_from,
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            key=f"curated_from_{mark}",
        )
        draft.valid_until = st.date_input(
            "至何日止（可不填）",
            draft.valid_until,
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            key=f"curated_until_{mark}",
        )
    hint = "每段写明答复，并附所依据的原文。文字中的数额、日期、条号须见于所附引文；保存时与每次使用时都会核验。"
    st.html(block(element("div", hint, "ea-quiet")))
    for place, paragraph in enumerate(draft.paragraphs):
        _show_paragraph(draft, place, paragraph)
    st.button("加一段", key="curated_add", on_click=draft.paragraphs.append, args=(DraftParagraph(),))
    with st.container(horizontal=True, key="curated_save_actions"):
        if st.button("核验并保存", key="curated_save", type="primary"):
            _save(draft)
    if draft.problem is not None:
        show_problem(draft.problem)
        draft.problem = None


def _show_paragraph(draft: Draft, place: int, paragraph: DraftParagraph) -> None:
    mark = paragraph.number
    with st.container(border=True, key=f"curated_paragraph_{mark}"):
        paragraph.text = st.text_area(
            f"第{place + 1}段", paragraph.text, max_chars=4000, height=110, key=f"curated_text_{mark}"
        )
        for quote in paragraph.quotes:
            st.html(block(element("div", text(quote.citation), "ea-title")))
            quote.quote = st.text_area(
                "引文（须为原文的连续部分）",
                quote.quote,
                max_chars=8000,
                height=110,
                key=f"curated_quote_{quote.number}",
            )
            st.button(
                "去掉这条引文",
                key=f"curated_drop_{quote.number}",
                type="tertiary",
                on_click=_drop,
                args=(paragraph, quote),
            )
        with st.container(horizontal=True, key=f"curated_cite_{mark}_actions", vertical_alignment="bottom"):
            st.text_input("加依据", placeholder="如 消防法第六十条第二款", max_chars=500, key=f"curated_cited_{mark}")
            st.button("加入引文", key=f"curated_cite_{mark}", on_click=_cite, args=(draft, paragraph))
            if len(draft.paragraphs) > 1:
                st.button("删去本段", key=f"curated_remove_{mark}", on_click=_remove, args=(draft, place))


def _cite(draft: Draft, paragraph: DraftParagraph) -> None:
    """Add what stands in the field now: it may have been written after the page was last drawn."""
    cited: str = st.session_state[f"curated_cited_{paragraph.number}"] or ""
    try:
        paragraph.quotes += [DraftQuote(c.provision_id, c.citation, c.text) for c in chosen_by(cited)]
    except EAssistantError as error:
        draft.problem = error
        return
    except ValidationError as error:
        draft.problem = error_from_validation(error.errors())
        return
    st.session_state[f"curated_cited_{paragraph.number}"] = ""


def _remove(draft: Draft, place: int) -> None:
    del draft.paragraphs[place]


def _drop(paragraph: DraftParagraph, quote: DraftQuote) -> None:
    paragraph.quotes = [q for q in paragraph.quotes if q.number != quote.number]


def _save(draft: Draft) -> None:
    try:
        held = service().review.write_curated(draft.request(), draft.id)
    except EAssistantError as error:
        draft.problem = error
        return
    leave_draft()
    st.query_params[OPENED] = held.id
    st.rerun()
