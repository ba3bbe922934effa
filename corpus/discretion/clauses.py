"""Penalty clauses (罚则分句): who is fined, in which case, by how much, and what goes with it.

Works on the clauses between commas. A clause that states a sum or share with 处 or 罚款 is a fine; a clause that ends
in 的 names the case (逾期未改正的, 违法所得十万元以上的) of the fines that follow it up to the next semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.discretion.bounds_words import Expression, compact, find_expressions
from corpus.discretion.model import Fine
from corpus.numerals import parse_number

_VERB = re.compile(
    r"(?:(?:并|还|也)?(?:可以|可)(?:并)?处(?:以)?|并处(?:以)?|处以处|处以|处(?![置理罚分方])|(?:给予|予以)(?=[0-9一二两三四五六七八九十百]|$)|(?:按照|按)(?!日|次|吨)|"
    r"处?罚款(?:金额|数额|额度|幅度)?[为是:：]?|罚(?!款|金|则|没|单))"
)
_SCOPE = re.compile(
    r"^(?:有|对|属于|违反)?(?:前款|本条(?!例)|第[一二三四五]款|上款|前项).*(?:行为|情形|规定|项)(?:之一)?$"
)
_MEASURE = re.compile(r"责令|吊销|暂扣|没收|给予|报经|限期|停业|停产|由.{0,40}(?:部门|机关|机构)|警告|通报批评|依法")
_LAW_BROKEN = re.compile(r"^违反(?:了)?(?:本[^，]{1,20}?|《[^》]+》[^，]{0,20}?|国家[^，]{0,12}?)(?:的)?规定，")
# 个人：500元以下 and 5万元以上，10万元以下 are one clause
_NO_BREAK = re.compile(
    r"^(?:对)?(?:单位|个人|企业|法人|组织|个体工商户|自然人|罚款(?:金额|数额|额度|幅度)?)[:：].?$|"
    r"[0-9万千百十亿]元?以上[，,][0-9一二三四五六七八九十百]$"
)
_ITEM = re.compile(r"^（(?P<item>[一二三四五六七八九十]{1,3})）")
_PARTY = re.compile(
    r"(?:^|[^针面应相核])对(?P<party>[^对]{1,60}?)(?=(?:并|还)?(?:可以|可)?(?:并)?处(?![置理罚分方])|(?:的)?罚款|$)"
)
_BARE_PARTY = re.compile(
    r"^(?:并|且)?(?P<party>单位|个人|企业|组织|个体工商户|[^，]{0,20}(?:责任人员?|负责人|主管人员|法定代表人))"
    r"(?=[:：]|(?:可以|可)?(?:并)?处(?![置理罚分方]))"
)
_PER = re.compile(
    r"(?:按|每)(?:超过|逾期|违法)?(?:一|1)?(?P<per>日|天|吨|次|只|头|件|辆|平方米|立方米|千克|公斤|株|亩|车次|台|人|份|户)$"
)
_PER_AFTER = re.compile(
    r"^(?:/|每)(?P<per>日|天|吨|次|只|头|件|辆|平方米|立方米|千克|公斤|株|亩|车次|台|人|份|户)(?=$|的?罚款)"
)
_TAIL = re.compile(r"^(?:的)?(?:标准)?(?:计算|进行|处以|并处)?(?:的)?(?:罚款|罚金)?(?:处罚)?的?$")
_FLOOR = re.compile(r"^(?P<base>[^，]{2,20}?)(?:不足|不满|低于)$")
_COUNTED_AS = re.compile(r"^(?:的)?(?:，)?按照?$")
_CEILING = re.compile(r"^(?:但是?|，但是?|且|并且)?(?:罚款)?(?:总额|数额|金额)?$")
PERSON = re.compile(r"个人|人员|负责人|责任人|法定代表人|自然人|公民|从业者|驾驶人|当事人本人")
UNIT = re.compile(r"单位|企业|机构|组织|法人|公司|经营者|场所|工厂|学校")


@dataclass(frozen=True, slots=True)
class StatedFine:
    """One fine of a penalty text: the party as printed (without 对), the cases it needs, and where it stands.

    ``part`` counts the parts between semicolons, ``item`` is the item (项) of a list that holds the fine itself.
    """

    fine: Fine
    party: str = ""
    cases: tuple[str, ...] = ()
    part: int = 0
    item: int | None = None


@dataclass(slots=True)
class Reading:
    """What a penalty text says: its fines, its other measures, and the clauses with numbers nobody understood."""

    fines: list[StatedFine] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    subject: list[str] = field(default_factory=list)  # the cases of the part before the first semicolon
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two commas; ``sentence`` and ``part`` count sentences and the parts between semicolons."""

    words: str
    sentence: int
    part: int
    last: bool  # of the whole text


