"""Places of labels: none lies on another, on what is taken, or out of the frame."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.printed import placing
from layers.printed.paper import Box
from layers.printed.placing import Room, Wanted

FRAME = Box(10, 10, 120, 90)
POINTS = st.tuples(st.floats(12, 128), st.floats(12, 98))
SIZES = st.tuples(st.floats(3, 30), st.floats(2, 8))


def boxes(wanted: list[Wanted], found: list[placing.Found | None]) -> list[shapely.Polygon]:
    made = []
    for one, where in zip(wanted, found, strict=True):
        if where is not None:
            (x, y), (w, h) = where.middle, one.size
            made.append(shapely.box(x - w / 2, y - h / 2, x + w / 2, y + h / 2))
    return made


@given(st.lists(st.tuples(POINTS, SIZES, st.booleans()), min_size=1, max_size=25))
def test_no_label_lies_on_another_or_out_of_the_frame(
    given_labels: list[tuple[tuple[float, float], tuple[float, float], bool]],
) -> None:
    wanted = [Wanted(size=size, at=at, led=led) for at, size, led in given_labels]
    kept = shapely.box(20, 20, 40, 40)
    room = Room(within=FRAME, taken=np.array([kept.bounds]))
    made = boxes(wanted, placing.place(wanted, room))
    frame = shapely.box(FRAME.x, FRAME.y, FRAME.right, FRAME.bottom)
    assert all(frame.contains(box) for box in made)
    assert not any(box.intersection(kept).area > 1e-9 for box in made)
    for i, box in enumerate(made):
        assert not any(box.intersection(other).area > 1e-9 for other in made[:i])


def test_a_name_stands_in_its_area_where_it_has_room() -> None:
    area, other = shapely.box(20, 20, 70, 40), shapely.box(70, 20, 120, 40)
    room = Room(within=FRAME, land=shapely.union(area, other))
    (found,) = placing.place([Wanted(size=(20, 5), at=(68, 30), area=area)], room)
    assert found is not None
    x, _ = found.middle
    assert x + 10 <= 70 + 20 * placing.FOREIGN


def test_what_has_no_room_at_its_place_stands_aside_with_a_line() -> None:
    small = shapely.box(60, 50, 64, 54)
    room = Room(within=FRAME, land=shapely.box(10, 10, 130, 100))
    wanted = Wanted(size=(20, 5), at=(62, 52), area=small, led=True)
    (found,) = placing.place([wanted], room)
    assert found is not None
    assert found.lead is not None
    assert found.lead[0] == (62, 52)


def test_without_a_line_it_is_left_out() -> None:
    small = shapely.box(60, 50, 64, 54)
    room = Room(within=FRAME, land=shapely.box(10, 10, 130, 100))
    (unled,) = placing.place([Wanted(size=(20, 5), at=(62, 52), area=small)], room)
    assert unled is None
