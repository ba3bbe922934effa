"""Who may read what is uploaded (阅读对象), as inputs."""

from __future__ import annotations

import streamlit as st

from ui.conditions import regions_held
from ui.held import documents

_HELP = "不填为所有人可读。两项都填的，须同时符合。"


def readers_inputs(key: str, departments: list[str], regions: list[str]) -> tuple[list[str], list[str]]:
    """Departments and regions as chosen or written."""
    left, right = st.columns(2)
    with left:
        chosen = st.multiselect(
            "只限这些部门阅读",
            departments,
            default=departments,
            accept_new_options=True,
            placeholder="输入部门名称后回车",
            help=_HELP,
            key=f"manage_departments_{key}",
        )
    with right:
        held = list(dict.fromkeys([*regions, *regions_held(documents())]))
        places = st.multiselect(
            "只限这些地区阅读",
            held,
            default=regions,
            accept_new_options=True,
            placeholder="选择或输入地区",
            help="含其下各地的人员。" + _HELP,
            key=f"manage_regions_{key}",
        )
    return list(chosen), list(places)
