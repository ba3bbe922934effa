"""Which documents a person may read (阅读范围): decided here and nowhere else.

A document without readers is for everyone. One limited to departments is for people of these departments; one limited
to regions for people whose region is one of them or lies in one of them; limited to both, both must hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assistant.accounts.principal import Principal
from corpus.errors import InvalidInput
from corpus.readers import Readers as Readers
from corpus.regions import lineage
from corpus.vocabulary import NATION


def may_read(principal: Principal, readers: Readers) -> bool:
    """Whether a person may read a document limited to ``readers``."""
    if principal.reads_everything or readers.everyone:
        return True
    if readers.departments and principal.department not in readers.departments:
        return False
    if not readers.regions:
        return True
    return not readers.regions.isdisjoint(_places(principal.region))


def hidden_from(principal: Principal, limited: Mapping[str, Readers]) -> frozenset[str]:
    """Ids of the documents, of those with ``limited`` readers, that a person may not read."""
    return frozenset(document for document, readers in limited.items() if not may_read(principal, readers))


@lru_cache(maxsize=1024)
def _places(region: str | None) -> frozenset[str]:
    """A region with all that it lies in, the nation aside; one that no table knows stands for itself."""
    if region is None:
        return frozenset()
    try:
        return frozenset({region, *lineage(region)}) - {NATION}
    except InvalidInput:
        return frozenset({region})
