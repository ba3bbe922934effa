"""The quiz bank a command works on (题库连接): the running server's, or that of the data folder itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli import connect
from assistant.cli.local import open_runtime
from assistant.cli.progress import shown

if TYPE_CHECKING:
    from assistant.accounts.principal import Principal
    from assistant.api.quiz_client import QuizClient
    from assistant.quiz.contract import (
        BuildJob,
        BuildRequest,
        Exported,
        ExportRequest,
        Format,
        HistoryPage,
        ImportReport,
        ItemPage,
        ItemQuery,
        MoveReport,
        MoveRequest,
        QuizBank,
        QuizItem,
        Rephrased,
        StaleReport,
        TwinPage,
    )
    from assistant.settings import Settings
    from assistant.userdata.words import PageQuery

_LOOK_EVERY_S = 0.3
_SAY_EVERY_S = 5.0


class OwnBank:
    """The bank as one person sees it, with the methods of the client."""

    def __init__(self, bank: QuizBank, person: Principal) -> None:
        self._bank = bank
        self._person = person

    def build(self, request: BuildRequest) -> BuildJob:
        return self._bank.build(self._person, request)

    def job(self, job_id: str) -> BuildJob:
        return self._bank.job(self._person, job_id)

    def stop(self, job_id: str) -> BuildJob:
        return self._bank.stop(self._person, job_id)

    def items(self, query: ItemQuery) -> ItemPage:
        return self._bank.items(self._person, query)

    def rephrase(self, item_id: str) -> Rephrased:
        return self._bank.rephrase(self._person, item_id)

    def item(self, item_id: str) -> QuizItem:
        return self._bank.item(self._person, item_id)

    def history(self, item_id: str) -> HistoryPage:
        from assistant.quiz.contract import HistoryPage

        entries = self._bank.history(self._person, item_id)
        return HistoryPage(items=entries, total=len(entries))

    def move(self, request: MoveRequest) -> MoveReport:
        return self._bank.move(self._person, request)

    def stale(self) -> StaleReport:
        return self._bank.stale(self._person)

    def twins(self, query: PageQuery) -> TwinPage:
        return self._bank.twins(self._person, query)

    def take_in(self, name: str, data: bytes, form: Format | None) -> ImportReport:
        return self._bank.take_in(self._person, name, data, form)

    def give_out(self, request: ExportRequest) -> Exported:
        return self._bank.give_out(self._person, request)


@contextmanager
def bank(settings: Settings) -> Iterator[QuizClient | OwnBank]:
    """The bank: the running server's, or one opened here, which loads the laws on first use with a progress bar."""
    with connect.server(settings) as client:
        if client is not None:
            yield client.quiz
            return
    from assistant.accounts.principal import LOCAL
    from assistant.auditlog.contract import Surface
    from assistant.auditlog.origin import Origin, coming_from

    with open_runtime(settings) as runtime:
        with shown() as show:
            runtime.read_only(show)
        with coming_from(Origin(Surface.CLI)):
            yield OwnBank(runtime.areas.quiz, LOCAL)


def finished(bank: QuizClient | OwnBank, request: BuildRequest) -> BuildJob:
    """Build and wait for the end, saying on standard error how far it is; an interruption stops the build."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from assistant.quiz.contract import BuildState

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    job = bank.build(request)
    said = 0.0
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
            bar = progress.add_task("出题", total=job.asked)
            while job.state is BuildState.RUNNING:
                progress.update(bar, completed=job.done, description=job.stage)
                if not console.is_terminal and time.monotonic() - said >= _SAY_EVERY_S:
                    console.print(f"{job.stage}……")
                    said = time.monotonic()
                time.sleep(_LOOK_EVERY_S)
                job = bank.job(job.id)
    except KeyboardInterrupt:
        bank.stop(job.id)
        raise
    return job
