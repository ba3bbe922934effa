"""Lists printed as cards (卡片式清单): a name and its value in every row, one table or a part of one for each entry."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.exemptions.raw import Conditions, RawEntry, RawList, remark_lines, spot_of
from ingest.parsers.exemptions.roles import Role, role_of
from ingest.parsers.lists.headers import distinct
from ingest.parsers.lists.words import cell_words, column_name
from ingest.readers.model import Cell, Format, Table

_Pair = tuple[Role, str, Cell]


def read_cards(table: Table, form: Format, context: tuple[str, ...], into: RawList) -> bool:
    """Append the entries of a table of cards; False, and nothing appended, where the table is none.

    Every row must be a known name and one value, and a card must name the conduct and its conditions.
    """
    pairs = _pairs(table)
    roles = {role for role, _, _ in pairs}
    if not {Role.VIOLATION, Role.CONDITION} <= roles:
        return False
    for card in _cards(pairs):
        into.entries.append(_entry(card, form, (*context, table.caption)))
    return True


def _pairs(table: Table) -> list[_Pair]:
    """Role, name and value of every row; empty where one row is no such pair."""
    pairs: list[_Pair] = []
    for n, row in enumerate(table.grid()):
        cells = [cell for cell in distinct(row) if cell.row == n and cell.text.strip()]
        if not cells:
            continue
        role = role_of(column_name(cells[0].text))
        is_value = len(cells) == 2 and role_of(column_name(cells[1].text)) is None
        if role is None or not is_value or cells[0].column != 0:
            return []
        pairs.append((role, column_name(cells[0].text), cells[1]))
    return pairs


def _cards(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """The pairs of each entry: a role that comes again where an entry begins begins the next."""
    first = pairs[0][0]
    cards: list[list[_Pair]] = []
    for pair in pairs:
        if pair[0] is first:
            cards.append([])
        cards[-1].append(pair)
    return cards


def _entry(card: Sequence[_Pair], form: Format, context: tuple[str, ...]) -> RawEntry:
    entry = RawEntry(context=context, spot=spot_of(card[0][2].place))
    for role, name, cell in card:
        words = cell_words(cell.text, form)
        if cell.place.page is not None:
            entry.pages.add(cell.place.page)
        match role:
            case Role.NUMBER:
                entry.number = words
            case Role.CATEGORY:
                entry.category = words
            case Role.VIOLATION:
                entry.violation = words
            case Role.VIOLATED:
                entry.violated = words
            case Role.BASIS:
                entry.basis = words
            case Role.CONDITION:
                entry.conditions.append(Conditions(name, words))
            case Role.EXCLUSION:
                entry.exclusions = words
            case Role.EFFECT:
                entry.effect = words
            case Role.REMARK:
                entry.remark += remark_lines(words)
            case Role.GROUNDS:
                entry.remark.append(f"{name}：{words}")
    return entry
