"""Answers without a model, measured (答复评测): points present, length, quotations, and what each sentence claims.

The check of claims shares no code with ``assistant.answer``: it reads the sentences as an outsider would, and asks
whether every quotation, sum, period, date, subject, law and article named stands in what the sentence cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from assistant.contract import AnswerCitation, AskResponse, Sentence
from corpus.errors import InvalidInput
from corpus.numerals import parse_decimal
from evals.metrics import mean, percentile, recall_at
from evals.questions import Question, article_key
from evals.quotes import points_found

MOST_PROVISIONS = 4
MOST_CHARACTERS = 1_200
"""What an officer reads at a glance: an answer beyond either is over long, and its points do not count as given."""

_QUOTED = re.compile(r"“([^“”]+)”")
_OMITTED = "……"
_LISTED = re.compile(r"下列[^。；]{0,40}：$")
_LAW = re.compile(r"《([^《》]+)》")
_NUMERAL = "[0-9〇零一二三四五六七八九十百千万亿两]+"
_ARTICLE = re.compile(rf"第{_NUMERAL}条(?:之[一二三四五六七八九十]+)?")
_PARAGRAPH = re.compile(rf"第({_NUMERAL})款")
_ITEM = re.compile(rf"第[（(]?({_NUMERAL})[）)]?项")
_DATE = re.compile(r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?")
_END = re.compile(r"[\d-]+起失效")  # the day a law ends is not in the contract's citation
_SHARE = re.compile(rf"([百千万])分之({_NUMERAL})")
_FIGURE = re.compile(
    rf"(?<![第0-9〇零一二三四五六七八九十百千万亿两])({_NUMERAL}(?:\.[0-9]+)?)(%|元|倍|个?月|个?工作日|日|天|年|周岁|岁|小时|人|名|次|平方米|公斤|吨)"
)
_SUBJECT = re.compile(
    r"[\u4e00-\u9fff]*?(?:部门|机关|机构|政府|委员会|法院|检察院|海关|公民|个人|单位|法人|经营者|主管人员|责任人员|负责人|当事人)(?![:：])"
)
_SUBJECT_FROM = re.compile(r".*(?:应当|可以|由|经|向|对|和|或者|及|的|与|报|请)(?=[\u4e00-\u9fff]{2})")
_UNITS = {"天": "日", "个月": "月", "岁": "周岁", "个工作日": "工作日", "名": "人"}
_MULTIPLES = {"百": "%", "千": "‰", "万": "‱"}


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What one answer gives. None: does not apply.

    ``characters`` are those of the answer as shown, ``quoted_characters`` those of the quotations beside it.
    ``stated`` are the sentences that cite or claim something (a refusal states no law), ``unsupported`` those with a
    claim that is not in what they cite: ``<claim>: <sentence>``.
    """

    points: tuple[bool, ...]
    provisions: int
    characters: int
    quoted_characters: int
    verbatim: int  # of the provisions quoted, those whose quotation is part of the stored text
    stated: int
    unsupported: tuple[str, ...]
    cited_recall: float | None
    begins_right: bool | None  # whether the provision told first is a required one
    hidden_omissions: int  # places between two quotations where words were left out and no …… says so
    bare_lists: int  # quotations that announce a list (下列…：) of which nothing follows

    @property
    def within_limits(self) -> bool:
        return self.provisions <= MOST_PROVISIONS and self.characters <= MOST_CHARACTERS

    @property
    def points_within_limits(self) -> tuple[bool, ...]:
        """The points, none of them given by an answer that is too long."""
        return tuple(hit and self.within_limits for hit in self.points)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "within_limits": self.within_limits}


