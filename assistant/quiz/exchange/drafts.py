"""Items read from a file, not yet in the bank (待入库试题), and what every format shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from assistant.quiz.columns import LETTERS
from assistant.quiz.contract import (
    BLANK,
    FORM_OF,
    KIND_ZH,
    MOST_OPTIONS,
    POINT_ZH,
    Form,
    ItemContent,
    ItemKind,
    Key,
    Point,
    RowFault,
    ScoringPoint,
    WriteRequest,
)
from corpus.errors import InvalidInput
from corpus.money import parse_amount

_TRUE = frozenset({"对", "正确", "√", "✓", "是", "true", "t", "y", "yes", "1"})
_FALSE = frozenset({"错", "错误", "×", "✗", "x", "否", "不正确", "不对", "false", "f", "n", "no", "0"})
_KINDS: dict[str, ItemKind] = {
    **{name: kind for kind, name in KIND_ZH.items()},
    **{name.removesuffix("题"): kind for kind, name in KIND_ZH.items()},
    "单项选择题": ItemKind.SINGLE,
    "单项选择": ItemKind.SINGLE,
    "单选择题": ItemKind.SINGLE,
    "选择题": ItemKind.SINGLE,
    "多项选择题": ItemKind.MULTIPLE,
    "多项选择": ItemKind.MULTIPLE,
    "不定项选择题": ItemKind.MULTIPLE,
    "不定项": ItemKind.MULTIPLE,
    "是非题": ItemKind.TRUE_FALSE,
    "判断正误": ItemKind.TRUE_FALSE,
    "问答题": ItemKind.SHORT,
    "论述题": ItemKind.SHORT,
    "案例分析题": ItemKind.CASE,
    "案例分析": ItemKind.CASE,
}
_POINTS: dict[str, Point] = {name: point for point, name in POINT_ZH.items()}
_BLANK = re.compile(r"_{2,}|＿{2,}|[（(][ 　]{1,}[）)](?=[^。？?]*)")
_FIRST_ERRORS = 3
_SHORTER = "请按模板填写，去掉控制字符，缩短过长的文字。"


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item of a file with its place in it (第3题, 第12行)."""

    place: str
    request: WriteRequest


@dataclass(slots=True)
class Reading:
    """What a file gave (读取结果)."""

    items: list[ReadItem] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    def take(self, place: str, read: Callable[[], WriteRequest]) -> None:
        """Read the question at a place; where it cannot be read, that is a fault, and the next may be."""
        try:
            self.items.append(ReadItem(place, read()))
        except Unreadable as fault:
            self.faults.append(RowFault(place=place, message=fault.message, remedy=fault.remedy))
        except ValidationError as error:
            self.faults.append(RowFault(place=place, message=_told(error), remedy=_SHORTER))


