"""Row-oriented benchmarks (按行排列的裁量基准): one table with many violations, each with a row or a column per step.

City management prints 违法行为 | 依据 | 阶次 | 情形 | 幅度, market supervision 减轻 | 从轻 | 一般 | 从重 side by side,
environment 类别 | 裁量情节 | 裁量标准 with cells merged over many rows. What is not understood becomes a record that is
never computed, or a doubt on the document; never a record that might be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.discretion.bases import read_bases
from corpus.discretion.fines import read_fine
from corpus.discretion.model import Basis, DiscretionRecords, DiscretionStandard, Doubt, FineKind, Mode, Spot
from corpus.discretion.statutory import read_legal_ranges
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.anatomy import is_remark
from ingest.parsers.benchmarks.tier_rows_columns import Role, is_grade
from ingest.parsers.benchmarks.tier_rows_lines import TableLines, Violation, read_lines
from ingest.parsers.benchmarks.tier_rows_parties import with_parties
from ingest.parsers.benchmarks.tier_rows_tiers import Tiers, read_tiers
from ingest.parsers.lists.words import bare, column_name
from ingest.readers.model import Block, Note, NoteKind, Paragraph, ReadDocument, Table

_ITEM_NUMBER = re.compile(r"^[ \t　]*(?:[（(]?\d+[）)、.．]|[①-⑳])[ \t　]*(?=《)", re.MULTILINE)
_LOST_OPENING = re.compile(r"[\u4e00-\u9fff]{4,40}》第")  # 中华人民共和国放射性污染防治法》第五十五条
_CITATION = re.compile(r"《[^》]+》第[一二三四五六七八九十百千零\d]+条")
_SHORTEST_VIOLATION = 3
_SHORT_CONDUCT = re.compile(r"(?![警罚违同合小总共备注无序其])[\u4e00-\u9fff]{2}")  # 偷税, 盗窃, 赌博
_LONGEST_CHAPTER = 80
_LONGEST_ID = 16


def read_tier_rows(
    document: ReadDocument, profile: Profile, tables: Collection[int] | None = None
) -> DiscretionRecords:
    """The standards of the row-oriented tables of ``document``; ``tables`` are indices of blocks to keep to.

    Ids are the printed numbers; where two entries carry the same one, the later ones are told apart by their sheet
    or table. Remarks in or below a table that hold for all of it are ``remarks``.
    """
    standards: list[DiscretionStandard] = []
    remarks: list[str] = []
    doubts: list[Doubt] = []
    number = 0
    above: TableLines | None = None  # the table directly above
    columns = 0  # of the table last read
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if number and is_remark(block.text):
                remarks.append(block.text)
            above = None
            continue
        number += 1
        if tables is not None and index not in tables:
            continue
        heading, words_above = _heading(document.blocks, index, profile), _words_above(document.blocks, index)
        read = read_lines(block, number, document.format, heading, above, words_above)
        may_go_on = not read.understood and columns == block.columns > 1
        if standards and (may_go_on or (above is not None and read.doubts)):
            standards[-1] = _torn(standards[-1], block)
        above, columns = read, block.columns
        if not read.understood:
            doubts.append(_not_understood(block, number))
            continue
        known = [violation for violation in read.violations if violation.columns(Role.VIOLATION)]
        if len(known) < len(read.violations):
            doubts.append(_not_understood(block, number))
        standards += [_standard(violation, profile.title, document.notes) for violation in known]
        remarks += read.remarks
        doubts += read.doubts
    return DiscretionRecords(
        standards=tuple(_numbered(standards)), remarks=tuple(dict.fromkeys(remarks)), doubts=tuple(doubts)
    )


def _words_above(blocks: tuple[Block, ...], index: int) -> str:
    """The paragraphs directly above a table, on its own sheet."""
    words: list[str] = []
    for block in reversed(blocks[:index]):
        if not isinstance(block, Paragraph) or block.place.sheet != blocks[index].place.sheet or len(words) == 3:
            break
        words.append(block.text)
    return "\n".join(words)


def _heading(blocks: tuple[Block, ...], index: int, profile: Profile) -> str:
    """The heading above a table: its caption, or the nearest heading of the same sheet that is not the title."""
    table = blocks[index]
    if isinstance(table, Table) and table.caption:
        return column_name(table.caption)
    for block in reversed(blocks[:index]):
        if block.place.sheet != table.place.sheet:
            return ""
        if isinstance(block, Paragraph) and block.level is not None and not block.title:
            words = column_name(block.text)
            return words if len(words) <= _LONGEST_CHAPTER and bare(words) != bare(profile.title) else ""
    return ""


def _not_understood(table: Table, number: int) -> Doubt:
    spot = Spot(table.place.page, table.place.sheet, None if table.place.sheet else number, table.place.row)
    first = "、".join(column_name(cell.text) for cell in table.cells if cell.row == 0 and cell.text.strip())[:60]
    return Doubt(
        "header_not_understood", f"没有读懂这张表的表头，表中内容未作为裁量标准采用；首行为：{first or '空'}", spot
    )


def _torn(standard: DiscretionStandard, table: Table) -> DiscretionStandard:
    """The last record above a table whose first rows name no violation: they may be its further steps."""
    message = "紧接其下的表开头几行没有写明违法行为，可能属于这一项，未合并。"
    return replace(standard, doubts=(*standard.doubts, Doubt("table_torn", message, Spot(table.place.page))))


def _standard(violation: Violation, document_title: str, notes: Sequence[Note]) -> DiscretionStandard:
    """The record of one violation, UNREAD where its columns cannot be trusted."""
    read = read_tiers(violation)
    doubts = [*violation.doubts, *read.doubts, *_doubts_of_reader(violation, notes)]
    basis_texts = [section.text for section in read.sections]
    basis = _bases(basis_texts, violation, doubts)
    violated_texts = _texts(violation, Role.VIOLATED)
    behaviours = tuple(line.strip() for line in violation.title.splitlines() if line.strip())
    legal_ranges = read_legal_ranges(basis, (), behaviours)
    tiers = with_parties(read.tiers, "\n".join(basis_texts), legal_ranges)
    standard = DiscretionStandard(
        id=violation.serial,
        mode=Mode.TIERED,
        title=column_name(violation.title),
        chapter=violation.chapter if bare(violation.chapter) != bare(document_title) else "",
        printed_id=violation.serial,
        behaviours=behaviours,
        violated=read_bases("\n".join(violated_texts), violation.spot),
        violated_text="\n".join(violated_texts),
        basis=basis,
        basis_text="\n".join(basis_texts),
        legal_ranges=legal_ranges,
        header=violation.header.names,
        axes=tuple(dict.fromkeys(axis for tier in tiers for axis, _ in tier.when)),
        fine_columns=tuple(dict.fromkeys(name for tier in tiers for name, _ in tier.fines)),
        tiers=tiers,
        remark=read.remark,
        pages=tuple(sorted({line.page for line in violation.lines if line.page is not None})),
        sheet=violation.spot.sheet,
        spot=violation.spot,
        other=tuple(_other(violation)),
    )
    unread = _why_unread(violation, read)
    if unread is not None:
        return replace(standard, mode=Mode.UNREAD, tiers=(), doubts=(unread, *doubts))
    return replace(standard, doubts=(*doubts, *_fines_left_out(violation)))


def _fines_left_out(violation: Violation) -> Iterator[Doubt]:
    """Columns of unknown use whose cells state a fine: the steps may be more than those that were read."""
    uses = violation.uses
    graded = any(use.grade for use in uses)
    beside = [n for n in violation.columns(Role.FINE) if graded and not uses[n].grade]
    for n in (*violation.columns(Role.OTHER), *beside):
        if uses[n].name.startswith("法定"):
            continue
        texts = [line.fields[n].text for line in violation.lines if line.fields[n].text]
        if words := next((text for text in texts if read_fine(text, uses[n].name).kind.is_fine), ""):
            name = uses[n].name or f"第{n + 1}列"
            message = f"“{name}”一栏写有处罚幅度（{words[:40]}），没有读懂这一栏的用途，未作为阶次采用。"
            yield Doubt("penalty_column_not_understood", message, violation.spot)


def _doubts_of_reader(violation: Violation, notes: Sequence[Note]) -> Iterator[Doubt]:
    """What the reader was unsure of in these rows: words from a picture, words without a place on their page."""
    cells = [field.cell for line in violation.lines for field in line.fields if field.cell is not None]
    if any(cell.ocr for cell in cells):
        yield Doubt("read_from_picture", "这一项由图片识别而来，请与原件核对。", violation.spot)
    places = {(cell.place.page, cell.place.table) for cell in cells if cell.place.page is not None}
    for note in notes:
        if note.kind is NoteKind.DOUBTFUL and any(
            note.place.page == page and note.place.table in (None, table) for page, table in places
        ):
            yield Doubt("reader_in_doubt", note.message, Spot(note.place.page, table=note.place.table))


def _why_unread(violation: Violation, read: Tiers) -> Doubt | None:
    """What makes the whole record untrustworthy: no penalty column, columns that have slipped, no words."""
    spot = violation.spot
    if not violation.title:
        return Doubt("violation_missing", "这一项没有写明违法行为，不能作为裁量标准。", spot)
    if not violation.columns(Role.FINE):
        return Doubt("fine_column_missing", "表中没有处罚幅度一栏，不能作为裁量标准。", spot)
    cited = any(_CITATION.search(bare(section.text)) for section in read.sections)
    if not _names_conduct(violation.title) or (_CITATION.match(bare(violation.title)) and not cited):
        return Doubt("columns_misaligned", f"违法行为一栏写的是“{violation.title}”，各栏可能错位。", spot)
    if not read.tiers:
        return Doubt("tiers_missing", "这一项没有裁量阶次。", spot)
    for tier in read.tiers:
        if not any(fine.kind.is_fine or fine.kind is FineKind.WARNING for _, fine in tier.fines):
            others = (*tier.circumstances, *(label for _, label in tier.when if label), tier.grade, tier.remark)
            if words := next((text for text in others if "罚款" in text and read_fine(text).kind.is_fine), ""):
                return Doubt("columns_misaligned", f"处罚幅度写在别的栏里（{words[:40]}），各栏可能错位。", tier.spot)
    return None


def _names_conduct(title: str) -> bool:
    """Whether words can name a violation: no number, no step, no fine."""
    words = bare(title)
    short = len(words) < _SHORTEST_VIOLATION or words.replace(".", "").isdigit()
    if short and len(words) == _SHORTEST_VIOLATION - 1:
        short = not _SHORT_CONDUCT.fullmatch(words)
    return not (short or is_grade(words) or ("罚款" in words and read_fine(title).kind.is_fine))


def _bases(texts: list[str], violation: Violation, doubts: list[Doubt]) -> tuple[Basis, ...]:
    if not texts:
        if violation.columns(Role.BASIS):
            doubts.append(Doubt("basis_missing", "这一项的处罚依据一栏是空的。", violation.spot))
        elif any(_CITATION.search(bare(text)) for text in _texts(violation, Role.VIOLATION, Role.OTHER)):
            message = "没有单独的处罚依据一栏，依据与别的内容写在同一栏里，没有分出。"
            doubts.append(Doubt("basis_not_told_apart", message, violation.spot))
        return ()
    found = read_bases("\n".join(map(_citable, texts)), violation.spot)
    if not any(basis.citations for basis in found):
        doubts.append(Doubt("basis_not_read", f"没有从处罚依据中读出法律条款：{texts[0][:60]}", violation.spot))
    return found


def _citable(text: str) -> str:
    """The words of a basis cell as citations are found in them: without item numbers, the opening 《 put back."""
    without = _ITEM_NUMBER.sub("", text)
    return f"《{without}" if _LOST_OPENING.match(without) else without


def _texts(violation: Violation, *roles: Role) -> list[str]:
    """The different words of the columns of some roles, from top to bottom."""
    columns = violation.columns(*roles)
    return list(dict.fromkeys(line.fields[n].text for line in violation.lines for n in columns if line.fields[n].text))


def _other(violation: Violation) -> Iterator[tuple[str, str]]:
    for n in violation.columns(Role.OTHER, Role.CATEGORY, Role.PENALTY):
        words = list(dict.fromkeys(line.fields[n].text for line in violation.lines if line.fields[n].text))
        if words:
            yield violation.uses[n].name or f"第{n + 1}列", "\n".join(words)


def _numbered(standards: Iterable[DiscretionStandard]) -> Iterator[DiscretionStandard]:
    """The standards with ids of their own: the printed number, else their count; a repeated one with its sheet."""
    used: set[str] = set()
    for count, standard in enumerate(standards, start=1):
        place = standard.sheet or (f"表{standard.spot.table}" if standard.spot.table is not None else "")
        printed = standard.printed_id if len(standard.printed_id) <= _LONGEST_ID else ""
        wanted = printed or f"第{count}项"
        tries = [wanted, f"{place}·{wanted}", *(f"{place}·{wanted}（{n}）" for n in range(2, len(used) + 3))]
        chosen = next(name.replace("/", "-") for name in tries if name.replace("/", "-") not in used)
        used.add(chosen)
        yield replace(standard, id=chosen)
