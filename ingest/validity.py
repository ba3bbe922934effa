"""Validity in time (时间效力) for everything in the store: read the texts, derive across documents, write it back."""

from __future__ import annotations

from collections import defaultdict

from corpus.store import CorpusStore
from corpus.validity import Derivation, VersionFacts, derive_validities
from corpus.vocabulary import FindingKind, Provision

DERIVED_KINDS = (FindingKind.DATE_CONFLICT, FindingKind.STATUS_CONFLICT, FindingKind.TEXT_OUTDATED)


def renew_validities(store: CorpusStore) -> Derivation:
    """Derive commencement, end, amended articles and their faults anew from all texts held, and store them.

    Each write replaces what an earlier run wrote, so a run that was cut off is made good by the next one.
    """
    provisions: dict[str, list[Provision]] = defaultdict(list)
    for provision in store.all_provisions():
        provisions[provision.version_id].append(provision)
    documents = {d.id: d for d in store.documents()}
    versions = store.versions()
    derivation = derive_validities(
        [
            VersionFacts(
                version_id=v.id,
                document=documents[v.document_id],
                published=v.validity.published,
                row_effective=v.source_effective,
                source_status=v.validity.source_status,
                provisions=provisions[v.id],
            )
            for v in versions
        ]
    )
    for version in versions:
        validity = derivation.validities[version.id]
        if validity != version.validity:
            store.set_validity(version.id, validity)
    if store.amended_articles() != list(derivation.amended_articles):
        store.replace_amended_articles(derivation.amended_articles)
    store.replace_findings(DERIVED_KINDS, derivation.findings)
    return derivation