class Unreadable(Exception):
    """A question that cannot be read: what is wrong, and what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(slots=True)
class Raw:
    """A question in the words of its file, before the key is understood."""

    kind: ItemKind | None = None
    stem: str = ""
    options: list[str] = field(default_factory=list)
    answer: str = ""
    explanation: str = ""
    cites: list[str] = field(default_factory=list)
    point: Point = Point.OTHER
    area: str = ""  # 领域
    difficulty: float = 0.5
    more: list[str] = field(default_factory=list)


def kind_named(words: str) -> ItemKind | None:
    """The kind that a heading or a cell names."""
    return _KINDS.get(words.strip().strip("【】[]（）()"))


def point_named(words: str) -> Point:
    return _POINTS.get(words.strip(), Point.OTHER)


def truth_named(words: str) -> bool | None:
    plain = words.strip().strip("。.").lower()
    return True if plain in _TRUE else False if plain in _FALSE else None


def difficulty_named(words: str) -> float:
    """A difficulty as a share, or in words: 易 中 难."""
    named = {
        "易": 0.25,
        "容易": 0.25,
        "简单": 0.25,
        "较易": 0.35,
        "中": 0.5,
        "中等": 0.5,
        "较难": 0.65,
        "难": 0.75,
        "困难": 0.75,
    }
    words = words.strip()
    if words in named:
        return named[words]
    try:
        value = float(words)
    except ValueError:
        return 0.5
    return value if 0 <= value <= 1 else 0.5


def letters_of(numbers: Iterable[int]) -> str:
    return "".join(LETTERS[n] for n in numbers)


def understood(raw: Raw) -> WriteRequest:
    """The item that a question of a file means. Raises Unreadable."""
    if not raw.stem.strip():
        raise Unreadable("没有题干", "请写出题干。")
    if len(raw.options) > MOST_OPTIONS:
        raise Unreadable(f"有{len(raw.options)}个选项", f"选项最多{MOST_OPTIONS}个。")
    if any(not o.strip() for o in raw.options):
        raise Unreadable("有空白的选项", "请补全选项，或者删去空白的选项。")
    if not raw.answer.strip():
        raise Unreadable("没有答案", "请在“答案”处写出答案。")
    kind = raw.kind or _guessed(raw)
    form, key, stem = _key(kind, raw)
    return request_of(raw, kind, form, key, stem)


def request_of(raw: Raw, kind: ItemKind, form: Form, key: Key, stem: str | None = None) -> WriteRequest:
    """A request of checked parts. Raises Unreadable with what the contract does not allow."""
    try:
        return WriteRequest(
            kind=kind,
            form=form,
            point=raw.point,
            stem=stem if stem is not None else raw.stem,
            options=raw.options,
            key=key,
            explanation=raw.explanation,
            cites=raw.cites,
            difficulty=raw.difficulty,
            field=raw.area,
            more=raw.more,
        )
    except ValidationError as error:
        raise Unreadable(_told(error), _SHORTER) from None


def _told(error: ValidationError) -> str:
    told = "；".join(f"{'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors()[:_FIRST_ERRORS])
    return f"内容不合要求（{told}）"


def _guessed(raw: Raw) -> ItemKind:
    answer = raw.answer.strip()
    if raw.options:
        return ItemKind.MULTIPLE if len(_letters(answer)) > 1 else ItemKind.SINGLE
    if truth_named(answer) is not None:
        return ItemKind.TRUE_FALSE
    return ItemKind.BLANK if _BLANK.search(raw.stem) else ItemKind.SHORT


def _key(kind: ItemKind, raw: Raw) -> tuple[Form, Key, str]:
    form = FORM_OF.get(kind) or _form_of_case(raw)
    if form in (Form.ONE, Form.MANY):
        return form, Key(correct=_chosen(form, raw)), raw.stem
    if raw.options:
        raise Unreadable(f"{KIND_ZH[kind]}不应有选项", "请检查题型。")
    if form is Form.TRUTH:
        truth = truth_named(raw.answer)
        if truth is None:
            raise Unreadable(f"判断题的答案“{raw.answer[:20]}”看不懂", "请写“正确”或者“错误”。")
        return form, Key(truth=truth), raw.stem
    if form is Form.BLANKS:
        stem = _BLANK.sub(BLANK, raw.stem)
        blanks = split_blanks(raw.answer)
        if stem.count(BLANK) != len(blanks):
            raise Unreadable(
                f"题干有{stem.count(BLANK)}处空，答案有{len(blanks)}个",
                "请在题干中用 ____ 标出每一处空，各空的答案分行写，同一空的几种写法用 | 分开。",
            )
        return form, Key(blanks=blanks), stem
    if form is Form.AMOUNT:
        return form, Key(amount=_amount(raw.answer)), raw.stem
    return form, Key(points=split_points(raw.answer)), raw.stem


def _form_of_case(raw: Raw) -> Form:
    if not raw.options:
        return Form.POINTS
    return Form.MANY if len(_letters(raw.answer)) > 1 else Form.ONE


def _letters(answer: str) -> list[str]:
    words = answer.upper().translate(str.maketrans("ＡＢＣＤＥＦＧＨ", LETTERS))
    return [c for c in words if c in LETTERS] if re.fullmatch(r"[A-H\s,，、;；/和.。]+", words) else []


def _chosen(form: Form, raw: Raw) -> list[int]:
    if len(raw.options) < 2:
        raise Unreadable(f"只有{len(raw.options)}个选项", "请写出各选项，每项以 A. B. C. D. 开头。")
    letters = _letters(raw.answer)
    if not letters:
        raise Unreadable(f"选择题的答案“{raw.answer[:20]}”看不懂", "请写选项的字母，如 B 或者 ACD。")
    numbers = sorted({LETTERS.index(c) for c in letters})
    if numbers[-1] >= len(raw.options):
        raise Unreadable(f"答案{LETTERS[numbers[-1]]}没有对应的选项", "请补上该选项，或者改正答案。")
    if form is Form.ONE and len(numbers) > 1:
        raise Unreadable(f"单选题有{len(numbers)}个答案", "请改为多选题，或者只留一个答案。")
    if form is Form.MANY and len(numbers) < 2:
        raise Unreadable("多选题只有一个答案", "请改为单选题，或者补全答案。")
    return numbers


def _amount(words: str) -> Decimal:
    plain = words.strip().replace(",", "").replace("，", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        try:
            value = parse_amount(words.strip())
        except InvalidInput:
            raise Unreadable(f"计算题的答案“{words[:20]}”不是金额", "请写成 50000 或者 5万元。") from None
    if not value.is_finite() or value < 0:
        raise Unreadable(f"计算题的答案“{words[:20]}”不是金额", "请写成 50000 或者 5万元。")
    return value


# ---- answers in words: how blanks and points are written, and read back ------------------------------------------


def join_blanks(blanks: Sequence[Sequence[str]]) -> str:
    """A line for each blank, its accepted words between bars; bars and backslashes inside are escaped."""
    return "\n".join(" | ".join(_escaped(a) for a in accepted) for accepted in blanks)


def split_blanks(answer: str) -> list[list[str]]:
    """The accepted words of each blank: a line, or what stands between ；, for each."""
    lines = answer.strip().split("\n")
    if len(lines) == 1:
        lines = _cut(lines[0], ";；")
    blanks = [[_plain(a) for a in _cut(line, "|｜") if _plain(a)] for line in lines]
    return [b for b in blanks if b]


def _cut(words: str, marks: str) -> list[str]:
    """The stretches between marks that no backslash escapes."""
    parts, begin, at = [], 0, 0
    while at < len(words):
        if words[at] == "\\":
            at += 1
        elif words[at] in marks:
            parts.append(words[begin:at])
            begin = at + 1
        at += 1
    return [*parts, words[begin:]]


def join_points(points: Sequence[ScoringPoint]) -> str:
    """A line for each scoring point with its share: 当事人有违法所得（1分）."""
    return "\n".join(f"{_escaped(p.text)}（{p.share.normalize():f}分）" for p in points)


def split_points(answer: str) -> list[ScoringPoint]:
    """A scoring point for each line; without a share at its end it counts one."""
    points = []
    for line in answer.strip().split("\n"):
        if not line.strip():
            continue
        match = re.fullmatch(r"(?P<text>.+?)[（(](?P<share>[0-9]+(?:\.[0-9]+)?)分[）)]", line.strip())
        text, share = (match["text"], Decimal(match["share"])) if match else (line.strip(), Decimal(1))
        try:
            points.append(ScoringPoint(text=_plain(text), share=share))
        except ValidationError:
            raise Unreadable(f"评分要点“{line[:30]}”不合要求", "请写成“要点（2分）”，一行一个。") from None
    return points


def _escaped(words: str) -> str:
    return re.sub(r"([\\|｜;；])", r"\\\1", words).replace("\n", r"\n")


def _plain(words: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], words.strip())


# ---- what stands beside the question -----------------------------------------------------------------------------


def cites_of(item: ItemContent) -> list[str]:
    """The citations of an item in words, each once."""
    return list(dict.fromkeys(c.citation for c in item.citations))


def sources_told(item: ItemContent) -> str:
    """The citations with their quotations, for the explanation of a format that has no place of its own for them."""
    return "\n".join(f"{c.citation}：{c.quotation}" for c in item.citations)


def properties(item: ItemContent) -> dict[str, str]:
    """What of an item goes into tags: kind, point, field, difficulty."""
    told = {"题型": KIND_ZH[item.kind], "考点": POINT_ZH[item.point], "难度": f"{item.difficulty:g}"}
    if item.tags.field:
        told["领域"] = item.tags.field
    return told


def with_properties(raw: Raw, told: Mapping[str, str]) -> None:
    """Take over what tags say."""
    raw.kind = kind_named(told.get("题型", "")) or raw.kind
    raw.point = point_named(told.get("考点", ""))
    raw.area = told.get("领域", "")[:60]
    if "难度" in told:
        raw.difficulty = difficulty_named(told["难度"])
