"""A provision and everything around it as HTML (条文与相关内容), for its page and for the dialog."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.contract import ProvisionDetail, ProvisionLink
from assistant.encyclopedia.contract import ProvisionVersion, Reference, ReferringProvision, Surroundings
from corpus.vocabulary import KIND_ZH, NATION, DocumentKind, Shelf
from ui.about import asking_link
from ui.amounts import amount_marks
from ui.cards import cells_table, dates_html, dates_of
from ui.encyclopedia.address import Address
from ui.encyclopedia.parts import citing_row, document_address, item_row, record_row, row, rows, state_mark
from ui.encyclopedia.text import linked_text
from ui.links import anchor, link
from ui.markup import badge, block, element, occurrences, provision_text, tag, text
from ui.state import today
from ui.words import text_badge

_FEW = 5  # entries of a section before it folds
_FEW_WARNINGS = 2


def provision_html(found: Surroundings, address: Address) -> str:
    """Title, standing, dates, place in the document, and the words with their references as links."""
    detail = found.provision
    law = detail.shelf is Shelf.LAW
    kind = KIND_ZH[detail.kind] if detail.kind else ""
    tags = badge(text_badge(detail, day=found.as_of, today=today())) if law else tag(detail.weight or kind)
    tags += tag(detail.level if law else kind)
    tags += tag(detail.region) if detail.region != NATION else ""
    tags += tag(detail.place) if detail.place else ""
    home = document_address(address, detail.document_id, detail.kind or DocumentKind.STATUTE)
    title = anchor(text(f"《{detail.law}》"), home, "ea-link") + element("b", text(detail.article))
    return block(
        element("h2", title, "ea-provision-title"),
        element("div", tags, "ea-tags"),
        element("div", text(detail.heading), "ea-heading") if detail.heading else "",
        dates_html(dates_of(detail)) if law else "",
        element("div", text(detail.note), "ea-remark") if detail.note else "",
        warnings_html(detail.warnings),
        cells_table(detail.cells) or linked_text(detail.text, amount_marks(detail.text), found.references, address),
        css="ea-card",
    )


def warnings_html(warnings: list[str]) -> str:
    """What to know before citing; many fold away behind the first."""
    told = [element("div", text(warning), "ea-remark") for warning in warnings]
    if len(told) <= _FEW_WARNINGS:
        return "".join(told)
    rest = told[_FEW_WARNINGS:]
    summary = element("summary", text(f"引用前另须知 {len(rest)} 点"))
    return "".join(told[:_FEW_WARNINGS]) + element("details", summary + "".join(rest))


def neighbours_html(detail: ProvisionDetail, address: Address) -> str:
    """The articles before and after, as links, and the way to the chat between them."""

    def neighbour(way: str, linked: ProvisionLink | None) -> str:
        if linked is None:
            return element("span", "")
        return link(way.format(linked.article), address.to(provision=linked.provision_id), "ea-choice")

    ways = neighbour("‹ {}", detail.previous) + asking_link(detail) + neighbour("{} ›", detail.next)
    return block(element("nav", ways, "ea-neighbours", aria_label="前后条"))


def sections(found: Surroundings, address: Address) -> Iterator[str]:
    """Everything around a provision, each part with its number; nothing for what there is none of."""
    yield _folded("文中引用", _reference_rows(found.references, address))
    yield _folded("所属事项", [item_row(item, address) for item in found.items])
    yield _folded("裁量标准", [record_row(record, address) for record in found.standards])
    yield _folded("不予处罚、从轻减轻清单", [record_row(record, address) for record in found.entries])
    yield _folded("案例", [citing_row(citing, address) for citing in found.cases])
    yield _folded("其他实务材料", [citing_row(citing, address) for citing in found.practice])
    yield _folded("指引本条的条文", [_referring_row(referring, address) for referring in found.referenced_by])
    yield _folded("沿革", list(_history_rows(found, address)))
    if not _has_any(found):
        yield element("div", "没有收录引用本条的案例、裁量基准或其他条文。", "ea-notice")


def _has_any(found: Surroundings) -> bool:
    return any((found.references, found.items, found.standards, found.entries, found.cases, found.practice)) or bool(
        found.referenced_by or len(found.history) > 1 or found.amendments
    )


def _folded(title: str, items: list[str]) -> str:
    """A section whose first entries show; the others fold away."""
    if not items:
        return ""
    count = element("span", text(f"{len(items):,}"), "ea-count")
    rest = items[_FEW:]
    more = element("details", element("summary", text(f"其余 {len(rest)} 项")) + rows(rest)) if rest else ""
    return element("section", element("h3", text(title) + count) + rows(items[:_FEW]) + more, "ea-around")


def _reference_rows(references: list[Reference], address: Address) -> list[str]:
    """What the text refers to, each once, with how it stands."""
    listed: dict[str, str] = {}
    for reference in references:
        for target in reference.targets:
            if target.provision_id:
                words = link(target.citation, address.to(provision=target.provision_id))
            elif target.document_id:
                words = link(target.citation, address.to(law=target.document_id))
            else:
                words = element("span", text(target.citation))
            mark = element("span", state_mark(target.state), "ea-row-facts")
            listed.setdefault(target.citation, element("div", words + mark, "ea-row"))
    return list(listed.values())


def _referring_row(referring: ReferringProvision, address: Address) -> str:
    marks = {"ea-quoted": occurrences(referring.sentence, referring.written)[:1]}
    sentence = element("div", provision_text(referring.sentence, marks), "ea-excerpt")
    return row(referring.citation, address.to(provision=referring.provision_id)) + sentence


def _history_rows(found: Surroundings, address: Address) -> Iterator[str]:
    """The article in the other texts, newest first, and the decisions that changed it."""
    history = found.history
    for place, version in enumerate(history if len(history) > 1 else []):
        older = history[place + 1] if place + 1 < len(history) else None
        yield _version_row(version, older, found, address)
    for amendment in found.amendments:
        effective = f"{amendment.effective:%Y-%m-%d} 起施行" if amendment.effective else ""
        yield row(amendment.citation, address.to(provision=amendment.provision_id), tag("修改本条"), effective)


def _version_row(
    version: ProvisionVersion, older: ProvisionVersion | None, found: Surroundings, address: Address
) -> str:
    dated = " · ".join(
        filter(
            None,
            (
                f"{version.published:%Y-%m-%d} 公布" if version.published else "",
                f"{version.effective_from:%Y-%m-%d} 起施行" if version.effective_from else "",
                f"{version.effective_until:%Y-%m-%d} 起失效" if version.effective_until else "",
            ),
        )
    )
    name = version.article or "没有对应的条文"
    title = (
        link(name, address.to(provision=version.provision_id))
        if version.provision_id and not version.current
        else element("span", text(name), "ea-strong")
    )
    facts = badge(text_badge(version, day=found.as_of, today=today())) + (tag("所示") if version.current else "")
    facts += tag(version.change_name) if version.change_name else ""
    compare = ""
    if older is not None:
        pair = f"{older.version_id}..{version.version_id}"
        compare = link("与前一文本对照", address.to(compare=pair, of=found.provision.document_id), "ea-link ea-small")
    line = element("div", text(dated) + " " + compare, "ea-quiet")
    return element("div", title + element("span", facts, "ea-row-facts"), "ea-row") + line
