"""The law changes: exactly the items whose provisions have other words are blocked, the others move along silently."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.bank.paragraphs import paragraphs_kept
from assistant.quiz.bank.stale import Now, judged
from assistant.quiz.binding import bound_citation, digest
from assistant.quiz.contract import Form, ItemContent, ItemKind, ItemQuery, Key, Move, MoveRequest
from corpus.errors import NotFound
from corpus.vocabulary import ArticleNumber, Document, DocumentKind, EffectLevel, Provision
from tests.assistant.quiz.bank.bank_room import (
    CASE,
    COLLEAGUE,
    NEW_LAW,
    OUTSIDER,
    TRAINER,
    article,
    written,
)

CITED = ["第十条", "第三十三条第一款", "第三十六条", "第四十四条", "第六十条"]


@pytest.fixture
def items(room):
    """Item by what it cites, all of them published."""
    return {label: room.published(article(label)) for label in CITED} | {"案例": room.published(f"《{CASE}》基本案情")}


def first_paragraph_longer(room) -> str:
    first, *others = room.text("第三十三条").split("\n")
    return "\n".join([first + "示范增加的一句。", *others])


def test_exactly_the_items_whose_provisions_changed_are_blocked_and_listed(room, items):
    room.amend({"第三十三条": first_paragraph_longer(room), "第五条": "另一条另有文字。", "第六十条": None})
    report = room.bank.stale(TRAINER)
    assert {item.id for item in report.blocked} == {items["第三十三条第一款"].id, items["第六十条"].id}
    assert (report.checked, report.released) == (6, [])
    told = {item.id: item.blocked for item in report.blocked}
    changed, gone = told[items["第三十三条第一款"].id], told[items["第六十条"].id]
    assert (changed.reason, changed.since) == ("条文已修改。", NEW_LAW)
    assert changed.before == room.text("第三十三条")
    assert changed.after == first_paragraph_longer(room)
    assert gone.reason == "现行文本中没有第六十条。"
    assert gone.after == ""
    listed = room.bank.items(TRAINER, ItemQuery(blocked=True))
    assert {item.id for item in listed.items} == set(told)
    assert {i.id for i in room.bank.usable(TRAINER, [i.id for i in items.values()])} == {
        items[label].id for label in ("第十条", "第三十六条", "第四十四条", "案例")
    }


def test_an_item_whose_words_stayed_is_bound_to_the_new_text_silently(room, items):
    before = items["第十条"]
    room.amend({"第三十三条": "别的文字。"})
    after = room.bank.item(TRAINER, before.id)
    assert [c.version_id for c in after.citations] == ["v-new"]
    assert (after.revision, after.changed_at, after.blocked) == (before.revision, before.changed_at, None)
    assert [entry.act for entry in room.bank.history(TRAINER, before.id)] == ["编写", "提交审核", "发布"]
    unchanged = {"version_id", "provision_id"}
    assert after.citations[0].model_dump(exclude=unchanged) == before.citations[0].model_dump(exclude=unchanged)


def test_an_item_is_bound_to_the_paragraph_that_it_quotes(room, items):
    second = room.published(article("第三十三条第二款"))
    whole = room.published(article("第三十三条"))
    first = items["第三十三条第一款"]
    room.amend({"第三十三条": first_paragraph_longer(room)})
    blocked = {item.id for item in room.bank.stale(TRAINER).blocked}
    assert blocked == {first.id, whole.id}
    cited = room.bank.item(TRAINER, second.id).citations[0]
    held = room.store.provision(cited.provision_id)
    start, end = cited.span
    assert (cited.version_id, cited.quotation) == ("v-new", second.citations[0].quotation)
    assert held.text[start:end] == cited.quotation
    assert digest(held.text) == cited.digest
    assert room.bank.usable(TRAINER, [second.id, first.id]) == [room.bank.item(TRAINER, second.id)]


def test_a_new_layout_of_the_same_words_is_no_change(room, items):
    room.amend({"第三十三条": "  " + room.text("第三十三条").replace("，", "， ")})
    item = room.bank.item(TRAINER, items["第三十三条第一款"].id)
    start, end = item.citations[0].span
    assert item.blocked is None
    assert item.citations[0].version_id == "v-new"
    held = room.store.provision(item.citations[0].provision_id)
    assert held.text[start:end] == item.citations[0].quotation


def test_words_that_moved_to_another_article_are_told_with_their_place(room, items):
    room.amend({"第六十条": None}, renumbered={"第六十一条": 60, "第六十二条": 61})
    assert room.bank.item(TRAINER, items["第六十条"].id).blocked.reason == "条文已修改。"
    room.restore()
    room.amend({"第三十七条": None}, renumbered={"第三十六条": 37})
    told = room.bank.item(TRAINER, items["第三十六条"].id).blocked
    assert told.reason == "条号已变动：所引内容现为第三十七条。"
    assert told.after == room.text("第三十六条")


def test_a_repealed_law_blocks_all_its_items_and_no_others(room, items):
    room.repeal()
    report = room.bank.stale(TRAINER)
    assert {item.id for item in report.blocked} == {items[label].id for label in CITED}
    assert {item.blocked.since for item in report.blocked} == {NEW_LAW}
    assert all("废止" in item.blocked.reason for item in report.blocked)


def test_what_comes_back_may_be_used_again_and_both_are_in_the_history(room, items):
    item_id = items["第三十三条第一款"].id
    room.amend({"第三十三条": "别的文字。"})
    room.restore()
    assert room.bank.item(TRAINER, item_id).blocked is None
    acts = [(entry.act, entry.by) for entry in room.bank.history(TRAINER, item_id)][-2:]
    assert acts == [("自动停用", "系统"), ("恢复使用", "系统")]


def test_an_item_is_not_used_even_before_the_check_has_run(room, items):
    changed = items["第三十三条第一款"]
    room.amend({"第三十三条": "别的文字。"}, check=False)
    assert room.bank.item(TRAINER, changed.id).blocked is None
    assert room.bank.usable(TRAINER, [changed.id]) == []
    unchecked = room.write(article("第十条"), as_of=dt.date(2026, 10, 1))
    assert unchecked.citations[0].version_id == "v-new"  # its words are today's, so it is bound to today's text
    past = room.write(article("第三十三条第一款"), as_of=dt.date(2026, 10, 1))
    assert past.blocked is not None  # it asks the law of a day that is over
    room.bank.move(TRAINER, MoveRequest(ids=[past.id], move=Move.SUBMIT))
    report = room.bank.move(TRAINER, MoveRequest(ids=[past.id], move=Move.PUBLISH))
    assert report.moved == []
    assert "依据已变动" in report.faults[0].reason
    assert room.bank.usable(TRAINER, [past.id]) == []


def test_a_blocked_item_written_anew_on_the_text_of_today_is_a_draft_again(room, items):
    item = items["第三十三条第一款"]
    room.amend({"第三十三条": first_paragraph_longer(room)})
    again = room.bank.rewrite(TRAINER, item.id, written(*(c.citation for c in item.citations), revision=item.revision))
    assert (again.blocked, again.state.value, again.revision) == (None, "draft", 2)
    assert again.citations[0].version_id == "v-new"


# ---- hidden documents ------------------------------------------------------------------------------------------------


def test_an_item_of_a_hidden_document_does_not_exist(room, items):
    room.published(f"《{CASE}》基本案情", stem="自编判断题（又一题）：当事人占用城市道路摆摊经营。")
    hidden = items["案例"]
    room.limit_case()
    bank = room.bank
    assert bank.items(COLLEAGUE, ItemQuery()).total == 7
    seen = bank.items(OUTSIDER, ItemQuery())
    assert (seen.total, hidden.id in {item.id for item in seen.items}) == (5, False)
    for call in (bank.item, bank.history):
        with pytest.raises(NotFound):
            call(OUTSIDER, hidden.id)
    with pytest.raises(NotFound):
        bank.rewrite(OUTSIDER, hidden.id, written(article("第十条")))
    assert bank.usable(OUTSIDER, [hidden.id, items["第十条"].id]) == [bank.item(OUTSIDER, items["第十条"].id)]
    assert bank.stale(OUTSIDER).checked == 5
    moved = bank.move(OUTSIDER, MoveRequest(ids=[hidden.id], move=Move.RETIRE, note="理由"))
    unknown = bank.move(OUTSIDER, MoveRequest(ids=["q-none"], move=Move.RETIRE, note="理由"))
    assert [f.reason for f in moved.faults] == [f.reason for f in unknown.faults]


def test_history_does_not_tell_what_was_once_written_of_a_hidden_document(room, items):
    item = room.write(f"《{CASE}》基本案情", stem="当事人占用城市道路摆摊经营的，可以处罚款。")
    room.bank.rewrite(TRAINER, item.id, written(article("第十条")))
    room.limit_case()
    first, second = room.bank.history(OUTSIDER, item.id)
    assert first.content is None
    assert second.content is not None
    assert room.bank.history(COLLEAGUE, item.id)[0].content is not None


# ---- paragraphs: what stays, what is touched ------------------------------------------------------------------------

OLD = "甲违法的，处一万元罚款。\n乙违法的，处二万元罚款。\n丙违法的，予以警告。"


@pytest.mark.parametrize(
    ("quoted", "later", "stays"),
    [
        ("乙违法", OLD.replace("予以警告", "予以通报批评"), True),
        ("乙违法", OLD + "\n丁违法的，责令改正。", True),
        ("乙违法", " 甲违法的，处三万元罚款。\n　乙违法的， 处二万元罚款。\n丙违法的，予以警告。", True),
        ("乙违法", OLD.replace("二万元", "三万元"), False),  # its own words
        ("乙违法", "前言。\n" + OLD, False),  # now the third paragraph
        ("乙违法", OLD.replace("\n丙违法的，予以警告。", "").replace("甲违法的，处一万元罚款。\n", ""), False),
        ("乙违法", OLD + "\n前款规定的行为情节轻微的，不予处罚。", False),  # speaks of the others
        ("乙违法", OLD + "\n有本条第二款行为，情节严重的，处五万元罚款。", False),
        (OLD, OLD + "\n丁违法的，责令改正。", False),  # the whole article was quoted
    ],
)
def test_a_paragraph_stays_while_its_words_number_and_meaning_do(quoted, later, stays):
    start = OLD.find(quoted)
    found = paragraphs_kept(OLD, (start, start + len(quoted)), later)
    assert (found is not None) == stays
    if found is not None:
        assert "乙违法" in later[slice(*found.span)]
        assert "甲违法" not in later[slice(*found.span)]


@pytest.mark.parametrize(
    ("options", "added", "usable"),
    [
        (["二万元", "五万元"], "丁违法的，处八万元罚款。", True),
        (["二万元", "五万元"], "丁违法的，处五万元罚款。", False),
        ([], "丁违法的，处八万元罚款。", False),  # a false statement that the new paragraph may have made true
    ],
)
def test_a_new_paragraph_that_says_what_counts_as_wrong_blocks(options, added, usable):
    article_ = ArticleNumber(3)
    old = Provision("v1/第三条", "v1", 1, "第三条", OLD, article=article_)
    new = Provision("v2/第三条", "v2", 1, "第三条", f"{OLD}\n{added}", article=article_)
    start = OLD.find("乙违法")
    content = ItemContent(
        kind=ItemKind.SINGLE if options else ItemKind.TRUE_FALSE,
        form=Form.ONE if options else Form.TRUTH,
        stem="题",
        options=options,
        key=Key(correct=[0]) if options else Key(truth=False),
        citations=[bound_citation(LAW, old, start, start + 12)],
        as_of=dt.date(2026, 1, 1),
    )
    blocked, bound = judged(content, lambda _citation: Now(LAW.title, new, earlier=OLD))
    assert (blocked is None) == usable
    assert bound.citations[0].version_id == ("v2" if usable else "v1")


# ---- the pure part ---------------------------------------------------------------------------------------------------

LAW = Document("d", "示例法", DocumentKind.STATUTE, EffectLevel.LAW)
WORDS = st.sampled_from(["甲乙丙。", "甲乙 丙。", "丁戊己。", "庚辛。"])
TEXTS = st.dictionaries(st.sampled_from(["第一条", "第二条", "第三条", "第四条"]), WORDS, max_size=4)


def _squeezed(words: str | None) -> str | None:
    return None if words is None else "".join(words.split())


@given(old=TEXTS.filter(bool), new=TEXTS, data=st.data())
def test_an_item_is_affected_when_and_only_when_the_words_it_cites_changed(old, new, data):
    labels = data.draw(st.lists(st.sampled_from(sorted(old)), min_size=1, max_size=3))
    cited = [bound_citation(LAW, Provision(f"v1/{i}", "v1", 1, i, old[i]), 0, len(old[i])) for i in labels]
    content = ItemContent(
        kind=ItemKind.TRUE_FALSE,
        form=Form.TRUTH,
        stem="题",
        key=Key(truth=True),
        citations=cited,
        as_of=dt.date(2026, 1, 1),
    )

    def now(citation):
        words = new.get(citation.article)
        return Now(LAW.title, Provision(f"v2/{citation.article}", "v2", 1, citation.article, words) if words else None)

    blocked, bound = judged(content, now)
    changed = [i for i in labels if _squeezed(new.get(i)) != _squeezed(old[i])]
    assert (blocked is not None) == bool(changed)
    if blocked is None:
        assert [c.version_id for c in bound.citations] == ["v2"] * len(labels)
        assert all(new[c.article][slice(*c.span)] == c.quotation for c in bound.citations)
    else:
        assert blocked.citation == f"《示例法》{changed[0]}"
        assert bound == content
