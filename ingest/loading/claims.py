"""Texts of files that claim to be national law, or to end it (冒名与越权): told to a person, for a file proves nothing.

The text is kept as it is. It goes to review, with what the law package holds of the law that it touches.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from corpus.validity import read_repeals
from corpus.validity.wording import format_title
from corpus.vocabulary import EffectLevel, Finding, FindingKind, Severity
from ingest.loading.holdings import Holdings
from ingest.loading.identity import document_key
from ingest.loading.pipeline import ReadyText
from ingest.loading.worker import FileReading

_REMEDY = "请对照官方公布的文本核实；不实的，请在资料管理中停用（或用 eassistant corpus remove 移除）。"


def with_claims(reading: FileReading, held: Holdings) -> FileReading:
    """The reading, each text with a finding for every claim upon a law of the package."""
    texts = tuple(_flagged(text, held) for text in reading.texts)
    return reading if texts == reading.texts else dataclasses.replace(reading, texts=texts)


def _flagged(ready: ReadyText, held: Holdings) -> ReadyText:
    version_id, where = ready.text.version.id, format_title(ready.document.title)
    found = [
        Finding(FindingKind.NEEDS_REVIEW, Severity.WARNING, version_id, where, told, _REMEDY)
        for told in (*_names(ready, held), *_repeals(ready, held))
    ]
    if not found:
        return ready
    return dataclasses.replace(ready, text=dataclasses.replace(ready.text, findings=(*ready.text.findings, *found)))


def _names(ready: ReadyText, held: Holdings) -> Iterator[str]:
    """That the text bears the title of a law of the package, with a day of which the package has no text."""
    official = [t for t in held.of_key(ready.key) if t.official]
    day = ready.text.version.validity.published
    if official and day not in {t.published for t in official}:
        told = f"{day.isoformat()}公布的" if day else "未注明日期的"
        yield (
            f"与国家法律数据包中的{format_title(ready.document.title)}同名，将作为该法{told}另一文本"
            f"（本文件读出{len(ready.text.provisions)}条），而数据包没有这一文本。"
        )


def _repeals(ready: ReadyText, held: Holdings) -> Iterator[str]:
    if ready.document.level is EffectLevel.NONE:
        return
    for provision in ready.text.provisions:
        for clause in read_repeals(provision.text):
            key = document_key(clause.title, ready.document.region, ready.document.kind)
            if any(t.official for t in held.of_key(key)) and key != ready.key:
                yield f"{provision.label}载明废止国家法律数据包中的{format_title(clause.title)}。"
