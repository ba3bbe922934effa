"""What a text says of itself (文本自述), for the report: from when it applies, and which records it holds."""

from __future__ import annotations

from corpus.validity import VersionFacts, derive_validities
from corpus.vocabulary import DatedFact
from ingest.loading.pipeline import ReadyText


def commencement_by_itself(ready: ReadyText) -> DatedFact:
    """The commencement that the text alone gives; once it is stored, other texts are taken into account as well."""
    version = ready.text.version
    facts = VersionFacts(
        version_id=version.id,
        document=ready.document,
        published=version.validity.published,
        row_effective=version.source_effective,
        source_status=version.validity.source_status,
        provisions=ready.text.provisions,
        annotation=version.annotation,
        row_evidence="文件首部",
    )
    return derive_validities([facts], [ready.document.title]).validities[version.id].commencement


def records_of(ready: ReadyText) -> dict[str, int]:
    """How many discretion records of each kind the text gave; kinds of which there are none are left out."""
    records = ready.text.records
    counts = {
        "standards": len(records.standards),
        "items": len(records.items),
        "rules": int(records.rules is not None),
    }
    return {kind: count for kind, count in counts.items() if count}