def answer_figures(question: Question, answer: AskResponse, texts: Mapping[str, str]) -> AnswerFigures:
    """Measure one answer. ``texts`` are the stored articles by provision id."""
    cited = {c.key: c for c in answer.citations}
    said = answer.answer + "\n" + "\n".join(c.quote for c in answer.citations)
    stated, unsupported = 0, []
    for sentence in () if answer.refused else answer.sentences:
        sources = [cited[key] for key in sentence.citations if key in cited]
        wrong = [claim for claim, holds in _claims(sentence.text, sources, texts, answer) if not holds]
        stated += bool(sources or wrong)
        if wrong or len(sources) < len(sentence.citations):
            unsupported.append(f"{'、'.join(wrong) or '未知的依据'}: {sentence.text}")
    keys = list(dict.fromkeys(article_key(c.law, c.article) for c in answer.citations))
    return AnswerFigures(
        points=tuple(points_found(question.answer_points, said)) if question.answerable else (),
        provisions=len(keys),
        characters=len(answer.answer),
        quoted_characters=sum(len(c.quote) for c in answer.citations),
        verbatim=sum(bool(c.quote) and c.quote in texts.get(c.provision_id, "") for c in answer.citations),
        stated=stated,
        unsupported=tuple(unsupported),
        cited_recall=recall_at(keys, question.required, len(keys)),
        begins_right=keys[0] in question.required if keys and question.required else None,
        hidden_omissions=sum(_hidden_omissions(s, texts, cited) for s in answer.sentences),
        bare_lists=sum(_bare_lists(s.text) for s in answer.sentences),
    )


def _hidden_omissions(sentence: Sentence, texts: Mapping[str, str], cited: Mapping[str, AnswerCitation]) -> int:
    """Pairs of neighbouring quotations of one provision between which words are missing without a sign of it."""
    passages = [texts.get(cited[key].provision_id, "") for key in sentence.citations if key in cited]
    hidden = 0
    for first, second in pairwise(_QUOTED.finditer(sentence.text)):
        for passage in passages:
            end = passage.find(first[1]) + len(first[1])
            at = passage.find(second[1], end) if first[1] in passage else -1
            if at > end and any(c.isalnum() for c in passage[end:at]):
                hidden += _OMITTED not in sentence.text[first.end() : second.start()]
    return hidden


def _bare_lists(words: str) -> int:
    quoted = _QUOTED.findall(words)
    return sum(bool(_LISTED.search(said.rstrip())) for said in quoted[-1:])


def _claims(
    words: str, sources: Sequence[AnswerCitation], texts: Mapping[str, str], answer: AskResponse
) -> Iterator[tuple[str, bool]]:
    """Everything that a sentence names, with whether what it cites names it too.

    A sentence that names a law and an article outside its quotation marks is held against those alone, so that a
    passage or a sum of another provision beside them counts as unsupported even where that provision is cited too.
    """
    sources = _named(words, sources) or sources
    for quoted in _QUOTED.findall(words):
        yield f"“{quoted}”", any(quoted in texts.get(s.provision_id, "") for s in sources)
    words = unicodedata.normalize("NFKC", words)
    passage = "\n".join(unicodedata.normalize("NFKC", texts.get(s.provision_id, "")) for s in sources)
    titles = {article_key(unicodedata.normalize("NFKC", s.law), "")[0] for s in sources}
    for law in _LAW.findall(words):
        yield f"《{law}》", article_key(law, "")[0] in titles or f"《{law}》" in passage
    labels = {s.article for s in sources}
    for article in _ARTICLE.findall(words):
        yield article, article in labels or article in passage
    most = max((_paragraphs(texts.get(s.provision_id, "")) for s in sources), default=0)
    for match in _PARAGRAPH.finditer(words):
        yield match[0], _value(match[1]) <= most or match[0] in passage
    for match in _ITEM.finditer(words):
        yield match[0], f"({match[1]})" in passage or match[0] in passage
    days = {answer.as_of} | {s.effective_from for s in sources if s.effective_from}
    known = {(d.year, d.month, d.day) for d in days} | set(_dates(passage))
    dated = all(s.effective_from for s in sources)
    for day in _dates(_END.sub("", words)):
        yield "{}-{}-{}".format(*day), day in known or not dated
    present = set(_figures(passage))
    for figure in _figures(_DATE.sub(" ", _LAW.sub(" ", words))):
        yield "".join(map(str, figure)), figure in present
    if sources:
        named = passage + "".join(s.law + s.heading + s.level.value for s in sources)
        for subject in _subjects(words):
            yield subject, subject in named


