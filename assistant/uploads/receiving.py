"""Receiving files (接收): streamed to the disk one after another, each within its bounds; nothing is kept in memory."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from assistant.uploads.contract import ReceivedFile, Remark, Upload
from assistant.uploads.names import display_name, unique_name
from assistant.uploads.sniff import HEAD, refusal
from corpus.errors import InvalidInput, StoreUnavailable

_TOO_LARGE, _REFUSED = 413, 422
_MOST_REFUSED = 100
"""Files beyond the most of one upload that are named one by one; with more, the whole upload is refused."""
PATH_PREFIX = "上传/"
"""Paths of uploaded files in the store begin so: 上传/20261122-0c9e11aa/某办法.pdf."""


class FileTooLarge(InvalidInput):
    """A file, or a whole upload, is larger than the settings allow."""

    code = "http_too_large"
    http_status = _TOO_LARGE


class UnsupportedFile(InvalidInput):
    """A file is of no kind that can be read."""

    code = "unsupported_file"
    http_status = 415


@dataclass(frozen=True, slots=True)
class ReceivingLimits:
    """Bounds of one upload: bytes of a file, number of files."""

    file_bytes: int
    files: int


@dataclass(slots=True)
class _Open:
    """The file that is arriving."""

    name: str
    number: int
    stream: BinaryIO | None
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    head: bytes = b""
    size: int = 0
    refused: tuple[int, Remark] | None = None


class Receiver:
    """Takes the files of one upload into a folder of its own; ``registered`` is given all of them at the end."""

    def __init__(
        self,
        uploads: Path,
        upload_id: str,
        limits: ReceivingLimits,
        registered: Callable[[str, list[ReceivedFile]], Upload],
    ) -> None:
        self._id = upload_id
        self._folder = uploads / upload_id
        self._limits = limits
        self._registered = registered
        self._files: list[ReceivedFile] = []
        self._open: _Open | None = None
        try:
            self._folder.mkdir(parents=True)
        except OSError as error:
            raise _not_written(error) from error

    def begin(self, name: str) -> None:
        number = len(self._files) + 1
        if number > self._limits.files + _MOST_REFUSED:
            raise InvalidInput(f"一次最多上传 {self._limits.files} 个文件。", where="files", remedy="请分几次上传。")
        shown = unique_name(display_name(name), {f.name.casefold() for f in self._files})
        if number > self._limits.files:
            words = f"一次最多上传 {self._limits.files} 个文件。"
            self._open = _Open(shown, number, None, refused=(_REFUSED, _remark("too_many", words, "请分几次上传。")))
            return
        try:
            self._open = _Open(shown, number, stored_file(self._folder, number).open("xb"))
        except OSError as error:
            raise _not_written(error) from error

    def write(self, data: bytes) -> None:
        file = self._open
        assert file is not None
        file.size += len(data)
        if file.refused is None and file.size > self._limits.file_bytes:
            most = f"{self._limits.file_bytes / 1024**2:.0f} MB"
            words = f"文件超过单个文件的上限（{most}）。"
            file.refused = _TOO_LARGE, _remark("too_large", words, "请拆成较小的文件后上传。")
            self._drop(file)
        if file.stream is None or file.refused is not None:
            return
        if len(file.head) < HEAD:
            file.head += data[: HEAD - len(file.head)]
        file.digest.update(data)
        try:
            file.stream.write(data)
        except OSError as error:
            raise _not_written(error) from error

    def end(self) -> None:
        file, self._open = self._open, None
        assert file is not None
        digest = file.digest.hexdigest()
        if file.refused is None:
            file.refused = refusal(file.head, file.size, file.name) or self._twice(digest)
        if file.refused is not None:
            self._drop(file)
        elif file.stream is not None:
            _keep(file.stream)
        status, remark = file.refused or (201, None)
        self._files.append(
            ReceivedFile(
                name=file.name,
                path=f"{PATH_PREFIX}{self._id}/{file.name}",
                size=file.size,
                digest="" if file.refused else digest,
                refused=remark,
                status=status,
            )
        )

    def finish(self) -> Upload:
        """Register what arrived. Raises what refused the first file where none was taken."""
        if self._open is not None:
            self.abort()
            raise InvalidInput("上传中断，最后一个文件不完整。", remedy="请重新上传。")
        if not any(f.refused is None for f in self._files):
            self.abort()
            raise _nothing_taken(self._files)
        return self._registered(self._id, self._files)

    def abort(self) -> None:
        """Remove all that arrived."""
        if self._open is not None and self._open.stream is not None:
            self._open.stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _twice(self, digest: str) -> tuple[int, Remark] | None:
        same = next((f for f in self._files if f.digest == digest), None)
        if same is None:
            return None
        return _REFUSED, _remark("same_file", f"内容与“{same.name}”完全相同，只收一份。")

    def _drop(self, file: _Open) -> None:
        if file.stream is not None:
            file.stream.close()
            file.stream = None
            stored_file(self._folder, file.number).unlink(missing_ok=True)


def new_upload_id(day: str) -> str:
    """An id that tells the day: 20261122-0c9e11aa."""
    return f"{day}-{secrets.token_hex(4)}"


def stored_file(folder: Path, number: int) -> Path:
    """Where the bytes of a file of an upload lie: under its number, whatever it is called."""
    return folder / f"{number:04}"


def _keep(stream: BinaryIO) -> None:
    """Close a file once it is on the disk for good."""
    try:
        stream.flush()
        os.fsync(stream.fileno())
    except OSError as error:
        raise _not_written(error) from error
    finally:
        stream.close()


def _remark(kind: str, message: str, remedy: str = "") -> Remark:
    return Remark(kind=kind, message=message, remedy=remedy)


def _not_written(error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"上传的文件无法写入磁盘（{error.strerror or error}）。",
        remedy="请联系管理员检查数据文件夹的剩余空间与权限。",
    )


def _nothing_taken(files: list[ReceivedFile]) -> InvalidInput:
    if not files:
        return InvalidInput("没有收到文件。", where="files", remedy="请选择要上传的文件（表单字段 files）。")
    told = "；".join(f"{f.name}：{f.refused.message}" for f in files[:5] if f.refused)
    more = f"；等共 {len(files)} 个文件" if len(files) > 5 else ""
    first = files[0]
    kinds = {_TOO_LARGE: FileTooLarge, 415: UnsupportedFile}
    remedy = first.refused.remedy if first.refused else ""
    return kinds.get(first.status, InvalidInput)(f"{told}{more}", remedy=remedy or None)
