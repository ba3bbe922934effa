"""Reading what follows the title (条款项目的列举): one article or a list, 第五条、第七条第一款第（一）、（三）项."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.citations import grammar
from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.vocabulary import WHOLE_ARTICLE, ArticleNumber, ProvisionPath

_MOST_IN_RANGE = 200
_SINGLE = re.compile(grammar.NUMBER)
_RANGE_MARK = re.compile(r"[至到\-－—–~～]")


@dataclass(frozen=True, slots=True)
class Place:
    """One article with the place below it; ``article`` None where the text leaves it to the context (前款第一项)."""

    article: ArticleNumber | None
    path: ProvisionPath = WHOLE_ARTICLE


@dataclass(frozen=True, slots=True)
class Chain:
    """What was read: the places in written order, where reading stopped, and the ends of article ranges."""

    places: tuple[Place, ...]
    end: int
    ranges: tuple[tuple[ArticleNumber, ArticleNumber], ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of one unit word, e.g. 第五、七条; ``ordinal``: 第 was written."""

    values: tuple[int, ...]
    end: int
    ordinal: bool
    insertion: int = 0
    ends: tuple[int, int] | None = None  # 第三十二至三十四条


def read_articles(text: str, start: int) -> Chain | None:
    """The chain that begins with an article at ``start``; None where there is none."""
    first = _article(text, start)
    if first is None:
        return None
    reader = _Reader(text)
    reader.add_articles(first)
    return reader.read_on(first.end, ordinal=first.ordinal)


def read_below(text: str, start: int) -> Chain:
    """The chain of 款项目 at ``start`` that belongs to an article named elsewhere; may be empty."""
    reader = _Reader(text)
    reader.places.append(Place(None))
    return reader.read_on(start, ordinal=True)


