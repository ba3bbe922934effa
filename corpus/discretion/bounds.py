"""How bounds are read (以上、以下是否包括本数): who says so, and which bands hold a number. Pure logic.

Nobody's rule is taken for another's: a benchmark follows its own words, else the rules of application that go with
it; a statute follows its own article; only where all are silent the drafting convention is taken, and labelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.discretion.model import ApplicationRules, BoundsRule, RuleOrigin
from corpus.vocabulary import Provision

ABOVE, BELOW = "以上", "以下"

CONVENTION = BoundsRule(
    above_included=True,
    below_included=True,
    origin=RuleOrigin.CONVENTION,
    document="立法惯例",
    quote="文件本身没有规定；按照立法惯例，以上、以下、以内含本数，不满、不足、超过不含本数。",
    others=(("以内", True), ("不满", False), ("不足", False), ("超过", False)),
    assumed=(ABOVE, BELOW),
)
"""Nobody says it: the way statutes are drafted in general, always shown as such."""

_WORD = (
    r"[“”\"'‘’「」]?\s*(以上|以下|以内|以外|届满|不超过|不高于|不低于|不少于|不足|不满|未满|(?<!不)超过|(?<!不)高于|(?<!不)低于|日内|(?<=[“\"])内(?=[”\"]))"
    r"\s*[“”\"'‘’「」]?"
)
_NAMES = re.compile(_WORD)
_INCLUDES = r"(不包括|不包含|不含|包括|包含|皆含|均含|含|连)(?:(?:在内)?的)?本(?:数|级|日|身)"
_CLAUSE = re.compile(rf"((?:{_WORD}[、，,和及与或\s]*|(?:的|所称|均|中|等)\s*)+)[^。；;“”\"（(]{{0,8}}?{_INCLUDES}")
_OF_MAXIMUM = re.compile(
    rf"(?:法定(?:最高|上限)|最高(?:一)?(?:档|额|罚款|限|处罚)|最后一(?:档|级)|上限(?:为|是|即))[^。；;]{{0,20}}?{_INCLUDES}"
)
_EXCEPT_MAXIMUM = re.compile(r"(?:法定最高[^。；;，,]{0,6}|最高(?:一)?(?:档|阶次|等级|额)|最后一(?:档|级))的?除外")
_SENTENCE = re.compile(r"[^。；;\n]*(?:[；;][^。\n]*)?。?")
_WHOLE_TEXT = re.compile(
    r"本(?:法|条例|办法|规定|规则|细则|决定|实施办法|基准|裁量(?:权)?基准|标准|裁量标准|表|清单)|民法|刑法|本[《〈]"
)
_NARROW = re.compile(
    r"(?:本条|前款|前项|本款|本章|本节|本条第[一二三四五六七八九十]+款)(?:第[一二三四五六七八九十]+款)?[^。]{0,4}(?:所称|中)"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A band of numbers (区间): None is open. ``includes_*`` is set where its own words decide (不足, 超过, 含本数)."""

    low: Decimal | None
    high: Decimal | None
    includes_low: bool | None = None
    includes_high: bool | None = None


# ---- what a text says --------------------------------------------------------------------------------------


def read_bounds(
    text: str, origin: RuleOrigin, document: str = "", article: str = "", provision_id: str | None = None
) -> BoundsRule | None:
    """The rule that ``text`` states (“以上”包括本数，“以下”不包括本数), None where it states none.

    The quote is the sentence, verbatim. Where only one of 以上 and 以下 is named the other follows convention and
    stands in ``assumed``. A sentence that contradicts itself states none.
    """
    found: dict[str, bool] = {}
    quotes: list[str] = []
    for sentence in _sentences(text):
        said = _said(sentence)
        if said and (ABOVE in said or BELOW in said) and not found.keys() & said.keys():
            found |= said
            quotes.append(sentence.strip())
        if ABOVE in found and BELOW in found:
            break
    if not quotes:
        return None
    below = found.get(BELOW, CONVENTION.below_included)
    return BoundsRule(
        above_included=found.get(ABOVE, CONVENTION.above_included),
        below_included=below,
        origin=origin,
        document=document,
        article=article,
        quote="".join(quotes),
        provision_id=provision_id,
        others=tuple((word, holds) for word, holds in found.items() if word not in (ABOVE, BELOW)),
        assumed=tuple(word for word in (ABOVE, BELOW) if word not in found),
        maximum_included=_of_maximum(text, below),
    )


