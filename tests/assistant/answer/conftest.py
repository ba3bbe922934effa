"""Real provisions as evidence, read from the installed law package at run time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer.compose import Evidence
from corpus.citations import NameTable
from corpus.store import CorpusStore
from corpus.vocabulary import State

FOOD, FIRE = "中华人民共和国食品安全法", "中华人民共和国消防法"
PENALTY, COERCION = "中华人民共和国行政处罚法", "中华人民共和国行政强制法"


@pytest.fixture(scope="session")
def names(national_store: CorpusStore) -> NameTable:
    return NameTable.from_documents(national_store.documents())


@pytest.fixture(scope="session")
def article(national_store: CorpusStore) -> Callable[[str, str], Evidence]:
    """The article of a law by title and printed label, from the newest text held."""
    documents = {d.title: d for d in national_store.documents()}

    def find(title: str, label: str) -> Evidence:
        document = documents[title]
        for version in reversed(national_store.versions(document.id)):
            for provision in national_store.provisions(version.id):
                if provision.label == label:
                    return Evidence(provision, version, document, State.IN_FORCE)
        raise LookupError(f"{title}{label}")

    return find


@pytest.fixture(scope="session")
def evidence(article: Callable[[str, str], Evidence]) -> dict[str, Evidence]:
    """What the drafts of these tests cite."""
    return {
        "c1": article(FOOD, "第一百二十四条"),
        "c2": article(PENALTY, "第三十三条"),
        "c3": article(PENALTY, "第五十一条"),
        "c4": article(FIRE, "第六十条"),
        "c5": article(PENALTY, "第六十三条"),
        "c6": article(PENALTY, "第六十条"),
        "c7": article(PENALTY, "第三十条"),
        "c8": article(PENALTY, "第七十二条"),
        "c9": article(COERCION, "第二十五条"),
    }
