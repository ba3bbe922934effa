"""Commencement (施行日期) as a text states it, mostly in its last article (附则): 本法自2026年8月15日起施行."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.validity.wording import DATE, any_own_name, cite, compact, own_names, parse_day
from corpus.vocabulary import DateBasis, DatedFact, Provision

_PUBLICATION = r"(?:公布|发布|颁布|印发|通过)之日"
_PERIOD = r"(?P<period>[0-9〇零一二三四五六七八九十百]+(?:日|天|个月|年))"
_WHEN = (
    rf"(?:(?P<date>{DATE})(?:零时)?起?"
    rf"|(?P<late>{_PUBLICATION}(?:起|满|届满)*{_PERIOD}(?:以?后|起|届满)+)"
    rf"|(?P<publication>{_PUBLICATION})起?)"
)
_VERB = r"(?:正式)?(?:施行|实施|生效|执行|实行)"
# 本法（原称《…》）自…起施行 (现役军官法第五十四条), 本法除第七条外，自…起施行; not 本法第七条自…起施行.
_BEFORE = r"(?:（[^（）]*）)?(?:除[^。；]{1,80}?外，(?:其他条款)?)?(?:自|从|于)?"
# A quotation that begins with 本法自… is the text being amended; a closing mark before 本决定自… is not.
_OPENING = re.compile(r"(?m)(^|[：:])[ \t\u3000]*[\"“「『][ \t\u3000]*(?=本)")
_QUOTED = "※"
_HINT = re.compile(r"[施实执]\s*行|实\s*施|生\s*效")  # the verb, whatever blanks stand in it: read before all else


@dataclass(frozen=True, slots=True)
class CommencementClause:
    """A clause on commencement: the fact it proves, and whether it names a day or only 公布之日.

    自公布之日起施行 refers to the first publication of the law; in an amended text that is not this text's.
    """

    fact: DatedFact
    names_day: bool


def read_commencement(text: str, published: dt.date | None, evidence: str = "") -> DatedFact | None:
    """Read the day from which the text says that it applies as a whole; None where it does not say.

    ========================================  ==================================================================
    本法自2026年8月15日起施行                   that day; 一九九七年七月一日 and stray blanks are read too
    本条例自公布之日起施行                      ``published``, or None when that is not known
    本办法自公布之日起30日后施行                 30 days after ``published`` as a bound (NOT_BEFORE): texts differ in
                                              whether the thirtieth day counts
    本法第七条自2026年1月1日起施行               None: that is one article's commencement
    ========================================  ==================================================================

    ``evidence`` is stored as given. Basis: OWN_TEXT, or NOT_BEFORE for a bound.
    """
    clause = read_clause(text, published, any_own_name(), evidence)
    return clause.fact if clause else None


def read_clause(
    text: str, published: dt.date | None, names: Sequence[str], evidence: str = ""
) -> CommencementClause | None:
    """Read the last clause in which a text that calls itself 本 + one of ``names`` states its commencement.

    Names matter: annex one of 《香港特别行政区基本法》 says 本办法自2021年3月31日起施行, which is not the law's day.
    """
    plain = compact(_OPENING.sub(rf"\1{_QUOTED}", text))
    own = rf"(?<!{_QUOTED})本(?:{'|'.join(names)}){_BEFORE}{_WHEN}{_VERB}"
    bare = rf"(?:^|(?<=[。；]))(?:现予公布，)?自{_WHEN}{_VERB}(?=[。；]|$)"
    found = list(re.finditer(own, plain)) or list(re.finditer(bare, plain))
    for match in reversed(found):
        clause = _clause(match, published, evidence)
        if clause is not None:
            return clause
    return None


def clause_of_text(
    title: str, published: dt.date | None, provisions: Sequence[Provision]
) -> tuple[CommencementClause, Provision] | None:
    """The commencement clause of a whole text with the provision that holds it, searched from the end."""
    names = own_names(title) or any_own_name()
    for provision in reversed(provisions):
        if _HINT.search(provision.text) is None:
            continue
        clause = read_clause(provision.text, published, names, cite(title, provision.label))
        if clause is not None:
            return clause, provision
    return None


def _clause(match: re.Match[str], published: dt.date | None, evidence: str) -> CommencementClause | None:
    if match["date"]:
        day = parse_day(match["date"])
        return CommencementClause(DatedFact(day, DateBasis.OWN_TEXT, evidence), names_day=True) if day else None
    if published is None:
        return None
    if match["publication"]:
        return CommencementClause(DatedFact(published, DateBasis.OWN_TEXT, evidence), names_day=False)
    day = after(published, match["period"])
    return CommencementClause(DatedFact(day, DateBasis.NOT_BEFORE, evidence), names_day=False) if day else None


def after(start: dt.date, period: str) -> dt.date | None:
    """``start`` moved on by 三十日, 六个月 or 一年; None where the number cannot be read."""
    unit = next(u for u in ("个月", "日", "天", "年") if period.endswith(u))
    try:
        count = parse_number(period.removesuffix(unit))
    except InvalidInput:
        return None
    if unit in ("日", "天"):
        return start + dt.timedelta(days=count)
    months = start.month - 1 + count * (1 if unit == "个月" else 12)
    year, month = start.year + months // 12, months % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(start.day, last))
