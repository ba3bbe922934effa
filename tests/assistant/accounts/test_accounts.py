"""Accounts: the first administrator, log-in, sessions, tokens, and what administrators may not do."""

from __future__ import annotations

import datetime as dt

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from assistant.accounts.contract import (
    AccountChange,
    AccountRequest,
    LoginRequest,
    PasswordChange,
    SetupRequest,
    TokenRequest,
)
from assistant.accounts.passwords import Passwords
from assistant.accounts.principal import ANONYMOUS, LOCAL
from assistant.accounts.reading import may_read
from assistant.accounts.roles import PERMISSIONS, Permission, Role
from assistant.accounts.schema import AccountRow, ApiTokenRow, SessionRow
from corpus.errors import Conflict, Forbidden, InvalidInput, NotAuthenticated, NotFound
from corpus.readers import Readers
from tests.assistant.account_setup import PASSWORD, add, fresh_accounts


def login(accounts, name, password=PASSWORD):
    return accounts.login(LoginRequest(login=name, password=password)).token


def change(**more):
    return AccountChange(**{"name": "某人", "role": Role.OFFICER, "active": True, **more})


def refused(accounts, name, password=PASSWORD) -> str:
    with pytest.raises(NotAuthenticated) as caught:
        login(accounts, name, password)
    return str(caught.value)


# ---- the first administrator -------------------------------------------------------------------------------------


def set_up(accounts, code, password=PASSWORD):
    return accounts.set_up(SetupRequest(code=code, login="Admin", name="管理员", password=password))


def test_the_first_administrator_is_made_with_the_code_of_the_console_once(accounts):
    code = accounts.new_setup_code()
    assert accounts.setup_state().needs_setup
    done = set_up(accounts, code.lower().replace("-", " "))
    assert (done.me.role, done.me.login) == (Role.ADMIN, "admin")
    assert accounts.authenticator.authenticate(done.token).id == done.me.id
    assert not accounts.setup_state().needs_setup
    assert accounts.new_setup_code() is None
    with pytest.raises(Forbidden):
        set_up(accounts, code)


def test_an_administrator_reads_only_what_their_own_department_reads(accounts):
    token = set_up(accounts, accounts.new_setup_code()).token
    limited = Readers(frozenset({"甲科"}))
    admin = accounts.authenticator.authenticate(token)
    assert not may_read(admin, limited)
    as_one_of_them = change(name="管理员", role=Role.ADMIN, department="甲科")
    accounts.change_account(admin.id, as_one_of_them)
    assert may_read(accounts.principal(admin.id), limited)
    assert may_read(LOCAL, limited)


@pytest.mark.parametrize("code", ["", "ABCDE", "none", "None"])
def test_no_other_code_is_accepted_whether_one_was_given_out_or_not(accounts, code):
    with pytest.raises(Forbidden):
        set_up(accounts, code)
    accounts.new_setup_code()
    with pytest.raises(Forbidden):
        set_up(accounts, code)


def test_a_code_given_out_before_an_administrator_was_made_otherwise_is_void(accounts):
    code = accounts.new_setup_code()
    add(accounts, "root", Role.ADMIN)
    with pytest.raises(Conflict):
        set_up(accounts, code)


# ---- log-in --------------------------------------------------------------------------------------------------------


def test_the_login_name_is_the_same_however_it_is_typed(accounts):
    person = add(accounts, "Zhang.San")
    for typed in ("zhang.san", " ZHANG.SAN ", "ｚｈａｎｇ．ｓａｎ"):
        assert accounts.authenticator.authenticate(login(accounts, typed)).id == person.id


def test_unknown_name_wrong_password_and_deactivated_account_get_one_and_the_same_message(accounts):
    add(accounts, "zhang")
    gone = add(accounts, "gone")
    accounts.change_account(gone.id, change(active=False))
    said = {refused(accounts, "zhang", "wrong"), refused(accounts, "nobody"), refused(accounts, "gone")}
    assert len(said) == 1
    assert "密码不正确" in said.pop()


def test_a_name_locks_at_the_fifth_failure_whether_it_has_an_account_or_not(accounts, clock):
    add(accounts, "zhang")
    for name in ("zhang", "nobody"):
        said = [refused(accounts, name, "wrong") for _ in range(6)]
        assert len(set(said[:4])) == 1
        assert "以后再试" in said[4]
        assert said[4] == said[5]
    assert "以后再试" in refused(accounts, "zhang")  # the right password does not help
    clock.turn(minutes=1)
    login(accounts, "zhang")
    assert "以后再试" not in refused(accounts, "zhang", "wrong")  # and counting begins anew


