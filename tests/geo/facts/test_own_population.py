"""What breaks: residents by place that come back as others, or fill the memory."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import InputError
from geo.facts import own_population
from tests.geo.workspaces import toy


@given(arrays(np.float64, st.tuples(st.just(3), st.integers(0, 30)), elements=st.floats()))
def test_what_was_packed_comes_back_to_the_last_bit(columns: np.ndarray) -> None:
    again = own_population.unpack(own_population.pack(*columns), columns.shape[1])
    assert np.stack(again).tobytes() == columns.tobytes()


@pytest.mark.parametrize(
    "packed",
    [
        "no base64!",
        base64.b64encode(b"no zlib").decode(),
        base64.b64encode(zlib.compress(bytes(23))).decode(),
        base64.b64encode(zlib.compress(bytes(50_000_000))).decode(),
    ],
)
def test_what_is_not_so_many_places_is_refused(packed: str) -> None:
    with pytest.raises(InputError, match="population"):
        own_population.unpack(packed, 1)


@pytest.mark.parametrize(
    "wrong", [{"basis": "guess"}, {"places": -1}, {"places": 10**12}, {"outside": np.nan}]
)
def test_amounts_that_are_none_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match="population"):
        toy.population(**wrong)  # type: ignore[arg-type]
