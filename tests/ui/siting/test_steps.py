from __future__ import annotations

import pytest

from ui.siting.trying import steps
from ui.state.pins import pins

PUT, MOVED, ONE = "A:121.5,31.2;B:121.4,31.1", "A:121.51,31.2;B:121.4,31.1", "B:121.4,31.1"


def change(before: str, after: str) -> steps.Change:
    return steps.change(pins(before) or (), pins(after) or ())


def test_a_change_says_what_was_done_to_which_pins() -> None:
    assert change("", PUT)[:2] == ("put", ("A", "B"))
    assert change(PUT, ONE)[:2] == ("removed", ("A",))
    assert change(ONE, MOVED)[:2] == ("put", ("A",))
    assert change(PUT, "C:121.4,31.1")[:2] == ("several", ("A", "B", "C"))
    moved = change(PUT, MOVED)
    assert moved[:2] == ("moved", ("A",))
    assert moved.metres == pytest.approx(953, abs=2)


def test_what_was_taken_back_is_no_change_and_removes_nothing() -> None:
    done = steps.Steps(region="shanghai", states=("", PUT, MOVED, ONE), now=3)
    assert [each.kind for each in done.changes] == ["removed", "moved", "put"]
    assert [(pin.letter, pin.lon) for pin in done.removed] == [("A", 121.51)]
    before = steps.Steps(region="shanghai", states=done.states, now=2)
    assert [each.kind for each in before.changes] == ["moved", "put"]
    assert before.removed == ()
