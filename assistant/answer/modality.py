"""What a sentence allows, orders or forbids (应当、可以、不得 …), and how far each such word reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.structure import split_article


class Modal(StrEnum):
    """Kinds of modal word (规范词). A measure stated without one (处一万元罚款) is ordered."""

    MUST = "应当"
    MAY = "可以"
    MUST_NOT = "不得"
    MAY_NOT = "可以不"
    NEED_NOT = "无需"
    REFUSED = "不予"


_WORDS: tuple[tuple[Modal, str], ...] = (
    (Modal.MAY_NOT, r"可以?(?:不予|不再?(?!受|限|超|少于|低于)|免予|免于|免除)"),
    (Modal.MUST_NOT, r"不得|不应当?|不可以?(?![抗分逆撤避或替])|不能|禁止|严禁|不准|不许|不允许|无权"),
    (Modal.NEED_NOT, r"无需|无须|毋须|不必|不需要?|免于|免予|免除"),
    (Modal.REFUSED, r"不予|不再"),
    (
        Modal.MAY,
        r"可以(?!看出|看到|参考|参照本|理解|联系|咨询|认为|说明|了解|查阅|概括|归纳)|有权(?!机关)|有(?=[^，。；：]{2,14}权利)|准许|允许"
        r"|(?<![许认不高多])可(?=[处并单由申要向责给在依根按])|酌情",
    ),
    (
        Modal.MUST,
        r"应当|应该|必须|务必|(?<![相对反响适])应(?=[由依处按在当给予责向于自及先立将]|及时)|(?<![无])须(?!知)",
    ),
    (Modal.MUST, r"需要|(?<![无急所])需(?=[由依按在经向])|有义务"),
)
_MODAL = re.compile("|".join(f"(?P<m{number}>{words})" for number, (_, words) in enumerate(_WORDS)))
_PIECE_START = "，；。：\n"
_CLAUSE_START = "；。\n"


@dataclass(frozen=True, slots=True)
class ModalWord:
    """A modal word in a text: half-open span and kind."""

    start: int
    end: int
    kind: Modal


@dataclass(frozen=True, slots=True)
class Modality:
    """The modal words of a text, in order, and what each of them governs.

    ``announced`` are the half-open spans of listed items with the kind of the word that announces them
    (可以采取下列措施：（一）…).
    """

    text: str
    words: tuple[ModalWord, ...]
    announced: tuple[tuple[int, int, Modal], ...]

    def in_piece(self, position: int) -> Modal | None:
        """The kind of the nearest word before ``position`` between the same commas; None when there is none."""
        return self._nearest(_start(self.text, position, _PIECE_START), position)

    def in_clause(self, position: int) -> Modal | None:
        """The kind of the nearest word before ``position`` in the same clause, or of that which announces the item."""
        nearest = self._nearest(_start(self.text, position, _CLAUSE_START), position)
        return nearest or next((kind for start, end, kind in self.announced if start <= position < end), None)

    def at(self, position: int) -> frozenset[Modal]:
        """The kinds that may govern what stands at ``position``; ordered, where no word is in reach.

        Law writes 可以 once and lets it reach over the next comma, or means one measure only; so the nearest word of
        the same piece and the nearest of the same clause both count.
        """
        in_clause = self.in_clause(position) or Modal.MUST
        reaches = in_clause if self.announced else Modal.MUST
        return frozenset((self.in_piece(position) or reaches, in_clause))

    def _nearest(self, start: int, position: int) -> Modal | None:
        before = [word.kind for word in self.words if start <= word.start < position]
        return before[-1] if before else None


def read_modality(text: str) -> Modality:
    """The modal words of a text; 可以看出 and the like state no law."""
    words = tuple(
        ModalWord(match.start(), match.end(), _WORDS[int((match.lastgroup or "")[1:])][0])
        for match in _MODAL.finditer(text)
    )
    announced = []
    for paragraph in split_article(text).paragraphs:
        if paragraph.items:
            begin, end = paragraph.items[0].start, paragraph.items[-1].end
            leading = [w.kind for w in words if _start(text, begin - 1, _CLAUSE_START) <= w.start < begin]
            announced += [(begin, end, kind) for kind in leading[-1:]]
    return Modality(text, words, tuple(announced))


def _start(text: str, position: int, marks: str) -> int:
    """Start of the stretch between any of the punctuation ``marks`` that holds ``position``."""
    return max(text.rfind(mark, 0, position) for mark in marks) + 1
