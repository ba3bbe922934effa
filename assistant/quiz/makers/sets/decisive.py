"""Decisive words of a sentence (关键词语): who decides, how many, which place, what follows.

Each pattern names the words by the phrase around them, so that the words that may stand there are few and known, and
every other of them is wrong where the law prints this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.contract import Point
from assistant.quiz.makers.sets.lists import read_lists
from assistant.quiz.makers.sets.places import Sentence, read_sentences
from assistant.quiz.makers.sets.sentences import Duty, is_sound
from assistant.quiz.makers.sets.words import Span, begins_bound, goes_on_from_before, stands_alone
from corpus.vocabulary import Provision

SHORTEST, LONGEST = 11, 130


@dataclass(frozen=True, slots=True)
class Decisive:
    """Words of a sentence that decide it, with the words that would make it wrong.

    ``others`` are of the same sort and shape, the likeliest mistake first; ``spellings`` are equal ways to write the
    words, the printed one first; empty where they are too free to be filled in.
    """

    sentence: Sentence
    words: Span  # in the sentence
    others: tuple[str, ...]
    spellings: tuple[str, ...]
    point: Point

    @property
    def printed(self) -> str:
        return self.sentence.words[slice(*self.words)]

    @property
    def as_duty(self) -> Duty:
        """The sentence as one whose decisive words may be exchanged for the likeliest mistake."""
        return Duty(self.sentence, self.words, self.others[0])

    def with_words(self, other: str) -> str:
        """The sentence with other words in their place."""
        words = self.sentence.words
        return words[: self.words[0]] + other + words[self.words[1] :]


@dataclass(frozen=True, slots=True)
class _Pattern:
    phrase: re.Pattern[str]  # its group 1 is the decisive words
    others: tuple[str, ...]
    point: Point
    blank: bool = True
    of_any_law: bool = False
    """Asked in every law: the sentence must be sound by itself, and the article free of the other words."""


def _pattern(phrase: str, others: str, point: Point, *, blank: bool = True) -> _Pattern:
    return _Pattern(re.compile(phrase), tuple(others.split("|") if others else ()), point, blank)


def _general(phrase: str, others: str, point: Point) -> _Pattern:
    return _Pattern(re.compile(phrase), tuple(others.split("|")), point, blank=False, of_any_law=True)


_SUBMITTED = r"(?<!(?:单位|企业|机构|公司|机关|部门|组织)应当)(?<![人者员]应当)"
"""Where nothing is said to be submitted (施工单位应当报主管部门备案) nothing can be asked of it."""

_PATTERNS: tuple[_Pattern, ...] = (
    # who decides, who may
    _pattern(
        r"(?:经|由)((?:本?行政机关|公安机关|海关|税务机关|监督管理机构)负责人)(?:批准|决定)",
        "上一级行政机关|本级人民政府负责人|法制审核机构负责人|办案机构负责人",
        Point.AUTHORITY,
    ),
    _pattern(
        r"向(行政机关负责人)报告并经批准|向(行政机关负责人)报告",
        "上一级行政机关|本级人民政府|法制审核机构|同级司法行政部门",
        Point.AUTHORITY,
    ),
    _pattern(r"负责人应当(集体讨论)决定", "报请上一级机关批准后|报请本级人民政府批准后", Point.STEP),
    _pattern(r"只能由(法律)设定", "行政法规|地方性法规|部门规章", Point.CONDITION),
    _pattern(r"行政强制执行由(法律)设定", "行政法规|地方性法规|部门规章", Point.CONDITION),
    _pattern(
        r"只能由(公安机关和法律规定的其他机关)(?:行使|实施)",
        "综合行政执法部门和国务院授权的其他机关|司法行政部门和行政法规规定的其他机关|人民法院和地方性法规规定的其他机关",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"地方性法规可以设定(除限制人身自由、吊销营业执照以外的行政处罚)",
        "各种行政处罚|除限制人身自由以外的行政处罚|除吊销营业执照以外的行政处罚",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"行政法规可以设定(除限制人身自由以外的行政处罚)",
        "各种行政处罚|除吊销营业执照以外的行政处罚|除吊销许可证件以外的行政处罚",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"规章对违反行政管理秩序的行为，可以设定(警告、通报批评或者一定数额罚款)的行政处罚",
        "警告、责令停产停业或者一定数额罚款|通报批评、暂扣许可证件或者一定数额罚款|警告、通报批评或者没收违法所得",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"^除(法律、法规、规章)外，其他规范性文件不得设定",
        "法律、行政法规|法律、法规|法律、地方性法规",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"由(县级以上地方人民政府)具有行政处罚权的行政机关管辖",
        "乡镇以上地方人民政府|设区的市级以上地方人民政府|省级以上地方人民政府",
        Point.AUTHORITY,
        blank=False,
    ),
    _pattern(
        r"由(违法行为发生地)的?(?:行政机关|公安机关)管辖",
        "违法行为人住所地|违法行为发现地|违法行为人户籍地",
        Point.AUTHORITY,
    ),
    _pattern(r"由(最先立案)的行政机关管辖", "最先发现|最先接报|级别最高", Point.CONDITION),
    _pattern(r"由行政机关指定的(非本案调查人员)主持", "本案的调查人员|当事人所选人员|执法机构负责人", Point.STEP),
    _pattern(
        r"向(作出决定的机关)提出暂缓执行申请",
        "作出决定机关的上一级机关|同级人民检察院|同级司法行政机关",
        Point.AUTHORITY,
        blank=False,
    ),
    # how many, how much
    _pattern(r"执法人员不得少于(两人|二人)", "三人|四人|五人", Point.CONDITION),
    _pattern(r"由(两名|二名)以上(?:行政)?(?:执法人员|人民警察|工作人员)", "三名|四名|五名", Point.CONDITION),
    _pattern(r"委托(一至二人)代理", "一至三人|二至三人|三至五人", Point.CONDITION),
    _pattern(r"不得给予(两次|二次)以上罚款", "", Point.CONDITION),
    _pattern(r"违法行为在(二年|六个月|三年)内未被发现的，不再给予行政处罚", "一年|三年|四年", Point.TIME_LIMIT),
    _pattern(r"每日按罚款数额的(百分之三)加处罚款", "百分之一|百分之二|百分之五", Point.MULTIPLE),
    _pattern(r"对公民处以(二百元)以下", "一百元|三百元|五百元", Point.AMOUNT),
    _pattern(r"对法人或者其他组织处以(三千元)以下", "一千元|二千元|五千元", Point.AMOUNT),
    _pattern(r"不在场的，行政机关应当在(七日)内依照", "三日|五日|十日", Point.TIME_LIMIT),
    _pattern(r"应当在(七日)内及时作出处理决定", "三日|五日|十日", Point.TIME_LIMIT),
    _pattern(r"应当在(二十四小时)内向", "十二小时|四十八小时|七十二小时", Point.TIME_LIMIT),
    _pattern(r"中止执行满(三年)未恢复执行", "一年|二年|五年", Point.TIME_LIMIT),
    _pattern(r"(?:保管|检疫或者技术鉴定的)费用由(行政机关)承担", "当事人|利害关系人|申请人", Point.CONDITION),
    _pattern(
        r"不得超出(金钱给付义务的数额)", "违法所得的数额|涉案财物的数额|应纳税款的数额", Point.CONDITION, blank=False
    ),
    # which rule, what follows
    _pattern(
        r"^实施行政处罚，适用(违法行为发生时)的法律",
        "违法行为发现时|案件调查终结时|案件立案调查时",
        Point.CONDITION,
        blank=False,
    ),
    _pattern(r"按照(罚款数额高)的规定处罚", "罚款数额低|施行时间早|处罚种类少", Point.CONDITION),
    _pattern(r"的，行政处罚(无效)。", "可撤销|未生效|不成立", Point.CONDITION),
    _pattern(r"视为(放弃听证权利)，", "申请延期听证|撤回听证申请|听证程序完成", Point.STEP, blank=False),
    _pattern(r"行政机关(终止)听证", "中止|延期|恢复", Point.STEP),
    _pattern(r"应当在宣告后(当场)交付当事人", "次日|三日内|五日内", Point.STEP),
    _pattern(r"行政处罚(不停止)执行", "应当中止|应当暂缓|可以暂缓", Point.CONDITION, blank=False),
    _pattern(r"^当事人(不承担)行政机关组织听证的费用", "全部承担|部分承担|预先支付", Point.CONDITION, blank=False),
    _pattern(r"复议或者行政诉讼期间(不予计算)", "继续计算", Point.CONDITION, blank=False),
    _pattern(
        r"款项，必须(全部上缴国库)", "按比例上缴国库|上缴本级财政专户|扣除成本上缴国库", Point.CONDITION, blank=False
    ),
    _pattern(r"(?:必须|应当)(公开拍卖)或者按照国家有关规定处理", "就地销毁", Point.CONDITION, blank=False),
    # what any law may say: which level, how often, how soon, with or without approval
    _general(
        r"(?:[向报由经])(省、自治区、直辖市人民政府)[^，。；、]{2,20}(?:部门|机构)(?:备案|批准|申请|报告|审批|核准|许可)",
        "设区的市级人民政府|县级人民政府|国务院",
        Point.AUTHORITY,
    ),
    _general(
        r"(?:[向报由经])(国务院)[^，。；、]{2,20}(?:部门|机构)(?:备案|批准|申请|报告|审批|核准|许可|注册)",
        "省、自治区、直辖市人民政府|设区的市级人民政府",
        Point.AUTHORITY,
    ),
    _general(r"(上一级)[^，。；、]{2,14}(?:申请|备案|报告|批准)", "同级", Point.STEP),
    _general(r"承担(连带)责任", "补充|按份", Point.CONDITION),
    _general(r"(每年)(?:至少)?(?:进行|组织|开展|检[测查验])", "每两年|每三年|每五年", Point.TIME_LIMIT),
    _general(r"(每半年)(?:至少)?(?:进行|组织|开展|检[测查验])", "每年|每两年|每三年", Point.TIME_LIMIT),
    _general(
        r"应当(立即)(?=停止|召回|报告|通知|向|封存|组织)", "在二十四小时内|在四十八小时内|在七日内", Point.TIME_LIMIT
    ),
    _general(r"(终身)不得", "十年内|五年内|三年内", Point.TIME_LIMIT),
    _general(r"应当(?:依法)?(?:以)?(书面)(?:形式|告知|通知|说明|答复|征求)", "口头", Point.STEP),
    _general(rf"{_SUBMITTED}报[^，。；报]{{2,24}}(批准)(?=[，。；])", "备案", Point.STEP),
    _general(rf"{_SUBMITTED}报[^，。；报]{{2,24}}(备案)(?=[，。；])", "批准", Point.STEP),
)
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "两人": ("两人", "二人", "2人"),
    "二人": ("二人", "两人", "2人"),
    "两名": ("两名", "二名", "2名"),
    "二名": ("二名", "两名", "2名"),
    "一至二人": ("一至二人", "一至两人", "1至2人", "1-2人"),
    "两次": ("两次", "二次", "2次"),
    "二次": ("二次", "两次", "2次"),
    "二年": ("二年", "两年", "2年"),
    "六个月": ("六个月", "6个月"),
    "百分之三": ("百分之三", "3%", "3％"),
    "二百元": ("二百元", "两百元", "200元"),
    "二十四小时": ("二十四小时", "24小时"),
    "三年": ("三年", "3年"),
    "三千元": ("三千元", "3000元"),
    "罚款数额高": ("罚款数额高", "罚款数额较高", "数额高"),
    "七日": ("七日", "7日", "七个工作日", "7个工作日"),
}
_BY_ITS_ACT = re.compile(r"(?:[^，。；]{0,6}(?:作出|办理|实施|查处|立案|批准|决定)[^，。；]{0,10}的)?(?:行政)?机关")
_BY_ITS_BRANCH = re.compile(
    r"(?:所在地|发生地|同级|本级|县级|上述)?的?(?:公安|海关|海警|税务|[^，。；级]{2,8}(?:主管|监督管理|执法))(?:机关|部门|机构)?"
)
_HEAD_OF_A_BRANCH = re.compile(r"(?P<branch>公安机关|海关|税务机关|监督管理机构)负责人")
_BORNE_TOGETHER = re.compile(r"[与同和][^，。；]{2,40}承担[^，。；]{0,6}责任")
_OPENS_ITSELF = re.compile(r"在[^，]{6,30}的情况下，|[^，]{6,40}的，(?:行政机关|当事人)")
"""A part after a semicolon that says its own case."""


def read_decisive(provision: Provision) -> Iterator[Decisive]:
    """The decisive words of an article's sentences, each told with its whole sentence or the part that stands alone."""
    for whole in (*read_sentences(provision), *_items(provision)):
        for pattern in _PATTERNS:
            found = list(pattern.phrase.finditer(whole.words))
            if len(found) != 1 or (pattern.of_any_law and not (is_sound(whole) and _of_one_rule(whole, found[0]))):
                continue
            group = 1 if found[0][1] else 2
            sentence, words = _part(whole, found[0].span(group))
            if sentence is not None:
                yield _decisive(sentence, words, pattern)


