"""From what a person wrote to an item (编题): pure, given the provisions that the citations mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.encyclopedia.fields import field_of
from assistant.quiz.contract import (
    Claim,
    ItemCitation,
    ItemContent,
    ItemTags,
    Key,
    QuizItem,
    Refutation,
    WriteRequest,
)
from assistant.quiz.material import SourceText
from assistant.quiz.proof.evidence import contained, plain
from corpus.errors import InvalidInput
from corpus.vocabulary import NATION

_SAME_MATTER = 0.6
"""How much of what the old stem said of the claim's subject the new one says at least."""


def drafted(
    request: WriteRequest,
    citations: Sequence[ItemCitation],
    first: SourceText | None,
    day: dt.date,
    before: QuizItem | None = None,
) -> ItemContent:
    """The item that was written. ``first`` is the text of the first citation, ``before`` the item it replaces.

    What the program had proved of the item before is kept as far as the words it speaks of are the same. Raises
    InvalidInput for a key that names no option.
    """
    if any(not 0 <= n < len(request.options) for n in request.key.correct):
        raise InvalidInput(
            f"答案所指的选项不存在：只有{len(request.options)}个选项。",
            where="/key/correct",
            remedy="correct 为选项的序号，自 0 起。",
        )
    same_key = before is not None and _says_the_same(before, request)
    claim = before.claim if before is not None and same_key and _still_claimed(before, request, citations) else None
    return ItemContent(
        kind=request.kind,
        form=request.form,
        point=request.point,
        stem=request.stem,
        options=list(request.options),
        key=request.key,
        explanation=request.explanation,
        working=before.working if before is not None and same_key else [],
        citations=list(citations),
        refutations=_kept_refutations(before, request, citations) if before is not None else [],
        claim=claim,
        difficulty=request.difficulty,
        tags=_tags(request, citations, first, before),
        as_of=day,
    )


def right_words(options: Sequence[str], key: Key) -> list[str]:
    """The words of the right options."""
    return [options[n] for n in key.correct]


def _says_the_same(before: QuizItem, request: WriteRequest) -> bool:
    """Whether the key means the same as before, wherever its options stand now."""
    if (before.kind, before.form) != (request.kind, request.form):
        return False
    if before.options or request.options:
        return sorted(right_words(before.options, before.key)) == sorted(right_words(request.options, request.key))
    return before.key == request.key


def _still_claimed(before: QuizItem, request: WriteRequest, citations: Sequence[ItemCitation]) -> bool:
    """Whether the item still asks what its claim speaks of: of the same matter, with the same facts, and cites it.

    A claim that stayed with another question would prove a key that this question does not have.
    """
    claim: Claim | None = before.claim
    if claim is None or not _still_cited(before, citations):
        return False
    if claim.request:
        return plain(before.stem) == plain(request.stem)
    matter = plain(claim.subject)
    return contained(matter, plain(request.stem)) >= _SAME_MATTER * contained(matter, plain(before.stem))


def _still_cited(before: QuizItem, citations: Sequence[ItemCitation]) -> bool:
    """Whether what the claim takes its key from is cited in the same place of the list with the same words."""
    claim: Claim | None = before.claim
    if claim is None or claim.citation >= len(citations) or claim.citation >= len(before.citations):
        return False
    held, now = before.citations[claim.citation], citations[claim.citation]
    return (held.document_id, held.article, held.digest) == (now.document_id, now.article, now.digest)


def _kept_refutations(before: QuizItem, request: WriteRequest, citations: Sequence[ItemCitation]) -> list[Refutation]:
    """The reasons why options are wrong, for those that are still there and still wrong."""
    place = {option: n for n, option in enumerate(request.options)}
    kept = []
    for refutation in before.refutations:
        if refutation.option >= len(before.options) or refutation.citation >= len(citations):
            continue
        now = place.get(before.options[refutation.option])
        if now is not None and now not in request.key.correct:
            kept.append(refutation.model_copy(update={"option": now}))
    return kept


def _tags(
    request: WriteRequest, citations: Sequence[ItemCitation], first: SourceText | None, before: QuizItem | None
) -> ItemTags:
    if first is None:
        kept = before.tags if before is not None else ItemTags()
        return kept.model_copy(update={"field": request.field or kept.field, "more": list(request.more)})
    cited = next((p for p in first.provisions if p.id == citations[0].provision_id), None)
    return ItemTags(
        field=request.field or first.field or field_of(first.document),
        title=first.document.title,
        chapter=(cited.heading.chapter or "") if cited is not None else "",
        region="" if first.document.region == NATION else first.document.region,
        more=list(request.more),
    )
