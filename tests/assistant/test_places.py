"""A place sees the nation's rules, its province's and its own; where no place is known, the nation's alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.places import Origin, Place, place_of
from corpus.errors import InvalidInput

HELD = frozenset({"浙江省", "宁波市", "温州市", "河南省", "示范市"})
RULES = HELD - {"示范市"}
NATION = "国家"


def place(question: str = "占道摆摊怎么罚", region: str | None = None, **options: object) -> Place:
    given_options: dict[str, object] = {"home": None, "of_laws": (), "held": HELD, "with_rules": RULES}
    return place_of(question, given=region, **(given_options | options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("region", "seen"),
    [
        ("宁波市", {NATION, "浙江省", "宁波市"}),
        ("宁波", {NATION, "浙江省", "宁波市"}),
        ("浙江省", {NATION, "浙江省"}),
        ("国家", {NATION}),
        ("示范市", {NATION, "示范市"}),
        ("宁波市鄞州区", {NATION, "浙江省", "宁波市", "宁波市鄞州区"}),
    ],
)
def test_a_region_sees_what_it_lies_in_and_nobody_else(region: str, seen: set[str]) -> None:
    assert place(region=region).regions == seen
    assert place(region=region).origin is Origin.GIVEN


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("宁波沿街饭店的油烟对着人行道排，罚多少", "宁波市"),
        ("河南省内设区的市最高能设多少罚款", "河南省"),
        ("示范市占道摆摊按哪一档罚", "示范市"),
    ],
)
def test_a_place_that_the_question_names_is_its_region_and_a_note_says_so(question: str, region: str) -> None:
    found = place(question)
    assert (found.region, found.origin, found.named) == (region, Origin.QUESTION, True)
    assert any(region in note for note in found.notes)


def test_without_any_place_the_nation_is_searched_and_a_note_says_what_is_left_out() -> None:
    found = place()
    assert (found.regions, found.has_rules) == ({NATION}, False)
    assert any("地区" in note for note in found.notes)
    assert place(held=(), with_rules=()).notes == ()
    assert place(of_laws=[NATION]).notes == (), "a national law is named: no other place is meant"


def test_the_region_chosen_counts_before_the_question_and_that_before_the_settings() -> None:
    chosen = place("温州工地的泥车怎么罚", "宁波市", home="河南省")
    assert chosen.regions == {NATION, "浙江省", "宁波市"}
    assert any("温州市" in note for note in chosen.notes)
    assert not chosen.named
    assert place("温州工地的泥车怎么罚", home="河南省").region == "温州市"
    assert place(home="河南省").regions == {NATION, "河南省"}


def test_a_local_law_that_is_named_is_seen_from_anywhere() -> None:
    assert place(of_laws=["温州市"]).regions == {NATION, "浙江省", "温州市"}
    assert place(region="河南省", of_laws=["温州市"]).regions == {NATION, "河南省", "浙江省", "温州市"}


def test_an_unknown_region_is_said_and_a_name_of_several_places_refused() -> None:
    unknown = place(region="火星市")
    assert unknown.regions == {NATION}
    assert any("火星市" in note for note in unknown.notes)
    with pytest.raises(InvalidInput, match="同名"):
        place(region="鼓楼区")


def test_a_region_without_rules_of_its_own_is_said() -> None:
    assert any("广东省" in note for note in place(region="广东省").notes)
    assert not place(region="广东省").has_rules
    assert any("本级" in note for note in place(region="宁波市鄞州区").notes)


@pytest.mark.parametrize(
    ("question", "named"),
    [("我们市对养犬怎么规定的", True), ("按市里的条例罚多少", True), ("占道摆摊怎么罚", False)],
)
def test_words_of_the_place_count_where_the_place_is_known(question: str, named: bool) -> None:
    assert place(question, "宁波市").named is named
    assert not place(question).named


@given(st.text(max_size=60), st.none() | st.sampled_from(["宁波市", "浙江", "示范市", "不详"]))
def test_the_nation_is_always_seen_and_no_place_that_was_not_spoken_of(question: str, region: str | None) -> None:
    found = place(question, region)
    assert NATION in found.regions
    if region == "宁波市":
        assert "温州市" not in found.regions
