"""``eassistant quiz``: a bank made, reviewed, given out, taken in and checked from the command line."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from assistant.cli import quiz_bank
from assistant.cli.main import app
from assistant.cli.quiz_bank import OwnBank
from assistant.quiz.contract import ItemQuery, ItemState
from tests.assistant.quiz.bank.bank_room import PENALTY_LAW, TRAINER, Room
from tests.assistant.quiz.bank.bank_room import room as new_room


@pytest.fixture
def room(tmp_path, national_store, monkeypatch):
    opened = new_room(tmp_path, national_store)

    @contextmanager
    def bank(_settings):
        yield OwnBank(opened.bank, TRAINER)

    monkeypatch.setattr(quiz_bank, "bank", bank)
    monkeypatch.setenv("EASSISTANT_HOME", str(tmp_path))
    yield opened
    opened.close()


def run(*arguments: str):
    return CliRunner().invoke(app, ["quiz", *arguments])


def test_from_a_build_to_published_items_in_a_file(room: Room, tmp_path):
    items, proof, out = tmp_path / "题.json", tmp_path / "校验.md", tmp_path / "题.xlsx"
    built = run(
        "build", "--source", PENALTY_LAW, "--count", "3", "--seed", "7", "--out", str(items), "--proof", str(proof)
    )
    assert built.exit_code == 0, built.output
    assert "要 3 题，出 3 题" in built.stdout
    assert "答案有据 3/3" in built.stdout
    assert len(json.loads(items.read_text("utf-8"))["items"]) == 3
    assert proof.read_text("utf-8").count("引文一致：通过") == 3
    assert run("review", "submit", "--all").exit_code == 0
    assert run("review", "publish", "--all").exit_code == 0
    assert room.bank.items(TRAINER, ItemQuery(state=ItemState.PUBLISHED)).total == 3
    exported = run("export", str(out))
    assert exported.exit_code == 0, exported.output
    assert "已导出 3 题" in exported.stdout
    taken = run("import", str(out))
    assert "已导入 3 题" in taken.stdout
    assert "近似试题" in taken.stdout


def test_a_list_and_one_item_with_key_and_source(room: Room):
    item = room.published("《行政处罚法》第十条")
    listed = run("list", "--state", "published", "--words", "陈述")
    assert item.id in listed.stdout
    shown = run("show", item.id)
    assert "答案：正确" in shown.stdout
    assert f"《{PENALTY_LAW}》第十条" in shown.stdout
    assert "待人确认：答案有据" in shown.stdout
    assert json.loads(run("show", item.id, "--json").stdout)["item"]["id"] == item.id


def test_without_a_file_the_items_are_printed(room: Room):
    built = run("build", "--source", PENALTY_LAW, "--count", "1")
    assert "1. 【判断题" in built.stdout
    assert "依据：《" in built.stdout


def test_changes_of_law_are_listed_and_fail_the_command(room: Room):
    room.published("《行政处罚法》第十条")
    assert run("stale").exit_code == 0
    room.amend({"第十条": "别的文字。"})
    listed = run("stale")
    assert listed.exit_code == 1
    assert "今：别的文字。" in listed.stdout
    assert "依据已变动 1 题" in listed.stdout
    assert run("twins").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--kind", "single"], "题型=数量"),
        (["build", "--out", "题.pdf"], "看不出格式"),
        (["build", "--count", "0"], "count"),
        (["review", "publish"], "只选其一"),
        (["review", "nonsense", "--all"], "move"),
        (["export", "题.xlsx"], "没有可导出的试题"),
        (["list", "--state", "nonsense"], "state"),
        (["build", "--source", "没有这部法"], "没有这部法"),
    ],
)
def test_a_wrong_request_is_told_with_exit_code_2(room: Room, arguments, words):
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert words in done.stderr


def test_a_move_that_some_items_cannot_make_fails_the_command(room: Room):
    item = room.write("《行政处罚法》第十条")
    done = run("review", "publish", item.id, "q-none")
    assert done.exit_code == 1
    assert item.id in done.stderr
    assert "q-none" in done.stderr
