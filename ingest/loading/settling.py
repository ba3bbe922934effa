"""Settling (定夺): write into the store what ``ingest.loading.standing`` decides over everything that is held."""

from __future__ import annotations

import datetime as dt

from corpus.store import CorpusStore
from corpus.store.sources import SourceFiles
from corpus.vocabulary import FindingKind
from ingest.loading.holdings import Holdings
from ingest.loading.standing import Standing, decide
from ingest.validity import mark_validities_stale


def settle(store: CorpusStore, today: dt.date) -> Standing:
    """Retire, shadow and merge as the files and the law package now held require; what was decided.

    Writes nothing where nothing changes. To be followed by ``ingest.validity.renew_validities``.
    """
    standing = decide(Holdings.read(store), store.provisions, today)
    if standing.changes:
        mark_validities_stale(store)
        SourceFiles(store).settle(
            retired=standing.retired,
            shadowed=standing.shadowed,
            moved=standing.moved,
            merged=standing.merged,
        )
    held = [f for f in store.findings() if f.kind is FindingKind.TEXT_DIFFERS]
    if held != standing.findings:
        store.replace_findings([FindingKind.TEXT_DIFFERS], standing.findings)
    return standing