class _Reader:
    """Walks along one chain; the last place says what a bare 第二款 or 第三项 belongs to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: list[Place] = []
        self.ranges: list[tuple[ArticleNumber, ArticleNumber]] = []

    def read_on(self, end: int, *, ordinal: bool) -> Chain:
        while True:
            deeper = self._deeper(end)
            if deeper is not None:
                end = deeper
                continue
            member = self._member(end, ordinal)
            if member is None:
                return Chain(tuple(self.places), end, tuple(self.ranges))
            end = member

    def add_articles(self, numbers: _Numbers) -> None:
        articles = [ArticleNumber(value) for value in numbers.values]
        articles[-1] = ArticleNumber(numbers.values[-1], numbers.insertion)
        if numbers.ends:
            self.ranges.append((ArticleNumber(numbers.ends[0]), articles[-1]))
        self.places += [Place(article) for article in articles]

    # ---- one step below the last place: 第三十三条 → 第一款 → 第二项 → 第三目

    def _deeper(self, at: int) -> int | None:
        at = _skip_space(self.text, at)
        path = self.places[-1].path
        for level, depth in (("paragraph", 0), ("item", 1), ("subitem", 2)):
            if _depth(path) > depth:
                continue
            numbers = _READERS[level](self.text, at)
            if numbers is not None:
                base = self.places.pop()
                self.places += [replace(base, path=replace(path, **{level: value})) for value in numbers.values]
                return numbers.end
        return None

    # ---- the next member of a list or the end of a range

    def _member(self, at: int, ordinal: bool) -> int | None:
        if through := grammar.THROUGH.match(self.text, at):
            reached = self._range_end(through.end())
            if reached is not None:
                return reached
        separator = grammar.AND.match(self.text, at)
        if separator is None:
            return None
        at = separator.end()
        weak, listed = separator.group().strip() in ("，", ",", "或", "并"), separator.group().strip() == "、"
        article = _article(self.text, at)
        if article is not None:
            if self.places[-1].article is None:
                return None
            if not article.ordinal and weak:
                return None
            self.add_articles(article)
            return article.end
        last = self.places[-1]
        for level in ("paragraph", "item", "subitem"):
            numbers = _READERS[level](self.text, at)
            if numbers is None:
                continue
            # A list goes on at the depth it has or above it: after 第一款 comes 第二款, not 第二项.
            if getattr(last.path, level) is None or (not numbers.ordinal and (weak or (ordinal and not listed))):
                return None
            self.places += [replace(last, path=_sibling(last.path, level, value)) for value in numbers.values]
            return numbers.end
        return None

    def _range_end(self, at: int) -> int | None:
        last = self.places[-1]
        article = _article(self.text, at)
        if article is not None:
            if last.article is None or last.path != WHOLE_ARTICLE or article.ends or len(article.values) > 1:
                return None
            final = ArticleNumber(article.values[0], article.insertion)
            between = _between(last.article, final)
            if between is None:
                return None
            self.ranges.append((last.article, final))
            self.places += [Place(number) for number in between]
            return article.end
        for level in ("paragraph", "item", "subitem"):
            numbers = _READERS[level](self.text, at)
            from_number = getattr(last.path, level)
            if numbers is None or from_number is None:
                continue
            if not from_number < numbers.values[0] <= from_number + _MOST_IN_RANGE:
                return None
            values = [*range(from_number + 1, numbers.values[0]), *numbers.values]
            self.places += [replace(last, path=_sibling(last.path, level, value)) for value in values]
            return numbers.end
        return None


def _between(first: ArticleNumber, last: ArticleNumber) -> list[ArticleNumber] | None:
    """The articles after ``first`` up to ``last``; None where that is no range."""
    if first.number == last.number and first.insertion < last.insertion:
        return [ArticleNumber(first.number, i) for i in range(first.insertion + 1, last.insertion + 1)]
    if not first.number < last.number <= first.number + _MOST_IN_RANGE:
        return None
    whole = [ArticleNumber(n) for n in range(first.number + 1, last.number + 1)]
    return [*whole, last] if last.insertion else whole


def _depth(path: ProvisionPath) -> int:
    return 3 if path.subitem else 2 if path.item else 1 if path.paragraph else 0


def _sibling(path: ProvisionPath, level: str, value: int) -> ProvisionPath:
    if level == "paragraph":
        return ProvisionPath(value)
    if level == "item":
        return ProvisionPath(path.paragraph, value)
    return ProvisionPath(path.paragraph, path.item, value)


# ---- numbers with their unit -------------------------------------------------------------------------------


def _article(text: str, at: int) -> _Numbers | None:
    match = grammar.ARTICLE.match(text, at)
    if match is None:
        return None
    if grammar.COUNTED.match(text, match.end()):
        return None
    return _numbers(match, insertion=match["insertion"])


def _paragraph(text: str, at: int) -> _Numbers | None:
    match = grammar.PARAGRAPH.match(text, at)
    return _numbers(match) if match else None


def _item(text: str, at: int) -> _Numbers | None:
    match = grammar.ITEM.match(text, at)
    if match is None:
        return None
    if match["lone"]:
        return _Numbers((parse_number(match["lone_number"]),), match.end(), ordinal=True)
    return _numbers(match)


def _subitem(text: str, at: int) -> _Numbers | None:
    match = grammar.SUBITEM.match(text, at)
    return _numbers(match) if match else None


_READERS: dict[str, Callable[[str, int], _Numbers | None]] = {
    "paragraph": _paragraph,
    "item": _item,
    "subitem": _subitem,
}


def _numbers(match: re.Match[str], insertion: str | None = None) -> _Numbers | None:
    """The numbers of ``match``; None where one is no number, is zero, or a range runs backwards."""
    written = match["numbers"]
    values: list[int] = []
    ends = None
    previous = 0
    try:
        for number in _SINGLE.finditer(written):
            value = parse_number(number.group())
            if value == 0:
                return None
            if values and _RANGE_MARK.search(written[previous : number.start()]):
                if not values[-1] < value <= values[-1] + _MOST_IN_RANGE:
                    return None
                ends = (values[-1], value)
                values += range(values[-1] + 1, value)
            values.append(value)
            previous = number.end()
        return _Numbers(
            tuple(values), match.end(), bool(match["ordinal"]), parse_number(insertion) if insertion else 0, ends
        )
    except InvalidInput:
        return None


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u3000\u00a0":
        at += 1
    return at
