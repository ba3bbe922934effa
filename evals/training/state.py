"""The state of a training run (训练状态): kept beside and renamed into place, so that a stop leaves a whole one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
import typer
from torch import nn

from evals.training.pairs import Pair

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

STATE = "state.pt"


def resume(path: Path, mark: str, model: nn.Module, optimiser: torch.optim.Optimizer) -> int:
    """Take up the state in ``path`` and return its step; 0 where there is none for these pairs and this recipe."""
    if not path.exists():
        return 0
    state: dict[str, Any] = torch.load(path, weights_only=True)
    if state["mark"] != mark:
        typer.echo(f"{path} belongs to other pairs or another recipe: starting anew.", err=True)
        return 0
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def keep(path: Path, mark: str, step: int, model: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    """Write the state after ``step`` steps."""
    beside = path.with_suffix(".new")
    torch.save({"mark": mark, "step": step, "model": model.state_dict(), "optimiser": optimiser.state_dict()}, beside)
    beside.replace(path)


def mark_of(pairs: Sequence[Pair], recipe: DataclassInstance) -> str:
    """Changes with any pair and any number of the recipe."""
    digest = hashlib.sha256(json.dumps(asdict(recipe)).encode())
    for pair in pairs:
        digest.update(f"{pair.source}|{pair.key}|{pair.question}|{len(pair.passages)}|{len(pair.wrong)}\n".encode())
    return digest.hexdigest()
