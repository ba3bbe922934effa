"""Lists of practice (清单) as data: what their columns mean, typed rows, differences between versions, overlaps."""

from corpus.lists.columns import Column, meaning_of

__all__ = ["Column", "meaning_of"]
