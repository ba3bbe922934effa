"""Whether an item is whole (题型完整), stands alone (题干自足) and keeps its key to itself (无暗示)."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.quiz.contract import BLANK, FORM_OF, Form, ItemContent, ItemKind
from assistant.quiz.proof.evidence import plain
from corpus.money import find_amounts
from corpus.quantities import find_quantities

_LONGEST_STEM = {ItemKind.CASE: 1500, ItemKind.CALCULATION: 1500}
_DANGLING = re.compile(
    r"前[一二两三四五六]?[款项条]|(?<![一-龥])本条(?!例)|本款|上述|上款|本项|"
    r"(?<!条)第[一二三四五六七八九十]+款|(?<!款)(?<!条)第[（(]?[一二三四五六七八九十]+[）)]?项"
)
_OWN_LAW = re.compile(r"(?<!基)本(?:法|条例|办法|规定|规则|决定|细则)(?!律|官|院|定|人|庭)")
_DRAFTING = re.compile(r"下同|以下(?:简称|统称|称为|称“)")
"""What only the drafter of a law says: 下同, 以下简称."""
_PROMISES_LIST = re.compile(r"(?:下列|以下)[^，。？]{0,16}(?:之一|行为|情形|情况|条件)")
_LISTED = re.compile(r"[（(]一[）)]|[:：]\s*\S")
_LETTER = re.compile(r"(?<![A-Za-z])[A-H]{1,8}\s*(?:选?项|正确|错误)")
_LENGTH_RATIO = 1.7
_SHORT = 6
_FEATURES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("以“的”结尾", lambda o: o.endswith("的")),
    ("含有数额", lambda o: bool(find_amounts(o))),
    ("含有数量", lambda o: bool(find_quantities(o))),
    ("含有括号", lambda o: "（" in o),
    ("以标点结尾", lambda o: o[-1] in "。；，、"),
    ("含有书名号", lambda o: "《" in o),
)


def form_fault(item: ItemContent) -> str:
    """What is missing or contradictory in key and options; "" where nothing is."""
    key, options = item.key, item.options
    if item.claim is not None and options and _LETTER.search(item.explanation):
        return "解析用字母指称选项，选项换序之后就不对了"
    if item.kind is not ItemKind.CASE and item.form is not FORM_OF[item.kind]:
        return "作答方式与题型不符"
    if item.form in (Form.ONE, Form.MANY):
        if len(options) < 3:
            return f"只有{len(options)}个选项"
        if len({plain(o) for o in options}) < len(options):
            return "有重复的选项"
        if any(not 0 <= c < len(options) for c in key.correct) or len(set(key.correct)) < len(key.correct):
            return "答案不在选项之中"
        if item.form is Form.ONE and len(key.correct) != 1:
            return "单选题须有且只有一个正确选项"
        if item.form is Form.MANY and not 2 <= len(key.correct) <= len(options):
            return "多选题须有两个以上正确选项"
        return ""
    if options:
        return "这种题型没有选项"
    if item.form is Form.TRUTH:
        return "" if key.truth is not None else "没有判断结果"
    if item.form is Form.BLANKS:
        if item.stem.count(BLANK) != len(key.blanks) or not key.blanks:
            return "填空处与答案的数目不符"
        return "" if all(accepted for accepted in key.blanks) else "有填空处没有答案"
    if item.form is Form.POINTS:
        return "" if key.points else "没有评分要点"
    return "" if key.amount is not None and key.amount >= 0 else "没有金额"


def dangling_fault(item: ItemContent) -> str:
    """What in the stem, or in an option, only makes sense beside the text it was taken from."""
    stem = item.stem
    if found := _DANGLING.search(stem) or _OWN_LAW.search(stem):
        return f"题干中的“{found.group()}”离开原文不知所指"
    promised = _PROMISES_LIST.search(stem) if item.form in (Form.TRUTH, Form.BLANKS) else None
    if promised and not _LISTED.search(stem, promised.end()):
        return f"题干中的“{promised.group()}”没有列出"
    if found := next((m for told in (stem, *item.options) if (m := _DRAFTING.search(told))), None):
        return f"“{found.group()}”是起草用语，题目里没有下文"
    for option in item.options:
        if found := _DANGLING.search(option):
            return f"选项中的“{found.group()}”离开原文不知所指"
        if (found := _OWN_LAW.search(option)) and stem.count("《") != 1:
            return f"选项中的“{found.group()}”不知是哪部法"
    if not 8 <= len(stem) <= _LONGEST_STEM.get(item.kind, 600):
        return f"题干有{len(stem)}字，过短或过长"
    for opening, closing in ("（）", "《》", "“”"):
        if stem.count(opening) != stem.count(closing):
            return f"题干的{opening}{closing}不成对"
    if re.match(r"\s*[，。；、）]", stem):
        return "题干以标点开头"
    if item.form is Form.TRUTH and "？" in stem:
        return "判断题应当是陈述句"
    return ""


def giveaway_fault(item: ItemContent) -> str:
    """What lets somebody who does not know the law pick the key."""
    if item.form not in (Form.ONE, Form.MANY):
        return _told_in_stem(item)
    right = [item.options[c] for c in item.key.correct]
    wrong = [o for n, o in enumerate(item.options) if n not in item.key.correct]
    if item.form is Form.ONE and (told := next((o for o in right if _says(item.stem, o)), None)):
        return f"题干里已有“{told}”"
    if not wrong:
        return ""
    if item.form is Form.ONE:
        length, others = len(plain(right[0])), [len(plain(o)) for o in wrong]
        longest = max(length, *others)
        if longest > _SHORT and (length > _LENGTH_RATIO * max(others) or length * _LENGTH_RATIO < min(others)):
            return "正确选项的长短与其他选项相差太大"
    for name, has in _FEATURES:
        shared = {has(o) for o in right}
        if len(shared) == 1 and not any(has(o) in shared for o in wrong):
            return f"只有正确选项{name}" if shared == {True} else f"只有正确选项不{name}"
    return ""


def _told_in_stem(item: ItemContent) -> str:
    if item.form is Form.BLANKS:
        for accepted in item.key.blanks:
            if told := next((a for a in accepted if _says(item.stem, a)), None):
                return f"题干里已有“{told}”"
    return ""


def _says(stem: str, words: str) -> bool:
    words = plain(words)
    return len(words) > 1 and words in plain(stem)
