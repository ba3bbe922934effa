"""Rules of applying discretion (裁量规则) read from a document of articles: bounds, caps, circumstances, degrees.

Nothing is concluded: every rule is there because a sentence says so, and carries its article and that sentence as it
stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from corpus.discretion.bounds import bounds_in_rules
from corpus.discretion.model import ApplicationRules, Band, Circumstance, DegreeShare, Doubt, SaidBy, Spot
from corpus.validity.commencement import clause_of_text
from corpus.validity.expiry import read_expiry
from corpus.vocabulary import Provision
from ingest.identify.profile import Profile
from ingest.parsers.circumstances import read_circumstances
from ingest.parsers.statute import parse_statute
from ingest.readers.model import ReadDocument

_DISCRETION = "裁量"
_ARTICLES_ABOUT_IT = 3
_ARTICLE = re.compile(r"第.+条")
_SENTENCE = re.compile(r"[^。\n]+。?")
_PERCENT = r"(\d+(?:\.\d+)?)\s*[%％]"
_WEIGHTS = re.compile(r"权重|百分值|累加|裁量(?:总)?(?:分)?值|裁量比例")
_CAP = re.compile(
    rf"(?:不|不得|不能|不应)(?:超过|高于|大于)\s*{_PERCENT}|超过\s*{_PERCENT}的?，?(?:按|以|均按)\s*{_PERCENT}"
)
_UNKNOWN = re.compile(
    r"(?:无法|不能|难以|未能|确实?无法)[^。；]{0,6}(?:查明|查清|认定|确定|核实|取证)[^。；]{0,30}最低"
)
_LOWEST = re.compile(r"最低(?:的)?(?:档|阶次|等级|一?档|裁量|权重|分值|百分值|一级)")
_HEAVIER = re.compile(
    r"(?:同时|两个以上|两种以上|多个|多种|数个|不同)[^。]{0,40}(?:档次|阶次|等级|情节)[^。]{0,40}"
    r"(?:较重|最重|更重|较高|最高|就高|重)的?(?:裁量)?(?:档次|阶次|等级|情节|档)"
)
_MIDDLE = r"(?:中间|平均|中位)"
_SEVERE_AT_LEAST = re.compile(rf"从重[^。；]{{0,12}}不(?:得)?低于[^。；]{{0,30}}{_MIDDLE}")
_LENIENT_BELOW = re.compile(rf"从轻[^。；]{{0,12}}(?<!不)(?<!不得)低于[^。；]{{0,30}}{_MIDDLE}")
_LENIENT_SHARE = re.compile(rf"从轻[^。；]{{0,60}}?(?:较低的?|低于|最低限以上)?\s*{_PERCENT}\s*(?:以下|部分|以内)")
_SEVERE_SHARE = re.compile(
    rf"从重[^。；]{{0,60}}?(?:(?P<top>较高的?)\s*(\d+(?:\.\d+)?)\s*[%％]\s*部分|{_PERCENT}\s*以上)"
)
_USUAL_SHARE = re.compile(rf"一般[^。；]{{0,60}}?{_PERCENT}\s*(?:以上)?\s*(?:至|到|-|－|—|–|~|～|、)?\s*{_PERCENT}")
_COMES_INTO_FORCE = re.compile(r"(?:施行|实施|执行|生效)")


@dataclass(frozen=True, slots=True)
class _Article:
    """One article: its label and words, without the label."""

    label: str
    text: str


def read_application_rules(document: ReadDocument, profile: Profile) -> ApplicationRules | None:
    """The rules of applying discretion in a document of articles; None where it has none.

    A document is one of rules when its title or three of its articles speak of 裁量 and something is ruled.
    """
    articles = [
        _Article(row.label, row.text)
        for text in parse_statute(document, profile)
        for row in text.rows
        if _ARTICLE.fullmatch(row.label)
    ]
    about = sum(_DISCRETION in article.text for article in articles)
    if not articles or (_DISCRETION not in profile.title and about < _ARTICLES_ABOUT_IT):
        return None
    circumstances: list[Circumstance] = []
    doubts: list[Doubt] = []
    for article in articles:
        found, uncertain = read_circumstances(article.label, article.text)
        circumstances += found
        doubts += uncertain
    cap = _cap(articles)
    degree, by, shares = _degree(articles)
    effective, expires, dates_by = _dates(profile, articles, doubts)
    rules = ApplicationRules(
        title=profile.title,
        bounds=bounds_in_rules(profile.title, [(a.label, a.text) for a in articles]),
        total_cap=cap[0] if cap else None,
        total_cap_by=cap[1] if cap else None,
        lowest_if_unknown=_said(articles, lambda s: bool(_UNKNOWN.search(s) and _LOWEST.search(s))),
        degree=degree,
        degree_by=by,
        heavier_tier=_said(articles, lambda s: bool(_HEAVIER.search(s))),
        circumstances=tuple(circumstances),
        doubts=tuple(doubts),
        shares=shares,
        effective=effective,
        expires=expires,
        dates_by=dates_by,
    )
    ruled = (rules.bounds, rules.total_cap, rules.lowest_if_unknown, rules.degree, rules.heavier_tier)
    return rules if any(r is not None for r in ruled) or circumstances else None


def _sentences(articles: Sequence[_Article]) -> Iterator[tuple[str, str]]:
    """Every sentence with the label of its article, in printed order."""
    for article in articles:
        for sentence in _SENTENCE.findall(article.text):
            yield article.label, sentence.strip()


def _said(articles: Sequence[_Article], says: Callable[[str], bool]) -> SaidBy | None:
    return next((SaidBy(label, sentence) for label, sentence in _sentences(articles) if says(sentence)), None)


def _cap(articles: Sequence[_Article]) -> tuple[Fraction, SaidBy] | None:
    """The most that the weights may add up to (最高不超过100%), in percentage points."""
    for label, sentence in _sentences(articles):
        if _WEIGHTS.search(sentence) and (cap := _CAP.search(sentence)):
            return Fraction(next(g for g in reversed(cap.groups()) if g)), SaidBy(label, sentence)
    return None


def _degree(articles: Sequence[_Article]) -> tuple[Band | None, SaidBy | None, tuple[DegreeShare, ...]]:
    """Where in the band a fine goes by degree: about the middle, or by shares of the band."""
    for article in articles:
        if _SEVERE_AT_LEAST.search(article.text) and _LENIENT_BELOW.search(article.text):
            return Band.MIDDLE, SaidBy(article.label, article.text), ()
    for article in articles:
        lenient, severe = _LENIENT_SHARE.search(article.text), _SEVERE_SHARE.search(article.text)
        if lenient and severe:
            return Band.SHARES, SaidBy(article.label, article.text), _shares(article.text, lenient, severe)
    return None, None, ()


def _shares(text: str, lenient: re.Match[str], severe: re.Match[str]) -> tuple[DegreeShare, ...]:
    """从轻 the lower 30 %, 一般 between, 从重 the upper 30 %: percentage points from the lower end of the band."""
    whole = Fraction(100)
    top = Fraction(severe[2] or severe[3])
    parts = [DegreeShare("从轻", Fraction(0), Fraction(lenient[1]))]
    if usual := _USUAL_SHARE.search(text):
        parts.append(DegreeShare("一般", Fraction(usual[1]), Fraction(usual[2])))
    parts.append(DegreeShare("从重", whole - top if severe["top"] else top, whole))
    return tuple(parts)


def _dates(
    profile: Profile, articles: Sequence[_Article], doubts: list[Doubt]
) -> tuple[dt.date | None, dt.date | None, SaidBy | None]:
    """The first day in force and the first day no longer, where the articles say them; a misprinted day is doubted."""
    provisions = [Provision(a.label, "", n, a.label, a.text) for n, a in enumerate(articles, 1)]
    clause = clause_of_text(profile.title, profile.published, provisions)
    if clause is not None:
        commencement, provision = clause[0].fact, clause[1]
        expiry = read_expiry(profile.title, provisions)
        end = expiry.end(commencement) if expiry else None
        return commencement.day, end.day if end else None, SaidBy(provision.label, provision.text)
    last = articles[-1]
    if _COMES_INTO_FORCE.search(last.text) and re.search(r"\d{4}年", last.text):
        message = f"施行日期没有读出：“{last.text.strip()}”，请核对。"
        doubts.append(Doubt("date_not_read", message, Spot(article=last.label)))
        return None, None, SaidBy(last.label, last.text)
    return None, None, None
