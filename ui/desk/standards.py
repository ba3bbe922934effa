"""A standard and an entry of a list as the desk shows them (裁量标准、清单项), as HTML."""

from __future__ import annotations

from assistant.discretion.contract import BasisInfo, DoubtInfo, ItemInfo, StandardInfo
from assistant.discretion.words import EFFECT_ZH, STANDING_ZH, fine_words, is_stale, stale_bases, standing_words
from corpus.vocabulary import NATION
from ui.markup import badge, block, element, tag, text
from ui.words import Badge


def standard_html(standard: StandardInfo, why: list[str] | None = None) -> str:
    """Heading, place, state of the bases and, where given, why it was found."""
    return block(
        element("div", text(standard.title), "ea-title"),
        element("div", "".join(_badges(standard)) + "".join(map(tag, _facts(standard))), "ea-tags"),
        element("div", text(standard.chapter), "ea-heading") if standard.chapter else "",
        _why_html(why or []),
        stale_html(standard),
        doubts_html(standard.needs_review),
        css="ea-card",
    )


def stale_html(standard: StandardInfo) -> str:
    """A loud notice where a basis is repealed or amended; empty otherwise."""
    stale = stale_bases(standard)
    if not stale:
        return ""
    lines = [element("li", text(f"{basis.written}：{standing_words(basis)}")) for basis in stale]
    return element(
        "div",
        element("div", "这项标准的依据已经变动，不能径行适用，请先核对现行法律", "ea-notice-title")
        + element("ul", "".join(lines)),
        "ea-notice ea-problem",
        role="alert",
    )


def doubts_html(doubts: list[DoubtInfo]) -> str:
    """What could not be read with certainty; empty where nothing is in doubt."""
    if not doubts:
        return ""
    lines = [element("li", text(f"{d.message}{f'（{d.place}）' if d.place else ''}")) for d in doubts]
    title = element("div", "读取时有疑，请对照原件", "ea-notice-title")
    return element("div", title + element("ul", "".join(lines)), "ea-notice ea-refusal")


def basis_html(standard: StandardInfo) -> str:
    """What was violated, what it is punished by and how much the statute allows, in the words of the benchmark."""
    parts = [_bases("违反规定", standard.violated), _bases("处罚依据", standard.basis)]
    if standard.legal_ranges:
        ranges = "".join(element("li", text(fine_words(fine))) for fine in standard.legal_ranges)
        parts.append(element("div", "法定幅度", "ea-lead") + element("ul", ranges))
    parts.append(element("div", text(f"上下限的读法：{standard.bounds.text}"), "ea-quiet"))
    if standard.remark:
        parts.append(element("div", "备注", "ea-lead") + element("div", text(standard.remark), "ea-line"))
    return block(*parts)


def item_html(item: ItemInfo, why: list[str] | None = None) -> str:
    """An entry of a no-penalty or leniency list with its conditions."""
    needed = "同时符合下列条件：" if item.joint else "符合下列条件之一："
    conditions = "".join(element("li", text(words)) for words in item.conditions)
    excluded = "".join(element("div", text(f"不适用：{words}"), "ea-remark") for words in item.exclusions)
    remarks = "".join(element("div", text(f"清单说明：{words}"), "ea-quiet") for words in item.remarks)
    facts = [EFFECT_ZH.get(item.effect, item.effect), item.region, f"《{item.document}》{item.place}"]
    return block(
        element("div", text(item.violation), "ea-title"),
        element("div", "".join(tag(fact) for fact in facts if fact and fact != NATION), "ea-tags"),
        _why_html(why or []),
        element("div", text(item.lead or needed)) if conditions else "",
        element("ul", conditions) if conditions else "",
        excluded,
        remarks,
        doubts_html(item.needs_review),
        css="ea-card",
    )


def _badges(standard: StandardInfo) -> list[str]:
    found = []
    states = {basis.state for basis in standard.basis}
    if stale_bases(standard):
        found.append(badge(Badge("依据已变动", "bad")))
    elif states == {"in_force"}:
        found.append(badge(Badge("依据现行有效", "good")))
    elif states:
        found.append(badge(Badge("依据效力未明", "missing")))
    if standard.needs_review:
        found.append(badge(Badge("待核对", "changed")))
    if standard.corrected:
        found.append(badge(Badge("已人工更正", "good")))
    return found


def _facts(standard: StandardInfo) -> list[str]:
    mode = {"weighted": "按权重计算", "tiered": "按档次确定"}.get(standard.mode, "")
    region = standard.region if standard.region != NATION else ""
    return [fact for fact in (f"《{standard.document}》{standard.place}", region, mode) if fact]


def _why_html(why: list[str]) -> str:
    return element("div", text(f"理由：{'；'.join(why)}"), "ea-quiet") if why else ""


def _bases(title: str, bases: list[BasisInfo]) -> str:
    if not bases:
        return ""
    lines = []
    for basis in bases:
        tone = "bad" if is_stale(basis) else "good" if basis.state == "in_force" else "missing"
        state = badge(Badge(STANDING_ZH.get(basis.state, basis.state), tone)) if basis.state else ""
        note = element("div", text(basis.note), "ea-remark") if basis.note else ""
        page = f"（第{basis.page}页）" if basis.page else ""
        words = element("div", text(f"“{basis.text}”{page}"), "ea-quiet") if basis.text else ""
        lines.append(element("li", element("b", text(basis.written)) + " " + state + note + words))
    return element("div", title, "ea-lead") + element("ul", "".join(lines))
