"""A follow-up in a model's words (模型改写追问): taken where it adds nothing to the dialogue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.draft import without_thinking
from assistant.answer.prompts import Message
from assistant.conversations.contract import Reading, Understood
from assistant.conversations.followup import Exchange
from assistant.generator import Writer
from corpus.errors import GeneratorUnavailable, InvalidInput
from corpus.numerals import parse_number

LONGEST = 300
_RULES = """\
你把行政执法人员的追问改写成一个脱离上文也能看懂的完整问题。只用对话里出现过的事实；不得加入对话里没有的法律名称、条号、金额、期限、日期和行为。
不回答问题。只写改写后的问题一行，不写其他任何话。"""
_LAW_ENDINGS = re.compile(r"(?:法典|法|条例|办法|规定|规则|细则|决定|解释|标准|规章)")
_PLAIN_ENDINGS = re.compile(
    r"[违非合执无方依司守立用手]法|怎么办法|有办法|没办法|法律|法规|法院|法定|法人|规定|处罚决定|决定书|标准"
)
_TITLE = re.compile(r"《[^《》]*》")
_NUMBER = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万亿]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_NEW_SHARE = 0.35
"""How many of the characters may be none of the dialogue's: the words that make a sentence of it."""


def rewrite(writer: Writer, question: str, before: Sequence[Exchange], completed: Understood) -> Understood:
    """The model's words for a follow-up where they hold, otherwise what was completed without it."""
    said = [words for e in before for words in (e.asked, e.understood)]
    lines = "\n".join(
        f"问：{e.understood}\n引用：{'、'.join(f'《{c.law}》{c.article}' for c in e.cited[:3])}" for e in before
    )
    asked = (Message("system", _RULES), Message("user", f"对话：\n{lines}\n\n追问：{question}\n\n改写后的问题："))
    try:
        written = "".join(without_thinking(writer.write(asked))).strip()
    except GeneratorUnavailable:
        return completed
    cited = [f"《{c.law}》{c.article}" for e in before for c in e.cited]
    if not adds_nothing(written, [*said, question, completed.question], cited):
        return completed
    return completed.model_copy(update={"question": written, "reading": Reading.MODEL})


def adds_nothing(written: str, dialogue: Sequence[str], cited: Sequence[str] = ()) -> bool:
    """Whether a rewriting is one line of the dialogue's own matter: no new law, article, amount, date, few new words.

    ``cited`` are citations of the answers: their laws and numbers count as said.
    """
    if not written or "\n" in written or len(written) > LONGEST:
        return False
    said = "\n".join([*dialogue, *cited])
    if any(title.strip("《》") not in said for title in _TITLE.findall(written)):
        return False
    if any(words not in said for words in _named_laws(written)):
        return False
    if not _numbers(written) <= _numbers(said):
        return False
    characters = _WORDS.findall(written)
    new = sum(character not in said for character in characters)
    return bool(characters) and new <= _NEW_SHARE * len(characters)


def _named_laws(words: str) -> list[str]:
    """What looks like the name of a law: its ending with the two characters before it."""
    plain = _PLAIN_ENDINGS.sub(lambda m: "＊" * len(m[0]), words)
    return [plain[max(0, m.start() - 2) : m.end()] for m in _LAW_ENDINGS.finditer(plain)]


def _numbers(words: str) -> set[int | str]:
    found: set[int | str] = set()
    for written in _NUMBER.findall(words):
        try:
            found.add(parse_number(written))
        except InvalidInput:
            found.add(written)
    return found
