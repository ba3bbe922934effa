"""Finding known names in running text (名称扫描): the longest name wins, and only where a name may stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.citations import grammar
from corpus.citations.boundaries import may_begin, may_end
from corpus.citations.keys import HALF_TO_FULL_BRACKETS, short_title

_SHORT = 2
_UNMISTAKABLE = frozenset({"宪法", "刑法"})  # no other word or title of China's law ends so


class NameScanner:
    """The names of a corpus, arranged for scanning.

    ``titles`` are full titles, ``names`` other names of one title each. ``doubtful`` names (安全法), names of two
    letters (反法) and names that are everyday words (明码标价规定) count only right before an article, where a law's
    name must stand, unless they are titles.
    """

    def __init__(self, titles: Sequence[str], names: Sequence[str], doubtful: Sequence[str]) -> None:
        bare = [t.translate(HALF_TO_FULL_BRACKETS) for t in titles if "《" not in t]
        shorts = {short_title(title) for title in bare}
        risky = {name for name in names if len(name) <= _SHORT or not grammar.SURE_LAW_WORD.search(name)}
        only_before_article = ({*doubtful} | risky) - shorts
        tails = {name[i:] for name in {*shorts, *names, *doubtful} - only_before_article for i in range(1, len(name))}
        known = {*bare, *shorts, *names, *doubtful}
        self._only_before_article = only_before_article
        self._lenient = {
            name
            for name in known
            if name.startswith("中华人民共和国")
            or ((len(name) > _SHORT or name in _UNMISTAKABLE) and name.endswith(("法", "法典")) and name not in tails)
        }
        self._by_head = _buckets(known, lambda name: name[:2])
        self._by_tail = _buckets(known, lambda name: name[-2:])

    def find(self, text: str, skip: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Spans of names in ``text`` outside the spans to ``skip``, in order and disjoint."""
        jumps = dict(skip)
        plain = text.translate(HALF_TO_FULL_BRACKETS)
        position = 0
        while position < len(plain):
            if position in jumps:
                position = jumps[position]
                continue
            end = self._longest_at(plain, position)
            if end is not None:
                yield position, end
            position = end or position + 1

    def _longest_at(self, text: str, start: int) -> int | None:
        for name in self._by_head.get(text[start : start + 2], ()):
            end = start + len(name)
            if not text.startswith(name, start) or not self._may_stand(text, start, name):
                continue
            before_article = grammar.ARTICLE.match(text, end) is not None
            if before_article or (name not in self._only_before_article and may_end(text, end, name)):
                return end
        return None

    def longest_ending(self, text: str, end: int) -> int | None:
        """Start of the longest name that ends at ``end`` and may stand there; None: no name does."""
        plain = text[max(0, end - 120) : end].translate(HALF_TO_FULL_BRACKETS)
        offset = end - len(plain)
        for name in self._by_tail.get(plain[-2:], ()):
            start = len(plain) - len(name)
            if plain.endswith(name) and self._may_stand(plain, start, name):
                return offset + start
        return None

    def _may_stand(self, text: str, start: int, name: str) -> bool:
        short = len(name) <= _SHORT and name not in _UNMISTAKABLE
        return may_begin(text, start, lenient=name in self._lenient, short=short)


def _buckets(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        buckets[key(name)].append(name)
    return dict(buckets)
