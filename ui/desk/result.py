"""A computation as the desk shows it (计算结果): the sum, every line of the working with its place, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.discretion.contract import Cite, ComputeResponse, Line, Needed
from assistant.discretion.words import cite_words, fine_words, plain_number, range_words, yuan_words
from ui.markup import block, element, text


def result_html(response: ComputeResponse) -> str:
    """Result, working, legal range, warnings and what is missing."""
    return block(
        _headline(response),
        working_html(response.lines),
        _legal(response),
        element("div", text(f"上下限的读法：{response.bounds.text}"), "ea-quiet") if response.bounds else "",
        warnings_html(response.warnings),
        needs_html(response.needs),
        css="ea-result",
    )


def working_html(lines: Sequence[Line]) -> str:
    """The working: what was done, the value it gave, and where that stands."""
    rows = []
    for line in lines:
        value = element("span", text(line.value), "ea-value") if line.value else ""
        places = cite_words(line.cites)
        quotes = "".join(element("div", text(f"“{quote}”")) for quote in _quotes(line.cites))
        rows.append(
            element(
                "li",
                element("div", element("span", text(line.text)) + value, "ea-step")
                + (element("div", text(places), "ea-quiet") if places else "")
                + (element("div", quotes, "ea-quiet") if quotes else ""),
            )
        )
    return element("div", "计算过程", "ea-lead") + element("ol", "".join(rows), "ea-working") if rows else ""


def needs_html(needs: Sequence[Needed]) -> str:
    """What is still to be chosen or said before there is a result."""
    asked = [need for need in needs if need.kind != "fact"]
    if not asked:
        return ""
    lines = "".join(element("li", text(need.question)) for need in asked)
    return element("div", element("div", "还需要", "ea-notice-title") + element("ul", lines), "ea-notice")


def warnings_html(warnings: Iterable[str]) -> str:
    return "".join(element("div", text(warning), "ea-remark") for warning in warnings)


def cited_provisions(cites: Iterable[Cite]) -> dict[str, str]:
    """Provision id to citation of every provision cited, each once."""
    return {cite.provision_id: cite.citation for cite in cites if cite.provision_id}


def _headline(response: ComputeResponse) -> str:
    if response.state == "not_computable":
        return element("div", element("div", "这项标准不能计算", "ea-notice-title"), "ea-notice ea-problem")
    if response.state != "computed":
        return ""
    parts = []
    if response.fine_yuan is not None:
        parts.append(element("div", text(yuan_words(response.fine_yuan)), "ea-sum"))
        parts.append(element("div", text(f"即 {plain_number(response.fine_yuan)} 元"), "ea-quiet"))
    elif response.fine_min_yuan is not None or response.fine_max_yuan is not None:
        parts.append(element("div", text(range_words(response.fine_min_yuan, response.fine_max_yuan)), "ea-sum"))
    elif response.fine is not None:
        parts.append(element("div", text(response.fine.text), "ea-sum"))
    if response.total_percent is not None:
        parts.append(element("div", text(f"裁量百分值总和 {plain_number(response.total_percent)}%")))
    if response.also:
        parts.append(element("div", text(f"并：{response.also}")))
    return element("div", element("div", "裁量结果", "ea-label") + "".join(parts), "ea-outcome", aria_live="polite")


def _legal(response: ComputeResponse) -> str:
    if response.legal_range is None:
        return ""
    given = range_words(response.legal_min_yuan, response.legal_max_yuan)
    within = {True: "结果在此幅度之内。", False: "结果不在此幅度之内！", None: "能否落入此幅度，尚不能判定。"}
    words = f"法定幅度：{fine_words(response.legal_range)}{f'（{given}）' if given else ''}。"
    told = within[response.within_legal_range] if response.state == "computed" else ""
    css = "ea-remark" if response.within_legal_range is False else "ea-line"
    return element("div", text(words + told), css)


def _quotes(cites: Iterable[Cite]) -> list[str]:
    return list(dict.fromkeys(cite.quote for cite in cites if cite.quote))
