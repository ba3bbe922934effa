"""Names of files that people send (文件名): shown as they are, never used as a path."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 200
UNNAMED = "未命名文件"
_BARRED = frozenset('<>:"|?*')


def display_name(given: str) -> str:
    """The last part of a name without anything a path, a screen or a terminal could trip over.

    ``../../etc/passwd`` is ``passwd``; control characters and marks that turn the direction of writing are taken out.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    kept = "".join("_" if c in _BARRED else c for c in last if unicodedata.category(c)[0] != "C")
    name = " ".join(kept.split()).lstrip(".")
    if not name:
        return UNNAMED
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = f"{dot}{extension}" if dot and len(extension) <= 10 else ""
    return (stem if ending else name)[: LONGEST_NAME - len(ending)] + ending


def unique_name(name: str, taken: set[str]) -> str:
    """``name``, or with a number before its extension where it is taken: 附件（2）.pdf."""
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    unique, number = name, 2
    while unique.casefold() in taken:
        unique, number = f"{stem}（{number}）{dot}{extension}", number + 1
    return unique
