"""Accounts over HTTP: the whole way of a person from set-up to log-out, and what protects the door."""

from __future__ import annotations

import logging

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.accounts.contract import (
    AccountChange,
    AccountRequest,
    LoginRequest,
    PasswordChange,
    SetupRequest,
    TokenRequest,
)
from assistant.accounts.roles import Permission, Role
from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.api.own_origin import OnlyThisMachine, host_of, is_loopback, is_own_origin, require_accounts_off_loopback
from assistant.contract import SearchRequest
from corpus.errors import Forbidden, InvalidInput, NotAuthenticated
from tests.assistant.account_setup import PASSWORD, Clock, add, fresh_accounts
from tests.assistant.services import services_of


class InProcess(httpx.BaseTransport):
    """Hands the client's requests to the application without a socket."""

    def __init__(self, app) -> None:
        self._http = TestClient(app, raise_server_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._http.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=request)


@pytest.fixture
def accounts(tmp_path):
    return fresh_accounts(tmp_path, Clock())


@pytest.fixture
def app(stand_in, settings, desk, accounts):
    return create_app(services_of(stand_in, desk, accounts=accounts, authenticator=accounts.authenticator), settings)


@pytest.fixture
def client(app):
    with ApiClient("http://test", transport=InProcess(app)) as client:
        yield client


@pytest.fixture
def http(app):
    return TestClient(app, raise_server_exceptions=False)


def test_from_the_first_administrator_to_a_colleague_s_token(client, accounts):
    request = SetupRequest(code=accounts.new_setup_code(), login="root", name="管理员", password=PASSWORD)
    assert client.accounts.setup_state().needs_setup
    root = client.bearing(client.accounts.set_up(request).token)
    assert root.me().role is Role.ADMIN
    made = root.accounts.create_account(AccountRequest(login="zhang", name="张三", region="宁波"))
    assert made.account.region == "宁波市"

    first = client.bearing(client.accounts.login(LoginRequest(login="zhang", password=made.password)).token)
    assert first.me().must_change_password
    with pytest.raises(Forbidden):
        first.search(SearchRequest(question="示例"))
    first.accounts.change_password(PasswordChange(current=made.password, new=PASSWORD))
    with pytest.raises(NotAuthenticated):
        first.me()

    zhang = client.bearing(client.accounts.login(LoginRequest(login="zhang", password=PASSWORD)).token)
    assert zhang.search(SearchRequest(question="示例")).results
    token = zhang.accounts.create_token(TokenRequest(name="案件系统", scopes=[Permission.READ]))
    program = client.bearing(token.token)
    assert program.search(SearchRequest(question="示例")).results
    with pytest.raises(Forbidden):
        program.me()
    zhang.accounts.revoke_token(token.id)
    with pytest.raises(NotAuthenticated):
        program.search(SearchRequest(question="示例"))

    assert [s.current for s in zhang.accounts.sessions().items] == [True]
    changed = AccountChange(name="张三", role=Role.LEGAL, active=True)
    assert root.accounts.change_account(made.account.id, changed).role is Role.LEGAL
    with pytest.raises(NotAuthenticated):
        zhang.me()
    assert root.accounts.unlock(made.account.id).locked_until is None
    assert root.accounts.reset_password(made.account.id).password != made.password
    assert root.accounts.accounts(limit=1, offset=1).total == 2
    root.accounts.logout()
    with pytest.raises(NotAuthenticated):
        root.me()


def test_two_people_over_the_same_connections_never_become_each_other(client, accounts):
    people = {}
    for name in ("zhang", "li"):
        add(accounts, name)
        people[name] = client.bearing(client.accounts.login(LoginRequest(login=name, password=PASSWORD)).token)
    for _ in range(3):
        assert [people[name].me().login for name in ("zhang", "li", "zhang")] == ["zhang", "li", "zhang"]
    with pytest.raises(NotAuthenticated):
        client.me()


@pytest.mark.parametrize("token", ["令牌", "a b", "a\r\nX-Role: admin", "", "x" * 201])
def test_what_cannot_be_a_token_is_never_sent(client, token):
    with pytest.raises(InvalidInput):
        client.bearing(token)._wire.bearing(token)


def test_a_wrong_password_is_401_alike_for_all_names(http, accounts):
    add(accounts, "zhang")
    said = [http.post("/api/login", json={"login": n, "password": "wrong-1234"}).json() for n in ("zhang", "nobody")]
    assert said[0] == said[1]
    assert said[0]["status"] == 401


@pytest.mark.parametrize("size", [201, 100_000])
def test_very_long_passwords_are_refused_before_any_work_and_never_repeated(http, size):
    answer = http.post("/api/login", json={"login": "zhang", "password": "秘" * size})
    assert answer.status_code in (413, 422)
    assert "秘秘" not in answer.text


def test_nothing_of_a_log_in_is_written_to_the_log(http, accounts, caplog):
    add(accounts, "zhang")
    with caplog.at_level(logging.DEBUG):
        token = http.post("/api/login", json={"login": "zhang", "password": PASSWORD}).json()["token"]
        http.post("/api/login", json={"login": "zhang", "password": "wrong-secret"})
        http.get("/api/me", headers={"Authorization": f"Bearer {token}"})
    for secret in (PASSWORD, "wrong-secret", token):
        assert secret not in caplog.text


def test_a_token_that_is_good_no_longer_does_not_keep_from_logging_in(http, accounts):
    add(accounts, "zhang")
    old = {"Authorization": "Bearer eas_over"}
    assert http.post("/api/login", json={"login": "zhang", "password": PASSWORD}, headers=old).status_code == 200
    assert http.get("/api/health", headers=old).status_code == 200


