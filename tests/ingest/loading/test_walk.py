"""Walking: every file once, in order; what is not read is named with the reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from ingest.loading.walk import MEMBER, walk
from ingest.readers.model import Reason


def made(path: Path, words: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return path


def test_finds_each_file_once_in_order_under_the_name_of_the_folder(folder: Path) -> None:
    made(folder / "b" / "2.md")
    first = made(folder / "a.md")
    found = walk([folder, first, folder / "b"])
    assert [f.name for f in found.files] == ["规章/a.md", "规章/b/2.md"]
    assert [f.disk for f in found.files] == [folder / "a.md", folder / "b" / "2.md"]


@pytest.mark.parametrize(
    "name", [".hidden.md", ".git", "~$清单.xlsx", "x.tmp", "a.md~", "Thumbs.db", "desktop.ini", "x.crdownload"]
)
def test_names_what_systems_and_editors_leave_behind(folder: Path, name: str) -> None:
    made(folder / name)
    found = walk([folder])
    assert found.files == []
    assert [(p.path, p.reason) for p in found.passed_over] == [(str(folder / name), "隐藏文件或临时文件")]


def test_follows_no_links(folder: Path, tmp_path: Path) -> None:
    outside = made(tmp_path / "别处" / "secret.md")
    made(folder / "a.md")
    (folder / "inside.md").symlink_to(folder / "a.md")
    (folder / "outside.md").symlink_to(outside)
    (folder / "outside").symlink_to(outside.parent)
    (folder / "round").symlink_to(folder)
    (folder / "broken").symlink_to(folder / "nothing")
    found = walk([folder])
    assert [f.path for f in found.files] == [str(folder / "a.md")]
    assert {Path(p.path).name: p.reason for p in found.passed_over} == {
        "broken": "链接指向的文件不存在",
        "inside.md": "链接，原文件另行读取",
        "outside": "链接指向文件夹之外，未跟随",
        "outside.md": "链接指向文件夹之外，未跟随",
        "round": "链接，原文件另行读取",
    }


def test_does_not_read_its_own_data(folder: Path) -> None:
    made(folder / "home" / "originals" / "ab" / "abc")
    found = walk([folder], folder / "home")
    assert found.files == []
    assert [p.reason for p in found.passed_over] == ["本系统自己的数据文件夹"]


def test_does_not_open_what_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    found = walk([folder])
    assert found.files == []
    assert [p.reason for p in found.passed_over] == ["不是普通文件"]


def test_refuses_a_path_that_is_not_there(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="没有这个文件"):
        walk([folder / "nothing"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_reports_a_folder_that_may_not_be_listed(folder: Path) -> None:
    made(folder / "closed" / "a.md")
    (folder / "closed").chmod(0)
    try:
        found = walk([folder])
    finally:
        (folder / "closed").chmod(0o700)
    assert [f.reason for f in found.unreadable] == [Reason.UNREADABLE]
    assert not found.seen_in_full(str(folder / "closed" / "a.md"))
    assert found.seen_in_full(str(folder / "b.md"))


def test_knows_what_it_would_have_seen(folder: Path, tmp_path: Path) -> None:
    archive = made(tmp_path / "a.zip")
    found = walk([folder, archive])
    assert found.seen_in_full(str(folder / "gone.md"))
    assert found.seen_in_full(f"{folder}/gone.zip{MEMBER}a.md")
    assert not found.seen_in_full(f"{folder}2/gone.md")
    assert not found.seen_in_full(str(tmp_path / "other.md"))


def test_a_name_that_is_not_utf8_is_shown_as_chinese_systems_wrote_it(folder: Path) -> None:
    path = os.fsencode(folder) + b"/" + "办法.md".encode("gb18030")
    Path(os.fsdecode(path)).write_text("x")
    (found,) = walk([folder]).files
    assert found.name == "规章/办法.md"
    assert found.disk.read_text() == "x"
