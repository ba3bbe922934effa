"""The proof of an item (试题校验), check by check."""

from __future__ import annotations

from assistant.quiz.binding import digest
from assistant.quiz.contract import Check, CheckResult, Form, ItemContent, Proof
from assistant.quiz.proof.evidence import Evidence
from assistant.quiz.proof.form import dangling_fault, form_fault, giveaway_fault
from assistant.quiz.proof.key import refutation_fault, second_key_fault, support_fault
from corpus.vocabulary import Shelf, State

_BY_A_PERSON = "没有可核对的命题依据，须由审核人确认"


def prove(item: ItemContent, evidence: Evidence) -> Proof:
    """Every check of an item against the texts of its day.

    Items without a claim (written by people, imported) cannot be proved beyond their quotations: the checks on the
    key then come out undecided, and a reviewer decides.
    """
    malformed = form_fault(item)
    if malformed:
        return Proof(checks=[_result(Check.WELL_FORMED, malformed)])
    checks = [
        _result(Check.WELL_FORMED, ""),
        _result(Check.VERBATIM, _quotation_fault(item, evidence)),
        _result(Check.IN_FORCE, _force_fault(item, evidence)),
        *_key_checks(item, evidence),
        _result(Check.NO_GIVEAWAY, giveaway_fault(item)),
        _result(Check.STANDS_ALONE, dangling_fault(item)),
    ]
    return Proof(checks=checks)


def _key_checks(item: ItemContent, evidence: Evidence) -> list[CheckResult]:
    if item.claim is None:
        undecided = (Check.SUPPORTED, Check.REFUTED) if _has_options(item) else (Check.SUPPORTED,)
        return [
            *(CheckResult(check=c, passed=None, detail=_BY_A_PERSON) for c in undecided),
            _result(Check.SINGLE_KEY, second_key_fault(item)),
        ]
    if item.claim.request:
        from assistant.quiz.makers.records.verify import verify_computed

        if evidence.desk is None:
            return [CheckResult(check=Check.SUPPORTED, passed=None, detail="没有裁量数据，无法复算")]
        passed, detail = verify_computed(item, evidence.desk)
        computed = "" if passed else detail or "复算结果与答案不符"
        return [
            _result(Check.SUPPORTED, computed),
            _result(Check.REFUTED, computed or _unexplained(item)),
            _result(Check.SINGLE_KEY, second_key_fault(item)),
        ]
    return [
        _result(Check.SUPPORTED, support_fault(item, evidence)),
        _result(Check.REFUTED, refutation_fault(item, evidence)),
        _result(Check.SINGLE_KEY, second_key_fault(item)),
    ]


def _has_options(item: ItemContent) -> bool:
    return item.form in (Form.ONE, Form.MANY)


def _unexplained(item: ItemContent) -> str:
    refuted = {r.option for r in item.refutations} | set(item.key.correct)
    missing = [o for n, o in enumerate(item.options) if n not in refuted]
    return f"错项“{missing[0][:40]}”没有写明错在哪里" if missing else ""


def _quotation_fault(item: ItemContent, evidence: Evidence) -> str:
    if not item.citations:
        return "没有引文"
    for cited in item.citations:
        held = evidence.provision(cited.provision_id)
        if held is None:
            return f"{cited.citation}不在所见文本中"
        start, end = cited.span
        if held[1].text[start:end] != cited.quotation or not cited.quotation.strip():
            return f"{cited.citation}的引文与原文不一致"
        if digest(held[1].text) != cited.digest:
            return f"{cited.citation}的条文已变动"
    return ""


def _force_fault(item: ItemContent, evidence: Evidence) -> str:
    if not item.citations:
        return "没有引文"
    if item.as_of != evidence.day:
        return f"试题适用{item.as_of.isoformat()}的法律，校验用的是{evidence.day.isoformat()}的"
    for cited in item.citations:
        held = evidence.provision(cited.provision_id)
        if held is None:
            return f"{cited.citation}在{evidence.day.isoformat()}没有施行"
        text = held[0]
        if text.document.kind.shelf is Shelf.LAW and text.state not in (State.IN_FORCE, State.AMENDED):
            return f"{cited.citation}在{evidence.day.isoformat()}没有施行"
        if text.version.id != cited.version_id:
            return f"{cited.citation}不是当日的文本"
    return ""


def _result(check: Check, fault: str) -> CheckResult:
    return CheckResult(check=check, passed=not fault, detail=fault)
