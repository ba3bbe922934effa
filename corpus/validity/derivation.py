"""Derivation of validity in time (时间效力) for a set of texts that may amend, replace and repeal one another."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.validity.commencement import read_commencement
from corpus.validity.facts import Derivation, VersionFacts
from corpus.vocabulary import DateBasis, DatedFact, Validity


def derive_validities(inputs: Sequence[VersionFacts]) -> Derivation:
    """Derive validity, amended articles and faults for all texts held; order of ``inputs`` does not matter."""
    validities: dict[str, Validity] = {}
    for facts in inputs:
        own = read_commencement(facts.provisions[-1].text, facts.published) if facts.provisions else None
        row = DatedFact(facts.row_effective, DateBasis.SOURCE_ROW, "来源数据行")
        validities[facts.version_id] = Validity(
            published=facts.published,
            commencement=own or (row if facts.row_effective else DatedFact.unknown()),
            end=DatedFact.unknown(),
            source_status=facts.source_status,
        )
    return Derivation(validities, (), ())
