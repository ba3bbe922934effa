"""What neighbouring provisions add to an answer (相关规定): the penalty, the duty broken, leniency, the hearing.

They are found by the words of the provisions in force on the day, never by fixed article numbers, since numbers move
when a law is revised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answer.focus import overlap, words_of
from assistant.answer.lines import Evidence, Related
from assistant.answer.order import GENERAL_LAWS, asks_for_time_bar, bars_by_time
from assistant.answer.portions import first_sentence, leading_words
from assistant.answer.sanctions import Span, orders_sanction
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.structure import split_article
from corpus.vocabulary import Provision

PENALTY_LAW = "中华人民共和国行政处罚法"
PENALTY, DUTY, HEARING, TIME_BAR = "相应罚则", "所引规定", "听证", "追责时效"

_LENIENT = re.compile(r"不予(?:行政)?处罚|免予处罚|从轻(?:、减轻)?或者(?:减轻|不予)|从轻、减轻")
_NOT_PUNISHED = re.compile(r"不予(?:行政)?处罚|免予处罚")
_LEANS_BACK = re.compile(
    r"(?:对|对于)?(?:有|依照|依据|违反|符合|属于)?(?:本条)?(?:前[一二两三]?[款条]|第[一二三四五六]款)|经"
)
"""How a paragraph begins that holds only for what the one before it says."""
_SLIGHT = "违法行为轻微"
_NO_FAULT = "没有主观过错"
_WHETHER_AT_ALL = "罚不罚"  # asks for the penalty, though it holds 不罚
_DENIES_FAULT = re.compile(
    r"不知[道情]|不是故意|没故意|不晓得|无意|没注意|看着像|看起来像|以为|不懂法|蒙在鼓里|过错|被骗"
)
_FINAL_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)](?:其他|法律、法规、规章规定的其他)")
_LONGEST_PARAGRAPH = 300  # characters; of a longer one the sentence is quoted
_HEARING = re.compile(r"有要求(?:举行)?听证的权利|应当组织听证")
_NEEDS_HEARING = re.compile(r"罚款|没收|吊销|停产停业|责令关闭|降低资质|从业")
_MOST_DUTIES = 2
_FAR_BEHIND = 0.3
"""A duty that shares less than this of what the nearest shares with the question is not the one broken."""


def related_provisions(
    question: UnderstoodQuestion,
    main: Evidence,
    *,
    referenced: Sequence[Evidence],
    referring: Sequence[Evidence],
    same_law: Sequence[Provision],
    penalty_law: Sequence[Evidence],
    stands: Callable[[Provision], Evidence | None],
) -> Iterator[Related]:
    """What to show beside the provision ``main``, what matters most first.

    ``referenced`` are the provisions that it names and ``referring`` those of its text that name it, ``same_law`` all
    provisions of its text, ``penalty_law`` those of the 行政处罚法 in force on the day. ``stands`` gives a provision
    its state, or None when it must not be shown. What the question asks for by name (听证, 从轻) comes first.
    """
    words = words_of(question.text, (term for e in question.expansions for term in e.statute))
    if asks_for_time_bar(question):
        yield from (Related(TIME_BAR, e, asked=True) for e in penalty_law if bars_by_time(e))
    imposes = orders_sanction(main.provision.text) and main.document.title not in GENERAL_LAWS
    if not imposes:
        if Intent.SANCTION in question.intents:
            penalties = [r for r in referring if orders_sanction(r.provision.text)]
            yield from (Related(PENALTY, p) for p in _nearest(words, penalties)[:1])
        return
    denied = bool(_DENIES_FAULT.search(question.text)) or _NO_FAULT in {
        s for e in question.expansions for s in e.statute
    }
    lenient = list(_leniency(main, same_law, penalty_law, stands, no_fault=denied))
    hearing = list(_hearing(main, penalty_law))
    mercy = Intent.LENIENCY in question.intents and _WHETHER_AT_ALL not in question.text
    asked = [
        *(lenient if denied or mercy else ()),
        *(hearing if "听证" in question.text else ()),
    ]
    yield from (replace(r, asked=True) for r in asked)
    text = main.provision.text
    referenced = [r for r in referenced if not _only_set_apart(text, r.provision.label)]
    yield from (Related(PENALTY, p) for p in _nearest(words, referenced)[:1] if orders_sanction(p.provision.text))
    told = leading_words(main.provision.text, words)
    elsewhere = [r for r in referenced if r.provision.label in main.provision.text and r.provision.label not in told]
    duties = [r for r in referenced if r not in elsewhere and not orders_sanction(r.provision.text)]
    yield from (Related(DUTY, d) for d in _about_as_near(words, duties)[:_MOST_DUTIES])
    if not question.intents or question.intents - {Intent.PROCEDURE, Intent.DUTY}:
        yield from (r for r in (*lenient, *hearing) if r not in asked)


def _only_set_apart(text: str, label: str) -> bool:
    """Whether the article is named only as what the provision does not cover (除…规定的情形外) or as whose civil
    liability follows (承担本法第…条规定的民事责任)."""
    apart = rf"除[^，。；\n]*{label}[^，。；\n]*外|承担[^，。；\n]*{label}[^，。；\n]*民事责任"
    return label in text and label not in re.sub(apart, "", text)


def _nearest(words: frozenset[str], found: Sequence[Evidence]) -> list[Evidence]:
    """Those that share most words with the question first; a law's own order where they share alike."""
    return sorted(found, key=lambda e: -overlap(words, e.provision.text))


