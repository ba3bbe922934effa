"""The words of a provision with its references as links (条文文字)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.encyclopedia.contract import Reference
from ui.encyclopedia.address import Address
from ui.links import anchor
from ui.markup import Span, element, marked

_LONG = 160


def linked_text(
    words: str, marks: Mapping[str, Sequence[Span]], references: Sequence[Reference], address: Address
) -> str:
    """The words of a provision as printed, its references as links."""
    links = {(r.start, r.end): target for r in references if (target := _target(r, address))}
    paragraphs: list[str] = []
    start = 0
    for line in words.split("\n"):
        end = start + len(line)
        paragraphs.append(element("p", _linked_line(words, start, end, marks, links)))
        start = end + 1
    return element("div", "".join(paragraphs), "ea-law")


def _linked_line(
    words: str, start: int, end: int, marks: Mapping[str, Sequence[Span]], links: Mapping[Span, str]
) -> str:
    def piece(left: int, right: int) -> str:
        spans = {
            css: [(max(a, left) - left, min(b, right) - left) for a, b in given if a < right and b > left]
            for css, given in marks.items()
        }
        return marked(words[left:right], spans)

    parts: list[str] = []
    at = start
    for (left, right), target in sorted(links.items()):
        if at <= left and right <= end:
            parts += [piece(at, left), anchor(piece(left, right), target, "ea-ref")]
            at = right
    return "".join([*parts, piece(at, end)])


def _target(reference: Reference, address: Address) -> str | None:
    for target in reference.targets:
        if target.provision_id:
            return address.to(provision=target.provision_id)
    held = next((target.document_id for target in reference.targets if target.document_id), None)
    return address.to(law=held) if held else None


def shortened(words: str, most: int = _LONG) -> str:
    """The beginning of a text on one line."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most]}…"
