"""The answer itself (结论): its sentences with quotations, amounts and numbered references, as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.contract import AnswerCitation, AskResponse, Sentence
from ui.amounts import amount_marks
from ui.markup import Span, block, element, marked, occurrences, text

_QUOTED = re.compile(r"“([^”]*)”")
_LABEL = re.compile(r"([^“”《》：，。]{1,12})：")
_PLACE = re.compile(r"(《.+》[^（]*)(（.+）)(.{0,2}：)")


def conclusion_html(sentences: Sequence[Sentence], numbers: Mapping[str, int], anchor: str) -> str:
    """Sentences one below the other. ``numbers``: citation key to the number of its card; ``anchor`` names the turn.

    Sentences that follow one another on the same grounds carry the reference once.
    """
    lines: list[str] = []
    before: list[str] = []
    under_label = False
    for sentence in sentences:
        keys = [] if sentence.citations == before else sentence.citations
        references = "".join(
            element("a", str(numbers[key]), "ea-number", href=f"#{anchor}-{numbers[key]}")
            for key in keys
            if key in numbers
        )
        label, rest = _labelled(sentence.text)
        under_label = bool(label and rest) or (under_label and sentence.text.startswith("“"))
        lines.append(_line(sentence, label, rest, references, under_label))
        before = sentence.citations
    return block(*lines, css="ea-conclusion")


def refusal_html(response: AskResponse, *, premature: bool = False) -> str:
    """A refusal (拒答): the plain sentence first, then why. ``premature``: the index was still being built."""
    title = "暂时不能作答，准备好后自动再答" if premature else "语料中没有依据"
    lines = [element("div", title, "ea-notice-title")]
    lines += [element("div", text(sentence.text)) for sentence in response.sentences]
    return block(*lines, css="ea-notice ea-refusal")


def marks_of(cited: AnswerCitation, sentences: Sequence[Sentence]) -> dict[str, list[Span]]:
    """Spans to mark in a cited provision: the paragraph quoted from, the words the answer quotes, the amounts."""
    quoted = [
        span
        for sentence in sentences
        if cited.key in sentence.citations
        for words in _QUOTED.findall(sentence.text)
        for span in occurrences(cited.text, words)[:1]
    ]
    paragraph = occurrences(cited.text, cited.quote)[:1] if cited.quote != cited.text else []
    return {"ea-para": paragraph, "ea-quoted": quoted, **amount_marks(cited.text)}


def _labelled(words: str) -> tuple[str, str]:
    """The label that opens a sentence (处理机关：…) and the rest; no label, all the words."""
    found = _LABEL.match(words)
    return (found.group(1), words[found.end() :]) if found else ("", words)


def _line(sentence: Sentence, label: str, rest: str, references: str, under_label: bool) -> str:
    if label and not rest:
        return element("div", text(sentence.text), "ea-line ea-lead")
    if under_label:
        name = element("span", text(label), "ea-label")
        return element("div", name + element("span", _words(rest) + references, "ea-body"), "ea-line ea-labelled")
    place = _PLACE.fullmatch(sentence.text)
    if place:
        whole = element("b", text(place.group(1))) + element("span", text(place.group(2)), "ea-quiet")
        return element("div", whole + text(place.group(3)) + references, "ea-line ea-place")
    css = "ea-line" if sentence.citations else "ea-line ea-quiet"
    return element("div", _words(sentence.text) + references, css)


def _words(words: str) -> str:
    """One sentence: where it quotes, only the quoted words are law and carry amounts."""
    quoted = [found.span(1) for found in _QUOTED.finditer(words)]
    marks: dict[str, list[Span]] = {"ea-said": quoted}
    for start, end in quoted or [(0, len(words))]:
        for css, spans in amount_marks(words[start:end]).items():
            marks.setdefault(css, []).extend((start + a, start + b) for a, b in spans)
    return marked(words, marks)
