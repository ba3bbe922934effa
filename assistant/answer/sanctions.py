"""Read what a penalty provision (罚则) says out of its own words: act, authority, sanction, condition.

Nothing is rephrased: every part is a half-open span of the text it was read from, so an answer can print it
verbatim. A provision that does not follow the drafting pattern yields no clause rather than a guess.

The pattern of Chinese penalty provisions (全国人大常委会法工委《立法技术规范（试行）》) is::

    违反本法第…条规定，<act>的，由<authority><measure>，<measure>；<condition>的，<measure>。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.structure import split_article

Span = tuple[int, int]

MEASURE_WORDS = (
    "罚款|责令|没收|吊销|暂扣|扣留|拘留|警告|通报批评|查封|扣押|撤销|注销|取缔|拆除|收缴|关闭|停业|停产|"
    "禁止其|不得从事|不得重新取得|终身不得|列入|驱逐出境|遣送出境|限期出境|强制|代为|代履行|处罚|处分|赔偿|"
    "追究刑事责任|不予|从轻|减轻|免予|免除|从重|加收|加处|滞纳金|恢复原状|退还|销毁|降低资质"
)
_MEASURE = re.compile(MEASURE_WORDS)
_SANCTION = re.compile(
    r"罚款|拘留|没收|吊销|暂扣|给予警告|处警告|警告或者|并处警告|通报批评|停产停业|停业整顿|责令关闭|降低资质|加处|从业"
)
_FINE_SPOKEN_OF = re.compile(r"(?:缴纳|收缴|代收|加处|规定)的?罚款|罚款(?:的?(?:数额|期限|决定|种类)|处罚)(?!为)")
"""A fine as what is spoken of (缴纳罚款, 罚款期限), not imposed."""
_AUTHORITY = re.compile(
    r"由(?P<name>[^，。；：]{2,60}?(?:部门|机关|机构|政府|委员会|法院|检察院|海关|军队|单位|组织|团体|管理人|负责人))"
    r"(?=(?:依法|按照|依照|依据|根据|在|可以|应当|分别|决定|给予|责令|处|对|没收|吊销|暂扣|扣留|收缴|予以|撤销|取缔|组织|代|批评|"
    r"通报|降低|限期|强制|进行|依|并|按|作出|注销|，))"
)
_LEAD_IN = re.compile(r"^(?:违反(?:了)?本(?:法|条例|办法|规定)[^，]{0,60}?规定[，,]|违反规定[，,])")


@dataclass(frozen=True, slots=True)
class Consequence:
    """One measure of a penalty provision (法律责任): what happens and, from the second on, under which condition.

    Spans are offsets in the provision's text. ``condition`` None: follows from the act itself. ``authority`` is the
    organ that this sentence names, None where it names none (then the paragraph's first one goes on acting).
    """

    measure: Span
    condition: Span | None
    authority: Span | None
    is_sanction: bool  # a penalty of 行政处罚法 art. 9, rather than an order or a criminal reference


@dataclass(frozen=True, slots=True)
class PenaltyClause:
    """One paragraph (款) of a penalty provision, read: act, authority, consequences, listed items."""

    paragraph: int  # 款, from 1
    span: Span
    act: Span | None
    authority: Span | None
    consequences: tuple[Consequence, ...]
    items: tuple[Span, ...]  # the listed acts （一）…, each a span


def imposes_sanction(text: str) -> bool:
    """Whether the words name an administrative penalty (行政处罚法 art. 9) at all."""
    return bool(_SANCTION.search(text))


def orders_sanction(text: str) -> bool:
    """Whether the words order a penalty, rather than say how one is paid or decided."""
    return imposes_sanction(_FINE_SPOKEN_OF.sub("", text))


def read_penalty_clauses(text: str) -> tuple[PenaltyClause, ...]:
    """The penalty clauses of one provision, paragraph by paragraph; empty when it imposes nothing."""
    clauses = []
    for paragraph in split_article(text).paragraphs:
        head_end = paragraph.items[0].start if paragraph.items else paragraph.end
        clause = _read_paragraph(text, paragraph.start, head_end)
        if clause is None:
            continue
        act, authority, consequences = clause
        clauses.append(
            PenaltyClause(
                paragraph.number,
                (paragraph.start, paragraph.end),
                act,
                authority,
                consequences,
                tuple(_trim(text, item.start, item.end) for item in paragraph.items),
            )
        )
    return tuple(clauses)


def _read_paragraph(text: str, start: int, end: int) -> tuple[Span | None, Span | None, tuple[Consequence, ...]] | None:
    act: Span | None = None
    authority: Span | None = None
    consequences: list[Consequence] = []
    for sentence_start, sentence_end in _sentences(text, start, end):
        boundary = _measures_begin(text, sentence_start, sentence_end)
        if boundary is None:
            continue
        condition = _trim(text, sentence_start, boundary)
        measure = _trim(text, boundary, sentence_end)
        words = text[measure[0] : measure[1]]
        if not _MEASURE.search(words):
            continue
        named = _AUTHORITY.match(words)
        own_authority: Span | None = None
        if named:
            own_authority = (measure[0] + named.start("name"), measure[0] + named.end("name"))
            authority = authority or own_authority
            rest = _trim(text, measure[0] + named.end(), measure[1])
            if rest[0] < rest[1]:
                measure = rest
        if act is None and condition[0] < condition[1]:
            act = _without_lead_in(text, condition)
            condition_span = None
        else:
            condition_span = condition if condition[0] < condition[1] else None
        sanction = orders_sanction(text[measure[0] : measure[1]])
        consequences.append(Consequence(measure, condition_span, own_authority, sanction))
    if not any(c.is_sanction for c in consequences):
        return None
    return act, authority, tuple(consequences)


def _sentences(text: str, start: int, end: int) -> list[Span]:
    """Half-open spans between 。 and ； (and the ： that announces items)."""
    spans: list[Span] = []
    begin = start
    for position in range(start, end):
        if text[position] in "。；：":
            if position > begin:
                spans.append((begin, position))
            begin = position + 1
    if begin < end and text[begin:end].strip():
        spans.append((begin, end))
    return spans


def _measures_begin(text: str, start: int, end: int) -> int | None:
    """Where the conditions (…的，) end and the measures begin; None when the sentence holds no measure."""
    segments: list[Span] = []
    begin = start
    for position in range(start, end):
        if text[position] == "，":
            segments.append((begin, position))
            begin = position + 1
    segments.append((begin, end))
    boundary: int | None = None
    for index, (left, right) in enumerate(segments):
        words = text[left:right].strip()
        if words.endswith("的") and index + 1 < len(segments):
            boundary = segments[index + 1][0]
        elif boundary is not None and _MEASURE.search(words) and not words.startswith(("被", "经", "受")):
            break
    if boundary is not None:
        return boundary
    first = text[segments[0][0] : segments[0][1]].strip()
    if _MEASURE.search(first) or re.match(r"由|处|对|可以|并", first):
        return segments[0][0]
    for left, right in segments:
        if _MEASURE.search(text[left:right]):
            return left
    return None


def _without_lead_in(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    lead = _LEAD_IN.match(words)
    if lead and lead.end() < len(words):
        return span[0] + lead.end(), span[1]
    return span


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \n\t\u3000，,":
        start += 1
    while end > start and text[end - 1] in " \n\t\u3000，,；;。：":
        end -= 1
    return start, end
