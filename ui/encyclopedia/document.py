"""A document (文件页): facts and standing, its texts, its contents read in place, what it carries and what cites it."""

from __future__ import annotations

import streamlit as st

from assistant.contract import VersionInfo
from assistant.encyclopedia.contract import DocumentEntry, DocumentPage
from assistant.favourites.contract import EntryKind
from corpus.vocabulary import NATION, Shelf
from ui.cards import dates_html, dates_of
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.contents import show_contents
from ui.encyclopedia.frame import show_top
from ui.encyclopedia.parts import (
    PER_PAGE,
    citing_row,
    empty,
    offset_of,
    pager,
    record_row,
    rows,
)
from ui.encyclopedia.recent import note_opened
from ui.favourites import star
from ui.links import anchor, link
from ui.markup import badge, block, element, tag, text
from ui.state import today
from ui.words import state_badge, text_badge

TEXT, VERSIONS, RECORDS, CITING = "", "versions", "records", "citing"
"""Parts of the view, as the address names them."""


def show_document(address: Address) -> None:
    document_id = address.get("law") or address.get("case") or ""
    page = service().encyclopedia.document(document_id, address.get("version"), address.day)
    document = page.document
    show_top(address, crumbs_of(document, address), document.title)
    note_opened(EntryKind.DOCUMENT, document_id, document.title)
    st.html(document_html(page, address))
    star(EntryKind.DOCUMENT, document_id, document.title)
    st.html(block(parts_html(page, address)))
    match address.get("part") or TEXT:
        case "versions":
            st.html(versions_html(page, address))
        case "records":
            _show_records(document_id, address)
        case "citing":
            _show_citing(document_id, address)
        case _:
            show_contents(page, address)


def crumbs_of(document: DocumentEntry, address: Address) -> list[tuple[str, str]]:
    """The shelf and the rank, or the kind, of a document."""
    shelf = (document.shelf.value, address.to(shelf=document.shelf))
    if document.shelf is Shelf.LAW:
        return [shelf, (document.level.value, address.to(shelf=document.shelf, rank=document.level))]
    return [shelf, (document.kind_name, address.to(shelf=document.shelf, kind=document.kind))]


def document_html(page: DocumentPage, address: Address) -> str:
    """Title, standing and facts."""
    document = page.document
    law = document.shelf is Shelf.LAW
    tags = badge(state_badge(document.status, day=page.as_of, today=today())) if law else tag(document.weight)
    tags += tag(document.level if law else document.kind_name)
    tags += tag(document.region) if document.region != NATION else ""
    facts = {
        "制定机关": document.issuer or "",
        "文号": document.number or "",
        "领域": document.field,
        "公布": f"{document.published:%Y-%m-%d}" if document.published else "",
        "施行": f"{document.effective_from:%Y-%m-%d}" if document.effective_from and law else "",
    }
    listed = "".join(
        element("div", element("span", name, "ea-label") + element("span", text(value)), "ea-fact-line")
        for name, value in facts.items()
        if value
    )
    shown = next((v for v in page.versions if v.version_id == page.version_id), None)
    old = shown is not None and page.versions and shown.version_id != page.versions[0].version_id
    notice = ""
    if old and address.get("version"):
        newest = link("看最新文本", address.narrowed(version=None))
        notice = element("div", element("div", "所示为较早的文本。") + newest, "ea-notice ea-refusal")
    return block(
        element("h2", text(document.title)),
        element("div", tags, "ea-tags"),
        element("div", text(page.note), "ea-remark") if page.note else "",
        notice,
        element("div", listed, "ea-fact-lines"),
    )


def parts_html(page: DocumentPage, address: Address) -> str:
    """The parts of the view as links, each with its number; what there is none of is left out."""
    parts = [(TEXT, "条文", page.articles)]
    parts += [(VERSIONS, "文本", len(page.versions))] if page.versions else []
    records = page.standards + page.entries
    parts += [(RECORDS, "裁量标准与清单条目", records)] if records else []
    parts += [(CITING, "被引用", page.cited_by)] if page.cited_by else []
    here = address.get("part") or TEXT
    links = []
    for name, label, number in parts:
        current = {"aria-current": "page"} if name == here else {}
        css = "ea-choice ea-chosen" if name == here else "ea-choice"
        inner = text(label) + element("span", text(f"{number:,}"), "ea-count")
        links.append(anchor(inner, address.narrowed(part=name or None), css, **current))
    if page.items:
        inner = text("由其罚则读出的事项") + element("span", text(f"{page.items:,}"), "ea-count")
        links.append(anchor(inner, address.to(items="all", of=page.document.document_id), "ea-choice"))
    return element("nav", "".join(links), "ea-choices ea-parts", aria_label="本页内容")


def versions_html(page: DocumentPage, address: Address) -> str:
    """The texts held, newest first, each with a way to read it and to compare it with the one before."""
    parts: list[str] = []
    for place, version in enumerate(page.versions):
        older = page.versions[place + 1] if place + 1 < len(page.versions) else None
        parts.append(_version(version, older, page, address))
    return block(*parts)


def _version(version: VersionInfo, older: VersionInfo | None, page: DocumentPage, address: Address) -> str:
    shown = version.version_id == page.version_id
    ways = [tag("所示文本")] if shown else [link("读这一文本", address.narrowed(version=version.version_id, part=None))]
    if older is not None:
        compared = f"{older.version_id}..{version.version_id}"
        ways.append(link("与前一文本对照", address.to(compare=compared, of=page.document.document_id)))
    law = page.document.shelf is Shelf.LAW
    standing = badge(text_badge(version, day=page.as_of, today=today())) if law else ""
    return element(
        "div",
        element("div", standing + "".join(ways), "ea-tags")
        + dates_html(dates_of(version))
        + (element("div", text(f"来源：{version.source}"), "ea-quiet") if version.source else ""),
        "ea-version ea-shown" if shown else "ea-version",
    )


def _show_records(document_id: str, address: Address) -> None:
    found = service().encyclopedia.records(document_id, PER_PAGE, offset_of(address))
    if not found.items:
        st.html(empty("没有读出裁量标准或清单条目。", link("看条文", address.narrowed(part=None))))
        return
    st.html(block(rows(record_row(record, address) for record in found.items), pager(address, found.total)))


def _show_citing(document_id: str, address: Address) -> None:
    found = service().encyclopedia.citing(document_id, PER_PAGE, offset_of(address))
    if not found.items:
        st.html(empty("没有案例、指引或清单引用它。", link("看条文", address.narrowed(part=None))))
        return
    st.html(block(rows(citing_row(citing, address) for citing in found.items), pager(address, found.total)))
