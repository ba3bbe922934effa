"""Features say what they mean, and the weights fit them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from assistant.lexicon import Lexicon
from assistant.places import Place
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import FEATURES, Scored, features
from assistant.retrieval.ranking import Ranked, load_weights, penalties_behind_duties, rank
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.vocabulary import ArticleNumber, Document, DocumentKind, EffectLevel, Provision

DOCUMENTS = {
    key: Document(key, title, kind, EffectLevel.LAW)
    for key, title, kind in (
        ("fire", "中华人民共和国消防法", DocumentKind.STATUTE),
        ("penalty", "中华人民共和国行政处罚法", DocumentKind.STATUTE),
        ("amending", "关于修改《中华人民共和国消防法》的决定", DocumentKind.AMENDING_DECISION),
    )
}
NAMES = NameTable.from_documents(DOCUMENTS.values())


def question(text: str) -> UnderstoodQuestion:
    day = dt.date(2026, 11, 21)
    return understand(text, as_of=day, today=day, names=NAMES, lexicon=Lexicon([]))


def scored(document: str, number: int, text: str, **scores: float) -> Scored:
    provision = Provision(f"{document}/{number}", document, number, f"第{number}条", text, ArticleNumber(number))
    candidate = Candidate(provision.id, document, document, f"{provision.id}@1", **scores)
    return Scored(candidate, provision, DOCUMENTS[document])


def column(name: str, rows: list[list[float]]) -> list[float]:
    return [row[FEATURES.index(name)] for row in rows]


def test_scores_of_one_search_are_scaled_between_its_best_and_nothing() -> None:
    rows = features(
        question("堵塞通道"),
        [scored("fire", 1, "甲", lexical=10.0), scored("fire", 2, "乙", lexical=4.0), scored("fire", 3, "丙")],
        {},
    )
    assert column("lexical", rows) == pytest.approx([1.0, 0.05, 0.0])
    assert column("lexical_top", rows) == [1.0, 0.0, 0.0]
    assert column("semantic", rows) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("name", "asked", "candidate", "expected"),
    [
        ("sanction_wanted", "堵了通道罚多少", scored("fire", 1, "责令改正，处五千元以下罚款。"), 1.0),
        ("sanction_wanted", "堵了通道罚多少", scored("fire", 1, "保障疏散通道畅通。"), 0.0),
        ("sanction_wanted", "堵了通道罚多少", scored("fire", 1, "处三年以下有期徒刑，并处罚金、没收财产。"), 0.0),
        ("sanction_unwanted", "疏散通道", scored("fire", 1, "责令改正，处五千元以下罚款。"), 1.0),
        ("leniency_wanted", "头一回能不能不罚", scored("penalty", 1, "可以不予行政处罚。"), 1.0),
        ("procedure_general", "几天内送达", scored("penalty", 1, "七日内送达。"), 1.0),
        ("procedure_general", "几天内送达", scored("fire", 1, "七日内送达。"), 0.0),
        ("law_named", "消防法里通道怎么说", scored("fire", 1, "甲"), 1.0),
        ("other_law_named", "消防法里通道怎么说", scored("penalty", 1, "甲"), 1.0),
        ("criminal", "打人", scored("fire", 1, "处三年以下有期徒刑。"), 1.0),
        ("about_officials", "打人", scored("fire", 1, "工作人员玩忽职守的，依法给予处分。"), 1.0),
        ("not_statute", "通道", scored("amending", 1, "将第一条修改为："), 1.0),
        ("covered", "疏散通道", scored("fire", 1, "占用疏散通道的"), 1.0),
    ],
)
def test_a_feature_says_what_its_name_says(name: str, asked: str, candidate: Scored, expected: float) -> None:
    assert column(name, features(question(asked), [candidate], {})) == [expected]


@pytest.mark.parametrize(
    ("region", "named", "expected"),
    [
        ("国家", True, (0.0, 0.0, 0.0)),
        ("浙江省", True, (1.0, 1.0, 0.0)),
        ("宁波市", True, (1.0, 1.0, 1.0)),
        ("宁波市", False, (1.0, 0.0, 1.0)),
    ],
)
def test_a_local_rule_is_told_from_the_nations_and_that_of_the_very_place(
    region: str, named: bool, expected: tuple[float, float, float]
) -> None:
    candidate = scored("fire", 1, "甲")
    local = candidate._replace(document=replace(candidate.document, region=region))
    asked = replace(question("占道"), place=Place(region="宁波市", named=named))
    rows = features(asked, [local], {})
    assert tuple(column(name, rows)[0] for name in ("local", "local_named", "own_region")) == expected


def test_a_penalty_article_is_supported_by_the_duty_it_punishes() -> None:
    duty = scored("fire", 28, "不得占用疏散通道。", lexical=9.0)
    penalty = scored("fire", 60, "违反本法规定的，处罚款。", lexical=1.0)
    rows = features(question("占通道"), [duty, penalty], {penalty.provision.id: [duty.provision.id]})
    assert column("supported", rows)[1] == pytest.approx(1 / 3)


def test_the_weights_that_come_with_the_program_fit_its_features() -> None:
    assert set(load_weights()) == set(FEATURES)


def test_candidates_come_best_first_and_ties_keep_their_order() -> None:
    candidates = [scored("fire", n, "甲", lexical=s) for n, s in ((1, 1.0), (2, 5.0), (3, 1.0))]
    weights = dict.fromkeys(FEATURES, 0.0) | {"lexical": 1.0}
    ranked = rank(question("甲"), candidates, {}, weights)
    assert [r.candidate.provision_id for r in ranked] == ["fire/2", "fire/1", "fire/3"]
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


DUTY, CLAUSE, OTHER = (
    scored("fire", 28, "不得占用、堵塞疏散通道。", lexical=9.0),
    scored("fire", 60, "违反本法第二十八条规定的，处五千元以上五万元以下罚款。"),
    scored("fire", 5, "任何单位都有维护消防安全的义务。", lexical=8.0),
)


@pytest.mark.parametrize(
    ("asked", "order", "expected"),
    [
        ("堵了通道罚多少", [DUTY, OTHER, CLAUSE], [DUTY, CLAUSE, OTHER]),
        ("通道能堵吗", [DUTY, OTHER, CLAUSE], [DUTY, OTHER, CLAUSE]),
        ("堵了通道罚多少", [CLAUSE, DUTY, OTHER], [CLAUSE, DUTY, OTHER]),
        ("堵了通道罚多少", [DUTY, OTHER], [DUTY, OTHER]),
    ],
)
def test_the_clause_that_punishes_a_leading_duty_follows_it(
    asked: str, order: list[Scored], expected: list[Scored]
) -> None:
    ranked = [Ranked(s.candidate, 9.0 - n) for n, s in enumerate(order)]
    by_id = {s.provision.id: s for s in order}
    named_by = {DUTY.provision.id: [CLAUSE.provision.id]}
    got = penalties_behind_duties(question(asked), ranked, by_id, named_by)
    assert [r.candidate.provision_id for r in got] == [s.provision.id for s in expected]
    assert [r.score for r in got] == sorted((r.score for r in got), reverse=True)
