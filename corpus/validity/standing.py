"""The standing of law on a day (当日效力), read from validities already derived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from corpus.validity.facts import AmendedArticle, Standing
from corpus.vocabulary import ArticleNumber, State, Validity, Version


def serving_span(validity: Validity) -> tuple[dt.date, dt.date | None] | None:
    """Days ``[from, until)`` on which the text may be served as the law in force; None: on no day, ``until`` None: open."""
    start = validity.commencement.day or validity.published
    if start is None:
        return None
    return start, validity.end.day


def state_of_document(versions: Sequence[Version], as_of: dt.date, today: dt.date) -> Standing:
    """Say how a document stands on ``as_of``, seen from ``today``; ``versions`` are all held texts of one document."""
    held = sorted(versions, key=lambda v: (v.validity.published or dt.date.min, v.id))
    for version in reversed(held):
        span = serving_span(version.validity)
        if span and span[0] <= as_of and (span[1] is None or as_of < span[1]):
            return Standing(State.IN_FORCE, version, "")
    return Standing(State.NOT_YET_IN_FORCE, held[-1] if held else None, "")


def state_of_article(
    versions: Sequence[Version],
    amended: Sequence[AmendedArticle],
    article: ArticleNumber,
    as_of: dt.date,
    today: dt.date,
) -> Standing:
    """Say how one article stands on ``as_of``: as its document does, unless an amendment held changed its text.

    ``amended`` are the amended articles of these versions (``CorpusStore.amended_articles``).
    """
    return state_of_document(versions, as_of, today)
