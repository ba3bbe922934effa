"""What the columns of a row-oriented benchmark hold (裁量表的列): by their printed names, settled by the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from corpus.lists import Column, meaning_of
from ingest.parsers.lists.headers import Header, Row, distinct, header_at
from ingest.parsers.lists.words import bare, column_name

_SEARCHED = 10  # rows in which a header is looked for
_LONGEST_NAME = 40
_MOSTLY = 0.6
_LONGEST_STEP = 12


class Role(StrEnum):
    """What a column of a benchmark's table is for (列的用途)."""

    SERIAL = "serial"  # 序号
    VIOLATION = "violation"  # 违法行为
    BEHAVIOUR = "behaviour"  # the violation column's own division
    VIOLATED = "violated"  # 违反条款
    BASIS = "basis"  # 处罚依据
    GRADE = "grade"  # 阶次
    CIRCUMSTANCE = "circumstance"  # 情形, 裁量因素
    FINE = "fine"  # 幅度
    PENALTY = "penalty"  # 处罚种类 beside 幅度
    REMARK = "remark"  # 备注
    CATEGORY = "category"  # 类别 above the violation
    LABEL = "label"  # names what the row holds, where the grades are columns
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column: its printed name (two levels joined by ``·``), its role, its grade where the grades are columns.

    ``label`` is the lower name that the role left over: the party under 处罚幅度 (单位), the axis under 裁量因素.
    """

    name: str
    role: Role
    grade: str = ""
    label: str = ""


_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.OTHER, re.compile(r"法定.*|.*(?:编码|代码|主体|部门|机关|层级|权限|期限|程序)")),
    (
        Role.CIRCUMSTANCE,
        re.compile(
            r"(?:裁量|违法|具体|适用|处罚|量罚)*(?:的)?(?:情节|因素|情形|因子|要素|条件|后果|事实情节|考虑因素|表现情形|情况)"
            r"(?:与|和|及|或|、)?(?:其)?(?:危害)?(?:后果|程度|条件|情形|描述|表现)?|(?:危害|社会)(?:后果|程度|影响)|违法后果"
        ),
    ),
    (
        Role.GRADE,
        re.compile(
            r"(?:自由)?(?:裁量|处罚|违法|量罚|情节|行为)*(?:的)?(?:档次|阶次|等次|阶段|分级|等级|档级|分档|层次|级别|程度|类别)"
        ),
    ),
    (
        Role.FINE,
        re.compile(
            r"(?:自由|行政)?(?:具体|裁量|处罚|量罚|罚款|执行)*(?:权)?(?:的)?"
            r"(?:标准|幅度|基准|内容|金额|数额|罚款|种类|结果|意见|区间|细化标准|处罚)"
            r"(?:(?:及|和|与|、)(?:处罚)?(?:种类|幅度|标准|金额))*|对.{1,40}罚款|处罚"
        ),
    ),
    (
        Role.VIOLATION,
        re.compile(
            r"(?:行政)?(?:处罚|执法|权力|职权)?事项(?:名称)?|(?:具体|主要)?违法(?:行为|事项|事实|种类|名称).*|案由"
            r"|行为(?:名称|描述|表现)"
        ),
    ),
)
_MEANINGS = {
    Column.SERIAL: Role.SERIAL,
    Column.VIOLATION: Role.VIOLATION,
    Column.VIOLATED: Role.VIOLATED,
    Column.BASIS: Role.BASIS,
    Column.PENALTY_BASIS: Role.BASIS,
    Column.REMARK: Role.REMARK,
    Column.CATEGORY: Role.CATEGORY,
}
_CASES = re.compile(r"(?:情形|情节|表现|程度|后果)$")
_STEP = re.compile(r"(?:档次?|级别?|阶次?|等级|等次)$")
_COPY = re.compile(r"（\d+）$")  # put behind a name that is printed twice
_CODE = re.compile(r"(?:事项|职权|权力|违法行为)?(?:编号|编码|代码)")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")

_DEGREE = (
    r"(?:特别|较|极其|十分|非常|最)?(?:轻微|轻|一般|中|严重|重|恶劣|重大|大|小|高|低)|(?:从轻|减轻|从重|加重)|从轻或者?减轻"
    r"|(?:应当|可以|依法)?(?:不予|免予|免于|免除)|免罚|基础|中等|普通"
)
_GRADE_WORD = re.compile(
    rf"(?:情节|程度|违法|后果|危害)*(?:{_DEGREE})(?:违法|行政|处罚|情节|情形|程度|行为|裁量|阶次|档次|等级|幅度|后果|的|档|级|标准)*"
)
_GRADE_NUMBER = re.compile(
    r"(?:第)?(?:[一二三四五六七八九十]+|\d{1,2}|[A-HＡ-Ｈa-h]|[IVX]{1,4}|[Ⅰ-Ⅻ]|[甲乙丙丁戊])(?:\.0)?(?:档次|阶次|等级|档|级|阶|类|等)?"
)


def is_grade_word(text: str) -> bool:
    """Whether the words name a step and nothing else: 较轻, 从重处罚, 情节严重; not 情节严重，造成后果的."""
    return _GRADE_WORD.fullmatch(_BRACKETS.sub("", bare(text))) is not None


def is_grade(text: str) -> bool:
    """Whether the words name or number a step: 较轻, 2, 三档, Ⅱ级, A."""
    return is_grade_word(text) or _GRADE_NUMBER.fullmatch(_BRACKETS.sub("", bare(text))) is not None


@lru_cache(maxsize=1024)
def role_of(name: str) -> Role | None:
    """What one printed name (one level) means; None where it is not understood."""
    plain = _BRACKETS.sub("", bare(name)).strip("：:*") or bare(name)
    for role, pattern in _NAMES:
        if pattern.fullmatch(plain):
            return role
    meaning = meaning_of(name)
    return _MEANINGS.get(meaning, Role.OTHER) if meaning is not None else None


def find_columns(grid: Sequence[Row], columns: int, said: int = 0) -> tuple[Header, tuple[ColumnUse, ...]] | None:
    """The header among a table's first rows and what its columns hold; None where no row can be the header.

    ``said`` rows of it are known to the format. A header names two of: violation, grade or circumstance, penalty.
    """
    for start in range(min(len(grid), _SEARCHED)):
        cells = distinct(grid[start])
        if len(cells) < 2 or any(len(column_name(cell.text)) > _LONGEST_NAME for cell in cells):
            continue
        header = header_at(grid, columns, start, at_least=said if start < said else 0)
        uses = columns_of(header, grid)
        if len({use.role for use in uses} & {Role.VIOLATION, Role.GRADE, Role.CIRCUMSTANCE, Role.FINE}) >= 2:
            return header, uses
    return None


def columns_of(header: Header, grid: Sequence[Row]) -> tuple[ColumnUse, ...]:
    """What each column of ``header`` holds, in view of the rows below it."""
    uses = [_named(_COPY.sub("", name), n in header.guessed) for n, name in enumerate(header.names)]
    uses = _graded(uses)
    graded = any(use.grade for use in uses)
    below = [list(dict.fromkeys(_texts(grid[header.end :], n))) for n in range(len(uses))]
    uses = [_settled(use, texts, graded) for use, texts in zip(uses, below, strict=True)]
    uses = _one_of_each(_divided(uses))
    return tuple(_with_unknown_axes(uses, grid[header.end :]))


def _named(name: str, guessed: bool) -> ColumnUse:
    """The role of a name: of its lowest part that has one; the parts below that are its label, a grade is a grade."""
    if guessed:
        return ColumnUse("", Role.OTHER)
    parts = name.split("·")
    grade = next(
        (part for part in reversed(parts) if is_grade_word(part) or (_STEP.search(part) and is_grade(part))), ""
    )
    rest = [part for part in parts if part != grade]
    known = next((n for n in reversed(range(len(rest))) if role_of(rest[n]) not in (None, Role.OTHER)), None)
    if known is None:
        return ColumnUse(name, Role.FINE if grade else Role.OTHER, grade)
    role = role_of(rest[known])
    if role is None:
        raise AssertionError(rest)
    label = "·".join(rest[known + 1 :])
    if not label and known and role_of(rest[0]) in (Role.CIRCUMSTANCE, Role.FINE) and role is role_of(rest[0]):
        label = rest[known]  # 裁量因素·违法情节: the lower name is the axis
    return ColumnUse(name, role, grade, label)


def _graded(uses: list[ColumnUse]) -> list[ColumnUse]:
    """Grades are columns where two different ones are named; a single such name is an ordinary column's."""
    if len({use.grade for use in uses if use.grade}) >= 2:
        fined = any(use.grade and use.role is Role.FINE for use in uses)
        mixed = (Role.GRADE, Role.OTHER) if fined else (Role.GRADE, Role.OTHER, Role.CIRCUMSTANCE)
        return [replace(use, role=Role.FINE) if use.grade and use.role in mixed else use for use in uses]
    return [replace(use, grade="", role=role_of(use.name) or Role.OTHER) if use.grade else use for use in uses]


