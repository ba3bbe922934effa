"""Lists of leniency in the shapes they are printed in: tables, labelled paragraphs, numbered sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import corpus
from corpus.discretion.model import ConditionGroup, DiscretionRecords, ExemptionItem, ListEffect
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify import identify
from ingest.identify.profile import Profile
from ingest.parsers.exemptions import read_exemptions
from ingest.readers import read_document
from ingest.readers.model import Cell, Format, Note, NoteKind, Place, ReadDocument, Table
from tests.ingest.document_builder import document as lines
from tests.ingest.lists.tables import ABOVE, LEFT, document, table

L = ListEffect
SAMPLES = Path(corpus.__file__).parent / "samples" / "示范市"


def read(doc: ReadDocument, title: str = "示范市轻微违法行为不予处罚清单（示例）") -> DiscretionRecords:
    return read_exemptions(doc, Profile(title=title, kind=DocumentKind.EXEMPTION_LIST, level=EffectLevel.NONE))


def read_rows(
    rows: Sequence[Sequence[str]], title: str = "示范市轻微违法行为不予处罚清单（示例）"
) -> DiscretionRecords:
    return read(document(table(rows)), title)


def codes(item: ExemptionItem) -> list[str]:
    return [doubt.code for doubt in item.doubts]


ALL = "同时满足下列情形的，不予行政处罚：\n（1）首次违法；\n（2）当场改正。"


def test_an_entry_has_all_its_parts_and_an_empty_category_means_the_one_above() -> None:
    records = read_rows(
        [
            ["序号", "类别", "违法行为", "违反条款", "处罚依据", "不予处罚的情节"],
            [
                "1",
                "价格",
                "未明码标价",
                "《中华人民共和国价格法》第十三条第一款",
                "《中华人民共和国价格法》第四十二条",
                ALL,
            ],
            ["2", "", "未标明计价单位", "——", "《中华人民共和国价格法》第四十二条", ALL],
        ]
    )
    first, second = records.items
    assert (first.id, first.category, first.violation) == ("1", "价格", "未明码标价")
    assert (first.lead, first.conditions) == ("同时满足下列情形的，不予行政处罚：", ("首次违法；", "当场改正。"))
    assert (first.joint, first.effect, first.doubts) == (True, L.NOT_PUNISH, ())
    assert [basis.written for basis in first.provisions] == ["《中华人民共和国价格法》第十三条第一款"]
    assert [basis.written for basis in first.basis] == ["《中华人民共和国价格法》第四十二条"]
    assert (second.category, second.provisions, second.spot.row) == ("价格", (), 3)


@pytest.mark.parametrize(
    "name",
    [
        "适用条件",
        "免罚条件",
        "适用情形",
        "不予处罚情形",
        "从轻处罚的情形",
        "可以不予处罚的条件",
        "减轻处罚标准",
        "认定标准",
    ],
)
def test_the_column_of_conditions_may_be_worded_in_many_ways(name: str) -> None:
    (item,) = read_rows([["序号", "违法行为", name], ["1", "未明码标价", "主动改正"]]).items
    assert item.conditions == ("主动改正",)


@pytest.mark.parametrize(
    ("title", "column", "cell", "effect"),
    [
        ("示范市首违不罚清单", "适用条件", "当场改正", L.MAY_NOT_PUNISH),  # only the title says it
        ("示范市减轻处罚事项清单", "适用条件", "当场改正", L.MITIGATED),
        ("示范市清单", "从轻处罚情形", "当场改正", L.LENIENT),  # only the column says it
        ("示范市不予处罚清单", "适用条件", "当场改正的，可以不予行政处罚。", L.MAY_NOT_PUNISH),  # its own words first
        (
            "示范市首违不罚清单",
            "不予处罚情形",
            "当场改正",
            L.MAY_NOT_PUNISH,
        ),  # the column is only a heading of the title's
        ("示范市从轻、减轻处罚清单", "适用条件", "当场改正", L.LENIENT_OR_MITIGATED),
        ("示范市不予处罚、从轻处罚清单", "适用条件", "当场改正", L.UNREAD),  # two, and nothing says which
        ("示范市清单", "适用条件", "当场改正", L.UNREAD),
    ],
)
def test_the_effect_stands_in_the_entry_its_column_or_the_title(
    title: str, column: str, cell: str, effect: ListEffect
) -> None:
    (item,) = read_rows([["序号", "违法行为", column], ["1", "未明码标价", cell]], title).items
    assert item.effect is effect
    assert ("effect_not_read" in codes(item)) == (effect is L.UNREAD)


def test_headings_inside_a_table_give_the_effect_of_what_stands_below_them() -> None:
    records = read_rows(
        [
            ["序号", "违法行为", "适用情形"],
            ["一、不予实施行政强制措施事项", LEFT, LEFT],
            ["1", "占道经营", "主动清理"],
            ["二、可以不予处罚事项", LEFT, LEFT],
            ["1", "未明码标价", "当场改正"],
        ],
        "示范市包容审慎监管四张清单",
    )
    assert [(i.id, i.effect) for i in records.items] == [("1", L.NO_COERCION), ("1（2）", L.MAY_NOT_PUNISH)]
    assert records.items[1].category_heading == "二、可以不予处罚事项"


def test_a_column_may_give_each_entry_its_effect() -> None:
    records = read_rows(
        [
            ["序号", "事项名称", "处理方式", "适用条件"],
            ["1", "甲", "不予处罚", "当场改正"],
            ["2", "乙", "从轻处罚", "主动清理"],
        ],
        "示范市包容审慎清单",
    )
    assert [item.effect for item in records.items] == [L.NOT_PUNISH, L.LENIENT]


def test_several_columns_of_conditions_give_a_record_for_each_effect() -> None:
    records = read_rows(
        [
            ["序号", "违法行为", "从轻处罚情形", "减轻处罚情形", "不予处罚情形"],
            ["1", "未明码标价", "货值较小的", "主动改正的", "/"],
            ["2", "占道经营", "/", "/", "当场清理的"],
        ],
        "示范市裁量清单",
    )
    assert [(i.id, i.effect, i.conditions) for i in records.items] == [
        ("1（从轻）", L.LENIENT, ("货值较小的",)),
        ("1（减轻）", L.MITIGATED, ("主动改正的",)),
        ("2", L.NOT_PUNISH, ("当场清理的",)),
    ]


def test_a_header_over_two_rows_is_read_from_both() -> None:
    rows = [["序号", "违法行为", "不予处罚"], [ABOVE, ABOVE, "适用条件"], ["1", "未明码标价", "当场改正"]]
    (merged,) = read_rows(rows, "示范市清单").items
    rows[1] = ["", "", "适用条件"]  # the same, not merged
    (loose,) = read_rows(rows, "示范市清单").items
    assert merged.conditions == loose.conditions == ("当场改正",)
    assert merged.effect is loose.effect is L.NOT_PUNISH


def test_an_exclusion_column_and_further_columns_are_kept() -> None:
    (item,) = read_rows(
        [
            ["序号", "违法行为", "适用条件", "不适用情形", "责任科室", "备注"],
            ["1", "未明码标价", "当场改正", "多次投诉的；\n造成损失的", "价格科", "不含网络"],
        ]
    ).items
    assert item.exclusions == ("多次投诉的；", "造成损失的")
    assert item.remark == "责任科室：价格科\n不含网络"


def test_remarks_in_below_and_around_the_table_are_remarks_on_the_whole_list() -> None:
    records = read(
        document(
            "示范市轻微违法行为不予处罚清单（示例）",
            "为了优化营商环境，制定本清单。",
            table(
                [
                    ["序号", "违法行为", "适用条件"],
                    ["1", "甲", "乙"],
                    ["备注", "一、敏感区内不适用本清单。\n二、试行两年。", LEFT],
                ]
            ),
            "说明：1.本清单为示例。2.“以上”包括本数，“以下”不包括本数。",
        )
    )
    assert records.remarks == (
        "为了优化营商环境，制定本清单。",
        "一、敏感区内不适用本清单。",
        "二、试行两年。",
        "1.本清单为示例。",
        "2.“以上”包括本数，“以下”不包括本数。",
    )
    assert records.bounds is not None
    assert (records.bounds.above_included, records.bounds.below_included) == (True, False)
    assert [item.id for item in records.items] == ["1"]


def test_a_remark_on_the_whole_list_may_say_that_all_conditions_must_hold() -> None:
    rows = [["序号", "违法行为", "适用条件"], ["1", "甲", "1.乙；2.丙。"]]
    (open_item,) = read_rows(rows).items
    assert (open_item.joint, codes(open_item)) == (True, ["joint_not_stated"])
    (item,) = read(document(table(rows), "备注：本清单所列情形满足其一即符合条件之一。")).items
    assert (item.joint, codes(item)) == (False, [])


def test_blocks_with_one_effect_are_alternatives_and_with_two_effects_two_records() -> None:
    text = "同时满足以下条件，不予处罚：1.甲；2.乙。有下列情形之一的，不予处罚：1.丙；2.丁。"
    (item,) = read_rows([["序号", "违法行为", "适用条件"], ["1", "戊", text]]).items
    assert item.joint is False
    assert item.groups == (
        ConditionGroup(0, ("甲；", "乙。"), True, "同时满足以下条件，不予处罚："),
        ConditionGroup(1, ("丙；", "丁。"), False, "有下列情形之一的，不予处罚："),
    )
    other = text.replace("有下列情形之一的，不予处罚", "有下列情形之一的，可以从轻处罚")
    records = read_rows([["序号", "违法行为", "适用条件"], ["1", "戊", other]])
    assert [(i.id, i.effect) for i in records.items] == [("1（不予处罚）", L.NOT_PUNISH), ("1（从轻）", L.LENIENT)]


def test_conditions_in_several_columns_hold_together_and_are_doubted() -> None:
    rows = [["序号", "违法行为", "初次违法", "危害后果轻微的认定标准"], ["1", "甲", "两年内首次", "货值不足五百元"]]
    (item,) = read_rows(rows).items
    assert item.conditions == ("初次违法：两年内首次", "危害后果轻微的认定标准：货值不足五百元")
    assert (item.joint, codes(item)) == (True, ["conditions_in_columns"])


def test_an_effect_that_a_condition_only_mentions_is_not_the_entrys() -> None:
    text = "同时满足：（1）及时改正；（2）不具有从重处罚情节。"
    (item,) = read_rows([["序号", "违法行为", "适用条件"], ["1", "甲", text]]).items
    assert item.effect is L.NOT_PUNISH


def test_cards_with_a_name_and_a_value_in_each_row_are_entries() -> None:
    one = [["序号", "1"], ["违法行为", "未明码标价"], ["免罚条件", "当场改正"]]
    two = [["序号", "2"], ["违法行为", "占道经营"], ["免罚条件", "当场清理"]]
    for doc in (document(table(one), table(two)), document(table([*one, *two]))):
        assert [(i.id, i.violation, i.conditions, i.doubts) for i in read(doc).items] == [
            ("1", "未明码标价", ("当场改正",), ()),
            ("2", "占道经营", ("当场清理",), ()),
        ]


def test_rows_that_share_a_violation_are_entries_of_their_own() -> None:
    records = read_rows(
        [["序号", "违法行为", "适用条件"], ["1", "未明码标价", "当场改正的"], [ABOVE, ABOVE, "货值较小的"]]
    )
    assert [(i.id, i.violation, i.conditions) for i in records.items] == [
        ("1", "未明码标价", ("当场改正的",)),
        ("1（2）", "未明码标价", ("货值较小的",)),
    ]


def test_a_cell_cut_in_two_is_joined_and_doubted() -> None:
    rows = [["序号", "违法行为", "适用条件"], ["1", "未明码标价", "在责令改正期"], ["", "", "限内改正。"]]
    (item,) = read_rows(rows).items
    assert (item.conditions, codes(item)) == (("在责令改正期限内改正。",), ["row_joined"])


def test_the_pages_of_an_entry_are_those_that_its_cells_reach() -> None:
    def cell(text: str, row: int, column: int, page: int) -> Cell:
        return Cell(text, row, column, place=Place(page=page, table=1, row=row + 1))

    heads = ("序号", "违法行为", "不予处罚的情节")
    rows = [[cell(t, 0, c, 1) for c, t in enumerate(heads)], [cell(t, 1, c, 4) for c, t in enumerate(("1", "甲", ALL))]]
    note = Note(NoteKind.REPAIRED, "单元格被分页截断，已与上一页的部分合并。", Place(page=5, table=1, row=2))
    whole = Table(tuple(c for row in rows for c in row), 2, 3, Place(page=1, table=1))
    (item,) = read(ReadDocument("示例.pdf", Format.PDF, (whole,), pages=5, notes=(note,))).items
    assert (item.pages, item.spot.page) == ((4, 5), 4)


def test_a_basis_as_above_is_that_above_and_one_that_cites_nothing_is_kept_and_doubted() -> None:
    law = "《中华人民共和国价格法》第四十二条"
    rows = [["1", "甲", law, "子"], ["2", "乙", "同上", "丑"], ["3", "丙", "见附件", "寅"]]
    _, second, third = read_rows([["序号", "违法行为", "处罚依据", "适用条件"], *rows]).items
    assert [basis.written for basis in second.basis] == [law]
    assert (third.basis, third.remark, codes(third)) == ((), "处罚依据：见附件", ["provision_not_read"])


def test_a_number_that_is_missing_between_two_is_told() -> None:
    records = read_rows([["序号", "违法行为", "适用条件"], ["1", "甲", "乙"], ["3", "丙", "丁"]])
    assert [doubt.code for doubt in records.doubts] == ["number_gap"]


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b"], ["1", "2"]],
        [["序号", "单位", "电话"], ["1", "甲", "乙"]],
    ],
)
def test_a_table_that_is_not_understood_gives_a_doubt_and_no_entries(rows: list[list[str]]) -> None:
    records = read_rows(rows)
    assert (records.items, [doubt.code for doubt in records.doubts]) == ((), ["header_not_understood"])


def test_an_empty_list_is_told() -> None:
    assert [doubt.code for doubt in read(lines("# 示范市不予处罚清单\n附件1")).doubts] == ["no_entries"]


def test_an_entry_without_conditions_or_only_about_the_fine_is_doubted() -> None:
    records = read_rows([["序号", "违法行为", "适用条件"], ["1", "甲", "/"], ["2", "乙", "限期改正的，不予罚款。"]])
    assert [codes(item) for item in records.items] == [["conditions_missing"], ["only_the_fine"]]


# ---- paragraphs ----------------------------------------------------------------------------------------------

OUTLINE = """# 示范市轻微违法行为不予处罚清单（示例）
## 备注
一、敏感区内不适用本清单。
## 一、价格类
### 1、未明码标价
#### 违反条款
《中华人民共和国价格法》第十三条第一款　经营者应当明码标价。
同时不得加价。
#### 不予处罚的情节
同时满足下列情形的，不予行政处罚：
（1）首次违法；
（2）当场改正。
### 2、未标明单位
#### 违反条款
《中华人民共和国价格法》第十三条第一款
#### 不予处罚的情节
有下列情形之一的，不予行政处罚：
（1）甲；
（2）乙。
## 二、城管类
### 3、占道经营
#### 不予处罚的情节
当场清理的，可以不予行政处罚。"""


def test_entries_below_headings_have_their_category_and_labelled_parts() -> None:
    records = read(lines(OUTLINE))
    assert records.remarks == ("一、敏感区内不适用本清单。",)
    assert [(i.id, i.category, i.category_heading, i.joint, i.effect) for i in records.items] == [
        ("1", "价格类", "一、价格类", True, L.NOT_PUNISH),
        ("2", "价格类", "一、价格类", False, L.NOT_PUNISH),
        ("3", "城管类", "二、城管类", True, L.MAY_NOT_PUNISH),
    ]
    first = records.items[0]
    assert (first.violation, first.conditions) == ("未明码标价", ("首次违法；", "当场改正。"))
    assert first.provision_text.splitlines()[1] == "同时不得加价。"
    assert [basis.written for basis in first.provisions] == ["《中华人民共和国价格法》第十三条第一款"]


def test_entries_of_plain_text_are_told_by_the_labels_below_them() -> None:
    records = read(
        lines("""# 示范市轻微违法行为不予处罚清单
            一、价格类
            （一）未明码标价
            违反条款：《中华人民共和国价格法》第十三条
            免罚条件：同时满足：1.初次违法；2.当场改正。
            （二）占道经营
            免罚条件：
            （一）初次违法；
            （二）当场改正。
            二、交通类
            （一）甲
            免罚条件：乙。
            备注：本清单为示例。""")
    )
    assert [(i.category, i.violation, i.conditions) for i in records.items] == [
        ("价格类", "未明码标价", ("初次违法；", "当场改正。")),
        ("价格类", "占道经营", ("初次违法；", "当场改正。")),
        ("交通类", "甲", ("乙。",)),
    ]
    assert records.remarks == ("本清单为示例。",)


def test_entries_may_be_labelled_throughout() -> None:
    text = "违法行为：未明码标价\n不予处罚情形：当场改正\n违法行为：占道经营\n不予处罚情形：当场清理"
    assert [(i.violation, i.conditions) for i in read(lines(f"# 示范市不予处罚清单\n{text}")).items] == [
        ("未明码标价", ("当场改正",)),
        ("占道经营", ("当场清理",)),
    ]


def test_sentences_without_parts_are_kept_whole_and_left_to_a_person() -> None:
    records = read(
        lines("# 示范市不予处罚清单\n1.未明码标价，当场改正的，不予处罚。\n2.占道经营，当场清理的，不予处罚。")
    )
    assert [codes(item) for item in records.items] == [["entry_not_divided"]] * 2
    assert records.items[0].violation == "未明码标价，当场改正的，不予处罚。"


# ---- the samples ---------------------------------------------------------------------------------------------


def sample(name: str) -> DiscretionRecords:
    doc = read_document((SAMPLES / name).read_bytes(), name)
    return read_exemptions(doc, identify(doc, name))


def test_the_sample_of_leniency_has_its_effects_from_headings_a_group_and_exclusions() -> None:
    records = sample("示范市行政处罚从轻减轻事项清单.xlsx")
    assert [item.effect for item in records.items] == [L.LENIENT] * 3 + [L.MITIGATED] * 2
    assert not [item.id for item in records.items if item.doubts]
    assert records.items[0].groups[0].conditions == ("主动下架涉案食品；", "主动召回已经售出的食品。")
    assert records.items[3].exclusions == ("封闭安全出口的；", "场所内正在营业的")
    assert len(records.remarks) == 4


def test_the_sample_of_first_offences_has_its_effect_from_the_title() -> None:
    records = sample("示范市首次违法免罚事项清单.docx")
    assert {item.effect for item in records.items} == {L.MAY_NOT_PUNISH}
    assert [len(item.conditions) for item in records.items] == [3, 2, 3, 1]
    assert all(item.joint and not item.doubts for item in records.items)
    assert [item.category for item in records.items] == ["安全生产", "安全生产", "产品质量", "广告"]


@pytest.mark.parametrize("mitigated", ["处五千元以下罚款", "不低于法定最低罚款的10%"])
def test_a_table_whose_columns_of_leniency_state_fines_is_no_list(mitigated: str) -> None:
    records = read_rows(
        [
            ["序号", "违法行为", "处罚依据", "减轻处罚", "从轻处罚", "从重处罚"],
            [
                "1",
                "占用疏散通道",
                "《中华人民共和国消防法》第六十条",
                mitigated,
                "处五千元以上一万元以下罚款",
                "处五万元罚款",
            ],
        ],
        "示范市减轻从轻从重处罚标准（示例）",
    )
    assert records.items == ()
    assert [doubt.code for doubt in records.doubts] == ["table_of_fines"]
