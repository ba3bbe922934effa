"""Which laws and articles a text names (所称条文), and whether an answer may name them.

An answer may name a provision that its sentence cites, and whatever the cited words themselves name (本法第三十二条).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer.lines import Evidence
from corpus.citations import Anchor, FoundCitation, NameTable, find_citations
from corpus.citations.keys import title_key
from corpus.citations.resolve import explain_missing_place
from corpus.structure import span_of
from corpus.vocabulary import WHOLE_ARTICLE, ArticleNumber, ProvisionPath

if TYPE_CHECKING:
    from assistant.answer.source import Source

_OWN = "本条"


@dataclass(frozen=True, slots=True)
class NamedArticle:
    """A law or article named in a text, with the half-open span of the words that name it.

    ``titles`` are comparison forms of the titles the name can mean; None where the law is left unsaid (第三十三条).
    ``article`` and ``label`` both None name the whole law. ``relative`` is 前款, 本条 and the like.
    """

    start: int
    end: int
    written: str
    titles: frozenset[str] | None
    article: ArticleNumber | None = None
    label: str | None = None
    path: ProvisionPath = WHOLE_ARTICLE
    relative: bool = False

    @property
    def is_whole_law(self) -> bool:
        return self.article is None and self.label is None

    def means(self, evidence: Evidence) -> bool:
        """Whether the words can mean this provision (or, for a whole law, its law)."""
        if self.relative or (self.titles is not None and title_key(evidence.document.title) not in self.titles):
            return False
        if self.is_whole_law:
            return True
        provision = evidence.provision
        return self.article == provision.article if self.article else self.label == provision.label


def find_named_articles(text: str, names: NameTable) -> tuple[NamedArticle, ...]:
    """Every law and article that a text names, lists and ranges member by member, in order."""
    found = find_citations(text, names)
    named = [member for citation in found for member in _members(citation, names)]
    taken = [(citation.start, citation.end) for citation in found]
    for mention in names.find_names(text):
        if all(mention.end <= start or end <= mention.start for start, end in taken):
            titles = mention.match.titles or (mention.match.written,)
            written = text[mention.start : mention.end]
            named.append(NamedArticle(mention.start, mention.end, written, frozenset(map(title_key, titles))))
    return tuple(sorted(named, key=lambda member: (member.start, member.end)))


def _members(found: FoundCitation, names: NameTable) -> Iterable[NamedArticle]:
    words = found.defined or found.title
    titles = None
    if words is not None:
        titles = frozenset(map(title_key, names.lookup(words).titles or (words,)))
    for citation in found.citations:
        relative = found.anchor in (Anchor.PRECEDING, Anchor.THIS_ARTICLE)
        label = None if relative else citation.label
        yield NamedArticle(
            found.start, found.end, found.written, titles, citation.article, label, citation.path, relative
        )


def unfounded_names(named: Sequence[NamedArticle], cited: Sequence[Source], known: Sequence[Source]) -> str | None:
    """Why a sentence may not name what it names, or None.

    ``cited`` are the sources of its keys (none for a sentence that only leads to others), ``known`` all sources.
    """
    allowed = cited or known
    for member in named:
        if member.relative:
            if not member.written.startswith(_OWN) and all(member.written not in s.text for s in allowed):
                return f"“{member.written}”所指不明。"
        elif member.is_whole_law:
            if not any(member.means(s.evidence) or _named_in(member, s) for s in known):
                return f"{member.written}不在所引依据之内。"
        else:
            fault = _unfounded_article(member, allowed, known)
            if fault:
                return fault
    return None


def _unfounded_article(member: NamedArticle, allowed: Sequence[Source], known: Sequence[Source]) -> str | None:
    meant = [s for s in allowed if member.means(s.evidence)]
    if meant:
        missing = [s for s in meant if span_of(s.text, member.path) is None]
        return explain_missing_place(missing[0].evidence.provision, member.path) if missing == meant else None
    if any(_named_in(member, s) for s in allowed):
        return None
    if any(member.means(s.evidence) for s in known):
        return f"{member.written}与所附引用标记不是同一条文。"
    return f"{member.written}不在所引依据之内。"


def _named_in(member: NamedArticle, source: Source) -> bool:
    """Whether the provision's own words name what ``member`` names, at the same place or as a whole."""
    own = frozenset({title_key(source.evidence.document.title)})
    for inner in source.named:
        titles = inner.titles if inner.titles is not None else own
        if (member.titles is not None and not member.titles & titles) or inner.relative:
            continue
        if member.is_whole_law:
            return True
        if (inner.article, inner.label) == (member.article, member.label) and (
            member.path in (WHOLE_ARTICLE, inner.path)
        ):
            return True
    return False
