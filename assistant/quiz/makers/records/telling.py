"""How a record of inspection tells a case (案情叙述): who did what, and each finding with its subject.

A cell of a table is no sentence. What it says of the offender gets the offender as its subject, a value stands under
the name of what was measured, and of two acts that a title joins by 或者 only the one that was found is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.quiz.proof.evidence import contained, plain
from corpus.discretion.labels import one_range

_PARTY = r"单位|个人|企业|经营者|机构|公司|生产者|销售者"
_NAMED_PARTY = re.compile(
    rf"(?P<who>[^，未不的]{{0,12}}?(?:{_PARTY}))(?P<did>(?:未|不|没有|擅自|拒|违|在|将|对|使用|进货|占用).+)"
)
_DOES = re.compile(
    r"未|不|没有|无|擅自|拒|违反|违法|逾期|超|伪造|变造|占用|堵塞|损坏|使用|经营|销售|生产|发布|对|在|向|将|进货时"
    r"|焚烧|排放|饲养|出租|转让|提供"
)
_PREDICATE = re.compile(r"未|没有|不(?!动产)|无|造成|超过|擅自|缺少")
_STAFF = re.compile(
    r"从事(?P<work>[^，]{2,30}?(?:工作|作业|活动))的人员未(?P<lacks>取得[^，]{2,16}?)，?(?:即)?(?:上岗[^，]{0,4})?"
)
"""Who lets people work without what they need: 从事…工作的人员未取得健康证明上岗工作."""
_JOINED_ACTS = re.compile(r"或者(?=未|不|没有|擅自|拒)")
_FOUND = 0.6
_LONG_ENOUGH = 9
_CLAUSE = 5
_ASSESSED = re.compile(r"(?:尚可|尚不|尚能|属于|系)")
_CONDUCT = re.compile(
    r"(?:但|且|并且)?(?P<did>(?:被?责令|经(?:劝阻|通知|责令|催告)|当场|限期内|主动|拒不|逾期|继续|立即|及时|自行).*)"
)
_OF_TIMES = re.compile(r"[一两二三]年内(?:首次|第[一二三四五]次)")
_DOES_AGAIN = "实施该违法行为"
_AFTER = re.compile(r"(?P<when>.+后)的?(?:表现|情况|态度)$")
_OF_CONDUCT = re.compile(r"情况|表现|态度")
_NO_NOUN = re.compile(r"未|已|不|造成|正在|没有")
_TOUCHED = re.compile(r"对(?P<whom>.+)的影响")
_UNTOUCHED = "未造成影响"
_JUDGED = re.compile(r"情节|属于|轻微|较[轻重大小]|严重(?!污染)|尚(?!未)|仅|才")
_NO_OBJECT = re.compile(r"(?:当事人)?(?:逾期|超过|达到?)[0-9一二三四五六七八九十]+[^，]{0,4}")


def offence_told(violation: str, who: str = "", measured: str = "", facts: str = "") -> str | None:
    """A violation as the sentence that a case begins with; None where it joins acts of which the facts tell none.

    ``measured`` are facts with numbers: a bound of the same thing in the title (货值金额不足一万元) is left to them.
    """
    done = _one_act(violation, facts or measured)
    if done is None:
        return None
    clauses = [c for c in done.split("，") if not _is_bound_of(c, measured)]
    told = "，".join(f"经认定，{c}" if n and _ASSESSED.match(c) else c for n, c in enumerate(clauses))
    if staff := _STAFF.fullmatch(told):
        return f"执法机关查处一起案件：当事人安排未{staff['lacks']}的人员从事{staff['work']}"
    party = _NAMED_PARTY.match(told)
    if party is not None:
        return f"执法机关查处一起案件：当事人为{party['who']}，{party['did']}"
    if who and who not in told:
        return f"执法机关查处一起案件：当事人为{who}，{told}"
    if _DOES.match(told):
        return f"执法机关查处一起案件：当事人{told}"
    if _PREDICATE.search(told):
        return f"执法机关查处一起案件：{told}"
    return f"执法机关查处一起案件，违法行为为“{told}”"


def not_told_before(findings: Sequence[str], offence: str) -> str:
    """The findings as one text, without the clauses that the case begins with; all of them where nothing is left."""
    told = ["，".join(c for c in f.split("，") if len(c) < _CLAUSE or c not in offence) for f in findings]
    return "；".join(filter(None, told)) or "；".join(findings)


def _one_act(violation: str, facts: str) -> str | None:
    """未设置围挡或者未采取措施 with facts on the measures: the second act, of the same subject."""
    found = _JOINED_ACTS.search(violation)
    if found is None:
        return violation
    before, (after, comma, rest) = violation[: found.start()], violation[found.end() :].partition("，")
    negated = re.search("未|不|没有|擅自|拒", before)
    if negated is None or "，" in before:
        return None
    subject, acts = before[: negated.start()], (before[negated.start() :], after)
    told = [a for a in acts if contained(plain(a), plain(facts)) >= _FOUND]
    return f"{subject}{told[0]}{comma}{rest}" if len(told) == 1 and len(told[0]) >= _LONG_ENOUGH else None


def _is_bound_of(clause: str, measured: str) -> bool:
    """Whether a clause of a title is a bound on what the facts give a number of."""
    band = one_range(clause)
    what = re.split(r"不足|不满|未满|超过|[0-9一二三四五六七八九十百千万]+", clause, maxsplit=1)[0]
    return band is not None and len(what) >= 2 and what in measured


def conduct_told(clause: str) -> str:
    """A clause of a label with the offender as its subject, where it tells what he did."""
    if _OF_TIMES.fullmatch(clause):
        return f"当事人{clause}{_DOES_AGAIN}"
    found = _CONDUCT.fullmatch(clause)
    if found is None:
        return clause
    did = found["did"]
    return f"当事人{'被' if did.startswith('责令') else '在' if did.startswith('限期内') else ''}{did}"


def as_in_the_label(clause: str) -> str:
    """The clause of a label behind words of a case: without the subject that it was told with."""
    bare = re.sub(r"^(?:但|且|并且)(?=被?责令|经|当场|限期|主动|拒不|逾期|继续|立即|及时|自行)", "", clause)
    return re.sub(r"^(?:当事人)?(?:被(?=责令)|在(?=限期内))?", "", bare).removesuffix(_DOES_AGAIN)


def finding_told(name: str, words: str) -> str:
    """A factor and what was found of it as a finding: 违法建设面积为50平方米, 当事人配合调查."""
    counted = words[:1].isdigit()
    if name.endswith("次数") and _OF_TIMES.fullmatch(words):
        return conduct_told(words)
    if after := _AFTER.fullmatch(name):
        return f"{after['when']}，当事人{words}"
    if counted and "情况" in name:
        return f"{name.replace('情况', '', 1)}{words}"
    if _OF_CONDUCT.search(name) and not counted:
        return f"当事人{words}"
    if counted:
        return f"{name}为{words}"
    if (touched := _TOUCHED.fullmatch(name)) and words == _UNTOUCHED:
        return f"未对{touched['whom']}造成影响"
    return words if re.search("[0-9]", words) or _NO_NOUN.search(words) else f"{name}为{words}"


def found_under(name: str, finding: str) -> Iterator[str]:
    """What a finding may say of a factor, by the ways in which findings are told."""
    after = _AFTER.fullmatch(name)
    leads = [f"{name}：", f"{name}为", name.replace("情况", "", 1), f"{after['when']}，当事人" if after else "当事人"]
    for lead in leads:
        if lead and finding.startswith(lead):
            yield finding.removeprefix(lead)
    touched = _TOUCHED.fullmatch(name)
    if touched and finding == f"未对{touched['whom']}造成影响":
        yield _UNTOUCHED
    if not finding[:1].isdigit():
        yield finding


def is_undecided(words: str) -> bool:
    """Whether words tell one thing or another (造成通行受阻或者污染路面): which of them was found is not said."""
    return "或者" in words


def leaves_nothing_open(findings: Sequence[str]) -> bool:
    """Whether findings are findings: no judgement of the row (情节轻微), no number without what it counts."""
    return not any(_JUDGED.search(f) or _NO_OBJECT.fullmatch(f) for f in findings)
