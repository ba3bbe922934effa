"""Sentences of a law that bind (条文): what must, may and must not be done, exceptions, steps, and spared penalties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quiz.makers.sets.fair import may_be_exchanged
from assistant.quiz.makers.sets.places import Sentence, read_sentences
from assistant.quiz.makers.sets.reserves import taken_back
from assistant.quiz.makers.sets.words import Span, begins_bound, goes_on_from_before, of_state, stands_alone
from corpus.vocabulary import Provision


@dataclass(frozen=True, slots=True)
class Duty:
    """A sentence with one modal word: ``sentence.words[modal]`` may be exchanged for ``other``."""

    sentence: Sentence
    modal: Span  # in the sentence
    other: str

    @property
    def exchanged(self) -> str:
        words = self.sentence.words
        return words[: self.modal[0]] + self.other + words[self.modal[1] :]

    @property
    def unreserved(self) -> bool:
        """Whether nothing after it in its paragraph takes anything back, so that it may be told as right."""
        return not has_reserve(self.sentence)


@dataclass(frozen=True, slots=True)
class Proviso:
    """A rule with its one exception: 行政机关不得…。但是，情况紧急的除外。"""

    provision: Provision
    rule: str
    exception: str
    excepted: int  # where the exception begins
    span: Span
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence that puts an act before or after an event: 作出…决定前，应当…"""

    sentence: Sentence
    turn: Span  # 前 or 后, or 经…批准，可以, in the sentence
    other: str
    act: Span | None  # the name of the act, where it may be asked for: 催告

    @property
    def exchanged(self) -> str:
        words = self.sentence.words
        return words[: self.turn[0]] + self.other + words[self.turn[1] :]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A condition with its measure of leniency or severity: 不满十四周岁…的，不予行政处罚。"""

    provision: Provision
    condition: str
    outcome: str
    span: Span
    sentence: Sentence


_MODAL = re.compile(r"应当|必须|可以|不得|有权|无权|禁止|严禁|方可|不能|不应|须(?!知)|应(?=[依按在向由予])")
_OTHER = {"应当": "可以", "必须": "可以", "可以": "应当", "不得": "可以"}
_FLAGRANT = re.compile(
    r"任何|私自|违法|违反|虚假|伪造|变造|阻挠|干涉|隐瞒|谎报|瞒报|编造|暴力|擅自|无正当理由|歧视|泄露|破坏|非法|妨碍|虐待|侵犯|侵害|损害|危害|借口|利用|"
    r"拒绝|强迫|强制|侵占|挪用|截留|诱导|误导|欺诈|损毁|销毁|牟取|谋取"
)
_SOFT = re.compile(
    r"加强|完善|鼓励|引导|推进|推动|促进|统筹|支持|健全|坚持|遵循|原则|宣传|提高|建立|维护|尊重|弘扬|倡导|发展|遵守|适当|"
    r"示范|带头|诚信|自律|社会责任|确保|保证|具备|严格|按期|足额|遵纪守法|享受|接受监督|年龄特点|做好|便利|也(?:可以|应当)|服从|负责|预算|规划|编制|保障|优先|配合|协助|协调|关心|重视|培训|表彰|奖励|科学|合理|以事实|公正|自觉|节约|体现|注重|贯彻"
)
_PARTY = re.compile(
    r"行政机关|执法|公安机关|人民警察|当事人|经营者|生产者|企业|单位|个人|公民|人员|机构|部门|组织|托运|承运|船|车|驾驶|用人|"
    r"所有权人|使用权人|申请人|权利人|持有人|许可证|运输|生产|销售|食品|药品|场所|业主|建设|任何"
)
_AUTHORITY = re.compile(r"部门|政府|主管|管理机构|监督管理")
_PRACTICE = re.compile(
    r"当事人|经营者|检查|处罚|查封|扣押|责令|移送|抽样|检验|许可|申请人|笔录|送达|出示|立案|案件|举报|受理|登记保存|执法|催告|听证|"
    r"违法|回避|企业|单位|检测|鉴定"
)
_BARE = re.compile(r"应当报[^，。将]*备案。$|有关(?:帮扶)?政策|处[^，。；]{0,12}元|应当依法进行")
_TIMED = re.compile(r"[一二三四五六七八九十百0-9](?:个)?(?:日|工作日|月|年|小时|分钟|天)(?:以|之)?$")
_OFFICERS = re.compile(r"行政机关|执法人员|当事人|公安机关|人民警察")
_BARE_SUBJECT = re.compile(r"[^，的]{2,5}(?:应当|可以|不得|必须)")
_ORDER = re.compile(r"(?P<event>[^，。；]{4,40}?)(?P<turn>之前|之后|前|后)，(?=[^。；]{0,40}(?:应当|必须|可以|不得))")
_APPROVAL = re.compile(r"经(?P<who>[^，。；经]{4,24}?)批准，(?:方?可以?)")
_ONLY_AFTER = re.compile(
    r"接到|收到|获知|发生|(?<!听证)结束|消失|解决|生效|终止|损害|违约|承担|赔偿|完成|到达|退休|指派|死亡|期间|开始|竣工|无误|作出$|通知|报到|成立|履行"
)
_ACT = re.compile(
    r"催告|告知|听证|法制审核|集体讨论|备案|移送|送达|登记保存|公告|回避|立案|论证|评估|验收|检疫|公示|笔录"
)
_SAID_OTHERWISE = ("告知", "公告")
"""Acts that other verbs name as well (通知, 提醒, 公布): no one word has to stand in a blank."""
_EXCEPT = re.compile(
    r"(?P<rule>[^。；\n]{8,90}?)[。；，]\s*(?:但是?，?)?(?P<exception>[^，。；\n]{4,40}?)(?:，)?除外。"
)
_RULING = re.compile(
    r"(?P<condition>[^。；\n]{6,70}的)，(?P<outcome>(?:应当|可以)?(?:依法)?(?:从轻|减轻|不予|免予|从重)[^，。；]{0,12}处罚)(?=[，。；])"
)


def read_duties(provision: Provision) -> Iterator[Duty]:
    """The sentences in which a modal word says what must, may or must not be done by those an officer meets."""
    for sentence in read_sentences(provision):
        modals = list(_MODAL.finditer(sentence.words))
        told = Counter(m.group() for m in modals)
        modal = next((m for m in modals if m.group() in _OTHER and told[m.group()] == 1), None)
        if modal is None or not is_sound(sentence):
            continue
        clause_end = min(i for i in (sentence.words.find(m, modal.end()) for m in "，。；") if i >= 0)
        if modal.start() < 2 or sentence.words[:clause_end].endswith(("的", "时")) or _SOFT.search(sentence.words):
            continue
        if re.search(r"指|以下简?称|(?:应当|可以)(?:有|是|为|按时)", sentence.words) or not _of_practice(
            sentence.words
        ):
            continue
        if (
            re.search(r"(?:依法|需要|是否|认为|如果)$", sentence.words[: modal.start()])
            or sentence.words[modal.end()] == "不"
        ):
            continue
        if modal.group() == "不得" and _FLAGRANT.search(sentence.words):
            continue
        if modal.group() == "可以" and re.search(r"可以(?:是|用于|分为)", sentence.words):
            continue
        if may_be_exchanged(sentence.words, modal.span(), _OTHER[modal.group()]):
            yield Duty(sentence, modal.span(), _OTHER[modal.group()])


def read_provisos(provision: Provision) -> Iterator[Proviso]:
    """Rules with one exception that says itself what is excepted; 法律另有规定的 is none."""
    text = provision.text
    for match in _EXCEPT.finditer(text):
        rule, exception = match["rule"].strip(), match["exception"]
        start, end = match.start("rule"), match.end()
        sentence = next((s for s in read_sentences(provision) if s.span[0] <= start < s.span[1]), None)
        if sentence is None or sentence.span[0] != start or not _MODAL.search(rule):
            continue
        if not stands_alone(rule + exception) or begins_bound(rule) or of_state(rule) or "本" in exception[:2]:
            continue
        if "但" in rule or re.search(r"约定|另有|法律|行政法规|国务院|章程|决议|^其|^但", exception) or "除" in rule:
            continue
        if len(rule) + len(exception) > 110 or not re.search(r"不得|应当|禁止|必须", rule):
            continue
        yield Proviso(provision, rule, exception, match.start("exception"), (start, end), sentence)


def read_steps(provision: Provision) -> Iterator[Step]:
    """The sentences that put one act before or after another, or demand an approval first."""
    for sentence in read_sentences(provision):
        if not is_sound(sentence):
            continue
        approval = list(_APPROVAL.finditer(sentence.words))
        if len(approval) == 1 and sentence.words.count("批准") == 1:
            yield Step(sentence, approval[0].span(), f"无须经{approval[0]['who']}批准，即可", None)
            continue
        turns = list(_ORDER.finditer(sentence.words))
        if len(turns) == 1 and not re.search(r"[前后]", sentence.words[turns[0].end() :]):
            yield from _in_order(sentence, turns[0])


def _in_order(sentence: Sentence, turn: re.Match[str]) -> Iterator[Step]:
    event = turn["event"]
    if _TIMED.search(event) or event.endswith(("以", "期满", "届满")) or re.search(r"自|后", event):
        return
    if turn["turn"] in ("后", "之后") and _ONLY_AFTER.search(event):
        return
    acts = list(_ACT.finditer(sentence.words))
    if not acts:
        return  # 上道路行驶后，应当检查: only steps of a procedure are taken for one another
    asked = len(acts) == 1 and acts[0].start() > turn.end() and acts[0].group() not in _SAID_OTHERWISE
    act = acts[0].span() if asked else None
    other = {"前": "后", "之前": "之后", "后": "前", "之后": "之前"}[turn["turn"]]
    yield Step(sentence, turn.span("turn"), other, act)


def read_rulings(provision: Provision) -> Iterator[Ruling]:
    """Conditions with the leniency or severity they bring."""
    for sentence in read_sentences(provision):
        for match in _RULING.finditer(sentence.words):
            condition = match["condition"]
            if (
                begins_bound(condition)
                or not stands_alone(condition)
                or goes_on(sentence)
                or re.search(r"本法|依照|犯罪|^经|^在|^其中", condition)
            ):
                continue
            start = sentence.span[0] + match.start()
            yield Ruling(provision, condition, match["outcome"], (start, sentence.span[0] + match.end()), sentence)


def has_reserve(sentence: Sentence) -> bool:
    """Whether the article goes on with an exception, another rule or an extension: 法律另有规定的除外."""
    return taken_back(sentence.provision.text, sentence.span[1])


def goes_on(sentence: Sentence) -> bool:
    """Whether a later sentence of a paragraph goes on with what the one before it ordered: …又不拆除的."""
    return not sentence.first and goes_on_from_before(sentence.words)


def _of_practice(words: str) -> bool:
    """Whether a sentence about authorities is about what they do with parties, not among themselves."""
    return not _AUTHORITY.search(words[:30]) or bool(_PRACTICE.search(words))


def is_sound(sentence: Sentence) -> bool:
    """Whether a sentence can be read alone and speaks of officers or parties."""
    words = sentence.words
    return (
        18 <= len(words) <= 95
        and stands_alone(words)
        and not begins_bound(words)
        and (not of_state(words) or bool(_OFFICERS.match(words)))
        and not re.search(r"本法|本条例|依照《|^任何(?!单位|个人|组织)|[：]", words)
        and bool(_PARTY.search(words[:30]))
        and _in_its_own_right(sentence)
    )


def _in_its_own_right(sentence: Sentence) -> bool:
    """Whether a sentence that does not open its article names its own case, so that no other need be read first."""
    words = sentence.words
    if goes_on(sentence):
        return False
    if not sentence.first:
        modal = _MODAL.search(words)
        return bool(_PARTY.match(words)) and bool(
            re.search(r"(?:的|时|前|后)，", words[: modal.start() if modal else None])
        )
    later = (sentence.path.paragraph or 1) > 1
    return not later or bool(_OFFICERS.match(words)) or not _BARE_SUBJECT.match(words)
