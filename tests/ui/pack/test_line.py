"""Readers in line: one at a time, as they came, each told how many are before them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from ui.pack import line


class GoneError(Exception):
    """A reader who left."""


def test_the_next_goes_when_the_one_before_is_done() -> None:
    order: list[str] = []
    first_in, second_waits, third_waits = Event(), Event(), Event()
    told: list[int] = []

    def first() -> None:
        with line.turn(lambda _: None):
            first_in.set()
            assert third_waits.wait(10)
            order.append("first")

    def second() -> None:
        assert first_in.wait(10)
        with line.turn(lambda _: second_waits.set()):
            order.append("second")

    def third() -> None:
        assert second_waits.wait(10)

        def waiting(before: int) -> None:
            told.append(before)
            third_waits.set()

        with line.turn(waiting):
            order.append("third")

    with ThreadPoolExecutor(3) as threads:
        for made in [threads.submit(each) for each in (third, second, first)]:
            made.result(20)
    assert order == ["first", "second", "third"]
    assert told[0] == 2
    assert told == sorted(told, reverse=True)


def test_who_leaves_gives_their_place_up() -> None:
    def leave(_: int) -> None:
        raise GoneError

    with line.turn(leave), ThreadPoolExecutor(1) as thread:
        gone = thread.submit(lambda: line.turn(leave).__enter__())
        with pytest.raises(GoneError):
            gone.result(10)
    with line.turn(leave):
        pass
