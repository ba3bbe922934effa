"""What a question asks (问题理解), read from its words: the day, the laws and articles named, what is wanted.

Pure. The day in the question counts only when the caller gave none and the question names exactly one full date
(查处的日期、行为发生日期); everything read is shown to the officer as a note, so that a wrong reading is seen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.lexicon import Expansion, Lexicon
from assistant.places import NATIONWIDE, Place
from corpus.citations import FoundCitation, NameMention, NameTable, find_citations, prefer_region

_FULL_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
)


_THAT_DAY = re.compile(r"(?:按照?|依照?|照)?(?:(?<![适相应正])当时(?![间机])|那时候?|彼时)的?")
_OCCASION = re.compile(
    r"(?:处理|查处|办理|查办|查到|对)了?一[起宗件](?P<case>[^，。；？?]{2,40}?)(?:案件?)?"
    r"(?:[并来]?(?:下|作出?|做出?)了?(?:处罚)?决定)?(?=[，。；？?]|$)"
)
"""How a question tells that a case came up on a day: 查处一起…案, 对一起…案下决定."""


class Intent(StrEnum):
    """What an officer wants to know (提问意图); a question may carry several."""

    SANCTION = "sanction"  # 罚多少、怎么处理
    DUTY = "duty"  # 违反的是哪条、禁止性规定
    PROCEDURE = "procedure"  # 听证、送达、期限
    LENIENCY = "leniency"  # 从轻、减轻、不予处罚


_INTENTS: dict[Intent, re.Pattern[str]] = {
    Intent.SANCTION: re.compile(
        r"罚|拘留|拘几|吊销|吊他|没收|扣[车押分留]|查封|怎么处|咋处|怎么办|咋办|咋整|怎么弄|咋弄|收拾|怎么管|咋管|"
        r"怎么治|追究|什么后果|啥后果|坐牢|处理|定性|法律责任|取缔|责任"
    ),
    Intent.DUTY: re.compile(r"违反.{0,6}哪|哪.{0,4}(?:禁止|义务)|禁止性|义务条款|不得|依据哪条|允许|让不让|准不准"),
    Intent.PROCEDURE: re.compile(
        r"听证|送达|立案|期限|几天|多少天|多久|几日|几个月|程序|步骤|手续|催告|复议|诉讼|起诉|笔录|当场|回避|证据|"
        r"审批|延长|公告|告知|陈述|申辩|简易|执行|分期|移送|签字|盖章|公示|法制审核|集体讨论|管辖|委托|录像|送到|时效"
    ),
    Intent.LENIENCY: re.compile(
        r"从轻|减轻|轻一点|轻点|免罚|免予|不罚|不予.{0,2}处罚|首违|初次|头一[回次]|第一次|轻微|宽大|饶|放一马|"
        r"放过|通融|不知情|不知道|主动|自首|立功|悔改|谅解|从宽|还能罚|过了.{0,3}年|多年前"
    ),
}


@dataclass(frozen=True, slots=True)
class UnderstoodQuestion:
    """A question as the assistant understood it (理解后的问题).

    ``as_of`` is the day whose law is asked for. ``laws`` are the names of laws found, resolved to documents or not;
    ``expansions`` are the statute words that the lexicon adds to spoken ones; ``notes`` are for the officer.
    ``place`` tells whose rules apply; that takes knowing the regions held, so the service fills it in.
    """

    text: str
    as_of: dt.date
    citations: tuple[FoundCitation, ...]
    laws: tuple[NameMention, ...]
    intents: frozenset[Intent]
    expansions: tuple[Expansion, ...]
    notes: tuple[str, ...]
    place: Place = NATIONWIDE

    @property
    def matter(self) -> str:
        """What the question is about (所问之事): its words without the day, which is a filter and no word to look for.

        With a day written out go the words of that time (当时的) and, but where procedure is asked about, that a case
        was decided on it (对一起…案下决定): no provision that answers holds them, and others do.
        """
        undated, dates = _FULL_DATE.subn(lambda m: "" if _day(m) == self.as_of else m.group(), self.text)
        if not dates or undated == self.text:
            return self.text
        matter = _THAT_DAY.sub("", undated)
        if Intent.PROCEDURE not in self.intents:
            matter = _OCCASION.sub(r"\g<case>", matter)
        return matter.strip("，,。 ") or self.text

    @property
    def named_documents(self) -> frozenset[str]:
        """Ids of the documents that the question names without doubt: of several of one title, that of the place."""
        named = (prefer_region(m.match.documents, self.place.regions) for m in self.laws)
        return frozenset(documents[0].id for documents in named if len(documents) == 1)

    @property
    def unknown_titles(self) -> tuple[str, ...]:
        """Titles that the question names and the corpus does not hold."""
        return tuple(m.match.title or m.match.written for m in self.laws if not m.match.documents)


def understand(
    question: str, *, as_of: dt.date | None, today: dt.date, names: NameTable, lexicon: Lexicon
) -> UnderstoodQuestion:
    """Read a question. ``as_of`` given by the caller wins over a date in the words, and that over ``today``."""
    notes: list[str] = []
    day = as_of
    if day is None:
        dates = _dates(question)
        if len(dates) == 1:
            day = dates[0]
            notes.append(f"问题中写明日期，按{day:%Y}年{day.month}月{day.day}日有效的规定检索。")
        elif len(dates) > 1:
            notes.append("问题中有多个日期，未据以确定适用日期；请另行指定行为发生之日。")
    laws = tuple(names.find_names(question))
    notes += [m.match.note for m in laws if m.match.note]
    return UnderstoodQuestion(
        text=question,
        as_of=day or today,
        citations=tuple(find_citations(question, names)),
        laws=laws,
        intents=frozenset(intent for intent, words in _INTENTS.items() if words.search(question)),
        expansions=tuple(lexicon.expand(question)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _dates(question: str) -> Sequence[dt.date]:
    return list(dict.fromkeys(day for found in _FULL_DATE.finditer(question) if (day := _day(found)) is not None))


def _day(found: re.Match[str]) -> dt.date | None:
    """The day that is written; None where the calendar has none."""
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
