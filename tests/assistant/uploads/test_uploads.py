"""An upload changes nothing before it is confirmed, then exactly what was shown; cut off anywhere, it goes on."""

from __future__ import annotations

import threading

import pytest

from assistant.accounts.principal import LOCAL
from assistant.uploads.contract import ConfirmRequest, UploadChange, UploadOptions, UploadState
from corpus.errors import Conflict, NotFound, StoreUnavailable
from corpus.readers import Readers
from corpus.store.readers import limited_documents
from corpus.store.sources import FileState, SourceFiles
from ingest.loading.report import Change, Outcome
from tests.assistant.uploads.conftest import FIRE, NEW, NOISE, OLD, TRAFFIC, Desk, titles_served, zipped

DOGS_2019, DOGS_2025 = "示范市养犬管理办法 2019-06-28", "示范市养犬管理办法 2025-09-26"


def test_a_dry_run_tells_what_would_change_and_writes_nothing(desk: Desk) -> None:
    desk.stored(dogs=OLD)
    before = titles_served(desk.engine.store)
    upload = desk.checked(new=NEW, noise=NOISE, locked="fails", archive__zip=zipped(old=OLD, __etc="x"))
    assert titles_served(desk.engine.store) == before
    assert upload.state is UploadState.CHECKED
    files = {f.name: f for f in upload.checked}
    assert files["new.md"].texts[0].change is Change.NEW_VERSION
    assert files["new.md"].texts[0].effective_from is not None
    assert files["noise.md"].texts[0].change is Change.NEW_DOCUMENT
    assert files["noise.md"].texts[0].provisions == 2
    assert files["archive.zip!/old.md"].texts[0].change is Change.SAME_TEXT
    assert files["locked.md"].outcome is Outcome.FAILED
    assert "密码" in files["locked.md"].troubles[0].message
    outside = next(f for name, f in files.items() if ".." in name)
    assert outside.outcome is Outcome.FAILED
    assert "压缩包之外" in outside.troubles[0].message


def test_confirming_stores_what_was_checked_and_serves_it_at_the_end(desk: Desk) -> None:
    upload = desk.checked(a=OLD, b=NOISE, locked="fails")
    with pytest.raises(Conflict):
        desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check="another"))
    desk.care.change(LOCAL, upload.id, UploadChange(excluded=[f.path for f in upload.checked if f.name == "b.md"]))
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))
    assert desk.engine.served == set()
    desk.care.step()
    assert desk.engine.served == {DOGS_2019}
    assert desk.care.upload(LOCAL, upload.id).state is UploadState.STORED
    assert [f.path.rsplit("/", 1)[-1] for f in SourceFiles(desk.engine.store).all()] == ["a.md"]
    assert not (desk.home / "uploads" / upload.id).exists()


def test_a_dry_run_of_another_corpus_is_repeated_and_the_differences_are_shown(desk: Desk) -> None:
    first = desk.checked(dogs=NEW)
    desk.stored(old=OLD)
    with pytest.raises(Conflict):
        desk.care.confirm(LOCAL, first.id, ConfirmRequest(check=first.check))
    desk.care.step()
    again = desk.care.upload(LOCAL, first.id)
    assert again.state is UploadState.CHECKED
    assert again.check != first.check
    assert any("新版本" in line for line in again.differences)
    desk.care.confirm(LOCAL, first.id, ConfirmRequest(check=again.check))
    desk.care.step()
    assert desk.engine.served == {DOGS_2019, DOGS_2025}


def test_a_queued_upload_that_another_made_stale_waits_for_a_person(desk: Desk) -> None:
    first, second = desk.checked(old=OLD), desk.checked(new=NEW)
    for upload in (first, second):
        desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))
    while desk.care.step():
        pass
    assert desk.care.upload(LOCAL, first.id).state is UploadState.STORED
    again = desk.care.upload(LOCAL, second.id)
    assert again.state is UploadState.CHECKED
    assert again.differences
    assert desk.engine.served == {DOGS_2019}


def test_files_that_changed_on_the_disk_are_not_stored(desk: Desk) -> None:
    upload = desk.checked(dogs=OLD)
    (desk.home / "uploads" / upload.id / "0001").write_text(NEW)
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))
    desk.care.step()
    assert desk.care.upload(LOCAL, upload.id).state is UploadState.FAILED
    assert titles_served(desk.engine.store) == set()


