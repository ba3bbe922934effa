"""Whatever a file holds, its reading ends in a document or in a refusal that says why and what to do."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from ingest.readers import read_document
from ingest.readers.archive import expand
from ingest.readers.detect import detect
from ingest.readers.doc import converter
from ingest.readers.model import FileUnreadable, Format, ReadDocument
from tests.ingest.readers.hostile_files import Hostile, hostile, sound_files, traps

LONGEST_SECONDS = 30  # the requirement: no reading hangs longer; of computing, for other work may share the machine

_TRAPS = list(traps())


@pytest.fixture(autouse=True)
def _no_conversion(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """LibreOffice takes seconds a file and is tried in a test of its own; the working folder is an empty one."""
    monkeypatch.chdir(tmp_path)
    if "conversion" not in request.node.name:
        monkeypatch.setattr("ingest.readers.doc.converter", lambda: None)


def outcomes(name: str, data: bytes) -> list[str]:
    """What became of a file and of every member of it; fails on anything but a document or a told refusal."""
    began = time.process_time()
    try:
        found = _outcomes(name, data)
    except FileUnreadable as refusal:
        found = [_told(refusal)]
    assert time.process_time() - began < LONGEST_SECONDS, name
    return found


def _outcomes(name: str, data: bytes) -> list[str]:
    if detect(data, name).format is not Format.ZIP:
        document = read_document(data, name)
        assert isinstance(document, ReadDocument)
        assert document.blocks
        return [f"read {document.format}"]
    expanded = expand(data, name)
    found = [_told(refusal) for refusal in expanded.failures]
    for member in expanded.members:
        path = PurePosixPath(member.path)
        assert not path.is_absolute()
        assert ".." not in path.parts
        found += outcomes(member.path, member.data) if len(expanded.members) < 100 else ["member"]
    return found


def _told(refusal: FileUnreadable) -> str:
    assert refusal.what
    assert refusal.where
    assert refusal.remedy
    return f"refused: {refusal.reason}"


@pytest.mark.parametrize(("name", "data"), _TRAPS, ids=[name for name, _ in _TRAPS])
def test_traps_are_read_or_refused(name: str, data: bytes, tmp_path: Path) -> None:
    assert outcomes(name, data)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", sorted(sound_files()))
def test_the_files_that_are_mutated_are_sound(name: str) -> None:
    if name.endswith(".rtf"):
        pytest.skip("needs LibreOffice, tried with the conversions")
    if name.endswith(".png"):
        pytest.skip("needs OCR, tried with the scanned pages")
    assert all(outcome.startswith("read") for outcome in outcomes(name, sound_files()[name]))


@pytest.mark.parametrize("seed", range(60))
def test_a_sample_of_mutated_files_is_read_or_refused(seed: int) -> None:
    ((name, data),) = hostile(seed, 1)
    assert outcomes(name, data)


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(hostile(7, 5)) == list(hostile(7, 5))


@pytest.mark.slow
def test_two_thousand_mutated_files_are_read_or_refused(tmp_path: Path) -> None:
    counted: Counter[str] = Counter()
    for name, data in hostile(20260101, 2000):
        counted.update(outcomes(name, data))
    assert list(tmp_path.iterdir()) == []
    assert len([outcome for outcome in counted if outcome.startswith("read")]) >= 6, counted
    assert len([outcome for outcome in counted if outcome.startswith("refused")]) >= 4, counted


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_conversion_of_damaged_files_ends() -> None:
    sound = sound_files()["示例.rtf"]
    damaged: list[Hostile] = [
        ("a.rtf", sound[:30]),
        ("b.doc", sound + b"\x00" * 500),
        ("c.rtf", sound[:20] + b"{" * 500),
    ]
    for name, data in damaged:
        assert outcomes(name, data)
