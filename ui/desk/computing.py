"""The result of the choices (计算): asked of the desk at every change, with the bases it needs."""

from __future__ import annotations

import streamlit as st

from assistant.discretion.contract import ComputeResponse, StandardInfo
from corpus.errors import EAssistantError
from ui.connection import service
from ui.desk.choosing import Choice
from ui.desk.result import cited_provisions, result_html
from ui.desk.state import ACT_DAY, case, chosen_day
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.reading import open_provision


def show_result(standard: StandardInfo, choice: Choice) -> ComputeResponse | None:
    """What the choices give; None where the desk refuses them. A base that is asked for becomes a question."""
    try:
        computed = service().desk.compute(choice.request(standard.key))
    except EAssistantError as error:
        show_problem(error)
        return None
    asked = case().inputs.setdefault(standard.key, [])
    new = [need.name for need in computed.needs if need.kind == "input" and need.name not in asked]
    if new:
        asked += new
        st.rerun()
    unchosen = unchosen_html(standard, choice) if computed.state == "computed" else ""
    if unchosen:
        st.html(unchosen)
    st.html(result_html(computed))
    provisions = cited_provisions(cite for line in computed.lines for cite in line.cites)
    if provisions:
        with st.container(horizontal=True, key="desk_provisions_actions"):
            for provision_id, citation in provisions.items():
                if st.button(plain(f"看{citation}"), key=f"desk_open_{provision_id}"):
                    open_provision(provision_id, chosen_day(ACT_DAY))
    return computed


def unchosen_html(standard: StandardInfo, choice: Choice) -> str:
    """A notice that factors are still open although there is a sum: the rules let what is unknown count lowest."""
    left = [factor.name for factor in standard.factors if factor.name not in choice.choose]
    if not left:
        return ""
    words = f"尚未选择：{'、'.join(left)}。以下结果按裁量规则对无法查明的要素暂取最低档，请逐项选定。"
    return block(element("div", text(words)), css="ea-notice ea-refusal")
