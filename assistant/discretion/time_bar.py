"""Whether a penalty comes too late (处罚时效): two years, five where life, health or finance are hurt.

行政处罚法 art. 36: counted from the day of the act, for a continuing one from its end, to its discovery.
"""

from __future__ import annotations

import datetime as dt

from assistant.discretion.facts import Condition, Fact, all_of, any_of, none_of

SHORT, LONG = 2, 5

BARRED = "违法行为在法定处罚时效内未被发现"
HARMS_LIFE = "涉及公民生命健康安全、金融安全且有危害后果"
OTHER_LIMIT = "法律对处罚时效另有规定"
FOUND_SHORT = "违法行为发生之日（连续或者继续的，终了之日）起二年内已被发现"
FOUND_LONG = "违法行为发生之日（连续或者继续的，终了之日）起五年内已被发现"

QUESTIONS = {
    BARRED: "违法行为被发现时是否已经超过法定处罚时效？（填写违法行为发生日期即可核对；连续或者继续的，填写终了之日）",
    FOUND_SHORT: "违法行为是否在发生之日（连续或者继续的，终了之日）起二年内已被发现？",
    FOUND_LONG: "违法行为是否在发生之日（连续或者继续的，终了之日）起五年内已被发现？",
    HARMS_LIFE: "违法行为是否涉及公民生命健康安全、金融安全且有危害后果（处罚时效为五年）？",
    OTHER_LIMIT: "其他法律对该违法行为的处罚时效是否另有规定？",
}


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def time_barred(act_date: dt.date | None, decision_date: dt.date) -> Condition:
    """The condition under which no penalty may be given any more.

    An act is found before it is decided on, so a decision within the limit settles that it was found within it.
    """
    if act_date is None:
        return Fact(BARRED)
    found_short = decision_date <= years_after(act_date, SHORT)
    found_long = decision_date <= years_after(act_date, LONG)
    if found_short:
        return False
    late_for_long = False if found_long else none_of(Fact(FOUND_LONG))
    return all_of(
        [
            none_of(Fact(OTHER_LIMIT)),
            none_of(Fact(FOUND_SHORT)),
            any_of([none_of(Fact(HARMS_LIFE)), late_for_long]),
        ]
    )
