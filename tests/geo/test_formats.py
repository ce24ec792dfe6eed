"""Numbers as readers see them."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5512, "0.55"), (2.07, "2.1"), (9.96, "10"), (67.9, "68"), (1210.41, "1,210"), (0.0, "0"),
     (0.0123, "0.012"), (None, "—"), (pd.NA, "—"), (math.nan, "—")],
)  # fmt: skip
def test_number(value: object, text: str) -> None:
    assert formats.number(value) == text


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_number_is_within_half_of_its_last_digit(value: float) -> None:
    shown = float(formats.number(value).replace(",", ""))
    assert shown == pytest.approx(value, rel=0.0506)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.105, "10.5%"), (1.0, "100%"), (0.0, "0%"), (0.0002, "<0.1%"), (None, "—")],
)
def test_percent(value: object, text: str) -> None:
    assert formats.percent(value) == text


@given(st.floats(min_value=1e-12, max_value=1.0))
def test_something_is_never_shown_as_nothing(share: float) -> None:
    assert formats.percent(share) not in {"0.0%", "0%"}


def test_residents_in_the_units_of_each_language() -> None:
    assert formats.people(18_676_605, lang="zh") == "1,868"
    assert formats.people(18_676_605, lang="en") == "18,677"
