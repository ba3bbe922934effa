"""The door of the page: nobody gets in without a session, not through the websocket; forms of others do nothing."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.accounts.roles import Role
from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.page_server.addresses import (
    COOKIE,
    content_security_policy,
    is_open,
    login_address,
    safe_next,
)
from assistant.page_server.app import session_check
from assistant.page_server.gate import SessionGate
from assistant.page_server.login import login_routes
from tests.assistant.account_setup import PASSWORD, Clock, add, fresh_accounts
from tests.assistant.api.test_account_routes import InProcess
from tests.assistant.services import services_of

HERE = "https://page.unit"
OWN = {"Origin": HERE}
STREAM = "wss://page.unit/_stcore/stream"


@pytest.fixture
def accounts(tmp_path):
    return fresh_accounts(tmp_path, Clock())


@pytest.fixture
def door(stand_in, settings, desk, accounts):
    """The door before a page that says what it was asked for; the service takes the page's word for addresses."""
    services = services_of(stand_in, desk, accounts=accounts, authenticator=accounts.authenticator)
    few = settings.model_copy(update={"limits": settings.limits.model_copy(update={"requests_per_minute": 50})})
    service = ProxyHeadersMiddleware(create_app(services, few), "*")
    client = ApiClient("http://test", transport=InProcess(service))

    async def shown(request):
        return PlainTextResponse(f"page {request.url.path}")

    async def stream(websocket):
        await websocket.accept()
        await websocket.send_text("drawn")
        await websocket.close()

    return Starlette(
        routes=[*login_routes(client), WebSocketRoute("/_stcore/stream", stream), Route("/{rest:path}", shown)],
        middleware=[Middleware(SessionGate, check=session_check(client))],
    )


@pytest.fixture
def page(door):
    return visitor(door)


def visitor(door, address="198.51.100.1"):
    return TestClient(
        door, base_url=HERE, follow_redirects=False, headers={"Accept": "text/html"}, client=(address, 50000)
    )


def log_in(page, login="zhang", password=PASSWORD, headers=OWN, **more):
    return page.post("/login", data={"login": login, "password": password, **more}, headers=headers)


def test_without_a_session_the_way_leads_to_the_form_and_back(page, accounts):
    add(accounts, "zhang", Role.ADMIN)
    sent = page.get("/discretion?key=甲&view=2")
    assert sent.status_code == 303
    form = page.get(sent.headers["location"])
    wanted = re.search(r'name="next" value="([^"]+)"', form.text).group(1).replace("&amp;", "&")
    done = log_in(page, next=wanted)
    assert (done.status_code, done.headers["location"]) == (303, "/discretion?key=%E7%94%B2&view=2")
    assert page.get("/discretion").text == "page /discretion"


def test_the_cookie_is_for_this_server_and_for_no_script(page, accounts):
    add(accounts, "zhang")
    cookie = log_in(page).headers["set-cookie"].lower()
    for mark in ("httponly", "samesite=strict", "path=/", "secure"):
        assert mark in cookie
    page.base_url = "http://page.unit"
    plain = log_in(page, headers={"Origin": "http://page.unit"}).headers["set-cookie"].lower()
    assert "secure" not in plain


def test_the_websocket_that_draws_the_page_asks_for_a_session_too(page, accounts):
    add(accounts, "zhang")
    for cookies in ({}, {COOKIE: "eas_forged"}, {COOKIE: "eas_~$!"}):
        page.cookies = cookies
        with pytest.raises(WebSocketDisconnect), page.websocket_connect(STREAM):
            pass
    log_in(page)
    with page.websocket_connect(STREAM) as websocket:
        assert websocket.receive_text() == "drawn"


@pytest.mark.parametrize("origin", ["https://page.unit:9000", "https://evil.example", "null"])
def test_a_page_of_another_port_or_site_cannot_act_with_the_cookie(page, accounts, origin):
    add(accounts, "zhang")
    log_in(page)
    with page.websocket_connect(STREAM, headers={**OWN}) as websocket:
        assert websocket.receive_text() == "drawn"
    with pytest.raises(WebSocketDisconnect), page.websocket_connect(STREAM, headers={"Origin": origin}):
        pass
    assert page.put("/_stcore/upload_file/a/b", content=b"x", headers={"Origin": origin}).status_code == 403


PROTECTED = ["/", "/cite", "/media/abc.docx", "/_stcore/upload_file/1/2", "/_stcore/host-config", "/static/../secret",
             "/loginx", "/login/", "//login", "/_stcore/healthz"]  # fmt: skip


@pytest.mark.parametrize("path", PROTECTED)
def test_nothing_else_is_served_without_a_session(path):
    assert not is_open(path)


def test_programs_are_told_401_and_not_led_to_a_form(page):
    assert page.get("/media/x", headers={"Accept": "*/*"}).status_code == 401
    assert page.put("/_stcore/upload_file/a/b", content=b"x").status_code == 401


def test_a_session_that_is_over_leads_to_the_form_with_a_word_on_why(page, accounts):
    person = add(accounts, "zhang", Role.ADMIN)
    log_in(page)
    accounts.reset_password(person.id)
    sent = page.get("/cite")
    assert sent.headers["location"] == "/login?next=%2Fcite&note=expired"
    assert "登录已过期" in page.get(sent.headers["location"]).text


