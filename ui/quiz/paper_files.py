"""Files of a paper (打印与导出): question paper, answer sheet and key of a variant; its items in other formats."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.quiz.contract import Format
from assistant.quiz.paper_contract import Paper, Part, PrintFormat
from ui.connection import service
from ui.desk.exporting import plain_name
from ui.markup import block, element
from ui.quiz.exporting import keep_exported, show_exported
from ui.quiz.saying import attempt
from ui.quiz.words import FORMAT_ZH, MEDIA_TYPES, PART_ZH


def show_files(paper: Paper, variant: str) -> None:
    with st.expander("打印与导出", key="quiz_paper_files", icon=":material/print:", expanded=True):
        papers = service().papers  # the downloads below run where nobody's cookie is known
        for part in Part:
            with st.container(horizontal=True, vertical_alignment="center", key=f"quiz_print_{part.value}_actions"):
                st.html(block(element("span", PART_ZH[part], "ea-strong")))
                for form in PrintFormat:
                    st.download_button(
                        form.value.upper(),
                        data=partial(papers.printed, paper.id, part, form, variant),
                        file_name=file_name(paper, part, form, variant),
                        mime=MEDIA_TYPES[form],
                        key=f"quiz_print_{part.value}_{form.value}",
                        help=f"下载{PART_ZH[part]}（{form.value.upper()}）",
                        on_click="ignore",
                        icon=":material/download:",
                    )
        with st.container(horizontal=True, vertical_alignment="bottom", key="quiz_paper_export"):
            chosen = st.selectbox(
                "导出试题", list(Format), format_func=FORMAT_ZH.__getitem__, key="quiz_paper_export_form"
            )
            if st.button("生成文件", key="quiz_paper_export_make"):
                made = attempt(lambda: service().papers.exported(paper.id, chosen or Format.XLSX))
                keep_exported("paper", [paper.id], made)
                st.rerun()
        show_exported("paper", [paper.id])


def file_name(paper: Paper, part: Part, form: PrintFormat, variant: str) -> str:
    """年度考试-B卷-答案与解析.docx"""
    named = f"-{variant}卷" if len(paper.variants) > 1 else ""
    return f"{plain_name(paper.title) or '试卷'}{named}-{PART_ZH[part]}.{form.value}"
