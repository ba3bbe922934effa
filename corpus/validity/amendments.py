"""What an amendment (修正案) or an amending decision (修改决定) changes, article by article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.validity.facts import AmendmentTarget
from corpus.validity.wording import compact
from corpus.vocabulary import ArticleNumber, Provision

_NUMERAL = r"[0-9〇零一二两三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"第({_NUMERAL})条(?:之({_NUMERAL}))?(?!例)")
_RANGE = re.compile(r"^(?:至|到|—|－|-)$")
_OPENERS, _CLOSERS = "“「『", "”」』"
# The number that follows is a new one: 作为第一百六十二条之一, 改为第十九条, 包括第四十二条至第四十五条.
_NEW_NUMBER = re.compile(r"(?:作为|改为|改作|包括|移作|移至)(?:新的)?$")
_AND = re.compile(r"^(?:、|和|及|以及|与|，|第?[一二三四五六七八九十]+[款项](?:、|和|及)?)*$")
_ADDED_AFTER = re.compile(r"^(?:之后|后|之前|前)(?:再)?增加")
_RENUMBERED = re.compile(r"改为$")
_AMENDMENT_TITLE = re.compile(r"^(.+?)修正案(?:（[^（）]+）)?$")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_STATE = "中华人民共和国"


def amended_titles(title: str) -> list[str]:
    """Titles that an amending text changes, read from its own: 关于修改《…食品安全法》的决定, …刑法修正案（十二）.

    Empty where the title names no law (关于修改部分法律的决定) or the text amends nothing.
    """
    plain = compact(title).replace("〈", "《").replace("〉", "》")
    if amendment := _AMENDMENT_TITLE.fullmatch(plain):
        return [amendment[1]]
    if "关于修改" in plain or "关于修正" in plain:
        return _TITLE.findall(plain.partition("关于修")[2])
    return []


def read_amendment_targets(title: str, provisions: Sequence[Provision]) -> list[AmendmentTarget]:
    """Read which articles of which law an amending text changes, in printed order.

    ==============================================  =========================================================
    将刑法第一百六十五条修改为：“…”                    第一百六十五条 changed; what is quoted is the new text
    在第八十一条、第八十二条中的“…”后增加“…”           both changed
    在第一百三十四条后增加一条，作为第…条之一            第…条之一 added, 第一百三十四条 untouched
    将第十八条改为第十九条                             第十八条 changed and ``renumbered_to`` 第十九条
    将第六十八条、第六十九条合并，作为第六十九条          both changed and moved
    增加一条，作为第五条                               第五条 added: later numbers move on
    ==============================================  =========================================================

    A text that amends several laws names each in its items (对《…法》作出修改).
    """
    known = amended_titles(title)
    current = known[0] if len(known) == 1 else None
    targets: list[AmendmentTarget] = []
    for provision in provisions:
        for sentence in re.split(r"[。；：:\n]", directive(provision.text)):
            if len(known) != 1 and (named := _TITLE.search(sentence)):
                current = named[1]
            if current is not None:
                targets += _read_sentence(_full_title(current), sentence, provision.id)
    return targets


def directive(text: str) -> str:
    """The words of the amending text itself, without what it quotes as old or new wording.

    A quotation of several paragraphs opens each with a mark and closes only the last (公文格式), so the straight mark
    ``"`` at the head of a line inside a quotation re-opens it.
    """
    kept: list[str] = []
    quoted = False
    for line in text.splitlines():
        words = line.strip()
        if quoted and words[:1] in ('"', *_OPENERS):
            words = words[1:]
        for char in words:
            if char == '"':
                quoted = not quoted
            elif char in _OPENERS:
                quoted = True
            elif char in _CLOSERS:
                quoted = False
            elif not quoted and not char.isspace():
                kept.append(char)
        kept.append("\n")
    return "".join(kept)


def _read_sentence(title: str, sentence: str, provision_id: str) -> Iterator[AmendmentTarget]:
    changed: list[ArticleNumber] = []
    added: list[ArticleNumber] = []
    moves: dict[ArticleNumber, ArticleNumber] = {}
    new = False
    previous: ArticleNumber | None = None
    end = 0
    for match in _ARTICLE.finditer(sentence):
        article = _number(match)
        if article is None:
            continue
        gap, rest = sentence[end : match.start()], sentence[match.end() :]
        end = match.end()
        if _NEW_NUMBER.search(gap):
            new = True
            if changed and (_RENUMBERED.search(gap) or "合并" in sentence or "移" in gap):
                moves.update({old: article for old in changed if old not in moves})
        elif not (new and (_AND.match(gap) or _RANGE.match(gap))):
            new = False
        group = added if new else changed
        if previous is not None and _RANGE.match(gap):
            group += _between(previous, article)
        previous = article
        if new or not _ADDED_AFTER.match(rest):
            group.append(article)
    for article in dict.fromkeys(changed):
        yield AmendmentTarget(title, article, provision_id, renumbered_to=moves.get(article))
    for article in dict.fromkeys(added):
        if article not in moves.values():
            yield AmendmentTarget(title, article, provision_id, added=True)


def _number(match: re.Match[str]) -> ArticleNumber | None:
    try:
        return ArticleNumber(parse_number(match[1]), parse_number(match[2]) if match[2] else 0)
    except InvalidInput:
        return None


def _between(first: ArticleNumber, last: ArticleNumber) -> list[ArticleNumber]:
    if first.number == last.number:
        return [ArticleNumber(first.number, n) for n in range(first.insertion + 1, last.insertion)]
    return [ArticleNumber(n) for n in range(first.number + 1, last.number)]


def _full_title(title: str) -> str:
    return title if title.startswith(_STATE) or not title.endswith("法") else _STATE + title
