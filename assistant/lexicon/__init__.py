"""Owns the spoken-word lexicon (口语词表): what people say, beside the words the statutes use for it.

The entries are TOML files in this folder, one per field of enforcement; ``README.md`` says how to write one. Nothing
here changes a question: an :class:`Expansion` only tells retrieval which statute words to look for as well.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from assistant.lexicon.entries import Entry, read_entries, read_groups
from assistant.lexicon.matching import Expansion, Lexicon

__all__ = ["Entry", "Expansion", "Lexicon", "load_lexicon", "read_entries", "read_groups"]

_GROUPS = "groups.toml"


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon that comes with the package; read once per process."""
    here = files(__name__)
    groups = read_groups(here / _GROUPS)
    sources = sorted(
        (item for item in here.iterdir() if item.name.endswith(".toml") and item.name != _GROUPS),
        key=lambda item: item.name,
    )
    return Lexicon(entry for source in sources for entry in read_entries(source, groups))