def _of_maximum(text: str, below: bool) -> bool | None:
    """What is said of a band that ends at the statutory maximum: 各档上限为法定上限的，包含本数; 最高档除外."""
    if said := _OF_MAXIMUM.search(text):
        return not said.group(1).startswith("不")
    return not below if _EXCEPT_MAXIMUM.search(text) else None


def _sentences(text: str) -> Iterable[str]:
    return (found.group() for found in _SENTENCE.finditer(text) if "本" in found.group())


def _said(sentence: str) -> dict[str, bool] | None:
    """Word → whether it includes the number; None where the sentence says both of one word."""
    said: dict[str, bool] = {}
    for clause in _CLAUSE.finditer(sentence):
        included = not clause.group(clause.lastindex or 0).startswith("不")
        for word in _NAMES.findall(clause.group(1)):
            if said.setdefault(word, included) is not included:
                return None
    return said


def bounds_in_statute(title: str, provisions: Iterable[Provision] = (), article: str | None = None) -> BoundsRule:
    """How a statute reads its own bounds: its article that says so (found by wording), else CONVENTION.

    A rule for 本条 or 前款 counts only for the ``article`` (label) that holds it. Another statute's rule never counts:
    民法典, 刑法 and 治安管理处罚法 speak each for itself.
    """
    whole: BoundsRule | None = None
    for provision in provisions:
        rule = read_bounds(provision.text, RuleOrigin.STATUTE, title, provision.label, provision.id)
        if rule is None:
            continue
        if _NARROW.search(rule.quote):
            if provision.label == article:
                return rule
        elif whole is None and _WHOLE_TEXT.search(rule.quote):
            whole = rule
    return whole or replace(CONVENTION, quote=f"《{title}》没有规定；{CONVENTION.quote.partition('；')[2]}")


def bounds_in_rules(title: str, articles: Iterable[tuple[str, str]]) -> BoundsRule | None:
    """How rules of application read bounds: the article (label, text) that says so for all of them."""
    for label, text in articles:
        rule = read_bounds(text, RuleOrigin.RULES, title, label)
        if rule is not None and not _NARROW.search(rule.quote):
            return rule
    return None


def bounds_of_benchmark(own: BoundsRule | None, rules: ApplicationRules | None) -> BoundsRule:
    """How a benchmark's bounds are read: its own words first, then its rules of application, else CONVENTION."""
    if own is not None:
        return own
    if rules is not None and rules.bounds is not None:
        return rules.bounds
    return CONVENTION


def describe(rule: BoundsRule) -> str:
    """The rule as a sentence for officers: “以上”包括本数，“以下”不包括本数（《…规定》第二十三条）。"""
    if rule.above_included == rule.below_included:
        said = f"“以上”“以下”均{_includes(rule.above_included)}"
    else:
        said = f"“以上”{_includes(rule.above_included)}，“以下”{_includes(rule.below_included)}"
    if rule.origin is RuleOrigin.CONVENTION:
        return f"{said}（文件没有规定，按立法惯例理解）。"
    source = f"《{rule.document}》{rule.article}" if rule.document else rule.article or "该文件"
    silent = f"；其中“{'”“'.join(rule.assumed)}”该文件没有规定，按立法惯例理解" if rule.assumed else ""
    return f"{said}（{source}{silent}）。"


def _includes(included: bool) -> str:
    return "包括本数" if included else "不包括本数"


# ---- where a number lies -----------------------------------------------------------------------------------


def contains(
    value: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    rule: BoundsRule,
    *,
    includes_low: bool | None = None,
    includes_high: bool | None = None,
) -> bool:
    """Whether ``value`` lies between ``low`` (以上) and ``high`` (以下); None is open; ``includes_*`` outrank the rule.

    A fixed number (``low == high``) holds itself, whatever the rule says.
    """
    if low is not None and low == high and includes_low is not False and includes_high is not False:
        return value == low
    if low is not None and not _at_least(value, low, rule.above_included if includes_low is None else includes_low):
        return False
    return high is None or _at_least(-value, -high, rule.below_included if includes_high is None else includes_high)


def _at_least(value: Decimal, bound: Decimal, included: bool) -> bool:
    return value > bound or (included and value == bound)


