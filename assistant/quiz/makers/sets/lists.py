"""Lists of a law (列举): an announcing sentence (lead) and its items（一）…, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.quiz.makers.sets.carrying import of_what
from assistant.quiz.makers.sets.words import Span, begins_bound, of_state, stands_alone
from corpus.structure import Paragraph, split_article
from corpus.vocabulary import Provision, ProvisionPath


class ListKind(StrEnum):
    """What a list enumerates."""

    CASES = "cases"  # 有下列情形之一的，应当…
    PENAL = "penal"  # 有下列行为之一的，处…
    OBJECTS = "objects"  # 应当载明下列事项
    KINDS = "kinds"  # 行政处罚的种类


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item without its number and closing mark; ``catch_all``: 法律、法规规定的其他情形."""

    words: str
    span: Span
    catch_all: bool
    usable: bool  # may stand as an option by itself
    whole: bool  # may stand as a scoring point


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list with its lead. ``before`` + 下列 + ``noun`` + ``after`` is the sentence that announces it."""

    provision: Provision
    kind: ListKind
    before: str
    noun: str
    after: str  # the consequence, up to its first semicolon; "" where the items are the object
    lead: Span
    items: tuple[ListItem, ...]
    path: ProvisionPath
    of: str = ""
    """Of what a plan or report is, where an earlier paragraph tells it: 安全利用类农用地地块的."""

    @property
    def open(self) -> bool:
        """Whether a catch-all leaves the list open."""
        return any(i.catch_all for i in self.items)

    @property
    def span(self) -> Span:
        return self.lead[0], self.items[-1].span[1]

    @property
    def lead_words(self) -> str:
        return self.provision.text[slice(*self.lead)]

    @property
    def usable(self) -> tuple[ListItem, ...]:
        return tuple(i for i in self.items if i.usable)


MOST_OPTION = 60
MOST_POINT = 130
MOST_BEFORE = 60
_NUMBER = re.compile(r"\s*[（(][一二三四五六七八九十百]+[）)]\s*")
_CATCH_ALL = re.compile(r"^(?:有)?其他|其他[^，；]{0,24}$|(?:规定|认为|需要|应当|的)其他|另有")
_LISTED = re.compile(
    r"^(?P<before>.*?)(?:下列|以下|如下)(?P<noun>[一-龥]{2,10}?)(?P<one>之一)?(?P<de>的)?(?P<after>，.+)?$", re.DOTALL
)
_HAVE = re.compile(r"(?:遇有|具有|具备|存在|属于|符合|实施|从事|有)$")
_KINDS = re.compile(
    r"^(?P<what>[^，。；]{2,20}的(?:种类|方式|形式|类型))(?:包括|分为|有|是|为|如下)?$|^(?P<plain>证据)包括$"
)
_PENAL = re.compile(r"处[^分罚理置]|罚款|拘留|警告|吊销|没收|处罚|责令")
_BARE_ROLE = re.compile(
    r"(?:担保人|保证人|申请人|代理人|负责人|监护人|管理人|受托人|机构|单位|企业|人员|组织)(?:应当|必须|可以|应|须)?[^，。；]{2,4}"
)
"""担保人应当符合: whose, and for what, another article tells."""
_INTERNAL = re.compile(r"处分|刑|监察|罚金|撤职|记过|开除|司法机关")
_OBJECT = re.compile(
    r"(?:载明|包括|标明|注明|写明|记载|列明|提交|提供|报送|出示|符合|具备|具有|满足|遵守|履行|采取|公开|公示|公布|告知|承担|行使|享有|依照|按照|作出)$"
)


def read_lists(provision: Provision) -> Iterator[Enumeration]:
    """The lists of an article whose lead can be asked about."""
    paragraphs = split_article(provision.text).paragraphs
    for paragraph in paragraphs:
        found = _read(provision, paragraph, len(paragraphs) > 1) if len(paragraph.items) > 1 else None
        if found is not None:
            yield found


def _read(provision: Provision, paragraph: Paragraph, several: bool) -> Enumeration | None:
    text = provision.text
    lead = _lead(text, paragraph.start, paragraph.items[0].start)
    items = tuple(_item(text, i.start, i.end, bool(i.subitems)) for i in paragraph.items)
    path = ProvisionPath(paragraph=paragraph.number) if several else ProvisionPath()
    lead = _with_what_it_goes_on_from(text, paragraph.start, lead)
    words = text[slice(*lead)]
    kinds = _KINDS.match(words)
    if kinds:
        what = kinds["what"] or kinds["plain"]
        return Enumeration(provision, ListKind.KINDS, what, "", "", lead, items, path)
    listed = _LISTED.match(words)
    if not listed or of_state(words) or _INTERNAL.search(words) or words.count("下列") + words.count("以下列") > 1:
        return None
    if re.search(r"；|但是|但有|除外|之一的", listed["before"]) or "之一" in listed["noun"] or "除外" in listed["noun"]:
        return None
    if listed["before"] in ("", "有") and not _opens(text, paragraph, lead[0], listed["noun"]):
        return None
    before, noun, after = listed["before"], listed["noun"], (listed["after"] or "").split("；")[0].strip("，")
    if not after:
        if listed["one"] or not _OBJECT.search(before):
            return None
        kind = ListKind.OBJECTS
    elif not listed["one"] or not _HAVE.search(before or "有") or after.startswith("但"):
        return None
    else:
        kind = ListKind.PENAL if _PENAL.search(after) and "不予" not in after else ListKind.CASES
    if re.search(r"从[轻重]|减轻|当场", after):
        kind = ListKind.CASES
    if re.search(r"[处罚的]", noun) or begins_bound(before) or re.match(r"对违反|[^，]{2,4}时", before):
        return None
    if before.endswith(("依照", "按照")) and not noun.startswith("程序"):
        return None
    if not stands_alone(before + after) or re.match(r"其|对其|前", before):
        return None
    of = of_what(before, text[: paragraph.start]) if kind is ListKind.OBJECTS else ""
    if of is None or (kind is ListKind.OBJECTS and _BARE_ROLE.fullmatch(before)):
        return None
    return Enumeration(provision, kind, before, noun, after, lead, items, path, of)


def _opens(text: str, paragraph: Paragraph, at: int, noun: str) -> bool:
    """Whether a lead without a subject begins the matter, rather than going on from the words before it."""
    return not text[paragraph.start : at].strip() and (paragraph.number == 1 or "行为" in noun)


def _lead(text: str, start: int, end: int) -> Span:
    """The last sentence before the items, without its colon."""
    words = text[start:end].rstrip()
    stop = start + len(words.rstrip("：:"))
    begin = max(text.rfind("。", start, stop), text.rfind("\n", start, stop)) + 1
    begin = max(begin, start)
    while begin < stop and text[begin].isspace():
        begin += 1
    return begin, stop


def _with_what_it_goes_on_from(text: str, start: int, lead: Span) -> Span:
    """The lead with the sentence before it, where its own subject is too short to be known: 标签应当标明…"""
    subject = re.match(r"[^，。]{1,4}(?:应当|可以|必须|应|须)", text[slice(*lead)])
    if not subject or lead[0] <= start:
        return lead
    before = text.rfind("。", start, lead[0] - 1) + 1 or start
    whole = text[before : lead[1]].lstrip()
    return (lead[1] - len(whole), lead[1]) if lead[0] - before <= MOST_BEFORE else lead


def _item(text: str, start: int, end: int, parted: bool) -> ListItem:
    number = _NUMBER.match(text, start, end)
    left = number.end() if number else start
    right = end
    while right > left and text[right - 1] in " \n\t\u3000；;。，,":
        right -= 1
    words = text[left:right]
    catch_all = bool(_CATCH_ALL.search(words))
    usable = (
        not parted and not catch_all and 2 <= len(words) <= MOST_OPTION and not re.search(r"[。；：\n]|本法", words)
    )
    alone = stands_alone(words)
    whole = alone and not parted and len(words) <= MOST_POINT and not words.endswith("：")
    return ListItem(words, (left, right), catch_all, usable and alone, whole)
