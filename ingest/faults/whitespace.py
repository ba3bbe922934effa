"""White space inside articles (断行与多余空格): lines broken in mid-sentence, blanks between Chinese characters.

Both repairs only ever remove white space; every other character stays where it was.
"""

from __future__ import annotations

import re
from itertools import pairwise

_CHINESE = r"\u2e80-\u2fff\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’—…·"
_BLANK = r"[ \t\u2009\u3000\xa0]+"
_STRAY_BLANK = re.compile(rf"(?<=[{_CHINESE}]){_BLANK}(?=[{_CHINESE}0-9])|(?<=[0-9]){_BLANK}(?=[{_CHINESE}])")
# 第一百二十条之二　有下列情形之一的: this blank separates a quoted article's number from its words.
_AFTER_LABEL = re.compile(r"第[零一二三四五六七八九十百千]+[条款项](?:之[一二三四五六七八九十]+)?$")

_NUMERAL = "[零一二三四五六七八九十百千]+"
# How a line begins that is a unit of its own and never the rest of a broken sentence.
_UNIT = re.compile(
    rf"""
      [（(]{_NUMERAL}[）)]                                      # （一）在禁燃区内…
    | {_NUMERAL}、 | [甲乙丙丁戊己庚辛壬癸]、 | [0-9]+[.．、]        # 一、  甲、  1.
    | [（(].*[）)]$                                             # （1978年5月24日通过）
    | 第{_NUMERAL}(?:编|分编|章|节)\s                             # 第二编 审判程序
    | 第{_NUMERAL}条(?:之{_NUMERAL})?(?:第{_NUMERAL}款)?(?:[：:\s]|$)  # 第四条第二款：
    | 附则 | 注[0-9]*[：:] | ["“‘]
    """,
    re.VERBOSE,
)
_TABLE = re.compile(r"\||^[\s+-]*[+-]{5,}[\s+-]*$|!\S*\{|^height=")
_FINISHED = "。；：！？.;:!?）)」』”’\"'…—"
_LISTED = "，、"


def is_table_line(line: str) -> bool:
    """Whether a line is a row or a ruler of a table, or the mark of a picture, whose layout says something."""
    return bool(_TABLE.search(line))


def remove_stray_blanks(text: str) -> tuple[str, list[str]]:
    """Remove blanks between Chinese characters, punctuation and figures; return the text and the places removed.

    ``限制生产、 停产整治`` → ``限制生产、停产整治``; ``自 2026年`` → ``自2026年``. Table rows keep their columns,
    and the blank after a quoted article's number stays.
    """
    places: list[str] = []

    def remove(match: re.Match[str]) -> str:
        if _AFTER_LABEL.search(match.string, 0, match.start()):
            return match.group()
        places.append(match.string[max(0, match.start() - 6) : match.end() + 6])
        return ""

    lines = [line if is_table_line(line) else _STRAY_BLANK.sub(remove, line) for line in text.split("\n")]
    return "\n".join(lines), places


def join_broken_lines(text: str) -> tuple[str, list[str]]:
    """Join lines broken in mid-sentence; return the text and the places joined.

    ``所需费⏎用由…`` → ``所需费用由…``. A line is broken when it does not end like a sentence or clause and the next
    begins like neither item, table nor heading. A list set line by line after a colon (委员长，⏎秘书长，) stays.
    """
    lines = text.split("\n")
    kept: list[str] = [lines[0]]
    places: list[str] = []
    in_list = False
    for previous, line in pairwise(lines):
        listed = previous.endswith(tuple(_LISTED))
        in_list = listed and (in_list or _announces(kept))
        if not in_list and _is_broken(previous, line):
            places.append(f"{previous[-8:]}\n{line[:8]}")
            kept[-1] = kept[-1].rstrip() + line.lstrip()
        else:
            kept.append(line)
    return "\n".join(kept), places


def _announces(kept: list[str]) -> bool:
    return len(kept) > 1 and kept[-2].endswith(("：", ":")) and not _UNIT.match(kept[-1].strip())


def _is_broken(line: str, following: str) -> bool:
    if not line.strip() or not following.strip() or is_table_line(line) or is_table_line(following):
        return False
    return not line.rstrip().endswith(tuple(_FINISHED)) and not _UNIT.match(following.strip())
