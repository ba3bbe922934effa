"""Validity in time (时间效力) for everything in the store: read the texts, derive across documents, write it back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict

from corpus.store import CorpusStore
from corpus.validity import Derivation, VersionFacts, derive_validities
from corpus.vocabulary import FindingKind, Provision

DERIVED_FROM = "validities_derived_from"
DERIVED_KINDS = (FindingKind.DATE_CONFLICT, FindingKind.STATUS_CONFLICT, FindingKind.TEXT_OUTDATED)


def mark_validities_stale(store: CorpusStore) -> None:
    """To be called before texts are stored or removed: a load cut off afterwards then derives again in any case."""
    store.set_meta(DERIVED_FROM, "")


def renew_validities(store: CorpusStore) -> bool:
    """Derive commencement, end, amended articles and their faults from all texts held, if these have changed.

    Each write replaces what an earlier run wrote and the mark of completion comes last, so a run that was cut off is
    made good by the next one. Returns whether anything had to be derived.
    """
    texts = json.dumps(sorted(store.version_digests().items()))
    fingerprint = hashlib.sha256(texts.encode()).hexdigest()
    if store.meta(DERIVED_FROM) == fingerprint:
        return False
    _store(store, _derive(store))
    store.set_meta(DERIVED_FROM, fingerprint)
    return True


def _derive(store: CorpusStore) -> Derivation:
    provisions: dict[str, list[Provision]] = defaultdict(list)
    for provision in store.all_provisions():
        provisions[provision.version_id].append(provision)
    documents = {d.id: d for d in store.documents()}
    return derive_validities(
        [
            VersionFacts(
                version_id=v.id,
                document=documents[v.document_id],
                published=v.validity.published,
                row_effective=v.source_effective,
                source_status=v.validity.source_status,
                provisions=provisions[v.id],
            )
            for v in store.versions()
        ]
    )


def _store(store: CorpusStore, derivation: Derivation) -> None:
    store.set_validities(derivation.validities)
    store.replace_amended_articles(derivation.amended_articles)
    store.replace_findings(DERIVED_KINDS, derivation.findings)
