"""Running a converted model (转换后的模型): its tokenizer and its graph, on as many cores as are given.

Each batch runs in one thread and several batches run at once: two threads on one product wait for each other at every
operator, which cost a sixth of the machine. Few tokens run together, so that what an operator leaves is still in the
cache when the next one reads it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort

from corpus.encoders import word_pieces
from corpus.encoders.base import EncodingStopped, Progress, Stop, Vectors
from corpus.errors import EncoderUnavailable

MODEL_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
INPUT = "input_ids"


class ConvertedModel:
    """The model in ``folder`` with one output. Safe to share between threads.

    Texts of one length run together, so none is padded and a text's row is the same whatever it runs beside.
    """

    def __init__(self, folder: Path, *, max_tokens: int, batch_tokens: int, threads: int = 0) -> None:
        """``threads`` 0 takes all that this process may use. Raises ``EncoderUnavailable`` for a damaged folder."""
        self._batch_tokens = batch_tokens
        self._threads = threads or usable_threads()
        try:
            self._tokenizer = word_pieces.load_tokenizer(folder / TOKENIZER_FILE, max_tokens)
            self._session = open_session((folder / MODEL_FILE).read_bytes())
        except (
            Exception
        ) as error:  # tokenizers and ONNX Runtime raise classes of their own, some of them bare Exception
            raise EncoderUnavailable(
                f"the converted model is damaged ({error}).",
                where=str(folder),
                remedy="Delete this folder; it is made again at the next start.",
            ) from error
        (output,) = self._session.get_outputs()
        self._output = output.name
        self.width = int(output.shape[1])

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Word-piece ids of each text."""
        return word_pieces.token_ids(self._tokenizer, texts)

    def run(self, ids: Sequence[Sequence[int]], progress: Progress | None = None, stop: Stop | None = None) -> Vectors:
        """The output of each list of ids, a row each. Raises ``EncodingStopped`` once ``stop`` says so."""
        rows = np.empty((len(ids), self.width), dtype=np.float32)
        places = list(batches([len(one) for one in ids], self._batch_tokens))
        done = 0
        for batch, found in self._together([(batch, [ids[place] for place in batch]) for batch in places]):
            if stop is not None and stop():
                raise EncodingStopped(f"encoding was stopped after {done} of {len(ids)} texts.")
            rows[batch] = found
            done += len(batch)
            if progress is not None:
                progress(done)
        return rows

    def _together(self, work: Sequence[tuple[list[int], list[Sequence[int]]]]) -> Iterator[tuple[list[int], Vectors]]:
        """The rows of each batch in their order; what is not begun when nobody asks further is left."""
        if self._threads == 1 or len(work) <= 1:
            yield from map(self._run, work)
            return
        with ThreadPoolExecutor(min(self._threads, len(work))) as pool:
            yield from pool.map(self._run, work)

    def _run(self, work: tuple[list[int], list[Sequence[int]]]) -> tuple[list[int], Vectors]:
        batch, ids = work
        (rows,) = self._session.run([self._output], {INPUT: np.array(ids, dtype=np.int64)})
        return batch, rows


def batches(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Places of texts to run together: all of one length, at most ``batch_tokens`` tokens, longest texts first, so that
    several threads end together.

    >>> list(batches([3, 2, 3, 3], batch_tokens=6))
    [[0, 2], [3], [1]]
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    batch: list[int] = []
    for place in order:
        length = lengths[place]
        if batch and (length != lengths[batch[0]] or length * (len(batch) + 1) > batch_tokens):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def open_session(model: bytes) -> ort.InferenceSession:
    """A session that computes in the thread that calls it; several may call it at once."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def usable_threads() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
