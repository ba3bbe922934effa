"""Where the questions about an article lie, and what that says about a new one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from assistant.retrieval.candidates import Candidate
from assistant.retrieval.consulted import FAR, Consulted, ConsultedArticles, consulted_with, with_consulted
from assistant.retrieval.features import Scored
from corpus.encoders.base import Progress, Stop, Vectors
from corpus.vocabulary import ArticleNumber, Document, DocumentKind, EffectLevel, Provision
from ingest.spoken import text_mark

LAW = "中华人民共和国示例法"


@dataclass
class Encoder:
    """Every question lies at (cos, sin) of the angle that it says."""

    id: str = "model-lawabc-zh-int8-r2/2"
    dimension: int = 2

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([(math.cos(float(t)), math.sin(float(t))) for t in texts], dtype=np.float32)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        raise AssertionError("only questions are asked about")


def articles(counts: tuple[float, ...] = (1.0, 1.0)) -> ConsultedArticles:
    rows = {("示例法", text_mark("甲")): 0, ("示例法", text_mark("乙")): 1}
    vectors = np.array([(1.0, 0.0), (0.0, 1.0)], dtype=np.float32)
    return ConsultedArticles("model-lawabc", rows, vectors, np.array(counts, dtype=np.float32))


def scored(text: str, title: str = LAW) -> Scored:
    document = Document(title, title, DocumentKind.STATUTE, EffectLevel.LAW)
    provision = Provision(f"{title}/{text}", title, 1, "第一条", text, ArticleNumber(1))
    return Scored(Candidate(provision.id, title, title, f"{provision.id}@1"), provision, document)


def shares(question: str, *candidates: Scored, counts: tuple[float, ...] = (1.0, 1.0)) -> list[float]:
    found = with_consulted(question, candidates, Consulted(articles(counts), Encoder()))
    assert [s.provision for s in found] == [s.provision for s in candidates]
    return [s.candidate.consulted for s in found]


def test_a_question_lying_where_those_about_an_article_lay_speaks_for_it() -> None:
    near, far, unknown = shares("0.1", scored("甲"), scored("乙"), scored("丙"))
    assert near > 0.99
    assert 0 <= far < 0.001
    assert unknown == 0


def test_a_question_that_lies_near_none_speaks_for_none() -> None:
    assert max(shares(str(math.pi), scored("甲"), scored("乙"))) < 0.001


def test_at_the_far_distance_one_question_says_as_much_as_knowing_nothing() -> None:
    (share,) = shares(str(math.acos(FAR)), scored("甲"))
    assert share == pytest.approx(0.5, abs=1e-4)


def test_of_two_equally_near_the_one_more_often_consulted_has_the_greater_share() -> None:
    once, thrice = shares(str(math.pi / 4), scored("甲"), scored("乙"), counts=(1.0, 3.0))
    assert thrice == pytest.approx(3 * once)


def test_the_same_words_in_another_law_and_other_words_are_not_meant() -> None:
    assert shares("0", scored("甲", "另一法"), scored("甲甲")) == [0, 0]


@pytest.mark.parametrize("ready", [None, Encoder(id="another-model")])
def test_without_the_encoder_of_the_vectors_nothing_is_said(ready: Encoder | None) -> None:
    assert consulted_with(lambda: ready)() is None
    found = with_consulted("0", [scored("甲")], None)
    assert found == [scored("甲")]


def test_the_shipped_vectors_belong_to_the_default_encoder_and_are_of_length_one() -> None:
    shipped = ConsultedArticles.read()
    consulted = consulted_with(lambda: Encoder(id=f"{shipped.encoder}-zh-int8-r2/384"))()
    assert consulted is not None
    assert consulted.articles.encoder == shipped.encoder
    assert np.linalg.norm(shipped.vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert len(shipped.rows) == len(shipped.vectors) == len(shipped.counts) > 1000
