from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely

from geo import memory

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_what_is_always_kept_and_the_latest_of_the_rest() -> None:
    made: list[int] = []

    @memory.by_view(latest=2, always=lambda n: n < 0)
    def double(n: int) -> int:
        made.append(n)
        return 2 * n

    assert [double(n) for n in (-1, 1, 2, 1, 3, -1, 1, 2)] == [-2, 2, 4, 2, 6, -2, 2, 4]
    assert made == [-1, 1, 2, 3, 2]


def test_threads_wait_for_one_result() -> None:
    made: list[int] = []
    started, go = threading.Event(), threading.Event()

    @memory.by_facts
    def slow(n: int) -> int:
        made.append(n)
        if n == 1:
            started.set()
            assert go.wait(10)
        return n

    threads = [threading.Thread(target=slow, args=(1,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert started.wait(10)
    assert slow(2) == 2  # another result is not held up
    go.set()
    for thread in threads:
        thread.join()
    assert made.count(1) == 1


def test_a_failure_is_not_kept() -> None:
    answers = iter([0, 2])

    @memory.by_facts
    def divide(n: int) -> float:
        return n / next(answers)

    with pytest.raises(ZeroDivisionError):
        divide(1)
    assert divide(1) == 0.5


def test_a_caller_changes_a_frame_of_its_own() -> None:
    """Whatever a caller does to what it was given, who asks again is given what was made."""

    @memory.by_facts
    def facts() -> pd.DataFrame:
        return pd.DataFrame({"n": [1, 2]}, index=["a", "b"])

    mine = facts()
    mine.loc["a", "n"] = 9
    mine["more"] = 0
    mine.index = mine.index.str.upper()
    pd.testing.assert_frame_equal(facts(), pd.DataFrame({"n": [1, 2]}, index=["a", "b"]))


def test_frames_in_a_tuple_are_the_caller_s_own() -> None:
    @memory.by_facts
    def facts() -> tuple[pd.DataFrame, str, pd.Series]:
        return pd.DataFrame({"n": [1]}), "a", pd.Series([1])

    frame, _, column = facts()
    frame.loc[0, "n"] = 9
    column[0] = 9
    frame, _, column = facts()
    assert (frame["n"].item(), column.item()) == (1, 1)


@dataclass
class Changeable:
    n: int = 1


@pytest.mark.parametrize(
    "changeable",
    [
        {"n": [1]},
        {"n": pd.DataFrame({"n": [1]})},
        [{"n": 1}],
        {1},
        ([1],),
        ((pd.DataFrame({"n": [1]}),),),
        MappingProxyType({"n": [1]}),
        MappingProxyType({"n": pd.DataFrame({"n": [1]})}),
        np.zeros(1),
        Changeable(),
    ],
    ids=str,
)
def test_what_a_caller_could_change_for_all_is_not_kept(changeable: object) -> None:
    """Dicts, lists and tuples were handed out with what was in them."""
    with pytest.raises(TypeError, match="not frozen"):
        memory.by_facts(lambda: changeable)()


# --- by geometries ------------------------------------------------------------------------------


def squares(count: int) -> NDArray[np.object_]:
    return np.array([shapely.box(at, 0, at + 1, 1) for at in range(count)], dtype=object)


def test_geometries_that_their_owner_replaces_are_looked_at_again() -> None:
    made: list[float] = []

    @memory.by_geometries(100)
    def area(geometries: NDArray[np.object_], scale: float) -> float:
        made.append(scale)
        return scale * float(shapely.area(geometries).sum())

    boxes = squares(2)
    assert [area(boxes, 1.0), area(boxes.copy(), 1.0), area(boxes, 2.0)] == [2.0, 2.0, 4.0]
    assert made == [1.0, 2.0]
    boxes[0] = shapely.box(0, 0, 2, 1)
    assert area(boxes, 1.0) == 3.0


def test_kept_geometries_are_bounded_by_their_vertices() -> None:
    made: list[int] = []

    @memory.by_geometries(25)
    def count(geometries: NDArray[np.object_]) -> int:
        made.append(len(geometries))
        return len(geometries)

    small, other, large = squares(2), squares(2), squares(6)
    asked = (small, other, large, large, other, small, small)
    assert [count(each) for each in asked] == [2, 2, 6, 6, 2, 2, 2]
    assert made == [2, 2, 6, 6]  # two boxes beside two others; six are too many to keep


def test_long_frames_take_the_place_of_many_results() -> None:
    """As many frames of a million rows as of ten were kept."""
    made: list[int] = []

    @memory.by_view(latest=4)
    def frame(rows: int) -> pd.DataFrame:
        made.append(rows)
        return pd.DataFrame({"n": np.zeros(rows)})

    for rows in (memory.ROWS, memory.ROWS + 1, memory.ROWS + 2, memory.ROWS, 3, 4, 3, 4):
        frame(rows)
    assert made == [memory.ROWS, memory.ROWS + 1, memory.ROWS + 2, memory.ROWS, 3, 4]


def test_what_is_larger_than_all_that_is_kept_is_kept_alone() -> None:
    made: list[int] = []

    @memory.by_view(latest=3)
    def table(n: int) -> pd.DataFrame:
        made.append(n)
        return pd.DataFrame({"n": range(n)})

    for n in (1, 9 * memory.ROWS, 9 * memory.ROWS, 1):
        assert len(table(n)) == n
    assert made == [1, 9 * memory.ROWS, 1]


def test_what_stays_is_no_longer_looked_through_for_garbage() -> None:
    stays: list[list[int]] = [[]]
    memory.settle()
    later: list[list[int]] = [[]]
    looked_through = {*map(id, gc.get_objects())}
    memory.settle()
    still = {*map(id, gc.get_objects())}
    assert id(stays) not in looked_through
    assert id(later) in looked_through
    assert id(later) not in still


def test_what_stayed_and_is_garbage_now_goes() -> None:
    class Circle:
        def __init__(self) -> None:
            self.own = self

    circle = Circle()
    gone = weakref.ref(circle)
    memory.settle()
    del circle
    gc.collect()
    assert gone() is not None
    memory.settle()
    assert gone() is None
