"""Runs of glyphs become printed lines: what type setting closed up is one line, what is printed over another is not."""

from __future__ import annotations

import pytest

from ingest.readers.model import NoteKind, Place
from ingest.readers.pdf.glyphs import Glyph
from ingest.readers.pdf.lines import lines_of


def run(text: str, x: float, baseline: float = 100.0, size: float = 12.0) -> list[Glyph]:
    return [Glyph(c, x + n * size, x + (n + 1) * size, baseline, size) for n, c in enumerate(text)]


@pytest.mark.parametrize("mark", "：，。；、）》")
def test_a_bracket_that_is_set_close_to_the_mark_before_it_is_on_the_same_line(mark: str) -> None:
    lines, notes = lines_of(
        [run("处罚款" + mark, 0), run("（一）", 4 * 12 - 11), run("不按规定的；", 0, 115)], Place(page=1)
    )
    assert [line.text for line in lines] == [f"处罚款{mark}（一）", "不按规定的；"]
    assert not [note for note in notes if note.kind is NoteKind.DOUBTFUL]


def test_words_printed_over_others_are_no_part_of_their_line() -> None:
    lines, _ = lines_of([run("责令改正", 0), run("样本", 10)], Place(page=1))
    assert sorted(line.text for line in lines) == ["样本", "责令改正"]
