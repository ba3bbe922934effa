"""A section of a benchmark becomes a record (裁量标准): its law, its weights or tiers, and what is in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.discretion.bases import read_bases
from corpus.discretion.formulas import read_formulas, with_base_floor
from corpus.discretion.model import Basis, DiscretionStandard, Doubt, Formula, Mode, Spot
from corpus.discretion.statutory import read_legal_ranges
from corpus.lists import Column
from ingest.parsers.benchmarks.anatomy import Anatomy, dissect
from ingest.parsers.benchmarks.identifiers import Identity, identify_all, same_parent
from ingest.parsers.benchmarks.sections import Section
from ingest.parsers.benchmarks.tiered import PagesOf, Tiered, read_tiered
from ingest.parsers.benchmarks.weighted import NotUnderstood, Start, Weighted, is_weighted, read_weighted
from ingest.parsers.benchmarks.words import is_dash, one_line, spot_of, tidy
from ingest.readers.model import Cell, Note, NoteKind

_CUT = "｜"  # between the halves of a cell in a reader's note


@dataclass(frozen=True, slots=True)
class ReaderNotes:
    """What the reader told of cells cut by a page break and of words without a place."""

    joined: Mapping[tuple[int, int], tuple[tuple[int, str], ...]]  # (table, row) → (page of the rest, words)
    doubtful: tuple[Note, ...]

    @classmethod
    def of(cls, notes: Sequence[Note]) -> ReaderNotes:
        joined: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for note in notes:
            place = note.place
            if note.kind is NoteKind.REPAIRED and _CUT in note.text and place.page and place.table and place.row:
                joined[place.table, place.row].append((place.page, note.text.replace(_CUT, "")))
        doubtful = tuple(note for note in notes if note.kind is NoteKind.DOUBTFUL)
        return cls({key: tuple(found) for key, found in joined.items()}, doubtful)

    def pages_of(self, cells: Sequence[Cell]) -> tuple[int, ...]:
        """The pages on which cells stand, with those onto which a page break carried the rest of one."""
        pages = {cell.place.page for cell in cells if cell.place.page is not None}
        for cell in cells:
            for page, words in self.joined.get((cell.place.table or 0, cell.place.row or 0), ()):
                if words in cell.text:
                    pages.add(page)
        return tuple(sorted(pages))


def read_standards(sections: Sequence[Section], notes: ReaderNotes) -> tuple[DiscretionStandard, ...]:
    """One record per section, in order."""
    spots = [_spot(section) for section in sections]
    headings = [section.heading for section in sections]
    identities = identify_all(headings, [section.chapter for section in sections], spots)
    found: list[DiscretionStandard] = []
    for section, identity in zip(sections, identities, strict=True):
        standard = _read(section, identity, notes)
        if not standard.title and found and same_parent(found[-1].id, standard.id):
            above = found[-1]
            standard = replace(
                standard,
                title=above.title,
                heading_no=above.heading_no,
                chapter=above.chapter,
                title_inherited_from=above.title_inherited_from or above.id,
            )
        elif not standard.title:
            standard = replace(standard, title="；".join(standard.behaviours))
        found.append(standard)
    return tuple(found)


def _read(section: Section, identity: Identity, notes: ReaderNotes) -> DiscretionStandard:
    anatomy = dissect(section.grid, section.start, section.end)
    remark = "\n".join((*anatomy.remark, *section.remark))
    violated, violated_text, unread = _bases(anatomy, (Column.VIOLATED,))
    basis, basis_text, unread_basis = _bases(anatomy, (Column.PENALTY_BASIS, Column.BASIS))
    pages = _pages(section, notes)
    standard = DiscretionStandard(
        id=identity.id,
        mode=Mode.UNREAD,
        title=section.heading.title,
        chapter=section.chapter,
        heading_no=section.heading.number,
        printed_id=identity.printed,
        behaviours=tuple(one_line(cell.text) for cell in anatomy.values(Column.VIOLATION)),
        violated=violated,
        violated_text=violated_text,
        basis=basis,
        basis_text=basis_text,
        header=tuple(column.name for column in anatomy.header),
        remark="\n".join((*remark.splitlines(), *_other_pairs(anatomy))),
        pages=pages,
        sheet=section.table.place.sheet,
        spot=_spot(section),
        doubts=(*_doubts_around(section, anatomy, identity, notes), *unread, *unread_basis),
    )
    try:
        standard = _decided(standard, anatomy, remark, notes.pages_of)
    except NotUnderstood as error:
        standard = replace(standard, doubts=(*standard.doubts, error.doubt))
    variants, behaviours = standard.variants, standard.behaviours
    return replace(standard, legal_ranges=read_legal_ranges(standard.basis, variants, behaviours))


def _decided(standard: DiscretionStandard, anatomy: Anatomy, remark: str, pages_of: PagesOf) -> DiscretionStandard:
    """The record with its weights or its tiers. Raises NotUnderstood."""
    if not anatomy.header:
        where = spot_of(anatomy.header_cell) if anatomy.header_cell is not None else standard.spot
        raise NotUnderstood("没有读懂裁量表的表头。", where)
    if is_weighted(anatomy):
        return _with_weights(standard, anatomy, read_weighted(anatomy), remark)
    return _with_tiers(standard, read_tiered(anatomy, pages_of))


def _with_weights(
    standard: DiscretionStandard, anatomy: Anatomy, weighted: Weighted, remark: str
) -> DiscretionStandard:
    spot = spot_of(anatomy.remark_cell) if anatomy.remark_cell is not None else standard.spot
    starts = [(start.variant, start.weight, start.text) for start in weighted.starts]
    formulas, doubts = read_formulas(remark, starts, spot)
    if not formulas and not doubts:
        doubts = (Doubt("formula_not_found", "备注中没有读到罚款金额的计算方法。", spot),)
    return replace(
        standard,
        mode=Mode.WEIGHTED,
        behaviours=standard.behaviours or _column_of_violation(anatomy),
        factors=weighted.factors,
        formulas=with_base_floor([_at(formula, weighted.starts) for formula in formulas], standard.basis),
        doubts=(*standard.doubts, *weighted.doubts, *doubts),
    )


def _at(formula: Formula, starts: Sequence[Start]) -> Formula:
    start = next((start for start in starts if start.variant == formula.variant), None)
    return replace(formula, start_text=start.text, start_spot=start.spot) if start is not None else formula


def _with_tiers(standard: DiscretionStandard, tiered: Tiered) -> DiscretionStandard:
    return replace(
        standard,
        mode=Mode.TIERED,
        behaviours=standard.behaviours or tiered.behaviours,
        axes=tiered.axes,
        fine_columns=tiered.fine_columns,
        tiers=tiered.tiers,
        doubts=(*standard.doubts, *tiered.doubts),
    )


def _column_of_violation(anatomy: Anatomy) -> tuple[str, ...]:
    """The words of the violation's column beside the factors."""
    column = next((c for c in anatomy.header if c.meaning is Column.VIOLATION), None)
    if column is None:
        return ()
    found: list[str] = []
    for n in anatomy.body:
        cell = anatomy.grid[n][column.start]
        if cell is not None and cell.row == n and cell.column == column.start and cell.column_span == 1:
            found += [one_line(cell.text)] if cell.text.strip() else []
    return tuple(dict.fromkeys(found))


