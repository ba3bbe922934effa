"""The desk over HTTP: the typed client returns what the desk returned, and every refusal has the one error shape."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.api.desk_routes import DOCX, PNG
from assistant.api.errors import MEDIA_TYPE
from assistant.contract import Preparation
from assistant.discretion.contract import (
    AuditRequest,
    CheckRequest,
    ComputeRequest,
    CorrectionRequest,
    ExplainRequest,
    FindRequest,
)
from assistant.discretion.gate import DeskGate
from corpus.errors import InvalidInput, NotFound, StillPreparing
from tests.assistant.desk_stand_in import TIERED_KEY, WEIGHTED_KEY, StandInDesk
from tests.assistant.services import services_of

CHOSEN = {"超标倍数": "超标1倍以下", "排放时间": "一天"}
COMPUTE = ComputeRequest(standard=WEIGHTED_KEY, choose=CHOSEN, variant="限期内改正")
CHECK = CheckRequest(
    standard=WEIGHTED_KEY,
    choose=CHOSEN,
    variant="限期内改正",
    proposed_yuan=Decimal("50000.50"),
    inputs={"建设项目总投资额": Decimal("1234567.89")},
    facts={"首次违法": True, "主动消除": None},
    act_date="2026-01-02",
    description="夜里排放",
)
EXPLAIN = ExplainRequest(standard=WEIGHTED_KEY, choose=CHOSEN, variant="限期内改正", case_name="示例案")
CORRECTION = CorrectionRequest(record={"title": "改正后的标题", "tiers": [{"fine": "1"}]}, by="核对人", note="见原件")


class _InProcess(httpx.BaseTransport):
    def __init__(self, app) -> None:
        self._http = TestClient(app, raise_server_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._http.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=request)


@pytest.fixture
def http(stand_in, settings, desk):
    return TestClient(create_app(services_of(stand_in, desk), settings), raise_server_exceptions=False)


@pytest.fixture
def client(stand_in, settings, desk):
    transport = _InProcess(create_app(services_of(stand_in, desk), settings))
    with ApiClient("http://test", transport=transport) as client:
        yield client.desk


CALLS = {
    "standards": lambda d: d.standards(),
    "standards narrowed": lambda d: d.standards("摆摊", "示范市行政处罚裁量基准（示例）", dt.date(2022, 1, 1)),
    "standard": lambda d: d.standard(WEIGHTED_KEY, dt.date(2022, 1, 1)),
    "items": lambda d: d.items("doc-8"),
    "find": lambda d: d.find(FindRequest(description="排放\n污水", region="示范市", as_of="2026-01-02", limit=3)),
    "compute": lambda d: d.compute(COMPUTE),
    "compute, facts missing": lambda d: d.compute(ComputeRequest(standard=WEIGHTED_KEY)),
    "compute, tier": lambda d: d.compute(ComputeRequest(standard=TIERED_KEY, tier=1)),
    "check": lambda d: d.check(CHECK),
    "explain": lambda d: d.explain(EXPLAIN),
    "explain as DOCX": lambda d: d.explain_docx(EXPLAIN),
    "audit": lambda d: d.audit(AuditRequest(document="doc-7", as_of="2022-01-01")),
    "review": lambda d: d.review("doc-7"),
    "correct": lambda d: d.correct(TIERED_KEY, CORRECTION),
    "picture": lambda d: d.picture(TIERED_KEY, 90),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_the_client_returns_what_the_desk_returns_and_the_desk_gets_the_request_unchanged(call, client, desk):
    direct = StandInDesk()
    assert call(client) == call(direct)
    assert desk.requests == direct.requests


def test_a_correction_is_kept_and_removed(client, desk):
    assert client.correct(TIERED_KEY, CORRECTION).correction == CORRECTION.record
    assert client.remove_correction(TIERED_KEY).correction is None
    assert desk.corrections == {}


def test_money_travels_as_decimal_text_never_as_a_float(http):
    answer = http.post("/api/discretion/check", json=json.loads(CHECK.model_dump_json())).json()
    assert answer["proposed_yuan"] == "50000.50"
    assert answer["computed"]["fine_yuan"] == "200000"


def test_a_docx_comes_as_a_file_with_a_chinese_name(http):
    answer = http.post("/api/discretion/explain.docx", json={"standard": WEIGHTED_KEY})
    assert answer.headers["content-type"] == DOCX
    assert "filename*=UTF-8''%E8%A3%81" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"PK")


def test_a_picture_comes_as_png(http):
    answer = http.get(f"/api/discretion/pictures/{TIERED_KEY}?page=90")
    assert answer.headers["content-type"] == PNG
    assert answer.content.startswith(b"\x89PNG")


FAULTS = {
    "unknown standard": (lambda d: d.standard("ver-9/1"), NotFound, "ver-9/1"),
    "unknown standard computed": (lambda d: d.compute(ComputeRequest(standard="没有")), NotFound, "没有"),
    "unknown factor": (
        lambda d: d.compute(ComputeRequest(standard=WEIGHTED_KEY, choose={"天气": "晴"})),
        InvalidInput,
        "天气",
    ),
    "picture that is not kept": (lambda d: d.picture(WEIGHTED_KEY), NotFound, "没有页面图片"),
    "correction refused": (
        lambda d: d.correct(TIERED_KEY, CorrectionRequest(record={"id": "2.1"})),
        InvalidInput,
        "缺少标题",
    ),
    "nothing to remove": (lambda d: d.remove_correction(TIERED_KEY), NotFound, "没有更正"),
}


@pytest.mark.parametrize(("call", "kind", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_what_the_desk_raises_is_raised_by_the_client(call, kind, words, client):
    with pytest.raises(kind) as caught:
        call(client)
    assert words in caught.value.what


REFUSALS = {
    "no description": ("find", {}, "违法情形：缺少这一项"),
    "blank description": ("find", {"description": " "}, "为空"),
    "description too long": ("find", {"description": "罚" * 2001}, "2000"),
    "control character": ("find", {"description": "排\x07放"}, "U+0007"),
    "too many": ("find", {"description": "排放", "limit": 31}, "不得大于 30"),
    "no standard": ("compute", {}, "裁量标准：缺少这一项"),
    "unknown field": ("compute", {"standard": "x", "options": {}}, "没有这一项"),
    "option is a number": ("compute", {"standard": "x", "choose": {"超标倍数": 1}}, "须为文字"),
    "sum in words": ("compute", {"standard": "x", "inputs": {"总投资额": "五百万"}}, "须为金额"),
    "negative sum": ("check", {"standard": "x", "proposed_yuan": -1}, "拟罚款金额：不得小于 0"),
    "sum that is no number": ("check", {"standard": "x", "proposed_yuan": "NaN"}, "须为有限的数"),
    "sum beyond all money": ("check", {"standard": "x", "proposed_yuan": "1e400"}, "不得大于"),
    "endless decimals": ("check", {"standard": "x", "proposed_yuan": "1e-400"}, "小数位数过多"),
    "day that does not exist": ("check", {"standard": "x", "act_date": "2026-02-29"}, "不存在"),
    "day as a number": ("check", {"standard": "x", "decision_date": 20260101}, "YYYY-MM-DD"),
    "fact in words": ("check", {"standard": "x", "facts": {"首次违法": "也许"}}, "须为 true 或 false"),
    "day of the audit": ("audit", {"as_of": "昨天"}, "YYYY-MM-DD"),
}


@pytest.mark.parametrize(("path", "body", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_bad_input_is_a_problem_in_chinese_that_says_where(path, body, words, http, desk):
    raw = json.dumps(body)
    answer = http.post(f"/api/discretion/{path}", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert words in answer.json()["detail"]
    assert answer.json()["where"]
    assert desk.requests == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/discretion/standards/ver-9/1", 404),
        ("GET", "/api/discretion/pictures/ver-9/1", 404),
        ("GET", "/api/discretion/pictures/ver-7/2.1?page=0", 422),
        ("GET", "/api/discretion/standards?as_of=2026-13-01", 422),
        ("DELETE", "/api/discretion/corrections/ver-7/2.1", 404),
        ("PUT", "/api/discretion/corrections/ver-7/2.1", 422),
        ("GET", "/api/discretion/compute", 405),
    ],
)
def test_every_refusal_has_the_same_shape(http, method, path, status):
    answer = http.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_correction_beyond_the_limit_is_refused_before_it_is_read(stand_in, settings, desk):
    limits = settings.limits.model_copy(update={"document_chars": 1000})
    http = TestClient(create_app(services_of(stand_in, desk), settings.model_copy(update={"limits": limits})))
    answer = http.put(f"/api/discretion/corrections/{TIERED_KEY}", json={"record": {"title": "题" * 20_000}})
    assert answer.status_code == 413
    assert desk.requests == []


GATED = {name: call for name, call in CALLS.items() if name != "compute, tier"}


@pytest.mark.parametrize("call", GATED.values(), ids=GATED.keys())
def test_before_the_desk_is_there_every_request_says_how_far_it_is(call):
    gate = DeskGate(lambda: Preparation(stage="loading", message="正在装载法律", done=1, total=4))
    with pytest.raises(StillPreparing, match="1/4"):
        call(gate)
    gate.set(StandInDesk())
    assert call(gate) == call(StandInDesk())
    gate.close()
    with pytest.raises(StillPreparing):
        call(gate)
