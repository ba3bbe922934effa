"""A random sample of ingested files (抽样核对): do the numbers of each text run on, or is every gap reported?

The machine's half of a check by eye: it says per file what was read and where numbers are missing; a person compares
the same files with the originals. Sampling is stratified over format and region, and the seed is printed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.numerals import format_number
from corpus.store import CorpusStore
from corpus.store.sources import FileState, SourceFile, SourceFiles
from corpus.vocabulary import KIND_ZH, ArticleNumber, Finding, FindingKind, Provision
from evals.report import Cell, Table

_TELLS = frozenset({FindingKind.NUMBERING_GAP, FindingKind.TRUNCATED})
_READ = frozenset({FileState.PARSED, FileState.NEEDS_REVIEW})


@dataclass(frozen=True, slots=True)
class SampledText:
    """One text read from a sampled file: its articles, the numbers missing between them, and what was reported.

    ``unreported`` are missing numbers without a finding: the sample's faults.
    """

    file: str
    format: str
    region: str
    title: str
    kind: str
    rows: int
    numbering: str
    missing: tuple[int, ...]
    unreported: tuple[int, ...]
    reported: tuple[str, ...]


def sample_files(store: CorpusStore, size: int, seed: int) -> list[SampledText]:
    """At most ``size`` files, drawn round by round from every format and region, with all texts read from each."""
    files = SourceFiles(store)
    documents = {d.id: d for d in store.documents()}
    versions = {v.id: v for v in store.versions()}
    texts: dict[str, list[str]] = defaultdict(list)
    for version_id, source_id in files.links():
        texts[source_id].append(version_id)

    def region(file: SourceFile) -> str:
        held = texts.get(file.id)
        return documents[versions[held[0]].document_id].region if held else ""

    drawn = _draw([f for f in files.all() if f.state in _READ and texts.get(f.id)], region, size, seed)
    sampled = []
    for file in drawn:
        for version_id in texts[file.id]:
            document = documents[versions[version_id].document_id]
            provisions, findings = store.provisions(version_id), store.findings(version_id)
            missing = missing_numbers(provisions)
            told = {f.article.number for f in findings if f.kind in _TELLS and f.article is not None}
            sampled.append(
                SampledText(
                    file=PurePath(file.path).name,
                    format=file.format,
                    region=document.region,
                    title=document.title,
                    kind=KIND_ZH[document.kind],
                    rows=len(provisions),
                    numbering=numbering(provisions),
                    missing=missing,
                    unreported=tuple(n for n in missing if n not in told),
                    reported=_kinds(findings),
                )
            )
    return sampled


def _draw(
    files: Sequence[SourceFile], region_of: Callable[[SourceFile], str], size: int, seed: int
) -> list[SourceFile]:
    groups: dict[tuple[str, str], list[SourceFile]] = defaultdict(list)
    for file in sorted(files, key=lambda f: f.path):
        groups[file.format, region_of(file)].append(file)
    chance = random.Random(seed)
    for group in groups.values():
        chance.shuffle(group)
    order = sorted(groups)
    chance.shuffle(order)
    drawn: list[SourceFile] = []
    while len(drawn) < size and any(groups.values()):
        for key in order:
            if groups[key] and len(drawn) < size:
                drawn.append(groups[key].pop())
    return drawn


def missing_numbers(provisions: Sequence[Provision]) -> tuple[int, ...]:
    """Article numbers that no provision carries between 1 and the last one."""
    held = {p.article.number for p in provisions if p.article is not None}
    return tuple(n for n in range(1, max(held) + 1) if n not in held) if held else ()


def numbering(provisions: Sequence[Provision]) -> str:
    """First and last label: 第一条–第六十七条; 12 行 where nothing is numbered as an article."""
    numbers = [p.article for p in provisions if p.article is not None]
    if not numbers:
        return f"{len(provisions)} 段"
    return f"{_label(min(numbers))}–{_label(max(numbers))}"


def _label(article: ArticleNumber) -> str:
    tail = f"之{format_number(article.insertion)}" if article.insertion else ""
    return f"第{format_number(article.number)}条{tail}"


def _kinds(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted({f.kind.value for f in findings}))


def file_sample_tables(sampled: Sequence[SampledText]) -> list[Table]:
    """The sample, a line per text, and its sum."""
    columns = ["file", "format", "region", "kind", "rows", "numbers", "missing", "not reported", "findings"]
    rows: list[list[Cell]] = [
        [
            s.file,
            s.format,
            s.region,
            s.kind,
            s.rows,
            s.numbering,
            "、".join(map(str, s.missing)) or None,
            "、".join(map(str, s.unreported)) or None,
            "、".join(s.reported) or None,
        ]
        for s in sampled
    ]
    gaps = [s for s in sampled if s.missing]
    total = [[len({s.file for s in sampled}), len(sampled), len(gaps), sum(1 for s in gaps if s.unreported)]]
    return [
        Table("Sum", ["files", "texts", "texts with numbers missing", "of these not all reported"], total),
        Table("Sample", columns, rows),
    ]
