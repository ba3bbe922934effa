"""A check as the contract shows it (核查结果的呈现)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.discretion.check import Compared
from assistant.discretion.checking import Basics, CaseFacts, Checked
from assistant.discretion.contract import (
    Against,
    CheckResponse,
    Cite,
    Ground,
    Justifying,
    LawAtDate,
    NoPenaltyResult,
    OldOrNew,
)
from assistant.discretion.grounds import Assessed
from assistant.discretion.no_penalty import need_of_fact
from assistant.discretion.old_or_new import Comparison, LawOfDay
from assistant.discretion.present import (
    Origin,
    cite_of,
    compute_response,
    fine_info,
    high_of,
    low_of,
    needed,
)
from assistant.discretion.search_options import Justification
from corpus.citations.format import format_title
from corpus.discretion.model import Fine

_NOTHING = Decimal(0)
_STATUS = {True: "applies", False: "does_not_apply", None: "needs_fact"}


def check_response(
    checked: Checked, basics: Basics, case: CaseFacts, key: str, origin: Origin, warnings: Iterable[str] = ()
) -> CheckResponse:
    """A check with all its citations; ``warnings`` of the desk go before its own."""
    return CheckResponse(
        computed=compute_response(checked.computed, key, origin),
        proposed_yuan=case.proposed,
        against=[_against(one, origin) for one in checked.against],
        verdict=checked.verdict.text,
        ok=checked.verdict.ok,
        justifying=[_justifying(one) for one in checked.search.found],
        grounds=[_ground(one, origin) for one in checked.grounds],
        no_penalty=NoPenaltyResult(
            result=checked.no_penalty.result,
            text=checked.no_penalty.text,
            items=[_ground(one, origin) for one in checked.no_penalty.grounds],
            needs=[needed(need) for need in checked.no_penalty.needs],
        ),
        old_or_new=_old_or_new(checked.old_or_new, basics, origin) if checked.old_or_new is not None else None,
        warnings=list(dict.fromkeys([*warnings, *checked.warnings])),
        needs=[needed(need) for need in checked.needs],
    )


def _against(one: Compared, origin: Origin) -> Against:
    return Against(
        name=one.name,
        position=one.position,
        min_yuan=low_of(one.span),
        max_yuan=high_of(one.span),
        gap_yuan=one.gap,
        text=one.text,
        cites=[cite_of(reference, origin) for reference in one.references],
    )


def _justifying(one: Justification) -> Justifying:
    changes = [f"情形：{one.variant}"] if one.variant else []
    low, high = low_of(one.span), high_of(one.span)
    return Justifying(
        choose=dict(one.choose),
        tier=one.tier,
        fine_min_yuan=low if low is not None else _NOTHING,
        fine_max_yuan=high if high is not None else low or _NOTHING,
        changes=[*changes, *one.changes],
    )


def _ground(one: Assessed, origin: Origin) -> Ground:
    ground = one.ground
    return Ground(
        name=ground.name,
        effect=ground.effect,
        must=ground.must,
        status=_STATUS[one.applies],
        text=f"{ground.name}：{ground.consequence}。{ground.note}",
        cites=[cite_of(reference, origin) for reference in ground.references],
        needs=[needed(need_of_fact(name)) for name in one.asks],
    )


def _old_or_new(comparison: Comparison, basics: Basics, origin: Origin) -> OldOrNew:
    reference = basics.old_for_new
    return OldOrNew(
        old=[_law(pair.old, pair.old_fine) for pair in comparison.pairs],
        new=[_law(pair.new, pair.new_fine) for pair in comparison.pairs],
        differs=comparison.differs,
        more_lenient=comparison.lenience.value,
        text=comparison.text,
        cites=[cite_of(reference, origin)] if reference is not None else [],
    )


def _law(law: LawOfDay, fine: Fine | None) -> LawAtDate:
    place = f"{law.place}（建议）" if law.proposed else law.place
    return LawAtDate(
        day=law.day,
        title=law.title,
        article=place,
        text=law.text or law.reason,
        fine=fine_info(fine) if fine is not None else None,
        cite=Cite(
            citation=f"{format_title(law.title)}{law.place}",
            quote=law.text,
            provision_id=law.provision_id,
            state=law.state,
        ),
    )