def test_a_planted_session_is_not_taken_over_and_the_former_one_ends(page, accounts):
    add(accounts, "zhang")
    log_in(page)
    former = page.cookies[COOKIE]
    log_in(page)
    assert page.cookies[COOKIE] != former
    page.cookies = {COOKIE: former}
    assert page.get("/").status_code == 303
    page.cookies = {COOKIE: "eas_planted-by-somebody"}
    log_in(page)
    assert page.cookies.get(COOKIE, domain="page.unit") != "eas_planted-by-somebody"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Origin": f"{HERE}.evil.example"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("path", ["/login", "/logout", "/setup"])
def test_forms_of_other_sites_do_nothing(page, accounts, path, headers):
    add(accounts, "zhang")
    log_in(page)
    answer = page.post(path, data={"login": "zhang", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert page.get("/").status_code == 200


@pytest.mark.parametrize(("path", "cookies"), [("/login", {}), ("/", {COOKIE: "eas_forged"})])
def test_who_floods_the_door_shuts_it_for_his_own_address_only(door, page, accounts, path, cookies):
    add(accounts, "zhang", Role.ADMIN)
    flooding = visitor(door, "203.0.113.7")
    flooding.cookies = cookies
    assert 429 in {flooding.get(path).status_code for _ in range(60)}
    assert page.get("/login").status_code == 200
    assert log_in(page).status_code == 303


def test_logging_out_ends_the_session_itself(page, accounts):
    add(accounts, "zhang")
    log_in(page)
    token = page.cookies[COOKIE]
    assert "退出" in page.get("/logout").text
    assert page.get("/").status_code == 200
    assert page.post("/logout", headers=OWN).headers["location"] == "/login?note=left"
    page.cookies = {COOKIE: token}
    assert page.get("/").status_code == 303


def test_the_first_administrator_is_set_up_on_the_page(page, accounts):
    code = accounts.new_setup_code()
    assert page.get("/login").headers["location"] == "/setup"
    fields = {"code": code, "login": "root", "name": "管理员", "password": PASSWORD, "again": PASSWORD}
    wrong = page.post("/setup", data={**fields, "again": "x"}, headers=OWN)
    assert (wrong.status_code, "不一致" in wrong.text) == (422, True)
    assert page.post("/setup", data={**fields, "code": "ABCDE"}, headers=OWN).status_code == 403
    assert page.post("/setup", data=fields, headers=OWN).headers["location"] == "/"
    assert page.get("/").status_code == 200
    assert page.get("/setup").headers["location"] == "/login"
    assert accounts.accounts().items[0].role is Role.ADMIN


HOSTILE = '"><script>alert(1)</script>'


def test_what_was_typed_comes_back_escaped_and_passwords_never(page, accounts):
    add(accounts, "zhang")
    answer = log_in(page, login=HOSTILE, password="my-secret-pass", next=HOSTILE)
    assert answer.status_code == 401
    assert "<script" not in answer.text
    assert "my-secret-pass" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"x" * 20_000, b"&".join(b"a=b" for _ in range(100)), b"\xff\xfe=%ff", b""])
def test_odd_forms_are_refused(page, accounts, body):
    add(accounts, "zhang")
    headers = {**OWN, "Content-Type": "application/x-www-form-urlencoded"}
    assert page.post("/login", content=body, headers=headers).status_code in (400, 401, 413, 422)


NEXT = {
    "/": "/", "/cite?a=1": "/cite?a=1", "": "/", "https://evil.example": "/", "//evil.example": "/",
    "/\\evil.example": "/", "/a\\..\\b": "/", "/\t/evil.example": "/", "javascript:alert(1)": "/", "cite": "/",
    "/x\r\nSet-Cookie: a=b": "/", "/logout": "/", "/login?next=/x": "/", "/" + "a" * 2000: "/",
}  # fmt: skip


@pytest.mark.parametrize(("given", "found"), NEXT.items())
def test_log_in_leads_to_paths_of_this_server_only(given, found):
    assert safe_next(given) == found


def test_the_address_of_the_form_keeps_where_one_wanted_to_go():
    assert login_address("/", "") == "/login"
    assert login_address("/cite", "id=1&x=2", "expired") == "/login?next=%2Fcite%3Fid%3D1%26x%3D2&note=expired"


def test_the_form_is_labelled_for_readers_and_password_managers(page, accounts):
    add(accounts, "zhang", Role.ADMIN)
    html = page.get("/login").text
    assert '<html lang="zh-CN">' in html
    for name in ("login", "password"):
        assert f'<label for="{name}">' in html
        assert f'id="{name}" name="{name}"' in html
    assert 'autocomplete="current-password"' in html
    assert "script" not in html


def test_the_policy_of_the_page_names_no_foreign_origin_and_every_inline_script_of_streamlit():
    from assistant.page_server.app import inline_scripts

    hashes = inline_scripts()
    policy = content_security_policy(hashes)
    assert "http" not in policy
    assert "*" not in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert all(len(base64.b64decode(h)) == sha256().digest_size for h in hashes)
