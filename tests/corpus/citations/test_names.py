"""What a name means, how that was read, and the many names that mean nothing certain."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import chain

import pytest

from corpus.citations import HowRead, NameTable
from corpus.citations.grammar import LAW_WORD
from corpus.citations.keys import title_key
from corpus.vocabulary import Document, DocumentKind, EffectLevel

STATE = "中华人民共和国"
DECISION = f"全国人民代表大会常务委员会关于修改《{STATE}食品安全法》的决定"
LAWS = """
    行政处罚法 治安管理处罚法 消防法 食品安全法 安全生产法 公司法 水法 刑法 刑法修正案 刑法修正案（十二） 民法典
    海域使用管理法 银行业监督管理法
"""
HELD = [*(STATE + name for name in LAWS.split()), DECISION, "示范市物业管理条例", "反分裂国家法"]


def document(title: str, document_id: str | None = None) -> Document:
    return Document(document_id or title, title, DocumentKind.STATUTE, EffectLevel.LAW)


NAMES = NameTable.from_documents(document(title) for title in HELD)


@pytest.mark.parametrize(
    ("name", "title", "how"),
    [
        ("中华人民共和国行政处罚法", f"{STATE}行政处罚法", HowRead.EXACT),
        ("《中华人民共和国行政处罚法》", f"{STATE}行政处罚法", HowRead.EXACT),
        ("反分裂国家法", "反分裂国家法", HowRead.EXACT),
        ("行政处罚法", f"{STATE}行政处罚法", HowRead.SHORT_TITLE),
        ("行政处罚法（2021修订）", f"{STATE}行政处罚法", HowRead.SHORT_TITLE),
        ("行政处罚法(2017年修正)", f"{STATE}行政处罚法", HowRead.SHORT_TITLE),
        ("刑法修正案(十二)", f"{STATE}刑法修正案（十二）", HowRead.SHORT_TITLE),
        ("刑法修正案（12）", f"{STATE}刑法修正案（十二）", HowRead.SHORT_TITLE),
        ("刑法修正案", f"{STATE}刑法修正案", HowRead.SHORT_TITLE),
        (DECISION.replace("《", "〈").replace("》", "〉"), DECISION, HowRead.SHORT_TITLE),
        ("全国人大常委会关于修改食品安全法的决定", DECISION, HowRead.SHORT_TITLE),
        ("关于修改食品安全法的决定", DECISION, HowRead.ABBREVIATION),
        ("海域使用法", f"{STATE}海域使用管理法", HowRead.ABBREVIATION),
        ("处罚法", f"{STATE}行政处罚法", HowRead.TABLE),
        ("食安法", f"{STATE}食品安全法", HowRead.TABLE),
        ("银监法", f"{STATE}银行业监督管理法", HowRead.TABLE),
        ("示范市物业管理条例", "示范市物业管理条例", HowRead.EXACT),
    ],
)
def test_a_name_means_one_document_of_the_corpus(name: str, title: str, how: HowRead) -> None:
    match = NAMES.lookup(name)
    assert [d.title for d in match.documents] == [title]
    assert (match.title, match.how, match.written) == (title, how, name)


def test_a_name_that_is_no_title_says_how_it_was_read() -> None:
    assert NAMES.lookup("处罚法").note == f"“处罚法”按《{STATE}行政处罚法》理解。"
    assert NAMES.lookup("行政处罚法").note == ""


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("质量条例", "建设工程质量管理条例"),
        ("危化品条例", "危险化学品安全管理条例"),
        ("道交条例", f"{STATE}道路交通安全法实施条例"),
        ("物业条例", "物业管理条例"),
        ("物业管理条例", "物业管理条例"),
        ("城规法", f"{STATE}城乡规划法"),
    ],
)
def test_a_known_name_of_a_document_not_held_gives_its_full_title(name: str, title: str) -> None:
    match = NAMES.lookup(name)
    assert (match.documents, match.title) == ((), title)


@pytest.mark.parametrize("name", ["诉讼法", "安全法", "程序规定", "民促法", "法典"])
def test_a_name_with_several_meanings_is_never_decided(name: str) -> None:
    match = NAMES.lookup(name)
    assert match.title is None
    assert len(match.titles) > 1
    assert "请写明" in match.note


def test_meanings_that_are_not_held_count_too() -> None:
    match = NAMES.lookup("民促法")
    assert match.documents == ()
    assert len(match.titles) == 2


NEAR_MISSES = """
    某某法 行政处法 行政处罚 行政处罚法条 处罚 物业管理办法 示范市物业条例 宁波市物业管理条例 刑法修正案（十三）
    行政处罚法实施办法 香港公司法 法 中华人民共和国 《》 警官消防法
