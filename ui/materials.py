"""Cases, benchmarks, lists and guidance below an answer (参考材料): each with shelf, weight, place and marks."""

from __future__ import annotations

import streamlit as st

from assistant.contract import AskResponse, Material
from corpus.vocabulary import KIND_ZH, NATION
from ui.cards import cells_table
from ui.labels import plain
from ui.markup import block, element, occurrences, provision_text, tag, text
from ui.reading import copy_buttons, open_provision
from ui.state import Turn


def show_materials(turn: Turn, response: AskResponse) -> None:
    """The material of an answer, each on demand; nothing where there is none."""
    if not response.materials:
        return
    st.html(block(element("div", "参考材料（不是法律依据）", "ea-lead"), css="ea-materials"))
    for number, material in enumerate(response.materials, 1):
        key = f"material_{turn.number}_{number}"
        with st.expander(plain(f"{material.shelf.value} · {material.citation}"), key=key, expanded=number == 1):
            st.html(material_html(material))
            with st.container(horizontal=True, key=f"{key}_actions"):
                copy_buttons(material.citation, material.text, key=key)
                if st.button("看全文与前后", key=f"{key}_open"):
                    open_provision(material.provision_id, response.as_of)


def material_html(material: Material) -> str:
    """One piece of material: what it counts for, where it stands, what to know, and its words with the quote marked."""
    marks = {"ea-quoted": occurrences(material.text, material.quote)[:1]}
    cites = f"其中引用了{'、'.join(material.cites)}。" if material.cites else ""
    return block(
        element("div", text(material.citation), "ea-title"),
        tags_html(material),
        element("div", text(cites), "ea-reason") if cites else "",
        *(element("div", text(warning), "ea-remark") for warning in material.warnings),
        cells_html(material) or provision_text(material.text, marks),
        css="ea-card",
    )


def tags_html(material: Material) -> str:
    """Shelf, kind, weight, region and place as quiet labels."""
    kind = KIND_ZH[material.kind] if material.kind and KIND_ZH[material.kind] not in material.weight else ""
    region = material.region if material.region != NATION else ""
    names = [material.shelf.value, kind, material.weight, region, material.place]
    return element("div", "".join(tag(name) for name in dict.fromkeys(names) if name), "ea-tags")


def cells_html(material: Material) -> str:
    """A table's row as its columns, one below the other; empty where it is no row."""
    return cells_table(material.cells)
