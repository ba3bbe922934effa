"""Does a curated answer hold against the corpus of a day (依据核验)? Asked when it is saved and whenever it is served.

Every quotation must stand verbatim in a provision in force on the day, and not be cut so that it says something else;
every figure, date and ordinal of a paragraph must stand in its quotations with the same bound, and every law and
article that it names must be one that it quotes, or be named in a quotation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from assistant.answer.compose import Evidence
from assistant.answer.draft import find_quotations, has_stray_mark
from assistant.answer.figures import find_dates, find_figures, ordinals, vague_amounts
from assistant.answer.source import Source
from assistant.contract import Assistant, CiteRequest, CiteResult, ProvisionDetail
from assistant.curated.contract import Paragraph, Quote
from corpus.errors import NotFound
from corpus.vocabulary import DatedFact, Document, DocumentKind, Provision, State, Validity, Version

_BLANK = "\u3000"


def faults_of(paragraphs: Sequence[Paragraph], assistant: Assistant, as_of: dt.date) -> list[str]:
    """What keeps the paragraphs from being served on a day, in words for the reviewer; empty when nothing does."""
    details = provisions_quoted(paragraphs, assistant, as_of)
    faults: list[str] = []
    for number, paragraph in enumerate(paragraphs, 1):
        found = [*quote_faults(paragraph.quotes, details)]
        if not found:
            named = assistant.cite(CiteRequest(text=paragraph.text, as_of=as_of)).results
            found = [*text_faults(paragraph, details, named)]
        faults += [f"第{number}段：{fault}" for fault in found]
    return faults


def provisions_quoted(
    paragraphs: Sequence[Paragraph], assistant: Assistant, as_of: dt.date
) -> dict[str, ProvisionDetail]:
    """The provisions quoted, as they stand on the day; those that this view cannot read are missing."""
    details: dict[str, ProvisionDetail] = {}
    for provision_id in dict.fromkeys(q.provision_id for p in paragraphs for q in p.quotes):
        try:
            details[provision_id] = assistant.provision(provision_id, as_of)
        except NotFound:
            continue
    return details


def quote_faults(quotes: Sequence[Quote], details: Mapping[str, ProvisionDetail]) -> Iterator[str]:
    """What is wrong with the quotations themselves."""
    for quote in quotes:
        detail = details.get(quote.provision_id)
        if detail is None:
            yield "所引条文读不到：已不在语料中，或不在阅读范围内。"
        elif detail.status is not State.IN_FORCE:
            yield f"{detail.citation}在适用日期不是现行有效的文本。{detail.note or ''}"
        elif quote.quote not in detail.text:
            yield f"引文“{_short(quote.quote)}”不是{detail.citation}的原文。"
        elif _source(detail).quoted(quote.quote) is None:
            yield f"引文“{_short(quote.quote)}”截断了数额、否定词或“可以”，与原意不符。"


def text_faults(
    paragraph: Paragraph, details: Mapping[str, ProvisionDetail], named: Sequence[CiteResult]
) -> Iterator[str]:
    """What a paragraph says that its quotations do not; ``named`` are the citations read from its text."""
    text = paragraph.text
    quoted = "\n".join(q.quote for q in paragraph.quotes)
    cited = [details[q.provision_id] for q in paragraph.quotes]
    yield from _unfounded_names(named, paragraph.quotes, cited)
    for result in named:
        text = f"{text[: result.start]}{_BLANK * (result.end - result.start)}{text[result.end :]}"
    yield from _unfounded_numbers(text, quoted)
    if has_stray_mark(paragraph.text):
        yield "引号不成对，无法核对引文。"
    else:
        bare = "".join(quoted.split())
        for quotation in find_quotations(paragraph.text):
            if "".join(quotation.words.split()) not in bare:
                yield f"引号中的“{_short(quotation.words)}”不见于所附引文。"


def _unfounded_names(
    named: Sequence[CiteResult], quotes: Sequence[Quote], cited: Sequence[ProvisionDetail]
) -> Iterator[str]:
    """Names of laws and articles that the quotations neither come from nor hold; a paragraph named must be quoted."""
    for result in named:
        if result.written and any(result.written in quote.quote for quote in quotes):
            continue
        of_law = [d for d in cited if result.law is None or d.law == result.law]
        if not of_law or (result.article is not None and all(d.article != result.article for d in of_law)):
            yield f"{result.written or result.citation}不在所附引文之内。"
        elif result.article is not None and (part := result.text):
            own = [q.quote for q in quotes if q.provision_id == result.provision_id]
            if own and not any(quote in part or part in quote for quote in own):
                yield f"{result.written or result.citation}不是所附引文所在的款、项。"


def _unfounded_numbers(text: str, quoted: str) -> Iterator[str]:
    stored = find_figures(quoted)
    for figure in find_figures(text):
        if not any(figure.agrees(other) for other in stored):
            yield f"“{text[figure.start : figure.end]}”不见于所附引文。"
    days = [day for _, day in find_dates(quoted)]
    for written, day in find_dates(text):
        if not any(all(a is None or a == b for a, b in zip(day, held, strict=True)) for held in days):
            yield f"日期“{written}”不见于所附引文。"
    held_ordinals = {ordinal for _, ordinal in ordinals(quoted)}
    for written, ordinal in ordinals(text):
        if ordinal[1] not in "，、点" and ordinal not in held_ordinals:
            yield f"“{written}”不见于所附引文。"
    for written in vague_amounts(text):
        if written.replace("天", "日") not in quoted.replace("天", "日"):
            yield f"“{written}”不见于所附引文。"


def _source(detail: ProvisionDetail) -> Source:
    """The provision as the grounding check sees it."""
    provision = Provision(detail.provision_id, detail.version_id, 1, detail.article, detail.text)
    version = Version(
        detail.version_id, detail.document_id, Validity(None, DatedFact.unknown(), DatedFact.unknown()), ""
    )
    document = Document(detail.document_id, detail.law, detail.kind or DocumentKind.STATUTE, detail.level)
    return Source(detail.provision_id, Evidence(provision, version, document, detail.status), (), (0, len(detail.text)))


def _short(words: str) -> str:
    return words if len(words) <= 30 else f"{words[:14]}……{words[-14:]}"
