"""Counts as bars (条形图): plain elements and percentages, with every number in words; nothing is drawn by scripts."""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import block, element, text


def bars_html(rows: Sequence[tuple[str, int]], label: str, unit: str, marked: frozenset[int] = frozenset()) -> str:
    """One bar per row, its name before and its number behind it; ``marked`` rows stand out."""
    most = max((count for _name, count in rows), default=0)
    drawn = "".join(_bar(name, count, most, unit, place in marked) for place, (name, count) in enumerate(rows))
    return element("div", drawn, "ea-bars", role="list", aria_label=label)


def distribution_html(distribution: Sequence[int]) -> str:
    """People by tenth of the total."""
    rows = [(f"{place * 10}–{place * 10 + 10}%", count) for place, count in enumerate(distribution)]
    return block(
        element("h4", "成绩分布"),
        element("div", "得分占总分的比例", "ea-quiet"),
        bars_html(rows, "成绩分布", "人"),
    )


def _bar(name: str, count: int, most: int, unit: str, stands_out: bool) -> str:
    width = f"{count / most:.1%}" if most else "0%"
    bar = element("div", element("div", "", "ea-bars-fill", style=f"width:{width}"), "ea-bars-track")
    number = element("span", text(f"{count} {unit}"), "ea-bars-number")
    css = "ea-bars-row ea-bars-marked" if stands_out else "ea-bars-row"
    return element("div", element("span", text(name), "ea-bars-name") + bar + number, css, role="listitem")
