"""The states of cited laws on several days: facts only, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.discretion.bases import CitedLaws
from corpus.citations import NameTable, Resolver
from corpus.discretion.model import DiscretionRecords, DiscretionStandard, Mode
from corpus.store import CorpusStore
from evals.discretion_audit import ReadBenchmark, audit_on, states_markdown
from tests.assistant.discretion.audit_cases import basis

DAYS = (dt.date(2026, 11, 21), dt.date(2022, 1, 1))


def test_a_row_for_every_cited_article_with_its_state_on_every_day(national_store: CorpusStore) -> None:
    words = "示例违法行为的文字"
    standard = DiscretionStandard(
        id="1.1",
        mode=Mode.TIERED,
        title=words,
        violated=(basis("《水污染防治法》第三十九条"),),
        basis=(basis("《示范省示例条例》第一条", "示例引文"),),
        pages=(3, 4),
    )
    benchmark = ReadBenchmark("示范省裁量基准", "示范省", None, DiscretionRecords((standard,)))
    resolver = Resolver(national_store, NameTable.from_documents(national_store.documents()))

    def laws_on(day: dt.date, regions: Sequence[str]) -> CitedLaws:
        return CitedLaws(national_store, resolver, as_of=day, today=DAYS[0], regions=regions)

    report = states_markdown([audit_on(benchmark, DAYS, laws_on, None)])
    assert "| 1.1 | 3–4 | 《水污染防治法》第三十九条 | 已废止 | 现行有效 |" in report
    assert "|  |  | 《示范省示例条例》第一条 | 未找到 | 未找到 |" in report
    assert "| 水污染防治法 | 1 | 已废止 | 现行有效 | 《水污染防治法》自2026年8月15日起由《生态环境法典》" in report
    assert words not in report
    assert "示例引文" not in report
