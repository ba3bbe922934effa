"""The standing of law on a day (当日效力), read from validities already derived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from corpus.validity.facts import AmendedArticle, Standing
from corpus.validity.wording import format_article, write_day
from corpus.vocabulary import ArticleNumber, DateBasis, SourceStatus, State, Validity, Version

LONGEST_WAIT = dt.timedelta(days=2 * 365)
"""A text whose commencement is not known is in doubt for this long after its publication.

The longest wait between publication and commencement among the laws of the package is 386 days (契税法, 2020–2021).
"""


def ended_on_unknown_day(validity: Validity) -> bool:
    """Whether the text has ceased to apply, or may have, on a day that the sources do not give."""
    marked = validity.source_status in (SourceStatus.REPEALED, SourceStatus.SUPERSEDED)
    return validity.end.day is None and (marked or bool(validity.end.evidence))


def serving_span(validity: Validity) -> tuple[dt.date, dt.date | None] | None:
    """Days ``[from, until)`` on which the text may be served as the law in force; ``until`` None: no end known.

    ============================================================  ==============================================
    commencement known, end known or open                           from the one to the other
    commencement unknown                                            from its publication on: the text of no
                                                                    earlier day, and the newest held for later
                                                                    ones; ``Standing.certain`` says the doubt
    end bounded (NOT_BEFORE the successor's publication)            until that publication, when the successor
                                                                    takes over with its own doubt
    ended on a day the sources do not give (已废止, no date; an       None: it is never served as in force
    undated text beside a dated one)
    end ≤ start                                                     None
    neither commencement nor publication known: an undated          every day, up to its end; ``Standing.certain``
    text of law, or a case or guidance (NOT_LAW)                    is false for the former
    ============================================================  ==============================================

    Whether the text is withheld (``Version.withheld``) is for the caller to ask first.
    """
    if ended_on_unknown_day(validity):
        return None
    start = _start(validity) or dt.date.min
    end = validity.end.day
    return None if end is not None and end <= start else (start, end)


def state_of_document(versions: Sequence[Version], as_of: dt.date, today: dt.date) -> Standing:
    """Say how a document stands on ``as_of``, seen from ``today``; ``versions`` are all held texts of one document.

    =======================  =====================================================================================
    IN_FORCE                 a held text applies on that day; a repeal or a new text to come is told in ``reason``
    AMENDED                  the same, and another text held has replaced it by ``today`` (``successor``)
    NOT_YET_IN_FORCE         the law had not commenced
    REPEALED                 the law was repealed on or before that day (``ended_by``), or the source marks it 已废止
                             and no text gives the day: then ``certain`` is false
    VERSION_NOT_IN_CORPUS    the law existed, the text of that day is not held; ``version`` is the nearest text
    NOT_IN_CORPUS            ``versions`` is empty, or all are withheld (retired, or shadowed by another text)
    =======================  =====================================================================================
    """
    held = sorted((v for v in versions if not v.withheld), key=_order)
    if not held:
        told = "该文件的来源已移除，文本只作历史保存，不再提供。" if versions else "语料未收录该文件。"
        return Standing(State.NOT_IN_CORPUS, None, told)
    serving = [v for v in held if _covers(v.validity, as_of)]
    if serving:
        return _in_force(serving[-1], held, as_of, today)
    begun = [v for v in held if (_start(v.validity) or dt.date.min) <= as_of]
    return _no_longer(begun[-1], as_of, today) if begun else _not_yet(held[0], as_of)


def state_of_article(
    versions: Sequence[Version],
    amended: Sequence[AmendedArticle],
    article: ArticleNumber,
    as_of: dt.date,
    today: dt.date,
    names: Mapping[str, str] | None = None,
) -> Standing:
    """Say how one article stands on ``as_of``: as its document does, unless an amendment held changed its text.

    ``amended`` are the amended articles of these versions (``CorpusStore.amended_articles``); ``names`` gives the
    canonical citation of an amending provision by id, for ``reason`` (without it: 其后的修改文件). An article changed
    on or before ``as_of`` whose amended text is not held is VERSION_NOT_IN_CORPUS; one changed later, by ``today``,
    is AMENDED. Both carry the amending provisions in ``changed_by``.
    """
    standing = state_of_document(versions, as_of, today)
    version = standing.version
    if version is None or standing.state not in (State.IN_FORCE, State.AMENDED):
        return standing
    changes = sorted(
        (a for a in amended if a.version_id == version.id and a.article == article),
        key=lambda a: a.effective or dt.date.min,
    )
    if not changes:
        return standing
    label = format_article(article)
    past = [a for a in changes if a.effective is None or a.effective <= as_of]
    named = past or changes
    by = "、".join((names or {}).get(a.amending_provision_id, "其后的修改文件") for a in named)
    ids = tuple(a.amending_provision_id for a in named)
    day = named[-1].effective
    since = f"自{write_day(day)}起" if day else "（施行日期不详）"
    if past:
        certain = standing.certain and all(a.effective for a in past)
        reason = f"{label}{since}已由{by}修改，修改后的条文未收录；所列为修改前的条文。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason, changed_by=ids, certain=certain)
    state = State.AMENDED if day and day <= today else standing.state
    reason = f"{standing.reason}{label}{since}由{by}修改。"
    return Standing(state, version, reason, standing.successor, standing.ended_by, ids, standing.certain)


def _order(version: Version) -> tuple[dt.date, str]:
    return version.validity.published or version.validity.commencement.day or dt.date.min, version.id


def _start(validity: Validity) -> dt.date | None:
    """The first day on which the text may be served; None: any day."""
    if validity.commencement.basis is DateBasis.NOT_LAW:
        return validity.commencement.day
    return validity.commencement.day or validity.published


def _covers(validity: Validity, day: dt.date) -> bool:
    span = serving_span(validity)
    return span is not None and span[0] <= day and (span[1] is None or day < span[1])


def _in_force(version: Version, held: Sequence[Version], as_of: dt.date, today: dt.date) -> Standing:
    validity = version.validity
    reason, certain = _commencement_told(validity, as_of)
    end = validity.end
    if end.basis is DateBasis.REPEALING_TEXT and end.day is not None:
        reason += f"自{write_day(end.day)}起废止（依据：{end.evidence}）。"
        return Standing(State.IN_FORCE, version, reason, ended_by=end.evidence, certain=certain)
    if end.basis is DateBasis.OWN_TEXT and end.day is not None:
        reason += f"有效期至{write_day(end.day - dt.timedelta(days=1))}（依据：{end.evidence}）。"
        return Standing(State.IN_FORCE, version, reason, ended_by=end.evidence, certain=certain)
    successor = _successor(version, held)
    if successor is None:
        return Standing(State.IN_FORCE, version, reason, certain=certain)
    if end.basis is DateBasis.NOT_BEFORE and end.day is not None:
        reason += f"{end.evidence}，本文本的失效日期因而不详。"
    elif end.day is not None:
        verb = "已由" if end.day <= today else "将由"
        reason += f"自{write_day(end.day)}起{verb}新文本取代（依据：{end.evidence}）。"
    replaced = end.day is not None and end.day <= today
    state = State.AMENDED if replaced else State.IN_FORCE
    return Standing(state, version, reason, successor, certain=certain)


def _commencement_told(validity: Validity, as_of: dt.date) -> tuple[str, bool]:
    start, published = validity.commencement, validity.published
    if start.basis is DateBasis.NOT_LAW:
        told = f"{write_day(published)}公布" if published else "公布日期不详"
        return f"本文件不是法律规范，仅供参考（{told}）。", True
    if start.day is None and published is None:
        return "本文本的公布日期和施行日期均不详，不能确认当日是否适用，暂按本文本提供，请核对官方文本。", False
    if start.day is not None:
        if start.basis is DateBasis.NOT_BEFORE:
            told = f"本文本的施行日期不详，不早于{write_day(start.day)}（{start.evidence}）。"
            return told, as_of - start.day >= LONGEST_WAIT
        return f"本文本自{write_day(start.day)}起施行（依据：{start.evidence}）。", True
    told = start.evidence or "本文本的施行日期不详"
    if published is not None and as_of - published < LONGEST_WAIT:
        return f"{told}；自公布日起暂按本文本提供，请核对当日是否已施行。", False
    return f"{told}。", True


def _successor(version: Version, held: Sequence[Version]) -> Version | None:
    own = _order(version)[0]
    newer = [v for v in held if dt.date.min < own < _order(v)[0]]
    return newer[0] if newer else None


def _no_longer(version: Version, as_of: dt.date, today: dt.date) -> Standing:
    """No held text applies, although ``version`` once did (or may have)."""
    end = version.validity.end
    if end.basis is DateBasis.REPEALING_TEXT and end.day is not None:
        reason = f"自{write_day(end.day)}起废止（依据：{end.evidence}）。"
        return Standing(State.REPEALED, version, reason, ended_by=end.evidence)
    if end.basis is DateBasis.OWN_TEXT and end.day is not None:
        reason = f"有效期至{write_day(end.day - dt.timedelta(days=1))}，已经届满（依据：{end.evidence}）。"
        return Standing(State.REPEALED, version, reason, ended_by=end.evidence)
    told = end.evidence or "失效日期不详"
    if version.validity.source_status is SourceStatus.SUPERSEDED or end.day is not None:
        reason = f"{told}；不能确认{write_day(as_of)}适用的文本。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason, certain=False)
    doubt = f"不能确认{write_day(as_of)}当日是否仍然有效，" if as_of < today else ""
    reason = f"{told}；{doubt}请核对官方公布的文本。"
    return Standing(State.REPEALED, version, reason, certain=False)


def _not_yet(version: Version, as_of: dt.date) -> Standing:
    """``as_of`` lies before every held text; ``version`` is the oldest."""
    validity = version.validity
    first, start = validity.first_commencement, _start(validity) or dt.date.min
    held_from = (
        f"所收最早的文本于{write_day(start)}起适用"
        if validity.commencement.day
        else f"所收最早的文本于{write_day(start)}公布"
    )
    missing = f"{write_day(as_of)}的文本未收录"
    if first.day is None:
        told = f"本文件此前已有文本（{first.evidence}）" if first.evidence else "此前的文本未收录"
        reason = f"{told}；{held_from}，{missing}。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason, certain=False)
    if first.basis is DateBasis.NOT_AFTER:
        reason = f"本文件不晚于{write_day(first.day)}已经制定（{first.evidence}）；{held_from}，{missing}。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason, certain=first.day <= as_of)
    if first.basis is DateBasis.NOT_BEFORE:
        if as_of < first.day:
            reason = f"本文件于{write_day(first.day)}首次通过（{first.evidence}），{write_day(as_of)}尚未施行。"
            return Standing(State.NOT_YET_IN_FORCE, version, reason)
        reason = f"本文件于{write_day(first.day)}首次通过（{first.evidence}）；{held_from}，{missing}。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason)
    if first.day <= as_of:
        reason = f"本文件自{write_day(first.day)}起施行（依据：{first.evidence}）；{held_from}，{missing}。"
        return Standing(State.VERSION_NOT_IN_CORPUS, version, reason)
    reason = f"自{write_day(first.day)}起施行（依据：{first.evidence}），{write_day(as_of)}尚未施行。"
    published = validity.published
    certain = published is not None and published <= as_of
    if not certain:
        reason += "所收资料中没有更早的文本；当时如有旧法，其文本未收录。"
    return Standing(State.NOT_YET_IN_FORCE, version, reason, certain=certain)