def split_clauses(words: str) -> list[Clause]:
    """Compacted ``words`` as clauses, brackets left whole."""
    clauses: list[Clause] = []
    sentence = part = 0
    for piece, mark in _pieces(words):
        if piece:
            clauses.append(Clause(piece, sentence, part, False))
        if mark in "。\n":
            sentence, part = sentence + 1, 0
        elif mark in "；;：:":
            part += 1
    if clauses:
        clauses[-1] = replace(clauses[-1], last=True)
    return clauses


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    depth, start = 0, 0
    for i, char in enumerate(words):
        depth = depth + 1 if char in "（《" else max(0, depth - 1) if char in "）》" else depth
        if depth == 0 and char in "，,。；;：:" and not _NO_BREAK.search(words[start : i + 1] + words[i + 1 : i + 2]):
            yield words[start:i], char
            start = i + 1
    yield words[start:], "。"


def read_clauses(
    text: str, *, bare_scale: Decimal | None = None, column_base: str | None = None, cell: bool = False
) -> Reading:
    """What the penalty words ``text`` say; ``cell``: they stand in a column of fines, where 处 may be left out."""
    reader = _Reader(cell, column_base)
    for clause in split_clauses(compact(text)):
        plain = reader.move_to(clause)
        reader.read(plain, list(find_expressions(plain.words, bare_scale)))
    return reader.reading


class _Reader:
    """Walks over the clauses of one text; what it remembers ends with the part between two semicolons."""

    def __init__(self, cell: bool, column_base: str | None) -> None:
        self.reading = Reading()
        self.cell = cell
        self.column_base = column_base
        self.place = (0, 0)
        self.item: int | None = None
        self.party = ""
        self.cases: list[str] = []
        self.before: list[str] = []  # measures since the last fine
        self.open: list[str] = []  # clauses that a later 的 may close: 饮食服务业经营者，未按照规定设置…的

    def move_to(self, clause: Clause) -> Clause:
        """``clause`` without the number of its list item; a new part forgets the cases of the one before."""
        if (clause.sentence, clause.part) != self.place:
            self.place = (clause.sentence, clause.part)
            self.party, self.cases, self.before, self.open = "", [], [], []
            if clause.part == 0 or _SCOPE.search(clause.words):
                self.item = None
        if numbered := _ITEM.match(clause.words):
            self.item = parse_number(numbered["item"])
            return replace(clause, words=clause.words[numbered.end() :])
        return clause

    def read(self, clause: Clause, expressions: Sequence[Expression]) -> None:
        if not expressions:
            self._silent(clause)
        elif not _adds_to_last(clause.words, expressions, self.cases, self.reading):
            if _is_case(clause, expressions[-1], self.cell):
                self._case(clause)
            else:
                self._fine(clause, expressions)

    def _silent(self, clause: Clause) -> None:
        """A clause without a sum: a case, a party that the next clause fines, or a measure."""
        words = clause.words
        named = re.fullmatch(r"(?:并|且|同时)?(?:可以)?对(?P<party>[^处]{2,80})", words)
        if named and (PERSON.search(named["party"]) or UNIT.search(named["party"])) and not clause.last:
            self.party = named["party"]
        elif (words.endswith("的") and not clause.last) or _SCOPE.search(words):
            self._case(clause)
        else:
            self.reading.measures.append(words)
            self.before.append(words)
            if not _MEASURE.search(words):
                self.open.append(words)

    def _case(self, clause: Clause) -> None:
        for words in self.open:
            self.before.remove(words)
            self.reading.measures.remove(words)
        whole = "，".join([*self.open, clause.words])
        self.cases.append(_LAW_BROKEN.sub("", whole))
        self.open = []
        if clause.part == 0:
            self.reading.subject.append(self.cases[-1])

    def _fine(self, clause: Clause, expressions: Sequence[Expression]) -> None:
        stated = _state(clause, expressions, self.party, tuple(self.cases), self.column_base, self.cell)
        if stated is None:
            self.reading.unread.append(clause.words)
            return
        also = "，".join(self.before)
        self.reading.fines.append(replace(stated, item=self.item, fine=replace(stated.fine, also=also)))
        self.party, self.before, self.open = "", [], []


