"""Items as the contract gives them (事项的呈现): every part an excerpt of the penalty article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.figures import find_figures
from assistant.encyclopedia.clauses import Span, Stretch, imposes, kinds_of
from assistant.encyclopedia.contract import Excerpt, Item, ItemEntry, ListCell, Penalty, Reference
from assistant.encyclopedia.items import ReadItem
from corpus.citations import format_citation
from corpus.vocabulary import Citation, Document, Provision, ProvisionPath

_GRAVER = re.compile(r"严重|恶劣|拒不|逾期|仍|再次|多次|次以上|巨大|造成|致使|较重")


def item_entry(item: ReadItem) -> ItemEntry:
    """An item in a list."""
    return ItemEntry(
        id=item.id,
        title=item.title,
        source=item.source,
        law=item.document.title,
        document_id=item.document.id,
        penalty=item.penalty,
        provision_id=item.provision.id if item.provision else None,
        field=item.field,
        region=item.region,
        level=item.document.level,
        sanctions=list(item.sanctions),
    )


def whole_item(item: ReadItem, references: Sequence[Reference]) -> Item:
    """An item with its parts; ``references`` are all references of its penalty article."""
    whole = Item(
        **item_entry(item).model_dump(),
        cells=[ListCell(column=column, text=text) for column, text in item.row.fields] if item.row else [],
        list_document_id=item.list_document.id if item.list_document else None,
        list_provision_id=item.row.id if item.row else None,
    )
    if item.act is None or item.provision is None:
        return whole
    act, article = item.act, item.provision
    own = item.path
    above = ProvisionPath(own.paragraph)

    def words(span: Span, path: ProvisionPath) -> Excerpt:
        return excerpt_at(item.document, article, span, path)

    read = {
        "act": words(act.act, own),
        "lead": words(act.lead, above) if act.lead else None,
        "violated": [r for r in references if _within(r, act.condition) or (act.lead and _within(r, act.lead))],
        "authority": next((words(s.authority, above) for s in act.stretches if s.authority), None),
        "penalties": [_penalty(item.document, article, s, above) for s in act.stretches],
    }
    return whole.model_copy(update=read)


def _penalty(document: Document, article: Provision, stretch: Stretch, path: ProvisionPath) -> Penalty:
    measure = article.text[slice(*stretch.measure)]
    start = stretch.measure[0]
    condition = article.text[slice(*stretch.condition)] if stretch.condition else ""
    return Penalty(
        kinds=list(kinds_of(measure)),
        words=excerpt_at(document, article, stretch.measure, path),
        condition=excerpt_at(document, article, stretch.condition, path) if stretch.condition else None,
        authority=excerpt_at(document, article, stretch.authority, path) if stretch.authority else None,
        amounts=[
            excerpt_at(document, article, (start + f.start, start + f.end), path)
            for f in find_figures(measure)
            if f.is_counted
        ],
        severe=bool(_GRAVER.search(condition)) and imposes(measure),
    )


def excerpt_at(document: Document, article: Provision, span: Span, path: ProvisionPath) -> Excerpt:
    """Words of an article, cited down to 款 and 项."""
    return Excerpt(
        provision_id=article.id,
        citation=format_citation(Citation(document.title, article.article, path)),
        text=article.text[slice(*span)],
        span=span,
    )


def _within(reference: Reference, span: Span) -> bool:
    return span[0] <= reference.start and reference.end <= span[1]
