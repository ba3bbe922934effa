"""From when a case, a guideline or a list may be used (参考资料的适用时间): it need not be in force to be of use."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.validity.reading import TextReading
from corpus.validity.wording import write_day
from corpus.vocabulary import DateBasis, DatedFact


def commencement_of_reference(reading: TextReading, versions: Sequence[TextReading]) -> DatedFact:
    """The day from which a text that is no law is used.

    ==============================================  =========================================================
    本裁量基准自2022年1月1日起施行                      that day, as in a law
    no such words, the only or the oldest text held   no day: it is used for any day (NOT_LAW)
    no such words, a newer text of the document       its publication, on which it takes the older one's place
    ==============================================  =========================================================
    """
    stated = reading.own_commencement()
    if stated.day is not None:
        return stated
    published = reading.facts.published
    if published is not None and any(other.day and other.day < published for other in versions):
        return DatedFact(published, DateBasis.NOT_LAW, f"{write_day(published)}公布，代替此前的文本")
    return DatedFact(None, DateBasis.NOT_LAW)
