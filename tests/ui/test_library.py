"""The corpus page: documents by title, then a law by chapter and article."""

from __future__ import annotations

import datetime as dt

from assistant.contract import VersionInfo
from corpus.errors import NotFound, ServerUnavailable
from corpus.vocabulary import State
from tests.ui.screen import shown
from tests.ui.service import LAW, TODAY
from ui.library import PER_PAGE, matching


def titles(at) -> list[str]:
    return [button.label for button in at.button if button.key.startswith("open_")]


def opened(page):
    at = page("library")
    return at.button(key="open_doc-0").click().run()


def test_documents_are_listed_by_page(page):
    at = page("library")
    assert "共收录 31 部文件" in shown(at)
    assert len(titles(at)) == PER_PAGE


def test_the_filter_keeps_titles_with_all_its_words(page):
    at = page("library")
    at = at.text_input(key="title_filter").set_value("样本 第1").run()
    assert len(titles(at)) == 11
    at = at.text_input(key="title_filter").set_value("没有这部法").run()
    assert titles(at) == []
    assert "没有符合这些条件的文件。" in shown(at)


def test_the_filter_reads_blanks_as_and(api):
    assert [document.law for document in matching(api.documents(), " 示例  国 ")] == [LAW]


def test_a_law_opens_by_chapter_and_article(page):
    at = opened(page)
    assert LAW in shown(at)
    assert [expander.label for expander in at.expander] == ["第一章 总则（第一条）", "第二章 罚则（第二条至第三条）"]
    assert "2021-01-22 公布" in shown(at)


def test_the_way_back_leads_to_the_list(page):
    at = opened(page).button(key="back").click().run()
    assert len(titles(at)) == PER_PAGE


def test_a_document_that_is_gone_is_said_with_a_way_back(api, page):
    at = page("library")
    api.fails = NotFound("没有编号为 doc-0 的文件。")
    at = at.button(key="open_doc-0").click().run()
    assert "没有编号为 doc-0 的文件。" in shown(at)
    assert at.button(key="back")


def test_an_unreachable_service_is_said(api, page):
    api.fails = ServerUnavailable("refused")
    at = page("library")
    assert not at.exception
    assert "连接不上答复服务" in shown(at)


def test_a_text_that_is_not_yet_or_no_longer_the_law_is_told_apart(api, page):
    old = VersionInfo(version_id="ver-0", effective_until=TODAY, status=State.VERSION_NOT_IN_CORPUS)
    now = VersionInfo(version_id="ver-1", effective_from=TODAY, status=State.IN_FORCE)
    later = VersionInfo(
        version_id="ver-2", effective_from=TODAY + dt.timedelta(days=1), status=State.VERSION_NOT_IN_CORPUS
    )
    api.versions = [old, now, later]
    listed = shown(page("library"))
    assert "现行有效" in listed
    assert "尚未施行" not in listed
    html = shown(opened(page))
    assert html.index("已由新文本取代") < html.index("现行有效") < html.index("尚未施行")
    assert "当日文本未收录" not in html
