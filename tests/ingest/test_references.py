"""An article is tied to the articles of the same law that it names."""

from __future__ import annotations

import pytest

from corpus.numerals import format_number
from corpus.store import CorpusStore
from corpus.vocabulary import ArticleNumber, Provision
from ingest.references import cross_references


def named(text: str) -> list[str]:
    """Labels that an article 第九条 with ``text`` names in a law of thirty articles."""
    provisions = [
        Provision(
            f"第{format_number(n)}条", "v", n, f"第{format_number(n)}条", text if n == 9 else "。", ArticleNumber(n)
        )
        for n in range(1, 31)
    ]
    return [target for _, target in cross_references(provisions)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("违反本法第二十八条规定的，处以罚款。", ["第二十八条"], id="one"),
        pytest.param("违反本法第四条、第六条规定的", ["第四条", "第六条"], id="list"),
        pytest.param("违反本法第四条第一款、第二款或者第六条第（三）项", ["第四条", "第六条"], id="places below"),
        pytest.param("依照本法第二条至第四条的规定", ["第二条", "第三条", "第四条"], id="range"),
        pytest.param("本法第三条，以及本法第五条", ["第三条", "第五条"], id="two mentions"),
        pytest.param("本法第三条和本法第三条", ["第三条"], id="the same twice"),
        pytest.param("依照前条的规定处罚", ["第八条"], id="the article before"),
        pytest.param("依照前两条的规定处罚", ["第七条", "第八条"], id="the two articles before"),
        pytest.param("依照前款的规定处罚", [], id="the paragraph before"),
        pytest.param("依照《示例法》第三条的规定", [], id="another law"),
        pytest.param("香港特别行政区基本法第三条", [], id="a law whose name ends like 本法"),
        pytest.param("适用《示例法》的，依照该法第三条处罚", [], id="that law"),
        pytest.param("依照本法第九条的规定", [], id="itself"),
        pytest.param("依照本法第九十九条的规定", [], id="a number the law does not have"),
        pytest.param("本办法由国务院制定。", [], id="no article"),
    ],
)
def test_finds_the_articles_of_the_same_law_that_are_named(text: str, labels: list[str]) -> None:
    assert named(text) == labels


def test_a_sanction_leads_to_the_duty_and_back(national_store: CorpusStore) -> None:
    titles = {d.id: d.title for d in national_store.documents()}
    (version,) = (v for v in national_store.versions() if titles[v.document_id] == "中华人民共和国消防法")
    duty = national_store.provision_at(version.id, ArticleNumber(28))
    assert duty is not None
    sanctions = national_store.references_to(duty.id)
    assert all(duty.id in national_store.references_from(s) for s in sanctions)
    for provision in national_store.provisions(version.id):
        for target in national_store.references_from(provision.id):
            assert target.rsplit("/")[1] in provision.text
