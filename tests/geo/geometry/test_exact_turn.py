"""What breaks: a point that rounding puts on the wrong side of a line."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from geo.geometry.exact_turn import turn, turn_beside


def _of_nature(value: float) -> bool:
    """Whether a product of such degrees stays among the doubles."""
    return value == 0 or abs(value) > 1e-100


DEGREES = st.floats(-180, 180, allow_subnormal=False).filter(_of_nature)

Six = tuple[float, float, float, float, float, float]
THREE_POINTS = st.tuples(*[DEGREES] * 6)


def _sign(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    ax_, ay_, bx_, by_, px_, py_ = map(Fraction, (ax, ay, bx, by, px, py))
    det = (ax_ - px_) * (by_ - py_) - (ay_ - py_) * (bx_ - px_)
    return (det > 0) - (det < 0)


@given(points=THREE_POINTS)
def test_any_three_points(points: Six) -> None:
    assert turn(*points) == _sign(*points)


@given(*[DEGREES] * 4, st.floats(0, 1), st.integers(-3, 3), st.integers(-3, 3))
def test_a_point_next_to_a_line(
    ax: float, ay: float, bx: float, by: float, share: float, east: int, north: int
) -> None:
    px, py = ax + share * (bx - ax), ay + share * (by - ay)
    for _ in range(abs(east)):
        px = math.nextafter(px, math.copysign(math.inf, east))
    for _ in range(abs(north)):
        py = math.nextafter(py, math.copysign(math.inf, north))
    assume(_of_nature(px) and _of_nature(py))
    assert turn(ax, ay, bx, by, px, py) == _sign(ax, ay, bx, by, px, py)


@given(points=THREE_POINTS)
def test_beside_the_point_there_is_always_a_side(points: Six) -> None:
    ax, ay, bx, by, px, py = points
    side = turn_beside(*points)
    assert side == (_sign(*points) or side)
    if (ax, ay) != (bx, by):
        assert side in {-1, 1}
        assert turn_beside(bx, by, ax, ay, px, py) == -side
