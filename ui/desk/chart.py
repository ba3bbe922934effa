"""Where a proposed fine lies (幅度图): statutory and benchmark range as bars on one scale, the fine as a line.

Plain elements and percentages, no pictures and no scripts; the same is said in words for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.discretion.contract import Against, CheckResponse
from assistant.discretion.words import POSITION_ZH, range_words, yuan_words
from ui.markup import block, element, text

_HEADROOM = Decimal("1.08")


def chart_html(response: CheckResponse) -> str:
    """The chart with its caption; empty where no range is known in yuan."""
    ranges = [a for a in response.against if a.min_yuan is not None or a.max_yuan is not None]
    if not ranges:
        return ""
    end = _scale_end(ranges, response.proposed_yuan)
    words = position_words(response)
    rows = "".join(_row(against, end) for against in ranges)
    line = ""
    if response.proposed_yuan is not None:
        at = _share(response.proposed_yuan, end)
        side = "ea-left" if at > 50 else ""
        label = element("span", text(f"拟罚款 {yuan_words(response.proposed_yuan)}"), f"ea-chart-label {side}".strip())
        line = element("div", label, "ea-chart-line", style=f"left:{at}%")
    scale = element("div", element("span", "0") + element("span", text(yuan_words(end))), "ea-chart-scale")
    drawing = element("div", line + rows, "ea-chart-plot")
    figure = element("div", drawing + scale, "ea-chart", role="img", aria_label=words)
    return block(figure, element("p", text(words), "ea-chart-words"))


def position_words(response: CheckResponse) -> str:
    """The chart in words: the fine against each range, with the gap."""
    parts = []
    for against in response.against:
        given = range_words(against.min_yuan, against.max_yuan)
        named = f"{against.name}（{given}）" if given else against.name
        if response.proposed_yuan is None or against.position == "unknown":
            parts.append(f"{named}" if given else f"{named}：{against.text}")
            continue
        position = POSITION_ZH[against.position]
        gap = f" {yuan_words(against.gap_yuan)}" if against.gap_yuan else ""
        parts.append(f"在{named}之内" if against.position == "inside" else f"{position}{named}{gap}")
    fine = f"拟罚款 {yuan_words(response.proposed_yuan)}：" if response.proposed_yuan is not None else ""
    return f"{fine}{'；'.join(parts)}。"


def _row(against: Against, end: Decimal) -> str:
    low = against.min_yuan or Decimal(0)
    left = _share(low, end)
    width = max((_share(against.max_yuan, end) if against.max_yuan is not None else 100) - left, 0)
    css = "ea-chart-bar" if against.max_yuan is not None else "ea-chart-bar ea-open"
    bar = element("div", "", css, style=f"left:{left}%;width:{width}%")
    given = range_words(against.min_yuan, against.max_yuan)
    name = element("div", text(f"{against.name} {given}"), "ea-chart-name")
    return element("div", name + element("div", bar, "ea-chart-track"), "ea-chart-row")


def _scale_end(ranges: Sequence[Against], proposed: Decimal | None) -> Decimal:
    """The right end of the scale: a round sum beyond everything shown."""
    sums = [s for a in ranges for s in (a.min_yuan, a.max_yuan) if s is not None]
    most = max([*sums, *([proposed] if proposed is not None else []), Decimal(1)]) * _HEADROOM
    unit = Decimal(10) ** (most.adjusted() - 1)
    return (most / unit).to_integral_value(rounding="ROUND_CEILING") * unit


def _share(yuan: Decimal, end: Decimal) -> float:
    """Place on the scale in percent; a place on the screen, not money."""
    return float(round(yuan / end * 100, 2))
