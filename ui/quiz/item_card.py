"""An item as a card (试题卡片): stem, options with the key marked, why, source, proof; pure functions to HTML."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.quiz.contract import (
    CHECK_ZH,
    KIND_ZH,
    ORIGIN_ZH,
    POINT_ZH,
    CheckResult,
    Form,
    ItemCitation,
    ItemContent,
    Proof,
    QuizItem,
    Refutation,
)
from ui.links import ENCYCLOPEDIA, href, link
from ui.markup import badge, block, element, provision_text, tag, text
from ui.quiz.address import way
from ui.quiz.changes import blocked_html
from ui.quiz.words import LETTERS, difficulty_words, item_badge, key_words, number
from ui.words import Badge

_CHOSEN_FORMS = (Form.ONE, Form.MANY)


def item_html(item: QuizItem, *, number_: int | None = None, opened: bool = False, address: str = "") -> str:
    """A whole item of the bank. ``opened``: everything is shown, otherwise what is long unfolds on demand."""
    return block(
        tags_html(item),
        blocked_html(item.blocked) if item.blocked else "",
        content_html(item, number_=number_, opened=opened, proof=item.proof),
        way("打开这道题 ›", address) if address else "",
        css="ea-card ea-item",
    )


def tags_html(item: QuizItem) -> str:
    """State, kind, point and where it belongs, and how hard it is."""
    names = [KIND_ZH[item.kind], POINT_ZH[item.point], item.tags.field, ORIGIN_ZH[item.origin], *item.tags.more]
    tags = badge(item_badge(item.state)) + "".join(tag(name) for name in names if name)
    if item.blocked:
        tags += badge(Badge("依据已变动", "bad"))
    tags += proof_badge(item.proof)
    return element("div", tags + tag(difficulty_words(item)) + observed_html(item), "ea-tags")


def observed_html(item: QuizItem) -> str:
    """What answers have shown so far."""
    if not item.answered:
        return ""
    seen = [f"{item.answered} 人次作答"]
    if item.observed_difficulty is not None:
        seen.append(f"实测难度 {item.observed_difficulty:.2f}")
    if item.discrimination is not None:
        seen.append(f"区分度 {item.discrimination:.2f}")
    return tag("，".join(seen))


def content_html(
    item: ItemContent, *, number_: int | None = None, opened: bool = False, proof: Proof | None = None
) -> str:
    """What stands on an item's paper and key: stem, options, answer, explanation, working, source, proof."""
    parts = [
        question_html(item, number_),
        answer_html(item),
        element("p", element("span", "解析", "ea-label") + " " + text(item.explanation)) if item.explanation else "",
        _unfolding("错项理由", refutations_html(item.refutations, item.options), opened),
        _unfolding("计算过程", working_html(item.working), opened),
        *(citation_html(citation, opened) for citation in item.citations),
    ]
    if not item.citations:
        parts.append(element("div", "没有注明依据，发布前须由人写明。", "ea-remark"))
    if proof is not None:
        parts.append(_unfolding(proof_words(proof), proof_html(proof), opened))
    return "".join(parts)


def question_html(item: ItemContent, number_: int | None = None) -> str:
    """Stem and options; the right ones are marked by words as well as by colour."""
    stem = f"{number_}. {item.stem}" if number_ is not None else item.stem
    rows = "".join(
        element(
            "li",
            element("span", f"{LETTERS[place]}.", "ea-letter")
            + element("span", text(option))
            + (element("span", "✓ 正确", "ea-tick") if place in item.key.correct else ""),
            "ea-option ea-correct" if place in item.key.correct else "ea-option",
        )
        for place, option in enumerate(item.options)
    )
    options = element("ul", rows, "ea-options") if rows else ""
    return element("div", text(stem), "ea-stem") + options


def answer_html(item: ItemContent) -> str:
    """The key in words; of a free answer every scoring point with its share."""
    if item.form is Form.POINTS:
        points = "".join(
            element("li", text(f"{point.text}（{number(point.share)} 份）" if len(item.key.points) > 1 else point.text))
            for point in item.key.points
        )
        return element("div", element("span", "评分要点", "ea-label") + element("ol", points))
    words = element("b", text(key_words(item.form, item.key)))
    return element("p", element("span", "答案", "ea-label") + " " + words)


def refutations_html(refutations: Sequence[Refutation], options: Sequence[str]) -> str:
    rows = (
        element("li", text(f"{LETTERS[r.option]}：{r.reason}" if r.option < len(options) else r.reason))
        for r in refutations
    )
    body = "".join(rows)
    return element("ul", body) if body else ""


def working_html(working: Sequence[str]) -> str:
    rows = "".join(element("li", text(line)) for line in working)
    return element("ol", rows, "ea-working") if rows else ""


def citation_html(citation: ItemCitation, opened: bool = False) -> str:
    """A source with the words that bear the key; the title leads to the whole provision."""
    title = link(citation.citation, href(ENCYCLOPEDIA, {"provision": citation.provision_id}), "ea-link ea-way")
    page = tag(f"第{citation.page}页") if citation.page else ""
    head = element("div", element("span", "依据", "ea-label") + f" {title} {page}")
    words = element("div", provision_text(citation.quotation, {}), "ea-excerpt")
    return head + (words if opened or len(citation.quotation) <= 160 else _unfolding("引文", words, False))


def proof_badge(proof: Proof) -> str:
    """How far an item could be proved, in a word."""
    if proof.failed:
        return badge(Badge("校验未通过", "bad"))
    if proof.passed:
        return badge(Badge("校验通过", "good"))
    return badge(Badge("有待人工核对", "changed"))


def proof_words(proof: Proof) -> str:
    """The line above the checks."""
    passed = sum(check.passed is True for check in proof.checks)
    return f"校验 {passed}/{len(proof.checks)} 项通过"


def proof_html(proof: Proof) -> str:
    """Every check with its outcome in words."""
    return element("ul", "".join(_check(check) for check in proof.checks), "ea-checks")


def _check(check: CheckResult) -> str:
    mark = {True: ("✓ 通过", "ea-passed"), False: ("✗ 未通过", "ea-failed"), None: ("— 须人工判断", "ea-undecided")}
    words, css = mark[check.passed]
    detail = f"：{check.detail}" if check.detail else ""
    return element("li", element("span", words, css) + " " + text(f"{CHECK_ZH[check.check]}{detail}"))


def _unfolding(title: str, inner: str, opened: bool) -> str:
    if not inner:
        return ""
    if opened:
        return element("div", element("div", text(title), "ea-label") + inner)
    return element("details", element("summary", text(title)) + inner)
