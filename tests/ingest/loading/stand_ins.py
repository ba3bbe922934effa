"""Stand-ins for reader and parser: a tiny format of our own, and files that behave as badly as files can.

A file is lines; the first is ``title|day|region|kind`` (all but the title may be empty), ``===`` begins another text,
every other line is a label and a text with a blank between. Files that consist of one word misbehave.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import time

from corpus.vocabulary import NATION, DocumentKind, EffectLevel, FindingKind, Severity, Shelf, SourceStatus
from ingest.loading.pipeline import Steps
from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Paragraph, ReadDocument, Reason
from ingest.sources.text import SourceFault, SourceRow, SourceText

HANGS, CRASHES, EATS_MEMORY, FAILS, BREAKS, IS_EMPTY, IS_DOUBTFUL = [
    "hangs",
    "crashes",
    "eats-memory",
    "fails",
    "breaks",
    "is-empty",
    "is-doubtful",
]
NOTHING = "navigation"


def read(data: bytes, name: str) -> ReadDocument:
    words = data.decode()
    match words.strip():
        case "hangs":
            while True:
                time.sleep(0.05)
        case "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "eats-memory":
            raise MemoryError
        case "fails":
            raise FileUnreadable(Reason.PASSWORD, "文件有密码。", where=name, remedy="请去掉密码。")
        case "breaks":
            raise KeyError("no such thing")
        case "":
            raise FileUnreadable(Reason.EMPTY, "文件没有内容。", where=name)
    notes = (Note(NoteKind.DOUBTFUL, "表格可能有误"),) if IS_DOUBTFUL in words else ()
    notes += (Note(NoteKind.STRIPPED, "页码已去掉", text="— 1 —"),) if "stripped" in words else ()
    blocks = tuple(Paragraph(line) for line in words.replace(IS_DOUBTFUL, "").splitlines() if line.strip())
    return ReadDocument(name, Format.MARKDOWN, blocks, encoding="utf-8", notes=notes)


def parse(document: ReadDocument, path: str) -> list[SourceText]:
    lines = [p.text for p in document.paragraphs()]
    if lines[0] == NOTHING:
        raise FileUnreadable(Reason.NOTHING_RECOGNISED, "没有可以引用的内容。", where=path)
    texts: list[list[str]] = [[]]
    for line in lines:
        if line == "===":
            texts.append([])
        else:
            texts[-1].append(line)
    return [_text(of) for of in texts]


def _text(lines: list[str]) -> SourceText:
    title, day, region, kind = (lines[0] + "|||").split("|")[:4]
    rows = [line.partition(" ") for line in lines[1:] if line != "truncated"]
    of = DocumentKind(kind) if kind else DocumentKind.STATUTE
    truncated = SourceFault(FindingKind.TRUNCATED, Severity.ERROR, "", "文本在中间中断。")
    return SourceText(
        version_id="",
        title=title,
        kind=of,
        level=_level(of, region),
        issuer=None,
        field=None,
        published=dt.date.fromisoformat(day) if day else None,
        effective=None,
        status=SourceStatus.UNSTATED,
        source="",
        rows=tuple(SourceRow(label, text) for label, _, text in rows),
        region=region or NATION,
        faults=(truncated,) if "truncated" in lines else (),
    )


def _level(kind: DocumentKind, region: str) -> EffectLevel:
    if kind.shelf is not Shelf.LAW:
        return EffectLevel.NONE
    return EffectLevel.LOCAL_REGULATION if region else EffectLevel.LAW


STEPS = Steps(read, parse)
