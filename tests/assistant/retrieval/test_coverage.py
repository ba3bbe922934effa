"""Coverage counted in one pass is what ``word in text`` counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.coverage import coverage

ALPHABET = "罚款处以元一二十𠮷05\n，"
WORDS = st.sets(st.text(st.sampled_from(ALPHABET.replace("\n", "")), min_size=1, max_size=4), max_size=8)


@settings(deadline=None)
@given(WORDS, st.lists(st.text(st.sampled_from(ALPHABET), max_size=20), max_size=6))
def test_one_pass_counts_what_looking_each_word_up_counts(words: set[str], texts: list[str]) -> None:
    expected = [sum(word in text for word in words) / len(words) if words else 0.0 for text in texts]
    assert coverage(words, texts) == expected


def test_a_pair_across_the_end_of_a_text_is_none() -> None:
    assert coverage({"罚款"}, ["没收、罚", "款项"]) == [0.0, 0.0]