def place_in(
    value: Decimal, bands: Sequence[Interval], rule: BoundsRule, maximum: Decimal | None = None
) -> tuple[int, ...]:
    """Indices of the bands that hold ``value``: none is a gap (空档), several are an overlap (重叠).

    ``maximum`` is the statutory one, where known: a rule may say that the band which ends there includes it.
    """
    held = []
    for n, band in enumerate(bands):
        high_in = band.includes_high
        if high_in is None and maximum is not None and band.high == maximum:
            high_in = rule.maximum_included
        if contains(value, band.low, band.high, rule, includes_low=band.includes_low, includes_high=high_in):
            held.append(n)
    return tuple(held)


# ---- which rules go with which benchmark ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RulesCandidate:
    """A document of rules that may go with a benchmark (裁量规则候选). ``text`` is all its words, to find names in."""

    id: str
    title: str
    region: str
    issuer: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RulesMatch:
    """The rules that go with a benchmark, or None, and in either case the reason for people."""

    candidate: RulesCandidate | None
    reason: str


_GENERIC = re.compile(
    r"行政处罚|自由裁量权?|裁量权?|罚款金额|处罚|违法行为|违法|行政|金额|罚款|实施|适用|规范|关于|若干|参照|执行|细化|统一"
    r"|基准|标准|规定|规则|办法|细则|意见|指导|指引|表|目录|清单|试行|暂行|示例|修订|版|依法|行使|工作|[的和与及之]"
)
_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]|\d{4}年版?|[\s《》〈〉“”]")
_ORGAN = re.compile(r"^.*?(?:局|厅|委员会|人民政府)(?=.)")
_BODY = re.compile(r"(?:厅|局|委员会|委|人民政府|办公室)$")


def match_rules(
    benchmark_title: str, region: str, issuer: str | None, candidates: Iterable[RulesCandidate]
) -> RulesMatch:
    """The rules of application that go with a benchmark, with the reason.

    Surest first: rules that name the benchmark; rules whose title the benchmark's title holds; rules of the same place
    (and, where both are known, the same issuer) for the same field (生态环境). Two that are equally sure are left to a
    person.
    """
    others = [c for c in candidates if _bare(c.title) != _bare(benchmark_title)]
    naming = [c for c in others if _bare(benchmark_title) and _bare(benchmark_title) in _bare(c.text)]
    if naming:
        return _one(naming, "该规则点名适用于本基准")
    named = [c for c in others if _bare(c.title) and _bare(c.title) in _bare(benchmark_title)]
    if named:
        return _one(named, "本基准的名称引用了该规则")
    field = field_of(benchmark_title, region, issuer)
    same = [c for c in others if c.region == region and not _differ(issuer, c.issuer)]
    of_field = [c for c in same if field and field_of(c.title, c.region, c.issuer) == field]
    if of_field:
        return _one(of_field, f"同为{region}“{field}”领域的裁量规则")
    of_issuer = [c for c in same if issuer and c.issuer and field_of(c.title, c.region) == _organ(issuer, region)]
    if of_issuer:
        return _one(of_issuer, f"同为{issuer}制定的裁量规则")
    return RulesMatch(None, "没有找到与本基准配套的裁量规则。")


def field_of(title: str, region: str = "", issuer: str | None = None) -> str:
    """The field that a title names once place, organ and the words common to all such titles are gone: 生态环境.

    A title with no field of its own (某市市场监督管理局行政处罚裁量权适用规定) has that of its organ: 市场监督管理.
    """
    words = _bare(title)
    for known in (issuer or "", region):
        words = words.replace(_bare(known), "") if known else words
    field = _BODY.sub("", _GENERIC.sub("", words))
    return _ORGAN.sub("", field) or _organ(issuer, region)


def _organ(issuer: str | None, region: str) -> str:
    return _BODY.sub("", _bare(issuer or "").removeprefix(_bare(region)))


def _bare(text: str) -> str:
    return _BRACKETS.sub("", text).translate(str.maketrans("()", "（）"))


def _differ(first: str | None, second: str | None) -> bool:
    return first is not None and second is not None and _bare(first) != _bare(second)


def _one(found: Sequence[RulesCandidate], reason: str) -> RulesMatch:
    if len(found) == 1:
        return RulesMatch(found[0], f"《{found[0].title}》：{reason}。")
    titles = "、".join(f"《{c.title}》" for c in found)
    return RulesMatch(None, f"{titles}都可能与本基准配套（{reason}），请人工确定。")
