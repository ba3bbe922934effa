"""The words of a citation (引用的词法): named pieces, each with a sample, that ``parse`` puts together.

========================  ==========================================================
piece                     sample
========================  ==========================================================
``ARTICLE``               第三十三条, 33条, 第一百三十三条之一, 第五、七条, 第32-34条
``PARAGRAPH``             第一款, 1款, 第一、二款
``ITEM``                  第二项, 2项, 第（二）项, （二）, 第（一）至（三）项
``SUBITEM``               第三目
``AND`` / ``THROUGH``     between members of a list / the ends of a range
``RELATIVE``              前款, 前两项, 前条, 本条
``OWN_LAW``               本法, 该条例
========================  ==========================================================

Nothing here knows which laws exist.
"""

from __future__ import annotations

import re


def alternatives(words: str) -> str:
    """A list of words, parted by blanks and line breaks, as alternatives of a pattern."""
    return "|".join(words.split())


SPACE = r"[ \t\u3000\u00a0]*"
NUMBER = r"(?:[一二三四五六七八九十百千零〇○]{1,9}|[0-9０-９]{1,4})"
# Between numbers that share one unit word: 第五、七条; 第三十二至三十四条.
_INNER = rf"{SPACE}(?:、|和|及|至|到|-|－|—|–|~|～){SPACE}"


def _numbered(unit: str, *, bracketed: bool = False) -> str:
    number = rf"(?:[（(]{SPACE}{NUMBER}{SPACE}[)）]|{NUMBER})" if bracketed else NUMBER
    return rf"(?P<ordinal>第{SPACE})?(?P<numbers>{number}(?:{_INNER}(?(ordinal)(?:第{SPACE})?){number})*){SPACE}{unit}"


ARTICLE = re.compile(
    rf"""
    (?<![0-9０-９.．])
    {_numbered("条")}
    (?! [件约码幅纹形状块款] | 目(?![的标]) | 例(?![如外]) )        # 条件, 条约, 条款, 条例 … are words of their own
    (?: {SPACE} 之 {SPACE}
        (?P<insertion> [一二三四五六七八九十]{{1,3}} | [0-9０-９]{{1,2}} )
        (?! [切般些定个种体致样起系直旦贯经同向律并行年月日天倍元] )   # 第五条之一切, 第五条之二十日内
    )?
    """,
    re.VERBOSE,
)
PARAGRAPH = re.compile(rf"{_numbered('款')}(?![式待物额])")
ITEM = re.compile(
    rf"""
    {_numbered("项", bracketed=True)} (?! [目链圈] )
  | (?P<lone> [（(] {SPACE} (?P<lone_number> [一二三四五六七八九十]{{1,3}} ) {SPACE} [)）] )   # 第十二条（一）
    """,
    re.VERBOSE,
)
SUBITEM = re.compile(rf"{_numbered('目')}(?![的标录前光])")
# Provisions of amendments and decisions have no 第…条: 条目一 stands for 一、.
ENTRY = re.compile(r"条目(?P<number>[一二三四五六七八九十百]{1,5})")

AND = re.compile(rf"{SPACE}(?:、|，|,|和|及其|及|与|或者|或|还是|以及|并){SPACE}")
THROUGH = re.compile(rf"{SPACE}(?:至|到|-|－|—|–|~|～){SPACE}")

RELATIVE = re.compile(
    r"""
    (?<! [以目从提先当跟门面眼此之空史生产] )
    (?P<word>
        前 [一两二三四五六七八九十]{0,2} (?: 款(?![项式待物额]) | 项(?!目) | 条(?![件约例目款]) )   # 前款, 前两项, 前条
      | 上一? (?: 款(?![项式]) | 条(?![件约例目款]) )
      | 本条 (?! [例约目款件线] )
      | 本款 (?= 第 )
    )
    """,
    re.VERBOSE,
)
_LAW_NOUN = "(?:法典|法|条例|办法|规定|细则|规则|决定|解释|准则|规程|标准|章程|通则)"
OWN_LAW = re.compile(rf"(?:(?<![基根日])本|该|(?<!因)此|(?<![合共不相协])同|上述|前述){_LAW_NOUN}$")

# 法律名称 by its last word. Those that are also everyday words count only with 第 or inside 《》.
SURE_LAW_WORD = re.compile(r"(?:法典|法|条例|细则|通则|(?<=民法)总则)$")
_EVERYDAY_LAW_WORDS = alternatives(
    """
    办法 规定 规则 决定 决议 解释 准则 规程 标准 意见 通知 批复 章程 公约 协定 守则 基准
    """
)
LAW_WORD = re.compile(
    rf"(?:法典|法|条例|细则|通则|(?<=民法)总则|修正案|{_EVERYDAY_LAW_WORDS})"
    r"(?:[（(](?:[一二三四五六七八九十]{1,3}|试行|暂行|\d{4}年)[)）])?$"
)
# Words that end in 法 and name no law; 公司法, 使用法 and 预算法 are laws.
_NO_LAW_BEFORE_FA = alternatives(
    """
    方 做 想 说 看 无 违 执 立 普 守 手 写 打 非 依 枉 犯 书 语 疗 技 加 减 乘 除 佛 兵 章 遵 知 懂 学 大 小 各
    两 合 (?<!公)司 (?<![适使])用 (?<!预)算
    """
)
# 有关规定, 解决办法, 处罚决定.
_VAGUE_BEFORE = alternatives(
    """
    有关 相关 上述 前述 以上 下列 这些 哪些 什么 其他 具体 明确 法律 规章 法规 新 旧 老 作出 做出 处罚 解决
    """
)
NO_LAW = re.compile(
    rf"(?:{_NO_LAW_BEFORE_FA})法$"
    rf"|^(?:法|法典|条例|细则|通则|{_EVERYDAY_LAW_WORDS})$"
    rf"|(?:{_VAGUE_BEFORE})(?:{_EVERYDAY_LAW_WORDS})$"
)
# 劳动合同第三条, 《购房协议》第五条, 附件一第二条: numbered, but no article of a law.
NO_LAW_TEXT = re.compile(
    r"(?:合同|协议|(?:协议|责任|通知|决定|判决|裁定|意见|说明|标)书|保险单|保单|租约|遗嘱|招标文件|清单|笔录|附[件录表][一二三四五六七八九十0-9]{0,2})$"
)

# What is counted by 条: 三十条街, 5条微博, 第三十条生产线. The second list only where the word ends there.
_COUNTED_ALWAYS = alternatives(
    """
    街 巷 胡同 微博 生产线 流水线 高铁 航线 跑道 车道 弹幕 短信 建议 消息 新闻 评论 留言 红线 禁令 铁律 裤子 鱼
    狗 蛇 毛巾 河流 船 要点 亮点 经验 线索 朋友圈 措施
    """
)
_COUNTED_WHOLE_WORD = alternatives("路 线 河 腿 命 信息 意见 记录 视频 数据 回复")
COUNTED = re.compile(
    rf"[大小新老主]?(?:{_COUNTED_ALWAYS}|(?:{_COUNTED_WHOLE_WORD})(?=$|[^\u4e00-\u9fff]|[的是在上被都有了里口]))"
)
