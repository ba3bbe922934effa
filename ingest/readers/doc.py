"""Old Word files and RTF (DOC、RTF): made into DOCX by LibreOffice where it is installed, then read as that.

LibreOffice runs without macros, in a profile of its own inside a temporary folder, and is ended when it takes too long.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, ReadDocument, Reason

SECONDS = 28
_PROGRAMS = ("soffice", "libreoffice")


def converter() -> str | None:
    """The LibreOffice program on this machine, None where there is none."""
    return next((path for program in _PROGRAMS if (path := shutil.which(program))), None)


def read_doc(data: bytes, name: str) -> ReadDocument:
    """The document of a DOC or RTF file; raises FileUnreadable, also where LibreOffice is not installed."""
    program = converter()
    if program is None:
        raise FileUnreadable(
            Reason.NEEDS_CONVERSION,
            "旧式Word文件需要先转换，本机没有安装LibreOffice。",
            where=name,
            remedy="请安装LibreOffice后重新收录，或用Word另存为DOCX。",
        )
    document = read_docx(_convert(program, data, name), name)
    note = Note(NoteKind.REPAIRED, "经LibreOffice转换为DOCX后读取，页码不保留。")
    return dataclasses.replace(document, format=Format.DOC, pages=None, notes=(note, *document.notes))


def _convert(program: str, data: bytes, name: str) -> bytes:
    suffix = ".rtf" if data.lstrip()[:5].lower() == b"{\\rtf" else ".doc"
    with tempfile.TemporaryDirectory(prefix="eassistant-doc-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
        command = [program, f"-env:UserInstallation={profile}", *options, "--convert-to", "docx", "--outdir", folder]
        _run([*command, str(source)], folder, name)
        target = source.with_suffix(".docx")
        if not target.is_file():
            raise FileUnreadable(
                Reason.DAMAGED, "LibreOffice不能打开此文件。", where=name, remedy="请用Word打开核对，另存为DOCX后收录。"
            )
        return target.read_bytes()


def _run(command: list[str], folder: str, name: str) -> None:
    environment = {**os.environ, "HOME": folder}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise FileUnreadable(
            Reason.TIMEOUT, f"LibreOffice转换超过{SECONDS}秒，已中止。", where=name, remedy="请用Word另存为DOCX后收录。"
        ) from error
    finally:
        if process.poll() is None:  # also when this process is told to stop
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
