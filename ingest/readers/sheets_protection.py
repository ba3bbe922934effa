"""Password protection of Office files (文件加密): tell it, and open what every program opens without asking."""

from __future__ import annotations

import io

import msoffcrypto

from ingest.readers.model import FileUnreadable, Reason

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_PASSWORD = "VelvetSweatshop"  # published default of Excel: write protection without a password to read


def unlocked(data: bytes, name: str) -> bytes:
    """The bytes of the workbook, decrypted where only the published default password stands before them.

    Raises FileUnreadable (PASSWORD) for a workbook that asks for a password.
    """
    if not data.startswith(OLE_SIGNATURE):
        return data
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        encrypted = office.is_encrypted()
    except Exception:  # not an Office file that msoffcrypto knows, or damaged: the reader itself tells what is wrong
        return data
    if not encrypted:
        return data
    opened = io.BytesIO()
    try:
        office.load_key(password=_OPEN_PASSWORD)
        office.decrypt(opened)
    except Exception as error:  # any failure of the key means: not this password
        raise password_needed(name) from error
    return opened.getvalue()


def password_needed(name: str) -> FileUnreadable:
    return FileUnreadable(
        Reason.PASSWORD, "文件设有打开密码，不能读取。", where=name, remedy="请取消密码后另存，再重新装载。"
    )
