"""What arrives is bounded, told apart by content, kept under a number, and refused file by file with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts.principal import LOCAL
from assistant.settings import LimitSettings
from assistant.uploads.contract import UploadOptions
from assistant.uploads.names import LONGEST_NAME, UNNAMED, display_name, unique_name
from corpus.errors import EAssistantError, InvalidInput
from tests.assistant.uploads.conftest import NEW, NOISE, Desk


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("办法.pdf", "办法.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\资料\办法.doc", "办法.doc"),
        ("/etc/shadow", "shadow"),
        ("..", UNNAMED),
        ("", UNNAMED),
        ("a\x00b\n.md", "ab.md"),
        ("\u202efdp.exe", "fdp.exe"),
        (".bashrc", "bashrc"),
        ("a<b>:c?.md", "a_b__c_.md"),
        ("长" * 400 + ".pdf", "长" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_a_path_or_a_screen_trips_over(given_name: str, shown: str) -> None:
    assert display_name(given_name) == shown


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name: str) -> None:
    shown = display_name(name)
    assert shown
    assert len(shown) <= LONGEST_NAME
    assert "/" not in shown
    assert "\\" not in shown
    assert not shown.startswith(".")
    assert display_name(shown) == shown


def test_the_same_name_twice_gets_a_number() -> None:
    assert unique_name("附件.pdf", {"附件.pdf", "附件（2）.pdf"}) == "附件（3）.pdf"


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("空__pdf", b"", 422, "空的"),
        ("程序__pdf", b"MZ" + b"\x90" * 3000, 415, "程序"),
        ("压缩__pdf", b"Rar!\x1a\x07\x00" + b"x" * 3000, 415, "RAR"),
        ("数据__bin", bytes(range(256)) * 20, 415, "二进制"),
        ("损坏__docx", bytes(range(256)) * 20, 422, "损坏"),
        ("太大__md", "字" * 2000, 413, "上限"),
        ("同样__md", NOISE, 422, "相同"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason_and_the_rest_is_taken(
    desk: Desk, name: str, content: bytes | str, status: int, words: str
) -> None:
    desk.limits = LimitSettings(upload_bytes=5200)
    desk.restarted()
    upload = desk.send(LOCAL, None, 好=NOISE, **{name: content})
    good, bad = upload.files
    assert good.refused is None
    assert bad.refused is not None
    assert bad.status == status
    assert words in bad.refused.message
    assert names(desk.home / "uploads" / upload.id) == ["0001"]


def test_where_no_file_can_be_taken_nothing_is_kept(desk: Desk) -> None:
    with pytest.raises(EAssistantError) as refused:
        desk.send(LOCAL, None, 压缩__rar=b"Rar!\x1a\x07\x00")
    assert refused.value.http_status == 415
    assert names(desk.home / "uploads") == []
    assert desk.care.uploads(LOCAL, 10, 0).total == 0


def test_more_files_than_allowed_are_refused(desk: Desk) -> None:
    desk.limits = LimitSettings(upload_files=1)
    desk.restarted()
    upload = desk.send(LOCAL, None, a=NOISE, b=NEW)
    assert [f.refused is None for f in upload.files] == [True, False]


def test_files_without_end_are_refused_as_a_whole(desk: Desk) -> None:
    desk.limits = LimitSettings(upload_files=1)
    desk.restarted()
    with pytest.raises(InvalidInput, match="一次最多上传"):
        desk.send(LOCAL, None, **{f"a{n}": f"{NOISE}{n}" for n in range(200)})


def test_an_upload_that_breaks_off_leaves_nothing(desk: Desk) -> None:
    receiver = desk.care.receive(LOCAL, UploadOptions())
    receiver.begin("a.md")
    receiver.write(b"half")
    with pytest.raises(InvalidInput):
        receiver.finish()
    assert names(desk.home / "uploads") == []


def test_what_a_killed_process_left_behind_is_removed(desk: Desk) -> None:
    desk.care.receive(LOCAL, UploadOptions()).begin("a.md")
    kept = desk.send(LOCAL, None, b=NOISE)
    desk.restarted().jobs.tidy()
    assert names(desk.home / "uploads") == [kept.id]
