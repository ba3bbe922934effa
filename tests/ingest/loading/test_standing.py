"""What is served of what is held: tables of documents with their texts, files and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from corpus.store.sources import FileState, SourceFile
from corpus.vocabulary import Document, DocumentKind, EffectLevel, FindingKind, Provision
from ingest.faults.numbering import read_label
from ingest.loading.holdings import HeldText, Holdings
from ingest.loading.identity import key_of
from ingest.loading.standing import Standing, decide

TODAY = dt.date(2026, 11, 21)
DAY = dt.date(2020, 1, 1)
LAW = Document("d-law", "示例法", DocumentKind.STATUTE, EffectLevel.LAW)
OFFICIAL = Document("npc-law", "中华人民共和国示例法", DocumentKind.STATUTE, EffectLevel.LAW)
LIST = Document("d-list", "示例清单", DocumentKind.ITEM_LIST, EffectLevel.NONE, "示范市")
CURRENT, REPLACED, RETIRED = FileState.PARSED, FileState.REPLACED, FileState.RETIRED


class Shelf:
    """Holdings put together by hand; the words of a text are one article."""

    def __init__(self) -> None:
        self.held = Holdings()
        self.words: dict[str, str] = {}

    def text(
        self, version_id: str, words: str, of: Document = LAW, published: dt.date | None = DAY, **more: object
    ) -> Shelf:
        self.held.documents[of.id] = of
        self.held.add_text(HeldText(version_id, of.id, key_of(of), published, **more))  # type: ignore[arg-type]
        self.words[version_id] = words
        return self

    def file(self, path: str, *versions: str, state: FileState = CURRENT, seen: int = 1) -> Shelf:
        number = len(self.held.files)
        day = dt.date(2026, 11, seen)
        self.held.add_file(SourceFile(f"s-{number}", path, str(number), "markdown", 1, state, "", day))
        for version in versions:
            self.held.links.setdefault(version, set()).add(f"s-{number}")
        return self

    def decide(self) -> Standing:
        return decide(self.held, self._provisions, TODAY)

    def _provisions(self, version_id: str) -> list[Provision]:
        words = self.words[version_id]
        return [Provision(f"{version_id}/第一条", version_id, 1, "第一条", words, article=read_label("第一条"))]


def outcome(standing: Standing) -> Mapping[str, object]:
    return {
        name: value for name in ("retired", "shadowed", "moved", "merged") if (value := getattr(standing, name))
    } | ({"differ": [f.version_id for f in standing.findings]} if standing.findings else {})


SHELVES = {
    "one text alone is served": (Shelf().text("f-1", "甲").file("/a", "f-1"), {}),
    "texts of different days are history": (
        Shelf().text("f-1", "甲").text("f-2", "乙", published=dt.date(2021, 1, 1)).file("/a", "f-1").file("/b", "f-2"),
        {},
    ),
    "the package's text and the same from a file are one": (
        Shelf().text("npc-1", "甲", OFFICIAL).text("f-1", "甲", OFFICIAL).file("/a", "f-1"),
        {"merged": {"f-1": "npc-1"}},
    ),
    "a document that only files held is moved to the package's": (
        Shelf().text("npc-1", "甲", OFFICIAL).text("f-0", "旧", published=dt.date(2010, 1, 1)).file("/a", "f-0"),
        {"moved": {"f-0": "npc-law"}},
    ),
    "where they differ the package's is served": (
        Shelf().text("npc-1", "甲", OFFICIAL).text("f-1", "乙", OFFICIAL).file("/a", "f-1"),
        {"shadowed": {"f-1": "npc-1"}, "differ": ["f-1"]},
    ),
    "a package's text that stops in the middle does not shadow a whole one": (
        Shelf().text("npc-1", "甲", OFFICIAL, whole=False).text("f-1", "甲乙", OFFICIAL).file("/a", "f-1"),
        {"shadowed": {"npc-1": "f-1"}, "differ": ["npc-1"]},
    ),
    "of two files the one ingested last is served": (
        Shelf().text("f-1", "甲").text("f-2", "乙").file("/a", "f-1", seen=2).file("/b", "f-2", seen=1),
        {"shadowed": {"f-2": "f-1"}, "differ": ["f-2"]},
    ),
    "a newer file that stops in the middle does not shadow a whole one": (
        Shelf().text("f-1", "甲", whole=False).text("f-2", "乙").file("/a", "f-1", seen=2).file("/b", "f-2", seen=1),
        {"shadowed": {"f-1": "f-2"}, "differ": ["f-1"]},
    ),
    "two texts of one file are both served": (
        Shelf().text("f-1", "甲").text("f-2", "乙").file("/a", "f-1", "f-2"),
        {},
    ),
    "two lists without a day are both served, and the difference is told": (
        Shelf().text("f-1", "甲", LIST, None).text("f-2", "乙", LIST, None).file("/a", "f-1").file("/b", "f-2"),
        {"differ": ["f-2"]},
    ),
    "two lists of one day: the one ingested last is served": (
        Shelf().text("f-1", "甲", LIST).text("f-2", "乙", LIST).file("/a", "f-1").file("/b", "f-2", seen=2),
        {"shadowed": {"f-1": "f-2"}, "differ": ["f-1"]},
    ),
    "a law's text without a day that has the words of a dated one is that text": (
        Shelf().text("f-1", "甲").text("f-2", "甲", published=None).file("/a", "f-1").file("/b", "f-2"),
        {"shadowed": {"f-2": "f-1"}},
    ),
    "a law's text without a day that has other words stays": (
        Shelf().text("f-1", "甲").text("f-2", "乙", published=None).file("/a", "f-1").file("/b", "f-2"),
        {},
    ),
    "a text whose only file is gone is retired": (
        Shelf().text("f-1", "甲").file("/a", "f-1", state=RETIRED),
        {"retired": {"f-1": TODAY}},
    ),
    "a text that another file still has is not": (
        Shelf().text("f-1", "甲").file("/a", "f-1", state=RETIRED).file("/b", "f-1"),
        {},
    ),
    "a text of the package is never retired": (
        Shelf().text("npc-1", "甲", OFFICIAL).file("/a", "npc-1", state=RETIRED),
        {},
    ),
    "a retired text whose file is back is served again": (
        Shelf().text("f-1", "甲", retired=DAY).file("/a", "f-1"),
        {"retired": {"f-1": None}},
    ),
    "the day of retirement stays": (Shelf().text("f-1", "甲", retired=DAY).file("/a", "f-1", state=RETIRED), {}),
    "a retired text shadows nothing": (
        Shelf().text("npc-1", "甲", OFFICIAL, whole=False).text("f-1", "乙", OFFICIAL).file("/a", "f-1", state=RETIRED),
        {"retired": {"f-1": TODAY}},
    ),
    "a shadowed text is served when the other is gone": (
        Shelf()
        .text("f-1", "甲", shadowed_by="f-2")
        .text("f-2", "乙")
        .file("/a", "f-1")
        .file("/b", "f-2", state=RETIRED),
        {"retired": {"f-2": TODAY}, "shadowed": {"f-1": None}},
    ),
    "what a changed file said of the same day is retired": (
        Shelf().text("f-1", "甲").text("f-2", "乙").file("/a", "f-1", state=REPLACED).file("/a", "f-2"),
        {"retired": {"f-1": TODAY}},
    ),
    "what a changed file said of an earlier day is history": (
        Shelf()
        .text("f-1", "甲", published=dt.date(2019, 1, 1))
        .text("f-2", "乙")
        .file("/a", "f-1", state=REPLACED)
        .file("/a", "f-2"),
        {},
    ),
    "that history goes with the file": (
        Shelf()
        .text("f-1", "甲", published=dt.date(2019, 1, 1))
        .text("f-2", "乙")
        .file("/a", "f-1", state=REPLACED)
        .file("/a", "f-2", state=RETIRED),
        {"retired": {"f-1": TODAY, "f-2": TODAY}},
    ),
    "a file that lost its second half does not take the place of what it said before": (
        Shelf().text("f-1", "甲").text("f-2", "乙", whole=False).file("/a", "f-1", state=REPLACED).file("/a", "f-2"),
        {"shadowed": {"f-2": "f-1"}, "differ": ["f-2"]},
    ),
    "a file that cannot be read any more keeps what it said": (
        Shelf().text("f-1", "甲").file("/a", "f-1", state=REPLACED).file("/a", state=FileState.FAILED),
        {},
    ),
}


@pytest.mark.parametrize(("shelf", "expected"), SHELVES.values(), ids=SHELVES.keys())
def test_what_is_served(shelf: Shelf, expected: Mapping[str, object]) -> None:
    assert outcome(shelf.decide()) == expected


def test_a_difference_names_both_sources_the_articles_and_a_remedy() -> None:
    shelf = Shelf().text("npc-1", "处五万元罚款", OFFICIAL).text("f-1", "处三万元罚款", OFFICIAL)
    (finding,) = shelf.file("/甲/示例法.md", "f-1").decide().findings
    assert finding.kind is FindingKind.TEXT_DIFFERS
    for words in ("国家法律数据包", "示例法.md", "第一条", "五万元", "三万元", "2020-01-01"):
        assert words in finding.message
    assert finding.remedy
