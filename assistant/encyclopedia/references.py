"""References inside a text (条文引用): where they stand, and what they stand for on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.encyclopedia.contract import Reference, ReferenceTarget
from corpus.citations import FoundCitation, Resolution, Resolver, format_citation
from corpus.citations.found import Anchor
from corpus.numerals import parse_number
from corpus.vocabulary import ArticleNumber, Citation, Document, Provision, State

_MOST_TARGETS = 50
_OWN = ("本法", "本条例", "本办法", "本规定", "本规则", "本决定", "本细则")


class ReferenceReader:
    """Reads the references of provisions; those to the own law lead to the same text, others to the text of the day."""

    def __init__(self, resolver: Resolver, is_held: Callable[[str], bool], today: Callable[[], dt.date]) -> None:
        """``is_held``: whether the reader may see a version."""
        self._resolver = resolver
        self._is_held = is_held
        self._today = today

    def read(
        self, provision: Provision, document: Document, text: Sequence[Provision], state: State, day: dt.date
    ) -> list[Reference]:
        """The references of a provision; ``text`` are all provisions of its version, ``state`` is how it stands."""
        cited = self._resolver.cite(
            provision.text,
            as_of=day,
            today=self._today(),
            context_document_id=document.id,
            regions=(document.region,),
        )
        numbered = {p.article: p for p in text if p.article is not None}
        references = []
        for found, resolutions in cited.resolved:
            if own_articles(found):
                targets = list(_inside(found, provision, document, numbered, state))
            elif found.anchor in (Anchor.PRECEDING, Anchor.THIS_ARTICLE):
                targets = []
            else:
                targets = [self._target(r) for r in resolutions]
            if targets:
                references.append(
                    Reference(start=found.start, end=found.end, written=found.written, targets=targets[:_MOST_TARGETS])
                )
        return references

    def _target(self, resolution: Resolution) -> ReferenceTarget:
        version = resolution.version
        held = version is not None and self._is_held(version.id)
        provision = resolution.provision if held else None
        return ReferenceTarget(
            citation=format_citation(resolution.citation),
            document_id=version.document_id if version is not None and held else None,
            provision_id=provision.id if provision is not None else None,
            state=resolution.state,
        )


def own_articles(found: FoundCitation) -> bool:
    """Whether a reference names articles of the text it stands in: 本法第五条, 第五条, 前条."""
    if found.anchor is Anchor.THIS_LAW:
        return found.written.startswith(_OWN)
    if found.anchor is Anchor.PRECEDING:
        return articles_before(found) > 0
    return found.anchor is Anchor.FULL and found.title is None


def articles_before(found: FoundCitation) -> int:
    """How many articles before its own a reference means: 前条 one, 前两条 two; 前款 and 前项 none."""
    words = found.written
    at = words.find("条")
    if at < 1 or words[0] not in "前上" or found.anchor is not Anchor.PRECEDING:
        return 0
    return int(parse_number(words[1:at])) if at > 1 else 1


def _inside(
    found: FoundCitation,
    provision: Provision,
    document: Document,
    numbered: Mapping[ArticleNumber, Provision],
    state: State,
) -> Iterator[ReferenceTarget]:
    if found.anchor is Anchor.PRECEDING:
        order = list(numbered.values())
        at = next((n for n, p in enumerate(order) if p.id == provision.id), 0)
        for before in order[max(0, at - articles_before(found)) : at]:
            yield _same_text(before, document, Citation(document.title, before.article), state)
        return
    members = [(c.article, c) for c in found.citations if c.article is not None]
    known = {article for article, _ in members}
    for first, last in found.ranges:
        inserted = sorted(a for a in numbered if a.insertion and first < a < last)
        members += [(a, Citation(document.title, a)) for a in inserted if a not in known]
    for article, citation in sorted(members, key=lambda m: m[0]) if found.ranges else members:
        named = Citation(document.title, article, citation.path)
        target = numbered.get(article)
        if target is not None:
            yield _same_text(target, document, named, state)
        else:
            yield ReferenceTarget(citation=format_citation(named), document_id=document.id, state=State.NO_SUCH_ARTICLE)


def _same_text(target: Provision, document: Document, citation: Citation, state: State) -> ReferenceTarget:
    return ReferenceTarget(
        citation=format_citation(citation), document_id=document.id, provision_id=target.id, state=state
    )
