"""Vectors in eight bits (八位向量): a first look over all of them that reads a quarter of the memory.

What a scan costs is the reading. Each number of a vector is kept as a byte, in steps of the vector's own; how far that
puts the vector off is kept beside it. The score of a point is therefore known up to a bound that is proven, not
guessed (``|v·q - v'·q| ≤ |v - v'| |q|``), and whoever computes the scores of all that may belong to the best finds
exactly the best.

The product of bytes is ONNX Runtime's: numpy has none that is quick. The points are its constant operand, which it lays
out once as its instructions read it; to lay them out at every product took three times as long as the product. A query
is given to it in two parts of seven bits, the second for what the first leaves over, so that its own rounding is next
to nothing; seven, because the sum of two products of eight bits overflows in the instructions of processors without
VNNI.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.index.base import DenseVector

Bytes = npt.NDArray[np.int8]

_STEPS = 127  # on each side of 0
_QUERY_STEPS = 64  # likewise, and the byte of a query that means 0
_PIECE = 16_384
"""Points from which on a piece of memory is scanned by itself."""
_AT_ONCE = 4096  # vectors turned into bytes at once
_ROUNDING = 1e-5
"""More than single precision can put a score wrong, for vectors of length 1."""


class RoughVectors:
    """A copy of vectors in bytes: 0.4 KB a point for 384 dimensions. Safe to share between threads."""

    def __init__(self, vectors: DenseVector, borders: Sequence[int] = ()) -> None:
        """``borders`` are the places, rising, at which stretches may begin or end."""
        self._step = np.empty(len(vectors), dtype=np.float32)
        self._off = np.empty(len(vectors), dtype=np.float32)
        self._longest = 0.0
        self._pieces = [
            (start, end, _products_with(self._in_bytes(vectors, start, end)))
            for start, end in _pieces(len(vectors), borders)
        ]

    def _in_bytes(self, vectors: DenseVector, start: int, end: int) -> Bytes:
        """The vectors from ``start`` to ``end``, one a column; what a step of each means is kept."""
        columns = np.empty((vectors.shape[1], end - start), dtype=np.int8)
        for place in range(start, end, _AT_ONCE):
            at = slice(place, min(place + _AT_ONCE, end))
            exact = vectors[at].astype(np.float64)
            step = np.maximum(np.abs(exact).max(axis=1, initial=0.0) / _STEPS, np.finfo(np.float32).tiny)
            step = step.astype(np.float32)
            steps = np.rint(exact / step[:, None])
            meant = steps * step[:, None]
            columns[:, at.start - start : at.stop - start] = steps.T
            self._step[at] = step
            self._off[at] = np.linalg.norm(exact - meant, axis=1)
            self._longest = max(self._longest, float(np.linalg.norm(meant, axis=1).max(initial=0.0)))
        return columns

    def scores(
        self, query: DenseVector, rows: npt.NDArray[np.intp], stretches: Sequence[tuple[int, int]]
    ) -> tuple[DenseVector, DenseVector]:
        """The score of each of the rows, which stand in ``stretches``, and by how much it may be off."""
        parts, steps, left = _parts(query)
        every = np.empty(len(self._step), dtype=np.float32)
        for start, end, products in self._pieces:
            if any(first < end and start < last for first, last in stretches):
                (sums,) = products.run(None, {"query": parts})
                every[start:end] = steps @ sums.astype(np.float32)
        scores = every[rows]
        scores *= self._step[rows]
        length = float(np.linalg.norm(query))
        rounding = self._longest * left + _ROUNDING * max(1.0, self._longest * length)
        return scores, self._off[rows] * np.float32(length) + np.float32(rounding)


def _pieces(points: int, borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where to cut the points: at borders, into pieces that are not small."""
    start = 0
    for border in (*borders, points):
        if border - start >= _PIECE or start < border == points:
            yield start, border
            start = border


def _parts(query: DenseVector) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], float]:
    """A query as two rows of bytes, what a step of each means, and the length of what is left over."""
    rest = query.astype(np.float64)
    parts, steps = [], []
    for _ in range(2):
        step = np.float32(max(float(np.abs(rest).max(initial=0.0)) / _QUERY_STEPS, float(np.finfo(np.float32).tiny)))
        part = np.rint(rest / step)
        rest = rest - part * step
        parts.append((part + _QUERY_STEPS).astype(np.uint8))
        steps.append(step)
    return np.stack(parts), np.array(steps, dtype=np.float32), float(np.linalg.norm(rest))


def _products_with(points: Bytes) -> Any:
    """The product of a query's parts with all the points, in the thread that asks."""
    import onnxruntime as ort  # a command that searches nothing need not load it
    from onnx import TensorProto, helper, numpy_helper

    dimension, count = points.shape
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["query", "points", "zero"], ["sums"])],
        "rough",
        [helper.make_tensor_value_info("query", TensorProto.UINT8, [2, dimension])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, [2, count])],
        [numpy_helper.from_array(points, "points"), numpy_helper.from_array(np.array(_QUERY_STEPS, np.uint8), "zero")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 10)], ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # what a scan of all points needs would stay taken
    options.log_severity_level = 3
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