def _adds_to_last(words: str, expressions: Sequence[Expression], cases: list[str], reading: Reading) -> bool:
    """按十万元计算 after 所需处置费用不足十万元的, and 但最高不超过一百万元: they belong to the fine before."""
    only = expressions[0]
    if not reading.fines or len(expressions) != 1:
        return False
    last = reading.fines[-1]
    before, after = words[: only.start], words[only.end :]
    if _COUNTED_AS.match(before) and after in ("计算", "计", "算", "处罚") and cases:
        floor = _floor(cases[-1])
        if floor is not None and floor[1] == only.minimum and floor[0] == (last.fine.base or ""):
            cases.pop()
            reading.fines[-1] = replace(last, fine=replace(last.fine, base_floor=floor[1]))
            return True
        return False
    if _CEILING.match(before) and words[only.start :].startswith(("最高", "不超过", "不得超过")) and not only.is_ratio:
        reading.fines[-1] = replace(last, fine=replace(last.fine, ceiling=only.maximum))
        return True
    return False


def _floor(case: str) -> tuple[str, Decimal] | None:
    expressions = list(find_expressions(case))
    if len(expressions) != 1 or case[expressions[0].end :] != "的" or expressions[0].minimum is None:
        return None
    named = _FLOOR.match(case[: expressions[0].start])
    return (named["base"], expressions[0].minimum) if named else None


def _is_case(clause: Clause, expression: Expression, cell: bool) -> bool:
    if clause.words[expression.end :] not in ("的", "的部分") or (cell and clause.last):
        return False
    return _VERB.search(clause.words, 0, expression.start) is None


def _state(
    clause: Clause,
    expressions: Sequence[Expression],
    party: str,
    cases: tuple[str, ...],
    column_base: str | None,
    cell: bool,
) -> StatedFine | None:
    if len(expressions) != 1:
        return None
    expression = expressions[0]
    words = clause.words
    head, tail = words[: expression.start], words[expression.end :]
    per_after = _PER_AFTER.match(tail)
    if per_after:
        tail = tail[per_after.end() :]
    if not _TAIL.match(tail):
        return None
    verb = _VERB.search(head)
    if verb is None and not (cell or "罚款" in tail):
        return None
    lead, rest = (head[: verb.start()], head[verb.end() :]) if verb else ("", head)
    named = _PARTY.search(head) or _BARE_PARTY.search(head)
    if named and (verb is None or named.start("party") < verb.start()):
        party = named["party"]
        lead = (
            head[: max(0, named.start("party") - 1)]
            if head[named.start("party") - 1 : named.start("party")] == "对"
            else ""
        )
        if verb is None:
            rest = head[named.end("party") :]
    if lead.endswith("的"):
        cases, lead = (*cases, lead), ""
    per = _PER.search(rest) or _PER.search(lead)
    if per:
        rest = _PER.sub("", rest)
        lead = _PER.sub("", lead)
    base = _base(rest, column_base) if expression.is_ratio else None
    if expression.is_ratio and not base:
        return None
    if not expression.is_ratio and rest.strip(":："):
        return None
    if cell and lead and lead not in ("并", "且", "同时", "另", "，") and not lead.startswith("由"):
        return None
    unit_per = (per or per_after or {"per": None})["per"]
    fine = Fine(
        text=words,
        kind=expression.kind,
        minimum=expression.minimum,
        maximum=expression.maximum,
        base=base,
        includes_minimum=expression.includes_minimum,
        includes_maximum=expression.includes_maximum,
        per=unit_per,
        optional=_optional(words[: expression.start]),
        read_as=words[: expression.start] + expression.read_as + tail if expression.read_as else "",
    )
    return StatedFine(fine, party, cases, clause.part)


def _optional(head: str) -> bool | None:
    if re.search(r"可以?并?处|可以?并?罚|可以.{0,30}处", head):
        return True
    return False if re.search(r"并处", head) else None


_BASE_NOISE = re.compile(r"^[:：]?(?:照|以|其|该|按照?|事故|相当于)?(?:.*造成的?)?")


def _base(rest: str, column_base: str | None) -> str | None:
    words = _BASE_NOISE.sub("", rest, count=1)
    words = re.sub(r"(?:的|在|为)$", "", words)
    if not words:
        return column_base
    return words if re.fullmatch(r"[\u4e00-\u9fff、（）]{2,60}", words) else None
