"""Discretion records against hand-verified ones (裁量数据评测): what is lost or twice; fields; every difference.

Texts are read from files as ``eassistant discretion export`` reads them, without any store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.discretion.export import RecordsOfText, records_as_published
from corpus.discretion.model import ApplicationRules, DiscretionStandard
from corpus.errors import EAssistantError
from evals.discretion_examples import FIELD, compare_example
from evals.discretion_fields import compare_item, compare_row, compare_standard
from evals.discretion_gold import Gold, Matching, match_items, match_rows, match_standards, name_of
from evals.discretion_marks import Marks, squeezed
from evals.report import Cell, Table

Json = Mapping[str, Any]
ReadFile = Callable[[Path], Sequence[RecordsOfText]]


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text that was read: its records, and the same under published names."""

    text: RecordsOfText
    standards: Sequence[Json]
    items: Sequence[Json]

    @property
    def rows(self) -> list[Json]:
        return [row for standard in self.standards for row in standard.get("rows", ())]

    @classmethod
    def of(cls, text: RecordsOfText) -> TextRead:
        published = records_as_published([text])
        return cls(text, published["standards"], published["items"])


@dataclass(frozen=True, slots=True)
class Read:
    """The texts of a folder, and why a file gave none."""

    texts: Sequence[TextRead]
    failures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Records of one kind in one gold file: how many the gold has and how many the text was read to hold in all."""

    gold_file: str
    source: str
    kind: str
    gold: int
    read: int
    expected: int | None
    lost: Sequence[str]
    twice: Sequence[str]


@dataclass(slots=True)
class Result:
    """What a run found out."""

    counts: list[Count] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    doubtful: dict[str, int] = field(default_factory=dict)  # records that need review, by source
    exclusions: list[str] = field(default_factory=list)


def read_folder(folder: Path, read: ReadFile, progress: Callable[[int], None]) -> Read:
    """Every file of a folder; one that holds no records is a failure and the rest goes on."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    texts: list[TextRead] = []
    failures: list[str] = []
    for done, path in enumerate(files, start=1):
        try:
            texts += [TextRead.of(text) for text in read(path)]
        except EAssistantError as error:
            failures.append(f"{path.name}: {error.what}")
        progress(done)
    return Read(texts, failures)


def evaluate(golds: Iterable[Gold], read: Read) -> Result:
    """Every gold file against the text that it speaks of."""
    result = Result(exclusions=list(read.failures))
    for text in read.texts:
        records = text.text.records
        doubts = [record.doubts for record in records.standards] + [record.doubts for record in records.items]
        result.doubtful[text.text.source] = sum(map(bool, doubts))
    for gold in golds:
        found = text_of(gold, read.texts)
        if found is None:
            result.exclusions.append(f"{gold.name}: none of the files read is its source")
            lost = [name_of(record) for record in (*gold.standards, *gold.items, *gold.rows)]
            result.counts.append(Count(gold.name, "–", "all", gold.size, 0, None, lost, ()))
            continue
        _standards(gold, found, read.texts, result)
        _items(gold, found, result)
        _rows(gold, found, result)
    return result


def text_of(gold: Gold, texts: Sequence[TextRead]) -> TextRead | None:
    """The text that a gold file speaks of: by its title, else the one in which most of its records are found."""
    title = squeezed(gold.title)
    for text in texts:
        if title and title in (squeezed(text.text.title), squeezed(Path(text.text.source).stem)):
            return text

    def found(text: TextRead) -> int:
        matchings = (
            match_standards(gold.standards, text.standards),
            match_items(gold.items, text.items),
            match_rows(gold.rows, text.rows),
        )
        return sum(other is not None for m in matchings for _, other in m.pairs)

    best = max(texts, key=found, default=None)
    return best if best is not None and found(best) else None


def _standards(gold: Gold, found: TextRead, texts: Sequence[TextRead], result: Result) -> None:
    if not gold.standards:
        return
    matching = match_standards(gold.standards, found.standards)
    result.counts.append(_count(gold, found, "standards", matching, len(found.standards), None))
    records = {id(one): record for one, record in zip(found.standards, found.text.records.standards, strict=True)}
    rules = _rules_for(found, texts)
    for record, read in matching.pairs:
        marks = result.marks.of(name_of(record))
        compare_standard(record, read or {}, marks)
        _examples(record, records.get(id(read)), rules, result)


