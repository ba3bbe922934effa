"""Words of the log (日志用语): ways, facts and outcomes in Chinese."""

from __future__ import annotations

from assistant.accounts.roles import ROLE_ZH
from assistant.auditlog.contract import ACT_ZH, Fact, Surface

SURFACE_ZH = {
    Surface.PAGE: "网页",
    Surface.API: "接口",
    Surface.MCP: "智能体接口",
    Surface.CLI: "命令行",
    Surface.SERVICE: "服务自身",
}
_FACT_ZH = {
    "as_of": "适用日期",
    "shelf": "书架",
    "regions": "地区",
    "departments": "部门",
    "department": "部门",
    "region": "地区",
    "outcome": "结果",
    "model": "模型",
    "removed": "核对时去掉的句数",
    "provisions": "所引条文",
    "materials": "所列材料",
    "answer": "答复的摘要值",
    "corpus": "语料版本",
    "role": "角色",
    "active": "可用",
    "scopes": "权限",
    "reason": "原因",
    "erased": "删除范围",
    "error": "错误",
    "ok": "全部相符",
    "request": "请求编号",
    "since": "自",
    "until": "至",
    "act": "操作",
    "surface": "入口",
}
_VALUE_ZH = {
    "refused": "缺依据，未作答",
    "curated": "审定答复",
    "composed": "摘引条文作答",
    "written_by_model": "模型撰写",
    "left": "中途离开",
    "broken_off": "中断",
    "retention": "保存期满",
    "person": "删除一人的个人信息",
    "True": "是",
    "False": "否",
    **{str(role): words for role, words in ROLE_ZH.items()},
    **{str(act): words for act, words in ACT_ZH.items()},
    **{str(surface): words for surface, words in SURFACE_ZH.items()},
}
FIELD_ZH = {"question": "问题", "login": "登录名", "whom": "所涉账户", "address": "网络地址"}

_LONGEST_LIST = 20


def fact_name(name: str) -> str:
    return _FACT_ZH.get(name, name)


def fact_words(value: Fact) -> str:
    """A fact in words; a long list is cut, the file of the export has all of it."""
    if isinstance(value, list):
        more = f" 等 {len(value)} 项" if len(value) > _LONGEST_LIST else ""
        return "、".join(fact_words(one) for one in value[:_LONGEST_LIST]) + more
    return _VALUE_ZH.get(str(value), str(value))
