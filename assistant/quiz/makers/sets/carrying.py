"""What an earlier paragraph tells and a later one leaves out (承前省略): who acts, and of what a plan is."""

from __future__ import annotations

import re

from assistant.quiz.makers.sets.places import Sentence

_BEGINS_WITH_AN_ACT = re.compile(
    r"(?:实施|采取|作出|进行|开展|行使|办理)[^，。；]{1,14}?(?:前|后|时)?，?(?:应当|必须|可以|不得)"
)
_WHO_ACTS = re.compile(
    r"(?P<who>[^，。；]{2,16}?(?:机关|部门|机构|人员|单位|企业)(?:依法)?(?:实施|采取|作出|进行|开展|行使|办理)[^，。；]{2,16}?)(?:时|的)?，"
)
_AGENT = re.compile(r"机关|部门|机构|人员|单位|企业|警察|当事人|个人")
_MODAL = re.compile(r"应当|必须|可以|不得")
_WRITING = re.compile(
    r"(?P<what>[一-龥、]{0,16}?(?:方案|计划|规划|预案|报告|公告|通知|记录|清单|名录))(?:应当|必须|应|须)?(?:主要|至少|一般)?"
    r"(?:包括|载明|标明|注明|写明|记载|列明)"
)
_MADE = r"(?:编制|制定|制订|拟订|拟定|提出|制作|建立)"
_SHORT = 5


def who_acts(sentence: Sentence) -> str | None:
    """The words to be put before a later paragraph that begins with an act and does not say whose it is.

    "" where none are needed; None where the article does not tell them.
    """
    words = sentence.words
    modal = _MODAL.search(words)
    if (sentence.path.paragraph or 1) == 1 or modal is None or not _BEGINS_WITH_AN_ACT.match(words):
        return ""
    if _AGENT.search(words[: modal.start()]):
        return ""
    told = _WHO_ACTS.match(sentence.provision.text.lstrip())
    return f"{told['who']}，" if told else None


def of_what(before: str, earlier: str) -> str | None:
    """The words to be put before a plan or a report in a lead (``before``), from the paragraphs before it.

    "" where none are needed; None where its name is too short to tell of what it is.
    """
    named = _WRITING.fullmatch(before)
    if named is None or not earlier:
        return ""
    what = re.escape(named["what"])
    if found := re.match(rf"\s*对(?P<of>[^，。；]{{2,24}})，[^。]*{_MADE}(?:并(?:组织)?实施)?{what}", earlier):
        return f"{found['of']}的"
    if found := re.search(rf"{_MADE}(?:并(?:组织)?实施)?(?!并)(?P<of>[一-龥]{{2,30}}){what}", earlier):
        return found["of"]
    return None if len(named["what"]) <= _SHORT else ""
