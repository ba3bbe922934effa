"""Validity in time (时间效力) for everything in the store: read the texts, derive across documents, write it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from corpus.store import CorpusStore
from corpus.store.streams import provisions_by_version
from corpus.validity import Derivation, VersionFacts, derive_validities
from corpus.vocabulary import DatedFact, Document, FindingKind, Provision, Validity, Version
from ingest.sources.national_laws import DISTRIBUTION

DERIVED_FROM = "validities_derived_from"
DERIVED_KINDS = (FindingKind.DATE_CONFLICT, FindingKind.STATUS_CONFLICT, FindingKind.TEXT_OUTDATED)
DERIVATION_REVISION = 3
"""Raise when the rules of ``corpus.validity`` change: dates are then derived again from the texts held."""

_PACKAGE_ROW, _HEAD = "来源数据行", "文件首部"


def mark_validities_stale(store: CorpusStore) -> None:
    """To be called before texts are stored or removed: a load cut off afterwards then derives again in any case."""
    store.set_meta(DERIVED_FROM, "")


def renew_validities(store: CorpusStore) -> bool:
    """Derive commencement, end, amended articles and their faults from all texts held, if these have changed.

    Withheld texts take no part and say of themselves why they are not served. Each write replaces what an earlier run
    wrote and the mark of completion comes last, so a run that was cut off is made good by the next one. Returns
    whether anything had to be derived.
    """
    versions = store.versions()
    fingerprint = _fingerprint(store, versions)
    if store.meta(DERIVED_FROM) == fingerprint:
        return False
    derivation = _derive(store, [v for v in versions if not v.withheld])
    validities = {**derivation.validities, **{v.id: _withheld(v) for v in versions if v.withheld}}
    _store(store, derivation, {v.id: validities[v.id] for v in versions if v.validity != validities[v.id]})
    store.set_meta(DERIVED_FROM, fingerprint)
    return True


def _fingerprint(store: CorpusStore, versions: Sequence[Version]) -> str:
    digests = store.version_digests()
    texts = sorted((v.id, digests.get(v.id, ""), v.withheld) for v in versions)
    return hashlib.sha256(json.dumps([DERIVATION_REVISION, texts]).encode()).hexdigest()


def _derive(store: CorpusStore, versions: Sequence[Version]) -> Derivation:
    documents = {d.id: d for d in store.documents()}
    titles = [documents[document_id].title for document_id in {v.document_id for v in versions}]
    return derive_validities(_facts(store, versions, documents), titles)


def _facts(
    store: CorpusStore, versions: Sequence[Version], documents: Mapping[str, Document]
) -> Iterator[VersionFacts]:
    """The facts of each version, its words read when it is asked for; a version without provisions has none."""
    waiting = {v.id: v for v in versions}
    for version_id, provisions in provisions_by_version(store):
        version = waiting.pop(version_id, None)
        if version is not None:
            yield _version_facts(version, documents[version.document_id], provisions)
    for version in waiting.values():
        yield _version_facts(version, documents[version.document_id], ())


def _version_facts(version: Version, document: Document, provisions: Sequence[Provision]) -> VersionFacts:
    return VersionFacts(
        version_id=version.id,
        document=document,
        published=version.validity.published,
        row_effective=version.source_effective,
        source_status=version.validity.source_status,
        provisions=provisions,
        annotation=version.annotation,
        row_evidence=_PACKAGE_ROW if version.source.startswith(DISTRIBUTION) else _HEAD,
    )


def _withheld(version: Version) -> Validity:
    """A text that is kept and never served: its end is unknown, with the reason."""
    told = "来源文件已移除，文本不再提供" if version.retired else "同日另有文本，本文本不再提供"
    return Validity(
        published=version.validity.published,
        commencement=DatedFact.unknown(told),
        end=DatedFact.unknown(told),
        source_status=version.validity.source_status,
    )


def _store(store: CorpusStore, derivation: Derivation, changed: Mapping[str, Validity]) -> None:
    store.set_validities(changed)
    store.replace_amended_articles(derivation.amended_articles)
    store.replace_findings(DERIVED_KINDS, derivation.findings)
