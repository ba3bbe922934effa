"""The page 我的: what is kept of a person, each part with its address."""

from __future__ import annotations

import io

import pytest
from docx import Document

from assistant.favourites.contract import EntryRequest
from assistant.feedback.contract import FeedbackRequest, FeedbackSettlement
from assistant.handbook.contract import HandbookRequest, Heading, Passage
from corpus.errors import ServerUnavailable
from tests.ui.mine_service import kept_for
from tests.ui.screen import HOSTILE, shown
from tests.ui.service import CITATION, LAW
from ui.me.entries import address_of

PROVISION = "ver-1/第二条"


@pytest.fixture(autouse=True)
def kept(api, tmp_path):
    userdata = kept_for(api, tmp_path)
    yield
    userdata.close()


def part(page, name):
    at = page("me")
    at.segmented_control(key="mine").set_value(name).run()
    assert not at.exception
    return at


def test_an_empty_page_says_what_to_do(page):
    assert "还没有收藏。" in shown(page("me"))
    for name, words in (("最近", "还没有打开过条目"), ("我的反馈", "还没有提交过反馈"), ("执法手册", "还没有手册")):
        assert words in shown(part(page, name))


def test_favourites_are_links_with_the_titles_of_the_corpus(api, page):
    api.mine.add_favourite(EntryRequest(kind="provision", id=PROVISION, title="别的"))
    api.mine.add_favourite(EntryRequest(kind="document", id="doc-0"))
    html = shown(page("me"))
    assert f"《{LAW}》第二条" in html
    assert "别的" not in html
    assert 'href="encyclopedia?law=doc-0"' in html
    assert f'href="{address_of("provision", PROVISION)}"' in html


def test_a_favourite_is_let_go(api, page):
    api.mine.add_favourite(EntryRequest(kind="provision", id=PROVISION))
    at = page("me")
    at.button(key="unstar_0").click().run()
    assert "还没有收藏。" in shown(at)


def test_words_from_outside_stay_words(api, page):
    api.mine.add_favourite(EntryRequest(kind="answer", id='"><script>', title=HOSTILE))
    html = shown(page("me"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_recent_entries_are_cleared(api, page):
    api.mine.note_opened(EntryRequest(kind="provision", id=PROVISION))
    at = part(page, "最近")
    assert CITATION in shown(at)
    at.button(key="clear_recent").click().run()
    assert "还没有打开过条目" in shown(at)


def test_ones_feedback_shows_what_became_of_it(api, page):
    answer = api.ask(_question())
    given = api.feedback.give(FeedbackRequest(kind="outdated", words="第二条改了", response=answer))
    api.review.settle_feedback(given.id, FeedbackSettlement(state="settled", note="已更新"))
    html = shown(part(page, "我的反馈"))
    for words in ("第二条改了", "依据过时", "已处理", "已更新"):
        assert words in html


def test_a_handbook_is_written_saved_and_opened_again(api, page):
    api.mine.add_favourite(EntryRequest(kind="provision", id=PROVISION))
    at = part(page, "执法手册")
    at.button(key="handbook_new").click().run()
    at.text_input(key="handbook_title_new").set_value("摆摊手册").run()
    at.multiselect(key="handbook_chosen").set_value([PROVISION]).run()
    at.button(key="handbook_add_passages").click().run()
    at.button(key="handbook_add_heading").click().run()
    assert at.get("download_button") == []  # the heading is still empty
    heading = next(field for field in at.text_input if field.label == "标题")
    heading.set_value("一、依据").run()
    at.text_input(key="handbook_title_new").set_value("占道摆摊手册")  # saved as it stands when the button is pressed
    at.button(key="handbook_save").click().run()
    assert "已保存。" in shown(at)
    assert api.mine.handbooks(_page()).items[0].title == "占道摆摊手册"
    at.text_input(key="handbook_title_new").set_value("占道摆摊处罚手册").run()
    assert "已保存。" not in shown(at)
    [info] = api.mine.handbooks(_page()).items
    held = api.mine.handbook(info.id)
    assert [type(p).__name__ for p in held.parts] == ["Passage", "Heading"]
    at.button(key="handbook_back").click().run()
    at.button(key="handbook_open_0").click().run()
    assert not at.exception
    assert CITATION in shown(at)
    words = [p.text for p in Document(io.BytesIO(api.mine.handbook_docx(_request(held)))).paragraphs]
    assert CITATION in words


def test_a_handbook_without_a_name_is_not_saved(api, page):
    at = part(page, "执法手册")
    at.button(key="handbook_new").click().run()
    at.button(key="handbook_save").click().run()
    assert not at.exception
    assert "ea-problem" in shown(at)
    assert api.mine.handbooks(_page()).total == 0


def test_parts_change_places(api, page):
    api.mine.save_handbook(HandbookRequest(title="手册", parts=[Heading(text="甲"), Passage(provision_id=PROVISION)]))
    at = part(page, "执法手册")
    at.button(key="handbook_open_0").click().run()
    down = next(button for button in at.button if button.label == "下移")
    down.click().run()
    at.button(key="handbook_save").click().run()
    held = api.mine.handbook(api.mine.handbooks(_page()).items[0].id)
    assert [p.kind for p in held.parts] == ["passage", "heading"]


def test_ones_data_is_erased_only_when_sure(api, page):
    api.mine.add_favourite(EntryRequest(kind="provision", id=PROVISION))
    at = part(page, "本人数据")
    assert at.button(key="data_erase").disabled
    at.checkbox(key="data_sure").check().run()
    at.button(key="data_erase").click().run()
    assert "收藏与最近 1 项" in shown(at)
    assert at.button(key="data_erase").disabled


def test_an_unreachable_service_is_said(api, page, monkeypatch):
    def fail(_query):
        raise ServerUnavailable("refused")

    monkeypatch.setattr(api.mine, "favourites", fail)
    at = page("me")
    assert not at.exception
    assert "连接不上答复服务" in shown(at)


def _question():
    from assistant.contract import AskRequest

    return AskRequest(question="占道摆摊怎么罚")


def _page():
    from assistant.userdata.words import PageQuery

    return PageQuery()


def _request(held):
    return HandbookRequest(title=held.title, parts=held.parts)
