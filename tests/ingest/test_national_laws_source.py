"""Reading the source file: the whole is refused where it is unusable, a single bad law is reported beside the rest."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import SourceUnreadable
from corpus.vocabulary import DocumentKind, EffectLevel, SourceStatus
from ingest.sources.national_laws import read_national_laws
from ingest.sources.text import document_id
from tests.ingest.law_builder import write_source


def test_reads_columns_and_rows_in_printed_order(tmp_path: Path) -> None:
    source = read_national_laws(write_source(tmp_path / "laws.db", [{}]))
    (law,) = source.laws
    assert law.version_id == "npc-a1"
    assert law.title == "中华人民共和国示例法"
    assert (law.level, law.status, law.field) == (EffectLevel.LAW, SourceStatus.IN_FORCE, "行政法")
    assert (law.published, law.effective) == (dt.date(2020, 1, 1), dt.date(2020, 3, 1))
    assert [r.label for r in law.rows] == ["第一条", "第二条"]
    assert source.unreadable == ()


@pytest.mark.parametrize(
    ("doc_type", "title", "kind"),
    [
        ("法律", "中华人民共和国示例法", DocumentKind.STATUTE),
        ("宪法", "中华人民共和国宪法", DocumentKind.STATUTE),
        ("宪法", "中华人民共和国宪法修正案（1999年）", DocumentKind.AMENDMENT),
        ("修正案", "中华人民共和国刑法修正案（二）", DocumentKind.AMENDMENT),
        ("修改决定", "关于修改《中华人民共和国示例法》的决定", DocumentKind.AMENDING_DECISION),
        ("立法解释", "关于《中华人民共和国示例法》第三条的解释", DocumentKind.INTERPRETATION),
        ("法律", "关于设立示例纪念日的决定", DocumentKind.DECISION),
        ("法律", "关于批准《示例办法》的决议", DocumentKind.DECISION),
    ],
)
def test_tells_kinds_of_documents_apart(tmp_path: Path, doc_type: str, title: str, kind: DocumentKind) -> None:
    source = read_national_laws(write_source(tmp_path / "laws.db", [{"doc_type": doc_type, "law_name": title}]))
    assert source.laws[0].kind is kind


def test_versions_of_one_title_share_the_document_whatever_the_brackets(tmp_path: Path) -> None:
    laws = [{"law_id": "a", "law_name": "示例法修正案(八)"}, {"law_id": "b", "law_name": "示例法修正案（八）"}]
    titles = {law.title for law in read_national_laws(write_source(tmp_path / "laws.db", laws)).laws}
    assert titles == {"示例法修正案（八）"}
    assert document_id("npc", "甲法") != document_id("npc", "乙法")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param({"publish_date": "2020-13-40"}, "公布日期“2020-13-40”不是日期", id="impossible date"),
        pytest.param({"status": "也许有效"}, "不认识的时效性“也许有效”", id="unknown status"),
        pytest.param({"level": "圣旨"}, "不认识的效力位阶“圣旨”", id="unknown level"),
        pytest.param({"doc_type": "诗"}, "不认识的文件类型“诗”", id="unknown kind"),
        pytest.param({"law_name": None}, "标题为空", id="no title"),
        pytest.param({"articles": []}, "没有任何条文", id="no articles"),
        pytest.param({"articles": [("第一条", None)]}, "第一条没有文字", id="article without words"),
        pytest.param({"articles": [(None, "文字。")]}, "条号为空", id="article without number"),
    ],
)
def test_reports_one_bad_law_and_reads_the_rest(tmp_path: Path, fault: dict[str, object], words: str) -> None:
    laws = [{"law_id": "bad", **fault}, {"law_id": "good", "law_name": "中华人民共和国完好法"}]
    source = read_national_laws(write_source(tmp_path / "laws.db", laws))
    assert [law.version_id for law in source.laws] == ["npc-good"]
    (error,) = source.unreadable
    assert words in error.what
    assert error.where is not None
    assert "bad" in error.where
    assert error.remedy
    assert "npc-bad" in source.version_ids


def test_reports_articles_that_belong_to_no_law(tmp_path: Path) -> None:
    path = write_source(tmp_path / "laws.db", [{}])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE articles SET law_id = 'nowhere' WHERE article_no = '第二条'")
    (error,) = read_national_laws(path).unreadable
    assert "1 条条文不属于" in error.what


def _missing(path: Path) -> None:
    path.unlink()


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"not a database, only words" * 100)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _no_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE articles")


def _no_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE laws RENAME COLUMN status TO state")


def _no_laws(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM laws")


@pytest.mark.parametrize("damage", [_missing, _not_a_database, _cut_off, _no_table, _no_column, _no_laws])
def test_refuses_a_file_that_is_unusable_as_a_whole(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    laws = [{"law_id": f"l{n}", "law_name": f"中华人民共和国示例{n}法"} for n in range(50)]
    path = write_source(tmp_path / "laws.db", laws)
    damage(path)
    with pytest.raises(SourceUnreadable) as caught:
        read_national_laws(path)
    assert caught.value.where == str(path)
    assert caught.value.remedy
    assert "重新安装" in caught.value.remedy


def test_the_digest_changes_with_every_word_delivered(tmp_path: Path) -> None:
    changes = [{}, {"status": "已废止"}, {"effective_date": "2021-03-01"}, {"articles": [("第一条", "另一文字。")]}]
    digests = {read_national_laws(write_source(tmp_path / "laws.db", [c])).laws[0].digest for c in changes}
    assert len(digests) == len(changes)
