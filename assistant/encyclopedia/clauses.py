"""Conditions and measures of a penalty provision (罚则分句), clause by clause: …的，由…责令改正，处…罚款；…的，处…。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.encyclopedia.contract import SanctionKind

Span = tuple[int, int]

_KINDS: tuple[tuple[SanctionKind, str], ...] = (
    (SanctionKind.CORRECTION, r"责令[^，。；]{0,12}?(?:改正|整改|治理|纠正|停止违法行为|补办|补救)|限期改正"),
    (SanctionKind.WARNING, r"警告"),
    (SanctionKind.CRITICISM, r"通报批评"),
    (SanctionKind.FINE, r"罚款"),
    (SanctionKind.CONFISCATION, r"没收|收缴"),
    (SanctionKind.SUSPENSION, r"(?:暂扣|扣留)[^，。；]{0,20}(?:证|执照|资格)|暂停[^，。；]{0,16}(?:资格|执业)"),
    (SanctionKind.DOWNGRADE, r"降低[^，。；]{0,8}(?:资质|等级)"),
    (SanctionKind.REVOCATION, r"吊销|撤销[^，。；]{0,24}?(?:许可|证|资格|登记|批准文件|执照)"),
    (
        SanctionKind.HALT,
        r"停产停业|停业整[顿治]|停产整[顿治]|停止(?:生产|营业|经营|施工|建设|作业)|责令停[产业]|停工整[顿治]",
    ),
    (SanctionKind.CLOSURE, r"责令关闭|予以?关闭|予以取缔|取缔"),
    (
        SanctionKind.OCCUPATION_BAN,
        r"禁止其?[^，。；]{0,20}(?:从事|担任|进入|参加)|不得[^，。；]{0,20}(?:从事|担任|申请)|终身不得|限制从业|停止(?:从业|执业)|市场禁入",
    ),
    (SanctionKind.DETENTION, r"拘留"),
    (SanctionKind.RESTRICTION, r"限制[^，。；]{0,10}(?:生产|经营|业务)|暂停[^，。；]{0,12}(?:业务|相关)"),
)
_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _KINDS)
_IMPOSING = re.compile(
    r"罚款|(?:行政|日以下|日以上|处以?|可以|给予)拘留|[处予](?:以)?警告|警告(?:或|、|，|；|。|并|处分?|$)|没收|吊销|暂扣|通报批评|"
    r"停产停业|停业整[顿治]|停产整[顿治]|责令(?:其)?(?:限期)?(?:停[产业]|关闭)|予以取缔|降低[^，。；]{0,8}资质|终身不得|限制从业|禁止其"
)
_LENIENT = re.compile(r"(?:可以|应当|依法)*(?:免予|不予|免除|从轻|减轻)[^，。；]{0,12}处罚")
_SUFFERED = re.compile(r"(?:被|受到?过?|曾因|因)(?:依法|行政|吊销|没收|责令|处以|处)*$")
_CRIMINAL_ONLY = re.compile(r"有期徒刑|拘役|罚金|无期徒刑")
_READS_BACK = re.compile(
    r"(?:依照|按照|依据|适用)(?!下列)[^，。；]{0,40}(?:规定|条款?)(?:的规定)?(?:予以|给予|进行|从重)?(?:行政)?处(?:罚|理)|"
    r"依法(?:予以|给予)(?:行政|治安管理)?处罚"
)
_ORGAN = r"(?:部门|机关|机构|政府|委员会|海关|局|主管机关|法院|检察院|管理人|组织|单位|协会|派出机构|军队|中心|管理处)"
_ACTS = (
    r"(?:将|依法|按照|依照|依据|根据|在|可以|应当|分别|决定|给予|责令|处|对|没收|吊销|暂扣|扣留|收缴|予以|撤销|取缔|组织|代|批评|"
    r"通报|降低|限期|强制|进行|依|并|按|作出|注销|取消|委托|追缴|有权|视|限制|暂停|立即|会同|协助|停止|禁止|要求|宣布|采取|公告|列入|负责|提请|申请|建议|实施|制止|向|各自)"
)
_AUTHORITY = re.compile(rf"(?:由|移送)(?P<name>[^，。；：]{{0,90}}?{_ORGAN})(?={_ACTS}|，|$)")
_BARE_AUTHORITY = re.compile(
    rf"(?P<name>[^，。；：由对]{{2,50}}?{_ORGAN})(?=(?:可以|应当|有权|依法)?(?:责令|给予|处以|处|没收|吊销|予以|暂扣|对其))"
)
_BEGINS = re.compile(
    r"(?:除[^，]{0,30}(?:外|以外)|(?:并|还|也|且)?(?:可以|可|应当|应|必须|依法|分别|同时|直接|一律|直至|立即|视情节|根据[^，]{0,20}情节[^，]{0,12}|"
    r"按照[^，]{0,20}|依照[^，]{0,30})*"
    r"(?:由(?!于)|移送|责令|处(?!理|置|分|所|于|方|境)|处分|处理|并处|给予|予以|没收|吊销|暂扣|扣留|扣缴|收缴|撤销|注销|取缔|追缴|追回|警告|拘留|"
    r"批评教育|强制|限期|停止|取消|降低|降级|终止|责成|通报|加收|销毁|拆除|禁止|限制|退还|赔偿|承担|追究|从重|从轻|减轻|免予|不予|终身|"
    r"罚款|单处|中止|暂停|没有违法所得|有违法所得|构成|尚不|不构成|尚未|情节|依照|按照|比照|参照|依据|适用|记入|列入|公告|建议|"
    r"采取|代为|组织|恢复|补办|补缴|补种|代履行|实行|宣布|提请|训诫|具结|遣送|驱逐|驳回|冻结|查封|扣押|约谈|监护人|照价|"
    r"合同无效|中标无效|该|是(?!否)|属于|其[^，]{1,12}(?:无效|不予)|每[^，]{1,12}处|个人|单位|自然人|法人))|"
    r"对[^，]{1,60}?(?:给予|处以|处(?!理|置)|责令)|"
    r"对[^，]{1,70}?(?:人|员|者|位|的|业|构|司|织|体|户|场所|其|行为人|单位|活动|行为|物|品|动物|船舶|车辆|设施|部分)(?:$|处|给予|责令|依法|可以|并|，|没收|予以|由|罚|应当|按|也|，)|"
)
_BARE_BEGINS = re.compile(
    rf"[^，由对]{{2,50}}?{_ORGAN}(?:可以|应当|有权|依法|必须|不予)?"
    r"(?:责令|给予|处以|处(?!理)|没收|吊销|予以|暂扣|追缴|对其|按照|撤销|要求|制止)|"
    r"[^，]{2,40}?(?:年内|终身)不得(?:担任|从事|申请)"
)
_CASE = re.compile(
    r"(?:(?:并|且|但|但是|同时|其中|前款|有前款|有上述|对)?[，]?)?(?:"
    r"(?:有|具有)?(?:[^，]{0,16})?情节(?:特别|较|比较|显著)?(?:严重|恶劣|较?轻|轻微|较重)|"
    r"(?:有[^，]{0,10})?(?:特别)?严重情节|(?:后果|影响|危害)(?:特别)?严重|"
    r"(?:有|具有)?(?:下列|前款[^，]*|上述)[^，]{0,10}情节之一|"
    r"[^，]{0,30}?(?:逾期|拒不|限期|期满|仍|继续|不?按期|经责令|责令)[^，]{0,24}?(?:不|未|拒|没有|改正|执行|停止|整改|履行)[^，]{0,24}|"
    r"拒不[^，]{1,16}|逾期[^，]{1,24}|"
    r"(?:严重)?影响[^，]{1,40}|[^，]{0,12}(?:造成|致使|导致|引起|引发|危及|危害|产生|给[^，]{1,20}造成)[^，]{1,50}(?:的)?|"
    r"(?:尚?不|尚未)够刑事处罚|[^，]{0,6}影响(?:恶劣|较大)|(?:尚?不|尚未|未)?(?:构成|触犯)[^，]{0,24}(?:犯罪|行为|刑律|刑法|损失|后果)(?:[^，]{0,10})|涉嫌犯罪|"
    r"(?:没有|有|无|未取得|未获取|其)?[^，]{0,16}(?:违法|非法|经营|销售|营业|运输|代理|业务)(?:所得|收入|经营额|营业额|收益|金额|货值)[^，]{0,40}|"
    r"(?:没有|无)(?:使用|运营)?(?:许可|营业)?[^，]{0,8}(?:所得|收入)[^，]{0,20}|"
    r"[^，]{0,16}(?:货值|价值|数额|数量|金额|价款|费用|票面额|资产|款额|标的|价格)[^，]{0,30}(?:不足|不满|以上|以下|较大|巨大|较小|不大|无法|难以|超过|不能|小)[^，]{0,20}|"
    r"(?:二|两|三|多|再|首|初|[0-9]+|一年内|两年内|三年内|二年内|五年内)[^，]{0,10}次[^，]{0,30}|(?:再次|屡|多次|第二次|又)[^，]{1,30}|"
    r"[^，]{0,60}有[^，]{0,12}(?:资格|证书|执照)|(?:属于|是|系)[^，]{1,40}(?:的)?|(?:单位|个人|法人|组织|企业|国家(?:机关)?工作人员|国家工作人员|公职人员|党员|境外[^，]{0,8}|外国人|自然人|公民)(?:有|犯|实施|是|违反)?(?:前款|上述|本条|本法)[^，]{0,20}|"
    r"(?:对)?(?:能够|及时|主动|立即|当场)[^，]{0,24}|(?:不能|无法|难以|不|未能)(?:及时)?(?:恢复|拆除|没收|改正|补救|采取|查明|消除|计算|退还|确定)[^，]{0,24}|"
    r"(?:可以|可|能够?|应当|需要|必须)(?:采取|恢复|补办|移植|改正|拆除|没收|予以)[^，]{0,30}|"
    r"(?:法律|行政法规|其他法律|有关法律)[^，]{0,24}(?:另有规定|规定)[^，]{0,20}|"
    r"(?:有)?(?:违法|直接)?(?:所得|损失)[^，]{0,20}|(?:尚未|没有|未)(?:造成|发生|产生)[^，]{1,30}|"
    r"(?:经|被)(?:公安|有关|劝阻|警告|处罚|教育|制止|责令)[^，]{0,40}|"
    r"(?:当事人|行为人|责任人|违法者)[^，]{0,8}(?:不服|拒绝|逾期|无力)[^，]{0,30}|"
    r"(?:对)?(?:有关)?(?:直接)?(?:负责|责任)的?[^，]{0,20}(?:人员)?"
    r")的?"
)
_PIECES = re.compile(r"[，。；：\n]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One condition with what follows from it (条件与后果), spans in the article's text.

    ``condition`` None: it follows from the act itself. ``opens``: the stretch begins a sentence or stands after a
    semicolon, so that its condition may be a new act; otherwise the condition stands in the middle of the penalties.
    """

    condition: Span | None
    measure: Span
    authority: Span | None
    opens: bool


