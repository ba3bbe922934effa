"""``eassistant corpus``: what the commands print, refuse and leave behind. All texts are made up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.settings import Settings
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from ingest.loading.run import IngestOptions, ingest_files
from tests.assistant.conftest import TODAY
from tests.ingest.law_builder import write_source

OLD = """# 示范市养犬管理条例

2010年3月1日 示范市人民代表大会常务委员会通过

<!-- INFO END -->

第一条 为了加强养犬管理，保障公民健康和人身安全，制定本条例。

第二条 携犬出户应当束犬链，由成年人牵领，避让老年人、残疾人。

第三条 违反本条例规定，未束犬链的，由公安机关处三百元以下罚款。

第四条 本条例自2010年5月1日起施行。
"""
NEW = (
    OLD.replace("通过\n", "通过\n\n2020年6月1日 示范市人民代表大会常务委员会修订\n", 1)
    .replace("2010年5月1日", "2020年8月1日")
    .replace("公安机关处三百元", "城市管理部门处五百元")
    .replace("第四条", "第五条")
    .replace("第三条", "第四条")
    .replace("第四条 违", "第三条 任何单位和个人不得遗弃所饲养的犬只，发现的可以举报。\n\n第四条 违")
)
OTHER = """# 示范市户外广告管理办法

2021年4月1日 示范市人民政府公布

<!-- INFO END -->

第一条 为了规范户外广告设置，制定本办法。

