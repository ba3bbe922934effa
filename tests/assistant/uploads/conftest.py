"""A store, an instance that stands in for the running one, and the care of its corpus, its jobs done step by step."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.accounts.principal import LOCAL, Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.settings import LimitSettings
from assistant.uploads.contract import ConfirmRequest, Upload, UploadOptions, UploadState
from assistant.uploads.service import CorpusCare
from assistant.userdata import UserData
from corpus.store import CorpusStore
from ingest.loading.pool import Limits
from tests.assistant.desk_stand_in import StandInDesk
from tests.ingest.loading.stand_ins import STEPS

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
OLD = "示范市养犬管理办法|2019-06-28|示范市\n第一条 携犬外出应当束牵引带。\n第二条 本办法自2019年8月1日起施行。"
NEW = (
    "示范市养犬管理办法|2025-09-26|示范市\n第一条 携犬外出应当由成年人束牵引带。\n第二条 本办法自2025年11月1日起施行。"
)
NOISE = "示范市噪声管理办法|2025-01-02|示范市\n第一条 夜间不得施工。\n第二条 本办法自2025年2月1日起施行。"

TRAFFIC = Principal("u-traffic", "甲", Role.LEGAL, PERMISSIONS[Role.LEGAL], department="交通执法队")
FIRE = Principal("u-fire", "乙", Role.LEGAL, PERMISSIONS[Role.LEGAL], department="消防队")


@dataclass
class StandInEngine:
    """An instance whose answers come from what was held when it was last renewed."""

    store: CorpusStore
    served: set[str] = field(default_factory=set)
    renewals: int = 0
    stops: bool = False
    ready: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)
    on_renew: Callable[[], None] = lambda: None

    def today(self) -> dt.date:
        return TODAY

    def loaded(self) -> bool:
        return self.ready

    def exclusive(self) -> threading.Lock:
        return self.lock

    def renew(self, _advance: Callable[[int, int], None]) -> None:
        self.on_renew()
        assert self.lock.locked()
        self.served = titles_served(self.store)
        self.renewals += 1

    def stopping(self) -> bool:
        return self.stops


def titles_served(store: CorpusStore) -> set[str]:
    """Title and publication year of every text that is not withheld."""
    titles = {d.id: d.title for d in store.documents()}
    return {f"{titles[v.document_id]} {v.validity.published}" for v in store.versions() if not v.withheld}


@dataclass
class Desk:
    """The care of a corpus with its parts at hand."""

    engine: StandInEngine
    userdata: UserData
    home: Path
    limits: LimitSettings = field(default_factory=LimitSettings)

    def __post_init__(self) -> None:
        self._seconds = itertools.count()
        self.care = self.restarted()

    def _now(self) -> dt.datetime:
        """Each look at the clock is a second later."""
        return NOW + dt.timedelta(seconds=next(self._seconds))

    def restarted(self) -> CorpusCare:
        """The care as a new process would make it."""
        self.care = CorpusCare(
            self.engine,
            self.userdata,
            self.home,
            self.limits,
            lambda _person: StandInDesk(),
            now=self._now,
            steps=STEPS,
            reading=Limits(seconds=20, memory_bytes=None),
        )
        return self.care

    def send(self, person: Principal = LOCAL, options: UploadOptions | None = None, **files: str | bytes) -> Upload:
        """Send files by stem (.md unless the name has a dot as ``__``)."""
        receiver = self.care.receive(person, options or UploadOptions())
        for name, content in files.items():
            receiver.begin(name.replace("__", ".") if "__" in name else f"{name}.md")
            data = content.encode() if isinstance(content, str) else content
            for start in range(0, len(data), 1000):
                receiver.write(data[start : start + 1000])
            receiver.end()
        return receiver.finish()

    def checked(self, person: Principal = LOCAL, options: UploadOptions | None = None, **files: str | bytes) -> Upload:
        """Send files and check them."""
        upload = self.send(person, options, **files)
        assert self.care.step()
        return self.care.upload(person, upload.id)

    def stored(self, person: Principal = LOCAL, options: UploadOptions | None = None, **files: str | bytes) -> Upload:
        """Send, check and store files."""
        upload = self.checked(person, options, **files)
        self.care.confirm(person, upload.id, ConfirmRequest(check=upload.check))
        assert self.care.step()
        done = self.care.upload(person, upload.id)
        assert done.state is UploadState.STORED, done.message
        return done


@pytest.fixture
def desk(empty_store: CorpusStore, tmp_path: Path) -> Iterator[Desk]:
    userdata = UserData.open(f"sqlite:///{tmp_path / 'userdata.db'}")
    yield Desk(StandInEngine(empty_store), userdata, tmp_path / "home")
    userdata.close()


def zipped(**members: str) -> bytes:
    """A ZIP archive; ``__`` in a name stands for a slash with two dots before it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "../") + ".md", content)
    return made.getvalue()
