"""Follow-ups (追问评测): is what a follow-up means found as well as the same question asked in full?

Each dialogue is led through the assistant turn by turn, as a conversation would be; then its last question is completed
and searched, beside the same question asked in full. A question that is no follow-up must be left as it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.contract import AskRequest, Assistant, SearchRequest
from assistant.conversations.contract import Reading, Understood
from assistant.conversations.followup import Exchange, complete, day_to_ask, exchange_of
from corpus.errors import InvalidInput
from evals.questions import Gold, Half, article_key, half_of
from evals.report import Cell, Table

DIALOGUES = "dialogues.jsonl"
DEPTH = 5

DialogueKind = Literal["variation", "subject", "aspect", "procedure", "article", "date", "place", "law", "multi", "new"]


class Dialogue(BaseModel):
    """A dialogue (多轮问答): the turns before, the last question, and the same asked in full.

    ``new``: the last question is no follow-up, must stay untouched, and has no gold. ``as_of`` is the day that the
    question in full is asked about.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    kind: DialogueKind
    field: str = ""
    turns: tuple[str, ...] = Field(min_length=1)
    question: str = Field(min_length=1)
    full: str = Field(min_length=1)
    gold: tuple[Gold, ...] = ()
    as_of: dt.date | None = None

    @property
    def is_followup(self) -> bool:
        return self.kind != "new"


@dataclass(frozen=True, slots=True)
class Led:
    """One dialogue led through: how the last question was understood, and what was found either way."""

    dialogue: Dialogue
    understood: Understood
    completed: float | None  # share of the required articles among the first five
    in_full: float | None
    as_asked: float | None  # by the words of the follow-up alone

    @property
    def untouched(self) -> bool:
        return self.understood.reading is Reading.AS_ASKED and self.understood.question == self.dialogue.question

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.dialogue.id,
            "kind": self.dialogue.kind,
            "half": half_of(self.dialogue.id).value,
            "question": self.dialogue.question,
            "understood": self.understood.question,
            "as_of": self.understood.as_of.isoformat(),
            "region": self.understood.region,
            "completed": self.completed,
            "in_full": self.in_full,
            "as_asked": self.as_asked,
            "untouched": self.untouched,
        }


def read_dialogues(path: Path | None = None) -> list[Dialogue]:
    """Our own dialogues, or those of a file. Raises InvalidInput naming the line."""
    where = str(path) if path else f"evals/data/{DIALOGUES}"
    try:
        text = (path or files("evals") / "data" / DIALOGUES).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The file cannot be read ({error}).", where=where, remedy="Check the path.") from None
    found: list[Dialogue] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(Dialogue.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise InvalidInput(
                f"No dialogue ({str(error).splitlines()[0]}).",
                where=f"{where}, line {number}",
                remedy="See evals/README.md for the shape of a dialogue.",
            ) from None
    return found


def lead(
    dialogues: Sequence[Dialogue], assistant: Assistant, today: dt.date, progress: Callable[[int], None]
) -> list[Led]:
    """Lead every dialogue through the assistant, as the conversations of the API do without a model."""
    led: list[Led] = []
    for done, dialogue in enumerate(dialogues, start=1):
        before: list[Exchange] = []
        for turn in dialogue.turns:
            understood = complete(turn, before, as_of=None, region=None, today=today)
            asked = AskRequest(
                question=understood.question,
                as_of=day_to_ask(understood, None) or today,
                region=understood.region,
            )
            before.append(exchange_of(turn, understood, assistant.ask(asked)))
        last = complete(dialogue.question, before, as_of=None, region=None, today=today)
        led.append(_measured(dialogue, last, assistant, today))
        progress(done)
    return led


def _measured(dialogue: Dialogue, understood: Understood, assistant: Assistant, today: dt.date) -> Led:
    required = {gold.key for gold in dialogue.gold if gold.must}

    def recall(question: str, as_of: dt.date | None, region: str | None = None) -> float | None:
        if not required:
            return None
        request = SearchRequest(question=question, as_of=as_of or today, region=region, top_k=DEPTH)
        found = {article_key(r.law, r.article) for r in assistant.search(request).results}
        return len(required & found) / len(required)

    return Led(
        dialogue,
        understood,
        recall(understood.question, day_to_ask(understood, None), understood.region),
        recall(dialogue.full, dialogue.as_of),
        recall(dialogue.question, None),
    )


@dataclass(frozen=True, slots=True)
class DialogueFigures:
    """What one group of dialogues came to."""

    followups: int
    completed: float
    in_full: float
    as_asked: float
    new: int
    untouched: int

    @property
    def share(self) -> float:
        """R@5 of the completed questions as a share of that of the same asked in full."""
        return self.completed / self.in_full if self.in_full else 0.0

    def to_json(self) -> dict[str, Any]:
        names = ("followups", "completed", "in_full", "as_asked", "new", "untouched", "share")
        return {name: getattr(self, name) for name in names}


def figures(led: Iterable[Led]) -> DialogueFigures:
    everything = list(led)
    scored = [one for one in everything if one.completed is not None]
    new = [one for one in everything if not one.dialogue.is_followup]
    return DialogueFigures(
        followups=len(scored),
        completed=_mean(one.completed for one in scored),
        in_full=_mean(one.in_full for one in scored),
        as_asked=_mean(one.as_asked for one in scored),
        new=len(new),
        untouched=sum(one.untouched for one in new),
    )


def by_half(led: Sequence[Led]) -> dict[str, DialogueFigures]:
    """The figures of each half and of all."""
    halves = {half.value: [one for one in led if half_of(one.dialogue.id) is half] for half in (Half.TUNE, Half.CHECK)}
    return {name: figures(part) for name, part in {**halves, "all": list(led)}.items() if part}


def by_kind(led: Sequence[Led]) -> dict[str, DialogueFigures]:
    """The figures of each kind of follow-up."""
    kinds = dict.fromkeys(one.dialogue.kind for one in led if one.dialogue.is_followup)
    return {kind: figures(one for one in led if one.dialogue.kind == kind) for kind in kinds}


def dialogue_tables(led: Sequence[Led]) -> list[Table]:
    """R@5 of completed questions beside those asked in full, by half and by kind."""

    def rows(groups: Mapping[str, DialogueFigures]) -> list[list[Cell]]:
        return [[name, f.followups, f.as_asked, f.completed, f.in_full, f.share] for name, f in groups.items()]

    columns = ["follow-ups", "R@5 by their words alone", "R@5 completed", "R@5 asked in full", "completed / in full"]
    new: list[list[Cell]] = [[name, f.new, f.untouched] for name, f in by_half(led).items()]
    return [
        Table("Follow-ups by half", ["half", *columns], rows(by_half(led))),
        Table("Follow-ups by kind", ["kind", *columns], rows(by_kind(led))),
        Table("Questions that are no follow-ups", ["half", "questions", "left untouched"], new),
    ]


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0
