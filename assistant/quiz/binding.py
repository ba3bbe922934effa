"""What ties an item to the words of the law (依据绑定): a citation with its quotation, and the provision's digest."""

from __future__ import annotations

import hashlib

from assistant.quiz.contract import ItemCitation
from corpus.citations import format_citation
from corpus.vocabulary import WHOLE_ARTICLE, Citation, Document, Provision, ProvisionPath


def digest(text: str) -> str:
    """Digest of a provision's text without white space, so that a new layout of the same words is no change."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:32]


def bound_citation(
    document: Document, provision: Provision, start: int, end: int, path: ProvisionPath | None = None
) -> ItemCitation:
    """The citation of ``provision.text[start:end]``; ``path`` names paragraph and item where they are known."""
    citation = Citation(
        document.title, provision.article, path or WHOLE_ARTICLE, None if provision.article else provision.label
    )
    return ItemCitation(
        provision_id=provision.id,
        version_id=provision.version_id,
        document_id=document.id,
        citation=format_citation(citation),
        title=document.title,
        article=provision.label,
        quotation=provision.text[start:end],
        span=(start, end),
        digest=digest(provision.text),
        page=provision.page,
    )
