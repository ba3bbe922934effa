"""Documents go out of use and come back whole; doubts are listed, and what a person checked stays checked."""

from __future__ import annotations

import pytest

from assistant.accounts.principal import LOCAL
from assistant.uploads.contract import (
    ChangeState,
    DocumentsQuery,
    DoubtKind,
    DoubtsQuery,
    MarkRequest,
    RestoreRequest,
    RetireRequest,
    UploadOptions,
)
from corpus.errors import Conflict, NotFound
from corpus.readers import Readers
from corpus.store.readers import set_readers
from tests.assistant.uploads.conftest import FIRE, NEW, NOISE, OLD, TRAFFIC, Desk

DOUBTFUL = f"{NOISE}\nis-doubtful"


def test_a_retired_document_is_served_no_more_and_comes_back(desk: Desk) -> None:
    desk.stored(a=OLD, b=NEW, c=NOISE)
    served = set(desk.engine.served)
    dogs = next(d for d in desk.engine.store.documents() if "养犬" in d.title)
    asked = desk.care.retire(LOCAL, dogs.id, RetireRequest(reason="待核对"))
    assert asked.state is ChangeState.RETIRING
    with pytest.raises(Conflict):
        desk.care.retire(LOCAL, dogs.id, RetireRequest(reason="再次"))
    desk.care.step()
    assert desk.engine.served == {t for t in served if "养犬" not in t}
    (shown,) = desk.care.documents(LOCAL, DocumentsQuery(retired=True)).items
    assert shown.retirement is not None
    assert shown.retirement.reason == "待核对"
    assert all(t.retired for t in shown.texts)
    desk.care.restore(LOCAL, dogs.id, RestoreRequest())
    desk.care.step()
    assert desk.engine.served == served
    assert desk.care.documents(LOCAL, DocumentsQuery(retired=True)).total == 0


def test_one_text_goes_out_of_use_alone(desk: Desk) -> None:
    desk.stored(a=OLD, b=NEW)
    document = desk.engine.store.documents()[0]
    newest = desk.engine.store.versions(document.id)[-1]
    desk.care.retire(LOCAL, document.id, RetireRequest(reason="文字有误", version_id=newest.id))
    desk.care.step()
    assert desk.engine.served == {"示范市养犬管理办法 2019-06-28"}


def test_documents_of_one_file_go_out_of_use_together_only_when_said(desk: Desk) -> None:
    desk.stored(both=f"{OLD}\n===\n{NOISE}")
    dogs = next(d for d in desk.engine.store.documents() if "养犬" in d.title)
    with pytest.raises(Conflict, match="噪声"):
        desk.care.retire(LOCAL, dogs.id, RetireRequest(reason="停用"))
    assert desk.care.retire(LOCAL, dogs.id, RetireRequest(reason="停用", along=True)).others
    desk.care.step()
    assert desk.engine.served == set()


def test_nobody_takes_along_what_he_may_not_read_nor_reads_its_title(desk: Desk) -> None:
    desk.stored(both=f"{OLD}\n===\n{NOISE}")
    store = desk.engine.store
    dogs, noise = (next(d for d in store.documents() if word in d.title) for word in ("养犬", "噪声"))
    set_readers(store, {noise.id: Readers(frozenset({"交通执法队"}))})
    with pytest.raises(Conflict) as refused:
        desk.care.retire(FIRE, dogs.id, RetireRequest(reason="停用", along=True))
    assert noise.title not in str(refused.value)
    desk.care.retire(TRAFFIC, dogs.id, RetireRequest(reason="停用", along=True))
    desk.care.step()
    assert desk.care.retirements(TRAFFIC, 10, 0).items[0].others == [noise.title]
    assert desk.care.retirements(FIRE, 10, 0).items[0].others == []
    with pytest.raises(Conflict) as refused:
        desk.care.restore(FIRE, dogs.id, RestoreRequest())
    assert noise.title not in str(refused.value)
    shown = desk.care.documents(FIRE, DocumentsQuery()).items
    assert noise.title not in "".join(d.model_dump_json() for d in shown)


def test_a_retirement_asked_for_before_the_process_ended_is_done_by_the_next(desk: Desk) -> None:
    desk.stored(a=OLD)
    document = desk.engine.store.documents()[0]
    desk.care.retire(LOCAL, document.id, RetireRequest(reason="停用"))
    restarted = desk.restarted()
    assert restarted.step()
    assert desk.engine.served == set()
    assert restarted.retirements(LOCAL, 10, 0).items[0].state is ChangeState.RETIRED


def test_who_may_not_read_a_document_cannot_see_or_retire_it(desk: Desk) -> None:
    desk.stored(TRAFFIC, UploadOptions(departments=["交通执法队"]), a=DOUBTFUL)
    document = desk.engine.store.documents()[0]
    assert desk.care.documents(FIRE, DocumentsQuery()).total == 0
    with pytest.raises(NotFound):
        desk.care.retire(FIRE, document.id, RetireRequest(reason="停用"))
    of_texts = DoubtsQuery(kind=DoubtKind.TEXT)
    assert desk.care.doubts(FIRE, of_texts).total == 0
    assert desk.care.doubts(TRAFFIC, of_texts).total == 1


def test_a_mark_outlives_reading_the_same_again_and_no_other_text(desk: Desk) -> None:
    desk.stored(a=DOUBTFUL)
    of_texts = DoubtsQuery(kind=DoubtKind.TEXT)
    (doubt,) = desk.care.doubts(LOCAL, of_texts).items
    assert "表格可能有误" in doubt.message
    assert doubt.document == "示范市噪声管理办法"
    desk.care.mark(LOCAL, MarkRequest(key=doubt.key, note="已对照原件"))
    document = desk.engine.store.documents()[0]
    desk.care.retire(LOCAL, document.id, RetireRequest(reason="重新导入"))
    desk.care.step()
    assert desk.care.doubts(LOCAL, of_texts).total == 0
    desk.stored(again=DOUBTFUL)
    (held,) = desk.care.doubts(LOCAL, of_texts).items
    assert held.mark is not None
    assert held.mark.note == "已对照原件"
    desk.stored(other=DOUBTFUL.replace("夜间", "午间").replace("2025-01-02", "2025-03-02"))
    page = desk.care.doubts(LOCAL, of_texts)
    assert page.waiting == 1
    assert page.items[0].mark is None
    desk.care.unmark(LOCAL, doubt.key)
    assert desk.care.doubts(LOCAL, of_texts).waiting == 2


def test_the_records_of_the_desk_stand_among_the_doubts(desk: Desk) -> None:
    page = desk.care.doubts(LOCAL, DoubtsQuery(kind=DoubtKind.RECORD))
    assert page.total == len(page.items) > 0
    assert all(d.record for d in page.items)
