"""What an amendment (修正案) or an amending decision (修改决定) changes."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.validity.facts import AmendmentTarget
from corpus.vocabulary import Provision


def read_amendment_targets(title: str, provisions: Sequence[Provision]) -> list[AmendmentTarget]:
    """Read which articles of which law an amending text changes."""
    return []
