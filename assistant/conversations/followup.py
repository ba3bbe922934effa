"""Follow-ups (追问): a question that leans on what was said before is completed in plain Chinese before the search.

Pure. A question that is complete in itself is left untouched. What a follow-up lacks is taken from the conversation:
the act asked about, the article (上一条, 第二款), the day, the place, what is asked of the act. Everything taken over
is named, so that the officer sees and can change it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.contract import AskResponse
from assistant.conversations.contract import Reading, TakenOver, Understood
from assistant.conversations.days import SaidDay, day_said, without_days
from assistant.conversations.spoken import (
    ASKS,
    ASPECT,
    CLOSING,
    CONDITIONAL,
    ELLIPTICAL,
    LAW_NAME,
    OPENING,
    POINTING,
    PROCEDURE,
    STANDING,
    STILL,
    STUBBORN,
    bare,
    own_words,
)
from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from corpus.regions import find_regions

_COMPLETED = (Reading.COMPLETED, Reading.MODEL)
USUAL_ASPECT = "怎么处罚"
_ENOUGH_WITH_ASPECT = 4
_ENOUGH_ALONE = 7
_ACT_OF_ITS_OWN = 5
_LONGEST_FIELD = 10
_TITLE_ENDS = re.compile(r"^中华人民共和国|(?:法典|法|条例|办法|规定|细则)(?:（.*）)?$")

_NUMBER = r"[一二三四五六七八九十百千零〇两0-9]+"
_RELATIVE = re.compile(
    rf"^(?:那么?|那|再|看看?|还有|请问|它|这条|该条|本条|同一?条|的|[，, ])*"
    rf"(?P<what>(?:第?{_NUMBER}(?:条(?:之{_NUMBER})?|款|项|目))+|(?P<step>上|前|下|后)面?一?(?P<unit>条|款|项)|(?:这|该|本)一?条(?:全文|原文)?)"
    r"(?:的)?(?:呢|是什么|怎么(?:说|规定|讲)的?|(?:规定|说|讲|写)了?的?(?:是)?(?:什么|啥)|"
    r"内容(?:是什么)?|全文|原文|是啥|[？?。 ])*$"
)
_PARTS = re.compile(rf"第?({_NUMBER})(条(?:之{_NUMBER})?|款|项|目)")
_NAMED = re.compile(rf"(?:法典?|条例|办法|规定|细则)》?的?第?{_NUMBER}条")
_WHOLE_ARTICLE = re.compile(rf"第({_NUMBER})条")
_PLACE_WORDS = re.compile(
    r"^(?:在|到|去|换到|换成|放在|搁)|(?:也|还|都|又)?(?:是)?(?:这样|这么|一样|如此|同样)(?:规定|处罚|罚|处理)?的?(?:吗|嘛)?$|那边|这边|那儿|地区"
)
_OF_ACT = re.compile(r"(?:应该|应当|该|要|会|能|可以|请问|想问)$")


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article that an answer cited."""

    law: str
    article: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was answered (前一问答): as asked, as understood, with what the answer cited, best first.

    ``as_of`` and ``region`` are those that came from the words of the conversation, and count on.
    """

    asked: str
    understood: str
    completed: bool = False
    cited: tuple[CitedArticle, ...] = ()
    as_of: dt.date | None = None
    region: str | None = None


def exchange_of(asked: str, understood: Understood | None, response: AskResponse) -> Exchange:
    """What a stored answer gives a follow-up to lean on."""
    return Exchange(
        asked=asked,
        understood=understood.question if understood else asked,
        completed=understood is not None and understood.reading in _COMPLETED,
        cited=tuple(CitedArticle(c.law, c.article, c.document_id) for c in response.citations),
        as_of=response.as_of if understood and understood.as_of_from in ("before", "question") else None,
        region=understood.region if understood and understood.region_from in ("before", "question") else None,
    )


def day_to_ask(understood: Understood, chosen: dt.date | None) -> dt.date | None:
    """The day to ask for; of a question as asked the day chosen, so that a day in its words is read and told."""
    if understood.reading in _COMPLETED and understood.as_of_from != "today":
        return understood.as_of
    return chosen


def complete(
    question: str, before: Sequence[Exchange], *, as_of: dt.date | None, region: str | None, today: dt.date
) -> Understood:
    """The question as it is put to the search. ``before``: the conversation, oldest first; empty: nothing to lean on.

    ``as_of`` and ``region`` are those chosen by the officer. A day chosen counts before one that is said, and that
    before one taken over; a place that a follow-up names counts before the region chosen for the conversation.
    """
    said = day_said(question, today)
    plain = _as_asked(question, as_of, region, said, today)
    if not before:
        return plain
    relative = _relative_article(question, before)
    if relative is not None:
        return _over(plain, before[-1], None, None, *relative)
    place = _place(question)
    rest = _without_place(without_days(bare(question)), place)
    kind = _kind(question, rest)
    if kind is None:
        return plain
    if kind == "procedure":
        return _over(plain, before[-1], None, None, *_of_procedure(question, before[-1]))
    return _over(plain, before[-1], said, place, *_of_act(rest, place, before))


def _as_asked(
    question: str, as_of: dt.date | None, region: str | None, said: SaidDay | None, today: dt.date
) -> Understood:
    whole = said if said is not None and said.whole else None
    day_from: Literal["given", "question", "today"] = "given" if as_of else "question" if whole else "today"
    return Understood(
        question=question,
        as_of=as_of or (whole.day if whole else today),
        as_of_from=day_from,
        region=region,
        region_from="given" if region else "none",
    )


def _over(
    plain: Understood,
    last: Exchange,
    said: SaidDay | None,
    place: str | None,
    question: str,
    taken: list[TakenOver],
) -> Understood:
    """A completed question with its day and place."""
    changes: dict[str, object] = {"question": question, "reading": Reading.COMPLETED}
    notes: list[str] = []
    if plain.as_of_from == "today" and said is not None:
        changes |= {"as_of": said.day, "as_of_from": "question"}
        if not said.whole:
            notes.append(
                f"只说了{said.words}，按{said.day:%Y}年{said.day.month}月{said.day.day}日有效的规定；请改为行为发生之日。"
            )
    elif plain.as_of_from == "today" and last.as_of is not None:
        changes |= {"as_of": last.as_of, "as_of_from": "before"}
        taken.append(TakenOver(what="date", words=last.as_of.isoformat()))
    if place is not None:
        changes |= {"region": place, "region_from": "question"}
        if plain.region and plain.region != place:
            notes.append(f"问到{place}，未按所选的{plain.region}检索。")
    elif plain.region is None and last.region is not None:
        changes |= {"region": last.region, "region_from": "before"}
        taken.append(TakenOver(what="place", words=last.region))
    return plain.model_copy(update={**changes, "taken_over": taken, "notes": notes})


def _kind(question: str, rest: str) -> Literal["act", "procedure"] | None:
    """What a question lacks: the act it is about, the kind of procedure, or nothing."""
    if _NAMED.search(question):
        return None
    own = own_words(rest)
    points = any(words.search(question) for words in (POINTING, STILL, STUBBORN))
    if PROCEDURE.search(question) and len(own) < _ENOUGH_WITH_ASPECT:
        return None if STANDING.search(question) and not points else "procedure"
    if points or ELLIPTICAL.search(question):
        return "act"
    if CONDITIONAL.match(question) and not ASPECT.search(question):
        return "act"
    enough = _ENOUGH_WITH_ASPECT if ASPECT.search(question) else _ENOUGH_ALONE
    return None if len(own) >= enough or STANDING.search(question) else "act"


# ---- articles --------------------------------------------------------------------------------------------------


def _relative_article(question: str, before: Sequence[Exchange]) -> tuple[str, list[TakenOver]] | None:
    """第二款呢, 上一条, 第35条呢: the article meant, of the law that was cited last."""
    found = _RELATIVE.match(question.strip())
    cited = next((e for e in reversed(before) if e.cited), None)
    if not found or cited is None:
        return None
    base = cited.cited[0]
    law = f"《{base.law.strip('《》')}》"
    taken = [TakenOver(what="law", words=law)]
    if found["step"]:
        label = _step(base.article, cited.understood, found["unit"], -1 if found["step"] in "上前" else 1)
        if label is None:
            return None
        return f"{law}{label}怎么规定", [*taken, TakenOver(what="article", words=base.article)]
    parts = _PARTS.findall(found["what"])
    label = "".join(_part(number, unit) for number, unit in parts)
    if parts and parts[0][1].startswith("条"):
        return f"{law}{label}怎么规定", taken
    if parts and parts[0][1] != "款":
        label = _paragraph_of(cited.understood) + label
    return f"{law}{base.article}{label}怎么规定", [*taken, TakenOver(what="article", words=base.article)]


def _part(number: str, unit: str) -> str:
    try:
        return f"第{format_number(parse_number(number))}{unit}"
    except InvalidInput:
        return f"第{number}{unit}"


def _step(article: str, question: str, unit: str, by: int) -> str | None:
    if unit == "条":
        return _moved(_WHOLE_ARTICLE.fullmatch(article), "条", by)
    within = re.search(rf"第({_NUMBER}){unit}", question)
    moved = _moved(within, unit, by)
    return f"{article}{_paragraph_of(question) if unit == '项' else ''}{moved}" if moved else None


def _moved(found: re.Match[str] | None, unit: str, by: int) -> str | None:
    number = parse_number(found[1]) + by if found else 0
    return f"第{format_number(number)}{unit}" if number > 0 else None


def _paragraph_of(question: str) -> str:
    found = re.search(rf"第({_NUMBER})款", question)
    return _part(found[1], "款") if found else ""


# ---- acts and procedure ----------------------------------------------------------------------------------------


def _of_procedure(question: str, last: Exchange) -> tuple[str, list[TakenOver]]:
    """A question on procedure, of the kind of penalty that was spoken of."""
    public_security = any("治安管理处罚" in c.law for c in last.cited[:1])
    field = "治安管理处罚" if public_security else "行政处罚"
    rest = bare(question)
    return f"{field}，{rest}？", [TakenOver(what="act", words=field)]


def _of_act(rest: str, place: str | None, before: Sequence[Exchange]) -> tuple[str, list[TakenOver]]:
    """The act spoken of with what the follow-up changes or asks."""
    root = next((e for e in reversed(before) if not e.completed), before[0])
    act, aspect = act_and_aspect(root.asked)
    taken = [TakenOver(what="act", words=act)]
    added = _POINTED_FIRST.sub("", rest)
    asks = ASPECT.search(added)
    between = ""
    if before[-1].completed and not own_words(added) and _changes_nothing(added):
        between, _ = act_and_aspect(_without_place(without_days(bare(before[-1].asked)), _place(before[-1].asked)))
        between = "" if PROCEDURE.search(between) or ASPECT.fullmatch(between) else between
    own = own_words(added)
    named = LAW_NAME.search(added)
    field = _field(before) if own and not between and not named else ""
    if field:
        taken.append(TakenOver(what="law", words=field))
    if named:
        parts = [added, act]
    elif field and len(own) >= _ACT_OF_ITS_OWN:
        taken.pop(0)
        parts = [field, added]
    else:
        parts = [field, _without_place(without_days(act), _place(act)) if place else without_days(act), between, added]
    if not asks and not ASKS.search(added):
        parts.append(aspect)
        taken.append(TakenOver(what="aspect", words=aspect))
    where = f"{place}" if place else ""
    return where + "，".join(part for part in parts if part) + "？", taken


def _field(before: Sequence[Exchange]) -> str:
    """What the law that was cited first is about: 《食品安全法》 → 食品安全. Empty where its title says too much."""
    cited = next((e.cited[0] for e in reversed(before) if e.cited), None)
    about = _TITLE_ENDS.sub("", cited.law.strip("《》")) if cited else ""
    return about if len(about) <= _LONGEST_FIELD else ""


_POINTED_FIRST = re.compile(r"^(?:这样|这种情况|这种|那样|同样|一样|也一样|这个)(?:的)?")


def _changes_nothing(words: str) -> bool:
    """Whether a follow-up only asks something else of the same act."""
    return not CLOSING.sub("", ASPECT.sub("", words)).strip("还也都又要会能的了是那就再，, ")


def act_and_aspect(question: str) -> tuple[str, str]:
    """The act of a question and what is asked of it: 占道摆摊怎么罚？ → 占道摆摊, 怎么罚."""
    words = CLOSING.sub("", question.strip())
    found = None
    for found in ASPECT.finditer(words):  # noqa: B007  # the last one
        pass
    if found is None or found.end() < len(words) - 2 or found.start() == 0:
        return OPENING.sub("", words) or words, USUAL_ASPECT
    act = _OF_ACT.sub("", CLOSING.sub("", words[: found.start()]))
    return OPENING.sub("", CLOSING.sub("", act)) or words, found[0]


def _place(question: str) -> str | None:
    return next((m.region for m in reversed(list(find_regions(question))) if m.region), None)


def _without_place(words: str, place: str | None) -> str:
    if place is None:
        return words
    for mention in find_regions(words):
        words = words.replace(mention.text, "")
    while (plain := _PLACE_WORDS.sub("", words).strip("，, ")) != words:
        words = plain
    return words
