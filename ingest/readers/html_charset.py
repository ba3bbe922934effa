"""Bytes of a saved web page (网页文件): the charset that it states, and the page inside an MHTML file."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from email.message import EmailMessage

from ingest.readers.model import FileUnreadable, Reason

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"})


def stated_charset(data: bytes) -> str | None:
    """The charset of a page's head as Python names it, GB 2312 and GBK as GB 18030; None where none or a wrong one.

    A charset under which the page cannot be decoded (saved again by a browser in another one) is not believed.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    head = data[:8192]
    match = _META.search(head) or _DECLARED.search(head)
    if not match:
        return None
    name = match[1].decode("ascii", "ignore").lower()
    encoding = {"big5": "big5", "big5-hkscs": "big5", "utf-8": "utf-8", "utf8": "utf-8"}.get(name)
    if name in _CHINESE:
        encoding = "gb18030"
    if encoding is None:
        return None
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def page_of_mhtml(data: bytes, name: str) -> tuple[bytes, str | None]:
    """The first HTML part of an MHTML file and the charset that its header states."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, part.get_content_charset()
    raise FileUnreadable(
        Reason.DAMAGED, "网页存档（MHTML）中没有网页正文。", where=name, remedy="请用浏览器打开后重新保存。"
    )
