"""The worker pool: results in order, and every way in which a file can ruin its worker told as that file's failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.loading.pool import FilePool, Limits
from ingest.loading.worker import Extent, FileTask
from ingest.readers.model import Reason
from tests.ingest.loading.stand_ins import BREAKS, CRASHES, EATS_MEMORY, FAILS, HANGS, STEPS

GOOD = "示例条例|2020-01-01|示范市\n第一条 甲。\n"


def tasks(folder: Path, *contents: str) -> list[FileTask]:
    made = []
    for number, words in enumerate(contents):
        path = folder / f"{number}.md"
        path.write_text(words)
        made.append(FileTask(str(path), path.name, path))
    return made


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        pytest.param(HANGS, Reason.TIMEOUT, "超过 1 秒", id="hangs"),
        pytest.param(CRASHES, Reason.DAMAGED, "进程意外中止", id="crashes"),
        pytest.param(EATS_MEMORY, Reason.OUT_OF_MEMORY, "内存", id="eats-memory"),
        pytest.param(FAILS, Reason.PASSWORD, "密码", id="fails"),
        pytest.param(BREAKS, Reason.DAMAGED, "KeyError", id="breaks"),
    ],
)
def test_a_bad_file_fails_with_a_reason_and_a_remedy_and_the_others_are_read(
    folder: Path, words: str, reason: Reason, told: str
) -> None:
    with FilePool(STEPS, 1, Limits(seconds=1, memory_bytes=None)) as pool:
        before, bad, after = (reading for _, reading in pool.read(tasks(folder, GOOD, words, GOOD)))
    assert bad.failure is not None
    assert bad.failure.reason is reason
    assert told in bad.failure.what
    assert bad.failure.remedy
    for good in (before, after):
        assert good.failure is None
        assert [len(t.text.provisions) for t in good.texts] == [1]


def test_the_address_space_of_a_worker_is_bounded(folder: Path) -> None:
    path = folder / "sparse.md"
    with path.open("wb") as stream:
        stream.truncate(6 * 1024**3)
    with FilePool(STEPS, 1, Limits(memory_bytes=3 * 1024**3)) as pool:
        ((_, reading),) = pool.read([FileTask(str(path), path.name, path)])
    assert reading.failure is not None
    assert reading.failure.reason is Reason.OUT_OF_MEMORY


def test_results_come_in_the_order_of_the_files(folder: Path) -> None:
    given = tasks(folder, *[GOOD.replace("甲", "甲" * n) for n in range(1, 40)])
    with FilePool(STEPS, 2, Limits(memory_bytes=None)) as pool:
        done = list(pool.read(given))
    assert [task.path for task, _ in done] == [task.path for task in given]
    assert [reading.texts[0].text.provisions[0].text.count("甲") for _, reading in done] == list(range(1, 40))


def test_a_file_that_is_gone_when_its_turn_comes_is_reported(folder: Path) -> None:
    (task,) = tasks(folder, GOOD)
    task.disk.unlink()
    with FilePool(STEPS, 1, Limits(memory_bytes=None)) as pool:
        ((_, reading),) = pool.read([task])
    assert reading.failure is not None
    assert reading.failure.reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("extent", "seconds"),
    [
        (Extent(0, False), 30),
        (Extent(234, False), 264),
        (Extent(12, True), 150),
        (Extent(10**9, True), 1800),
    ],
)
def test_the_time_of_a_pdf_grows_with_its_pages_up_to_a_bound(extent: Extent, seconds: float) -> None:
    assert Limits().for_pdf(extent) == seconds
