"""Running a module of this package as a script (脚本入口): expected errors end in a message, not a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from corpus.errors import EAssistantError


def run_script(main: Callable[..., Any]) -> None:
    """Run ``main`` as a command; an expected error is printed and gives its exit code."""
    try:
        typer.run(main)
    except EAssistantError as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        raise SystemExit(error.exit_code) from None
