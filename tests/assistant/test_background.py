"""Background work: in order, with progress, stoppable, and its errors kept for people to see."""

from __future__ import annotations

import threading

import pytest

from assistant.background import Task, TaskRunner, TaskStopped
from corpus.errors import StoreUnavailable

PATIENCE_S = 30


def _task(work=lambda report, stop: None, stage="loading"):
    return Task(stage, "正在准备", work)


def test_tasks_run_in_order_and_end_ready():
    order, seen = [], []
    tasks = [
        _task(lambda report, stop: (order.append(1), report(1, 2), report(2, 2))),
        _task(lambda report, stop: order.append(2), stage="lexical"),
    ]
    TaskRunner().run(tasks, lambda state: seen.append((state.stage, state.done, state.total)))
    assert order == [1, 2]
    assert seen == [("loading", 0, 0), ("loading", 1, 2), ("loading", 2, 2), ("lexical", 0, 0), ("ready", 0, 0)]


def test_in_the_foreground_an_error_is_raised():
    def fail(report, stop):
        raise StoreUnavailable("数据库已损坏。")

    with pytest.raises(StoreUnavailable):
        TaskRunner().run([_task(fail)], lambda state: None)


def test_in_the_background_an_error_is_kept_with_its_remedy_and_later_tasks_do_not_run():
    ran = []

    def fail(report, stop):
        raise StoreUnavailable("数据库已损坏。", remedy="请从备份恢复。")

    runner = TaskRunner()
    assert runner.start([_task(fail), _task(lambda report, stop: ran.append(1))])
    assert runner.join(PATIENCE_S)
    assert runner.state().stage == "failed"
    assert runner.state().error == "数据库已损坏。请从备份恢复。"
    assert ran == []


def test_a_fault_of_the_program_is_kept_without_its_inside():
    def fail(report, stop):
        raise KeyError("secret")

    runner = TaskRunner()
    runner.start([_task(fail)])
    runner.join(PATIENCE_S)
    assert runner.state().stage == "failed"
    assert "secret" not in runner.state().error


def test_after_a_failure_the_work_can_be_started_again():
    def fail(report, stop):
        raise StoreUnavailable("磁盘已满。")

    runner = TaskRunner()
    runner.start([_task(fail)])
    runner.join(PATIENCE_S)
    assert runner.start([_task()])
    runner.join(PATIENCE_S)
    assert (runner.state().stage, runner.state().error) == ("ready", None)


def test_only_one_list_runs_at_a_time_and_stopping_ends_it():
    began, ended = threading.Event(), threading.Event()

    def wait_for_stop(report, stop):
        began.set()
        while not stop():
            ended.wait(0.001)
        raise TaskStopped("stopped")

    runner = TaskRunner()
    runner.start([_task(wait_for_stop, stage="dense")])
    assert began.wait(PATIENCE_S)
    assert runner.running
    assert not runner.start([_task()])
    runner.ask_to_stop()
    assert runner.join(PATIENCE_S)
    assert runner.state().stage == "stopped"
    assert not runner.start([_task()])


def test_a_stop_between_tasks_keeps_the_next_from_starting():
    runner = TaskRunner()
    ran = []
    runner.start([_task(lambda report, stop: runner.ask_to_stop()), _task(lambda report, stop: ran.append(1))])
    runner.join(PATIENCE_S)
    assert ran == []
    assert runner.state().stage == "stopped"


def test_rate_and_time_left_count_from_what_was_done_before():
    now = [100.0]
    rates = []

    def resumed(report, stop):
        report(500, 1000)
        now[0] += 10
        report(600, 1000)
        rates.append(runner.rate())

    runner = TaskRunner(clock=lambda: now[0])
    runner.run([_task(resumed)], lambda state: None)
    assert rates == [(10.0, 40.0)]
    assert runner.rate() is None