def _named(words: str, sources: Sequence[AnswerCitation]) -> list[AnswerCitation]:
    """The provisions cited that the sentence itself names, law and article."""
    said = unicodedata.normalize("NFKC", _QUOTED.sub("", words))
    laws = {article_key(law, "")[0] for law in _LAW.findall(said)}
    articles = set(_ARTICLE.findall(said))
    named = [s for s in sources if article_key(unicodedata.normalize("NFKC", s.law), "")[0] in laws]
    return [s for s in named if s.article in articles] if articles else named


def _paragraphs(text: str) -> int:
    return sum(bool(line.strip()) and line.strip()[0] not in "（(" for line in text.split("\n"))


def _dates(text: str) -> list[tuple[int, int, int]]:
    return [(int(y), int(m), int(d)) for y, m, d in _DATE.findall(text)]


def _figures(text: str) -> Iterator[tuple[float, str]]:
    """Sums, multiples, shares, periods and counts, in one way of writing."""
    for base, share in _SHARE.findall(text):
        yield _value(share), _MULTIPLES[base]
    for number, unit in _FIGURE.findall(_SHARE.sub(" ", text)):
        yield _value(number), _UNITS.get(unit, unit)


def _value(number: str) -> float:
    """The value of a numeral; -1 where it cannot be read, so that it agrees only with its like."""
    try:
        return float(parse_decimal(number))
    except InvalidInput:
        return -1.0


def _subjects(words: str) -> Iterator[str]:
    """Authorities and persons named, without what leads up to them (应当由、对、经); not the label 处理机关：."""
    for match in _SUBJECT.finditer(words):
        yield _SUBJECT_FROM.sub("", match[0])[-8:]


@dataclass(frozen=True, slots=True)
class AnswersSummary:
    """The figures of many answers; refused questions give neither provisions nor sentences."""

    answers: int
    points: int
    points_present: float | None
    points_within_limits: float | None
    within_limits: float | None
    provisions_mean: float | None
    characters_p50: float | None
    characters_p95: float | None
    quotes: int
    quotes_verbatim: float | None
    stated: int
    citation_precision: float | None
    citation_recall: float | None
    begin_right: float | None
    hidden_omissions: int
    bare_lists: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def summarise_answers(figures: Sequence[AnswerFigures]) -> AnswersSummary:
    """Points and sentences are counted over all answers alike; recall is the mean over questions."""
    given = [f for f in figures if f.provisions]
    quotes, stated = sum(f.provisions for f in given), sum(f.stated for f in given)
    points = [hit for f in figures for hit in f.points]
    return AnswersSummary(
        answers=len(given),
        points=len(points),
        points_present=mean(points),
        points_within_limits=mean(hit for f in figures for hit in f.points_within_limits),
        within_limits=mean(f.within_limits for f in given),
        provisions_mean=mean(f.provisions for f in given),
        characters_p50=percentile([f.characters for f in given], 50),
        characters_p95=percentile([f.characters for f in given], 95),
        quotes=quotes,
        quotes_verbatim=sum(f.verbatim for f in given) / quotes if quotes else None,
        stated=stated,
        citation_precision=1 - sum(len(f.unsupported) for f in given) / stated if stated else None,
        citation_recall=mean(f.cited_recall for f in figures),
        begin_right=mean(f.begins_right for f in figures),
        hidden_omissions=sum(f.hidden_omissions for f in given),
        bare_lists=sum(f.bare_lists for f in given),
    )
