"""Pieces that the encyclopedia's views share (页面部件), as functions from contract values to HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from assistant.encyclopedia.contract import (
    CitingProvision,
    DocumentEntry,
    Excerpt,
    FacetValue,
    ItemEntry,
    RecordEntry,
)
from corpus.vocabulary import NATION, STATE_ZH, DocumentKind, Shelf, State
from ui.encyclopedia.address import Address
from ui.links import anchor, link
from ui.markup import badge, block, element, tag, text
from ui.words import TONES, Badge, state_badge

PER_PAGE = 20
_SHOWN = 12  # values of a facet before the rest folds away


def rows(items: Iterable[str]) -> str:
    """Entries one below the other; empty where there are none."""
    listed = "".join(element("li", item) for item in items)
    return element("ul", listed, "ea-rows") if listed else ""


def row(title: str, address: str, facts: str = "", quiet: str = "") -> str:
    """An entry: a link, what it is, and a quiet line below."""
    return (
        element("div", link(title, address) + element("span", facts, "ea-row-facts"), "ea-row")
        + (element("div", text(quiet), "ea-quiet") if quiet else "")
    )  # fmt: skip


def document_row(entry: DocumentEntry, address: Address, day: dt.date, today: dt.date) -> str:
    law = entry.shelf is Shelf.LAW
    facts = tag(entry.level if law else entry.kind_name)
    facts += tag(entry.region) if entry.region != NATION else ""
    facts += badge(state_badge(entry.status, day=day, today=today)) if law else ""
    dated = f"{entry.published:%Y-%m-%d} 公布" if entry.published else ""
    several = f"存 {entry.versions} 个文本" if entry.versions > 1 else ""
    quiet = " · ".join(filter(None, (entry.number, dated, several)))
    return row(entry.title, document_address(address, entry.document_id, entry.kind), facts, quiet)


def document_address(address: Address, document_id: str, kind: DocumentKind) -> str:
    return address.to(case=document_id) if kind is DocumentKind.CASE else address.to(law=document_id)


def item_row(item: ItemEntry, address: Address) -> str:
    facts = "".join(tag(kind) for kind in item.sanctions[:4])
    facts += tag(item.region) if item.region != NATION else ""
    return row(item.title, address.to(topic=item.id), facts, item.penalty)


def record_row(record: RecordEntry, address: Address) -> str:
    """A standard leads to the desk, an entry of a list shows its conditions."""
    facts = tag("裁量标准" if record.kind == "standard" else record.effect or "清单条目")
    facts += tag(record.region) if record.region != NATION else ""
    facts += badge(Badge("依据已变动", "changed")) if record.stale else ""
    facts += badge(Badge("待核对", "missing")) if record.needs_review else ""
    where = " ".join(filter(None, (record.document and f"《{record.document}》", record.place)))
    conditions = "；".join(condition.rstrip("；;。") for condition in record.conditions)
    lines = [line for line in (conditions, record.note, " · ".join(filter(None, (where, record.why)))) if line]
    target = address.to_desk(record.key)
    standard = record.kind == "standard"
    title = link(record.title, target) if standard else element("span", text(record.title), "ea-strong")
    below = "".join(element("div", text(line), "ea-quiet") for line in lines)
    open_ = link("在裁量核查中打开", target, "ea-link ea-small") if standard else ""
    from_ = link("所在文件", address.to(law=record.document_id), "ea-link ea-small") if record.document_id else ""
    return (
        element("div", title + element("span", facts, "ea-row-facts"), "ea-row")
        + below
        + element("div", " ".join(filter(None, (open_, from_))), "ea-links")
    )


def citing_row(citing: CitingProvision, address: Address) -> str:
    facts = tag(citing.weight) if citing.weight else ""
    address_ = (
        address.to(provision=citing.provision_id)
        if citing.provision_id
        else document_address(address, citing.document_id, citing.kind)
    )
    where = " · ".join(filter(None, (citing.place, citing.written and f"原文写作“{citing.written}”")))
    excerpt = element("div", text(citing.excerpt), "ea-excerpt") if citing.excerpt else ""
    return row(citing.citation, address_, facts) + excerpt + (element("div", text(where), "ea-quiet") if where else "")


# ---- narrowing ---------------------------------------------------------------------------------------------------


def facet(title: str, name: str, values: Sequence[FacetValue], address: Address) -> str:
    """A facet as links with counts; the chosen value takes itself back."""
    chosen = address.get(name)
    if not values or (len(values) == 1 and not chosen):
        return ""
    shown = [value for place, value in enumerate(values) if place < _SHOWN or value.value == chosen]
    rest = [value for value in values if value not in shown]
    choices = "".join(_choice(name, value, chosen, address) for value in shown)
    if rest:
        more = "".join(_choice(name, value, chosen, address) for value in rest)
        summary = element("summary", text(f"其余 {len(rest)} 项"))
        choices += element("details", summary + element("div", more, "ea-choices"))
    label = element("div", text(title), "ea-label")
    return element("div", label + element("div", choices, "ea-choices"), "ea-labelled")


def _choice(name: str, value: FacetValue, chosen: str | None, address: Address) -> str:
    own = value.value == chosen
    label = text(value.label) + element("span", text(f"{value.count:,}"), "ea-count")
    target = address.narrowed(**{name: None if own else value.value})
    current = {"aria-current": "true"} if own else {}
    return anchor(label, target, "ea-choice ea-chosen" if own else "ea-choice", **current)


def chosen_filters(address: Address, names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """What the list is narrowed to, each with a way to take it back; and one for all."""
    held = {name: value for name in names if (value := address.get(name))}
    if not held:
        return ""
    parts = []
    for name, value in held.items():
        label = text(f"{names[name]}：{labels.get(value, value)} ✕")
        parts.append(anchor(label, address.narrowed(**{name: None}), "ea-choice ea-chosen"))
    if len(held) > 1:
        parts.append(link("全部清除", address.narrowed(**dict.fromkeys(held))))
    return element("div", "".join(parts), "ea-choices")


def pager(address: Address, total: int, per_page: int = PER_PAGE) -> str:
    """The pages of a long list; empty where one holds all."""
    last = -(-total // per_page)
    if last <= 1:
        return ""
    page = min(address.page, last)
    numbers = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    parts = [link("‹ 上一页", address.narrowed(page=page - 1), "ea-choice")] if page > 1 else []
    before = 0
    for number in numbers:
        parts += [element("span", "…")] if number - before > 1 else []
        here = {"aria-current": "page"} if number == page else {}
        css = "ea-choice ea-chosen" if number == page else "ea-choice"
        parts.append(anchor(str(number), address.narrowed(page=number), css, **here))
        before = number
    parts += [link("下一页 ›", address.narrowed(page=page + 1), "ea-choice")] if page < last else []
    return element("nav", "".join(parts), "ea-choices ea-pager", aria_label="翻页")


def offset_of(address: Address, per_page: int = PER_PAGE) -> int:
    return (address.page - 1) * per_page


# ---- pieces ------------------------------------------------------------------------------------------------------


def heading(title: str, anchor_id: str = "", count: int | None = None) -> str:
    """The heading of a section, which a list of contents can lead to."""
    number = element("span", text(f"{count:,}"), "ea-count") if count is not None else ""
    return block(element("h3", text(title) + number, id=anchor_id))


def empty(words: str, *ways: str) -> str:
    """A plain word where there is nothing, with ways on."""
    return block(
        element("div", text(words)), element("div", " ".join(ways), "ea-links") if ways else "", css="ea-notice"
    )


def state_mark(state: State) -> str:
    return badge(Badge(STATE_ZH[state], TONES[state]))


def quoted(excerpt: Excerpt, address: Address) -> str:
    """Words of the law with a link to where they stand."""
    source = link(excerpt.citation, address.to(provision=excerpt.provision_id), "ea-link ea-small")
    return text(f"“{excerpt.text}”") + source
