"""Which figure and which measure belong to which condition (层次): the marks of a provision with their clauses.

A penalty provision orders its measures in clauses: the first states the act, those after 。 or ； each begin with a
condition of their own (情节严重的，货值金额一万元以上的，单位有前款行为的) and hold for the act of the first. A measure
may also name whom it hits (对直接负责的主管人员处). The pattern is that of ``sanctions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer.draft import without_enumerators
from assistant.answer.figures import Figure, find_figures
from assistant.answer.modality import Modal, Modality, read_modality
from corpus.numerals import parse_number
from corpus.structure import Paragraph, split_article

MEASURES: dict[str, str] = {
    "不予处罚": r"(?:不予|不再给予|不给予|免予|免于|免除|不)(?:行政|治安管理)?处罚",
    "给予处罚": r"(?:给予|予以|处以|应受|应当受到|受到|并给予)(?:行政|治安管理)?处罚",
    "罚款": r"罚款",
    "罚金": r"罚金",
    "警告": r"警告",
    "通报批评": r"通报批评",
    "没收": r"没收",
    "吊销": r"吊销",
    "暂扣": r"暂扣",
    "扣留": r"扣留",
    "拘留": r"拘留",
    "停产整治": r"停产整[治顿]",
    "停业整顿": r"停业整[治顿]",
    "停产停业": r"停产停业|停止(?:生产|营业|经营)|责令停[产业]",
    "责令关闭": r"责令关闭",
    "降低资质": r"降低资质",
    "限制从业": r"限制从业|禁止其?(?:在|从事|担任)|不得(?:在.{0,12}内)?(?:从事|担任)|终身不得",
    "责令改正": r"责令(?:其)?(?:限期|立即)?(?:改正|整改|治理|纠正|停止)|限期改正",
    "责令": r"责令",
    "查封": r"查封",
    "扣押": r"扣押",
    "冻结": r"冻结",
    "拆除": r"拆除",
    "取缔": r"取缔",
    "收缴": r"收缴",
    "撤销": r"撤销",
    "从轻": r"从轻",
    "减轻": r"减轻",
    "从重": r"从重|加重",
    "刑事责任": r"刑事责任",
    "有期徒刑": r"有期徒刑",
    "无期徒刑": r"无期徒刑",
    "死刑": r"死刑",
    "拘役": r"拘役",
    "管制": r"管制(?=[，。；、或]|$)",
    "滞纳金": r"滞纳金",
    "加处": r"加处",
    "处分": r"处分",
    "赔偿": r"赔偿",
}
_MEASURE = re.compile("|".join(f"(?P<s{number}>{words})" for number, words in enumerate(MEASURES.values())))
_NAMES = tuple(MEASURES)
_WHOM = re.compile(
    r"对(?P<whom>[^，。；：]{2,40}?)，?(?:可以|应当|并|依法|分别|也)*(?:处(?![理置于所])|给予|罚|责令)"
    r"|(?:^|[，、；：])(?P<subject>个人|单位|自然人|公民|企业|法人|法人或者其他组织)(?:处|罚|的?罚款)"
)
_BACK_REFERENCE = re.compile(r"前[款项]|前[一两二三]款|本条|(?<!条)第[一二三四五]款")
_APPROVAL = re.compile(r"经[^，。；：]{2,30}?(?:批准|同意)")
_ITEM_REFERENCE = re.compile(r"第[（(]?(?P<n>[一二三四五六七八九十]+)[）)]?项")
_CONDITION_PIECE = re.compile(r"(?:的|之一|情形之一者)[，。；\s]?$")
_SUFFERED = re.compile(r"(?:被|受到?|受过)(?:依法|行政)*$")
_WEAK = frozenset({"拆除", "撤销", "收缴", "扣留", "查封", "扣押", "冻结", "取缔", "停产停业", "赔偿", "管制", "处分"})
"""Measures whose words also describe acts (擅自拆除的)."""
_IMPOSING = frozenset({"罚款", "罚金", "警告", "拘留", "吊销", "处分", "有期徒刑", "给予处罚", "通报批评"})
_BREAKS = "。；\n"
_PIECE_END = re.compile(r"[，；。：\n]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure or measure in a text: half-open span, the figure or the measure's name, and whom it hits."""

    start: int
    end: int
    figure: Figure | None
    measure: str | None
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a provision with one condition.

    ``condition`` is its own, ``listed`` the acts that it names by number (第二项). ``shared`` is what holds for it as
    well: the act of the first clause, all listed acts, the paragraphs it refers back to. ``states_act``: the condition
    is the act itself, which an answer may name in other words. ``condition_end`` is where it ends in the text.
    """

    start: int
    end: int
    condition: str
    condition_end: int
    listed: str
    shared: str
    states_act: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark of a provision with its clause and the modal words that may govern it.

    ``in_condition``: it is supposed, not ordered (不予处罚的，应当教育; 被吊销许可证的单位).
    """

    mark: Mark
    clause: Clause
    modals: frozenset[Modal]
    in_condition: bool


def is_supposed(text: str, position: int) -> bool:
    """Whether what stands at ``position`` is part of a condition (…的，)."""
    return rest_of_piece(text, position).endswith("的")


def rest_of_piece(text: str, position: int) -> str:
    """The words from ``position`` to the next punctuation mark."""
    return _PIECE_END.split(text[position:], maxsplit=1)[0]


