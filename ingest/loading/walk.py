"""Which files lie under the paths given (文件清单): folders walked in order, nothing left out without a word.

Links are not followed out of a folder. Files that the system or an editor leaves behind are listed as nothing to cite.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import InvalidInput
from ingest.loading.worker import not_readable
from ingest.readers.model import FileUnreadable

MEMBER = "!/"
"""Between the path of an archive and that of its member."""

_LITTER = (".*", "~$*", "*~", "*.tmp", "*.part", "*.crdownload", "*.swp", "Thumbs.db", "desktop.ini", "__MACOSX")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to look at: its absolute path and the name under which people are shown it, both as readable text.

    ``disk`` opens it: names that older systems wrote in GBK are not valid text.
    """

    path: str
    name: str
    disk: Path


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or folder that is not read (跳过), and why."""

    path: str
    name: str
    reason: str


@dataclass(slots=True)
class Walk:
    """What a walk found. ``roots`` are the folders walked, ``unseen`` what in them could not be listed."""

    files: list[FoundFile] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    unreadable: list[FileUnreadable] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def seen_in_full(self, path: str) -> bool:
        """Whether this walk would have found a file at ``path`` if it were there."""
        return any(_under(path, r) for r in self.roots) and not any(_under(path, u) for u in self.unseen)


def walk(paths: Sequence[Path], own: Path | None = None) -> Walk:
    """Every file under ``paths``, each once, in order of its path; ``own`` is our data folder, never read.

    Raises InvalidInput for a path that is not there.
    """
    found = Walk()
    seen: set[str] = set()
    for given in paths:
        root = given.absolute()
        if not root.exists():
            remedy = "请检查路径的写法，以及磁盘是否已接上。"
            raise InvalidInput("没有这个文件或文件夹。", where=str(given), remedy=remedy)
        if root.is_dir():
            found.roots.append(readable(root))
            _folder(root, root, own.resolve() if own else None, found, seen)
        elif str(root) not in seen:
            seen.add(str(root))
            found.files.append(FoundFile(readable(root), readable(root.name), root))
    found.files.sort(key=lambda f: f.path)
    return found


def _folder(folder: Path, root: Path, own: Path | None, found: Walk, seen: set[str]) -> None:
    if own is not None and folder.resolve() == own:
        found.passed_over.append(PassedOver(readable(folder), folder.name, "本系统自己的数据文件夹"))
        return
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda e: e.name)
    except OSError as error:
        found.unreadable.append(not_readable(readable(folder), error))
        found.unseen.append(readable(folder))
        return
    for entry in listed:
        path = Path(entry.path)
        name = readable(path.relative_to(root.parent).as_posix())
        if reason := _passed_over(entry, root):
            found.passed_over.append(PassedOver(readable(path), name, reason))
        elif entry.is_dir():
            _folder(path, root, own, found, seen)
        elif str(path) not in seen:
            seen.add(str(path))
            found.files.append(FoundFile(readable(path), name, path))


def _passed_over(entry: os.DirEntry[str], root: Path) -> str:
    if any(fnmatch.fnmatch(entry.name, pattern) for pattern in _LITTER):
        return "隐藏文件或临时文件"
    if entry.is_symlink():
        target = Path(entry.path).resolve()
        if not target.exists():
            return "链接指向的文件不存在"
        if not target.is_relative_to(root.resolve()):
            return "链接指向文件夹之外，未跟随"
        return "链接，原文件另行读取"
    if not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
        return "不是普通文件"
    return ""


def member_of(archive: FoundFile, member: str) -> FoundFile:
    """A member of an archive as a file: ``a.zip!/b.md``."""
    return FoundFile(f"{archive.path}{MEMBER}{member}", f"{archive.name}{MEMBER}{member}", archive.disk)


def readable(path: Path | str) -> str:
    """A path as text: a name that is not UTF-8 is taken for GB18030, as Chinese systems wrote it."""
    return "/".join(map(_readable, str(path).split("/")))


def _readable(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "backslashreplace")
    return part


def _under(path: str, folder: str) -> bool:
    return path == folder or path.startswith((folder.rstrip(os.sep) + os.sep, folder + MEMBER))
