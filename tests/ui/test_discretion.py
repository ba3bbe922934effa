"""The page 裁量核查: find, choose, see the working, check a proposed fine, export; and records that need a person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from assistant.discretion.contract import CheckRequest, ComputeRequest, CorrectionRequest, ExplainRequest, FindRequest
from corpus.errors import InvalidInput, NotFound, ServerUnavailable
from tests.assistant.desk_stand_in import STALE, TIERED_KEY, WEIGHTED_KEY, weighted
from tests.ui.screen import HOSTILE, shown

WORDS = "夜里往河里排污水"


def find(at, words=WORDS):
    at.text_area(key="desk_description").set_value(words)
    at = at.button(key="desk_find").click().run()
    assert not at.exception
    return at


def opened(page, key=WEIGHTED_KEY):
    at = page("discretion")
    at.query_params["standard"] = key
    at = at.run()
    assert not at.exception
    return at


def chosen(page):
    """The weighted standard with everything chosen: 10 + 10 + 30 = 50 %."""
    at = opened(page)
    at.radio(key=f"desk_variant_{WEIGHTED_KEY}").set_value("限期内改正")
    at.radio(key=f"desk_factor_{WEIGHTED_KEY}_0").set_value("超标1倍以下")
    at = at.radio(key=f"desk_factor_{WEIGHTED_KEY}_1").set_value("一天以上").run()
    assert not at.exception
    return at


def requests(api, kind):
    return [request for request in api.desk.requests if type(request) is kind]


# ---- finding -------------------------------------------------------------------------------------------------


def test_the_empty_page_asks_what_happened_and_looks_for_nothing(api, page):
    at = page("discretion")
    assert not at.exception
    assert at.text_area(key="desk_description").value == ""
    assert api.desk.requests == []


def test_what_happened_where_and_when_reaches_the_desk_once(api, page):
    at = page("ask")
    at.session_state["desk_region"] = "示范市"  # the test runner cannot type a region that is not listed
    at = at.switch_page("views/discretion.py").run()
    at.date_input(key="desk_act_day").set_value(dt.date(2026, 1, 2))
    at = find(at).run()
    assert requests(api, FindRequest) == [
        FindRequest(description=WORDS, region="示范市", as_of=dt.date(2026, 1, 2), limit=8)
    ]


def test_what_is_found_is_shown_with_why_place_and_state_of_its_bases(page):
    html = shown(find(page("discretion")))
    for words in (weighted().title, "第35页", "“排放”见于标题", "示范市", "按权重计算", "依据现行有效"):
        assert words in html
    assert f"{STALE}" in html
    assert html.index("不能径行适用") < html.index("占用示例道路摆摊"), "a stale basis is told with its own standard"


def test_entries_of_lists_are_shown_with_all_their_conditions(page):
    at = find(page("discretion"))
    html = shown(at)
    for words in ("首次被发现", "超标0.1倍以内", "不予处罚", "本清单不适用于夜间排放。"):
        assert words in html


def test_nothing_found_is_said(api, page):
    api.desk.finds = False
    assert "没有找到相近的裁量标准" in shown(find(page("discretion")))


def test_a_chosen_standard_stands_in_the_address_and_can_be_left(page):
    at = find(page("discretion"))
    at = at.button(key="desk_choose_1").click().run()
    assert at.query_params["standard"] == TIERED_KEY
    assert WORDS not in str(at.query_params), "facts of a case do not go into the address"
    at = at.button(key="desk_back").click().run()
    assert "standard" not in at.query_params
    assert weighted().title in shown(at)


# ---- choosing ------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_what_is_missing_is_said(api, page):
    at = opened(page)
    assert [radio.value for radio in at.radio] == [None] * 3
    html = shown(at)
    assert "超标倍数属于哪一种？" in html
    assert "ea-sum" not in html


def test_a_stale_basis_is_flagged_before_anything_is_computed(page):
    html = shown(opened(page))
    assert "不能径行适用" in html
    assert html.index(STALE) < html.index("裁量情节")


def test_the_result_shows_every_line_with_its_place(api, page):
    html = shown(chosen(page))
    assert '<div class="ea-sum">50万元</div>' in html
    assert "即 500000 元" in html
    for words in ("裁量起点（限期内改正）", "超标倍数：超标1倍以下", "第35页", "50% × 100万元", "结果在此幅度之内"):
        assert words in html
    assert requests(api, ComputeRequest)[-1] == ComputeRequest(
        standard=WEIGHTED_KEY,
        choose={"超标倍数": "超标1倍以下", "排放时间": "一天以上"},
        variant="限期内改正",
    )


def test_a_tier_is_chosen_and_gives_its_range(api, page):
    at = opened(page, TIERED_KEY)
    at = at.radio(key=f"desk_axis_{TIERED_KEY}_违法情节").set_value("严重").run()
    html = shown(at)
    assert '<div class="ea-sum">3万元至5万元</div>' in html
    assert requests(api, ComputeRequest)[-1].tier == 2
    assert "第2档的罚款未能确认。" in html


def test_a_base_that_the_desk_asks_for_becomes_a_question(api, page, monkeypatch):
    from assistant.discretion.contract import Needed

    plain = api.desk.compute

    def asking(request):
        response = plain(request)
        if "货值金额" in request.inputs:
            return response
        need = Needed(kind="input", name="货值金额", question="货值金额是多少元？")
        return response.model_copy(update={"needs": [*response.needs, need]})

    monkeypatch.setattr(api.desk, "compute", asking)
    at = opened(page)
    at = at.text_input(key=f"desk_input_{WEIGHTED_KEY}_货值金额").set_value("12.5万").run()
    assert requests(api, ComputeRequest)[-1].inputs == {"货值金额": Decimal(125000)}
    assert any("12\\.5万元" in caption.value for caption in at.caption)
    at = at.text_input(key=f"desk_input_{WEIGHTED_KEY}_货值金额").set_value("很多").run()
    assert "不是金额" in shown(at)


def test_a_standard_that_is_gone_is_said_with_a_way_back(page):
    at = opened(page, "ver-9/1")
    assert "没有编号为 ver-9/1 的裁量标准。" in shown(at)
    at = at.button(key="desk_back_lost").click().run()
    assert "standard" not in at.query_params


# ---- checking ------------------------------------------------------------------------------------------------


def propose(at, words):
    at = at.text_input(key=f"desk_proposed_{WEIGHTED_KEY}").set_value(words).run()
    assert not at.exception
    return at


def test_a_proposed_fine_is_placed_in_its_ranges_in_picture_and_words(api, page):
    html = shown(propose(chosen(page), "20万"))
    assert requests(api, CheckRequest)[-1].proposed_yuan == Decimal(200000)
    assert "在法定幅度之内" in html
    assert 'role="img" aria-label="拟罚款 20万元：在法定幅度（10万元至100万元）之内。"' in html
    assert "超标倍数：超标1倍以下 → 超标1倍以上" in html


def test_a_fine_below_the_statute_says_by_how_much(page):
    assert "低于法定幅度（10万元至100万元） 1万元" in shown(propose(chosen(page), "90000"))


def test_no_sum_no_verdict_but_grounds_all_the_same(page):
    html = shown(chosen(page))
    assert "ea-chart" not in html
    assert "主动消除危害后果" in html
    assert "《中华人民共和国行政处罚法》第三十二条第一项" in html


def test_facts_are_asked_one_by_one_and_can_be_told_anew(api, page):
    at = chosen(page)
    assert "当事人是否首次实施该违法行为？" in shown(at)
    assert "另有 1 个问题" in shown(at)
    at = at.button(key="desk_fact_是").click().run()
    assert requests(api, CheckRequest)[-1].facts == {"首次违法": True}
    html = shown(at)
    assert "应当不予处罚" in html
    assert "当事人是否主动消除危害后果？" in html
    at = at.button(key="desk_fact_不明").click().run()
    assert requests(api, CheckRequest)[-1].facts == {"首次违法": True, "主动消除": None}
    assert "需要一个事实" not in shown(at)
    at = at.button(key="desk_untell_0").click().run()
    assert "当事人是否首次实施该违法行为？" in shown(at)


def test_the_days_of_act_and_decision_are_sent(api, page):
    at = page("discretion")
    at.date_input(key="desk_act_day").set_value(dt.date(2026, 7, 1)).run()
    at.query_params["standard"] = WEIGHTED_KEY
    at = at.run()
    request = requests(api, CheckRequest)[-1]
    assert (request.act_date, request.decision_date) == (dt.date(2026, 7, 1), api.today)


def test_what_is_no_sum_is_said_and_not_sent(api, page):
    at = chosen(page)
    sent = len(requests(api, CheckRequest))
    assert "不是金额" in shown(propose(at, "很多钱"))
    assert len(requests(api, CheckRequest)) == sent


# ---- export --------------------------------------------------------------------------------------------------


def test_the_explanation_is_written_only_when_asked_for(api, page):
    at = chosen(page)
    assert requests(api, ExplainRequest) == []
    assert [e.label for e in at.expander if e.label == "写出裁量说明"]


# ---- review --------------------------------------------------------------------------------------------------


def reviewing(page, record=True):
    at = page("discretion")
    at.query_params["view"] = "待核对记录"
    if record:
        at.query_params["record"] = TIERED_KEY
    at = at.run()
    at = at.segmented_control(key="view").set_value("待核对记录").run()
    assert not at.exception
    return at


def test_records_in_doubt_are_listed_with_why_and_where(page):
    at = reviewing(page, record=False)
    html = shown(at)
    assert "共 1 条，其中 1 条尚未更正。" in html
    assert "第2档的罚款未能确认。（第90页第4行）" in html
    at = at.button(key="desk_entry_open_0").click().run()
    assert at.query_params["record"] == TIERED_KEY


def test_a_record_stands_beside_the_picture_of_its_page(api, page):
    at = reviewing(page)
    assert ("picture", TIERED_KEY, 90) in api.desk.requests
    assert at.text_input(key="desk_by").value == ""
    assert not at.exception


def test_a_correction_is_saved_with_who_made_it_and_can_be_removed(api, page):
    at = reviewing(page)
    at = at.segmented_control(key=f"desk_how_{TIERED_KEY}").set_value("JSON").run()
    editor = next(area for area in at.text_area if area.label == "记录（JSON）")
    editor.set_value('{"id": "2.1", "title": "改正后的标题"}')
    at.text_input(key="desk_by").set_value("核对人")
    at = at.button(key="desk_save").click().run()
    assert not at.exception
    assert api.desk.corrections == {
        TIERED_KEY: CorrectionRequest(record={"id": "2.1", "title": "改正后的标题"}, by="核对人")
    }
    assert "已更正（核对人）" in shown(at)
    at = at.button(key="desk_remove").click().run()
    assert api.desk.corrections == {}


def test_a_refused_correction_says_where_and_why(api, page):
    at = reviewing(page)
    at = at.segmented_control(key=f"desk_how_{TIERED_KEY}").set_value("JSON").run()
    editor = next(area for area in at.text_area if area.label == "记录（JSON）")
    editor.set_value('{"id": "2.1"}')
    at = at.button(key="desk_save").click().run()
    assert "没有保存" in shown(at)
    assert "title：记录缺少标题。" in shown(at)
    assert api.desk.corrections == {}


def test_broken_json_cannot_be_saved(page):
    at = reviewing(page)
    at = at.segmented_control(key=f"desk_how_{TIERED_KEY}").set_value("JSON").run()
    editor = next(area for area in at.text_area if area.label == "记录（JSON）")
    at = editor.set_value("{").run()
    assert "不是合法的 JSON" in shown(at)
    assert at.button(key="desk_save").disabled


# ---- faults --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServerUnavailable("refused"), "连接不上答复服务"),
        (InvalidInput("没有名为“天气”的裁量因素。"), "没有名为“天气”的裁量因素。"),
        (NotFound("没有这一项。"), "没有这一项。"),
    ],
    ids=["unreachable", "refused", "gone"],
)
def test_an_error_of_the_desk_is_said_in_plain_chinese(api, page, error, words):
    at = page("discretion")
    api.desk.fails = error
    assert words in shown(find(at))


def test_what_comes_from_outside_is_never_markup(api, page):
    api.desk.held[WEIGHTED_KEY] = weighted().model_copy(
        update={"title": HOSTILE, "chapter": HOSTILE, "remark": HOSTILE, "document": HOSTILE, "place": HOSTILE}
    )
    html = shown(find(page("discretion"), HOSTILE)) + shown(opened(page))
    assert "<script" not in html
    assert "<img" not in html


def test_a_sum_with_factors_still_open_says_which(api, page, monkeypatch):
    plain = api.desk.compute

    def computed_at_once(request):
        return plain(request).model_copy(update={"state": "computed", "needs": [], "fine_yuan": Decimal(70000)})

    monkeypatch.setattr(api.desk, "compute", computed_at_once)
    at = opened(page)
    assert "尚未选择：超标倍数、排放时间。" in shown(at)
    at = at.radio(key=f"desk_factor_{WEIGHTED_KEY}_0").set_value("超标1倍以下").run()
    assert "尚未选择：排放时间。" in shown(at)


def test_a_check_without_grounds_ranges_or_other_choices_is_shown_all_the_same(api, page, monkeypatch):
    plain = api.desk.check

    def bare(request):
        return plain(request).model_copy(update={"against": [], "grounds": [], "justifying": []})

    monkeypatch.setattr(api.desk, "check", bare)
    html = shown(propose(chosen(page), "20万"))
    assert "不予处罚核查" in html
    assert "从轻、减轻、从重等事由" not in html