def find_marks(text: str) -> list[Mark]:
    """Figures and measures of a text in order; each with whom the words since the mark before it name."""
    found: list[tuple[int, int, Figure | None, str | None]] = [(f.start, f.end, f, None) for f in find_figures(text)]
    found += [(m.start(), m.end(), None, _NAMES[int((m.lastgroup or "")[1:])]) for m in _MEASURE.finditer(text)]
    marks: list[Mark] = []
    before = 0
    for start, end, figure, measure in sorted(found, key=lambda entry: entry[:2]):
        marks.append(Mark(start, end, figure, measure, _whom(text, before, start)))
        before = max(before, end)
    return marks


def _whom(text: str, before: int, start: int) -> str:
    """Whom the measure at ``start`` hits, if the words since the mark before it say so."""
    begin = max(before, max(text.rfind(mark, 0, start) for mark in _BREAKS) + 1)
    named = [m["whom"] or m["subject"] for m in _WHOM.finditer(text, begin, start + 2)]
    return named[-1] if named else ""


def place_marks(text: str) -> list[Placed]:
    """The marks of a provision, each with its clause and modal words."""
    marks = find_marks(without_enumerators(text))
    modality = read_modality(text)
    clauses = list(_clauses(text, marks, modality))
    placed: list[Placed] = []
    for mark in marks:
        clause = next((c for c in clauses if c.start <= mark.start < c.end), None)
        if clause is None:
            continue
        supposed = mark.end <= clause.condition_end or bool(_SUFFERED.search(text[: mark.start]))
        if not supposed and not mark.whom and placed and placed[-1].clause == clause:
            mark = replace(mark, whom=placed[-1].mark.whom)  # 对负责人员给予警告，并处罚款
        placed.append(Placed(mark, clause, modality.at(mark.start), supposed))
    return placed


def _clauses(text: str, marks: Sequence[Mark], modality: Modality) -> Iterator[Clause]:
    earlier = ""  # acts and conditions of the paragraphs before
    above: Paragraph | None = None  # the last paragraph before that lists items
    for paragraph in split_article(text).paragraphs:
        imposing = [i for i in paragraph.items if _imposes(marks, i.start, i.end)]
        listed = [i for i in paragraph.items if i not in imposing]
        items = "".join(text[i.start : i.end] for i in listed)
        spans = [(paragraph.start, paragraph.items[0].start if paragraph.items else paragraph.end)]
        spans += [(i.start, i.end) for i in imposing]
        act = ""
        here = ""
        for start, end in (s for span in spans for s in _split(text, *span, marks)):
            condition_end = _condition_end(text, start, end, marks, modality)
            condition = text[start:condition_end] + "，".join(_APPROVAL.findall(text, condition_end, end))
            refers = _BACK_REFERENCE.search(condition)
            named = _named_items(text, condition, above) if refers and above else ""
            shared = act + items + ("" if named else earlier if refers else "")
            states_act = start == paragraph.start and (paragraph.number == 1 or not refers)
            yield Clause(start, end, condition, condition_end, named, shared, states_act)
            act = act or ("" if named else condition)
            here += condition
        for item in listed:
            yield Clause(item.start, item.end, text[item.start : item.end], item.end, "", act, True)
        earlier += here + items
        above = paragraph if paragraph.items else above


def _named_items(text: str, condition: str, above: Paragraph) -> str:
    """The listed acts that a condition names by number: 有前款第二项、第三项行为之一的."""
    numbers = {parse_number(match["n"]) for match in _ITEM_REFERENCE.finditer(condition)}
    return "".join(text[i.start : i.end] for i in above.items if i.number in numbers)


def _imposes(marks: Sequence[Mark], start: int, end: int) -> bool:
    return any(mark.measure in _IMPOSING and start <= mark.start < end for mark in marks)


def _split(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Clauses of a stretch: cut at 。 and ；, and where a new condition (…的，) follows a measure."""
    begin = start
    measured = False  # an order has been given
    supposed = True  # the piece before is a condition, or there is none
    for piece_begin, piece_end in _pieces(text, start, end):
        is_condition = bool(_CONDITION_PIECE.search(text[piece_begin:piece_end]))
        mark = text[piece_begin - 1]
        ended = mark in "。\n" or (mark == "；" and (measured or not supposed)) or (measured and is_condition)
        if ended and text[begin:piece_begin].strip():
            yield begin, piece_begin
            begin, measured = piece_begin, False
        measured = measured or (not is_condition and _orders(marks, piece_begin, piece_end))
        supposed = is_condition
    if text[begin:end].strip():
        yield begin, end


def _orders(marks: Sequence[Mark], start: int, end: int) -> bool:
    """Whether the stretch holds a measure whose word is no word for an act as well."""
    return any(mark.measure and mark.measure not in _WEAK and start <= mark.start < end for mark in marks)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for position in range(start, end):
        if text[position] in "，" + _BREAKS:
            yield begin, position + 1
            begin = position + 1
    if begin < end:
        yield begin, end


def _condition_end(text: str, start: int, end: int, marks: Sequence[Mark], modality: Modality) -> int:
    """End of the last piece ending in 的 before the pieces that order something.

    Without any measure, the first modal word outside such a piece is where the order begins.
    """
    pieces = [(b, e, bool(_CONDITION_PIECE.search(text[b:e]))) for b, e in _pieces(text, start, end)]
    plain = [(b, e) for b, e, is_condition in pieces if not is_condition]
    stops = [b for b, e in plain if _orders(marks, b, e)]
    stops = stops or [b for b, e in plain if any(mark.measure and b <= mark.start < e for mark in marks)]
    stops = stops or [b for b, e in plain if any(b <= word.start < e for word in modality.words)]
    stop = min(stops, default=end)
    return max((e for b, e, is_condition in pieces if is_condition and e <= stop), default=start)
