"""Does an item still rest on the words it was made from (依据变动)? Pure: a citation, and what stands there now.

An item is affected when a provision it cites is no longer in force, or when the paragraphs (款) that it quotes have
other words in the text that is. What was amended elsewhere in the same law does not touch it: its citations are bound
to the new text, silently. The same holds for another paragraph of the same article, save where that one speaks of the
article's others (前款, 本条), or says what the item counts as wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.quiz.bank.paragraphs import Kept, paragraphs_kept
from assistant.quiz.binding import digest
from assistant.quiz.contract import Blocked, Form, ItemCitation, ItemContent
from corpus.vocabulary import Provision

_LONGEST_TEXT = 8000
_LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Now:
    """What stands today where a citation points to.

    ``title`` is the document's, None where it is not held. ``provision`` is the one of the same label in the text in
    force, None where there is none; ``reason`` says why. ``same_words`` is the provision that has the cited words
    now, where it is another; ``earlier`` the text that was cited, as far as it is still held; ``since`` the day from
    which things are as they are.
    """

    title: str | None
    provision: Provision | None = None
    same_words: Provision | None = None
    earlier: str = ""
    reason: str = ""
    since: date | None = None


def affected(citation: ItemCitation, now: Now) -> Blocked | None:
    """How the provision of a citation has changed; None where it has not."""
    before = now.earlier or citation.quotation
    provision = now.provision
    if now.title is None:
        return _blocked(citation, f"《{citation.title}》已不在资料库中。", before)
    if now.title != citation.title:
        return _blocked(citation, f"文件现名《{now.title}》。", before, provision, now.since)
    if provision is not None and (digest(provision.text) == citation.digest or kept(citation, now) is not None):
        return None
    if now.same_words is not None:
        told = f"条号已变动：所引内容现为{now.same_words.label}。"
        return _blocked(citation, told, before, now.same_words, now.since)
    if provision is not None:
        return _blocked(citation, "条文已修改。", before, provision, now.since)
    told = now.reason or f"现行文本中没有{citation.article}。"
    return _blocked(citation, told, before, None, now.since)


def rebound(citation: ItemCitation, now: Now) -> ItemCitation:
    """An unaffected citation, bound to the text in force; the same value where it is bound to it already."""
    provision, left = now.provision, kept(citation, now)
    if provision is None or (provision.id == citation.provision_id and left is None):
        return citation
    begin, stop = left.span if left is not None else (0, len(provision.text))
    start, end = _found(provision.text[begin:stop], citation.quotation)
    return citation.model_copy(
        update={
            "provision_id": provision.id,
            "version_id": provision.version_id,
            "quotation": provision.text[begin + start : begin + end],
            "span": (begin + start, begin + end),
            "digest": digest(provision.text),
            "page": provision.page,
        }
    )


def kept(citation: ItemCitation, now: Now) -> Kept | None:
    """The paragraphs that a citation quotes, where they stayed in an article that was changed; None otherwise."""
    provision = now.provision
    if provision is None or provision.article is None or not now.earlier or digest(provision.text) == citation.digest:
        return None
    return paragraphs_kept(now.earlier, citation.span, provision.text)


def judged(content: ItemContent, now: Callable[[ItemCitation], Now]) -> tuple[Blocked | None, ItemContent]:
    """Why an item may not be used, and the item with its citations bound to the texts in force where it may."""
    standing = [(citation, now(citation)) for citation in content.citations]
    for citation, there in standing:
        if (blocked := affected(citation, there)) is not None:
            return blocked, content
        left = kept(citation, there)
        if left is not None and _says_what_is_wrong(content, left.added):
            told = "同条其他款已修改，涉及本题的错误选项或者说法。"
            return _blocked(citation, told, there.earlier, there.provision, there.since), content
    citations = [rebound(citation, there) for citation, there in standing]
    if citations == content.citations:
        return None, content
    return None, content.model_copy(update={"citations": citations})


def _says_what_is_wrong(content: ItemContent, added: str) -> bool:
    """Whether words that are new in an article may make right what an item counts as wrong."""
    if content.form is Form.TRUTH:
        return not content.key.truth
    wrong = (option for n, option in enumerate(content.options) if n not in content.key.correct)
    return any("".join(option.split()) in added for option in wrong)


def _blocked(
    citation: ItemCitation, reason: str, before: str, after: Provision | None = None, since: date | None = None
) -> Blocked:
    return Blocked(
        citation=citation.citation,
        reason=reason[:_LONGEST_REASON],
        before=before[:_LONGEST_TEXT],
        after=after.text[:_LONGEST_TEXT] if after else "",
        since=since,
    )


def _found(text: str, quotation: str) -> tuple[int, int]:
    """Where the words stand in a text that differs from the old one in white space alone."""
    start = text.find(quotation)
    if start >= 0:
        return start, start + len(quotation)
    places = [place for place, char in enumerate(text) if not char.isspace()]
    words = "".join(quotation.split())
    first = "".join(text[place] for place in places).find(words)
    if first < 0 or not words:
        return 0, len(text)
    return places[first], places[first + len(words) - 1] + 1
