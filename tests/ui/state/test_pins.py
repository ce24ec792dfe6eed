from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.state import pins

if TYPE_CHECKING:
    from geo.planning.scenario import Pin

every = st.lists(
    st.builds(
        pins.placed,
        st.sampled_from(pins.LETTERS),
        st.floats(-180, 180),
        st.floats(-90, 90),
    ),
    unique_by=lambda pin: pin.letter,
    max_size=30,
)


@given(every)
def test_what_is_written_is_read_again(some: list[Pin]) -> None:
    text = pins.written(some)
    assert pins.code(text) == text
    assert set(pins.pins(text) or ()) == set(some)


@pytest.mark.parametrize(
    "text", ["A", "A:1", "A:1,2,", "A:1,2;", "A:1,2;A:3,4", "BZ:1,2", "A:1e3,2", "A1,2"]
)
def test_what_is_no_list_of_pins_is_none(text: str) -> None:
    assert pins.pins(text) is None
    assert pins.code(text) == text


def test_the_first_free_letter_is_given() -> None:
    assert pins.free_letter({"A", "C"}) == "B"
    assert pins.free_letter(pins.LETTERS[:26]) == "AA"
    assert pins.free_letter(pins.LETTERS) == ""
