"""Small judgements on words of law that every reader and maker of this family shares."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.vocabulary import Document

Span = tuple[int, int]

_NATION = "中华人民共和国"
_OWN = re.compile(r"(?<!基)本(?:法典?|条例|办法|规定)(?!律|第)")
_MARKS = re.compile(r"\W")
_POINTS_AWAY = re.compile(
    r"前[一二三四五六七八九十两]*[款项条]|本[条款项章节编]|上述|前述|(?<!应)该|下列|以下(?=[情行条事规措内程材])|"
    r"第[一二三四五六七八九十百千]+[条款项章节]|另有规定|同款|同条|有关规定执行"
)
_BEGINS_BOUND = re.compile(
    r"其|(?:接到|收到)(?:报告|通知|申请|举报)的|决定|申请[，的应可不]|调查[，的应可不]|委托书|笔录|清单|报告|通知书|证明|检查[，的应可不]|但|并|也|或者|以及|同时|此|因此|对此|由此|他们|它|这|必要时|逾期|情节|经批准|前|上"
)
_GOES_ON = re.compile(
    r"又[不未没]|仍[不未]|逾期|期满|届满|再次|(?:法定|规定的?|上述)期限内|(?<![应活])该(?!当)|拒不|不(?:拆除|履行|改正|停止|执行)的"
)
_STATE = re.compile(
    r"国家(?!工作人员|机关工作人员)|国务院|人民代表大会|常务委员会|(?:地方|县级以上|省级|本级|上级|各级|市级?|级|乡|镇)人民政府(?![^，。；]{0,24}(?:部门|机关))|"
    r"人民法院|人民检察院|军队|军事|中央|海关总署|党|联合国|缔约|仲裁|监狱"
)
_EMPTY = re.compile(r"[\W的了和或者不未为以其及与在由对等有之个经被将行所使]")


def short_name(document: Document) -> str:
    """The title as an examiner writes it: 《行政处罚法》."""
    return f"《{document.title.removeprefix(_NATION)}》"


def named(words: str, document: Document) -> str:
    """The words with 本法 replaced by the law's name, and the empty 违反本法规定 left out."""
    words = re.sub(r"(?<!因)违反本(?:法典?|条例|办法|规定)(?:的?规定|有关规定)?，", "", words)
    words = re.sub(r"依照本(?:法典?|条例|办法|规定)的?规定", "依法", words)
    return _OWN.sub(short_name(document), words)


def under_title(words: str, document: Document) -> str:
    """The words with 本法 replaced by the law's name, and nothing left out."""
    return _OWN.sub(short_name(document), words)


def stands_alone(words: str) -> bool:
    """Whether the words need no other words around them to be understood."""
    return not _POINTS_AWAY.search(words) and balanced(words)


def begins_bound(words: str) -> bool:
    """Whether the words begin with something that goes on from the sentence before."""
    return bool(_BEGINS_BOUND.match(words))


def goes_on_from_before(words: str) -> bool:
    """Whether words speak of an order, a period or a case that the sentence before them told."""
    return bool(_GOES_ON.search(words))


def of_state(words: str) -> bool:
    """Whether the words are about organs of state among themselves rather than officers and parties."""
    return bool(_STATE.search(words))


def balanced(words: str) -> bool:
    return all(words.count(a) == words.count(b) for a, b in ("（）", "《》", "“”")) and words.count('"') % 2 == 0


@lru_cache(maxsize=16384)
def bigrams(words: str) -> frozenset[str]:
    plain = _MARKS.sub("", words)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})


def likeness(first: str, second: str) -> float:
    """Share of the shorter one's character pairs that the other has too."""
    a, b = bigrams(first), bigrams(second)
    return len(a & b) / min(len(a), len(b))


def pairs(words: str) -> frozenset[str]:
    """The pairs of characters of words, without those that say nothing of a thing."""
    return frozenset(p for p in (words[n : n + 2] for n in range(len(words) - 1)) if not _EMPTY.search(p))