"""


@pytest.mark.parametrize("name", ["", *NEAR_MISSES.split()])
def test_a_near_miss_is_no_match(name: str) -> None:
    match = NAMES.lookup(name)
    assert (match.documents, match.titles, match.how) == ((), (), HowRead.UNKNOWN)


def test_two_documents_of_one_title_are_both_returned() -> None:
    names = NameTable.from_documents([document("示范条例", "甲"), document("示范条例", "乙")])
    assert [d.id for d in names.lookup("示范条例").documents] == ["甲", "乙"]


def test_a_contraction_that_two_titles_share_means_nothing() -> None:
    names = NameTable.from_documents([document("示范物资管理法"), document("示范物资保护法")])
    assert names.lookup("示范物资法").titles == ()


def test_a_contraction_that_is_itself_a_title_stays_that_title() -> None:
    names = NameTable.from_documents([document("示范物资法"), document("示范物资管理法")])
    assert names.lookup("示范物资法").title == "示范物资法"


def test_similar_titles_are_offered_and_come_from_the_corpus() -> None:
    assert NAMES.similar("行政处法") == [f"{STATE}行政处罚法"]
    assert NAMES.similar("警官消防法") == [f"{STATE}消防法"]
    assert NAMES.similar("安阳市城市管理综合执法条例") == []


def mentions(text: str) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.match.title) for m in NAMES.find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("治安管理处罚法怎么说", [("治安管理处罚法", f"{STATE}治安管理处罚法")]),
        ("按照处罚法，能从轻吗", [("处罚法", f"{STATE}行政处罚法")]),
        ("违反消防法规定", [("消防法", f"{STATE}消防法")]),
        ("司机食安法124条", [("食安法", f"{STATE}食品安全法")]),
        ("《行政处罚法》和公司法", [("《行政处罚法》", f"{STATE}行政处罚法"), ("公司法", f"{STATE}公司法")]),
        ("《城市管理综合执法条例》第二十二条", [("《城市管理综合执法条例》", None)]),
        ("刑法修正案(十二)第三条", [("刑法修正案(十二)", f"{STATE}刑法修正案（十二）")]),
        ("明码标价规定第三条", [("明码标价规定", "明码标价和禁止价格欺诈规定")]),
        ("当事人刑法133条", [("刑法", f"{STATE}刑法")]),
        ("依照水法第三条", [("水法", f"{STATE}水法")]),
        ("反法25条", [("反法", f"{STATE}反不正当竞争法")]),
        ("安全法第五条", [("安全法", None)]),
        ("现行消防法、旧治安管理处罚法", [("消防法", f"{STATE}消防法"), ("治安管理处罚法", f"{STATE}治安管理处罚法")]),
        ("依法查处，消防法学习", [("消防法", f"{STATE}消防法")]),
        ("消防法规定的", [("消防法", f"{STATE}消防法")]),
        ("质量管理条例规定按合同价款", [("质量管理条例", "建设工程质量管理条例")]),
        ("中华人民共和国公司法", [("中华人民共和国公司法", f"{STATE}公司法")]),
        (f"《{DECISION}》", [(f"《{DECISION}》", DECISION)]),
    ],
)
def test_names_in_a_question(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert mentions(text) == expected


LONGER_TITLES = """
    宁波市物业管理条例 浙江物业管理条例 宁波市的物业管理条例 当地的物业管理条例 安阳市城市管理综合执法条例
    香港公司法 行政处罚法实施办法 道路交通违法行为处罚法实施细则 刑法修正案（十三） 德国刑法 河南省消防法实施办法
    海关行政处罚法 南京市绿化和古树名木保护条例 外国公司法
"""
OTHER_WORDS = """
    公司法人代表 公司法定代表人 处罚法定原则 违反法律规定 违反法定程序 违反法规 消防法规 提交法院 饮用水法子
    环境保护法律 劳动法律关系 违反程序规定 依照有关安全法规 食品安全法治 民法学者 公司法务 执法用法
    违反明码标价规定 合法合规 管理法则 消防法庭
"""


@pytest.mark.parametrize("text", ["", *(LONGER_TITLES + OTHER_WORDS).split()])
def test_no_name_is_found_in_a_longer_title_or_in_another_word(text: str) -> None:
    assert mentions(text) == []


def test_spans_point_at_the_words() -> None:
    text = "请问，依照《处罚法》和食安法怎么处理？"
    assert [text[m.start : m.end] for m in NAMES.find_names(text)] == ["《处罚法》", "食安法"]


# ---- the maintained table ----------------------------------------------------------------------------------

TABLE = tomllib.loads(files("corpus.citations").joinpath("officers_names.toml").read_text(encoding="utf-8"))
ALL_NAMES = [*chain.from_iterable(TABLE["names"].values()), *TABLE["ambiguous"]]
ALL_TITLES = [*TABLE["names"], *chain.from_iterable(TABLE["ambiguous"].values())]


def test_every_name_stands_once() -> None:
    assert len(ALL_NAMES) > 400
    assert len({title_key(name) for name in ALL_NAMES}) == len(ALL_NAMES)


def test_no_name_is_a_title() -> None:
    assert {title_key(title) for title in ALL_TITLES}.isdisjoint(title_key(name) for name in ALL_NAMES)


def test_names_and_titles_end_with_a_word_for_law() -> None:
    assert [words for words in [*ALL_NAMES, *ALL_TITLES] if not LAW_WORD.search(words)] == []


def test_ambiguous_names_have_several_titles() -> None:
    assert all(len(set(titles)) > 1 for titles in TABLE["ambiguous"].values())
