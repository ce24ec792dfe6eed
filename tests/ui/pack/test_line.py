"""Readers in line: one at a time, as they came, each told how many are before them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from ui.pack import contents, line, making, offer
from ui.pack.asked import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pack.asked import Asked
    from ui.state.pages import Page


class GoneError(Exception):
    """A reader who left."""


def leave(_: int) -> None:
    raise GoneError


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


def test_a_plan_is_waited_for_before_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = contents.opened

    def free(of: Asked[Page], tell: Callable[[], object] = lambda: None) -> Asked[Page]:
        with line.turn(leave):
            return opened(of, tell)

    monkeypatch.setattr(contents, "opened", free)
    order = making.Order(asked=asked("/targets?parts=sources"), file_format="docx")
    assert offer.content(order)


def test_who_leaves_gives_their_place_up() -> None:
    with line.turn(leave), ThreadPoolExecutor(1) as thread:
        gone = thread.submit(lambda: line.turn(leave).__enter__())
        with pytest.raises(GoneError):
            gone.result(10)
    with line.turn(leave):
        pass
