"""A provision as a card (条文卡片): title, article, rank, dates with basis, state, and the whole text verbatim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.contract import AnswerCitation, ProvisionDetail, SearchResult
from corpus.vocabulary import NATION, DateBasis, State
from ui.markup import Span, badge, block, element, provision_text, tag, text
from ui.words import basis_words, day_words


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a text in words, and where it comes from."""

    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, whatever response it came from."""

    provision_id: str
    citation: str
    law: str
    article: str
    text: str
    status: State
    level: str
    region: str = NATION
    heading: str = ""
    dates: tuple[Dated, ...] = ()
    note: str | None = None
    today: bool = True  # the day asked about is today

    @classmethod
    def of_detail(cls, detail: ProvisionDetail, *, today: bool) -> Card:
        return cls(
            detail.provision_id,
            detail.citation,
            detail.law,
            detail.article,
            detail.text,
            detail.status,
            detail.level,
            detail.region,
            detail.heading,
            _dates(detail),
            None if _is_plain(detail) else detail.note,
            today,
        )

    @classmethod
    def of_citation(cls, cited: AnswerCitation, detail: ProvisionDetail | None, *, today: bool) -> Card:
        """A citation of an answer; the dates' basis comes from ``detail``, without it only the commencement shows."""
        dates = _dates(detail) if detail else _commencement(cited.effective_from)
        region = detail.region if detail else NATION
        return cls(
            cited.provision_id,
            cited.citation,
            cited.law,
            cited.article,
            cited.text,
            cited.status,
            cited.level,
            region,
            cited.heading,
            dates,
            cited.note,
            today,
        )

    @classmethod
    def of_result(cls, result: SearchResult, *, today: bool) -> Card:
        dates = [Dated(f"{result.published:%Y-%m-%d} 公布", "")] if result.published else []
        start = day_words(result.effective_from, result.effective_from_basis, "起施行")
        dates.append(Dated(start or "施行日期", basis_words(result.effective_from_basis)))
        return cls(
            result.provision_id,
            result.citation,
            result.law,
            result.article,
            result.text,
            result.status,
            result.level,
            result.region,
            result.heading,
            tuple(dates),
            result.note,
            today,
        )


def _is_plain(detail: ProvisionDetail) -> bool:
    """In force since a day that is known: the dates say it all."""
    certain = detail.effective_from_basis not in (DateBasis.UNKNOWN, DateBasis.NOT_BEFORE, DateBasis.NOT_AFTER)
    return detail.status is State.IN_FORCE and certain


def _commencement(day: object) -> tuple[Dated, ...]:
    return (Dated(f"{day} 起施行", ""),) if day else ()


def _dates(detail: ProvisionDetail) -> tuple[Dated, ...]:
    dates = [Dated(f"{detail.published:%Y-%m-%d} 公布", "")] if detail.published else []
    start = day_words(detail.effective_from, detail.effective_from_basis, "起施行")
    dates.append(Dated(start or "施行日期", basis_words(detail.effective_from_basis, detail.effective_from_evidence)))
    end = day_words(detail.effective_until, detail.effective_until_basis, "起失效")
    if end or detail.effective_until_basis is not DateBasis.UNKNOWN:
        dates.append(
            Dated(end or "失效日期", basis_words(detail.effective_until_basis, detail.effective_until_evidence))
        )
    return tuple(dates)


def head_html(card: Card, number: int | None = None) -> str:
    """Title, article, badges, headings and dates of a card."""
    mark = element("span", str(number), "ea-number") if number else ""
    region = tag(card.region) if card.region != NATION else ""
    dates = "".join(
        element("li", element("span", text(d.words), "ea-day") + (element("span", text(d.basis)) if d.basis else ""))
        for d in card.dates
    )
    return "".join(
        (
            element("div", f"{mark}《{text(card.law)}》{element('b', text(card.article))}", "ea-title"),
            element("div", badge(card.status, today=card.today) + tag(card.level) + region, "ea-tags"),
            element("div", text(card.heading), "ea-heading") if card.heading else "",
            element("ul", dates, "ea-dates") if dates else "",
            element("div", text(card.note), "ea-remark") if card.note else "",
        )
    )


def card_html(card: Card, marks: Mapping[str, Sequence[Span]], number: int | None = None) -> str:
    """A whole card: its head and the text of the provision, with spans marked."""
    return block(head_html(card, number), provision_text(card.text, marks), css="ea-card")
