"""The term for which a text says that it applies (有效期): 本通知自2021年1月1日起施行，有效期五年."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.validity.commencement import after
from corpus.validity.wording import DATE, any_own_name, cite, compact, own_names, parse_day
from corpus.vocabulary import DateBasis, DatedFact, Provision

_COUNT = r"[0-9〇零一二两三四五六七八九十]+"
# 本办法所称许可证有效期五年 is the term of a licence: no words of that sort may stand between name and term.
_WITHIN = r"[^。；，证照许可批准书]"
_STARTED = rf"{_WITHIN}{{0,60}}(?:施行|实施|生效|执行|实行|印发|发布|公布)[，,。；]?(?:本(?:%s))?"
_TERM = (
    rf"(?:暂定|试行)?有效期限?(?:(?:为|是)?(?:截止|截至|至|到)+(?P<date>{DATE})"
    rf"|(?:为|是|暂定)*(?P<period>{_COUNT}(?:个月|年))(?=[。；，,（]|$))"
)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A term: the last day named (有效期至2025年12月31日), or a period counted from the commencement (有效期五年)."""

    evidence: str
    last_day: dt.date | None = None
    period: str = ""

    def end(self, commencement: DatedFact) -> DatedFact | None:
        """The first day on which the text no longer applies; None where a period has no certain beginning."""
        if self.last_day is not None:
            return DatedFact(self.last_day + dt.timedelta(days=1), DateBasis.OWN_TEXT, self.evidence)
        if commencement.day is None or commencement.basis is not DateBasis.OWN_TEXT:
            return None
        day = after(commencement.day, self.period)
        return DatedFact(day, DateBasis.OWN_TEXT, self.evidence) if day else None


def read_expiry(title: str, provisions: Sequence[Provision]) -> Expiry | None:
    """The last term that a text states of itself; None for the term of a licence or of anything else."""
    names = own_names(title) or any_own_name()
    pattern: re.Pattern[str] | None = None
    for provision in reversed(provisions):
        if "有效期" not in provision.text:
            continue
        pattern = pattern or _pattern(names)
        for found in reversed(list(pattern.finditer(compact(provision.text)))):
            evidence = cite(title, provision.label)
            if found["period"]:
                return Expiry(evidence, period=found["period"])
            if day := parse_day(found["date"]):
                return Expiry(evidence, last_day=day)
    return None


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    own = "|".join(names)
    return re.compile(rf"本(?:{own})(?:{_STARTED % own})?{_TERM}")
