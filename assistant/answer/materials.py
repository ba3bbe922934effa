"""Cases, benchmarks, lists and guidance below an answer (参考材料): with what each counts for, never as its basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.focus import overlap
from assistant.answer.lines import CLOSE, OPEN
from assistant.answer.portions import LONGEST_LEAD
from assistant.answer.sanctions import Span
from corpus.vocabulary import Document, DocumentKind, EffectLevel, Provision, Shelf, Version

_HEAD = "参考材料（不是法律依据）："
_LEFT_OUT = "另附参考材料{}件（不是法律依据）。"
LONGEST_ROW = 400  # characters of a table's row that are printed whole

WEIGHTS: dict[DocumentKind, str] = {
    DocumentKind.CASE: "参考案例，不是法律依据",
    DocumentKind.GUIDANCE: "工作指引，不是法律依据",
    DocumentKind.TEMPLATE: "文书示范文本，不是法律依据",
    DocumentKind.STANDARD: "标准、技术规范，依法引用时适用",
    DocumentKind.CATALOGUE: "名录、目录，依法引用时适用",
    DocumentKind.ITEM_LIST: "执法事项清单，职权以所列法律为准",
    DocumentKind.RISK_LIST: "违法风险点清单，供检查参考",
    DocumentKind.BENCHMARK: "裁量基准，只定幅度，处罚依据是法律",
    DocumentKind.EXEMPTION_LIST: "免罚清单，不罚与从轻的依据是法律",
}


def weight_of(document: Document) -> str:
    """What a document counts for (分量): its rank if it is law, else what it is and that it is no law."""
    if document.kind.shelf is Shelf.LAW:
        return document.level.value if document.level is not EffectLevel.NONE else "法规"
    return WEIGHTS[document.kind]


@dataclass(frozen=True, slots=True)
class Shown:
    """Material that is shown (所附材料). ``cites`` are citations of the answer's provisions that it names itself."""

    provision: Provision
    version: Version
    document: Document
    passage_id: str
    nearness: float
    quote: Span
    cites: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        return f"《{self.document.title}》{self.provision.label}"


def quote_from(words: frozenset[str], provision: Provision) -> Span:
    """The part of a section that is quoted: a row of a table as far as it is short, else the nearest sentences."""
    text = provision.text
    if len(text) <= (LONGEST_ROW if provision.fields else LONGEST_LEAD):
        return 0, len(text)
    pieces = _lines(text) if provision.fields else _sentences(text)
    if not pieces:
        return 0, min(len(text), LONGEST_LEAD)
    near = [overlap(words, text[start:end]) for start, end in pieces]
    at = near.index(max(near))
    start, end = pieces[at]
    limit = LONGEST_ROW if provision.fields else LONGEST_LEAD
    for _, next_end in pieces[at + 1 :]:
        if next_end - start > limit:
            break
        end = next_end
    return start, min(end, start + limit)


def material_lines(shown: Sequence[Shown], room: int | None = None) -> list[str]:
    """What an answer says of its material, as plain text below its last sentence.

    Material that goes beyond ``room`` characters is counted, not printed: it stands beside the answer anyway.
    """
    if not shown:
        return []
    lines: list[str] = []
    left_out = 0
    for material in shown:
        block = _said_of(material)
        if room is None or sum(len(line) + 1 for line in [_HEAD, *lines, *block, _LEFT_OUT]) <= room:
            lines += block
        else:
            left_out += 1
    told = [_LEFT_OUT.format(left_out)] if left_out else []
    told = [line for line in told if room is None or len(line) < room]
    return [_HEAD, *lines, *told] if lines else told


def _said_of(material: Shown) -> list[str]:
    place = f"（{material.provision.place}）" if material.provision.place else ""
    said = material.provision.text[material.quote[0] : material.quote[1]]
    shelf = material.document.kind.shelf.value
    lines = [f"【{shelf}·{weight_of(material.document)}】{material.citation}{place}：{OPEN}{said}{CLOSE}"]
    if material.cites:
        lines.append(f"其中引用了{'、'.join(material.cites)}。")
    return lines + [f"注意：{warning}" for warning in material.warnings]


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _sentences(text: str) -> list[Span]:
    spans, start = [], 0
    for i, char in enumerate(text):
        if char in "。！？\n":
            end = i if char == "\n" else i + 1
            if text[start:end].strip():
                spans.append((start, end))
            start = i + 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans
