"""Whether a fine is the last of what one person gets for one act (并罚是否述完).

处…拘留，并处…罚款，吊销…: told up to the fine, the rule would not be whole. Another person (对直接负责的…) and another
case (情节严重的) begin anew.
"""

from __future__ import annotations

import re

_ENDS = re.compile(r"[；。\n]")
_OTHER_PERSON = re.compile(r"(?:并且?|且|同时|还)?(?:应当|可以)?对")


def is_cut_short(text: str, at: int) -> bool:
    """Whether the clause goes on after ``at`` with a further measure against the same person: ，吊销机动车驾驶证."""
    comma, _, rest = _ENDS.split(text[at:], maxsplit=1)[0].partition("，")
    return not comma.strip() and bool(rest) and not (_OTHER_PERSON.match(rest) or rest.split("，")[0].endswith("的"))
