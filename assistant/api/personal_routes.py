"""The routes of one's own data and of the removal of accounts (本人数据与删除账户接口)."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.api.account_routes import AccountId
from assistant.api.errors import refusals
from assistant.api.permission import AccountManager, Converser
from assistant.personal.contract import Erased, PersonalData, PersonalDataDesk


def build_personal_router(personal: PersonalDataDesk) -> APIRouter:
    """``/api/me/data``."""
    router = APIRouter(prefix="/api/me", tags=["me"], responses=refusals(401, 403, 503))

    @router.get("/data", summary="导出本人数据 Export one's own data")
    def export(converser: Converser) -> PersonalData:
        """本人的对话、反馈、收藏、执法手册、账户与工作记录，JSON。All that is kept of the person, as JSON."""
        return personal.export(converser)

    @router.delete("/data", summary="删除本人数据 Erase one's own data")
    def erase(converser: Converser) -> Erased:
        """删除本人的对话、反馈、收藏与执法手册；工作记录与操作日志依规定保存。Acts in office stay on record."""
        return personal.erase(converser)

    return router


def build_removal_router(personal: PersonalDataDesk) -> APIRouter:
    """``DELETE /api/accounts/{account_id}``."""
    router = APIRouter(prefix="/api/accounts", tags=["accounts"], responses=refusals(401, 403, 404, 409, 422, 503))

    @router.delete("/{account_id}", summary="删除账户 Remove an account")
    def remove(manager: AccountManager, account_id: AccountId) -> Erased:
        """删除账户及其对话、反馈、收藏、手册；工作记录与操作日志只留事、不留名。Acts stay, the name goes."""
        return personal.remove_account(manager, account_id)

    return router
