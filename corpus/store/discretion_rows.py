"""Discretion records as rows of the store (裁量数据入库): one row for each standard, list entry and set of rules.

Pure; the JSON of a record is ``corpus.discretion.codec``'s.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from corpus.discretion.codec import to_json
from corpus.discretion.model import ApplicationRules, DiscretionRecords, DiscretionStandard, ExemptionItem

LONGEST_ID = 140  # characters of a record's own id that the store holds, before a double's number


class RecordKind(StrEnum):
    """What a row holds (记录种类); the value names it in ``corpus.discretion.codec`` too."""

    STANDARD = "standard"  # 裁量标准
    ITEM = "item"  # 清单条目
    RULES = "rules"  # 适用规则
    RECORDS = "records"  # what holds for the whole text: remarks of a list, bounds, doubts


Record = DiscretionStandard | ExemptionItem | ApplicationRules | DiscretionRecords


def record_values(version_id: str, records: DiscretionRecords) -> list[dict[str, object]]:
    """The rows of one text, in printed order; the second record of one id is told apart as ``id#2``."""
    if not records:
        return []
    seen: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    for ordinal, (kind, own_id, record) in enumerate(_records(records), start=1):
        name = own_id[:LONGEST_ID] or kind.value
        seen[name] += 1
        rows.append(
            {
                "version_id": version_id,
                "ordinal": ordinal,
                "record_id": name if seen[name] == 1 else f"{name}#{seen[name]}",
                "kind": kind.value,
                "payload": dump(to_json(record)),
                "needs_review": bool(record.doubts),
            }
        )
    return rows


def _records(records: DiscretionRecords) -> Iterator[tuple[RecordKind, str, Record]]:
    for standard in records.standards:
        yield RecordKind.STANDARD, standard.id, standard
    for item in records.items:
        yield RecordKind.ITEM, item.id, item
    if records.rules is not None:
        yield RecordKind.RULES, RecordKind.RULES.value, records.rules
    if records.remarks or records.bounds or records.doubts:
        whole = DiscretionRecords(remarks=records.remarks, bounds=records.bounds, doubts=records.doubts)
        yield RecordKind.RECORDS, RecordKind.RECORDS.value, whole


def dump(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def read_digest(payload: Mapping[str, Any]) -> str:
    """Digest of what was read, without the doubts. Empty fields do not count, so that a new one changes nothing."""
    substance = {name: value for name, value in payload.items() if name != "doubts"}
    return hashlib.sha256(json.dumps(_filled(substance), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: filled for name, inner in value.items() if not _is_empty(filled := _filled(inner))}
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})
