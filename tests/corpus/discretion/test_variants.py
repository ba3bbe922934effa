"""Names of parties and cases: what a remark, a table and a statute mean by them."""

from __future__ import annotations

import pytest

from corpus.discretion.variants import case_of, matching, no_gain, person, unit

BY_CASE = ("限期内改正", "逾期未改正")
BY_PARTY_AND_CASE = ("对单位·限期内改正", "对单位·逾期未改正", "对个人")
BY_DAMAGE = ("对企业·未造成重大影响的", "对企业·已造成重大影响的", "对个人")


@pytest.mark.parametrize(
    ("label", "variants", "meant"),
    [
        ("限期内改正", BY_CASE, [0]),
        ("逾期未改正的", BY_CASE, [1]),
        ("对逾期未改正", BY_CASE, [1]),
        ("逾期不改正的", BY_CASE, [1]),
        ("拒不改正", BY_CASE, [1]),
        ("限期内改正", BY_PARTY_AND_CASE, [0]),
        ("对单位逾期未改正", BY_PARTY_AND_CASE, [1]),
        ("直接负责的主管人员和其他责任人员", BY_PARTY_AND_CASE, [2]),
        ("对个人", BY_PARTY_AND_CASE, [2]),
        ("对单位", BY_PARTY_AND_CASE, [0, 1]),
        ("未造成重大影响", BY_DAMAGE, [0]),
        ("已造成重大影响的的", BY_DAMAGE, [1]),
        ("情节严重的", BY_DAMAGE, [1]),
        ("对企业", BY_DAMAGE, [0, 1]),
        ("停业的", BY_CASE, []),
        ("", BY_CASE, []),
        ("对个人", BY_CASE, []),
    ],
)
def test_a_label_means_the_starts_of_the_same_party_and_case(
    label: str, variants: tuple[str, ...], meant: list[int]
) -> None:
    assert matching(label, variants) == meant


@pytest.mark.parametrize(
    ("words", "persons", "units"),
    [
        ("对个人", True, False),
        ("直接负责的主管人员和其他直接责任人员", True, False),
        ("法定代表人、主要负责人", True, False),
        ("建设单位", False, True),
        ("对单位·限期内改正", False, True),
        ("技术服务机构", False, True),
        ("单位直接负责的主管人员", True, False),
        ("单位和个人", False, True),
        ("个人或者其他组织", False, True),
        ("限期内改正", False, False),
        ("", False, False),
    ],
)
def test_persons_and_units_are_told_apart(words: str, persons: bool, units: bool) -> None:
    assert (person(words), unit(words)) == (persons, units)


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("逾期未改正的", "late"),
        ("拒不改正的", "late"),
        ("拒不接受监督检查的", None),
        ("限期内改正", "in_time"),
        ("责令改正", "in_time"),
        ("情节严重的", "serious"),
        ("造成严重后果的", "serious"),
        ("未造成重大生态环境影响的", "not_serious"),
        ("情节较轻的", "not_serious"),
        ("违法所得十万元以上的", None),
        ("", None),
    ],
)
def test_cases_have_a_sort(words: str, case: str | None) -> None:
    assert case_of(words) == case


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("没有违法所得或者违法所得不足十万元的", True),
        ("违法所得不满一万元的", True),
        ("违法所得十万元以上的", False),
        ("有违法所得的", False),
    ],
)
def test_no_gain_or_little_gain_is_one_case(words: str, expected: bool) -> None:
    assert no_gain(words) is expected
