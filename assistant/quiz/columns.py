"""The columns of a table of items (表格列名): their usual names, and other names as people write them."""

from __future__ import annotations

from assistant.quiz.contract import MOST_OPTIONS
from corpus.errors import InvalidInput

LETTERS = "ABCDEFGH"

COLUMNS: dict[str, str] = {
    "number": "序号",
    "kind": "题型",
    "stem": "题干",
    **{f"option_{letter.lower()}": f"选项{letter}" for letter in LETTERS[:MOST_OPTIONS]},
    "answer": "答案",
    "explanation": "解析",
    "cites": "依据",
    "field": "领域",
    "point": "考点",
    "difficulty": "难度",
    "id": "编号",
}
"""Part of an item → name of its column."""


def columns_of(words: str) -> dict[str, str]:
    """Names of columns as people write them, a line each: 题干=试题内容. Raises InvalidInput for another line."""
    found: dict[str, str] = {}
    for line in words.strip().splitlines():
        usual, mark, name = line.replace("＝", "=").partition("=")
        if not line.strip():
            continue
        if not mark:
            raise InvalidInput(f"“{line.strip()[:40]}”没有等号。", where="columns", remedy="请写成“题干=试题内容”。")
        found[usual.strip()] = name.strip()
    return found
