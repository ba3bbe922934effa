"""Texts issued by another in the same file (印发、重新公布): a notice and the rules it issues are two documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.vocabulary import NATION
from ingest.identify.head import clean_title
from ingest.identify.profile import Profile
from ingest.identify.title import find_title
from ingest.parsers.statute_lines import read_article
from ingest.readers.model import Paragraph, ReadDocument

_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ISSUES = re.compile(
    r"(?:印发|发布|公布|颁布|下发|转发|修改|修订|修正)《?(?P<title>[^《》]{4,60}?)》?(?:等[^《》]{0,12})?的(?:通知|公告|决定|通告)"
)
_ARTICLES = 3  # that the issued text must have: a text without articles stays an annex
_NEAR = 60  # blocks behind its title within which its first article begins


def split_issued(document: ReadDocument) -> list[ReadDocument]:
    """The documents in ``document``: itself, or the issuing text and behind it the text with articles that it names.

    The issued text begins at a line of its own that is exactly the title named before; a mere 附件 is none.
    """
    found = find_title(document)
    named = {clean_title(title) for title in _named(document, found.end, "".join(found.words))}
    own = clean_title("".join(found.words))
    for at in range(max(found.end, 1), len(document.blocks)):
        block = document.blocks[at]
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if read_article(block.text) is not None:
            return [document]
        title = clean_title(block.text)
        if title != own and title in named and _articles_follow(document, at):
            return [_cut(document, 0, at), _cut(document, at, len(document.blocks))]
    return [document]


def inherit(issued: Profile, issuing: Profile) -> Profile:
    """The profile of an issued text with what only the issuing text says: place, organ, number, day."""
    return replace(
        issued,
        region=issuing.region if issued.region == NATION else issued.region,
        issuer=issued.issuer or issuing.issuer,
        number=issued.number or issuing.number,
        published=issued.published if issued.history else issuing.published or issued.published,
        effective=issued.effective or issuing.effective,
    )


def _named(document: ReadDocument, end: int, title: str) -> Iterator[str]:
    """Titles that the issuing text names: 关于印发《…》的通知, 现将《…》印发给你们."""
    if match := _ISSUES.search(title):
        yield match["title"]
    for block in document.blocks[: end + 40]:
        if isinstance(block, Paragraph) and read_article(block.text) is None:
            yield from _QUOTED.findall(block.text) if not block.text.strip().endswith("》") else ()
    yield from _QUOTED.findall(title)


def _articles_follow(document: ReadDocument, at: int) -> bool:
    expected = 1
    for n, block in enumerate(document.blocks[at + 1 :]):
        if expected == 1 and n > _NEAR:
            return False
        article = read_article(block.text) if isinstance(block, Paragraph) else None
        if article is not None and article.number.number == expected:
            expected += 1
            if expected > _ARTICLES:
                return True
    return False


def _cut(document: ReadDocument, start: int, end: int) -> ReadDocument:
    """Part of the blocks; the declared end of the head belongs to the first part, the reader's notes to it too."""
    metadata = document.metadata if start == 0 else {}
    return replace(
        document, blocks=document.blocks[start:end], metadata=metadata, notes=document.notes if start == 0 else ()
    )
