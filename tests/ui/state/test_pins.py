from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.state import pins

every = st.lists(
    st.builds(
        pins.placed,
        st.sampled_from(pins.LETTERS),
        st.floats(-180, 180),
        st.floats(-90, 90),
    ),
    unique_by=lambda pin: pin.letter,
    max_size=pins.MOST,
)


@given(every)
def test_what_is_written_is_read_again(some: list[pins.Pin]) -> None:
    text = pins.written(some)
    assert pins.code(text) == text
    assert set(pins.pins(text) or ()) == set(some)


@pytest.mark.parametrize("text", ["A", "A1", "A1,2,", "A1,2;B3,4", "A1,2,A3,4", "BZ1,2", "A1e3,2"])
def test_what_is_no_list_of_pins_is_none(text: str) -> None:
    assert pins.pins(text) is None
    assert pins.code(text) == text


def test_the_first_free_letter_is_given() -> None:
    assert pins.free_letter({"A", "C"}) == "B"
    assert pins.free_letter(pins.LETTERS[:26]) == "AA"
    assert pins.free_letter(pins.LETTERS) == ""
