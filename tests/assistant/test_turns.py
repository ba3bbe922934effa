"""Turns are given in the order in which they were asked for, and never more at once than there are."""

from __future__ import annotations

import threading

import pytest

from assistant.turns import Turns


def test_no_more_at_once_than_there_are_and_the_first_to_wait_is_the_first_to_go_on() -> None:
    turns = Turns(1)
    order: list[int] = []
    at_work = 0
    asked = [threading.Event() for _ in range(6)]

    def work(number: int) -> None:
        nonlocal at_work
        asked[number].set()
        with turns:
            at_work += 1
            assert at_work == 1
            order.append(number)
            at_work -= 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(asked))]
    with turns:
        for number, thread in enumerate(threads):
            thread.start()
            asked[number].wait()
            while len(turns._waiting) <= number:
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(len(asked)))


def test_a_turn_that_ends_in_an_error_is_handed_on() -> None:
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), turns:
            raise ValueError("broken")
    with turns:
        pass
