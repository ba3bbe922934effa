"""A provision as the check sees it (核验用的条文): its text for quoting, its marks, its modal words, what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answer.attribution import NamedArticle, find_named_articles
from assistant.answer.figures import Date, find_dates, ordinals
from assistant.answer.lines import Evidence
from assistant.answer.modality import Modality, read_modality
from assistant.answer.sanctions import Span
from assistant.answer.tiers import Mark, Placed, find_marks, place_marks
from corpus.citations import NameTable

_NOT_CUT_AFTER = ("可以", "可", "不", "未", "无", "非", "没有", "不得", "不予", "免予", "拒不", "禁止", "尚未", "严禁")


@dataclass(frozen=True)
class Source:
    """What one key stands for. ``window`` is the part of the text that a sentence names (第一款), else all of it."""

    key: str
    evidence: Evidence
    named: tuple[NamedArticle, ...]
    window: Span

    @property
    def text(self) -> str:
        """The provision's own words, all of them; spans count in it."""
        return self.evidence.provision.text

    @property
    def words(self) -> str:
        """The words of the part that a sentence may rest on."""
        return self.text[self.window[0] : self.window[1]]

    def within(self, span: Span) -> Source:
        """The same provision, of which only ``span`` is cited."""
        return replace(self, window=span)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Figures and measures of the part cited; their conditions may stand outside it."""
        start, end = self.window
        return tuple(p for p in place_marks(self.text) if start <= p.mark.start < end)

    @cached_property
    def modality(self) -> Modality:
        """The modal words of the whole text; positions count in it."""
        return read_modality(self.text)

    @cached_property
    def dates(self) -> frozenset[Date]:
        return frozenset(day for _, day in find_dates(self.text))

    @cached_property
    def ordinals(self) -> frozenset[tuple[int, str]]:
        return frozenset(
            n for _, n in ordinals(f"{self.evidence.provision.label}{self.evidence.provision.heading}{self.text}")
        )

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The part cited without white space, and where each of its characters stands in the text."""
        places = [i for i in range(*self.window) if not self.text[i].isspace()]
        return "".join(self.text[i] for i in places), places

    def contains(self, words: str) -> bool:
        """Whether the words stand in the part cited, white space aside."""
        return any(self._places(words))

    def quoted(self, words: str) -> Span | None:
        """Where a quotation stands verbatim, white space aside, without being cut so that it says something else.

        A cut through a figure (五十万元 → 十万元, 二万元以下 → 二万元) or right after a negation or 可以 is such a one.
        """
        return next((span for span in self._places(words) if not self._is_maimed(span)), None)

    def _places(self, words: str) -> Iterator[Span]:
        wanted = "".join(words.split())
        bare, places = self._bare
        at = bare.find(wanted) if wanted else -1
        while at >= 0:
            yield places[at], places[at + len(wanted) - 1] + 1
            at = bare.find(wanted, at + 1)

    def _is_maimed(self, span: Span) -> bool:
        before = self.text[max(0, span[0] - 3) : span[0]].rstrip()
        if before.endswith(_NOT_CUT_AFTER):
            return True
        return any(mark.start < edge < mark.end for mark in self._figure_spans for edge in span)

    @cached_property
    def _figure_spans(self) -> tuple[Mark, ...]:
        return tuple(m for m in find_marks(self.text) if m.figure)


def read_source(key: str, evidence: Evidence, names: NameTable) -> Source:
    """A piece of evidence made ready for the check under its short key."""
    text = evidence.provision.text
    return Source(key, evidence, find_named_articles(text, names), (0, len(text)))