def _settled(use: ColumnUse, texts: Sequence[str], graded: bool) -> ColumnUse:
    """违法程度, 情节 and 类别 head steps as well as circumstances: the cells decide."""
    if use.grade or not texts:
        return use
    if graded and {role_of(text) for text in texts} == {Role.CIRCUMSTANCE, Role.FINE}:
        return replace(use, role=Role.LABEL)
    if use.role not in (Role.GRADE, Role.CIRCUMSTANCE, Role.CATEGORY):
        return use
    named = use.role is Role.GRADE and _STEP.search(use.name) and all(len(text) <= _LONGEST_STEP for text in texts)
    if named or sum(map(is_grade, texts)) >= _MOSTLY * len(texts):
        return replace(use, role=Role.GRADE)
    return replace(use, role=Role.CATEGORY if "类别" in use.name else Role.CIRCUMSTANCE)


def _with_unknown_axes(uses: list[ColumnUse], rows: Sequence[Row]) -> list[ColumnUse]:
    """A column of unknown name that changes within a violation tells its steps apart (建设项目所在区域): an axis."""
    violation = next((n for n, use in enumerate(uses) if use.role is Role.VIOLATION), None)
    fines = [n for n, use in enumerate(uses) if use.role is Role.FINE]
    if violation is None or not fines:
        return uses
    return [
        replace(use, role=Role.CIRCUMSTANCE, label=use.name)
        if use.role is Role.OTHER
        and role_of(use.name) is None
        and violation < n < fines[-1]
        and _changes_within(rows, n, violation)
        else use
        for n, use in enumerate(uses)
    ]


