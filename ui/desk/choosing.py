"""The options of a standard (裁量选择): one question for each factor or axis, the start, the column of fines, bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

import streamlit as st

from assistant.discretion.contract import ComputeRequest, StandardInfo, TierInfo
from assistant.discretion.sums import read_sum
from assistant.discretion.words import yuan_words
from corpus.errors import InvalidInput
from ui.desk.state import ACT_DAY, case, chosen_day, region
from ui.desk.tiers import matching, steps, tier_words
from ui.labels import plain
from ui.markup import block, element, text

T = TypeVar("T", str, int)

_SUM_HELP = "以元计；也可写 500万 或 500万元。"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen so far; what is left out is asked for by the desk."""

    choose: dict[str, str] = field(default_factory=dict)
    tier: int | None = None
    variant: str | None = None
    column: str | None = None
    inputs: dict[str, Decimal] = field(default_factory=dict)

    def request(self, key: str) -> ComputeRequest:
        return ComputeRequest(
            standard=key,
            choose=self.choose,
            tier=self.tier,
            variant=self.variant,
            column=self.column,
            inputs=self.inputs,
            as_of=chosen_day(ACT_DAY),
            region=region(),
        )


def show_choice(standard: StandardInfo) -> Choice:
    """The questions of a standard, each with its options in printed order, and nothing chosen beforehand."""
    st.html(block(element("div", "裁量情节", "ea-lead")))
    variant = _one("裁量起点", standard.variants, key=f"desk_variant_{standard.key}") if standard.variants else None
    tier: int | None = None
    if standard.mode == "weighted":
        choose = _factors(standard)
    else:
        choose, tier = _tier(standard)
    column = None
    if len(standard.fine_columns) > 1:
        column = _one("适用的罚款列", standard.fine_columns, key=f"desk_column_{standard.key}")
    return Choice({} if tier is not None else choose, tier, variant, column, _inputs(standard))


def _factors(standard: StandardInfo) -> dict[str, str]:
    choose = {}
    for number, factor in enumerate(standard.factors):
        options = [option.label for option in factor.options]
        weights = {option.label: f"{option.label}（{option.weight_text}）" for option in factor.options}
        chosen = _one(
            factor.name, options, key=f"desk_factor_{standard.key}_{number}", words=weights, help_=_page(factor.page)
        )
        if chosen is not None:
            choose[factor.name] = chosen
    return choose


def _tier(standard: StandardInfo) -> tuple[dict[str, str], int | None]:
    """The labels chosen, axis by axis, and the tier where they lead to one; rows without labels are chosen whole."""
    choose: dict[str, str] = {}
    place = 0
    while place < len(asked := steps(standard.axes, standard.tiers, choose)):
        step = asked[place]
        chosen = _one(step.axis or "情形", list(step.options), key=f"desk_axis_{standard.key}_{step.axis}")
        if chosen is None or chosen not in step.options:
            return choose, None
        choose[step.axis] = chosen
        place += 1
    left = matching(standard.axes, standard.tiers, choose)
    if len(left) == 1:
        return choose, left[0].index
    rows = {tier.index: f"{tier_words(tier)}（{_fines(tier)}）" for tier in left}
    picked = _one("属于哪一种情形", list(rows), key=f"desk_row_{standard.key}_{'_'.join(choose.values())}", words=rows)
    return choose, picked


def _fines(tier: TierInfo) -> str:
    return "；".join(dict.fromkeys(fine.text for fine in tier.fines.values() if fine.text)) or "见原文"


def _inputs(standard: StandardInfo) -> dict[str, Decimal]:
    """The bases that the desk asked for (货值金额, 总投资额 …), in yuan."""
    given = {}
    for name in case().inputs.get(standard.key, []):
        words = st.text_input(
            plain(f"{name}（元）"),
            key=f"desk_input_{standard.key}_{name}",
            placeholder="如 5000000 或 500万",
            help=_SUM_HELP,
            persist_state="session",
        )
        yuan = sum_shown(words)
        if yuan is not None:
            given[name] = yuan
    return given


def sum_shown(words: str | None) -> Decimal | None:
    """The sum that was typed, said again as it was read; None with a notice where it is no sum."""
    if not words or not words.strip():
        return None
    try:
        yuan = read_sum(words)
    except InvalidInput as error:
        st.html(block(element("div", text(f"{error.what}{error.remedy or ''}")), css="ea-notice ea-problem"))
        return None
    st.caption(plain(f"即 {yuan_words(yuan)}"))
    return yuan


def _one(
    name: str,
    options: Sequence[T],
    *,
    key: str,
    words: Mapping[T, str] | None = None,
    help_: str | None = None,
) -> T | None:
    """One question with its options, said in ``words`` where given; nothing is chosen beforehand."""
    said = words or {}
    return st.radio(
        plain(name),
        options,
        index=None,
        key=key,
        format_func=lambda option: plain(said.get(option, str(option))),
        help=help_,
        persist_state="session",
    )


def _page(page: int | None) -> str | None:
    return f"见第{page}页" if page else None