def imposes(words: str) -> bool:
    """Whether the words impose an administrative penalty (行政处罚法第九条), rather than suppose one."""
    return any(not _SUFFERED.search(words[: m.start()]) for m in _IMPOSING.finditer(words))


def reads_back(words: str) -> bool:
    """Whether the penalty is that of another provision: 依照前款的规定处罚."""
    return bool(_READS_BACK.search(words))


def is_lenient(measure: str) -> bool:
    """Whether a measure spares or mitigates: 可以免予处罚, 应当从轻处罚."""
    return bool(_LENIENT.match(measure))


def kinds_of(words: str) -> tuple[SanctionKind, ...]:
    """Kinds of penalty and order that a measure names, in the order of the enumeration; OTHER where none is known."""
    found = {kind for kind, pattern in _PATTERNS if pattern.search(words)}
    return tuple(kind for kind in SanctionKind if kind in found) or (SanctionKind.OTHER,)


def is_internal(text: str, stretches: Sequence[Stretch]) -> bool:
    """Whether authorities only discipline their own (由上级机关责令改正，通报批评), or a court punishes a crime."""
    words = "".join(text[slice(*s.measure)] for s in stretches)
    if re.search(r"罚款|没收|吊销|拘留|暂扣|停业|停产|取缔", words):
        return False
    if _CRIMINAL_ONLY.search(words) or re.search(r"记过|撤职|开除", words):
        return True
    named = "".join(text[slice(*s.authority)] for s in stretches if s.authority is not None)
    return (
        bool(re.search(r"上级|监察|任免|纪检|人民政府$|本级|同级|主管机关|所在单位|有关机关", named)) or "处分" in words
    )


