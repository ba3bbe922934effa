"""The bank: items written and changed, built in the background, searched, taken in and given out."""

from __future__ import annotations

import threading

import pytest

from assistant.quiz.bank.observed import Observed
from assistant.quiz.contract import (
    BuildRequest,
    BuildState,
    Check,
    ExportRequest,
    Form,
    Format,
    ItemKind,
    ItemQuery,
    ItemState,
    Key,
    Move,
    MoveRequest,
    Origin,
)
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, InvalidInput, NotFound
from tests.assistant.quiz.bank.bank_room import (
    CASE,
    COLLEAGUE,
    OUTSIDER,
    PENALTY_LAW,
    TRAINER,
    article,
    until_stopped,
    written,
)
from tests.assistant.quiz.bank.bank_room import room as new_room
from tests.postgres import new_database

OPTIONS = {
    "kind": ItemKind.SINGLE,
    "form": Form.ONE,
    "stem": "行政机关应当自行政处罚案件立案之日起多少日内作出行政处罚决定？",
    "options": ["三十日", "六十日", "九十日", "一百二十日"],
    "key": Key(correct=[2]),
}


def move(room, item_id: str, step: Move, note: str = "", person=TRAINER):
    return room.bank.move(person, MoveRequest(ids=[item_id], move=step, note=note))


# ---- writing ---------------------------------------------------------------------------------------------------------


def test_a_written_item_quotes_what_it_cites(room):
    item = room.write(article("第三十三条第一款"))
    (cited,) = item.citations
    assert cited.citation == f"《{PENALTY_LAW}》第三十三条第一款"
    assert room.text("第三十三条").startswith(cited.quotation)
    assert len(cited.quotation) < len(room.text("第三十三条"))
    assert (item.state, item.origin, item.author) == (ItemState.DRAFT, Origin.WRITTEN, TRAINER.name)
    assert item.tags.title == PENALTY_LAW
    assert item.tags.chapter
    assert item.proof.failed == []
    assert Check.SUPPORTED in [c.check for c in item.proof.checks if c.passed is None]


@pytest.mark.parametrize(
    ("cites", "words"),
    [
        (["《行政处罚法》第三百条", "《行政处罚法》第十条"], ["第三百条"]),
        (["《行政处罚法》"], ["哪一条"]),
        (["《某某示范法》第一条", "乱写"], ["某某示范法", "乱写"]),
        ([f"《{CASE}》没有的部分"], [CASE]),
    ],
)
def test_what_cannot_be_found_in_force_is_refused_by_name(room, cites, words):
    with pytest.raises(InvalidInput) as refused:
        room.write(*cites)
    assert all(word in refused.value.what for word in words)
    assert room.bank.items(TRAINER, ItemQuery()).total == 0


def test_a_hidden_document_cannot_be_cited(room):
    room.limit_case()
    with pytest.raises(InvalidInput):
        room.write(f"《{CASE}》基本案情", person=OUTSIDER)
    assert room.write(f"《{CASE}》基本案情").citations[0].document_id == "d-case"


def test_a_key_that_names_no_option_is_refused(room):
    with pytest.raises(InvalidInput, match="只有4个选项"):
        room.write(article("第六十条"), **OPTIONS | {"key": Key(correct=[4])})


def test_an_item_without_a_source_is_kept_but_not_published(room):
    item = room.write()
    move(room, item.id, Move.SUBMIT)
    assert "没有注明依据" in move(room, item.id, Move.PUBLISH).faults[0].reason


def test_a_rewritten_item_is_a_draft_again_with_all_that_was_written(room):
    item = room.published(article("第六十条"), **OPTIONS)
    again = room.bank.rewrite(
        COLLEAGUE, item.id, written(article("第六十条"), **OPTIONS | {"stem": "改后的题干是什么？"})
    )
    assert (again.revision, again.state, again.author) == (2, ItemState.DRAFT, COLLEAGUE.name)
    history = room.bank.history(TRAINER, item.id)
    assert [(e.act, e.by, e.revision) for e in history] == [
        ("编写", TRAINER.name, 1),
        ("提交审核", TRAINER.name, 1),
        ("发布", TRAINER.name, 1),
        ("修改", COLLEAGUE.name, 2),
    ]
    assert [e.content.stem for e in history if e.content] == [item.stem, again.stem]


def test_a_retired_item_is_reopened_before_it_is_changed(room):
    item = room.published(article("第六十条"))
    move(room, item.id, Move.RETIRE, "过时")
    assert room.bank.usable(TRAINER, [item.id]) == []
    with pytest.raises(Conflict):
        room.bank.rewrite(TRAINER, item.id, written(article("第十条")))
    move(room, item.id, Move.REOPEN)
    assert room.bank.rewrite(TRAINER, item.id, written(article("第十条"))).state is ItemState.DRAFT
    assert room.bank.history(TRAINER, item.id)[3].note == "过时"


