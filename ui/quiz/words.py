"""Words of the quiz pages (题库用语) for values of the contracts."""

from __future__ import annotations

from decimal import Decimal

from assistant.quiz.contract import STATE_ZH, Form, Format, ItemContent, ItemState, Key
from assistant.quiz.paper_contract import AttemptState, PaperState, Part, PrintFormat
from ui.words import Badge

LETTERS = "ABCDEFGH"
TRUTH_ZH = {True: "正确", False: "错误"}
FORM_ZH = {
    Form.ONE: "单选",
    Form.MANY: "多选",
    Form.TRUTH: "判断正误",
    Form.BLANKS: "填空",
    Form.POINTS: "简答（按要点评分）",
    Form.AMOUNT: "填写金额（元）",
}
FORMAT_ZH = {
    Format.MOODLE_XML: "Moodle XML",
    Format.GIFT: "GIFT",
    Format.XLSX: "Excel（XLSX）",
    Format.TXT: "文本（TXT）",
}
PAPER_STATE_ZH = {PaperState.DRAFT: "未开考", PaperState.OPEN: "开考中", PaperState.CLOSED: "已结束"}
ATTEMPT_STATE_ZH = {
    AttemptState.RUNNING: "作答中",
    AttemptState.SUBMITTED: "待阅卷",
    AttemptState.MARKED: "已评分",
}
PART_ZH = {Part.QUESTIONS: "试卷", Part.SHEET: "答题卡", Part.KEY: "答案与解析"}
MEDIA_TYPES = {
    PrintFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PrintFormat.PDF: "application/pdf",
}
_STATE_TONES = {
    ItemState.DRAFT: "missing",
    ItemState.IN_REVIEW: "changed",
    ItemState.PUBLISHED: "good",
    ItemState.RETIRED: "bad",
}
_PAPER_TONES = {PaperState.DRAFT: "missing", PaperState.OPEN: "good", PaperState.CLOSED: "changed"}


def item_badge(state: ItemState) -> Badge:
    return Badge(STATE_ZH[state], _STATE_TONES[state])


def paper_badge(state: PaperState) -> Badge:
    return Badge(PAPER_STATE_ZH[state], _PAPER_TONES[state])


def attempt_badge(state: AttemptState) -> Badge:
    return Badge(ATTEMPT_STATE_ZH[state], "good" if state is AttemptState.MARKED else "changed")


def letters(places: list[int]) -> str:
    """Options by their letters: ``AC``."""
    return "".join(LETTERS[place] for place in places if place < len(LETTERS))


def key_words(form: Form, key: Key) -> str:
    """The right answer in one line; of a free answer its scoring points."""
    if form in (Form.ONE, Form.MANY):
        return letters(key.correct)
    if form is Form.TRUTH:
        return TRUTH_ZH[key.truth] if key.truth is not None else ""
    if form is Form.BLANKS:
        return "；".join(" 或 ".join(accepted) for accepted in key.blanks)
    if form is Form.AMOUNT:
        return f"{number(key.amount)} 元" if key.amount is not None else ""
    return "；".join(point.text for point in key.points)


def number(value: Decimal) -> str:
    """A number without needless zeros: 2, 2.5, 10000."""
    return f"{value.normalize():f}"


def points_of(value: float) -> Decimal:
    """Points as they were put in: two decimals count."""
    return Decimal(str(round(value, 2)))


def difficulty_words(item: ItemContent) -> str:
    """The estimated share of wrong answers: 预估难度 0.35（较易）."""
    grade = "较易" if item.difficulty < 0.4 else "中等" if item.difficulty <= 0.6 else "较难"
    return f"预估难度 {item.difficulty:.2f}（{grade}）"


def excerpt(words: str, length: int = 60) -> str:
    """The beginning of long words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[:length]}…"
