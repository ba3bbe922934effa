"""Any other model (自选模型): whatever the sentence-transformers library opens, from a folder or by a hub name.

The network is touched only for a hub name, and only by that library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from corpus.encoders.base import EncodingStopped, Progress, Stop, Vectors
from corpus.errors import EncoderUnavailable

_SAMPLES, _SAMPLE_BYTES = 64, 4096  # of a large file, for its fingerprint


class SentenceTransformerEncoder:
    """A sentence-transformers model behind the encoder's promise. ``prefixes`` are (query, passage); None leaves the
    model's own prompts."""

    def __init__(
        self,
        model: str,
        *,
        max_tokens: int,
        batch_tokens: int,
        threads: int = 0,
        prefixes: tuple[str | None, str | None] = (None, None),
        id: str | None = None,
    ) -> None:
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if threads:
            torch.set_num_threads(threads)
        folder = Path(model).expanduser()
        try:
            self._model = SentenceTransformer(
                str(folder) if folder.is_dir() else model, local_files_only=folder.is_dir()
            )
        except Exception as error:  # the library lets many kinds through: OSError, ValueError, safetensors', hub errors
            raise EncoderUnavailable(
                f"the model cannot be opened ({error}).",
                where=model,
                remedy="Give a folder with a sentence-transformers model or the exact name of a hub model.",
            ) from error
        longest = self._model.max_seq_length or max_tokens
        self._model.max_seq_length = min(max_tokens, longest)
        self._query_prefix, self._passage_prefix = prefixes
        self._batch_size = max(1, batch_tokens // self._model.max_seq_length)
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderUnavailable("the model does not say how long its vectors are.", where=model)
        self.dimension = int(dimension)
        name = id or (f"{folder.name}@{fingerprint(folder)}" if folder.is_dir() else f"{model}@{self._revision()}")
        written = "".join(f"/{prefix!r}" for prefix in prefixes if prefix is not None)
        self.id = f"{name}/float32/{self._model.max_seq_length}{written}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.encode_query, texts, self._query_prefix)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for done in range(0, len(order), self._batch_size):
            if stop is not None and stop():
                raise EncodingStopped(f"encoding was stopped after {done} of {len(texts)} texts.")
            batch = order[done : done + self._batch_size]
            vectors[batch] = self._vectors(
                self._model.encode_document, [texts[place] for place in batch], self._passage_prefix
            )
            if progress is not None:
                progress(done + len(batch))
        return vectors

    def _vectors(self, encode: Any, texts: Sequence[str], prefix: str | None) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors: Vectors = encode(
            list(texts),
            prompt=prefix,
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors.astype(np.float32, copy=False)

    def _revision(self) -> str:
        """The hub's commit of a model opened by name, as transformers records it."""
        config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
        return str(getattr(config, "_commit_hash", None) or "unknown")[:12]


def fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that change with a model's files: names, sizes, small files whole, samples of large."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if size <= _SAMPLES * _SAMPLE_BYTES:
                digest.update(file.read())
                continue
            for sample in range(_SAMPLES):
                file.seek(sample * (size - _SAMPLE_BYTES) // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]
