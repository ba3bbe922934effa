"""Fields and sources to choose from (领域与来源)."""

from __future__ import annotations

from assistant.contract import DocumentInfo
from corpus.vocabulary import NATION, DocumentKind
from ui.connection import service
from ui.held import documents

WHOLE_SHELVES = ("裁量基准", "免罚清单", "案例")
"""Words that the service takes for every document of a kind."""
_USED = frozenset(
    {
        DocumentKind.STATUTE,
        DocumentKind.INTERPRETATION,
        DocumentKind.DECISION,
        DocumentKind.BENCHMARK,
        DocumentKind.EXEMPTION_LIST,
        DocumentKind.CASE,
    }
)


def fields() -> list[str]:
    """The fields that documents are sorted into, the largest first."""
    found: dict[str, int] = {}
    for shelf in service().encyclopedia.overview().shelves:
        for value in shelf.fields:
            found[value.value] = found.get(value.value, 0) + value.count
    return sorted(found, key=lambda name: -found[name])


def sources() -> dict[str, str]:
    """What items can be made from: name for the service → words; whole kinds first, then documents by title."""
    held = [document for document in documents() if document.kind in _USED]
    return {**{name: f"全部{name}" for name in WHOLE_SHELVES}, **{d.document_id: source_words(d) for d in held}}


def source_words(document: DocumentInfo) -> str:
    """A document's title, with its place where it is not the nation's."""
    return document.law if document.region == NATION else f"{document.law}（{document.region}）"


def headings(document_id: str) -> list[str]:
    """The headings of a document, to choose a chapter from."""
    waiting = list(service().encyclopedia.document(document_id).contents)
    found: list[str] = []
    while waiting:
        node = waiting.pop(0)
        found.append(node.title)
        waiting = [*node.children, *waiting]
    return [title for title in dict.fromkeys(found) if title]
