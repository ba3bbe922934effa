"""Which article is the basis (依据题): of a benchmark's violation, beside other penalty articles of the same law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.discretion.contract import BasisInfo
from assistant.quiz.contract import Claim, Form, ItemCitation, ItemContent, ItemKind, ItemTags, Key, Point, Refutation
from assistant.quiz.makers.records.chosen import ChosenItem, ChosenStandard
from assistant.quiz.makers.records.rows import Place, RecordRows, word_span
from assistant.quiz.makers.records.statutes import Passage, names_the_item, passages_in
from assistant.quiz.makers.records.words import act, brief, short, tidy
from assistant.quiz.material import Candidate, Material, SourceText, cite
from assistant.quiz.proof.evidence import contained, likeness, plain
from corpus.citations.format import format_article
from corpus.structure import split_article
from corpus.vocabulary import Provision, ProvisionPath

_MOST_WRONG = 3
_LOOKED_AT = 12
_OWN = 0.5
_VERBATIM = 0.8
"""From this share of a violation's words on an article is found by reading the options, not by knowing the law."""
_LEAST_LONG, _MOST_LONG = 0.5, 2.0
_FOREIGN = 0.3
PENALTY = re.compile(r"罚款|警告|拘留|没收|吊销|责令")
_GENERAL = re.compile(
    r"^(?:违反本法规定，)?(?:构成犯罪|造成(?:人身|他人)|当事人对|行政机关|国家机关|本法规定的行政处罚|违反本法第.编)"
    r"|^(?:国家|各级|地方|省|制定|编制|直辖市|县级以上|乡镇|国务院)(?!.{0,12}(?:禁止|不得))|适用本节规定"
)
_LIKE = 0.74
_WHOLE_SENTENCE = 120
_LONG_ENOUGH = 14
_TOUCHES = 0.42
_TELLING = 4
_FEW = 6
_LEAST_SHARED = 2
_COMMON = 0.08
_CLAUSE = re.compile(r"[^，；：。\n]+")
_CONSEQUENCE = re.compile(r"责令|罚款|没收|移送|主管部门|情节|违反本法|拒不改正|警告")
DUTY = re.compile(r"应当|不得|禁止")
FINE = re.compile("罚款")
ANY = re.compile("")
_MOST_MATTER = 110
_MARKED_CLAUSE = re.compile(r"[^，；：。\n]+[，；：。\n]?")
_BINDS = re.compile(r"应当|必须|不得|禁止")
_EMPTY_OPENING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]+[）)]\s*)?(?:违反本(?:法典?|条例|办法|规定)(?:的?规定|有关规定)?，)?"
)
_LEANS = re.compile(r"前[一二两三]?[款项条]|本[法条款]|第[一二三四五六七八九十百]+[款项条]|下列|上述|^有|^其")
_SENTENCE_END = re.compile(r"[，；：。]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Another article of the law, and what it is about."""

    text: SourceText
    provision: Provision
    about: Place

    @property
    def reason(self) -> str:
        more = "" if self.about.words.rstrip().endswith(("。", "；")) else "……"
        return brief(f"{self.provision.label}规定的是“{tidy(self.about.words)}{more}”")

    def cited(self) -> ItemCitation:
        return cite(self.text, self.provision, self.about.start, self.about.end)


def matter_of(passage: Passage) -> Place | None:
    """What a passage is about, as an option tells it: its first sentence up to the consequence, or nothing of it.

    A sentence is never cut short, or the option would not say what was violated.
    """
    text = passage.provision.text
    opening = _EMPTY_OPENING.match(passage.words)
    start = end = passage.start + (opening.end() if opening else 0)
    for clause in _MARKED_CLAUSE.finditer(text, start, passage.end):
        if end > start and _CONSEQUENCE.search(clause[0]):
            break
        end = clause.end()
        if clause[0][-1] in "。：\n":
            break
    told = text[start:end].rstrip("，；：。\n")
    whole = told.endswith("的") or bool(_BINDS.search(told))
    if not whole or not _LONG_ENOUGH <= len(told) <= _MOST_MATTER or _LEANS.search(told) or not _balanced(told):
        return None
    return Place(passage.provision, start, start + len(told))


def _balanced(words: str) -> bool:
    return all(words.count(a) == words.count(b) for a, b in ("（）", "《》")) and "“" not in words


def standard_basis_items(chosen: ChosenStandard, material: Material, random: Random) -> Iterator[Candidate]:
    """The penalty article of a violation, and the article violated."""
    info = chosen.info
    for bases in (info.basis, info.violated):
        item = _item(info.title, info.document, bases, chosen.rows, chosen.tags, info.key, material, random)
        if item is not None:
            yield Candidate(item, unit=info.key, group=info.document_id)


def entry_basis_items(chosen: ChosenItem, material: Material, random: Random) -> Iterator[Candidate]:
    """The article that a list entry's violation violates."""
    info = chosen.info
    item = _item(
        info.violation,
        info.document,
        info.provisions,
        chosen.rows,
        chosen.tags,
        info.key,
        material,
        random,
    )
    if item is not None:
        yield Candidate(item, unit=info.key, group=info.document_id)


def _item(
    title: str,
    document: str,
    bases: Sequence[BasisInfo],
    rows: RecordRows,
    tags: ItemTags,
    key: str,
    material: Material,
    random: Random,
) -> ItemContent | None:
    passages = [p for b in bases for p in passages_in(b.written, material.book)]
    articles = {p.provision.id for p in passages}
    if len(articles) != 1 or len(bases) != 1:
        return None
    passage = passages[0]
    place = _printed(rows, title, bases[0].written)
    role = _role(place) if place is not None else None
    if place is None or role is None:
        return None
    matter = matter_of(passage)
    if matter is None or not names_the_item(act(title), passage):
        return None
    told = contained(plain(act(title)), plain(matter.words))
    if told > _VERBATIM or contained(plain(act(title)), plain(passage.provision.text)) < _OWN:
        return None
    wrong = [
        (w, about)
        for w in other_articles(act(title), passage, DUTY if "违反" in role else PENALTY, random, most=_LOOKED_AT)
        if (about := matter_of(_whole(w))) is not None
        and is_near(about.words, act(title), passage.text)
        and _LEAST_LONG <= len(about.words) / len(matter.words) <= _MOST_LONG
    ][:_MOST_WRONG]
    if len(wrong) < 2:
        return None
    citations = [rows.cite(place), passage.cited(), *(cite(w.text, w.provision, m.start, m.end) for w, m in wrong)]
    label = format_article(passage.provision.article) if passage.provision.article else passage.provision.label
    subject = _printed_words(place.provision, title)
    return ItemContent(
        kind=ItemKind.SINGLE,
        form=Form.ONE,
        point=Point.BASIS,
        stem=f"根据{short(document)}，“{act(title)}”{role}（　　）。",
        options=[
            with_matter(passage.text, passage.provision, matter),
            *(with_matter(w.text, w.provision, m) for w, m in wrong),
        ],
        key=Key(correct=[0]),
        explanation=f"{short(document)}载明，“{act(title)}”{role}{bases[0].written}。",
        citations=citations,
        refutations=[Refutation(option=n, reason=w.reason, citation=n + 1) for n, (w, _) in enumerate(wrong, start=1)],
        claim=Claim(point=Point.BASIS, subject=subject, answers=[label], standard=key),
        difficulty=0.5,
        tags=tags,
        as_of=material.day,
    )


def _printed(rows: RecordRows, title: str, written: str) -> Place | None:
    """The citation as printed in a row that names the violation too."""
    for provision in rows.provisions:
        if word_span(provision.text, title) is None:
            continue
        span = word_span(provision.text, written)
        if span is not None:
            return Place(provision, *span)
    return None


def _printed_words(provision: Provision, words: str) -> str:
    span = word_span(provision.text, words)
    return provision.text[slice(*span)] if span is not None else ""


def _role(place: Place) -> str | None:
    """What the column that holds the citation says it is."""
    line = place.provision.text.rfind("\n", 0, place.start) + 1
    column = place.provision.text[line : place.start].partition("：")[0]
    if "违反" in column:
        return "违反的条款是"
    return "的处罚依据是" if "处罚依据" in column else None


def other_articles(
    matter: str,
    passage: Passage,
    sort: re.Pattern[str],
    random: Random,
    barred: frozenset[str] = frozenset(),
    most: int = _MOST_WRONG,
) -> list[Wrong]:
    """Articles of the same law and of the same sort near the right one, that say little of the matter."""
    provisions = passage.text.provisions
    at = provisions.index(passage.provision)
    chapter = _chapter(passage.provision)
    near = sorted(
        (n for n, p in enumerate(provisions) if n != at and p.article and _chapter(p) == chapter),
        key=lambda n: abs(n - at),
    )
    found: list[Wrong] = []
    for n in near:
        provision = provisions[n]
        about = _about(provision)
        if about is None or provision.id in barred or not sort.search(provision.text):
            continue
        if likeness(plain(_option(passage.text, passage.provision)), plain(_option(passage.text, provision))) > _LIKE:
            continue
        if _is_foreign(plain(matter), passage, provision):
            found.append(Wrong(passage.text, provision, about))
        if len(found) == most * 2:
            break
    return [found[n] for n in sorted(random.sample(range(len(found)), min(most, len(found))))]


def _chapter(provision: Provision) -> tuple[str | None, ...]:
    heading = provision.heading
    return heading.part, heading.subpart, heading.chapter


def _is_foreign(matter: str, passage: Passage, provision: Provision) -> bool:
    """Whether an article says little of the matter, shares no telling words with it, and no clause of it is in it."""
    text = plain(provision.text)
    if contained(matter, text) > _FOREIGN:
        return False
    clauses = [plain(c) for c in _CLAUSE.findall(provision.text) if not _CONSEQUENCE.search(c)]
    if any(contained(clause, matter) >= _TOUCHES for clause in clauses if len(clause) >= 5):
        return False
    shared = {matter[n : n + _TELLING] for n in range(len(matter) - _TELLING + 1)}
    return not any(_is_rare(words, passage.text) for words in shared if words in text)


def is_near(matter: str, told: str, text: SourceText) -> bool:
    """Whether a matter speaks of what is told: several pairs of characters that few articles of the law have."""
    words = plain(told)
    shared = {matter[n : n + 2] for n in range(len(matter) - 1) if plain(matter[n : n + 2]) == matter[n : n + 2]}
    return sum(pair in words and _is_rare(pair, text) for pair in sorted(shared)) >= _LEAST_SHARED


def _is_rare(words: str, text: SourceText) -> bool:
    """Whether words stand in few articles of a law: then they tell what an article is about."""
    return sum(words in p.text for p in text.provisions) <= max(_FEW, len(text.provisions) * _COMMON)


def _option(text: SourceText, provision: Provision) -> str:
    return f"{short(text.document.title)}{provision.label}"


def with_matter(text: SourceText, provision: Provision, matter: Place) -> str:
    """《消防法》第二十八条：“任何单位、个人不得损坏、挪用……”: nobody has to know the number by heart."""
    return f"{_option(text, provision)}：“{matter.words}”"


def _whole(wrong: Wrong) -> Passage:
    """The first paragraph of another article as a passage."""
    first = split_article(wrong.provision.text).paragraphs[0]
    return Passage(wrong.text, wrong.provision, ProvisionPath(), first.start, first.end)


def _about(provision: Provision) -> Place | None:
    """What an article is about: its first clause that says more than a head, or its first item."""
    text = provision.text
    if _GENERAL.match(text):
        return None
    first = split_article(text).paragraphs[0]
    if first.items:
        end = len(text[first.start : first.items[0].start].rstrip("：: \n"))
        return Place(provision, first.start, first.start + end) if _LONG_ENOUGH <= end <= 160 else None
    end = text.find("。") + 1
    if not 0 < end <= _WHOLE_SENTENCE:
        end = next((m.start() for m in _SENTENCE_END.finditer(text) if m.start() >= _LONG_ENOUGH), 0)
    return Place(provision, 0, end) if 6 <= end <= 160 else None