def _bases(anatomy: Anatomy, meanings: Sequence[Column]) -> tuple[tuple[Basis, ...], str, tuple[Doubt, ...]]:
    """The law cited in the pairs of these names, its whole text as printed, and doubts where no citation was read."""
    bases: list[Basis] = []
    texts: list[str] = []
    doubts: list[Doubt] = []
    for meaning in meanings:
        for cell in anatomy.values(meaning):
            text = tidy(cell.text)
            texts.append(text)
            if not text or is_dash(text):
                continue
            found = read_bases(text, spot_of(cell))
            bases += found
            if not found:
                message = f"{meaning.zh}中没有读到法律条文：“{text[:20]}…”。"
                doubts.append(Doubt("basis_not_read", message, spot_of(cell)))
    return tuple(bases), "\n".join(texts), tuple(doubts)


_RECORDED = frozenset({Column.VIOLATED, Column.PENALTY_BASIS, Column.BASIS, Column.VIOLATION})


def _other_pairs(anatomy: Anatomy) -> list[str]:
    """Pairs that no field of the record holds (实施主体 | …), kept as lines of the remark."""
    return [
        f"{pair.name}：{one_line(pair.value.text)}"
        for pair in anatomy.pairs
        if pair.meaning not in _RECORDED and pair.value.text.strip()
    ]


def _spot(section: Section) -> Spot:
    cells = section.cells
    return spot_of(cells[0]) if cells else Spot()


def _pages(section: Section, notes: ReaderNotes) -> tuple[int, ...]:
    """Every page from the heading to the last row."""
    pages = set(notes.pages_of(section.cells))
    pages |= {line.place.page for line in section.heading.lines if line.place.page is not None}
    if section.last_page is not None:
        pages.add(section.last_page)
    return tuple(range(min(pages), max(pages) + 1)) if pages else ()


def _doubts_around(section: Section, anatomy: Anatomy, identity: Identity, notes: ReaderNotes) -> list[Doubt]:
    doubts = [identity.doubt] if identity.doubt is not None else []
    doubts += (
        Doubt("row_not_understood", f"表中一行没有读懂：“{one_line(cell.text)}”。", spot_of(cell))
        for cell in anatomy.unexplained
    )
    doubts += (
        Doubt("mark_of_neighbour", f"“{one_line(cell.text)}”开头的符号应属于左边的单元格，已略去。", spot_of(cell))
        for cell in anatomy.overflown
    )
    if any(cell.ocr for cell in section.cells):
        doubts.append(Doubt("read_from_picture", "本表由图片识别而来，请与原件核对。", _spot(section)))
    if section.torn is not None:
        message = "紧接其下的一张表没有表头、列数不同，可能是本表的续表，未合并。"
        doubts.append(Doubt("table_torn", message, Spot(section.torn.place.page, table=section.torn.place.table)))
    pages = {cell.place.page for cell in section.cells}
    for note in notes.doubtful:
        same_table = note.place.table is None or note.place.table == section.table.place.table
        if note.place.page is not None and note.place.page in pages and same_table:
            doubts.append(Doubt("reader_in_doubt", note.message, Spot(note.place.page, table=note.place.table)))
    return doubts
