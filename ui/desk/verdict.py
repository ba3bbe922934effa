"""What a check says (核查结论), as HTML: the verdict, justifying choices, grounds, no penalty, old and new law."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.discretion.contract import CheckResponse, Ground, LawAtDate, Needed, NoPenalty, OldOrNew
from assistant.discretion.words import EFFECT_ZH, STATUS_ZH, cite_words, range_words
from ui.desk.result import warnings_html
from ui.markup import badge, block, element, text
from ui.words import Badge

_VERDICT_TONES = {True: "ea-right", False: "ea-problem", None: "ea-refusal"}
_STATUS_TONES = {"applies": "good", "needs_fact": "changed", "does_not_apply": "missing"}
_NO_PENALTY_TONES = {
    NoPenalty.MUST: "good",
    NoPenalty.MAY: "good",
    NoPenalty.NOT: "missing",
    NoPenalty.FACTS_MISSING: "changed",
}
_LENIENT_ZH = {
    "old": "旧法较轻",
    "new": "新法较轻",
    "same": "轻重相同",
    "undecided": "孰轻孰重须由人判断",
}


def facts_asked(response: CheckResponse) -> list[Needed]:
    """The facts that can change the result, those for no penalty first, each name once."""
    needs = [*response.no_penalty.needs, *response.needs]
    needs += [need for ground in (*response.no_penalty.items, *response.grounds) for need in ground.needs]
    return list({need.name: need for need in reversed(needs) if need.kind == "fact"}.values())[::-1]


def verdict_html(response: CheckResponse) -> str:
    """The verdict in a sentence, then each range with its place."""
    lines = [
        element("div", text(f"{a.name}：{a.text}"))
        + (element("div", text(cite_words(a.cites)), "ea-quiet") if a.cites else "")
        for a in response.against
    ]
    return block(
        element("div", text(response.verdict), "ea-notice-title"),
        *lines,
        warnings_html(response.warnings),
        css=f"ea-notice {_VERDICT_TONES[response.ok]}",
    )


def justifying_html(response: CheckResponse) -> str:
    """Choices that would give the proposed fine."""
    if not response.justifying:
        return ""
    lines = []
    for choice in response.justifying:
        chosen = (
            "，".join(f"{name}＝{label}" for name, label in choice.choose.items()) or f"第{(choice.tier or 0) + 1}档"
        )
        changes = "".join(element("div", text(f"与所选不同：{change}"), "ea-quiet") for change in choice.changes)
        given = range_words(choice.fine_min_yuan, choice.fine_max_yuan)
        lines.append(element("li", text(f"{chosen}（{given}）") + changes))
    return block(element("div", "哪些情节可支持该金额", "ea-lead"), element("ul", "".join(lines)))


def no_penalty_html(response: CheckResponse) -> str:
    """The result of the no-penalty check with the entries it looked at."""
    found = response.no_penalty
    return block(
        element("div", "不予处罚核查 " + badge(Badge(found.result.value, _NO_PENALTY_TONES[found.result])), "ea-lead"),
        element("div", text(found.text)),
        _grounds(found.items),
    )


def grounds_html(response: CheckResponse) -> str:
    """Grounds of leniency and severity, those that apply first; those that do not are told last."""
    if not response.grounds:
        return ""
    return block(element("div", "从轻、减轻、从重等事由", "ea-lead"), _grounds(response.grounds))


def old_or_new_html(found: OldOrNew) -> str:
    """Both laws side by side, and which is more lenient where that can be told."""
    sides = "".join(
        element("div", element("div", text(title), "ea-lead") + "".join(map(_law, laws)), "ea-side")
        for title, laws in (("行为时", found.old), ("决定时", found.new))
    )
    return block(
        element("div", text(f"{_LENIENT_ZH.get(found.more_lenient, found.more_lenient)}。{found.text}")),
        element("div", sides, "ea-sides"),
        element("div", text(cite_words(found.cites)), "ea-quiet") if found.cites else "",
    )


def _law(law: LawAtDate) -> str:
    return (
        element("div", text(f"{law.day:%Y-%m-%d} 《{law.title.strip('《》')}》{law.article}"), "ea-quiet")
        + element("div", text(law.text), "ea-line")
        + (element("div", text(f"罚款：{law.fine.text}")) if law.fine else "")
    )


def _grounds(grounds: Sequence[Ground]) -> str:
    """Grounds that apply stand open; what needs a fact and what does not apply opens on demand."""
    applying = [_ground(g) for g in grounds if g.status == "applies"]
    parts = [element("ul", "".join(applying), "ea-grounds")] if applying else []
    for status, words in (("needs_fact", "须查明事实才能判断"), ("does_not_apply", "不适用")):
        others = [_ground(g) for g in grounds if g.status == status]
        if others:
            summary = element("summary", text(f"{words}（{len(others)} 项）"))
            parts.append(element("details", summary + element("ul", "".join(others), "ea-grounds")))
    return "".join(parts)


def _ground(ground: Ground) -> str:
    effect = ("应当" if ground.must else "可以") + EFFECT_ZH.get(ground.effect, ground.effect).removeprefix("可以")
    status = badge(Badge(STATUS_ZH.get(ground.status, ground.status), _STATUS_TONES.get(ground.status, "missing")))
    places = cite_words(ground.cites)
    repeats = ground.text.startswith(ground.name) and len(ground.text) <= len(ground.name) + len(effect) + 4
    return element(
        "li",
        element("b", text(ground.name))
        + f" {text(f'（{effect}）')} {status}"
        + (element("div", text(ground.text)) if ground.text and not repeats else "")
        + (element("div", text(places), "ea-quiet") if places else ""),
    )
