"""资料管理: what an upload would change is shown before it is confirmed; refusals are said; words are escaped."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.roles import Role
from assistant.uploads.contract import Progress, UploadState
from corpus.errors import Conflict
from tests.ui.account_service import person
from tests.ui.conftest import SCRIPT
from tests.ui.screen import shown
from tests.ui.upload_service import FakeCorpora
from ui.manage.page import parts_of
from ui.manage.reports import size_words
from ui.manage.upload import progress_html


@pytest.fixture
def corpora(api) -> FakeCorpora:
    api.corpora = FakeCorpora()
    return api.corpora


def opened(**params: str) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    for name, value in params.items():
        at.query_params[name] = value
    return at.switch_page("views/manage.py").run()


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.OFFICER, []),
        (Role.TRAINER, []),
        (Role.LEGAL, ["upload", "documents", "review-records", "index", "review"]),
    ],
)
def test_everybody_sees_the_parts_they_may_use(role, names):
    assert [part.name for part in parts_of(person(role))] == names


def test_an_upload_shows_what_it_would_change_and_is_confirmed_as_shown(corpora):
    at = opened(tab="upload", upload=corpora.upload.id)
    screen = shown(at)
    for words in ("待确认", "新版本", "可引用 12 条", "2026-01-01", "RAR压缩包", "文件损坏，打不开", "第2页"):
        assert words in screen
    assert "办法<b>" not in screen
    at.button(key="manage_upload_confirm").click().run()
    assert corpora.done == [("confirm", "abcd")]
    assert "已入库" in shown(at)


def test_a_refused_confirmation_says_why_and_stays(corpora):
    corpora.fails = Conflict("试算之后语料有了变化，正在重新试算。", remedy="请稍候。")
    at = opened(tab="upload", upload=corpora.upload.id)
    at.button(key="manage_upload_confirm").click().run()
    assert "语料有了变化" in shown(at)


def test_a_file_is_left_out(corpora):
    at = opened(tab="upload", upload=corpora.upload.id)
    at.checkbox(key=f"manage_exclude_{corpora.upload.id}_0").check().run()
    ((what, request),) = corpora.done
    assert what == "change"
    assert request.excluded == ["上传/1/办法.pdf"]


def test_progress_is_told_in_words(corpora):
    at_work = corpora.upload.model_copy(
        update={"state": UploadState.STORING, "progress": Progress(message="正在入库", done=3, total=2)}
    )
    assert "正在入库（2/2）" in progress_html(at_work)
    waiting = at_work.model_copy(update={"progress": None, "waiting": 2})
    assert "前面还有 2 项工作" in progress_html(waiting)


def test_a_document_goes_out_of_use_with_a_reason(corpora):
    at = opened(tab="documents")
    assert "办法.pdf" in shown(at)
    assert at.button(key="manage_retire_do_d-1").disabled
    at.text_input(key="manage_retire_reason_d-1").set_value("扫描有误").run()
    at.button(key="manage_retire_do_d-1").click().run()
    ((what, request),) = corpora.done
    assert what == "retire"
    assert request.reason == "扫描有误"


def test_a_doubt_is_checked_off_with_a_note(corpora):
    at = opened(tab="review-records")
    assert "文字由图片识别而来" in shown(at)
    at.text_input(key="manage_note_text:f-1:0").set_value("已对照")  # not drawn again before the button
    at.button(key="manage_mark_0").click().run()
    assert corpora.done == [("mark", ("text:f-1:0", "已对照"))]
    assert "没有要核对的事项" in shown(at)


def test_the_index_is_rebuilt_only_by_who_knows_what_it_means(corpora):
    at = opened(tab="index")
    assert at.button(key="manage_rebuild").disabled


@pytest.mark.parametrize(("size", "words"), [(9, "9 B"), (2048, "2 KB"), (3 * 1024**2, "3.0 MB")])
def test_sizes_are_told_for_people(size, words):
    assert size_words(size) == words
