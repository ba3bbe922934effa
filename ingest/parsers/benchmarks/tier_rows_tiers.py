"""Tiers of one violation (违法行为的阶次): which rows make one step, its circumstances, its fines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.discretion.fines import TO_ALL, read_fines
from corpus.discretion.model import Doubt, Fine, FineKind, Spot, Tier
from ingest.parsers.benchmarks.tier_rows_columns import Role, is_grade, is_grade_word, role_of
from ingest.parsers.benchmarks.tier_rows_lines import BLANK, Field, Line, Violation
from ingest.parsers.lists.words import bare

_NOT_APPLICABLE = re.compile(r"[/／\\—–\-－―─]+|不适用|不涉及")
_ANY_OF = re.compile(
    r"(?:当事人)?(?:具有|有|符合|具备|存在|属于)?(?:下列|以下)(?:情形|条件|情节|行为)?之一(?:的)?[：:，,]?"
)
_ALL_OF = re.compile(
    r"(?:同时)(?:具有|符合|具备|满足)(?:(?:下列|以下)(?:各项)?(?:情形|条件|情节))?(?:的)?[：:，,]?"
    r"|(?:具有|符合|具备|满足)(?:下列|以下)(?:全部|所有)(?:情形|条件|情节)(?:的)?[：:，,]?"
)
_ITEM = re.compile(r"(?:^|(?<=[\n。；;：:]))\s*(?:[（(](?:[一二三四五六七八九十]+|\d+)[）)]|\d+[.．、](?!\d)|[①-⑳])\s*")
_CASE_THEN_FINE = re.compile(
    r"(?P<case>[^。；;]*?的)[，,：:](?P<fine>(?:可以?|应当|依法|并|给予|予以|不予|免予|处|没收|责令|警告|罚款)[^。；;]*[。；;]?)"
)
_LONGEST_GRADE = 6
_SPARED = re.compile(r"(?:应当|可以|依法)?(?:不予|免予|免于|免除|免罚)")
_BARE_WAN = re.compile(r"[（(：:](?:人民币)?万元?[）)]")
_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_WAN = 4  # digits: a longer bare number under 万元 was meant in 元
_GRADE_LEAD = re.compile(
    r"(?:^|(?<=[\n。；;]))\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[①-⑳]\s*)?(?P<grade>[^\s，。；;：:]{1,12})[：:]"
)


Words = tuple[tuple[tuple[str, ...], str], ...]
"""Penalty cells of a step in printed order: the names of the columns that a cell covers, and its words."""


@dataclass(slots=True)
class _Step:
    """One step being gathered from its rows."""

    line: Line
    grade: str
    section: Field
    fines: Words
    when: tuple[tuple[str, str | None], ...] = ()
    catch_all: str = ""
    cases: list[str] = field(default_factory=list)
    behaviour: str = ""
    remarks: list[str] = field(default_factory=list)
    last: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A legal basis cell of a violation (依据分段): its words, its own rows, its last line in this violation."""

    text: str
    rows: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers of one violation, the sections of its basis, remarks that hold for all of them, and doubts."""

    tiers: tuple[Tier, ...]
    sections: tuple[Section, ...]
    remark: str
    doubts: tuple[Doubt, ...]


def read_tiers(violation: Violation) -> Tiers:
    """The steps of a violation in printed order; what could not be read with certainty is a doubt and UNREAD."""
    graded = any(use.grade for use in violation.uses)
    sections = _sections(violation)
    steps = _graded_steps(violation) if graded else _steps(violation)
    doubts: list[Doubt] = []
    common = _common_remarks(violation)
    tiers = tuple(_tier(step, violation, sections, common, doubts) for step in steps)
    return Tiers(tiers, sections, "\n".join(common), tuple(doubts))


def _steps(violation: Violation) -> list[_Step]:
    """Steps of a table with a row for each: a new grade or a new penalty begins one, other rows add circumstances."""
    steps: list[_Step] = []
    fine_columns = violation.columns(Role.FINE)
    cases = violation.columns(Role.CIRCUMSTANCE)
    grade_column = next(iter(violation.columns(Role.GRADE)), None)
    basis_column = next(iter(violation.columns(Role.BASIS)), None)
    section = BLANK
    previous: Line | None = None
    for line in violation.lines:
        own_section = line.fields[basis_column] if basis_column is not None else BLANK
        divided = not own_section.blank and bare(own_section.text) != bare(section.text)
        section = own_section if divided else section
        grade = line.fields[grade_column] if grade_column is not None else BLANK
        fines = [line.fields[n] for n in fine_columns]
        step = steps[-1] if steps else None
        as_above = grade.blank and all(fine.cell is None for fine in fines)
        begins = (grade.own and not grade.blank) or any(fine.own and not fine.blank for fine in fines)
        words = _fine_words(violation, line, fine_columns)
        if step is not None and not divided and grade.blank and not as_above:
            grade = Field(step.grade, None, False)  # two penalties under one grade
        again = step is not None and bool(grade.text) and (grade.text, words) == (step.grade, step.fines)
        if step is not None and len(cases) > 1 and as_above:
            grade, words = Field(step.grade, None, False), step.fines
        if step is None or divided or (begins and not again) or len(cases) > 1:
            if grade_column is None and not cases and (divided_cell := _cases_with_fines(words)):
                for grade_word, case, fine in divided_cell:
                    step = _Step(line, grade_word, section, fine, cases=[case] if case else [])
                    _gather(step, line, violation)
                    steps.append(step)
                previous = line
                continue
            step = _Step(line, grade.text, section, words)
            step.when, step.catch_all = _axes(violation, line, previous, cases)
            steps.append(step)
        if len(cases) == 1 and (text := line.fields[cases[0]].text):
            step.cases.append(text)
        _gather(step, line, violation)
        previous = line
    return steps


def _graded_steps(violation: Violation) -> list[_Step]:
    """Steps of a table with a column for each grade: 减轻 | 从轻 | 一般 | 从重, for each row of the violation."""
    grades = list(dict.fromkeys(use.grade for use in violation.uses if use.grade))
    plain = [n for n in violation.columns(Role.CIRCUMSTANCE) if not violation.uses[n].grade]
    basis_column = next(iter(violation.columns(Role.BASIS)), None)
    steps: list[_Step] = []
    section = BLANK
    for lines in _labelled(violation):
        line = lines[Role.FINE]
        if basis_column is not None and not line.fields[basis_column].blank:
            section = line.fields[basis_column]
        for grade in grades:
            fine_columns = [n for n in violation.columns(Role.FINE) if violation.uses[n].grade == grade]
            words = _fine_words(violation, line, fine_columns)
            cases = [
                lines.get(Role.CIRCUMSTANCE, line).fields[n].text
                for n in violation.columns(Role.CIRCUMSTANCE)
                if violation.uses[n].grade == grade
            ]
            if Role.CIRCUMSTANCE in lines:
                cases += [lines[Role.CIRCUMSTANCE].fields[n].text for n in fine_columns]
            if all(not text or _NOT_APPLICABLE.fullmatch(bare(text)) for text in (*(t for _, t in words), *cases)):
                continue  # no such step: /
            if not any(cases) and len(words) == 1 and (parts := _CASE_THEN_FINE.fullmatch(words[0][1])):
                cases, words = [parts["case"]], ((words[0][0], parts["fine"]),)
            if _SPARED.match(grade) and not any(cases) and not any(map(_speaks_of_penalty, (t for _, t in words))):
                cases, words = [text for _, text in words], ((words[0][0], grade),)  # 不予处罚 heads its conditions
            step = _Step(lines.get(Role.CIRCUMSTANCE, line), grade, section, words)
            step.cases = [case for case in (*(line.fields[n].text for n in plain), *cases) if case]
            _gather(step, line, violation)
            steps.append(step)
    return steps


def _speaks_of_penalty(text: str) -> bool:
    """Whether words name a penalty or say that there is none, rather than when there is none."""
    return bool(re.search(r"处罚|罚款|警告|不予|免予|免于", text)) or any(f.kind.is_fine for _, f in read_fines(text))


def _labelled(violation: Violation) -> list[dict[Role, Line]]:
    """The rows of a violation; where a column names what each holds (适用条件, 裁量幅度), those that go together."""
    label = next(iter(violation.columns(Role.LABEL)), None)
    if label is None:
        return [{Role.FINE: line} for line in violation.lines]
    found: list[dict[Role, Line]] = []
    waiting: dict[Role, Line] = {}
    for line in violation.lines:
        role = role_of(line.fields[label].text)
        waiting[Role.CIRCUMSTANCE if role is Role.CIRCUMSTANCE else Role.FINE] = line
        if Role.FINE in waiting:
            found.append(waiting)
            waiting = {}
    return found


def _fine_words(violation: Violation, line: Line, columns: Sequence[int]) -> Words:
    """Names and words of the penalty columns; a cell over several columns stands once."""
    found: list[tuple[tuple[str, ...], str]] = []
    for n in columns:
        cell, use = line.fields[n], violation.uses[n]
        name = use.label or use.name
        if cell.blank and cell.cell is not None and found:
            names, words = found[-1]
            found[-1] = (names if name in names else (*names, name), words)
        else:
            found.append(((name,), cell.text))
    kinds = [line.fields[n].text for n in violation.columns(Role.PENALTY) if line.fields[n].text]
    if kinds and all(not text or _NOT_APPLICABLE.fullmatch(bare(text)) for _, text in found):
        return ((found[0][0], "，".join(kinds)),)  # 警告 | /: the penalty is named beside the range
    return tuple(found)


def _cases_with_fines(words: Words) -> list[tuple[str, str, Words]]:
    """The parts of a single penalty cell, each a step of its own: its grade, its case, its penalty.

    The parts are headed by grades (轻微：首次违法的，处…；严重：处…), or numbered (1.首次违法的，处…；2.再犯的，处…).
    """
    if len(words) != 1:
        return []
    names, text = words[0]
    if parts := graded_parts(text):
        cut = [(grade, _CASE_THEN_FINE.fullmatch(part), part) for grade, part in parts]
        return [
            (grade, match["case"] if match else "", ((names, match["fine"] if match else part),))
            for grade, match, part in cut
        ]
    items = [_CASE_THEN_FINE.fullmatch(item) for item in _items(text)[1]]
    found: list[tuple[str, str, Words]] = [
        ("", item["case"], ((names, item["fine"]),)) for item in items if item is not None
    ]
    return found if len(found) == len(items) > 1 else []


def graded_parts(text: str) -> list[tuple[str, str]]:
    """The parts of a cell that begins with a grade and names several, each with its words; empty for all others."""
    heads = [match for match in _GRADE_LEAD.finditer(text) if is_grade_word(match["grade"])]
    if len(heads) < 2 or text[: heads[0].start()].strip():
        return []
    ends = [*(match.start() for match in heads[1:]), len(text)]
    return [(bare(m["grade"]), text[m.end() : end].strip(" \n；;。")) for m, end in zip(heads, ends, strict=True)]


def _axes(
    violation: Violation, line: Line, previous: Line | None, columns: Sequence[int]
) -> tuple[tuple[tuple[str, str | None], ...], str]:
    """What each axis says in a row of several (裁量因素); a cell over all of them is the catch-all."""
    if len(columns) < 2:
        return (), ""
    first = line.fields[columns[0]]
    if first.cell is not None and all(line.fields[n].cell is first.cell for n in columns):
        return (), first.text
    when = []
    open_left = True
    for n in columns:
        cell = line.fields[n]
        text: str | None = cell.text
        if cell.blank and cell.cell is None:
            text = previous.fields[n].text or None if previous is not None and open_left else None
        else:
            open_left = False
            text = None if _NOT_APPLICABLE.fullmatch(bare(cell.text)) else cell.text
        use = violation.uses[n]
        if not (cell.blank and cell.cell is not None):
            when.append((use.label or use.name, text))
    return tuple(when), ""


def _gather(step: _Step, line: Line, violation: Violation) -> None:
    step.last = line.number
    for n in violation.columns(Role.BEHAVIOUR):
        step.behaviour = step.behaviour or line.fields[n].text
    for n in violation.columns(Role.REMARK):
        if (text := line.fields[n].text) and text not in step.remarks:
            step.remarks.append(text)


def _sections(violation: Violation) -> tuple[Section, ...]:
    """The basis cells of a violation from top to bottom, each with its rows; equal cells in a row are one."""
    found: list[Section] = []
    for column in violation.columns(Role.BASIS):
        for line in violation.lines:
            cell = line.fields[column]
            if cell.blank:
                continue
            if found and bare(found[-1].text) == bare(cell.text):
                rows = (found[-1].rows[0], max(found[-1].rows[-1], cell.rows[-1]))
                found[-1] = Section(found[-1].text, rows, found[-1].first, line.number)
            else:
                found.append(Section(cell.text, cell.rows, line.number, line.number))
    return tuple(found)


def _common_remarks(violation: Violation) -> list[str]:
    """Remarks that stand beside every row of the violation."""
    common: list[str] = []
    for column in violation.columns(Role.REMARK):
        texts = [line.fields[column].text for line in violation.lines]
        if texts and texts[0] and len(set(texts)) == 1:
            common.append(texts[0])
    return common


def _tier(
    step: _Step, violation: Violation, sections: Sequence[Section], common: Sequence[str], doubts: list[Doubt]
) -> Tier:
    spot = Spot(step.line.page, violation.spot.sheet, violation.spot.table, step.line.number)
    full_names = {use.label: use.name for use in violation.uses if use.label}
    fines = _fines(step, spot, full_names, violation.unit, doubts)
    told_as_case = bool(step.grade) and not (step.cases or step.when) and _tells_case(step.grade)
    circumstances, joint = _cases([step.grade] if told_as_case else step.cases)
    one_column = len(violation.columns(Role.BASIS)) == 1
    section = next((s for s in sections if one_column and s.first <= step.line.number <= s.last), None)
    pages = {line.page for line in violation.lines if step.line.number <= line.number <= step.last}
    return Tier(
        fines=fines,
        when=step.when,
        catch_all=step.catch_all,
        grade="" if told_as_case else bare(step.grade),
        circumstances=circumstances,
        joint=joint,
        behaviour=step.behaviour,
        remark="\n".join(text for text in step.remarks if text not in common),
        rows=(step.line.number, step.last),
        pages=tuple(sorted(page for page in pages if page is not None)),
        spot=spot,
        standard_text="\n".join(
            f"{'、'.join(names)}：{text}" if len(step.fines) > 1 else text for names, text in step.fines if text
        ),
        basis_text=section.text if section and len(sections) > 1 else "",
        basis_rows=section.rows if section else (),
    )


def _in_yuan(text: str, column: str) -> bool:
    """Whether a bare number under 万元 is so large that 元 must have been meant."""
    if not _BARE_WAN.search(bare(column)) or re.search("[元万亿倍%％]", text):
        return False
    return any(len(number.split(".")[0]) > _LONGEST_WAN for number in _BARE_NUMBER.findall(bare(text)))


def _tells_case(grade: str) -> bool:
    """Whether words in the column of grades are a circumstance themselves (结伙殴打的, beside 情节较轻)."""
    return not is_grade(grade) and len(bare(grade)) > _LONGEST_GRADE


def _fines(
    step: _Step, spot: Spot, full_names: Mapping[str, str], unit: str, doubts: list[Doubt]
) -> tuple[tuple[str, Fine], ...]:
    """The fines of a step by column; ``full_names`` of columns that a label stands for, and ``unit`` of the table."""
    several = len({name for names, _ in step.fines for name in names}) > 1
    found: list[tuple[str, Fine]] = []
    for names, text in step.fines:
        if not text:
            doubts.append(Doubt("fine_missing", f"第{spot.row}行“{names[0]}”一栏是空的，不能确定处罚幅度。", spot))
            found.append((names[0] if several else TO_ALL, Fine("", FineKind.UNREAD)))
            continue
        column = "".join((*(full_names.get(name, name) for name in names), unit))
        read = read_fines(text, column)
        if _in_yuan(text, column):
            read = ((TO_ALL, Fine(text.strip(), FineKind.UNREAD)),)
        if any(is_grade_word(piece) for _, fine in read for piece in fine.also.split("，") if piece):
            read = ((TO_ALL, Fine(text.strip(), FineKind.UNREAD)),)  # steps within the cell, not told apart
        if any(fine.kind is FineKind.UNREAD or "罚款" in fine.also for _, fine in read):
            doubts.append(Doubt("fine_not_read", f"第{spot.row}行的处罚幅度没有读懂：{text[:60]}", spot))
        if not several or (len(names) > 1 and len(read) > 1):
            found += read
        elif len(read) == 1:
            found += [(name, read[0][1]) for name in names]
        else:
            found += [(f"{names[0]}·{party}", fine) for party, fine in read]
    return tuple(found)


def _cases(texts: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The circumstances of a step: a row each; the items of a single cell only where it says 之一 or 同时."""
    kept = [text for text in dict.fromkeys(texts) if not _NOT_APPLICABLE.fullmatch(bare(text))]
    if len(kept) == 1:
        lead, items = _items(kept[0])
        all_of = _ALL_OF.fullmatch(lead)
        if len(items) > 1 and (all_of or _ANY_OF.fullmatch(lead)):
            return tuple(items), bool(all_of)
    return tuple(kept), False


def _items(text: str) -> tuple[str, list[str]]:
    """The words before the first numbered item of a cell, and the items without their numbers."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if not starts:
        return text, []
    ends = [*starts[1:], len(text)]
    items = [_ITEM.sub("", text[a:b], count=1).strip(" \n；;。") for a, b in zip(starts, ends, strict=True)]
    return text[: starts[0]].strip(), items
