"""An answer cut to what somebody else may read (按阅读范围裁剪): a reviewer sees another person's answer so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from assistant.contract import AskResponse, Assistant, Sentence
from corpus.errors import NotFound

UNREADABLE = "（所引文件不在您的阅读范围内，或已不在语料中）"


def cut(response: AskResponse, assistant: Assistant) -> tuple[AskResponse, int]:
    """The answer without what this view cannot read, and how many citations and passages were left out."""
    may_read = readable(assistant)
    citations = [c for c in response.citations if may_read(c.provision_id)]
    nearest = [r for r in response.nearest if may_read(r.provision_id)]
    materials = [m for m in response.materials if may_read(m.provision_id)]
    held = {info.document_id for info in assistant.documents()} if response.standards else set()
    standards = [s for s in response.standards if s.document_id in held]
    hidden = sum(
        len(before) - len(after)
        for before, after in (
            (response.citations, citations),
            (response.nearest, nearest),
            (response.materials, materials),
            (response.standards, standards),
        )
    )
    if not hidden:
        return response, 0
    keys = {c.key for c in citations} | {m.key for m in materials}
    sentences = [s if set(s.citations) <= keys else Sentence(text=UNREADABLE) for s in response.sentences]
    # What names no key may still name a hidden document: in a refusal, in notes, in the plain text.
    if response.refused:
        sentences = [Sentence(text=UNREADABLE)]
    shown = {
        "citations": citations,
        "nearest": nearest,
        "materials": materials,
        "standards": standards,
        "sentences": sentences,
        "answer": "\n".join(s.text for s in sentences),
        "notes": [],
        "removed": [],
    }
    return response.model_copy(update=shown), hidden


def readable(assistant: Assistant) -> Callable[[str], bool]:
    """Whether a provision can be read through this view; each is looked up once."""

    @cache
    def may_read(provision_id: str) -> bool:
        try:
            assistant.provision(provision_id)
        except NotFound:
            return False
        return True

    return may_read
