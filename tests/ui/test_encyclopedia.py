"""The encyclopedia's views: each at an address of its own, every entry a link, nothing without a way on."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from assistant.encyclopedia.contract import DocumentsRequest, ItemsRequest
from corpus.errors import NotAuthenticated, ServerUnavailable
from corpus.vocabulary import EffectLevel, Shelf
from tests.ui.conftest import SCRIPT
from tests.ui.encyclopedia_service import ITEM_ID
from tests.ui.screen import HOSTILE, shown
from tests.ui.service import LAW
from ui.encyclopedia.address import Address

ARTICLE = "ver-1/第二条"


@pytest.fixture
def view(api):
    """Opens the encyclopedia at an address."""

    def opened(**params: str) -> AppTest:
        at = AppTest.from_file(str(SCRIPT), default_timeout=30).switch_page("views/encyclopedia.py")
        for name, value in params.items():
            at.query_params[name] = value
        at = at.run()
        assert not at.exception
        return at

    return opened


def addresses(at: AppTest) -> list[dict[str, str]]:
    """Where the anchors of a page lead, as query parameters."""
    found = re.findall(r'href="encyclopedia\?([^"]*)"', shown(at))
    return [{name: values[0] for name, values in parse_qs(unescape(query)).items()} for query in found]


def test_the_start_shows_shelves_items_and_what_was_read(view):
    view(provision=ARTICLE)
    at = view()
    html = shown(at)
    assert all(shelf.value in html for shelf in Shelf)
    links = addresses(at)
    assert {"shelf": "法规", "field": "食品"} in links
    assert {"items": "all", "field": "城市管理"} in links
    assert {"provision": ARTICLE} in links


def test_an_empty_corpus_says_what_to_do(api, view):
    api.encyclopedia.finds = False
    assert "还没有收录任何文件" in shown(view())


def test_what_is_typed_is_completed_by_links(view):
    at = view()
    at = at.text_input(key="ea_words").set_value("盲道").run()
    assert {"law": "doc-0"} in addresses(at)
    assert {"topic": ITEM_ID} in addresses(at)
    at = at.button(key="ea_search_go").click().run()
    assert at.query_params["words"] == "盲道"


def test_the_next_search_keeps_day_and_region(view):
    kept = {"day": "2026-01-05", "region": "宁波市"}
    at = view(words="摆摊", **kept)
    at.text_input(key="ea_words").set_value("盲道")
    at = at.button(key="ea_search_go").click().run()
    assert {name: at.query_params[name] for name in ("words", *kept)} == {"words": "盲道", **kept}


def test_results_are_grouped_by_shelf(view):
    html = shown(view(words="盲道"))
    assert html.index("标题相符的文件") < html.index("事项</") < html.index("实务书架上没有相近的内容")
    assert '<span class="ea-quoted">摆摊</span>' in html


def test_nothing_found_leads_on(api, view):
    api.encyclopedia.finds = False
    at = view(words="没有的词")
    assert "没有找到与“没有的词”相符的内容" in shown(at)
    assert {"items": "all"} in addresses(at)


# ---- lists -------------------------------------------------------------------------------------------------------


def test_a_shelf_is_narrowed_by_its_address(api, view):
    at = view(shelf="法规", rank="法律", field="城市管理", year="2021", page="2")
    (asked,) = api.encyclopedia.lists
    assert isinstance(asked, DocumentsRequest)
    assert (asked.shelf, asked.level, asked.field, asked.year) == (Shelf.LAW, EffectLevel.LAW, "城市管理", 2021)
    assert asked.offset == asked.limit
    links = addresses(at)
    assert {"shelf": "法规", "rank": "法律", "year": "2021"} in links  # the chosen field taken back
    assert {"shelf": "法规", "rank": "法律", "field": "食品", "year": "2021"} in links
    assert {"shelf": "法规", "rank": "法律", "field": "城市管理", "year": "2021", "page": "3"} in links


def test_words_narrow_a_shelf_and_stand_in_its_address(api, view):
    at = view(shelf="法规", page="2").text_input(key="ea_filter").set_value("食品").run()
    assert at.query_params["words"] == "食品"
    assert "page" not in at.query_params
    assert api.encyclopedia.lists[-1].words == "食品"


def test_a_filter_that_does_not_exist_is_said(view):
    at = view(shelf="法规", rank="王法")
    assert "ea-problem" in shown(at)
    assert {} in addresses(at) or 'href="encyclopedia"' in shown(at)


def test_an_empty_list_can_be_widened(api, view):
    api.encyclopedia.finds = False
    assert {"shelf": "法规"} in addresses(view(shelf="法规", field="食品"))
    assert {"words": "盲道"} in addresses(view(items="all", words="盲道"))


def test_items_are_narrowed_by_their_address(api, view):
    at = view(items="all", sanction="罚款", of="doc-0", words="盲道")
    (asked,) = api.encyclopedia.lists
    assert isinstance(asked, ItemsRequest)
    assert (asked.sanction, asked.law, asked.words) == ("罚款", "doc-0", "盲道")
    assert {"topic": ITEM_ID} in addresses(at)


# ---- documents ---------------------------------------------------------------------------------------------------


def test_a_document_opens_by_chapter_and_its_articles_in_place(view):
    at = view(law="doc-0")
    assert [expander.label for expander in at.expander] == ["第一章 总则（第一条）", "第二章 罚则（第二条至第三条）"]
    assert not [b for b in at.button if b.key.startswith("ea_toggle_")]
    at.session_state["ea_node_ver-1_1"] = True
    at = at.run()
    assert "第一节 一般规定" in shown(at)
    assert "责令改正" not in shown(at)
    at = at.button(key=f"ea_toggle_{ARTICLE}").click().run()
    assert "责令改正" in shown(at)
    assert {"provision": ARTICLE} in addresses(at)
    assert "责令改正" not in shown(at.button(key=f"ea_toggle_{ARTICLE}").click().run())


def test_a_short_document_is_shown_whole(view):
    assert "责令改正" in shown(view(case="doc-9"))


def test_texts_are_read_and_compared(view):
    links = addresses(view(law="doc-0", part="versions"))
    assert {"law": "doc-0", "version": "ver-0"} in links
    assert {"compare": "ver-0..ver-1", "of": "doc-0"} in links
    assert "所示为较早的文本" in shown(view(law="doc-0", version="ver-0"))


def test_what_a_document_carries_leads_to_the_desk(view):
    html = shown(view(law="doc-0", part="records"))
    assert 'href="discretion?standard=ver-7%2F2.1"' in html
    assert "依据已变动" in html
    assert "初次违法；当场改正" in html
    assert "法院认为" in shown(view(law="doc-0", part="citing"))


def test_two_texts_stand_side_by_side_with_their_differences(view):
    html = shown(view(compare="ver-0..ver-1", of="doc-0"))
    assert '<span class="ea-removed">一百元</span>' in html
    assert '<span class="ea-added">五百元</span>' in html
    assert "旧文本没有这一条。" in html
    assert "修改 1 条" in html


@pytest.mark.parametrize(
    "params",
    [
        {"law": "nix"},
        {"provision": "nix"},
        {"topic": "nix"},
        {"compare": "nix"},
        {"compare": "nix..ver-1", "of": "doc-0"},
        {"compare": "x..y"},
    ],
)
def test_what_is_not_there_is_said_with_a_way_back(view, params):
    html = shown(view(**params))
    assert "ea-problem" in html
    assert "回到百科首页" in html


# ---- provisions and items ----------------------------------------------------------------------------------------


def test_a_provision_shows_all_that_hangs_on_it(view):
    at = view(provision=ARTICLE)
    html = shown(at)
    assert '<a class="ea-go ea-ref" href="encyclopedia?provision=ver-1%2F%E7%AC%AC%E4%B8%80%E6%9D%A1"' in html
    for title in ("文中引用", "所属事项", "裁量标准", "案例", "指引本条的条文", "沿革"):
        assert title in html
    links = addresses(at)
    assert {"provision": "ver-1/第三条"} in links
    assert {"topic": ITEM_ID} in links
    assert {"compare": "ver-0..ver-1", "of": "doc-0"} in links
    assert "about=ver-1%2F" in html


def test_words_of_the_corpus_never_become_markup(api, view):
    api.text = HOSTILE
    for params in ({"provision": ARTICLE}, {"words": "盲道"}, {"topic": ITEM_ID}, {"case": "doc-9"}):
        html = shown(view(**params))
        assert "<script" not in html
        assert "<img" not in html


def test_a_topic_page_brings_everything_together_and_follows_the_region(api, view):
    at = view(topic=ITEM_ID, region="示范市", day="2026-08-01")
    html = shown(at)
    titles = ["违反条款", "处罚条款", "裁量基准", "不予处罚与从轻减轻", "程序与期限", "案例", "风险提示", "文书"]
    places = [html.index(f'id="part-{n}">{title}') for n, title in enumerate(titles)]
    assert places == sorted(places)
    assert "七日内（工作日）" in html
    assert "十日内（未写明是否工作日）" in html
    assert api.encyclopedia.days == [dt.date(2026, 8, 1)]
    at = at.selectbox(key="ea_region").set_value(None).run()
    assert "region" not in at.query_params


def test_what_was_opened_is_noted_once(api, view):
    view(provision=ARTICLE).run()
    assert [(r.kind, r.id) for r in api.mine.opened] == [("provision", ARTICLE)]


def test_a_visitor_without_an_account_reads_all_the_same(api, view, monkeypatch):
    def refuse(*_args: object) -> None:
        raise NotAuthenticated("没有登录。")

    for name in ("note_opened", "recent", "favourites"):
        monkeypatch.setattr(api.mine, name, refuse)
    assert LAW in shown(view(provision=ARTICLE))
    assert "法规" in shown(view())


# ---- day, picture, service -----------------------------------------------------------------------------------------


def test_the_day_is_kept_in_every_link_and_can_be_changed(api, view):
    at = view(day="2026-08-01")
    assert api.encyclopedia.days == [dt.date(2026, 8, 1)]
    assert all(link.get("day") == "2026-08-01" for link in addresses(at) if link)
    at = at.date_input(key="ea_day").set_value(dt.date(2020, 1, 1)).run()
    assert at.query_params["day"] == "2020-01-01"


@pytest.mark.parametrize("day", ["", "gestern", "2026-02-30"])
def test_a_day_that_is_none_is_today(day):
    assert Address({"day": day}).day is None
    assert urlsplit(Address({"day": day}).to(law="x")).query == "law=x"


@pytest.mark.parametrize(("page", "read"), [("", 1), ("0", 1), ("-3", 1), ("二", 1), ("²", 1), ("7", 7), ("9" * 9, 1)])
def test_a_page_that_is_none_is_the_first(page, read):
    assert Address({"page": page}).page == read


def with_page(api, monkeypatch) -> None:
    plain = api.provision
    monkeypatch.setattr(api, "provision", lambda *args: plain(*args).model_copy(update={"page": 35}))


def test_the_page_of_the_original_is_drawn_on_demand(api, view, monkeypatch):
    with_page(api, monkeypatch)
    at = view(provision=ARTICLE)
    assert api.pictures.asked == []
    at.session_state[f"ea_provision_picture_{ARTICLE}"] = True
    at = at.run()
    assert api.pictures.asked == [(ARTICLE, 35)]
    assert "黄色为本条的文字" in at.caption[-1].value
    api.pictures.marked = False
    assert "请自行对照" in at.run().caption[-1].value


def test_a_page_without_its_original_is_said(api, view, monkeypatch):
    with_page(api, monkeypatch)
    api.pictures.missing = True
    at = view(provision=ARTICLE)
    at.session_state[f"ea_provision_picture_{ARTICLE}"] = True
    at = at.run()
    assert "没有留存 PDF 原件" in at.caption[-1].value


def test_an_unreachable_service_is_said(api, view):
    api.fails = ServerUnavailable("refused")
    assert "连接不上答复服务" in shown(view())
