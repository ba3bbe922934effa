"""An item after it was answered (判分与解析): own answer, key, why, source; pure functions to HTML."""

from __future__ import annotations

from assistant.quiz.contract import KIND_ZH, Form, ItemContent
from assistant.quiz.paper_contract import MarkedItem
from ui.exam.answering import answer_words
from ui.markup import badge, block, element, tag, text
from ui.quiz.item_card import answer_html, citation_html, refutations_html, working_html
from ui.quiz.words import LETTERS, number
from ui.words import Badge


def marked_html(marked: MarkedItem, *, practice: bool = False) -> str:
    """The whole item. In practice nobody marks free words: they are compared with the points."""
    item = marked.item
    score = "" if practice or marked.score is None else tag(f"得 {number(marked.score)}/{number(marked.points)} 分")
    parts = [
        element("div", badge(verdict(marked, practice=practice)) + tag(KIND_ZH[item.kind]) + score, "ea-tags"),
        element("div", text(f"{marked.number}. {item.stem}"), "ea-stem"),
        _options(marked),
        element("p", element("span", "您的答案", "ea-label") + " " + _own(marked)),
        _labelled("评语", marked.note),
        explained_html(item),
    ]
    return block(*parts, css="ea-card ea-item")


def explained_html(item: ItemContent) -> str:
    """The key, and why: explanation, wrong options, working, the words of the source with the way to all of it."""
    return "".join(
        [
            answer_html(item),
            _labelled("解析", item.explanation),
            _part("错项理由", refutations_html(item.refutations, item.options)),
            _part("计算过程", working_html(item.working)),
            *(citation_html(citation, opened=True) for citation in item.citations),
        ]
    )


def verdict(marked: MarkedItem, *, practice: bool = False) -> Badge:
    """Right, wrong, in part, or still open."""
    if marked.right:
        return Badge("✓ 答对了", "good")
    if marked.right is None:
        return Badge("请对照评分要点" if practice else "等待阅卷", "changed")
    if marked.score:
        return Badge("部分得分", "changed")
    return Badge("✗ 答错了", "bad")


def _options(marked: MarkedItem) -> str:
    chosen = marked.answer.chosen if marked.answer else []
    rows = "".join(
        _option(place, option, right=place in marked.key.correct, own=place in chosen)
        for place, option in enumerate(marked.item.options)
    )
    return element("ul", rows, "ea-options") if rows else ""


def _option(place: int, option: str, *, right: bool, own: bool) -> str:
    said = [words for words, true in (("✓ 正确", right), ("您选的", own)) if true]
    css = "ea-option ea-correct" if right else "ea-option ea-wrong" if own else "ea-option"
    mark = element("span", "，".join(said), "ea-tick") if said else ""
    return element("li", element("span", f"{LETTERS[place]}.", "ea-letter") + element("span", text(option)) + mark, css)


def _own(marked: MarkedItem) -> str:
    words = answer_words(marked.item.form, marked.answer)
    return element("span", text(words), "ea-line") if marked.item.form is Form.POINTS else element("b", text(words))


def _labelled(label: str, words: str) -> str:
    return element("p", element("span", label, "ea-label") + " " + text(words)) if words else ""


def _part(title: str, inner: str) -> str:
    return element("div", element("div", text(title), "ea-label") + inner) if inner else ""
