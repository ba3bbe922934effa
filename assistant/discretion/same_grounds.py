"""Grounds that are one (同一事由): what the law, the rules and a list say alike is asked for and told once.

Two are the same where they have the same effect under the same conditions; all who say so are cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.discretion.facts import AllOf, Condition, Fact, Not
from assistant.discretion.grounds import LegalGround
from assistant.discretion.working import Reference
from corpus.citations.format import format_title


def join_same(grounds: Iterable[LegalGround]) -> list[LegalGround]:
    """``grounds`` with those that are one joined, in the order of the first of each.

    The first gives the name. A duty (应当) goes before a power (可以); that they differ is said in the note.
    """
    joined: dict[tuple[object, ...], LegalGround] = {}
    for ground in grounds:
        holds = ground.holds
        key = (ground.effect, ground.name if isinstance(holds, bool) else _form(holds))
        joined[key] = _both(joined[key], ground) if key in joined else ground
    return list(joined.values())


def _form(condition: Condition) -> object:
    """The condition without the order in which its parts are said."""
    if isinstance(condition, bool | Fact):
        return condition
    if isinstance(condition, Not):
        return ("not", _form(condition.part))
    return ("all" if isinstance(condition, AllOf) else "any", frozenset(_form(part) for part in condition.parts))


def _both(first: LegalGround, second: LegalGround) -> LegalGround:
    notes = [first.note, second.note]
    if first.must is not second.must:
        weaker = second if first.must else first
        places = "、".join(_place(reference) for reference in weaker.references)
        notes.append(f"{places}规定为“可以”，其余规定为“应当”。")
    return replace(
        first,
        must=first.must or second.must,
        references=tuple(dict.fromkeys((*first.references, *second.references))),
        note="".join(dict.fromkeys(note for note in notes if note)),
        personal=first.personal or second.personal,
    )


def _place(reference: Reference) -> str:
    return f"{format_title(reference.title)}{reference.place}" if reference.title else reference.place
