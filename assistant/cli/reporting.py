"""Errors at the command line (报错): the words of the problem detail and the exit code of the family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from corpus.errors import EAssistantError

if TYPE_CHECKING:
    from typer._click import Context


class ReportingGroup(TyperGroup):
    """A group of commands that ends with a message and an exit code instead of a traceback on expected errors.

    With ``--json`` among the arguments the message is the problem detail as JSON; it goes to standard error too.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        ctx.meta[_AS_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        try:
            return super().invoke(ctx)
        except EAssistantError as error:
            from assistant.cli.output import print_problem
            from assistant.problems import problem_from_error

            print_problem(problem_from_error(error), as_json=ctx.meta[_AS_JSON])
            raise typer.Exit(error.exit_code) from None


_AS_JSON = f"{__name__}.as_json"
