"""The reranker reads a question beside articles: the one on the conduct comes first, whatever stands beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.encoders import learnt, word_pieces
from corpus.encoders.factory import make_reranker
from corpus.encoders.learnt import Differences, split_head
from corpus.encoders.reranker import Reranker
from corpus.encoders.settings import EncoderSettings
from corpus.errors import EncoderUnavailable
from tests.corpus.encoders.encoder_samples import national_articles


@pytest.fixture(scope="module")
def reranker(models_dir: Path) -> Reranker:
    return make_reranker(EncoderSettings(threads=1), models_dir)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "把电动车推进楼道充电，能罚吗",
            "消防法 第一条\n在公共门厅、楼梯间停放电动自行车或者为其充电的，由消防救援机构责令改正，可以处罚款。",
            "商标法 第一条\n未经许可使用他人注册商标的，由工商行政管理部门责令停止，没收、销毁侵权商品。",
        ),
        (
            "公司拖欠工资怎么办",
            "劳动法 第一条\n用人单位应当按月以货币形式支付劳动者工资，不得克扣或者无故拖欠。",
            "劳动法 第二条\n禁止用人单位招用未满十六周岁的未成年人。",
        ),
    ],
)
def test_the_article_on_the_conduct_scores_higher(reranker: Reranker, question: str, right: str, wrong: str) -> None:
    first, second = reranker.scores(question, [right, wrong])
    assert first > second


def test_a_score_does_not_depend_on_what_stands_beside(reranker: Reranker) -> None:
    texts = national_articles(8)
    together = reranker.scores("占道经营怎么处罚", texts)
    assert together == pytest.approx([reranker.scores("占道经营怎么处罚", [text])[0] for text in texts], abs=1e-5)


def test_long_texts_are_cut_and_nothing_is_scored_as_nothing(reranker: Reranker) -> None:
    assert reranker.scores("问" * 900, ["文" * 2000, "文" * 3000])[0] == pytest.approx(
        reranker.scores("问" * 900, ["文" * 3000])[0], abs=1e-5
    )
    assert reranker.scores("问", []) == []


def test_its_id_names_what_it_learnt(reranker: Reranker) -> None:
    assert learnt.shipped(learnt.RERANKER).revision in reranker.id


def test_differences_without_a_head_are_no_reranker() -> None:
    with pytest.raises(EncoderUnavailable, match=r"no .head"):
        split_head(Differences("1", "any", {"l0.q.b": np.zeros(4, np.float32)}))


@pytest.mark.parametrize(
    ("question", "passage", "longest", "expected"),
    [
        ([0, 5, 2], [0, 7, 8, 2], None, [0, 5, 2, 7, 8, 2]),
        ([0, 5, 6, 2], [0, 7, 8, 2], (3, 3), [0, 5, 2, 7, 2]),
        ([0, 2], [0, 2], (9, 9), [0, 2, 2]),
    ],
)
def test_both_are_read_as_one_text(
    question: list[int], passage: list[int], longest: tuple[int, int] | None, expected: list[int]
) -> None:
    assert word_pieces.joined(question, passage, longest) == expected
