"""While the corpus changes, an index serves the old snapshot until the new texts are in, and the new one from there."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.indexing_samples import fill, law
from tests.ingest.test_indexing import Bench


def test_the_turn_finds_the_new_texts_in_and_the_old_ones_untouched(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    fill(bench.store, law("old", ["旧条文"]), law("kept", ["不变"]))
    bench.builder.sync()
    bench.builder.encode()
    before = bench.index.facts()
    bench.store.delete_version("old-v1")
    fill(bench.store, law("new", ["新条文"]))
    assert bench.builder.encode_ahead() == 1
    seen = []
    bench.builder.sync(turn=lambda: seen.append(bench.index.facts()))
    (at_turn,) = seen
    assert before.items() <= at_turn.items()
    assert set(at_turn) - set(before) == {"new-v1/第1条#1"}
    assert set(bench.index.facts()) == {"new-v1/第1条#1", "kept-v1/第1条#1"}
    state = bench.index.state()
    assert state.points == state.dense_points == 2