def test_the_end_of_the_process_leaves_an_upload_to_the_next_start(desk: Desk) -> None:
    upload = desk.checked(a=OLD, b=NOISE)
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))

    def end() -> None:
        desk.engine.stops = True
        raise StoreUnavailable("the process ends")

    desk.engine.on_renew = end
    desk.care.step()
    assert desk.care.upload(LOCAL, upload.id).state is UploadState.STORING
    desk.engine.stops, desk.engine.on_renew = False, lambda: None
    restarted = desk.restarted()
    restarted.jobs.tidy()
    assert restarted.step()
    assert restarted.upload(LOCAL, upload.id).state is UploadState.STORED
    assert len(desk.engine.served) == 2


def test_what_waits_for_the_preparation_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = desk.checked(a=OLD)
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))
    said: list[str] = []

    def prepared_first() -> threading.Lock:
        progress = desk.care.upload(LOCAL, upload.id).progress
        said.append(progress.message if progress else "")
        return desk.engine.lock

    monkeypatch.setattr(desk.engine, "exclusive", prepared_first)
    desk.care.step()
    assert said == ["正在等候检索准备完成"]
    assert desk.care.upload(LOCAL, upload.id).state is UploadState.STORED


def test_stopping_takes_back_what_was_stored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = desk.checked(a=OLD, b=NOISE)
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=upload.check))
    advance = desk.care._work.advance

    def stop_after_the_first(message: str, done: int, total: int) -> None:
        advance(message, done, total)
        if message == "正在入库" and done == 1:
            desk.care.stop(LOCAL, upload.id)

    monkeypatch.setattr(desk.care._work, "advance", stop_after_the_first)
    desk.care.step()
    monkeypatch.undo()
    assert desk.care.upload(LOCAL, upload.id).state is UploadState.CHECKING
    assert desk.engine.served == titles_served(desk.engine.store) == set()
    assert not any(f.state.current for f in SourceFiles(desk.engine.store).all())
    desk.care.step()
    again = desk.care.upload(LOCAL, upload.id)
    desk.care.confirm(LOCAL, upload.id, ConfirmRequest(check=again.check))
    desk.care.step()
    assert len(desk.engine.served) == 2


def test_what_is_limited_at_upload_is_limited_from_the_first_moment(desk: Desk) -> None:
    options = UploadOptions(departments=["交通执法队"])
    upload = desk.stored(TRAFFIC, options, noise=NOISE)
    (document,) = desk.engine.store.documents()
    assert limited_documents(desk.engine.store) == {document.id: Readers(frozenset({"交通执法队"}))}
    assert desk.care.uploads(FIRE, 10, 0).total == 0
    with pytest.raises(NotFound):
        desk.care.upload(FIRE, upload.id)
    with pytest.raises(NotFound):
        desk.care.discard(FIRE, upload.id)


def test_a_change_of_the_region_has_the_files_checked_again(desk: Desk) -> None:
    upload = desk.checked(a=OLD)
    changed = desk.care.change(LOCAL, upload.id, UploadChange(region="示范市"))
    assert changed.state is UploadState.CHECKING
    assert changed.region == "示范市"
    assert desk.care.change(LOCAL, upload.id, UploadChange(excluded=[])).region == "示范市"


def test_discarding_an_upload_leaves_one_alone_that_is_arriving(desk: Desk) -> None:
    receiver = desk.care.receive(LOCAL, UploadOptions())
    receiver.begin("b.md")
    receiver.write(NOISE.encode())
    receiver.end()
    upload = desk.checked(a=OLD)
    desk.care.discard(LOCAL, upload.id)
    arrived = receiver.finish()
    assert desk.care.step()
    assert desk.care.upload(LOCAL, arrived.id).state is UploadState.CHECKED


def test_a_discarded_upload_is_gone_from_the_disk(desk: Desk) -> None:
    upload = desk.send(LOCAL, None, a=OLD)
    with pytest.raises(Conflict):
        desk.care.discard(LOCAL, upload.id)
    desk.care.stop(LOCAL, upload.id)
    assert desk.care.discard(LOCAL, upload.id).state is UploadState.DISCARDED
    assert not (desk.home / "uploads" / upload.id).exists()
    assert not desk.care.step()
    assert FileState.PARSED not in {f.state for f in SourceFiles(desk.engine.store).all()}
