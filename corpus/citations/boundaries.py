"""Where a law's name may stand in running text (名称边界).

A name found by its letters alone may be the tail of a longer title (宁波市|物业管理条例) or the head of another word
(公司法|人). Names of national laws may follow any word that is no place; short names and the names of regulations,
which every province and city has too, only follow words that cannot belong to a title.
"""

from __future__ import annotations

import re

from corpus.citations.grammar import alternatives

_REACH = 8
_HAN = re.compile(r"[\u4e00-\u9fff]")

# Words after which a title may begin, by their last letters; what stands in (?<!…) makes another word of them.
_CONNECTING = """
    按 按照 依照 依据 根据 遵照 参照 对照 比照 (?<!皈)依 (?<!自)由 从 关于 对 对于 以 至于 在 拿 跟 并 并且 用了 用过
    (?<![使通专饮商民军食药利信费公租占任])用 (?<=[法典例定则条款项》])(?:和|与|及|以及|或|或者)
    而 但 比 把 被 将 让 向 因 若 如 如果 除 除了
"""
_READING_AND_APPLYING = """
    违反 违背 触犯 适用 援引 引用 套用 参见 详见 参考 遵守 执行 实施 贯彻 落实 宣传 学习 了解 符合 属于 构成 涉嫌
    抵触 查询 (?<![检调审督抽巡侦稽])查 翻 (?<![顾学])问 问下 问一下 看 看看 看一下 请教 知道 说 说说 讲 讲讲 谈
    谈谈 解读 解释 认为 作为 叫 叫做 包括 修改 修订 制定 颁布 公布 出台 废止 调出 背 列 搜 找 要求 告诉我 帮我
    麻烦 求 想 需要 应 应当 应该 可以 不是 就是 还是 也是
"""
_PARTICLES_AND_TIME = """
    (?<![省市县区州盟旗里地边儿])的 了 是 吗 呢 吧 啊 过 我 你 您 他 她 它 们 咱 这 那 该 其 此 哪 每 都 也 又 再 还 只
    就 没有 还有 现行 (?<![创更革维高])新 旧 (?<!养)老 (?<![草高平])原 (?<!出)版 这部 那部 一部 我国 国家 中国 全国
    现在 当时 目前 今年 去年 以前 之前 之后 后来 最新 修订后 修改后 (?<=[0-9０-９])[年日号]
    (?<=[一二三四五六七八九十])[日号]
"""
_OPENING_WORD = re.compile(rf"(?:{alternatives(_CONNECTING + _READING_AND_APPLYING + _PARTICLES_AND_TIME)})$")
# Two-letter names (水法, 刑法) also end common words, so fewer words may stand before them.
_FEW_WORDS = "按 按照 依照 依据 根据 参照 对照 违反 触犯 适用 援引 引用 请问 看看 和 与 以及 或者 是 新 现行 国家"
_PLAIN_OPENING_WORD = re.compile(rf"(?:{alternatives(_FEW_WORDS)})$")
# A place, an army or a foreign country before it makes it another law: 香港公司法, 宁波市消防法.
_PLACES = "[省市县区州盟旗港澳台军] [美英法德韩俄]国 日本 欧盟 新加坡 国际 外国 国外 涉外 地方 海关 联合国"
_PLACE = re.compile(rf"(?:{alternatives(_PLACES)})$")

# What may not follow 法: 公司法人, 处罚法定, 消防法规, 行政处罚法实施条例.
_CONTINUES_LAW = re.compile(
    r"[人定院庭官制治典律令医务则盲宝]|规(?![定范])|学(?!习)|案(?![件例由])"
    r"|(?:实施|施行)?(?:条例|细则|办法)|(?:实施|施行)(?:规定|规则|意见)|解释(?!一下|下|说明|清楚|得)|修正案|修正草案|草案"
)
_CONTINUES_REGULATION = re.compile(r"实施(?:细则|办法|意见|规定)|草案|修正案")
_CONTINUES_NUMBERED = re.compile(r"[（(][一二三四五六七八九十0-9]{1,3}[)）]")


def may_begin(text: str, start: int, *, lenient: bool, short: bool) -> bool:
    """Whether a title may begin at ``start``.

    ``lenient``: a national law's name that ends no longer one; only places can make another law of it. ``short``: a
    name of two letters.
    """
    before = text[max(0, start - _REACH) : start]
    if not before or not _HAN.match(before[-1]):
        return True
    if short:
        return bool(_PLAIN_OPENING_WORD.search(before))
    if _OPENING_WORD.search(before):
        return True
    return lenient and not _PLACE.search(before)


def may_end(text: str, end: int, name: str) -> bool:
    """Whether the title ``name`` may end at ``end`` and the text go on from there."""
    if name.endswith(("法", "法典")):
        return not _CONTINUES_LAW.match(text, end) or (name.endswith("法典") and text.startswith("案", end))
    if name.endswith(("修正案", "解释", "规定", "意见")) and _CONTINUES_NUMBERED.match(text, end):
        return False
    return not _CONTINUES_REGULATION.match(text, end)


def opens_a_citation(text: str, start: int) -> bool:
    """Whether an article at ``start`` stands after punctuation or an opening word, not after some other noun.

    国发〔2021〕5号第三条 is an article of that document.
    """
    before = text[max(0, start - _REACH) : start].rstrip()
    if not before or not _HAN.match(before[-1]):
        return True
    return bool(_OPENING_WORD.search(before)) and not before.endswith("号")
