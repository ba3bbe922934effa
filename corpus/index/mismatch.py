"""Whether an index fits the encoders in use (索引与编码器是否相符)."""

from __future__ import annotations

from corpus.errors import IndexMismatch
from corpus.index.base import REBUILD_COMMAND, Fingerprint


def require_match(found: tuple[Fingerprint, int], wanted: tuple[Fingerprint, int], where: str) -> None:
    """Refuse an index made by other encoders, passages or vector sizes than those in use. Raises IndexMismatch."""
    if found == wanted:
        return
    raise IndexMismatch(
        f"The vector index was made with {found[0]} ({found[1]} dimensions), but {wanted[0]} ({wanted[1]} dimensions) "
        "is in use now.",
        where=where,
        remedy=f"Run `{REBUILD_COMMAND}` to make it anew from the store, or go back to the earlier settings.",
    )