def test_failures_are_forgotten_after_a_day(accounts, clock):
    add(accounts, "zhang")
    for _ in range(4):
        refused(accounts, "zhang", "wrong")
    clock.turn(hours=25)
    refused(accounts, "other", "wrong")
    assert "以后再试" not in refused(accounts, "zhang", "wrong")


def test_an_administrator_sees_a_lock_and_lifts_it(accounts):
    person = add(accounts, "zhang")
    for _ in range(5):
        refused(accounts, "zhang", "wrong")
    assert accounts.accounts().items[0].locked_until is not None
    assert accounts.unlock(person.id).locked_until is None
    login(accounts, "zhang")


def test_the_same_work_is_done_for_a_name_that_nobody_bears(tmp_path, clock):
    worked = []

    class Counting(PasswordHasher):
        def verify(self, hash, password):
            worked.append(hash.split("$")[1:4])
            return super().verify(hash, password)

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    accounts = fresh_accounts(tmp_path, clock, passwords=passwords)
    add(accounts, "zhang")
    gone = add(accounts, "gone")
    accounts.change_account(gone.id, change(active=False))
    for name in ("zhang", "nobody", "gone"):
        refused(accounts, name, "wrong")
    assert len(worked) == 3
    assert worked[0] == worked[1] == worked[2]


def test_a_hash_of_weaker_parameters_is_renewed_at_log_in(tmp_path, clock):
    add(fresh_accounts(tmp_path, clock), "zhang")
    stronger = fresh_accounts(
        tmp_path, clock, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    )
    login(stronger, "zhang")
    with stronger._data.read() as session:
        kept = session.scalar(select(AccountRow.password_hash))
    assert kept.startswith("$argon2id$")
    assert "m=16,t=2" in kept
    login(stronger, "zhang")


def test_with_accounts_off_nobody_logs_in_and_everybody_is_the_person_of_this_machine(tmp_path, clock):
    accounts = fresh_accounts(tmp_path, clock, enabled=False)
    assert accounts.authenticator.authenticate("eas_whatever") is LOCAL
    assert accounts.new_setup_code() is None
    assert not accounts.me(LOCAL).accounts
    for attempt in (
        lambda: accounts.login(LoginRequest(login="a", password="b")),
        lambda: set_up(accounts, ""),
        lambda: accounts.change_password(LOCAL, PasswordChange(current="a", new="b")),
        lambda: accounts.create_token(LOCAL, TokenRequest(name="x", scopes=[Permission.READ])),
    ):
        with pytest.raises(Conflict) as caught:
            attempt()
        assert "EASSISTANT_ACCOUNTS__ENABLED" in caught.value.remedy


# ---- sessions ----------------------------------------------------------------------------------------------------


def test_every_log_in_makes_a_token_of_its_own_and_keeps_its_hash_only(accounts):
    add(accounts, "zhang")
    tokens = {login(accounts, "zhang") for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) == len("eas_") + 43 for token in tokens)
    with accounts._data.read() as session:
        kept = session.scalars(select(SessionRow.token_hash)).all()
    assert len(kept) == 3
    assert not tokens & set(kept)


FORGED = ["", "x", "eas_", "eat_", "eas_" + "A" * 43, "eat_" + "A" * 43, "eas_' OR 1=1 --", "eas_\x00", "e" * 100_000,
          "eas_\ud800", "Bearer eas_x"]  # fmt: skip


@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
def test_forged_tokens_are_refused(accounts, token):
    login_token = login(accounts, add(accounts, "zhang").name)
    for given in (token, f"{token}.{login_token}", login_token + " ", login_token[:-1], login_token.upper()):
        with pytest.raises(NotAuthenticated):
            accounts.authenticator.authenticate(given)


def test_no_token_is_nobody(accounts):
    assert accounts.authenticator.authenticate(None) is ANONYMOUS


def test_the_hash_of_a_token_is_no_token(accounts):
    add(accounts, "zhang")
    login(accounts, "zhang")
    with accounts._data.read() as session:
        kept = session.scalar(select(SessionRow.token_hash))
    for given in (kept, f"eas_{kept}"):
        with pytest.raises(NotAuthenticated):
            accounts.authenticator.authenticate(given)


def good(accounts, token) -> bool:
    try:
        return bool(accounts.authenticator.authenticate(token).id)
    except NotAuthenticated:
        return False


def test_a_session_ends_when_idle_and_at_the_latest_after_its_hours(accounts, clock):
    add(accounts, "zhang")
    token = login(accounts, "zhang")
    for _ in range(12):
        clock.turn(minutes=59)
        assert good(accounts, token)
    clock.turn(minutes=13)
    assert not good(accounts, token)  # twelve hours since log-in
    token = login(accounts, "zhang")
    clock.turn(minutes=119)
    assert good(accounts, token)
    clock.turn(minutes=120)
    assert not good(accounts, token)


