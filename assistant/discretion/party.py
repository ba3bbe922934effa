"""Whether the party is a unit or a natural person (当事人的性质), where what is given says so."""

from __future__ import annotations

import re

from assistant.discretion.contract import PartyKind
from corpus.discretion.variants import person, unit

# A sole trader (个体工商户) is a natural person and may call itself 厂, 店 or 中心.
_NAME_OF_UNIT = re.compile(r"(?:公司|合作社|集团|学校|委员会|协会|管理局|人民政府)(?:[（(][^（）()]*[）)])?$")


def is_unit(
    variant: str | None, column: str | None, kind: PartyKind | None = None, name: str | None = None
) -> bool | None:
    """Whether the party is a unit: as given, else as variant or fine column say, else by its name (…有限公司).

    None where nothing says so.
    """
    if kind is not None:
        return kind is PartyKind.UNIT
    for words in (variant, column):
        if words and unit(words):
            return True
        if words and person(words):
            return False
    return True if name and _NAME_OF_UNIT.search("".join(name.split())) else None
