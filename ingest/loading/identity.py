"""Which texts are one document, and which are one text (文件与文本的同一性), whatever package or folder they came from.

Pure. A document is known by its region, its title and, where it is no law, its kind; a text by its document, its day
of publication and its words without white space and punctuation marks.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from corpus.store.sources import FILE_VERSION_PREFIX
from corpus.vocabulary import NATION, Document, DocumentKind, Shelf
from ingest.sources.text import SourceText, canonical_title

FILE_DOCUMENT_PREFIX = "d"

_NATION_NAME = "中华人民共和国"
_SHORT_NAMES = (("全国人大常委会", "全国人民代表大会常务委员会"), ("全国人大", "全国人民代表大会"))
_QUOTES = str.maketrans("“”‘’\"'「」『』〔〕[]", "＂＂＇＇＂＇＂＂＇＇（）（）")
_DASHES = str.maketrans("—–―", "---")
_MARKS = re.compile(r"(?<!\d)[.~-]|[.~-](?!\d)|[\s。，、；：？！“”‘’\"'（）()《》〈〉【】〔〕\[\]·…,;:?!_]")


def document_key(title: str, region: str, kind: DocumentKind) -> str:
    """What a document is known by: 国家|行政处罚法|法规.

    The nation's laws are one document with and without 中华人民共和国 in their titles. All kinds of law are one group,
    since sources sort them differently; what is no law is the same only in the same kind.
    """
    name = canonical_title(title).translate(_QUOTES)
    if region == NATION:
        for short, full in _SHORT_NAMES:
            if full not in name:
                name = name.replace(short, full)
        name = name.replace(_NATION_NAME, "")
    group = kind.shelf.value if kind.shelf is Shelf.LAW else kind.value
    return f"{region}|{name}|{group}"


def key_of(document: Document) -> str:
    return document_key(document.title, document.region, document.kind)


def file_document_id(key: str) -> str:
    """Id of a document that only files hold; the same on every machine."""
    return f"{FILE_DOCUMENT_PREFIX}-{_short(key)}"


def file_version_id(law: SourceText) -> str:
    """Id of a text that was read from a file: over its document, its day and its words, not over its path."""
    key = document_key(law.title, law.region, law.kind)
    return version_id_of(key, str(law.published), ((row.label, row.text) for row in law.rows))


def version_id_of(key: str, published: str, rows: Iterable[tuple[str, str]]) -> str:
    """The same over rows (label, text)."""
    words = "\n".join(f"{plain(label)}\t{plain(text)}" for label, text in rows)
    return FILE_VERSION_PREFIX + _short("\n".join((key, published, words)))


def plain(text: str) -> str:
    """The words of a text without white space and punctuation marks; numbers keep their points and ranges."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES))


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]