def _changes_within(rows: Sequence[Row], column: int, violation: int) -> bool:
    """Whether a cell of the column begins below the one above it in a row that begins no violation."""
    for above, row in pairwise(rows):
        cell, title = row[column], row[violation]
        begins = cell is not None and cell is not above[column] and cell.column_span == 1
        if begins and (title is None or title is above[violation]) and bare(cell.text if cell else ""):
            return True
    return False


def _divided(uses: list[ColumnUse]) -> list[ColumnUse]:
    """A name over several columns (违法行为 over two) heads the thing and then its division."""
    return [
        replace(use, role=Role.BEHAVIOUR)
        if use.role is Role.VIOLATION and n and uses[n - 1].role is Role.VIOLATION and uses[n - 1].name == use.name
        else use
        for n, use in enumerate(uses)
    ]


def _one_of_each(uses: list[ColumnUse]) -> list[ColumnUse]:
    """One violation column (违法行为 before 事项), one column of grades, one serial number; the others stand aside."""
    kept = list(uses)
    violations = [n for n, use in enumerate(kept) if use.role is Role.VIOLATION]
    chosen = min(violations, key=lambda n: ("事项" in kept[n].name, bool(_CASES.search(kept[n].name)), n), default=None)
    for n in violations:
        if n != chosen:
            role = Role.CIRCUMSTANCE if _CASES.search(kept[n].name) else Role.OTHER
            kept[n] = replace(kept[n], role=role)
    grades = [n for n, use in enumerate(kept) if use.role is Role.GRADE]
    for n in grades[1:]:
        kept[n] = replace(kept[n], role=Role.CIRCUMSTANCE)
    fines = [n for n, use in enumerate(kept) if use.role is Role.FINE]
    amounts = [n for n in fines if not kept[n].name.endswith("种类")]
    for n in fines:
        if amounts and n not in amounts:
            kept[n] = replace(kept[n], role=Role.PENALTY)
    if not any(use.role is Role.SERIAL for use in kept):
        number = next((n for n, use in enumerate(kept) if _CODE.fullmatch(use.name)), None)
        if number is not None:
            kept[number] = replace(kept[number], role=Role.SERIAL)
    return kept


def _texts(rows: Sequence[Row], column: int) -> list[str]:
    """What the cells of a column say; a cell over several columns is a heading, a remark or a row of its own kind."""
    return [bare(cell.text) for row in rows if (cell := row[column]) is not None and cell.column_span == 1]
