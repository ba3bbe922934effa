"""``eassistant accounts`` (账户): on the data folder itself, so that it helps when nobody can log in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.accounts.roles import ROLE_ZH, Permission, Role
from assistant.cli import connect
from assistant.cli.options import Json
from corpus.clock import local
from corpus.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from assistant.accounts.contract import AccountInfo, OneTimePassword
    from assistant.accounts.local import LocalAccounts
    from assistant.settings import Settings

_EVERY = 200

LoginName = Annotated[str, typer.Argument(help="登录名。Login name.")]


def create(
    login: LoginName,
    role: Annotated[Role, typer.Option("--role", help="角色：officer trainer legal admin。Role.")] = Role.OFFICER,
    name: Annotated[str | None, typer.Option("--name", help="姓名，缺省同登录名。Name shown to others.")] = None,
    department: Annotated[str | None, typer.Option("--department", help="部门。Department.")] = None,
    region: Annotated[str | None, typer.Option("--region", help="地区，如 宁波市。Region.")] = None,
) -> None:
    """新建账户；密码输入两次，不显示，也可从标准输入读一行。Create an account; asks for the password twice."""
    from assistant.accounts.contract import AccountRequest
    from assistant.accounts.names import new_login
    from assistant.accounts.passwords import check_new_password

    settings = connect.settings()
    key = new_login(login)
    with _accounts(settings) as accounts:
        password = _asked_password()
        check_new_password(password, key, settings.accounts.password_chars)
        request = AccountRequest(login=key, name=name or login, role=role, department=department, region=region)
        made = accounts.directory.create(request, password)
    typer.echo(f"已建立账户 {made.account.login}（{ROLE_ZH[made.account.role]}）。")
    if not settings.accounts.enabled:
        connect.say("账户尚未启用：请设置 EASSISTANT_ACCOUNTS__ENABLED=true 后启动服务。")


def list_accounts(as_json: Json = False) -> None:
    """列出账户。List accounts."""
    from assistant.cli.output import print_json

    with _accounts(connect.settings()) as accounts:
        found = list(_all(accounts))
    if as_json:
        print_json([account.model_dump(mode="json") for account in found])
        return
    if not found:
        typer.echo("还没有账户。请运行 eassistant accounts create <登录名> --role admin。")
    for account in found:
        state = "" if account.active else " · 已停用"
        state += f" · 锁定至 {local(account.locked_until):%Y-%m-%d %H:%M}" if account.locked_until else ""
        place = " · ".join(filter(None, (account.department, account.region)))
        typer.echo(f"{account.login}  {account.name}  {ROLE_ZH[account.role]}  {place}{state}".rstrip())


def reset_password(login: LoginName) -> None:
    """发给一次性密码，下次登录时须修改。Give a one-time password, to be changed at the next log-in."""
    with _accounts(connect.settings()) as accounts:
        made = accounts.reset_password(_named(accounts, login).id)
    _show_password(made)


def unlock(login: LoginName) -> None:
    """解除因密码错误造成的锁定。Lift a lock after wrong passwords."""
    with _accounts(connect.settings()) as accounts:
        accounts.unlock(_named(accounts, login).id)
    typer.echo("已解锁。")


def deactivate(login: LoginName) -> None:
    """停用账户，其登录与令牌立即失效。Deactivate an account; its log-ins and tokens end at once."""
    from assistant.accounts.contract import AccountChange

    with _accounts(connect.settings()) as accounts:
        account = _named(accounts, login)
        change = AccountChange(
            name=account.name, role=account.role, department=account.department, region=account.region, active=False
        )
        accounts.change_account(account.id, change)
    typer.echo(f"已停用 {account.login}。")


def token_create(
    login: LoginName,
    name: Annotated[str, typer.Option("--name", help="用途。What it is for.")],
    scope: Annotated[
        list[Permission], typer.Option("--scope", help="权限，可重复：read converse review …。Permissions.")
    ],
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3650, help="几天后失效。Days it is good for.")
    ] = None,
) -> None:
    """为一个账户新建接口令牌，只显示一次。Create an API token for an account; shown once."""
    from assistant.accounts.contract import TokenRequest

    with _accounts(connect.settings()) as accounts:
        principal = accounts.principal(_named(accounts, login).id)
        made = accounts.create_token(principal, TokenRequest(name=name, scopes=scope, expires_in_days=days))
    connect.say("令牌只显示这一次；使用时设为 EASSISTANT_TOKEN，或放在 Authorization: Bearer 中。")
    typer.echo(made.token)


def token_list(login: LoginName) -> None:
    """列出一个账户的接口令牌。List an account's API tokens."""
    with _accounts(connect.settings()) as accounts:
        found = accounts.tokens(accounts.principal(_named(accounts, login).id))
    for token in found.items:
        ends = f"有效至 {local(token.expires):%Y-%m-%d}" if token.expires else "不失效"
        typer.echo(f"{token.id}  {token.name}  {','.join(token.scopes)}  {ends}")


def token_revoke(login: LoginName, token: Annotated[str, typer.Argument(help="令牌编号。Id of the token.")]) -> None:
    """撤销接口令牌，立即生效。Revoke an API token, at once."""
    with _accounts(connect.settings()) as accounts:
        accounts.revoke_token(accounts.principal(_named(accounts, login).id), token)
    typer.echo("已撤销。")


@contextmanager
def _accounts(settings: Settings) -> Iterator[LocalAccounts]:
    """The accounts of the data folder; a server may run on it meanwhile."""
    from assistant.accounts.local import LocalAccounts
    from assistant.server import made_data_folder
    from assistant.userdata import UserData

    made_data_folder(settings.home)
    data = UserData.open(settings.userdata_url)
    try:
        yield LocalAccounts(data, settings.accounts)
    finally:
        data.close()


def _all(accounts: LocalAccounts) -> Iterator[AccountInfo]:
    offset = 0
    while page := accounts.accounts(_EVERY, offset).items:
        yield from page
        offset += len(page)


def _named(accounts: LocalAccounts, login: str) -> AccountInfo:
    from assistant.accounts.names import login_key

    found = accounts.directory.by_login(login_key(login))
    if found is None:
        raise NotFound(f"没有登录名为“{login}”的账户。", remedy="请用 eassistant accounts list 查看。")
    return found


def _asked_password() -> str:
    """The new password: typed twice without echo, or a line of standard input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise InvalidInput("没有给出密码。", remedy="请在终端运行并输入密码，或从标准输入给出一行。")
        return line
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再次输入密码"))


def _show_password(made: OneTimePassword) -> None:
    connect.say("一次性密码，只显示这一次；登录后须先修改：")
    typer.echo(made.password)
