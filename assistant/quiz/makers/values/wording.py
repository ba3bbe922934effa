"""Words that can stand without the text they come from (题干自足), and how an examiner names a law."""

from __future__ import annotations

import re

from corpus.vocabulary import Document

_NATION = "中华人民共和国"
_OWN = re.compile(r"本(?:法典|法|条例|办法|规定|规则|决定|细则)(?!律|官|院|定|人|庭)")
_POINTS_AWAY = re.compile(
    r"前[一二两三四五六七八九十]*[款项条]|前述|上述|上[款项]|本[条款项章节编](?!例|件)|(?:下列|以下)(?=[^，。；]{0,20}(?:行为|情形|条件|之一|规定|事项))|"
    r"第[一二三四五六七八九十百千]+[条款项章节]|所列|另有规定|同[款条]|此[类种项]|他们|它"
)
_BEGINS_BOUND = re.compile(
    r"其(?!他)|以[上下]|有关|该|此|但|并|也|且|或|同时|因此|必要时|逾期|情节|拒不|有前|对其|原(?!始|产|料|油|件|告)"
)
_THAT = re.compile(r"(?<![应活])该(?!当)(?P<noun>[一-龥]{1,8})")
_QUOTED = re.compile(r"《[^》]*》")


def law_name(document: Document) -> str:
    """The title as an examiner writes it: 《食品安全法》."""
    return f"《{document.title.removeprefix(_NATION)}》"


def named(words: str, document: Document) -> str:
    """The words with 本法 by its name."""
    return _OWN.sub(law_name(document), words)


def as_that_law(words: str) -> str:
    """The words with 该法 for 本法, where the law has just been named."""
    return _OWN.sub("该法", words)


def names_own_law(words: str) -> bool:
    """Whether the words say 本法."""
    return bool(_OWN.search(words))


def stands_alone(words: str) -> bool:
    """Whether the words can be understood without those around them."""
    bare = _QUOTED.sub("", words)
    if not words or _POINTS_AWAY.search(bare) or _BEGINS_BOUND.match(words):
        return False
    if any(words.count(a) != words.count(b) for a, b in ("（）", "《》", "“”")) or words.count('"') % 2:
        return False
    return all(m["noun"][:2] in words[: m.start()] for m in _THAT.finditer(words))
