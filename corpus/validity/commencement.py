"""Commencement (施行日期) as a text states it."""

from __future__ import annotations

import datetime as dt
import re

from corpus.vocabulary import DateBasis, DatedFact

_CLAUSE = re.compile(
    r"本(?:法|条例|办法|规则|规定|决定|决议|修正案|解释)自(?:(\d{4})年(\d{1,2})月(\d{1,2})日|(?:公布|发布|通过)之日)起(?:施行|生效|实施)"
)


def read_commencement(text: str, published: dt.date | None, evidence: str = "") -> DatedFact | None:
    """Read the day from which the text says it applies (本法自2026年8月15日起施行); None where it says nothing."""
    found = _CLAUSE.search(re.sub(r"\s+", "", text))
    if found is None:
        return None
    if found.group(1) is None:
        return DatedFact(published, DateBasis.OWN_TEXT, evidence) if published else None
    day = dt.date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    return DatedFact(day, DateBasis.OWN_TEXT, evidence)
