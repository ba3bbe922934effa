"""The desk over a store: records by key and place, rules that go with them, and every answer of the contract."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document as WordDocument

from assistant.assembly import assemble_desk
from assistant.discretion.contract import (
    AuditRequest,
    CheckRequest,
    ComputeRequest,
    CorrectionRequest,
    Desk,
    ExplainRequest,
    FindRequest,
    NoPenalty,
    Position,
)
from corpus.discretion.codec import to_json
from corpus.discretion.model import Basis, DiscretionRecords, Doubt, LegalRange, Spot, Tier
from corpus.errors import InvalidInput, NotFound
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.vocabulary import (
    ArticleNumber,
    Citation,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    ProvisionPath,
    Validity,
    Version,
)
from ingest.load import load_national_laws
from tests.assistant.discretion.conftest import AUDITED_LAWS
from tests.assistant.discretion.records import item, rules, tiered, weighted, yuan_range

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
WATER = "中华人民共和国水污染防治法"
TABLE, RULES, LIST = "示范市标识管理处罚裁量表", "示范市标识管理处罚裁量规则", "示范市标识管理不予处罚清单"
CHOOSE = {"近二年同类违法行为": "1次", "持续时间": "三个月以上"}
POLLUTING = "超过水污染物排放标准或者超过重点水污染物排放总量控制指标排放水污染物"
OUTFALL = Basis(
    f"《{WATER}》第八十三条第二项", (Citation(WATER, ArticleNumber(83), ProvisionPath(item=2)),), "", Spot(page=1)
)


def polluting():
    legal = (LegalRange(yuan_range(100_000, 1_000_000)),)
    return weighted(id="§9", title=POLLUTING, behaviours=(POLLUTING,), basis=(OUTFALL,), legal_ranges=legal)


def two_parties():
    """Two violations in one table, a column for units and one for persons, one axis that only the first knows."""
    both = (("对单位罚款", yuan_range(10_000, 20_000)), ("对个人罚款", yuan_range(500, 1_000)))
    more = (("对单位罚款", yuan_range(20_000, 30_000)), ("对个人罚款", yuan_range(1_000, 2_000)))
    tiers = (
        Tier(both, when=(("整改情况", "已整改"),), behaviour="遮挡标识"),
        Tier(more, when=(("整改情况", None),), behaviour="毁坏标识"),
    )
    title = "遮挡或者毁坏标识"
    return tiered(
        id="§1.3",
        title=title,
        behaviours=(title,),
        axes=("整改情况",),
        fine_columns=("对单位罚款", "对个人罚款"),
        tiers=tiers,
    )


def save(
    store: CorpusStore,
    number: str,
    title: str,
    records: DiscretionRecords,
    region: str = "示范市",
    ended: dt.date | None = None,
) -> None:
    kind = DocumentKind.EXEMPTION_LIST if records.items else DocumentKind.BENCHMARK
    document = Document(f"d-{number}", title, kind, EffectLevel.NONE, region, issuer="示范市标识管理局")
    unknown = DatedFact.unknown()
    end = DatedFact(ended, DateBasis.OWN_TEXT) if ended else unknown
    version = Version(f"v-{number}", document.id, Validity(dt.date(2025, 1, 1), unknown, end), f"{title}.pdf")
    store.save(DocumentRecord(document, [VersionText(version, "digest", (), (), records=records)]))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'corpus.db'}")
    load_national_laws(opened, today=TODAY, only=AUDITED_LAWS)
    save(opened, "1", TABLE, DiscretionRecords((weighted(), tiered(), polluting(), two_parties())))
    save(opened, "2", RULES, DiscretionRecords(rules=rules(title=RULES, effective=dt.date(2025, 1, 1))))
    save(opened, "3", LIST, DiscretionRecords(items=(item(),), remarks=("保护区内的违法行为不适用本清单。",)))
    save(opened, "4", "示例县标识管理处罚裁量表", DiscretionRecords((weighted(),)), region="示例县")
    yield opened
    opened.close()


@pytest.fixture
def desk(store) -> Desk:
    return assemble_desk(store, lambda: TODAY, now=lambda: NOW)


KEY, TIERED, WATERY, PARTIES = "v-1/§1.1", "v-1/§1.2", "v-1/§9", "v-1/§1.3"


# ---- records -----------------------------------------------------------------------------------------------


def test_standards_are_listed_with_their_document_and_rule_on_bounds(desk):
    found = desk.standards(document=TABLE)
    assert [s.key for s in found] == [KEY, TIERED, WATERY, PARTIES]
    assert {s.bounds.cite.citation for s in found} == {"《示范市裁量规则》第二十三条"}
    assert [s.key for s in desk.standards("擅自 移动")] == [TIERED]
    assert desk.standards("没有这样的词") == []


def test_a_standard_shows_the_state_of_its_basis_on_the_day(desk):
    (now,) = desk.standard(WATERY).basis
    assert now.state == "repealed"
    assert "生态环境法典" in now.note
    (then,) = desk.standard(WATERY, dt.date(2024, 1, 1)).basis
    assert (then.state, then.note) == ("in_force", "")


@pytest.mark.parametrize(("key", "error"), [("v-1/§7", NotFound), ("§7", NotFound), ("§1.1", InvalidInput)])
def test_a_key_that_names_no_or_several_standards_is_refused(desk, key, error):
    with pytest.raises(error):
        desk.standard(key)


def test_an_id_of_one_document_is_enough(desk):
    assert desk.standard("§1.2").key == TIERED


def test_a_document_without_records_is_told(desk):
    with pytest.raises(NotFound):
        desk.standards(document="不存在的裁量表")
    with pytest.raises(NotFound):
        desk.audit(AuditRequest(document="不存在的裁量表"))


def test_entries_carry_the_remarks_of_their_list(desk):
    (entry,) = desk.items()
    assert (entry.key, entry.remarks) == ("v-3/3", ["保护区内的违法行为不适用本清单。"])


# ---- finding -----------------------------------------------------------------------------------------------


def test_a_place_sees_its_own_standards_and_no_neighbours(desk):
    own = desk.find(FindRequest(description="没按规定设置标识", region="示范市"))
    assert own.standards[0].standard.key == KEY
    assert {f.standard.region for f in own.standards} == {"示范市"}
    assert [f.item.key for f in own.items] == ["v-3/3"]
    other = desk.find(FindRequest(description="没按规定设置标识", region="示例县"))
    assert [f.standard.region for f in other.standards] == ["示例县"]
    assert other.items == []


def test_without_a_place_all_are_shown_and_it_is_said(desk):
    found = desk.find(FindRequest(description="未按规定设置标识"))
    assert {f.standard.region for f in found.standards} == {"示范市", "示例县"}
    assert any("没有指定地区" in note for note in found.notes)


# ---- computing ---------------------------------------------------------------------------------------------


def test_a_sum_is_computed_by_the_rules_that_go_with_the_table(desk):
    found = desk.compute(ComputeRequest(standard=KEY, choose={"持续时间": "三个月以上"}))
    assert (found.state, found.fine_yuan) == ("computed", Decimal(60_000))
    cites = [cite.citation for line in found.lines for cite in line.cites]
    assert f"《{RULES}》第五条" in cites
    assert f"《{TABLE}》第4页" in cites


@pytest.mark.parametrize(
    ("choose", "tier"),
    [
        ({"区域": "一般区域", "整改情况": "未整改"}, 1),
        ({"": "造成严重社会影响的"}, 4),
        ("造成严重社会影响的", 4),
    ],
    ids=["a label for each axis", "the words of the row over all axes", "its words alone"],
)
def test_a_tier_is_named_in_any_of_its_ways(desk, choose, tier):
    found = desk.compute(ComputeRequest.model_validate({"standard": TIERED, "choose": choose}))
    assert (found.state, found.tier, list(found.fines)) == ("computed", tier, ["罚款"])


def test_the_fines_of_every_party_are_shown_while_the_party_is_asked_for(desk):
    request = {"standard": PARTIES, "behaviour": "毁坏标识", "choose": {"整改情况": None}}
    found = desk.compute(ComputeRequest.model_validate(request))
    assert (found.state, found.tier, [need.kind for need in found.needs]) == ("needs_input", 1, ["column"])
    shown = {column: (fine.min_yuan, fine.max_yuan) for column, fine in found.fines.items()}
    assert shown == {"对单位罚款": (20_000, 30_000), "对个人罚款": (1_000, 2_000)}
    of_person = desk.compute(ComputeRequest.model_validate(request | {"column": "对个人罚款"}))
    assert (of_person.fine_min_yuan, of_person.fine_max_yuan) == (1_000, 2_000)


def test_a_standard_of_another_place_is_warned_of(desk):
    found = desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE, region="示例县"))
    assert any("示范市的裁量基准，不适用于示例县" in warning for warning in found.warnings)
    own = desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE, region="示范市"))
    assert not any("不适用于" in warning for warning in own.warnings)


def test_rules_that_do_not_apply_yet_are_warned_of(desk):
    found = desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE, as_of=dt.date(2024, 12, 31)))
    assert any("尚未施行" in warning for warning in found.warnings)


def test_a_repealed_basis_is_warned_of(desk):
    found = desk.compute(ComputeRequest(standard=WATERY, choose=CHOOSE))
    assert any("已废止" in warning for warning in found.warnings)
    then = desk.compute(ComputeRequest(standard=WATERY, choose=CHOOSE, as_of=dt.date(2026, 8, 14)))
    assert not any("已废止" in warning for warning in then.warnings)


# ---- checking ----------------------------------------------------------------------------------------------


def test_a_whole_check_of_a_proposed_fine(desk):
    request = CheckRequest(
        standard=WATERY,
        choose=CHOOSE,
        proposed_yuan=Decimal(90_000),
        act_date=dt.date(2026, 5, 1),
        facts={"主动消除或者减轻违法行为危害后果": True},
    )
    found = desk.check(request)
    statute, benchmark = found.against[:2]
    assert (statute.position, statute.gap_yuan) == (Position.BELOW, Decimal(10_000))
    assert (benchmark.position, benchmark.gap_yuan) == (Position.ABOVE, Decimal(10_000))
    assert found.ok is True
    assert "具备减轻处罚情形" in found.verdict
    applied = [g for g in found.grounds if g.status == "applies"]
    assert [g.cites[0].citation for g in applied] == ["《中华人民共和国行政处罚法》第三十二条第一项"]
    assert found.old_or_new is not None
    assert found.old_or_new.differs
    assert found.old_or_new.cites[0].citation == "《中华人民共和国行政处罚法》第三十七条"
    assert found.no_penalty.result is NoPenalty.FACTS_MISSING


def test_below_the_statute_without_a_ground_asks_for_the_facts_that_could_be_one(desk):
    found = desk.check(CheckRequest(standard=WATERY, choose=CHOOSE, proposed_yuan=Decimal(90_000)))
    assert found.ok is None
    asked = {need.name for need in found.needs}
    assert {"主动消除或者减轻违法行为危害后果", "经济确有困难"} <= asked
    refused = desk.check(
        CheckRequest(
            standard=WATERY,
            choose=CHOOSE,
            proposed_yuan=Decimal(90_000),
            facts=dict.fromkeys(asked, False),
        )
    )
    assert refused.ok is False


def test_an_entry_of_the_same_article_is_checked_with_the_standard(desk):
    name = f"违法行为属于《{LIST}》第3项“未按规定设置标识”"
    facts = {name: True, "初次违法": True, "在责令改正期限内改正违法行为": True, "危害后果轻微": True}
    request = CheckRequest(standard=KEY, choose=CHOOSE, facts=facts | {"保护区内的违法行为": False})
    found = desk.check(request)
    assert found.no_penalty.result is NoPenalty.MUST
    (entry,) = [g for g in found.no_penalty.items if g.status == "applies"]
    assert entry.cites[0].citation.startswith(f"《{LIST}》第3项")


def test_a_list_that_has_ended_is_not_used_and_it_is_said(empty_store):
    save(empty_store, "1", TABLE, DiscretionRecords((weighted(),)))
    save(empty_store, "3", LIST, DiscretionRecords(items=(item(),)), ended=dt.date(2026, 1, 1))
    ended = assemble_desk(empty_store, lambda: TODAY, now=lambda: NOW)
    found = ended.check(CheckRequest(standard=KEY, choose=CHOOSE))
    assert not any(LIST in ground.cites[0].citation for ground in found.no_penalty.items)
    assert any(f"《{LIST}》" in warning and "没有据以核查" in warning for warning in found.warnings)
    then = ended.check(CheckRequest(standard=KEY, choose=CHOOSE, decision_date=dt.date(2025, 12, 31)))
    assert any(LIST in ground.cites[0].citation for ground in then.no_penalty.items)


def test_a_table_that_has_ended_is_warned_of(empty_store):
    save(empty_store, "1", TABLE, DiscretionRecords((weighted(),)), ended=dt.date(2026, 1, 1))
    ended = assemble_desk(empty_store, lambda: TODAY, now=lambda: NOW)
    assert any("已经失效" in warning for warning in ended.compute(ComputeRequest(standard=KEY, choose=CHOOSE)).warnings)


def test_a_fact_of_another_name_is_pointed_out(desk):
    found = desk.check(CheckRequest(standard=KEY, choose=CHOOSE, facts={"天气晴朗": True}))
    assert any("天气晴朗" in warning for warning in found.warnings)


def test_grounds_of_a_law_whose_text_is_not_held_are_not_passed_over_in_silence(desk):
    found = desk.check(CheckRequest(standard=KEY, choose=CHOOSE, decision_date=dt.date(2000, 1, 1)))
    assert any("没有核查该法规定的各项事由" in warning for warning in found.warnings)


def test_an_act_after_its_decision_is_pointed_out(desk):
    request = CheckRequest(standard=KEY, choose=CHOOSE, act_date=TODAY, decision_date=dt.date(2026, 11, 20))
    assert any("之后，请核对" in warning for warning in desk.check(request).warnings)


# ---- explaining, auditing, review --------------------------------------------------------------------------


def test_an_explanation_as_text_and_as_a_document(desk):
    request = ExplainRequest(standard=KEY, choose=CHOOSE, case_name="示例案")
    text = desk.explain(request).text
    assert "罚款80000元" in text
    document = WordDocument(io.BytesIO(desk.explain_docx(request)))
    assert "案件名称：示例案" in [p.text for p in document.paragraphs]


def test_an_audit_names_the_repealed_law_of_a_section(desk):
    (found,) = desk.audit(AuditRequest(document=TABLE))
    section = next(s for s in found.sections if s.id == "§9")
    assert {law.state for law in section.laws} == {"repealed"}
    assert len(desk.audit(AuditRequest())) == 3


def test_a_correction_counts_at_once_and_can_be_taken_back(empty_store):
    doubtful = weighted(doubts=(Doubt("weights_do_not_reach_100", "权重合计不是100%。"),))
    save(empty_store, "1", TABLE, DiscretionRecords((doubtful,)))
    desk = assemble_desk(empty_store, lambda: TODAY, now=lambda: NOW)
    (entry,) = desk.review()
    assert (entry.key, entry.has_picture, entry.correction) == (KEY, False, None)
    assert any("【待核对】" in w for w in desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE)).warnings)
    formula = replace(doubtful.formulas[0], multiplier=Decimal(200_000))
    record = to_json(replace(doubtful, formulas=(formula,)))
    corrected = desk.correct(KEY, CorrectionRequest(record=record, by="核对人"))
    assert (corrected.corrected_by, corrected.corrected_at) == ("核对人", NOW)
    found = desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE))
    assert found.fine_yuan == Decimal(160_000)
    assert not any("【待核对】" in warning for warning in found.warnings)
    desk.remove_correction(KEY)
    assert desk.compute(ComputeRequest(standard=KEY, choose=CHOOSE)).fine_yuan == Decimal(80_000)


def test_a_record_without_an_original_has_no_picture(desk):
    with pytest.raises(NotFound):
        desk.picture(KEY)