def _examples(gold: Json, standard: DiscretionStandard | None, rules: ApplicationRules | None, result: Result) -> None:
    marks = result.marks.of(name_of(gold))
    for number, example in enumerate(gold.get("examples") or (), start=1):
        if standard is None:
            marks.put(FIELD, "computed", "the standard was not found", False, f"example {number}")
        else:
            compare_example(example, number, standard, rules, marks)


def _rules_for(found: TextRead, texts: Sequence[TextRead]) -> ApplicationRules | None:
    """The rules of application that go with a text: its own, else those of its region."""
    own = found.text.records.rules
    region = (t.text.records.rules for t in texts if t.text.region == found.text.region)
    return own or next((rules for rules in region if rules is not None), None)


def _items(gold: Gold, found: TextRead, result: Result) -> None:
    if not gold.items:
        return
    matching = match_items(gold.items, found.items)
    result.counts.append(_count(gold, found, "list items", matching, len(found.items), None))
    for record, read in matching.pairs:
        compare_item(record, read or {}, result.marks.of(f"{gold.name} {name_of(record)}"))
    if gold.remarks is not None:
        result.marks.of(gold.name).texts("remarks of the list", gold.remarks, found.text.records.remarks)


def _rows(gold: Gold, found: TextRead, result: Result) -> None:
    if not gold.rows:
        return
    rows = found.rows
    matching = match_rows(gold.rows, rows)
    result.counts.append(_count(gold, found, "tier rows", matching, len(rows), gold.totals.get("standards")))
    violations = Matching((), match_standards((), found.standards).twice)
    expected = gold.totals.get("violations")
    result.counts.append(_count(gold, found, "violations", violations, len(found.standards), expected))
    for record, read in matching.pairs:
        compare_row(record, read or {}, result.marks.of(f"{gold.name} {record['no']} row {record['excel_rows'][0]}"))


def _count(gold: Gold, found: TextRead, kind: str, matching: Matching, read: int, expected: int | None) -> Count:
    source = found.text.source
    return Count(gold.name, source, kind, len(matching.pairs), read, expected, matching.lost, matching.twice)


def discretion_tables(result: Result) -> list[Table]:
    """Counts, accuracy by field, and every difference."""
    marks = result.marks
    counts: list[list[Cell]] = [
        [c.gold_file, c.source, c.kind, c.gold, len(c.lost), len(c.twice), c.read, c.expected] for c in result.counts
    ]
    fields: list[list[Cell]] = [
        [name, total, marks.right[name], marks.right[name] / total] for name, total in sorted(marks.compared.items())
    ]
    fields.append(["all", sum(marks.compared.values()), sum(marks.right.values()), marks.accuracy])
    missing: list[list[Cell]] = [
        [c.gold_file, c.kind, what, name]
        for c in result.counts
        for what, names in (("lost", c.lost), ("twice", c.twice))
        for name in names
    ]
    review: list[list[Cell]] = [[source, count] for source, count in sorted(result.doubtful.items())]
    differences: list[list[Cell]] = [[d.record, d.field, d.where, d.gold, d.found] for d in marks.differences]
    return [
        Table(
            "Found, lost, twice",
            ("gold", "source", "records", "in gold", "lost", "twice", "read in all", "in the document"),
            counts,
        ),
        Table("Lost or twice", ("gold", "records", "what", "which"), missing),
        Table("Fields", ("field", "values", "right", "accuracy"), fields),
        Table("Records that need review", ("source", "records"), review),
        Table("Every difference", ("record", "field", "where", "gold", "found"), differences),
    ]


def discretion_figures(result: Result) -> dict[str, Any]:
    """The same for programs."""
    marks = result.marks
    return {
        "counts": [
            {
                "gold_file": c.gold_file,
                "source": c.source,
                "records": c.kind,
                "gold": c.gold,
                "read": c.read,
                "expected": c.expected,
                "lost": list(c.lost),
                "twice": list(c.twice),
            }
            for c in result.counts
        ],
        "accuracy": marks.accuracy,
        "fields": {n: {"values": t, "right": marks.right[n]} for n, t in sorted(marks.compared.items())},
        "needs_review": dict(sorted(result.doubtful.items())),
        "differences": [
            {"record": d.record, "field": d.field, "where": d.where, "gold": d.gold, "found": d.found}
            for d in marks.differences
        ],
    }