def _log_out(accounts, person, token):
    accounts.logout(token)


def _change_password(accounts, person, token):
    accounts.change_password(person, PasswordChange(current=PASSWORD, new="another-horse-8"))


def _deactivate(accounts, person, token):
    accounts.change_account(person.id, change(active=False))


def _change_role(accounts, person, token):
    accounts.change_account(person.id, change(role=Role.LEGAL))


def _reset(accounts, person, token):
    accounts.reset_password(person.id)


def _end(accounts, person, token):
    accounts.end_session(person, accounts.sessions(person, token).items[0].id)


@pytest.mark.parametrize("act", [_log_out, _change_password, _deactivate, _change_role, _reset, _end])
def test_a_session_is_over_at_once(accounts, act):
    person = add(accounts, "zhang")
    token = login(accounts, "zhang")
    assert good(accounts, token)
    act(accounts, person, token)
    assert not good(accounts, token)


def test_another_department_holds_at_once_and_keeps_the_session(accounts):
    person = add(accounts, "zhang", department="执法一科", region="宁波")
    token = login(accounts, "zhang")
    assert accounts.authenticator.authenticate(token).region == "宁波市"
    accounts.change_account(person.id, change(department=" 法制　科 ", region=""))
    now = accounts.authenticator.authenticate(token)
    assert (now.department, now.region) == ("法制 科", None)


def test_a_person_sees_and_ends_their_own_sessions_only(accounts):
    zhang, li = add(accounts, "zhang"), add(accounts, "li")
    token, other = login(accounts, "zhang"), login(accounts, "li")
    mine = accounts.sessions(zhang, token)
    assert [s.current for s in mine.items] == [True]
    with pytest.raises(NotFound):
        accounts.end_session(li, mine.items[0].id)
    assert good(accounts, token)
    assert good(accounts, other)


# ---- passwords ---------------------------------------------------------------------------------------------------

BAD_PASSWORDS = {"short": "a-b-c-9", "plain": "1111111111111", "name": "xzhangsan-2026", "long": "ab-9" * 51}


@pytest.mark.parametrize("new", BAD_PASSWORDS.values(), ids=BAD_PASSWORDS.keys())
def test_weak_passwords_are_refused(accounts, new):
    person = add(accounts, "zhangsan")
    given = PasswordChange.model_construct(current=PASSWORD, new=new)
    with pytest.raises(InvalidInput):
        accounts.change_password(person, given)


def test_the_present_password_is_asked_for_and_its_failures_count(accounts):
    person = add(accounts, "zhang")
    for _ in range(5):
        with pytest.raises(InvalidInput) as caught:
            accounts.change_password(person, PasswordChange(current="wrong", new="another-horse-8"))
    assert "以后再试" in caught.value.remedy


@pytest.mark.parametrize(
    "password", ["密码很长很长的一句话", "ｐａｓｓｗｏｒｄ－９", "e\u0301e\u0301e\u0301-abc-123", "🐎🔋📎⛰-abcdef"]
)
def test_passwords_of_any_script_work_however_they_are_composed(accounts, password):
    import unicodedata

    person = add(accounts, "zhang")
    accounts.change_password(person, PasswordChange(current=PASSWORD, new=password))
    for form in ("NFC", "NFD", "NFKC"):
        login(accounts, "zhang", unicodedata.normalize(form, password))


def test_a_one_time_password_opens_nothing_but_the_change_of_itself(accounts):
    made = accounts.create_account(AccountRequest(login="new", name="新人", role=Role.ADMIN))
    done = accounts.login(LoginRequest(login="new", password=made.password))
    assert done.me.must_change_password
    person = accounts.authenticator.authenticate(done.token)
    assert person.permissions == {Permission.PUBLIC, Permission.ACCOUNT}
    for scope in (Permission.MANAGE_ACCOUNTS, Permission.ACCOUNT):
        with pytest.raises(Forbidden):
            accounts.create_token(person, TokenRequest(name="x", scopes=[scope]))
    accounts.change_password(person, PasswordChange(current=made.password, new=PASSWORD))
    assert accounts.authenticator.authenticate(login(accounts, "new")).permissions == PERMISSIONS[Role.ADMIN]


# ---- API tokens --------------------------------------------------------------------------------------------------


def token_of(accounts, person, *scopes, days=None):
    return accounts.create_token(person, TokenRequest(name="案件系统", scopes=scopes, expires_in_days=days))


