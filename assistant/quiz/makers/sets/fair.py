"""Which sentences may be asked with their modal word exchanged (可换词的条文): not absurd, not true all the same."""

from __future__ import annotations

import re

from assistant.quiz.makers.sets.words import Span

_STATE_OF_THINGS = re.compile(
    r"符合|达到|真实|清晰|清楚|显著|醒目|准确|完整|一致|属于|相适应|相符|保持|对其|承担|包括|恪尽职守|有针对性|根据本系统"
)
"""What is said of things rather than done: 可以符合要求 says nothing, and no officer would take it for the law."""
_RIGHT_OF_ALL = re.compile(r"举报|投诉|检举|控告|报警|申诉")
"""What everybody may do anyway: where the law says 应当, 可以 is not false."""
_WRONG_ON_ITS_FACE = re.compile(
    r"注销|撤销|吊销|失效|过期|淘汰|变质|不合格|贬低|限制|排斥|打击报复|骚扰|垄断|转嫁|歧视"
)
_LEANS_ON_OTHERS = re.compile(
    r"申请人提交|申请材料|所提交|(?:又不|仍不|仍未|逾期[不未]|拒不)[^，。；]{0,4}的，"  # whose application, of what
)


def may_be_exchanged(words: str, modal: Span, other: str) -> bool:
    """Whether a sentence is worth asking with ``other`` in place of its modal word, and can be read alone."""
    printed = words[slice(*modal)]
    clause = re.split(r"[，。；]", words[modal[1] :], maxsplit=1)[0]
    if _LEANS_ON_OTHERS.search(words):
        return False
    if printed in ("应当", "必须") and other == "可以":
        return not _STATE_OF_THINGS.match(clause) and not _RIGHT_OF_ALL.search(clause)
    return not (printed == "不得" and _WRONG_ON_ITS_FACE.search(words))
