"""Progress of long work (进度), on standard error; nothing but the result ever reaches standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.contract import Preparation


@contextmanager
def shown() -> Iterator[Callable[[Preparation], None]]:
    """A function that shows each state it is given: a bar on a terminal, one line per stage elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bars: dict[str, TaskID] = {}

        def show(state: Preparation) -> None:
            if state.done >= state.total:  # nothing to do, or nothing known yet
                if state.stage in bars:
                    progress.update(bars[state.stage], completed=state.done)
                return
            if state.stage not in bars:
                bars[state.stage] = progress.add_task(state.message)
                if not console.is_terminal:
                    console.print(f"{state.message}（共 {state.total}）……")
            progress.update(bars[state.stage], completed=state.done, total=state.total)

        yield show


@contextmanager
def waiting(message: str) -> Iterator[None]:
    """Say what goes on while the block runs: the time it takes on a terminal, one line elsewhere."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        console.print(f"{message}……")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        progress.add_task(message, total=None)
        yield
