"""A topic page (事项页): everything held on one unlawful act, from the articles to the documents of the case file."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from assistant.contract import Cell
from assistant.encyclopedia.contract import (
    Item,
    Penalty,
    RiskPoint,
    TopicPage,
    TopicProvision,
)
from assistant.favourites.contract import EntryKind
from corpus.vocabulary import NATION
from ui.amounts import amount_marks
from ui.cards import cells_table
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.frame import show_region, show_top
from ui.encyclopedia.parts import citing_row, document_row, empty, quoted, record_row, rows, state_mark
from ui.encyclopedia.procedure import procedure_html
from ui.encyclopedia.recent import note_opened
from ui.favourites import star
from ui.links import link
from ui.markup import block, element, marked, provision_text, tag, text
from ui.state import today

_SOURCES = {"list": "出自执法事项清单", "law": "由罚则条文读出"}


def show_topic(address: Address) -> None:
    page = service().encyclopedia.item(address.get("topic") or "", address.day, address.get("region"))
    item = page.item
    crumbs = [("事项", address.to(items="all")), (item.field, address.to(items="all", field=item.field))]
    show_top(address, crumbs, item.title)
    note_opened(EntryKind.TOPIC, item.id, item.title)
    parts = [(title, html) for title, html in sections(page, address) if html]
    st.html(item_html(page, address))
    with st.container(horizontal=True, vertical_alignment="bottom", key="ea_topic_line"):
        show_region(address)
        star(EntryKind.TOPIC, item.id, item.title)
    st.html(contents_html([title for title, _ in parts]))
    for number, (title, html) in enumerate(parts):
        st.html(block(element("h3", text(title), id=f"part-{number}"), html, css="ea-topic-part"))


def contents_html(titles: list[str]) -> str:
    """The page's own table of contents."""
    links = (element("a", text(title), "ea-choice", href=f"#part-{number}") for number, title in enumerate(titles))
    return block(element("nav", "".join(links), "ea-choices", aria_label="本页目录"))


def item_html(page: TopicPage, address: Address) -> str:
    """What the item is, in the words of its law."""
    item = page.item
    tags = "".join(tag(kind) for kind in item.sanctions)
    tags += tag(item.region) if item.region != NATION else ""
    tags += tag(_SOURCES[item.source])
    penalty = address.to(provision=item.provision_id) if item.provision_id else address.to(law=item.document_id)
    return block(
        element("h2", text(item.title)),
        element("div", tags, "ea-tags"),
        element("div", "罚则：" + link(item.penalty, penalty)),
        element("div", "处罚机关：" + quoted(item.authority, address)) if item.authority else "",
        *(element("div", text(note), "ea-remark") for note in page.notes),
    )


def sections(page: TopicPage, address: Address) -> Iterator[tuple[str, str]]:
    """The parts of a topic page with their titles, in the order of a case; empty parts say what there is none of."""
    violated = [p for p in page.provisions if p.role == "violated"]
    penalty = [p for p in page.provisions if p.role == "penalty"]
    yield "违反条款", "".join(_provision(p, address) for p in violated) or empty("罚则没有指明所违反的条款。")
    yield "处罚条款", penalties_html(page.item, address) + "".join(_provision(p, address) for p in penalty)
    desk = link("去裁量核查查找", "discretion")
    yield (
        "裁量基准",
        rows(record_row(r, address) for r in page.standards)
        if page.standards
        else empty("没有收录与这一事项相应的裁量基准。", desk),
    )
    yield (
        "不予处罚与从轻减轻",
        rows(record_row(r, address) for r in page.entries)
        if page.entries
        else empty("没有收录与这一事项相应的清单条目；法定的从轻、减轻、不予处罚情形见行政处罚法。"),
    )
    yield "程序与期限", procedure_html(page.procedure, address)
    yield (
        "案例",
        rows(citing_row(c, address) for c in page.cases) if page.cases else empty("没有收录引用这些条文的案例。"),
    )
    yield "风险提示", rows(_risk(risk, address) for risk in page.risks)
    yield "文书", rows(document_row(d, address, page.as_of, today()) for d in page.documents)
    yield "其他实务材料", rows(citing_row(c, address) for c in page.practice)
    yield "清单原文", _cells(page.item)


def penalties_html(item: Item, address: Address) -> str:
    """What is imposed in which case, as printed."""
    listed = "".join(_penalty(penalty) for penalty in item.penalties)
    return element("ul", listed, "ea-penalties") if listed else ""


def _penalty(penalty: Penalty) -> str:
    words = penalty.words.text
    parts = [element("span", text(f"{penalty.condition.text}："), "ea-strong")] if penalty.condition else []
    parts.append(marked(words, amount_marks(words)))
    kinds = "".join(tag(kind) for kind in penalty.kinds) + (tag("加重情形") if penalty.severe else "")
    return element("li", element("div", "".join(parts)) + element("div", kinds, "ea-tags"))


def _provision(provision: TopicProvision, address: Address) -> str:
    title = link(provision.citation, address.to(provision=provision.provision_id))
    facts = element("span", state_mark(provision.status), "ea-row-facts")
    note = element("div", text(provision.note), "ea-remark") if provision.note else ""
    history = f"存 {len(provision.history)} 个文本，沿革见条文页。" if len(provision.history) > 1 else ""
    return element(
        "div",
        element("div", title + facts, "ea-row")
        + (element("div", text(provision.heading), "ea-heading") if provision.heading else "")
        + note
        + provision_text(provision.text, amount_marks(provision.text))
        + (element("div", text(history), "ea-quiet") if history else ""),
        "ea-inplace",
    )


def _risk(risk: RiskPoint, address: Address) -> str:
    quote = element("div", text(f"“{risk.quote}”"), "ea-excerpt") if risk.quote else ""
    target = None
    if risk.provision_id:
        target = address.to(provision=risk.provision_id)
    elif risk.key:
        target = address.to_desk(risk.key)
    elif risk.document_id:
        target = address.to(law=risk.document_id)
    css = "ea-link ea-small"
    source = link(risk.citation, target, css) if target else element("span", text(risk.citation), "ea-quiet")
    return element("div", text(risk.text)) + quote + source


def _cells(item: Item) -> str:
    """The row of the list that an item comes from."""
    return cells_table([Cell(column=cell.column, text=cell.text) for cell in item.cells])
