"""Two texts side by side (文本对照), and one article through all texts of its document (沿革)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from assistant.contract import Span
from assistant.encyclopedia.contract import ArticleComparison, ComparedArticle, WordEdit
from corpus.comparison import CHANGE_ZH, ArticleChange, ChangeKind, Edit, EditKind
from corpus.vocabulary import Provision

Step = tuple[str, Provision | None, ChangeKind | None]
"""An article in one text: version id, the article there (None: no such article), the change from the text before."""


def article_comparison(change: ArticleChange) -> ArticleComparison:
    """One article of both texts, with the words that differ marked on each side."""
    edits = [e for e in change.edits if e.text]
    return ArticleComparison(
        kind=change.kind,
        kind_name=CHANGE_ZH[change.kind],
        old=_side(change.old, edits, EditKind.REMOVED) if change.old else None,
        new=_side(change.new, edits, EditKind.ADDED) if change.new else None,
        renumbered=bool(change.old and change.new and change.old.label != change.new.label),
        edits=[WordEdit(kind=e.kind, text=e.text) for e in edits],
    )


def _side(provision: Provision, edits: Iterable[Edit], own: EditKind) -> ComparedArticle:
    return ComparedArticle(
        provision_id=provision.id,
        article=provision.label,
        heading=str(provision.heading),
        text=provision.text,
        marks=_marks(edits, own),
    )


def _marks(edits: Iterable[Edit], own: EditKind) -> list[Span]:
    """Where the words stand that only this side has; neighbouring runs are one."""
    marks: list[Span] = []
    at = 0
    for edit in edits:
        if edit.kind not in (EditKind.SAME, own):
            continue
        if edit.kind is own:
            if marks and marks[-1][1] == at:
                marks[-1] = (marks[-1][0], at + len(edit.text))
            else:
                marks.append((at, at + len(edit.text)))
        at += len(edit.text)
    return marks


def trace(
    provision: Provision, texts: Sequence[str], changes: Callable[[str, str], Sequence[ArticleChange]]
) -> list[Step]:
    """An article through the texts of its document, oldest first, followed by its words where its number moved."""
    at = texts.index(provision.version_id)
    steps: list[Step] = [(provision.version_id, provision, None)]
    current: Provision | None = provision
    for later, earlier in pairwise(reversed(texts[: at + 1])):
        found = next((c for c in changes(earlier, later) if current and c.new and c.new.id == current.id), None)
        current = found.old if found else None
        steps[0] = (steps[0][0], steps[0][1], found.kind if found else None)
        steps.insert(0, (earlier, current, None))
    current = provision
    for earlier, later in pairwise(texts[at:]):
        found = next((c for c in changes(earlier, later) if current and c.old and c.old.id == current.id), None)
        current = found.new if found else None
        steps.append((later, current, found.kind if found else None))
    return steps