def test_a_token_may_do_what_both_role_and_scopes_allow_at_each_use(accounts):
    boss = add(accounts, "boss", Role.LEGAL)
    made = token_of(accounts, boss, Permission.READ, Permission.REVIEW)
    use = accounts.authenticator.authenticate
    assert use(made.token).permissions == {Permission.PUBLIC, Permission.READ, Permission.REVIEW}
    accounts.change_account(boss.id, change(role=Role.OFFICER))
    assert use(made.token).permissions == {Permission.PUBLIC, Permission.READ}
    accounts.change_account(boss.id, change(active=False))
    with pytest.raises(NotAuthenticated):
        use(made.token)


def test_a_token_is_shown_once_and_kept_hashed(accounts):
    person = add(accounts, "zhang")
    made = token_of(accounts, person, Permission.READ)
    assert made.token.startswith("eat_")
    listed = accounts.tokens(person).items[0]
    assert made.token not in listed.model_dump_json()
    with accounts._data.read() as session:
        assert made.token[4:] not in str(vars(session.scalar(select(ApiTokenRow))))
    accounts.authenticator.authenticate(made.token)
    assert accounts.tokens(person).items[0].last_used is not None


def test_scopes_beyond_ones_own_are_refused_also_through_a_token(accounts):
    person = add(accounts, "boss", Role.LEGAL)
    with pytest.raises(Forbidden):
        token_of(accounts, person, Permission.MANAGE_ACCOUNTS)
    narrow = accounts.authenticator.authenticate(token_of(accounts, person, Permission.ACCOUNT).token)
    with pytest.raises(Forbidden):
        token_of(accounts, narrow, Permission.READ)


def test_a_token_makes_no_token_which_would_outlive_it(accounts):
    person = add(accounts, "boss", Role.LEGAL)
    short = token_of(accounts, person, Permission.ACCOUNT, days=1)
    with pytest.raises(Forbidden):
        token_of(accounts, accounts.authenticator.authenticate(short.token), Permission.ACCOUNT)
    assert accounts.tokens(person).total == 1


@pytest.mark.parametrize("act", [_deactivate, _reset])
def test_the_tokens_of_who_is_shut_out_do_not_come_back_with_the_account(accounts, act):
    person = add(accounts, "zhang")
    made = token_of(accounts, person, Permission.READ)
    act(accounts, person, None)
    accounts.change_account(person.id, change())
    assert not good(accounts, made.token)


def test_tokens_expire_and_are_revoked_by_their_owner_only(accounts, clock):
    person, other = add(accounts, "zhang"), add(accounts, "li")
    short, long = token_of(accounts, person, Permission.READ, days=1), token_of(accounts, person, Permission.READ)
    clock.turn(days=1)
    assert [good(accounts, short.token), good(accounts, long.token)] == [False, True]
    with pytest.raises(NotFound):
        accounts.revoke_token(other, long.id)
    accounts.revoke_token(person, long.id)
    assert not good(accounts, long.token)


# ---- administrators ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [{"role": Role.OFFICER}, {"role": Role.ADMIN, "active": False}])
def test_the_last_administrator_stays(accounts, to):
    last = add(accounts, "root", Role.ADMIN)
    with pytest.raises(Conflict):
        accounts.change_account(last.id, change(**to))
    second = add(accounts, "second", Role.ADMIN)
    accounts.change_account(last.id, change(**to))
    with pytest.raises(Conflict):
        accounts.change_account(second.id, change(**to))


NAMES = ["", " ", "a b", "a\u200bb", "a\u202eb", "<b>", "张 三", "a/b", "x" * 65, "\x00"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_odd_login_names_are_refused(accounts, name):
    with pytest.raises(InvalidInput):
        accounts.create_account(AccountRequest.model_construct(login=name, name="某人", role=Role.OFFICER))


def test_names_of_any_script_may_log_in_and_none_is_given_twice(accounts):
    for name in ("张三", "Ünal", "قاضي", "zhang_3@unit.gov"):
        add(accounts, name)
        login(accounts, name)
    for same in ("ＺＨＡＮＧ_3@UNIT.GOV", "ünal", "U\u0308nal"):
        with pytest.raises(Conflict):
            add(accounts, same)


def test_a_region_is_kept_as_documents_name_it_and_an_unknown_one_is_refused(accounts):
    assert add(accounts, "zhang", region="浙江宁波").region == "宁波市"
    with pytest.raises(InvalidInput):
        add(accounts, "li", region="不存在市")
    assert accounts.accounts().total == 1


def test_accounts_are_listed_in_pages(accounts):
    for name in "cab":
        add(accounts, name)
    page = accounts.accounts(limit=2, offset=1)
    assert ([a.login for a in page.items], page.total) == (["b", "c"], 3)
    assert page.items[0].created == dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)
