"""Repeal clauses (废止条款): which texts a text ends, and which it only seems to end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from corpus.validity.facts import RepealClause
from corpus.validity.wording import DATE, compact, own_names, parse_day

_LINE = "¶"
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_PAREN = r"(?:（[^（）]*）)"
_VERB = re.compile(r"(?:同时|予以|一并|即行|相应|均)*(?:废止|失效|停止执行|停止施行)(?=$|[，,])")
_SEPARATORS = "、，,；和与及以（"
# What may stand between the last title and the verb when the title is repealed as a whole.
_WHOLE = re.compile(
    rf"(?:{_PAREN}|[、，,]|也|都|自{DATE}起|于{DATE}|自本[^，。]{{1,4}}施行之日起|及其实施(?:细则|条例|办法))*"
)
# … or only a part of it: 《…》中有关罚款的规定同时废止.
_PART = re.compile(r"[^，。]*(?:规定|条|款|项|部分|内容|条款)")
_QUALIFIED = re.compile(rf"{DATE}|(?:发布|公布|颁布|通过|批准|制定|印发|试行)的$|国务院的?$|政府的?$|委员会的?$")
_REFERENCE = re.compile(r"(?:依照|依据|根据|按照|违反|适用|执行|符合)[^，]*$")
_FROM_DAY = re.compile(rf"自({DATE})起(?!施行|实施|生效|执行)")
# Only a list of texts: 有下列情形之一的，要约失效：（一）… (民法典第四百七十八条) lists events.
_KINDS = "(?:法律|法规|规章|文件|条例|规定|决定|办法|解释)"
_LIST_HEAD = re.compile(
    rf"(?:(?:下列|以下)[^。：:《]*{_KINDS}[^。：:《]*(?:废止|失效)|废止(?:下列|以下|如下)[^。：:《]*{_KINDS}[^。：:《]*)[：:]"
)
_ITEM_MARK = r"(?:（[一二三四五六七八九十百]+）|[一二三四五六七八九十百]+、|[0-9]+[.．、])"
_ITEMS = re.compile(rf"(?:{_LINE}?{_ITEM_MARK}[^{_LINE}。]+[。]?)+")
_ITEM = re.compile(rf"(?:^|{_LINE}|(?<=[；。]))(?:{_ITEM_MARK})([^{_LINE}。；]+)")


def read_repeals(text: str) -> list[RepealClause]:
    """Read the titles that a text repeals as a whole, in printed order.

    ==============================================================  ============================================
    《中华人民共和国水污染防治法》、《…清洁生产促进法》同时废止          one clause per title, also across stray blanks
    1950年6月29日…颁布的《中华人民共和国工会法》同时废止                ``qualified``: it may name an older text
    《中华人民共和国企业破产法（试行）》同时废止                        that title, not the law without （试行）
    现决定废止《…》; 下列法规予以废止：（一）《…》                       the verb first, a list of items
    《…》中有关罚款的规定同时废止; 《…》第三条同时废止                   nothing: a part is not the whole
    其他…规定，凡与本法抵触的，同时失效                                 nothing: no title
    ==============================================================  ============================================
    """
    plain = _LINE.join(compact(line) for line in text.splitlines())
    if "废止" not in plain and "失效" not in plain and "停止" not in plain:
        return []
    clauses: list[RepealClause] = []
    position = 0
    for head in _LIST_HEAD.finditer(plain):
        items = _ITEMS.match(plain, head.end())
        if items is None or head.start() < position:
            continue
        clauses += _read_sentences(plain[position : head.start()])
        clauses += _read_items(items[0], _day_of(plain[head.start() : head.end()]))
        position = items.end()
    return clauses + _read_sentences(plain[position:])


def _read_items(items: str, day: dt.date | None) -> Iterator[RepealClause]:
    """Titles of a list; without 书名号 the item itself is the title (刑法附件一)."""
    for item in _ITEM.finditer(items):
        words = item[1].strip("；，、")
        quoted = list(_TITLE.finditer(words))
        if not quoted:
            bare = re.sub(rf"{_PAREN}+$", "", words)
            if own_names(bare):
                yield RepealClause(bare, qualified=bare != words, day=day)
            continue
        title, rest = quoted[0], words[quoted[-1].end() :]
        if _WHOLE.fullmatch(rest):
            yield RepealClause(title[1], qualified=bool(rest) or title.start() > 0, day=day)


def _read_sentences(plain: str) -> list[RepealClause]:
    clauses: list[RepealClause] = []
    for sentence in re.split(r"[。；]", plain.replace(_LINE, "")):
        titles = list(_TITLE.finditer(sentence))
        if titles:
            clauses += _titles_before_verb(sentence, titles)
            clauses += _titles_after_verb(sentence, titles)
    return clauses


def _titles_before_verb(sentence: str, titles: Sequence[re.Match[str]]) -> Iterator[RepealClause]:
    """《甲》、《乙》同时废止."""
    verb = next((v for v in _VERB.finditer(sentence) if v.start() >= titles[0].end()), None)
    if verb is None:
        return
    named = [t for t in titles if t.end() <= verb.start()]
    tail = sentence[named[-1].end() : verb.start()]
    whole = _WHOLE.fullmatch(tail) is not None
    if not whole and not _PART.fullmatch(tail):
        return
    opening = sentence[: named[0].start()].rpartition("，")[2]
    if _REFERENCE.search(opening):
        return
    yield from _whole_titles(sentence, named, opening, whole, _day_of(sentence))


def _titles_after_verb(sentence: str, titles: Sequence[re.Match[str]]) -> Iterator[RepealClause]:
    """现决定废止《甲》和《乙》."""
    verb = re.search(r"(?<!关于)(?<!修改或者)(?<![、，])废止(?=[^《，]*《)", sentence)
    if verb is None:
        return
    named = [t for t in titles if t.start() >= verb.end()]
    whole = re.match(rf"{_PAREN}*(?:$|[，,])", sentence[named[-1].end() :]) is not None
    yield from _whole_titles(sentence, named, sentence[verb.end() : named[0].start()], whole, _day_of(sentence))


def _whole_titles(
    sentence: str, named: Sequence[re.Match[str]], opening: str, last_is_whole: bool, day: dt.date | None
) -> Iterator[RepealClause]:
    """Titles in a row, each with the words before it; a title followed by 中有关… or 第…条 is only partly repealed."""
    before = opening
    for number, title in enumerate(named):
        last = number == len(named) - 1
        gap = "" if last else sentence[title.end() : named[number + 1].start()]
        if last_is_whole if last else gap[:1] in _SEPARATORS:
            yield RepealClause(title[1], qualified=_QUALIFIED.search(before) is not None, day=day)
        before = gap


def _day_of(sentence: str) -> dt.date | None:
    found = _FROM_DAY.search(sentence)
    return parse_day(found[1]) if found else None
