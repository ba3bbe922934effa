"""Penalty clauses (罚则分句): who is fined, in which case, by how much, and what goes with it.

Works on the clauses between commas. A clause that states a sum or share with 处 or 罚款 is a fine; a clause that ends
in 的 names the case (逾期未改正的, 违法所得十万元以上的) of the fines that follow it up to the next semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.discretion.expressions import Expression, compact, find_expressions
from corpus.discretion.model import Fine
from corpus.discretion.stated import VERB, state_fine
from corpus.discretion.sum_cases import base_of_case
from corpus.numerals import parse_number

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
# 并对直接负责的主管人员和其他直接责任人员，处…; 对…给予警告，并处…
_ONLY_PARTY = re.compile(
    r"(?:并|且|同时)?(?:可以)?对(?!外)(?P<party>[^处]{0,80}?(?:人员|人|者|员|单位|企业|机构|组织|公司|法人|学校|场所))"
    r"(?P<measure>(?:给予|予以)(?:警告|通报批评)(?:[、或和](?:者)?(?:警告|通报批评))?)?"
)
_SUM_LEFT = re.compile(r"[0-9一二三四五六七八九十百千万亿](?:元|倍|%)|[百千]分之[一二三四五六七八九十]")
# a line ends a clause where its punctuation is missing: …的罚款⏎逾期不改正的，处…
_LOST_STOP = re.compile(r"(?<=罚款)[ \t\u3000]*\n\s*(?=逾期|拒不|情节|造成|对|违法所得|没有违法所得)")
_FINED = re.compile(r"(?:罚款|元|倍|警告|以下)$")  # 对个人处五百元以下的罚款、对单位处五千元以下的罚款
_ITEM = re.compile(r"^（(?P<item>[一二三四五六七八九十]{1,3})）")
_FLOOR = re.compile(r"^(?P<base>[^，]{2,20}?)(?:不足|不满|低于)$")
_COUNTED_AS = re.compile(r"^(?:的)?(?:，)?按照?$")
_CEILING = re.compile(r"^(?:但是?|，但是?|且|并且)?(?:罚款)?(?:总额|数额|金额)?$")
# 处违法所得一倍以上三倍以下但最高不超过三万元的罚款: the ceiling inside the clause
_CEILING_INSIDE = re.compile(r"^、?(?:但是?|且|并且)?(?:罚款)?(?:总额|数额|金额)?$")
_CEILING_WORDS = ("最高", "不超过", "不得超过")
_AFTER_CEILING = re.compile(r"(?:的?罚款)?")


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


@dataclass(frozen=True, slots=True)
class Unfined:
    """Measures of a part between semicolons that states no fine (情节严重的，吊销许可证), after ``before`` fines."""

    cases: tuple[str, ...]
    measures: tuple[str, ...]
    before: int


@dataclass(slots=True)
class Reading:
    """What a penalty text says: its fines, its other measures, and the clauses with numbers nobody understood.

    ``inherited``: a multiple took its base from its case (货值金额一万元以上的，处十倍罚款).
    """

    fines: list[StatedFine] = field(default_factory=list)
    unfined: list[Unfined] = field(default_factory=list)
    inherited: bool = False
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


def with_stops(text: str) -> str:
    """``text`` with the semicolons that its line breaks stand for (…的罚款⏎逾期不改正的)."""
    return _LOST_STOP.sub("；", text)


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
        listed = char == "、" and words.startswith("对", i + 1) and _FINED.search(words, start, i)
        if listed or (
            depth == 0 and char in "，,。；;：:" and not _NO_BREAK.search(words[start : i + 1] + words[i + 1 : i + 2])
        ):
            yield words[start:i], char
            start = i + 1
    yield words[start:], "。"


def read_clauses(
    text: str, *, bare_scale: Decimal | None = None, column_base: str | None = None, cell: bool = False
) -> Reading:
    """What the penalty words ``text`` say; ``cell``: they stand in a column of fines, where 处 may be left out."""
    reader = _Reader(cell, column_base)
    for clause in split_clauses(compact(with_stops(text))):
        plain = reader.move_to(clause)
        reader.read(plain, list(find_expressions(plain.words, bare_scale)))
    return reader.closed()


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
        self.fined = 0  # fines before this part
        self.open: list[str] = []  # clauses that a later 的 may close: 饮食服务业经营者，未按照规定设置…的

    def move_to(self, clause: Clause) -> Clause:
        """``clause`` without the number of its list item; a new part forgets the cases of the one before."""
        if (clause.sentence, clause.part) != self.place:
            self._close()
            self.place = (clause.sentence, clause.part)
            self.party, self.cases, self.before, self.open = "", [], [], []
            if clause.part == 0 or _SCOPE.search(clause.words):
                self.item = None
        if numbered := _ITEM.match(clause.words):
            self.item = parse_number(numbered["item"])
            return replace(clause, words=clause.words[numbered.end() :])
        return clause

    def closed(self) -> Reading:
        """The reading of all clauses."""
        self._close()
        return self.reading

    def _close(self) -> None:
        fines = self.reading.fines
        if self.before and self.fined == len(fines):
            self.reading.unfined.append(Unfined(tuple(self.cases), tuple(self.before), len(fines)))
        self.fined = len(fines)

    def read(self, clause: Clause, expressions: Sequence[Expression]) -> None:
        if not expressions:
            self._silent(clause)
        elif self._limits_several(clause, expressions[0]):
            self.reading.unread.append(clause.words)
        elif not _adds_to_last(clause.words, expressions, self.cases, self.reading):
            if _is_case(clause, expressions[-1], self.cell):
                self._case(clause)
            else:
                self._fine(clause, expressions)

    def _limits_several(self, clause: Clause, only: Expression) -> bool:
        """Whether a ceiling stands in a part of its own after several fines: it is open which of them it limits."""
        fines = self.reading.fines
        apart = self.cell and len(fines) > 1 and self.fined == len(fines)
        return apart and not self.cases and clause.words[only.start :].startswith(_CEILING_WORDS)

    def _silent(self, clause: Clause) -> None:
        """A clause without a sum: a case, a party that the next clause fines, or a measure."""
        words = clause.words
        named = _ONLY_PARTY.fullmatch(words)
        if named and not clause.last:
            self.party = named["party"]
            self.before += [named["measure"]] if named["measure"] else []
        elif _SUM_LEFT.search(words) and ("罚款" in words or self.cell):
            self.reading.unread.append(words)
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
        if self.cell and self.before and not self.cases and not self.reading.fines:  # they go with every case
            self.reading.unfined.append(Unfined((), tuple(self.before), 0))
            self.before = []
        whole = "，".join([*self.open, clause.words])
        self.cases.append(_LAW_BROKEN.sub("", whole))
        self.open = []
        if clause.part == 0:
            self.reading.subject.append(self.cases[-1])

    def _fine(self, clause: Clause, expressions: Sequence[Expression]) -> None:
        ceiling: Decimal | None = None
        words = clause.words
        if len(expressions) == 2 and _holds_ceiling(words, *expressions):
            share, limit = expressions
            ceiling, expressions = limit.maximum, expressions[:1]
            words = words[: share.end] + words[limit.end :]
        of_case = base_of_case(self.cases) if self.cell else None
        agree = self.column_base in (None, of_case) or of_case is None
        base = (self.column_base or of_case) if agree else None
        stated = state_fine(words, expressions, column_base=base, cell=self.cell)
        if stated is None:
            self.reading.unread.append(clause.words)
            return
        if stated.fine.kind.is_ratio and of_case is not None and self.column_base is None:
            named = state_fine(words, expressions, column_base=None, cell=self.cell)
            self.reading.inherited = self.reading.inherited or named is None
        if ceiling is not None:
            stated = replace(stated, fine=replace(stated.fine, text=clause.words, ceiling=ceiling))
        also = "，".join(filter(None, (*self.before, stated.fine.also)))
        fine = replace(stated.fine, also=also if self.cell else _measures_of(also))
        cases = (*self.cases, stated.case) if stated.case else tuple(self.cases)
        self.reading.fines.append(StatedFine(fine, stated.party or self.party, cases, clause.part, self.item))
        self.party, self.before, self.open = "", [], []


# In a statute what comes before a measure is who did what, and who orders it (建设单位未依法报批…，由…责令停止建设).
_ORDERED = r"责令|没收|给予|警告|通报|吊销|暂扣|撤销|收缴|查封|扣押|拆除|指定|组织(?=拆除|代为|实施)|取缔"
_BY_WHOM = re.compile(rf"^(?:(?!{_ORDERED}).)*?由(?:(?!{_ORDERED})[^，；])*(?={_ORDERED})")
_HOW_FAR = re.compile(r"(?:根据|按照|视)[^，]*(?:情节|后果|职责|分工)[^，]*")
_BREACH = re.compile(r"违反[^，]*规定的?")


def _measures_of(also: str) -> str:
    """The penalties and measures in the words before a statute's fine: 责令停止建设."""
    pieces = _BY_WHOM.sub("", also).split("，")
    return "，".join(piece for piece in pieces if not _HOW_FAR.fullmatch(piece) and not _BREACH.fullmatch(piece))


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
    limits = _CEILING.match(before) and words[only.start :].startswith(_CEILING_WORDS) and not only.is_ratio
    if limits and last.fine.ceiling is None and _AFTER_CEILING.fullmatch(after):
        reading.fines[-1] = replace(last, fine=replace(last.fine, ceiling=only.maximum))
        return True
    return False


def _holds_ceiling(words: str, share: Expression, limit: Expression) -> bool:
    between = words[share.end : limit.start]
    return (
        share.is_ratio
        and not limit.is_ratio
        and words[limit.start :].startswith(_CEILING_WORDS)
        and _CEILING_INSIDE.match(between) is not None
    )


def _floor(case: str) -> tuple[str, Decimal] | None:
    expressions = list(find_expressions(case))
    if len(expressions) != 1 or case[expressions[0].end :] != "的" or expressions[0].minimum is None:
        return None
    named = _FLOOR.match(case[: expressions[0].start])
    return (named["base"], expressions[0].minimum) if named else None


def _is_case(clause: Clause, expression: Expression, cell: bool) -> bool:
    if clause.words[expression.end :] not in ("的", "的部分") or (cell and clause.last):
        return False
    return VERB.search(clause.words, 0, expression.start) is None
