"""What is worked out at the desk goes on record: who, from which standard, and the digest of what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from assistant.accounts.principal import LOCAL
from assistant.auditlog.contract import Act
from assistant.auditlog.desk_recording import RecordingDesk
from assistant.discretion.contract import CheckRequest, ComputeRequest, ExplainRequest, FindRequest
from corpus.errors import StoreUnavailable
from tests.assistant.desk_stand_in import WEIGHTED_KEY, StandInDesk


class Log:
    def __init__(self, works: bool = True) -> None:
        self.entries: list[tuple[Act, Mapping[str, Any]]] = []
        self._works = works

    def record(self, act: Act, by: Any, **entry: Any) -> None:
        if not self._works:
            raise StoreUnavailable("日志写不进去。")
        assert by is LOCAL
        self.entries.append((act, entry))


def desk_with(log: Log) -> RecordingDesk:
    return RecordingDesk(StandInDesk(), LOCAL, log, lambda: "r-1")


def test_each_piece_of_work_is_one_entry_with_the_digest_of_its_result() -> None:
    log = Log()
    desk = desk_with(log)
    desk.find(FindRequest(description="未批先建"))
    desk.compute(ComputeRequest(standard=WEIGHTED_KEY))
    desk.check(CheckRequest(standard=WEIGHTED_KEY, proposed_yuan=Decimal(50000)))
    desk.explain(ExplainRequest(standard=WEIGHTED_KEY))
    desk.explain_docx(ExplainRequest(standard=WEIGHTED_KEY))
    acts = [act for act, _ in log.entries]
    assert acts == [Act.FIND_STANDARDS, Act.COMPUTE_FINE, Act.CHECK_FINE, Act.EXPLAIN_FINE, Act.EXPLAIN_FINE]
    assert all(len(entry["facts"]["answer"]) == 64 and entry["facts"]["corpus"] == "r-1" for _, entry in log.entries)
    assert [entry["target"] for _, entry in log.entries] == ["", *[WEIGHTED_KEY] * 4]


def test_what_happened_is_kept_as_words_that_can_be_erased() -> None:
    log = Log()
    desk_with(log).find(FindRequest(description="未批先建"))
    [(_, entry)] = log.entries
    assert entry["personal"] == {"question": "未批先建"}
    assert "未批先建" not in str(entry["facts"])


def test_looking_is_not_recorded() -> None:
    log = Log()
    desk_with(log).standards()
    assert not log.entries


def test_a_result_that_cannot_be_recorded_is_not_given() -> None:
    with pytest.raises(StoreUnavailable):
        desk_with(Log(works=False)).compute(ComputeRequest(standard=WEIGHTED_KEY))