def test_nobody_publishes_his_own_where_two_people_are_wanted(national_store, tmp_path):
    room = new_room(tmp_path, national_store, two_people=True)
    item = room.write(article("第六十条"))
    move(room, item.id, Move.SUBMIT)
    assert "他人审核" in move(room, item.id, Move.PUBLISH).faults[0].reason
    assert move(room, item.id, Move.PUBLISH, person=COLLEAGUE).moved == [item.id]
    room.close()


def test_what_answers_told_stands_beside_the_estimate(national_store, tmp_path):
    room = new_room(tmp_path, national_store, observed=lambda ids: {ids[0]: Observed(30, 0.4, 0.25)})
    item = room.bank.item(TRAINER, room.write(article("第六十条")).id)
    assert (item.answered, item.observed_difficulty, item.discrimination) == (30, 0.4, 0.25)
    room.close()


# ---- two at once -----------------------------------------------------------------------------------------------------


def test_the_second_of_two_who_change_the_same_revision_is_told(room):
    item = room.write(article("第六十条"))
    room.bank.rewrite(TRAINER, item.id, written(article("第六十条"), revision=1, stem="先改的人写的题干。"))
    with pytest.raises(Conflict, match="他人修改"):
        room.bank.rewrite(COLLEAGUE, item.id, written(article("第六十条"), revision=1, stem="后改的人写的题干。"))
    assert room.bank.item(TRAINER, item.id).stem == "先改的人写的题干。"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_of_many_at_the_same_time_exactly_one_changes_an_item(kind, national_store, tmp_path, request):
    url = new_database(request.getfixturevalue("postgres")) if kind == "postgres" else None
    room = new_room(tmp_path, national_store, url)
    item = room.write(article("第六十条"))
    begin = threading.Barrier(4)
    outcomes: list[str] = []

    def change(number: int) -> None:
        begin.wait()
        try:
            changed = written(article("第六十条"), revision=1, stem=f"第{number}人写的题干是什么？")
            outcomes.append(room.bank.rewrite(TRAINER, item.id, changed).stem)
        except Conflict:
            outcomes.append("")

    threads = [threading.Thread(target=change, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 4
    assert [stem for stem in outcomes if stem] == [room.bank.item(TRAINER, item.id).stem]
    assert [e.revision for e in room.bank.history(TRAINER, item.id)] == [1, 2]
    found = room.bank.items(TRAINER, ItemQuery(words="题干", kind=ItemKind.TRUE_FALSE, blocked=False, title="处罚法"))
    assert [i.id for i in found.items] == [item.id]
    room.limit_case()
    assert room.bank.items(OUTSIDER, ItemQuery()).total == 1
    room.amend({"第六十条": "别的文字。"})
    assert [i.id for i in room.bank.stale(OUTSIDER).blocked] == [item.id]
    room.close()


# ---- searching -------------------------------------------------------------------------------------------------------


def test_items_are_found_by_what_they_are_and_say(room):
    single = room.write(article("第六十条"), **OPTIONS)
    room.write(f"《{CASE}》基本案情")
    shown = room.published(article("第十条"), stem="百分之百_的题干，以及100%。")

    def found(**query: object) -> set[str]:
        page = room.bank.items(TRAINER, ItemQuery.model_validate(query))
        assert page.total == len(page.items)
        return {item.id for item in page.items}

    assert found(kind="single") == {single.id}
    assert found(words="立案 九十日") == {single.id}
    assert found(words="100%") == found(words="百_的") == {shown.id}
    assert found(words="百%的") == set()
    assert found(state="published") == {shown.id}
    assert found(title="《行政处罚法》") == {single.id, shown.id}
    assert len(found()) == 3
    page = room.bank.items(TRAINER, ItemQuery(limit=1, offset=1))
    assert (len(page.items), page.total) == (1, 3)


def test_near_duplicates_are_found(room):
    first, second = (
        room.write(article("第六十条"), **OPTIONS | {"stem": OPTIONS["stem"] + mark}) for mark in ("", "（单选）")
    )
    room.write(article("第十条"))
    (twin,) = room.bank.twins(TRAINER, PageQuery()).items
    assert {twin.first, twin.second} == {first.id, second.id}


# ---- building --------------------------------------------------------------------------------------------------------


def test_a_build_keeps_its_items_as_drafts_in_their_order(room):
    job = room.built()
    assert (job.state, job.done, job.asked, job.problem) == (BuildState.DONE, 2, 2, "")
    kept = room.bank.items(TRAINER, ItemQuery())
    assert [item.id for item in kept.items] == [item.id for item in job.report.items]
    assert {(item.state, item.origin) for item in kept.items} == {(ItemState.DRAFT, Origin.GENERATED)}
    again = room.built()
    assert again.report.withheld[0].count == 2
    assert {i.id for i in again.report.items}.isdisjoint(i.id for i in job.report.items)


def test_a_generated_item_that_a_person_changes_counts_as_edited(room):
    item = room.built().report.items[0]
    cites = [c.citation for c in item.citations]
    changed = room.bank.rewrite(TRAINER, item.id, written(*cites, stem="本条是否有规定，请判断。", revision=1))
    assert changed.origin is Origin.EDITED
    assert [c.quotation for c in changed.citations] == [c.quotation for c in item.citations]


def test_a_person_has_one_build_at_a_time_and_can_stop_it(national_store, tmp_path):
    room = new_room(tmp_path, national_store, builder=until_stopped)
    request = BuildRequest(sources=[PENALTY_LAW])
    job = room.bank.build(TRAINER, request)
    with pytest.raises(Conflict):
        room.bank.build(TRAINER, request)
    other = room.bank.build(COLLEAGUE, request)
    with pytest.raises(NotFound):
        room.bank.stop(COLLEAGUE, job.id)
    for person, own in ((TRAINER, job), (COLLEAGUE, other)):
        room.bank.stop(person, own.id)
    for person, own in ((TRAINER, job), (COLLEAGUE, other)):
        ended = room.end_of(person, own)
        assert (ended.state, ended.report) == (BuildState.STOPPED, None)
    assert room.bank.items(TRAINER, ItemQuery()).total == 0
    room.close()


def test_a_build_that_cannot_be_done_says_why(room):
    job = room.built(request=BuildRequest(sources=["没有这部法"]))
    assert job.state is BuildState.FAILED
    assert "没有这部法" in job.problem
    with pytest.raises(InvalidInput):
        room.bank.build(TRAINER, BuildRequest(kinds={ItemKind.SINGLE: 0}))


def test_the_end_of_the_process_ends_a_build(national_store, tmp_path):
    room = new_room(tmp_path, national_store, builder=until_stopped)
    job = room.bank.build(TRAINER, BuildRequest(sources=[PENALTY_LAW]))
    room.bank.jobs.ask_to_stop()
    assert room.end_of(TRAINER, job).state is BuildState.STOPPED
    room.close()


def test_the_report_of_a_build_loses_what_is_hidden_afterwards(room):
    job = room.built(OUTSIDER, BuildRequest(sources=[CASE, PENALTY_LAW], count=100))
    of_case = [i for i in job.report.items if i.citations[0].document_id == "d-case"]
    assert of_case
    room.limit_case()
    seen = room.bank.job(OUTSIDER, job.id).report
    assert len(seen.items) == len(job.report.items) - len(of_case)
    assert (seen.withheld, seen.notes) == ([], [])
    blind = room.built(OUTSIDER, BuildRequest(sources=[CASE], include_known=True))
    assert blind.state is BuildState.FAILED


# ---- files -----------------------------------------------------------------------------------------------------------


def test_what_is_given_out_is_taken_in_again_with_its_sources(room, tmp_path):
    item = room.published(article("第六十条"), **OPTIONS)
    hidden = room.published(f"《{CASE}》基本案情")
    room.limit_case()
    retired = room.published(article("第十条"))
    move(room, retired.id, Move.RETIRE, "重复")
    request = ExportRequest(ids=[item.id, hidden.id, retired.id], form=Format.XLSX)
    given = room.bank.give_out(OUTSIDER, request)
    assert [(left.id, left.reason) for left in given.left_out] == [(retired.id, "已停用")]
    assert given.name == "题库-2026-11-21.xlsx"
    report = room.bank.take_in(OUTSIDER, given.name, given.data, None)
    (taken,) = report.items
    assert (taken.stem, taken.options, taken.key.correct) == (item.stem, item.options, item.key.correct)
    assert [c.citation for c in taken.citations] == [c.citation for c in item.citations]
    assert (taken.state, taken.origin) == (ItemState.DRAFT, Origin.IMPORTED)
    assert {report.twins[0].first, report.twins[0].second} == {item.id, taken.id}


def test_an_imported_item_whose_source_is_unknown_asks_for_it(room):
    text = "1. 下列哪一项属于行政处罚？\nA. 警告\nB. 批评\nC. 教育\nD. 谈话\n答案：A\n解析：见《某某示范法》第一条。\n"
    (item,) = room.bank.take_in(TRAINER, "题.txt", text.encode(), None).items
    assert item.citations == []
    assert "由人写明" in room.bank.history(TRAINER, item.id)[0].note
    move(room, item.id, Move.SUBMIT)
    assert move(room, item.id, Move.PUBLISH).moved == []


def test_a_bad_row_does_not_keep_the_others_out(room):
    text = (
        "1. 下列哪一项属于行政处罚？\nA. 警告\nB. 批评\nC. 教育\n答案：A\n依据：《行政处罚法》第九条\n\n"
        "2. 没有答案的题？\nA. 甲\nB. 乙\nC. 丙\n"
    )
    report = room.bank.take_in(TRAINER, "题.txt", text.encode(), Format.TXT)
    assert len(report.items) == 1
    assert report.items[0].citations[0].article == "第九条"
    assert len(report.faults) == 1
