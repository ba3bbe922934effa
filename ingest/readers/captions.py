"""Captions of tables (表题): the short line above a table, which is no sentence."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.model import Block, Paragraph

_LONGEST = 60
_SENTENCE_ENDS = ("。", "；", "，", "：")


def caption_below(blocks: Sequence[Block]) -> str:
    """The caption that the last of ``blocks`` is for a table that follows it (附表一 罚款幅度), empty if it is none."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and len(last.text) <= _LONGEST and not last.text.endswith(_SENTENCE_ENDS):
        return last.text
    return ""
