"""The answer itself (结论): its sentences with quotations, amounts and numbered references, as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.contract import AnswerCitation, AskResponse, Sentence
from ui.amounts import amount_spans
from ui.markup import Span, block, element, marked, occurrences, text

_QUOTED = re.compile(r"“([^”]*)”")
_LABEL = re.compile(r"([^“”《》：，。]{1,12})：")


def conclusion_html(sentences: Sequence[Sentence], numbers: Mapping[str, int], anchor: str) -> str:
    """Sentences one below the other. ``numbers``: citation key to the number of its card; ``anchor`` names the turn."""
    return block(*(_line(sentence, numbers, anchor) for sentence in sentences), css="ea-conclusion")


def refusal_html(response: AskResponse) -> str:
    """A refusal (拒答): the plain sentence first, then why."""
    lines = [element("div", "语料中没有依据", "ea-notice-title")]
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
    return {"ea-para": paragraph, "ea-quoted": quoted, "ea-amount": amount_spans(cited.text)}


def _line(sentence: Sentence, numbers: Mapping[str, int], anchor: str) -> str:
    words = sentence.text
    label = _LABEL.match(words)
    references = "".join(
        element("a", str(numbers[key]), "ea-number", href=f"#{anchor}-{numbers[key]}")
        for key in sentence.citations
        if key in numbers
    )
    if label is None:
        css = "ea-place" if words.startswith("《") and words.endswith("：") else ""
        return element("div", _words(words) + references, f"ea-line {css}".strip())
    rest = words[label.end() :]
    if not rest:
        return element("div", text(words), "ea-line ea-lead")
    return element(
        "div",
        element("span", text(label.group(1)), "ea-label") + element("span", _words(rest) + references, "ea-body"),
        "ea-line ea-labelled",
    )


def _words(words: str) -> str:
    """One sentence: what stands inside quotation marks is law and carries the amounts, the rest is ours."""
    quoted = [found.span(1) for found in _QUOTED.finditer(words)]
    amounts = [(start + a, start + b) for start, end in quoted for a, b in amount_spans(words[start:end])] or (
        [] if quoted else amount_spans(words)
    )
    return marked(words, {"ea-said": quoted, "ea-amount": amounts})
