"""Risk points of an item (风险提示): only what stands in the corpus, each with the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.encyclopedia.contract import (
    CitingProvision,
    Item,
    Penalty,
    Procedure,
    RecordEntry,
    RiskKind,
    RiskPoint,
    SanctionKind,
    TopicProvision,
)
from corpus.vocabulary import State

LOST = re.compile(
    r"[^。\n]*(?:撤销[^。\n]{0,30}(?:处罚|决定)|(?:处罚|决定)[^。\n]{0,16}(?:被|予以|依法)撤销|败诉|确认[^。\n]{0,20}违法|"
    r"决定变更|变更为|重新作出)[^。\n]*。?"
)
_HEARING_KINDS = {
    SanctionKind.FINE: "较大数额的罚款",
    SanctionKind.CONFISCATION: "没收较大数额违法所得或者较大价值非法财物",
    SanctionKind.REVOCATION: "吊销许可证件",
    SanctionKind.DOWNGRADE: "降低资质等级",
    SanctionKind.HALT: "责令停产停业",
    SanctionKind.CLOSURE: "责令关闭",
    SanctionKind.OCCUPATION_BAN: "限制从业",
}
_UNCORRECTED = re.compile(r"(?:逾期|拒不|仍)[^，]{0,10}(?:改正|整改|停止|履行|治理|执行|补办)|(?:不|未)(?:按期)?改正")
_CRIME = re.compile(r"构成犯罪|涉嫌犯罪")
_NO_PENALTY = ("不予行政处罚", "可以不予行政处罚")


def risks_of(
    item: Item,
    provisions: Sequence[TopicProvision],
    records: Iterable[RecordEntry],
    lost: Iterable[tuple[CitingProvision, str]],
    listed: Iterable[CitingProvision],
    procedure: Procedure,
) -> list[RiskPoint]:
    """``lost`` are cases with the sentence on their outcome, ``listed`` the rows of lists of risk points."""
    return [
        *_standing(provisions),
        *_correction_first(item),
        *_crime(item),
        *_hearing(item, procedure),
        *_records(records),
        *(_case(case, words) for case, words in lost),
        *(_listed(row) for row in listed),
    ]


def _standing(provisions: Sequence[TopicProvision]) -> Iterator[RiskPoint]:
    for provision in provisions:
        if provision.status is State.IN_FORCE and not _changes(provision):
            continue
        kind = RiskKind.AMENDED
        told = provision.note or "其后文本有改动，适用前请核对。"
        if provision.status in (State.REPEALED, State.NOT_YET_IN_FORCE):
            kind = RiskKind.NOT_IN_FORCE
        yield RiskPoint(
            kind=kind,
            text=f"{provision.citation}：{told}",
            citation=provision.citation,
            provision_id=provision.provision_id,
            document_id=provision.document_id,
        )


def _changes(provision: TopicProvision) -> bool:
    """Whether another text follows the one shown and has the article otherwise."""
    newer = []
    for version in provision.history:
        if version.current:
            break
        newer.append(version)
    return any(v.change is not None and v.change.value in ("changed", "removed") for v in newer)


def _correction_first(item: Item) -> Iterator[RiskPoint]:
    """The fine follows only where an order to correct was not obeyed."""
    first = next((p for p in item.penalties if p.condition is None), None)
    if first is None or first.kinds != [SanctionKind.CORRECTION]:
        return
    later = next((p for p in item.penalties if p.condition and _UNCORRECTED.search(p.condition.text)), None)
    if later is not None and later.condition is not None:
        yield _of_penalty(
            RiskKind.CORRECTION_FIRST,
            "须先责令改正；当事人没有改正的，才可以给予后面的处罚。",
            later,
            f"{later.condition.text}，{later.words.text}" if _adjoin(later) else later.condition.text,
        )


def _adjoin(penalty: Penalty) -> bool:
    return penalty.condition is not None and penalty.condition.span[1] + 1 == penalty.words.span[0]


def _crime(item: Item) -> Iterator[RiskPoint]:
    for penalty in item.penalties:
        if penalty.condition and _CRIME.search(penalty.condition.text) and "不构成" not in penalty.condition.text:
            text = "可能构成犯罪：构成犯罪的应当依法追究刑事责任，不得以罚代刑。"
            yield _of_penalty(RiskKind.CRIME, text, penalty, penalty.words.text)
            return


def _of_penalty(kind: RiskKind, text: str, penalty: Penalty, quote: str) -> RiskPoint:
    return RiskPoint(
        kind=kind, text=text, quote=quote, citation=penalty.words.citation, provision_id=penalty.words.provision_id
    )


def _hearing(item: Item, procedure: Procedure) -> Iterator[RiskPoint]:
    kinds = [name for kind, name in _HEARING_KINDS.items() if any(kind in p.kinds for p in item.penalties)]
    hearing = next((s for s in procedure.steps if s.name == "听证"), None)
    if not kinds or hearing is None:
        return
    told = next((w for w in hearing.words if "听证的权利" in w.words.text), None)
    if told is not None:
        yield RiskPoint(
            kind=RiskKind.HEARING,
            text=f"拟作出{'、'.join(kinds)}的，应当告知当事人有要求听证的权利。",
            quote=told.words.text,
            citation=told.words.citation,
            provision_id=told.words.provision_id,
            document_id=hearing.document_id,
        )


def _records(records: Iterable[RecordEntry]) -> Iterator[RiskPoint]:
    for record in records:
        citation = f"《{record.document}》{record.place}"
        if record.stale:
            yield RiskPoint(
                kind=RiskKind.STALE_BENCHMARK,
                text=f"“{record.title}”所据条文有变动：{record.note}",
                citation=citation,
                document_id=record.document_id,
                key=record.key,
            )
        if record.effect in _NO_PENALTY:
            yield RiskPoint(
                kind=RiskKind.NO_PENALTY,
                text=f"清单载明符合条件的{record.effect}，处罚前请核对条件。",
                quote=record.title,
                citation=citation,
                document_id=record.document_id,
                key=record.key,
            )


def _case(case: CitingProvision, words: str) -> RiskPoint:
    return RiskPoint(
        kind=RiskKind.LOST_CASE,
        text=f"《{case.title}》中的决定被撤销、变更或者确认违法，请看其理由。",
        quote=words,
        citation=case.citation,
        provision_id=case.provision_id,
        document_id=case.document_id,
    )


def _listed(row: CitingProvision) -> RiskPoint:
    return RiskPoint(
        kind=RiskKind.LISTED,
        text=f"列入《{row.title}》。",
        quote=row.excerpt,
        citation=row.citation,
        provision_id=row.provision_id,
        document_id=row.document_id,
    )
