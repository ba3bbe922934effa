"""Vectors in eight bits (八位向量): a first look over all of them that reads a quarter of the memory.

What a scan costs is the reading. Each number of a vector is kept as a byte, in steps of the vector's own; how far that
puts the vector off is kept beside it. The score of a point is therefore known up to a bound that is proven, not
guessed (``|v·q - v'·q| ≤ |v - v'| |q|``), and whoever computes the scores of all that may belong to the best finds
exactly the best.

The product of bytes is ONNX Runtime's: numpy has none that is quick. A query is given to it in two parts of seven bits,
the second for what the first leaves over, so that its own rounding is next to nothing; seven, because the sum of two
products of eight bits overflows in the instructions of processors without VNNI.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.index.base import DenseVector

Bytes = npt.NDArray[np.uint8]

_ZERO = 128  # the byte that means 0
_STEPS = 127  # on each side of it
_QUERY_STEPS = 64
_AT_ONCE = 4096  # vectors turned into bytes at once
_ROUNDING = 1e-5
"""More than single precision can put a score wrong, for vectors of length 1."""


class RoughVectors:
    """A copy of vectors in bytes: 0.4 KB a point for 384 dimensions. Safe to share between threads."""

    def __init__(self, vectors: DenseVector) -> None:
        self._bytes = np.empty(vectors.shape, dtype=np.uint8)
        self._step = np.empty(len(vectors), dtype=np.float32)
        self._off = np.empty(len(vectors), dtype=np.float32)
        self._longest = 0.0
        for start in range(0, len(vectors), _AT_ONCE):
            self._keep(vectors[start : start + _AT_ONCE].astype(np.float64), slice(start, start + _AT_ONCE))
        self._session = _session()

    def _keep(self, vectors: npt.NDArray[np.float64], at: slice) -> None:
        step = np.maximum(np.abs(vectors).max(axis=1, initial=0.0) / _STEPS, np.finfo(np.float32).tiny)
        step = step.astype(np.float32)
        steps = np.rint(vectors / step[:, None])
        meant = steps * step[:, None]
        self._bytes[at] = steps + _ZERO
        self._step[at] = step
        self._off[at] = np.linalg.norm(vectors - meant, axis=1)
        self._longest = max(self._longest, float(np.linalg.norm(meant, axis=1).max(initial=0.0)))

    def scores(
        self, query: DenseVector, rows: npt.NDArray[np.intp], stretches: Sequence[tuple[int, int]] | None
    ) -> tuple[DenseVector, DenseVector]:
        """The score of each of the rows, and by how much it may be off.

        ``stretches`` are those in which the rows stand, to be read as they lie in memory; None reads the rows alone.
        """
        parts, steps, left = _parts(query)
        if stretches is None:
            scores = self._products(self._bytes[rows], parts, steps)
        else:
            every = np.empty(len(self._bytes), dtype=np.float32)
            for start, end in stretches:
                every[start:end] = self._products(self._bytes[start:end], parts, steps)
            scores = every[rows]
        scores -= np.float32(_ZERO * (parts.sum(axis=0, dtype=np.int64) @ steps))
        scores *= self._step[rows]
        length = float(np.linalg.norm(query))
        rounding = self._longest * left + _ROUNDING * max(1.0, self._longest * length)
        return scores, self._off[rows] * np.float32(length) + np.float32(rounding)

    def _products(
        self, points: Bytes, parts: npt.NDArray[np.int8], steps: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        (sums,) = self._session.run(None, {"points": points, "query": parts})
        products: npt.NDArray[np.float32] = sums.astype(np.float32) @ steps
        return products


def _parts(query: DenseVector) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32], float]:
    """A query as two columns of whole numbers, what a step of each means, and the length of what is left over."""
    rest = query.astype(np.float64)
    columns, steps = [], []
    for _ in range(2):
        step = np.float32(max(float(np.abs(rest).max(initial=0.0)) / _QUERY_STEPS, float(np.finfo(np.float32).tiny)))
        column = np.rint(rest / step)
        rest = rest - column * step
        columns.append(column.astype(np.int8))
        steps.append(step)
    return np.stack(columns, axis=1), np.array(steps, dtype=np.float32), float(np.linalg.norm(rest))


def _session() -> Any:
    """The product of a matrix of bytes with a query, in the thread that asks."""
    import onnxruntime as ort  # a command that searches nothing need not load it
    from onnx import TensorProto, helper

    def tensor(name: str, kind: int, shape: list[str]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["points", "query"], ["sums"])],
        "rough",
        [tensor("points", TensorProto.UINT8, ["n", "d"]), tensor("query", TensorProto.INT8, ["d", "k"])],
        [tensor("sums", TensorProto.INT32, ["n", "k"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 10)], ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # what a scan of all points needs would stay taken
    options.log_severity_level = 3
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