def _of_one_rule(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether the article says the words once and no figure of time that would stand beside them."""
    text, words = sentence.provision.text, found[1]
    return text.count(words) == 1 and not (words == "立即" and re.search(r"小时|[一二三五七十]日内", text))


def _decisive(sentence: Sentence, words: Span, pattern: _Pattern) -> Decisive:
    printed = sentence.words[slice(*words)]
    rest = sentence.words[: words[0]] + sentence.words[words[1] :]
    if pattern.of_any_law:
        rest = sentence.provision.text.replace(printed, "")
    others = tuple(
        o
        for o in pattern.others
        if o != printed
        and o not in rest
        and not may_be_one(printed, o)
        and _fits(o, printed, sentence.words, pattern.others)
    )
    spellings = _SPELLINGS.get(printed, (printed,)) if pattern.blank and printed not in rest else ()
    return Decisive(sentence, words, others, spellings, pattern.point)


def _fits(other: str, printed: str, words: str, others: tuple[str, ...]) -> bool:
    """Whether other words may stand where the law prints these: 与…承担补充责任 nobody writes.

    Of a body of a branch (公安机关负责人) only what names that branch, or the key would be the one word of its kind.
    """
    if other == "补充" and _BORNE_TOGETHER.search(words):
        return False
    head = _HEAD_OF_A_BRANCH.fullmatch(printed)
    return head is None or any(head["branch"] in o for o in others)


def may_be_one(printed: str, other: str) -> bool:
    """Whether a body named by its branch may be the one named by what it did: 公安机关 and 作出决定的机关."""
    return bool(_BY_ITS_ACT.fullmatch(printed) and _BY_ITS_BRANCH.fullmatch(other))


def _part(whole: Sentence, words: Span) -> tuple[Sentence | None, Span]:
    """The part of a sentence between semicolons that holds the words, if that can be read alone."""
    start = whole.words.rfind("；", 0, words[0]) + 1
    end = whole.words.find("；", words[1])
    end = len(whole.words) if end < 0 else end
    if start and not _OPENS_ITSELF.match(whole.words, start):
        start = 0
    if (start, end) != (0, len(whole.words)):
        span = (whole.span[0] + start, whole.span[0] + end)
        whole = Sentence(whole.provision, whole.words[start:end], span, whole.first, whole.path)
        words = words[0] - start, words[1] - start
    told = whole.words
    alone = stands_alone(told) and not begins_bound(told) and not _goes_on(whole)
    return (whole if alone and SHORTEST <= len(told) <= LONGEST and "本法" not in told else None), words


def _goes_on(sentence: Sentence) -> bool:
    """Whether a later sentence speaks of a case that only the one before it tells; an item has its lead."""
    return not sentence.first and sentence.path.item is None and goes_on_from_before(sentence.words)


def _items(provision: Provision) -> Sequence[Sentence]:
    """Items of lists that are whole sentences: those of procedures, and what may be done when."""
    found = []
    for listed in read_lists(provision):
        for number, item in enumerate(listed.items, start=1):
            if item.whole and ("程序" in listed.noun or re.search(r"的，", item.words)) and len(item.words) >= SHORTEST:
                path = type(listed.path)(paragraph=listed.path.paragraph, item=number)
                found.append(Sentence(provision, item.words, item.span, False, path))
    return found