第二条 本办法自2021年5月1日起施行，有效期二年。
"""
TITLE = "示范市养犬管理条例"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a law of the package and three made-up files."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("files")
    for name, text in (
        (f"{TITLE}(2010-03-01).md", OLD),
        (f"{TITLE}(2020-06-01).md", NEW),
        ("示范市户外广告管理办法(2021-04-01).md", OTHER),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    store = CorpusStore.open(f"sqlite:///{home / 'corpus.db'}")
    load_national_laws(store, today=TODAY, source_path=write_source(folder.parent / f"{folder.name}.db", [{}]))
    ingest_files(store, [folder], IngestOptions(home, jobs=1, region="示范市"), today=TODAY)
    store.close()
    return home


@pytest.fixture
def home(prepared: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the data folder of this test."""
    monkeypatch.setenv("EASSISTANT_TODAY", TODAY.isoformat())
    shutil.copytree(prepared, settings.home, dirs_exist_ok=True)
    return settings.home


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["corpus", *(str(a) for a in arguments)])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def asked(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


def titles(*filters: object) -> set[str]:
    return {d["title"] for d in asked("list", *filters)["documents"]}


@pytest.mark.usefixtures("home")
def test_documents_are_listed_with_counts_and_filters() -> None:
    everything = asked("list")
    assert everything["total"] == 3
    assert everything["counts"]["shelf"] == {"法规": 3}
    assert titles("--region", "示范市") == {TITLE, "示范市户外广告管理办法"}
    assert titles("--region", "国家") == {"中华人民共和国示例法"}
    assert titles("--title", "广告") == {"示范市户外广告管理办法"}
    assert titles("--state", "已废止") == {"示范市户外广告管理办法"}
    assert titles("--shelf", "案例") == set()
    assert titles("--level", "法律") == {"中华人民共和国示例法"}
    assert len(asked("list", "--limit", 1)["documents"]) == 1
    text = run("list", "--limit", 1)
    assert "另有 2 件未列出" in text
    assert "共 3 件" in text


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--shelf", "杂志"), "法规、实务、案例"),
        (("list", "--kind", "小说"), "裁量基准"),
        (("show", "养犬"), TITLE),
        (("show", "没有的文件"), "corpus list"),
        (("history", "没有的文件"), "corpus list"),
        (("diff", "示范市户外广告管理办法"), "没有更早的文本"),
        (("diff", TITLE, "1999-01-01"), "2010-03-01"),
        (("remove", "中华人民共和国示例法"), "不能移除"),
        (("remove", TITLE, "--purge"), "--yes"),
        (("import", "nowhere.zip"), "不是空的"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(arguments: tuple[str, ...], words: str) -> None:
    assert words in run(*arguments, code=2).replace("\n", "")


@pytest.mark.usefixtures("home")
def test_a_document_is_shown_with_its_texts_and_their_files() -> None:
    shown = asked("show", TITLE)
    assert shown["versions"] == 2
    assert [t["provisions"] for t in shown["texts"]] == [4, 5]
    assert [len(t["sources"]) for t in shown["texts"]] == [1, 1]
    assert shown["texts"][0]["sources"][0]["path"].endswith("(2010-03-01).md")
    assert asked("show", shown["id"])["title"] == TITLE
    assert asked("show", shown["texts"][1]["id"])["title"] == TITLE
    assert "来源：" in run("show", f"《{TITLE}》")


@pytest.mark.usefixtures("home")
def test_the_history_gives_every_date_with_its_basis() -> None:
    old, new = asked("history", TITLE)["texts"]
    assert (old["commencement"]["day"], old["end"]["day"]) == ("2010-05-01", "2020-08-01")
    assert (new["commencement"]["day"], new["end"]["day"]) == ("2020-08-01", None)
    assert "第五条" in old["end"]["evidence"]
    assert "有效期至2023年4月30日" in run("history", "示范市户外广告管理办法")


@pytest.mark.usefixtures("home")
def test_two_texts_are_compared_word_by_word() -> None:
    changed = asked("diff", TITLE)
    assert changed["counts"] == {"unchanged": 2, "changed": 2, "moved": 0, "added": 1, "removed": 0}
    text = run("diff", TITLE, "2010-03-01", "2020-06-01")
    assert "新增  第三条" in text
    assert "第三条 → 第四条" in text
    assert "[-三百元-]{+五百元+}" in text


def test_a_removed_document_is_kept_as_history_and_no_longer_served(home: Path) -> None:
    assert "历史保留" in run("remove", TITLE)
    (held,) = asked("list", "--title", "养犬")["documents"]
    assert (held["state"], held["withheld"]) == ("not_in_corpus", 2)
    assert all("移除" in t["withheld_reason"] for t in asked("history", TITLE)["texts"])
    assert len(list((home / "originals").rglob("*"))) > 3


def test_a_purged_document_leaves_nothing(home: Path) -> None:
    digests = [s["sha256"] for t in asked("show", TITLE)["texts"] for s in t["sources"]]
    run("remove", TITLE, "--purge", "--yes")
    assert titles() == {"中华人民共和国示例法", "示范市户外广告管理办法"}
    left = {p.name for p in (home / "originals").rglob("*")}
    assert len(digests) == 2
    assert not left & set(digests)
    assert left


def test_an_export_fills_an_empty_home_with_the_same_ids(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path_factory.mktemp("export") / "corpus.zip"
    before = asked("show", TITLE)
    written = asked("export", archive)
    other = tmp_path_factory.mktemp("other")
    monkeypatch.setenv("EASSISTANT_HOME", str(other))
    assert asked("import", archive)["rows"] == written["rows"]
    assert asked("show", TITLE) == before
    originals = [{p.name for p in (h / "originals").rglob("*") if p.is_file()} for h in (home, other)]
    assert originals[0] == originals[1] != set()


@pytest.mark.usefixtures("running")
def test_what_changes_the_corpus_waits_for_the_server_to_stop() -> None:
    for arguments in (("remove", TITLE), ("export", "a.zip"), ("import", "a.zip")):
        assert "服务正在运行" in run(*arguments, code=5)


# ---- limiting ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_a_document_is_limited_listed_as_such_and_opened_again() -> None:
    limited = asked("limit", TITLE, "--department", "甲科", "--region", "宁波")
    assert (limited["departments"], limited["regions"]) == (["甲科"], ["宁波市"])
    assert [d["departments"] for d in asked("list", "--title", "养犬")["documents"]] == [["甲科"]]
    assert "限部门：甲科；地区：宁波市" in run("list", "--title", "养犬")
    assert asked("show", TITLE)["departments"] == ["甲科"]
    assert "部门：甲科" in run("limit", TITLE)
    assert "所有人" in run("limit", TITLE, "--everyone")
    assert [d["departments"] for d in asked("list", "--title", "养犬")["documents"]] == [[]]
    run("limit", TITLE, "--everyone", "--region", "宁波", code=2)


@pytest.mark.usefixtures("home")
def test_a_limit_goes_along_with_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked("limit", TITLE, "--department", "甲科")
    archive = tmp_path / "corpus.zip"
    run("export", archive)
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path / "other"))
    run("import", archive)
    assert asked("limit", TITLE)["departments"] == ["甲科"]
