"""Conversations as Markdown (导出为 Markdown): question, answer, quoted provisions with dates and state, disclaimer.

Pure. What comes from outside is escaped, so that it never becomes markup, a link or a picture.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.contract import AnswerCitation, AskResponse
from assistant.conversations.contract import ChangedCitation, Message, Reading
from corpus.vocabulary import NATION, STATE_ZH, Shelf

DISCLAIMER = "本答复由程序依所收录的法条原文编排，供执法人员参考，不构成法律决定；作出决定前请核对原文及其效力。"
UNANSWERED = "（此问尚无答复。）"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>!|~&$])|(?m:^(\s*)([#+-]|[0-9]+(?=[.)])))")


@dataclass(frozen=True, slots=True)
class Exported:
    """What is written out: a whole conversation or one answer of it."""

    title: str
    messages: Sequence[Message]
    day: dt.date
    whole: bool = True


def write_markdown(exported: Exported) -> str:
    """The export as Markdown."""
    lines = [f"# {escaped(exported.title)}", "", f"导出日期：{exported.day.isoformat()}", ""]
    for message in exported.messages:
        lines += _message(message)
    return "\n".join([*lines, "---", "", DISCLAIMER, ""])


def facts_of(message: Message, response: AskResponse) -> list[str]:
    """Day, region, filters and model of an answer, each in a line."""
    regions = [region for region in response.regions if region != NATION]
    facts = [f"适用日期：{response.as_of.isoformat()}", f"地区：{'、'.join(regions) or message.region or '国家规定'}"]
    understood = message.understood
    if understood is not None and understood.reading is not Reading.AS_ASKED:
        facts.insert(0, f"理解为：{understood.question}")
    facts += [f"只查：《{message.law.strip('《》')}》"] if message.law else []
    facts += [f"书架：{message.shelf.value}"] if message.shelf else []
    facts += [f"撰写：模型 {response.model}，经依据核验"] if response.model else []
    facts += [f"作答时间：{message.answered:%Y-%m-%d %H:%M} UTC"] if message.answered else []
    return facts


def standing_of(cited: AnswerCitation, changed: Sequence[ChangedCitation]) -> str:
    """Rank, commencement and state of a citation, and what became of it since."""
    parts = [str(cited.level), cited.region if cited.region != NATION else ""]
    parts += [f"{cited.effective_from.isoformat()} 起施行" if cited.effective_from else "", STATE_ZH[cited.status]]
    parts += [cited.place, "文字由图片识别，引用前请核对原件" if cited.ocr else "", cited.note or ""]
    since = next((c for c in changed if c.key == cited.key), None)
    parts += [f"作答以后有变动：{since.note or STATE_ZH[since.now]}"] if since else []
    return " · ".join(part for part in parts if part)


def escaped(words: str) -> str:
    """Words as they are, none of them markup."""
    return _MARKDOWN.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}{_at_start(m[3])}", words)


def _at_start(mark: str) -> str:
    """A mark that would begin a heading or a list, escaped: numbers by way of an empty entity before the dot."""
    return f"{mark}&#8203;" if mark.isdigit() else f"\\{mark}"


def _message(message: Message) -> Iterator[str]:
    yield from (f"## {message.number}. {escaped(' '.join(message.question.split()))}", "")
    response = message.response
    if response is None:
        yield from (UNANSWERED, "")
        return
    yield from (f"- {escaped(fact)}" for fact in facts_of(message, response))
    yield ""
    numbers = {cited.key: number for number, cited in enumerate(response.citations, 1)}
    if response.refused:
        yield from ("**语料中没有依据**", "")
    for sentence in response.sentences:
        marks = "".join(f"\\[{numbers[key]}\\]" for key in sentence.citations if key in numbers)
        yield from (f"{_lines(sentence.text)}{marks}", "")
    if response.notes:
        yield from (f"- 提示：{escaped(note)}" for note in response.notes)
        yield ""
    if response.citations:
        yield from ("### 依据", "")
    for number, cited in enumerate(response.citations, 1):
        yield from (
            f"**\\[{number}\\] {escaped(cited.citation)}**",
            "",
            escaped(standing_of(cited, message.changed)),
            "",
        )
        yield from (f"> {escaped(line)}  " for line in cited.text.split("\n"))
        yield ""
    materials = [m for m in response.materials if m.shelf is not Shelf.LAW]
    if materials:
        yield from ("### 参考材料（不是法律依据）", "")
    for material in materials:
        yield from (f"**{escaped(material.citation)}**", "", escaped(f"{material.weight} {material.place}".strip()), "")
        yield from (f"> {escaped(line)}  " for line in material.quote.split("\n"))
        yield ""
    if message.withheld:
        yield from (f"（有 {message.withheld} 处所引文件已不在可阅范围，未导出。）", "")


def _lines(words: str) -> str:
    return "  \n".join(escaped(line) for line in words.split("\n"))
