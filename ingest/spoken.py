"""Spoken questions as passages (口语问法入索引): they lead from street words to the article, and are never quoted.

Statutes say 占用、堵塞消防车通道 where a caller says 私家车把救火车的道堵死了; neither words nor meaning bridge that
reliably. So questions that people ask about an article are indexed beside it. A question belongs to the words it was
written for: ``text`` is the mark of that text, and when the law changes, the question falls silent until somebody has
read it against the new words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import SourceUnreadable
from corpus.vocabulary import SPOKEN_MARK, Passage, Provision
from ingest.passages import short_title

_BLANK = re.compile(r"\s+")
_PUNCTUATION = "，。、；：？！,;:?!.…—·（）()〔〕[]【】《》〈〉“”‘’\"'「」『』"
_BARE = re.compile(rf"(?<!\d)[{re.escape(_PUNCTUATION)}]|[{re.escape(_PUNCTUATION)}](?!\d)")
"""Punctuation, save what stands between two digits (1.5); signs that tell an amount (≥ % - +) are none."""
_MARK_LENGTH = 12
_PACKAGE = "corpus.spoken"


class SpokenQuestions(BaseModel):
    """One line of the data: the questions asked about one article (条) in the words ``text`` marks.

    Without a mark nobody has said which words they were written for, and they do not count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str = Field(min_length=2)
    article: str = Field(min_length=2)
    text: str | None = Field(default=None, min_length=_MARK_LENGTH, max_length=_MARK_LENGTH)
    asks: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class SpokenData:
    """All spoken questions by (short title, article label), and per title a digest that changes with any of them."""

    questions: Mapping[tuple[str, str], Sequence[SpokenQuestions]]
    digests: Mapping[str, str]

    def digest_of(self, title: str) -> str:
        """Digest of the questions of one title; ``-`` when there are none."""
        return self.digests.get(title, "-")


def text_mark(text: str) -> str:
    """Mark of the words of a provision: a changed character or number counts; space, punctuation and width do not.

    The same article is printed with 有下列情形之一的： here and with 有下列情形之一的: there, with （一） and (一).
    """
    words = _BARE.sub("", _BLANK.sub("", normalize("NFKC", text)))
    return hashlib.sha256(words.encode()).hexdigest()[:_MARK_LENGTH]


@cache
def load_spoken_questions() -> SpokenData:
    """Read the data that comes with the package.

    Raises SourceUnreadable naming file and line.
    """
    questions: dict[tuple[str, str], list[SpokenQuestions]] = {}
    lines: dict[str, list[str]] = {}
    for entry in read_spoken_questions():
        questions.setdefault((entry.law, entry.article), []).append(entry)
        lines.setdefault(entry.law, []).append(entry.model_dump_json())
    digests = {law: hashlib.sha256("\n".join(of).encode()).hexdigest()[:_MARK_LENGTH] for law, of in lines.items()}
    return SpokenData({key: tuple(value) for key, value in questions.items()}, digests)


def spoken_revision() -> str:
    """Mark of all the data as it lies in the package: one changed character makes a load due."""
    content = hashlib.sha256(b"".join(source.read_bytes() for source in _sources()))
    return content.hexdigest()[:_MARK_LENGTH]


def read_spoken_questions(package: str = _PACKAGE) -> Iterator[SpokenQuestions]:
    """Every line of every file of a package, in order of file name."""
    for source in _sources(package):
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                yield SpokenQuestions.model_validate(json.loads(line))
            except (ValueError, ValidationError) as error:
                raise SourceUnreadable(
                    f"the line cannot be read as spoken questions: {str(error).splitlines()[0]}",
                    where=f"{source.name}, line {number}",
                    remedy='Write {"law": …, "article": …, "text": …, "asks": [...]} on one line.',
                ) from error


def spoken_passages(title: str, provision: Provision, data: SpokenData) -> list[Passage]:
    """One passage per question asked about exactly this text; none once the text has changed."""
    entries = data.questions.get((short_title(title), provision.label), ())
    if not entries:
        return []
    mark = text_mark(provision.text)
    asks = [ask for entry in entries if entry.text == mark for ask in entry.asks]
    return [
        Passage(f"{provision.id}{SPOKEN_MARK}{n}", provision.id, 0, len(provision.text), ask)
        for n, ask in enumerate(dict.fromkeys(asks), start=1)
    ]


def _sources(package: str = _PACKAGE) -> list[Traversable]:
    return sorted((f for f in files(package).iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)