def limited(stand_in, desk, settings, accounts, **limits):
    given = settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})
    services = services_of(stand_in, desk, accounts=accounts, authenticator=accounts.authenticator)
    return TestClient(create_app(services, given), raise_server_exceptions=False)


def test_log_ins_are_limited_by_address(stand_in, desk, settings, accounts):
    http = limited(stand_in, desk, settings, accounts, logins_per_minute=3)
    answers = [http.post("/api/login", json={"login": f"name{n}", "password": "x"}) for n in range(4)]
    assert [a.status_code for a in answers] == [401, 401, 401, 429]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60
    assert answers[3].headers["content-type"] == "application/problem+json"


def test_requests_are_limited_by_person_and_one_person_does_not_use_up_another_s(stand_in, desk, settings, accounts):
    http = limited(stand_in, desk, settings, accounts, requests_per_minute=3)
    tokens = []
    for name in ("zhang", "li"):
        add(accounts, name)
        tokens.append(accounts.login(LoginRequest(login=name, password=PASSWORD)).token)
    headers = [{"Authorization": f"Bearer {token}"} for token in tokens]
    assert [http.get("/api/me", headers=headers[0]).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert http.get("/api/me", headers=headers[1]).status_code == 200
    forged = [http.get("/api/me", headers={"Authorization": f"Bearer forged{n}"}).status_code for n in range(4)]
    assert forged == [401, 401, 401, 429]


def test_without_accounts_the_one_person_of_the_machine_is_not_counted(stand_in, desk, settings):
    given = settings.model_copy(update={"limits": settings.limits.model_copy(update={"requests_per_minute": 1})})
    http = TestClient(create_app(services_of(stand_in, desk), given))
    assert {http.get("/api/me").status_code for _ in range(5)} == {200}
    assert http.get("/api/me").json()["accounts"] is False


@pytest.mark.parametrize("path", ["/api/health", "/api/me", "/api/nothing", "/api/search?question=boom", "/docs"])
def test_every_answer_has_the_headers_that_browsers_obey_and_lets_no_other_site_in(stand_in, desk, settings, path):
    http = TestClient(create_app(services_of(stand_in, desk), settings), raise_server_exceptions=False)
    headers = http.get(path, headers={"Origin": "http://evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert not [name for name in headers if name.startswith("access-control-")]


# ---- where requests come from ------------------------------------------------------------------------------------

HOSTS = {
    "127.0.0.1": True, "localhost": True, "LocalHost": True, "::1": True, "[::1]": True, "127.9.9.9": True,
    "0.0.0.0": False, "::": False, "192.168.1.5": False, "localhost.evil.example": False, "127.0.0.1.nip.io": False,
    "": False, "2130706433": False,
}  # fmt: skip


@pytest.mark.parametrize(("host", "is_it"), HOSTS.items())
def test_loopback_is_this_machine_and_nothing_that_looks_like_it(host, is_it):
    assert is_loopback(host) is is_it


@pytest.mark.parametrize(("host", "setting"), [("0.0.0.0", "EASSISTANT_SERVER__HOST"), ("::", "EASSISTANT_UI__HOST")])
def test_listening_elsewhere_without_accounts_is_refused_with_what_to_set(host, setting):
    with pytest.raises(InvalidInput) as caught:
        require_accounts_off_loopback(host, accounts=False, setting=setting)
    assert "EASSISTANT_ACCOUNTS__ENABLED=true" in caught.value.remedy
    assert setting in caught.value.remedy
    require_accounts_off_loopback(host, accounts=True, setting=setting)
    require_accounts_off_loopback("127.0.0.1", accounts=False, setting=setting)


ASKED = [
    ({"Host": "127.0.0.1:8600"}, 200),
    ({"Host": "localhost:1"}, 200),
    ({"Host": "[::1]:8600"}, 200),
    ({"Host": "evil.example"}, 403),
    ({"Host": "127.0.0.1.evil.example:8600"}, 403),
    ({"Host": "evil.example@127.0.0.1"}, 403),
    ({"Host": "127.0.0.1:evil"}, 403),
    ({"Host": ""}, 403),
    ({"Host": "127.0.0.1:8600", "Origin": "http://127.0.0.1:8600"}, 200),
    ({"Host": "127.0.0.1:8600", "Origin": "http://127.0.0.1:9000"}, 403),
    ({"Host": "127.0.0.1:8600", "Origin": "https://evil.example"}, 403),
    ({"Host": "127.0.0.1:8600", "Origin": "null"}, 403),
    ({"Host": "127.0.0.1:8600", "Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
    ({"Host": "127.0.0.1:8600", "Origin": "http://[", "X-Forwarded-Host": "127.0.0.1"}, 403),
    ({"Host": "127.0.0.1:8600", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ({"Host": "127.0.0.1:8600", "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ({"Host": "127.0.0.1:8600", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    ({"Host": "127.0.0.1:8600", "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), ASKED, ids=str)
def test_without_accounts_only_pages_of_this_machine_get_an_answer(stand_in, desk, settings, headers, status):
    http = TestClient(OnlyThisMachine(create_app(services_of(stand_in, desk), settings)))
    answer = http.get("/api/me", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "EASSISTANT_ACCOUNTS__ENABLED" in answer.json()["remedy"]


def test_hosts_and_origins_are_read_strictly():
    assert host_of("Example.COM:80") == "example.com"
    assert [host_of(w) for w in ("a/b", "a?b", "a#b", "a@b", "a:b", "")] == [None] * 6
    assert not is_own_origin({})
    assert not is_own_origin({"origin": "http://", "host": ""})
