"""What cannot be taken at all (拒收): told from the first bytes of a file while it arrives, never from its name.

What might be readable is taken; whether it is, the dry run says, in a process of its own with bounds.
"""

from __future__ import annotations

from assistant.uploads.contract import Remark
from ingest.readers.detect import OLE, detect
from ingest.readers.model import FileUnreadable, Reason

HEAD = 65536
"""Bytes looked at."""

_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", OLE, b"BM")
_STATUS = {Reason.EMPTY: 422, Reason.DAMAGED: 422, Reason.PASSWORD: 422}
_UNSUPPORTED = 415


def refusal(head: bytes, size: int, name: str) -> tuple[int, Remark] | None:
    """HTTP status and reason why a file is not taken; None when it is."""
    if head.startswith(_CONTAINERS):
        return None
    if size > len(head):
        head = head[: head.rfind(b"\n") + 1] or head
    try:
        detect(head, name)
    except FileUnreadable as found:
        if found.reason is Reason.EMPTY and size > len(head):
            return None
        status = _STATUS.get(found.reason, _UNSUPPORTED)
        return status, Remark(kind=found.reason.value, message=found.what, remedy=found.remedy or "")
    return None
