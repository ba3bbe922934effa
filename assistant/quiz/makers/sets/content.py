"""How an item of this family is put together: citation, claim, tags, and why each wrong option is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from assistant.quiz.contract import (
    FORM_OF,
    Claim,
    ItemCitation,
    ItemContent,
    ItemKind,
    ItemTags,
    Key,
    Point,
    Refutation,
)
from assistant.quiz.makers.sets.words import Span, short_name
from assistant.quiz.material import Candidate, SourceText, cite
from corpus.vocabulary import Provision, ProvisionPath


@dataclass(frozen=True, slots=True)
class Rests:
    """What an item rests on: words of a provision."""

    text: SourceText
    provision: Provision
    span: Span
    path: ProvisionPath

    @property
    def citation(self) -> ItemCitation:
        return cite(self.text, self.provision, *self.span, self.path)

    @property
    def place(self) -> str:
        """《行政处罚法》第三十二条, as explanations name it."""
        law = short_name(self.text.document)
        return self.citation.citation.replace(f"《{self.text.document.title}》", law)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option with the passage that shows it; ``subject`` is what that passage says it belongs to."""

    words: str
    reason: str
    rests: Rests | None = None
    subject: str = ""


def candidate(
    rests: Rests,
    day: dt.date,
    *,
    kind: ItemKind,
    point: Point,
    stem: str,
    key: Key,
    subject: str,
    answers: Sequence[str],
    explanation: str,
    difficulty: float,
    options: Sequence[str] = (),
    wrong: Sequence[tuple[int, Wrong]] = (),
    also: Sequence[Rests] = (),
) -> Candidate:
    """The candidate with its proofs; ``wrong`` are the wrong options by index, ``also`` bears part of the key."""
    citations = [rests.citation, *(one.citation for one in also)]
    refutations = []
    for index, option in wrong:
        at = 0
        if option.rests is not None:
            shown = option.rests.citation
            if shown not in citations:
                citations.append(shown)
            at = citations.index(shown)
        refutations.append(Refutation(option=index, reason=option.reason[:400], citation=at))
    provision, document = rests.provision, rests.text.document
    content = ItemContent(
        kind=kind,
        form=FORM_OF[kind],
        point=point,
        stem=stem,
        options=list(options),
        key=key,
        explanation=explanation,
        citations=citations,
        refutations=refutations,
        claim=Claim(point=point, subject=subject, answers=list(answers)),
        difficulty=difficulty,
        tags=ItemTags(
            field=rests.text.field, title=document.title, chapter=str(provision.heading), region=document.region
        ),
        as_of=day,
    )
    return Candidate(content, provision.id, f"{document.id}/{provision.heading.chapter or ''}")


def odd_one_out(
    listed: Rests,
    day: dt.date,
    random: Random,
    *,
    point: Point,
    stem: str,
    members: Sequence[str],
    odd: Wrong,
    subject: str,
    told: str,
) -> Candidate:
    """单选 of the one that is no member. What bears the key is the passage that says where the odd one belongs."""
    assert odd.rests is not None
    options = [*members, odd.words]
    random.shuffle(options)
    correct = options.index(odd.words)
    law = listed.place
    text = listed.provision.text
    wrong = [
        (i, Wrong(o, f"{law}{_item_of(text, o)}列举了该项", listed)) for i, o in enumerate(options) if i != correct
    ]
    made = candidate(
        odd.rests,
        day,
        kind=ItemKind.SINGLE,
        point=point,
        stem=stem,
        key=Key(correct=[correct]),
        subject=subject,
        answers=[odd.words],
        explanation=f"{told}{quoted(odd.words)}不在其中：{odd.reason}。",
        difficulty=0.5,
        options=options,
        wrong=wrong,
    )
    return Candidate(made.content, listed.provision.id, made.group)


def _item_of(text: str, words: str) -> str:
    """第二项, where words stand in an item of a list."""
    numbers = re.findall(r"(?:^|\n)\s*[（(]([一二三四五六七八九十]+)[）)]", text[: text.find(words)])
    return f"第{numbers[-1]}项" if numbers else ""


def choice(
    rests: Rests,
    day: dt.date,
    random: Random,
    *,
    point: Point,
    stem: str,
    right: Sequence[str],
    wrong: Sequence[Wrong],
    subject: str,
    answers: Sequence[str],
    told: str,
    difficulty: float,
    also: Sequence[Rests] = (),
) -> Candidate:
    """A choice of options in the order the random source gives; several right ones make it 多选."""
    reasons = {w.words: w for w in wrong}
    options = [*right, *reasons]
    random.shuffle(options)
    correct = [i for i, o in enumerate(options) if o not in reasons]
    shown = [(i, reasons[o]) for i, o in enumerate(options) if o in reasons]
    return candidate(
        rests,
        day,
        kind=ItemKind.SINGLE if len(correct) == 1 else ItemKind.MULTIPLE,
        point=point,
        stem=stem,
        key=Key(correct=correct),
        subject=subject,
        answers=answers,
        explanation=told,
        difficulty=difficulty,
        options=options,
        wrong=shown,
        also=also,
    )


def quoted(words: str, most: int = 80) -> str:
    """The words in quotation marks, cut at a stop where they are long."""
    words = words.replace("\n", "")
    if len(words) <= most:
        return f"“{words}”"
    head = words[:most]
    stop = max(map(head.rfind, "。；，：")) + 1
    return f"“{head[:stop] or head}……”"
