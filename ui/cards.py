"""A provision as a card (条文卡片): title, article, rank, dates with basis, state, and the whole text verbatim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.contract import AnswerCitation, Cell, ProvisionDetail, SearchResult
from corpus.vocabulary import NATION, DateBasis, Shelf, State
from ui.markup import Span, badge, block, element, provision_text, tag, text
from ui.words import Badge, DatedText, basis_words, day_words, state_badge, text_badge


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a text in words, and where it comes from."""

    words: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, whatever response it came from."""

    law: str
    article: str
    text: str
    badge: Badge
    level: str
    heading: str
    dates: tuple[Dated, ...]
    note: str | None
    region: str = NATION
    place: str = ""
    weight: str = ""
    warnings: tuple[str, ...] = ()

    @classmethod
    def of_detail(cls, detail: ProvisionDetail, *, day: dt.date, today: dt.date) -> Card:
        return cls(
            detail.law,
            detail.article,
            detail.text,
            text_badge(detail, day=day, today=today),
            detail.level,
            detail.heading,
            dates_of(detail),
            None if _is_plain(detail) else detail.note,
            detail.region,
            detail.place,
            detail.weight if detail.shelf is not Shelf.LAW else "",
            tuple(detail.warnings),
        )

    @classmethod
    def of_citation(
        cls, cited: AnswerCitation, detail: ProvisionDetail | None, *, day: dt.date, today: dt.date
    ) -> Card:
        """A citation of an answer; without ``detail`` only the commencement shows, and not its basis."""
        dates = (Dated(f"{cited.effective_from:%Y-%m-%d} 起施行"),) if cited.effective_from else ()
        return cls(
            cited.law,
            cited.article,
            cited.text,
            state_badge(cited.status, day=day, today=today),
            cited.level,
            cited.heading,
            dates_of(detail) if detail else dates,
            cited.note,
            cited.region,
            cited.place,
        )

    @classmethod
    def of_result(cls, result: SearchResult, *, day: dt.date, today: dt.date) -> Card:
        published = (Dated(f"{result.published:%Y-%m-%d} 公布"),) if result.published else ()
        start = day_words(result.effective_from, result.effective_from_basis, "起施行")
        return cls(
            result.law,
            result.article,
            result.text,
            state_badge(result.status, day=day, today=today),
            result.level,
            result.heading,
            (*published, Dated(start or "施行日期", basis_words(result.effective_from_basis))),
            result.note,
            result.region,
            result.place,
            result.weight if result.shelf is not Shelf.LAW else "",
            tuple(result.warnings),
        )


def dates_of(dated: DatedText) -> tuple[Dated, ...]:
    """Publication, commencement and end of a text; an end that nobody knows of is left out."""
    start = day_words(dated.effective_from, dated.effective_from_basis, "起施行")
    dates = [Dated(start or "施行日期", basis_words(dated.effective_from_basis, dated.effective_from_evidence))]
    if dated.published:
        dates.insert(0, Dated(f"{dated.published:%Y-%m-%d} 公布"))
    end = day_words(dated.effective_until, dated.effective_until_basis, "起失效")
    if end or dated.effective_until_basis is not DateBasis.UNKNOWN:
        dates.append(Dated(end or "失效日期", basis_words(dated.effective_until_basis, dated.effective_until_evidence)))
    return tuple(dates)


def dates_html(dates: Sequence[Dated]) -> str:
    """Dates one below the other, each with its basis."""
    rows = (
        element("li", element("span", text(d.words), "ea-day") + (element("span", text(d.basis)) if d.basis else ""))
        for d in dates
    )
    return element("ul", "".join(rows), "ea-dates") if dates else ""


def card_html(card: Card, marks: Mapping[str, Sequence[Span]], number: int | None = None) -> str:
    """A whole card; ``marks`` as in ``markup.marked``, ``number`` as the answer refers to it."""
    mark = element("span", str(number), "ea-number") if number else ""
    region = card.region if card.region != NATION else ""
    facts = "".join(tag(fact) for fact in (card.weight or card.level, region, card.place) if fact)
    return block(
        element("div", f"{mark}《{text(card.law)}》{element('b', text(card.article))}", "ea-title"),
        element("div", badge(card.badge) + facts, "ea-tags"),
        element("div", text(card.heading), "ea-heading") if card.heading else "",
        dates_html(card.dates),
        element("div", text(card.note), "ea-remark") if card.note else "",
        *(element("div", text(warning), "ea-remark") for warning in card.warnings),
        provision_text(card.text, marks),
        css="ea-card",
    )


def cells_table(cells: Sequence[Cell]) -> str:
    """A table's row as its columns, one below the other; empty where it is no row."""
    rows = (
        element("tr", element("th", text(cell.column), scope="row") + element("td", text(cell.text)))
        for cell in cells
        if cell.text.strip()
    )
    body = "".join(rows)
    return element("table", element("tbody", body), "ea-cells") if body else ""


def _is_plain(detail: ProvisionDetail) -> bool:
    """In force since a day that is known: the dates say it all."""
    certain = detail.effective_from_basis not in (DateBasis.UNKNOWN, DateBasis.NOT_BEFORE, DateBasis.NOT_AFTER)
    return detail.status is State.IN_FORCE and certain
