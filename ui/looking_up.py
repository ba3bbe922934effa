"""Provisions chosen by their citation (按引用选条文): 《消防法》第六十条第二款 → the provision and its words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.contract import CiteRequest
from corpus.errors import InvalidInput
from corpus.vocabulary import State
from ui.connection import service


@dataclass(frozen=True, slots=True)
class Chosen:
    """A provision chosen by its citation; ``text`` is the part that the citation names."""

    provision_id: str
    citation: str
    text: str


def chosen_by(citation: str, as_of: dt.date | None = None) -> list[Chosen]:
    """The provisions that the words cite. Raises InvalidInput where none can be quoted, with the reason."""
    results = service().cite(CiteRequest(text=citation, as_of=as_of)).results
    found = [
        Chosen(r.provision_id, r.citation, r.text)
        for r in results
        if r.provision_id and r.text and r.state in (State.IN_FORCE, State.AMENDED)
    ]
    if not found:
        why = "；".join(dict.fromkeys(r.reason for r in results if r.reason)) or "没有读出法条引用。"
        raise InvalidInput(f"没有找到可用的条文：{why}", remedy="请写明法律名称与条号，如 消防法第六十条。")
    return found
