"""ZIP archives (压缩包): their members as files of their own, in memory, with limits; nothing is written anywhere.

Names are those of the archive made safe: GBK names are decoded, absolute names, drive letters, ``..`` and links are
refused. What cannot be read is reported member by member, the rest goes on.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass

from ingest.readers.detect import detect
from ingest.readers.encoding import guess
from ingest.readers.model import FileUnreadable, Format, Reason

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bounds against archive bombs (压缩炸弹); sizes in bytes, ``ratio`` is unpacked to packed."""

    members: int = 5_000
    member_size: int = 200 * 1024 * 1024
    total_size: int = 512 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 10 * 1024 * 1024  # below this size the ratio is not looked at: small texts pack well
    depth: int = 3


LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive (压缩包成员); ``path`` is relative, with ``/``, nested archives as a folder."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Expanded:
    """What an archive held (展开结果): the files, the refusals, and the names of operating-system litter left out."""

    members: tuple[Member, ...]
    failures: tuple[FileUnreadable, ...]
    skipped: tuple[str, ...] = ()


def expand(data: bytes, name: str, limits: ArchiveLimits = LIMITS) -> Expanded:
    """The members of the archive ``data`` and, as folders, of archives inside it.

    ``where`` of a failure is ``archive!member``. Raises FileUnreadable when the archive itself cannot be opened.
    """
    expansion = _Expansion(limits)
    expansion.open(data, name, prefix="", depth=1)
    return Expanded(tuple(expansion.members), tuple(expansion.failures), tuple(expansion.skipped))


class _Expansion:
    """The state of one expansion: bounds hold over nested archives together."""

    def __init__(self, limits: ArchiveLimits) -> None:
        self.limits = limits
        self.members: list[Member] = []
        self.failures: list[FileUnreadable] = []
        self.skipped: list[str] = []
        self._count = 0
        self._total = 0
        self._paths: set[str] = set()

    def open(self, data: bytes, where: str, prefix: str, depth: int) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for info in archive.infolist():
                    if info.is_dir():
                        continue
                    if self._count >= self.limits.members:
                        self._fail(Reason.TOO_LARGE, f"成员超过{self.limits.members}个，其余未展开。", where)
                        return
                    self._count += 1
                    self._member(archive, info, where, prefix, depth)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise FileUnreadable(
                Reason.DAMAGED, "压缩包已损坏或不完整，打不开。", where=where, remedy="请重新取得完整的压缩包。"
            ) from error

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, prefix: str, depth: int) -> None:
        path = member_name(info)
        place = f"{where}!{path}"
        if path.rsplit("/", 1)[-1] in _LITTER or path.startswith(_LITTER[0]):
            self.skipped.append(path)
            return
        unsafe = unsafe_name(path) or ("是符号链接" if stat.S_ISLNK(info.external_attr >> 16) else "")
        if unsafe:
            self._fail(
                Reason.UNSAFE_ARCHIVE, f"成员{unsafe}，未展开。", place, "请核对压缩包来源，取出该文件单独收录。"
            )
            return
        if info.flag_bits & _ENCRYPTED:
            self._fail(Reason.PASSWORD, "成员有密码。", place, "请用密码解压后收录。")
            return
        content = self._content(archive, info, place)
        if content is None:
            return
        path = self._unique(prefix + path)
        if content.startswith(b"PK\x03\x04") and _is_archive(content, path):
            if depth >= self.limits.depth:
                message = f"压缩包嵌套超过{self.limits.depth}层，未展开。"
                self._fail(Reason.UNSAFE_ARCHIVE, message, place, "请逐层解压后收录。")
                return
            try:
                self.open(content, place, f"{path}/", depth + 1)
            except FileUnreadable as failure:
                self.failures.append(failure)
            return
        self.members.append(Member(path, content))

    def _content(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> bytes | None:
        """The bytes of a member, read no further than the limits allow whatever its header says."""
        room = min(self.limits.member_size, self.limits.total_size - self._total)
        if info.file_size > self.limits.ratio_from:
            packed = max(info.compress_size, 1)
            if info.file_size / packed > self.limits.ratio:
                ratio = info.file_size // packed
                self._fail(Reason.UNSAFE_ARCHIVE, f"压缩比为{ratio}倍，疑为压缩炸弹，未展开。", place, "请核对来源。")
                return None
        try:
            with archive.open(info) as stream:
                content = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            kind = "不支持的压缩方法" if isinstance(error, NotImplementedError) else "数据损坏"
            self._fail(Reason.DAMAGED, f"成员{kind}，不能展开。", place, "请重新取得该文件。")
            return None
        if len(content) > room:
            self._fail(Reason.TOO_LARGE, "展开后超过大小上限，未展开。", place, "请解压后分批收录。")
            return None
        self._total += len(content)
        return content

    def _unique(self, path: str) -> str:
        """``path``, or with a number before its extension when the archive names two files alike."""
        stem, dot, extension = path.rpartition(".") if "." in path.rsplit("/", 1)[-1] else (path, "", "")
        unique, number = path, 2
        while unique in self._paths:
            unique, number = f"{stem}（{number}）{dot}{extension}", number + 1
        self._paths.add(unique)
        return unique

    def _fail(self, reason: Reason, what: str, where: str, remedy: str = "请解压后分批收录。") -> None:
        self.failures.append(FileUnreadable(reason, what, where=where, remedy=remedy))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member with ``/``: archives made under Chinese Windows write it in GBK and do not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
            name = raw.decode(guess(raw) or "gb18030", "backslashreplace")
        except (UnicodeEncodeError, LookupError):
            name = info.filename
    return name.replace("\\", "/")


def unsafe_name(path: str) -> str:
    """Why a member's name may not be used as a path, in Chinese; empty when it may."""
    if not path or "\x00" in path or any(ord(c) < 32 for c in path):
        return "名称含有控制字符或为空"
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        return "使用绝对路径"
    if any(part in ("..", "") for part in path.split("/")):
        return "路径指向压缩包之外"
    if len(path) > 500 or any(len(part.encode()) > 255 for part in path.split("/")):
        return "名称过长"
    return ""


def _is_archive(content: bytes, path: str) -> bool:
    try:
        return detect(content, path).format is Format.ZIP
    except FileUnreadable:
        return False
