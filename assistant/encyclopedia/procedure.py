"""Steps and time limits of a procedure (程序与期限), read from the text of the day by what its sentences say.

No article number and no word of law stands here: the patterns name the act of each step, so that another version of
the law gives its own articles, words and limits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.encyclopedia.contract import (
    Excerpt,
    Procedure,
    ProcedureLaw,
    ProcedureStep,
    ProcedureWords,
    TimeLimit,
    TimeUnit,
)
from assistant.encyclopedia.limits import FoundLimit, Span, WorkingDayRule, find_limits, sentences, working_day_rules
from assistant.presenting import citation_of
from corpus.vocabulary import Document, Provision, State, Version

PENALTY_LAW = "中华人民共和国行政处罚法"
COERCION_LAW = "中华人民共和国行政强制法"


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    law: str
    says: re.Pattern[str]


def _steps(law: str, *steps: tuple[str, str]) -> tuple[_Step, ...]:
    return tuple(_Step(name, law, re.compile(says)) for name, says in steps)


_STEPS = (
    *_steps(
        PENALTY_LAW,
        ("立案", r"及时立案|未被发现的，不再给予行政处罚|规定的期限，从违法行为发生之日起"),
        (
            "调查取证",
            r"必须全面、客观、公正地调查|执法人员不得少于两人|(?:主动)?向当事人或者有关人员出示(?:执法)?证件|检查应当制作笔录|"
            r"抽样取证|先行登记保存|执法人员与(?:案件|当事人)有直接利害关系",
        ),
        ("告知", r"作出行政处罚决定之前，应当告知当事人"),
        ("陈述申辩", r"当事人有权进行陈述和申辩|充分听取当事人的意见|不得因当事人(?:陈述、)?申辩而"),
        ("听证", r"要求(?:举行)?听证的权利|要求听证的，应当在|举行听证的[^。；]{1,6}前|根据听证笔录|听证的费用"),
        ("法制审核", r"进行法制审核"),
        ("集体讨论", r"集体讨论决定"),
        (
            "决定",
            r"调查终结，行政机关负责人应当|应当制作行政处罚决定书|案件立案之日起[^。]{1,8}内作出行政处罚决定|"
            r"不得作出行政处罚决定|行政处罚决定不能成立|可以当场作出行政处罚决定",
        ),
        ("送达", r"当场交付当事人|送达当事人"),
        (
            "执行",
            r"行政处罚决定(?:书)?(?:载明)?的期限内，予以履行|收到行政处罚决定书之日起|到期不缴纳罚款|暂缓或者分期缴纳|"
            r"当场收缴的罚款，应当|不停止执行|申请人民法院强制执行的期限|可以当场收缴罚款",
        ),
        ("公开", r"行政处罚决定应当依法公开|撤回行政处罚决定信息"),
        ("结案归档", r"归档保存|结案"),
    ),
    *_steps(
        COERCION_LAW,
        (
            "实施强制措施",
            r"实施前须向行政机关负责人报告|由两名以上行政执法人员实施|出示执法身份证件|通知当事人到场|制作现场笔录|"
            r"当场告知当事人采取行政强制措施的理由|需要当场实施行政强制措施|听取当事人的陈述和申辩",
        ),
        (
            "查封、扣押",
            r"制作并当场交付查封、扣押决定书|查封、扣押限于涉案|不得重复查封|查封、扣押的期限|延长查封、扣押|检测、检验、检疫或者技术鉴定的期间",
        ),
        ("处理与解除", r"采取查封、扣押措施后，应当及时查清事实|应当及时作出解除查封、扣押决定|应当立即退还财物"),
        ("冻结", r"冻结存款、汇款的，[^。]*(?:交付|作出)|自冻结存款、汇款之日起|解除冻结|交付冻结决定书"),
        ("催告", r"作出强制执行决定前，应当事先催告|催告应当以书面形式"),
        ("陈述申辩", r"收到催告书后有权进行陈述和申辩|充分听取当事人的意见，对当事人提出"),
        ("强制执行决定", r"经催告，当事人逾期仍不履行|在催告期间，对有证据证明"),
        ("送达", r"催告书、行政强制执行决定书应当直接送达"),
        ("加处罚款、滞纳金", r"加处罚款或者滞纳金(?:的标准|的数额|超过)|依法作出金钱给付义务"),
        ("代履行", r"代履行[^。]{0,8}日?前，催告|代履行前送达决定书|需要立即清除|可以代履行"),
        ("强制拆除", r"需要强制拆除的|可以依法强制拆除"),
        ("时间与方式限制", r"不得在夜间或者法定节假日实施|不得对居民生活采取停止供水"),
        (
            "申请法院强制执行",
            r"没有行政强制执行权的行政机关可以自期限届满|申请人民法院强制执行前，应当催告|催告书送达[^。]{1,6}后|"
            r"人民法院接到行政机关强制执行的申请|应当自受理之日起|对人民法院不予受理",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class LawText:
    """A procedural law in the text of the day."""

    document: Document
    version: Version
    state: State
    provisions: Sequence[Provision]


def read_procedure(laws: Sequence[LawText], day: dt.date, notes: Sequence[str] = ()) -> Procedure:
    """The steps of the procedural laws, in the order of a case, with the sentences that say them."""
    rules = {law.document.id: working_day_rules(law.provisions) for law in laws}
    by_title = {law.document.title: law for law in laws}
    steps = []
    for step in _STEPS:
        law = by_title.get(step.law)
        if law is None:
            continue
        words = [w for p in _procedural(law) for w in _words(p, law, step.says, rules[law.document.id])]
        if words:
            steps.append(
                ProcedureStep(name=step.name, law=law.document.title, document_id=law.document.id, words=words)
            )
    return Procedure(
        as_of=day,
        laws=[_law(law, rules[law.document.id]) for law in laws],
        steps=steps,
        notes=list(notes),
    )


def _procedural(law: LawText) -> list[Provision]:
    """The provisions outside the chapter on liability, which only repeats what must be done."""
    return [p for p in law.provisions if "法律责任" not in str(p.heading)]


def _words(
    provision: Provision, law: LawText, says: re.Pattern[str], rules: Sequence[WorkingDayRule]
) -> list[ProcedureWords]:
    return [
        ProcedureWords(
            article=provision.label,
            heading=str(provision.heading),
            words=excerpt(law.document, provision, span),
            limits=[time_limit(law.document, provision, f, rules) for f in find_limits(provision.text, *span)],
            status=law.state,
        )
        for span in sentences(provision.text)
        if says.search(provision.text, *span)
    ]


def time_limit(
    document: Document, provision: Provision, found: FoundLimit, rules: Sequence[WorkingDayRule]
) -> TimeLimit:
    """A limit with what its own law says of working days."""
    rule = next((r for r in rules if found.unit is TimeUnit.DAY and r.covers(found.number)), None)
    working = True if rule is not None or found.own_working else None
    unknown = found.unit is TimeUnit.DAY and working is None
    return TimeLimit(
        words=excerpt(document, provision, found.span),
        number=found.number,
        unit=found.unit,
        starts=excerpt(document, provision, found.starts) if found.starts else None,
        working=working,
        basis=excerpt(document, rule.provision, rule.span) if rule else None,
        note="未写明是工作日还是自然日。" if unknown else "",
    )


def excerpt(document: Document, provision: Provision, span: Span) -> Excerpt:
    """Words of a provision with their span."""
    return Excerpt(
        provision_id=provision.id,
        citation=citation_of(document, provision),
        text=provision.text[slice(*span)],
        span=span,
    )


def _law(law: LawText, rules: Sequence[WorkingDayRule]) -> ProcedureLaw:
    validity = law.version.validity
    return ProcedureLaw(
        document_id=law.document.id,
        title=law.document.title,
        version_id=law.version.id,
        published=validity.published,
        effective_from=validity.commencement.day,
        status=law.state,
        working_days=[excerpt(law.document, r.provision, r.span) for r in rules],
    )