def _about_as_near(words: frozenset[str], found: Sequence[Evidence]) -> list[Evidence]:
    """Those that share words with the question, the nearest first, without those far behind it."""
    nearest = _nearest(words, found)
    least = max((overlap(words, e.provision.text) for e in nearest), default=0.0) * _FAR_BEHIND
    return [e for e in nearest if overlap(words, e.provision.text) >= least]


def _leniency(
    main: Evidence,
    same_law: Sequence[Provision],
    penalty_law: Sequence[Evidence],
    stands: Callable[[Provision], Evidence | None],
    *,
    no_fault: bool,
) -> Iterator[Related]:
    """What the law itself grants, then what the 行政处罚法 grants; that whoever is not at fault is not punished comes
    first where the question pleads it."""
    general = next((e for e in penalty_law if e.provision.text.startswith(_SLIGHT)), None)
    grounds = _grounds(general.provision.text) if general else ()
    if general and no_fault:
        yield Related(leniency_role(_words_of(general, grounds)), general, grounds)
    own = ""
    if main.document.title != PENALTY_LAW:
        others = [p for p in same_law if p.id != main.provision.id and p.article]
        found = [(p, span) for p in others if (span := _lenient_span(p.text)) is not None]
        for provision, span in sorted(found, key=lambda one: "情形之一" not in one[0].text[slice(*one[1])]):
            evidence = stands(provision)
            if evidence:
                own = provision.text[slice(*span)]
                yield Related(leniency_role(own), evidence, (span,))
                break
    if general and grounds and not no_fault and _SLIGHT not in own:
        yield Related(leniency_role(_words_of(general, grounds)), general, grounds)


def _grounds(text: str) -> tuple[Span, ...]:
    """The paragraphs that each name a ground on which nobody is punished: a slight act, no fault."""
    return tuple(
        (p.start, p.end)
        for p in split_article(text).paragraphs
        if _NOT_PUNISHED.search(text, p.start, p.end)
        and (_SLIGHT in text[p.start : p.end] or _NO_FAULT in text[p.start : p.end])
    )


def _words_of(evidence: Evidence, spans: Sequence[Span]) -> str:
    return "".join(evidence.provision.text[slice(*span)] for span in spans)


def leniency_role(words: str) -> str:
    """What the words quoted grant, and nothing else: 从轻、减轻, 不予处罚."""
    granted = [grant for grant in ("从轻", "减轻") if grant in words]
    if _NOT_PUNISHED.search(words):
        granted.append("不予处罚")
    return "、".join(granted) or "从宽"


def _lenient_span(text: str) -> tuple[int, int] | None:
    """The first paragraph that grants leniency on its own; None for an article that punishes some other act."""
    if not _LENIENT.search(text) or orders_sanction(text):
        return None
    for paragraph in split_article(text).paragraphs:
        words = text[paragraph.start : paragraph.end]
        if _LENIENT.search(words) and not _LEANS_BACK.match(words.strip()):
            if len(words) <= _LONGEST_PARAGRAPH:
                return paragraph.start, paragraph.end
            start, end = sentence_with(_LENIENT, words)
            return paragraph.start + start, paragraph.start + end
    return None


def _hearing(main: Evidence, penalty_law: Sequence[Evidence]) -> Iterator[Related]:
    if _NEEDS_HEARING.search(main.provision.text):
        for evidence in penalty_law:
            if _HEARING.search(evidence.provision.text):
                yield Related(HEARING, evidence, _hearing_spans(evidence.provision.text, main.provision.text))
                break


def _hearing_spans(text: str, penalty: str) -> tuple[Span, ...]:
    """The sentence on the hearing with the decisions it lists, of those the ones that ``penalty`` names."""
    start, end = sentence_with(_HEARING, text)
    ordered = frozenset(_NEEDS_HEARING.findall(penalty))
    listed = [i for p in split_article(text).paragraphs if p.start <= start < p.end for i in p.items]
    meant = [
        (i.start, i.end)
        for i in listed
        if ordered & set(_NEEDS_HEARING.findall(text, i.start, i.end)) or _FINAL_ITEM.match(text, i.start, i.end)
    ]
    return (start, min([end, *(i.start for i in listed)])), *meant


def sentence_with(words: re.Pattern[str], text: str) -> tuple[int, int]:
    """Span of the sentence that holds the words, up to its 。 or the end of its line."""
    found = words.search(text)
    if not found:
        return first_sentence(text)
    start = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
    ends = [i for i in (text.find("。", found.end()), text.find("\n", found.end())) if i >= 0]
    end = min(ends) if ends else len(text)
    return start, end + 1 if end < len(text) and text[end] == "。" else end
