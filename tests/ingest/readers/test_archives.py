"""ZIP archives: members with their names as written, nothing outside, nothing over the limits, faults one by one."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from ingest.readers.archive import ArchiveLimits, expand, unsafe_name
from ingest.readers.model import FileUnreadable, Reason
from tests.ingest.readers.word_files import p, word_file


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def reasons(data: bytes, limits: ArchiveLimits | None = None) -> list[Reason]:
    return [f.reason for f in (expand(data, "示例.zip", limits) if limits else expand(data, "示例.zip")).failures]


def test_members_come_with_their_paths_and_bytes() -> None:
    expanded = expand(zipped({"条例/示例.txt": b"a", "b.md": b"b", "空/": b""}), "示例.zip")
    assert [(m.path, m.data) for m in expanded.members] == [("条例/示例.txt", b"a"), ("b.md", b"b")]
    assert expanded.failures == ()


def test_names_written_in_gbk_are_read() -> None:
    data = zipped({"AAAAAAAA.txt": b"a"}).replace(b"AAAAAAAA.txt", "示例条例".encode("gb18030") + b".txt")
    assert [m.path for m in expand(data, "示例.zip").members] == ["示例条例.txt"]


def test_names_in_utf8_without_the_flag_are_read() -> None:
    data = zipped({"AAAAAA.txt": b"a"}).replace(b"AAAAAA.txt", "示例".encode() + b".txt")
    assert [m.path for m in expand(data, "示例.zip").members] == ["示例.txt"]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b.txt", "/etc/a", "C:/a.txt", "C:a.txt", "..\\a.txt", "\\\\host\\a.txt", "a//b", "a\x01.txt"],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    expanded = expand(zipped({name: b"x", "b.txt": b"b"}), "示例.zip")
    assert [m.path for m in expanded.members] == ["b.txt"]
    (failure,) = expanded.failures
    assert failure.reason is Reason.UNSAFE_ARCHIVE
    assert (failure.where or "").startswith("示例.zip!")


def test_a_name_that_is_too_long_is_refused() -> None:
    assert unsafe_name("长" * 100 + ".txt") == "名称过长"
    assert unsafe_name("条例/示例.txt") == ""


def test_links_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    assert reasons(buffer.getvalue()) == [Reason.UNSAFE_ARCHIVE]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"bomb.txt": b"\x00" * (30 * 1024 * 1024), "a.txt": b"a"})
    expanded = expand(bomb, "示例.zip")
    assert [m.path for m in expanded.members] == ["a.txt"]
    assert [f.reason for f in expanded.failures] == [Reason.UNSAFE_ARCHIVE]


def test_a_small_text_that_packs_well_is_no_bomb() -> None:
    assert reasons(zipped({"a.txt": "第一条\n".encode() * 10_000})) == []


@pytest.mark.parametrize(
    ("limits", "members", "left"),
    [
        pytest.param(ArchiveLimits(members=2), {"a": b"1", "b": b"2", "c": b"3"}, 2, id="count"),
        pytest.param(ArchiveLimits(member_size=3), {"a": b"1234", "b": b"2"}, 1, id="one_member"),
        pytest.param(ArchiveLimits(total_size=5), {"a": b"1234", "b": b"12"}, 1, id="all_together"),
    ],
)
def test_limits_are_told(limits: ArchiveLimits, members: dict[str, bytes], left: int) -> None:
    expanded = expand(zipped(members), "示例.zip", limits)
    assert len(expanded.members) == left
    assert [f.reason for f in expanded.failures] == [Reason.TOO_LARGE]


def test_a_size_that_the_header_denies_is_still_bounded() -> None:
    data = bytearray(zipped({"a.txt": b"0123456789" * 10}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (5).to_bytes(4, "little")  # the directory claims five bytes
    expanded = expand(bytes(data), "示例.zip", ArchiveLimits(member_size=50))
    assert [len(m.data) for m in expanded.members] + [1 for _ in expanded.failures] == [1]


def test_archives_inside_archives_are_folders_down_to_a_depth() -> None:
    inner = zipped({"a.txt": b"a"})
    assert [m.path for m in expand(zipped({"x/inner.zip": inner}), "示例.zip").members] == ["x/inner.zip/a.txt"]
    deep = inner
    for _ in range(4):
        deep = zipped({"in.zip": deep})
    assert reasons(deep) == [Reason.UNSAFE_ARCHIVE]


def test_a_word_file_inside_is_a_file_and_no_archive() -> None:
    assert [m.path for m in expand(zipped({"a.docx": word_file(p("甲"))}), "示例.zip").members] == ["a.docx"]


def test_a_damaged_member_is_told_and_the_others_come() -> None:
    data = zipped({"a.txt": b"first member", "b.txt": b"second member"}, zipfile.ZIP_STORED)
    expanded = expand(data.replace(b"first member", b"firsT member", 1), "示例.zip")
    assert [m.path for m in expanded.members] == ["b.txt"]
    assert [(f.reason, f.where) for f in expanded.failures] == [(Reason.DAMAGED, "示例.zip!a.txt")]


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert reasons(bytes(data)) == [Reason.PASSWORD]


def test_two_members_of_one_name_are_both_kept() -> None:
    data = zipped({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    assert [(m.path, m.data) for m in expand(data, "示例.zip").members] == [
        ("a.txt", b"1"),
        ("a（2）.txt", b"2"),
    ]


def test_litter_of_operating_systems_is_skipped_by_name() -> None:
    expanded = expand(zipped({"__MACOSX/._a.txt": b"x", "d/.DS_Store": b"x", "a.txt": b"a"}), "示例.zip")
    assert [m.path for m in expanded.members] == ["a.txt"]
    assert expanded.skipped == ("__MACOSX/._a.txt", "d/.DS_Store")


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", zipped({"a.txt": b"a" * 500})[:60], b"no archive"], ids=["mark_alone", "cut", "other"]
)
def test_an_archive_that_does_not_open_says_so(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        expand(data, "示例.zip")
    assert caught.value.reason is Reason.DAMAGED
