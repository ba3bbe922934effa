"""False statements on a no-penalty list: several tricks, each against words of the entry."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.records.untruths import untruths

_ABOUT = "根据《清单》，对“未标价”，"


def _stems(*conditions: str, effect: str = "不予行政处罚") -> list[str]:
    return [u.stem for u in untruths(_ABOUT, conditions, "同时满足", effect)]


def test_a_list_is_made_false_in_several_ways() -> None:
    made = list(untruths(_ABOUT, ("属于首次违法", "当场改正", "未标价商品不足五种"), "同时满足", "不予行政处罚"))
    stems = [u.stem for u in made]
    assert any("有下列情形之一的" in s for s in stems)
    assert f"{_ABOUT}只要属于首次违法，就不予行政处罚。" in stems
    assert any("一年内第二次违法" in s for s in stems)
    assert any("在检查后三日内改正" in s for s in stems)
    assert any("从轻或者减轻行政处罚" in s for s in stems)
    assert len(set(stems)) == len(stems) >= 6
    assert all(u.against or u.condition is not None for u in made)


@pytest.mark.parametrize(
    ("condition", "other"),
    [
        ("属于初次违法", "属于一年内第二次违法"),
        ("在责令改正期限内改正", "在责令改正期限届满后五日内改正"),
        ("没有造成危害后果", "造成轻微危害后果"),
        ("未标价商品不足五种", "未标价商品不足十种"),
    ],
)
def test_what_is_asked_is_lowered_by_one_degree(condition: str, other: str) -> None:
    assert any(s.endswith(f"：{other}；主动配合。") for s in _stems(condition, "主动配合"))


def test_what_has_no_degree_is_left_as_it_is() -> None:
    assert not any("一年内" in s or "届满" in s for s in _stems("主动配合", "提供来源"))


def test_a_condition_left_out_is_not_told_as_left_out() -> None:
    stems = _stems("属于初次违法且不影响人员疏散的", "当场改正", effect="可以不予行政处罚")
    assert f"{_ABOUT}只要属于初次违法且不影响人员疏散，就可以不予行政处罚。" in stems
    assert not any("无论" in s or "均" in s for s in stems)


def test_what_may_be_done_is_told_as_what_must() -> None:
    assert any("应当不予行政处罚" in s for s in _stems("主动配合", "提供来源", effect="可以不予行政处罚"))
    assert not any("应当不予" in s for s in _stems("主动配合", "提供来源"))
