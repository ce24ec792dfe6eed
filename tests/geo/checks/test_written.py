from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.checks import written

CODES = st.lists(st.text("abc", min_size=1, max_size=3), unique=True).map(tuple)


def test_lists_are_trimmed_and_hold_each_code_once() -> None:
    assert written.listed(" b,a , b,,\t") == ("b", "a")
    assert written.listed("") == ()


@given(codes=CODES)
def test_what_was_written_is_read(codes: tuple[str, ...]) -> None:
    assert written.listed(",".join(codes)) == codes


def test_only_long_values_are_shortened() -> None:
    assert written.shortened("x" * 40) == "x" * 40
    assert written.shortened("x" * 41) == "x" * 40 + "…"
