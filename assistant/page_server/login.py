"""The routes before the page (登录、退出、初始设置): plain forms that set and clear the session's cookie."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.accounts.contract import LoggedIn, LoginRequest, SetupRequest, SetupState
from assistant.api.client import ApiClient
from assistant.api.own_origin import is_own_origin
from assistant.page_server.addresses import COOKIE, PLAIN_POLICY, STYLES, safe_next
from assistant.page_server.html import CSS, login_page, logout_page, problem_page, setup_page
from assistant.problems import error_from_validation, problem_from_error
from corpus.errors import EAssistantError, Forbidden, InvalidInput

_LONGEST_FORM = 16_384
_MOST_FIELDS = 20
_NOTES = {"expired": "登录已过期，请重新登录。", "left": "已退出登录。", "changed": "密码已修改，请用新密码登录。"}

# Not no-referrer: with it browsers send the forms below with "Origin: null", and their origin could not be checked.
_HEADERS = {
    "Content-Security-Policy": PLAIN_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}


def login_routes(client: ApiClient) -> list[BaseRoute]:
    """The routes; ``client`` bears nobody's token."""
    door = _Door(client)
    return [
        Route("/login", _guarded(door.show_login), methods=["GET"]),
        Route("/login", _guarded(door.login), methods=["POST"]),
        Route("/logout", _guarded(door.show_logout), methods=["GET"]),
        Route("/logout", _guarded(door.logout), methods=["POST"]),
        Route("/setup", _guarded(door.show_setup), methods=["GET"]),
        Route("/setup", _guarded(door.set_up), methods=["POST"]),
    ]


def styles_route() -> BaseRoute:
    """The styles of the pages that are not Streamlit's."""
    return Route(STYLES, _css, methods=["GET"])


class _Door:
    def __init__(self, client: ApiClient) -> None:
        self._client = client

    async def show_login(self, request: Request) -> Response:
        state = await self._state(request)
        if not state.accounts:
            return _to("/")
        if state.needs_setup:
            return _to("/setup")
        note = _NOTES.get(request.query_params.get("note", ""), "")
        return _page(login_page(safe_next(request.query_params.get("next", "")), note=note))

    async def login(self, request: Request) -> Response:
        form = await _form(request)
        wanted, login = safe_next(form.get("next", "")), form.get("login", "")
        try:
            asked = LoginRequest(login=login, password=form.get("password", ""))
            done = await run_in_threadpool(self._client.accounts.login, asked, _caller(request))
        except (EAssistantError, ValidationError) as error:
            what, remedy, status = _explained(error)
            return _page(login_page(wanted, login=login[:200], problem=(what, remedy)), status)
        return await self._begun(request, done, wanted)

    async def show_setup(self, request: Request) -> Response:
        state = await self._state(request)
        return _page(setup_page(state.password_chars)) if state.needs_setup else _to("/login")

    async def set_up(self, request: Request) -> Response:
        form = await _form(request)
        code, login, name, password = (form.get(field, "") for field in ("code", "login", "name", "password"))
        try:
            if password != form.get("again", ""):
                raise InvalidInput("两次输入的密码不一致。", remedy="请重新输入密码。")
            asked = SetupRequest(code=code, login=login, name=name, password=password)
            done = await run_in_threadpool(self._client.accounts.set_up, asked, _caller(request))
        except (EAssistantError, ValidationError) as error:
            what, remedy, status = _explained(error)
            least = (await self._state(request)).password_chars
            kept = "" if isinstance(error, Forbidden) else code[:200]
            page = setup_page(least, code=kept, login=login[:200], name=name[:200], problem=(what, remedy))
            return _page(page, status)
        return await self._begun(request, done, "/")

    async def show_logout(self, _request: Request) -> Response:
        return _page(logout_page())

    async def logout(self, request: Request) -> Response:
        await self._end(request)
        response = _to("/login?note=left")
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def _begun(self, request: Request, done: LoggedIn, wanted: str) -> Response:
        """On to the page with the new session's cookie; the session that this browser had before ends."""
        await self._end(request)
        response = _to(wanted)
        response.set_cookie(
            COOKIE, done.token, path="/", httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
        return response

    async def _end(self, request: Request) -> None:
        token = request.cookies.get(COOKIE)
        if token:
            with contextlib.suppress(EAssistantError):  # over already, or never a session
                await run_in_threadpool(self._client.bearing(token).accounts.logout)

    async def _state(self, request: Request) -> SetupState:
        return await run_in_threadpool(self._client.on_behalf_of(_address(request)).accounts.setup_state)


def _guarded(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The handler behind the check that a form was sent from a page of this server; errors become pages."""

    async def checked(request: Request) -> Response:
        try:
            if request.method == "POST" and not is_own_origin(request.headers):
                raise Forbidden("这一请求不是从本网页发出的。", remedy="请回到登录页面重试。")
            return await handler(request)
        except EAssistantError as error:
            what, remedy, status = _explained(error)
            return _page(problem_page(what, remedy), status)

    return checked


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, within bounds."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    return dict(fields)


def _caller(request: Request) -> dict[str, str]:
    """The browser's name and address, for the list of one's sessions and the count of tries."""
    agent = request.headers.get("user-agent", "").encode("ascii", "replace").decode("ascii")
    address = _address(request)
    return {"User-Agent": agent, **({"X-Forwarded-For": address} if address else {})}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _explained(error: EAssistantError | ValidationError) -> tuple[str, str, int]:
    known = error_from_validation(error.errors()) if isinstance(error, ValidationError) else error
    problem = problem_from_error(known)
    return problem.detail, problem.remedy or "", problem.status


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, headers=_HEADERS)


def _to(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


async def _css(_request: Request) -> Response:
    return Response(CSS, media_type="text/css")