def is_case(condition: str) -> bool:
    """Whether a condition is only a case of an act told before: 情节严重的, 逾期不改正的, 违法所得不足十万元的."""
    words = condition.strip().removesuffix("的")
    pieces = [p for p in words.split("，") if p]
    return words.startswith("其中") or (bool(pieces) and all(_is_case_piece(p) for p in pieces))


def _is_case_piece(piece: str) -> bool:
    return bool(_CASE.fullmatch(piece)) or all(_CASE.fullmatch(p) for p in piece.split("、"))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and punctuation at its ends."""
    while start < end and text[start] in " \n\t\u3000，,；;。：:、":
        start += 1
    while end > start and text[end - 1] in " \n\t\u3000，,；;。：:":
        end -= 1
    return start, end


def split_stretches(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The conditions of a paragraph's head with their measures, in printed order."""
    for sentence in _cut(text, start, end, "。\n"):
        for part in _parts(text, *sentence):
            yield from _stretches(text, *part)


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Parts between semicolons; a part without any measure goes with the next (…的；…的，由…)."""
    begin: int | None = None
    for left, right in _cut(text, start, end, "；：;"):
        begin = left if begin is None else begin
        if any(_is_measure(text[slice(*piece)]) for piece in _cut(text, left, right, "，")) or right >= end:
            yield begin, right
            begin = None
    if begin is not None:
        yield begin, end


def _stretches(text: str, start: int, end: int) -> Iterator[Stretch]:
    """One part: its first condition may be an act, those after a measure are cases."""
    pieces = list(_cut(text, start, end, "，"))
    opens = True
    at = 0
    while at < len(pieces):
        condition_from = at
        while at < len(pieces) and not _starts_measure(text, pieces, at, condition_from):
            at += 1
        condition = trimmed(text, pieces[condition_from][0], pieces[at - 1][1]) if at > condition_from else None
        measure_from = at
        while at < len(pieces) and not (at > measure_from and _starts_condition(text, pieces, at)):
            at += 1
        if measure_from >= len(pieces):
            return
        measure = trimmed(text, pieces[measure_from][0], pieces[at - 1][1])
        yield Stretch(condition, measure, _authority(text, measure), opens)
        opens = False


def _starts_measure(text: str, pieces: Sequence[Span], at: int, since: int) -> bool:
    words = text[slice(*pieces[at])].strip()
    if not _is_measure(words):
        return False
    if at == since:
        return not words.endswith("的")
    before = text[slice(*pieces[at - 1])].strip()
    return before.endswith(("的", "之一", "者", "期间", "时")) and not words.endswith("的")


def _is_measure(words: str) -> bool:
    words = words.strip()
    begun = _BEGINS.match(words)
    return bool(begun and begun.end()) or bool(_BARE_BEGINS.match(words))


def _starts_condition(text: str, pieces: Sequence[Span], at: int) -> bool:
    """Whether a case begins here: clauses up to one that ends in 的, before the next measure."""
    words = text[slice(*pieces[at])].strip()
    if words.endswith("的"):
        return not re.match(r"(?:并)?(?:处|没收|吊销|责令|给予|撤销)", words)
    return False


def _authority(text: str, measure: Span) -> Span | None:
    words = text[slice(*measure)]
    named = _AUTHORITY.search(words) or _BARE_AUTHORITY.match(words)
    return (measure[0] + named.start("name"), measure[0] + named.end("name")) if named else None


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """Stretches between the marks, brackets and quotations left whole; blank ones are left out."""
    begin, depth = start, 0
    for at in range(start, end):
        char = text[at]
        depth = depth + 1 if char in "（《“" else max(0, depth - 1) if char in "）》”" else depth
        if depth == 0 and char in marks:
            if text[begin:at].strip():
                yield begin, at
            begin = at + 1
    if text[begin:end].strip():
        yield begin, end
