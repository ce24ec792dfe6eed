"""Numbers as readers see them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import formats, settings

if TYPE_CHECKING:
    from geo.settings import Language


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5512, "0.55"), (2.07, "2.1"), (9.96, "10"), (67.9, "68"), (1210.41, "1,210"), (0.0, "0"),
     (0.0123, "0.012"), (None, "—"), (pd.NA, "—"), (math.nan, "—")],
)  # fmt: skip
def test_number(value: object, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (24_870_895, "24,870,895"),
        (np.int64(1703), "1,703"),
        (1703.2, "1,703"),
        (999.6, "1,000"),
        (99.96, "100"),
        (100.0, "100"),
        (33.84, "33.8"),
        (9.999, "10"),
        (3.3, "3.3"),
        (0.7412, "0.741"),
        (0.000012345, "0.0000123"),
        (0, "0"),
        (0.0, "0"),
        (-2.346, "-2.35"),
        (None, "—"),
        (math.nan, "—"),
        (math.inf, "—"),
        (pd.NA, "—"),
    ],
)
def test_limits_of_classes(value: float | None, text: str) -> None:
    assert formats.limit(value) == text


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
    assert formats.people(18_676_605, lang="zh") == "1,868 万"
    assert formats.people(18_676_605, lang="en") == "18,677,000"


@given(st.floats(0, 1e9), st.sampled_from(settings.LANGUAGES))
def test_residents_have_no_unit_larger_than_they_are(residents: float, lang: Language) -> None:
    text = formats.people(residents, lang=lang)
    assert not text.startswith("0.")
    figure, _, unit = text.partition(" ")
    read = float(figure.replace(",", "").replace("<", "")) * (10_000 if unit else 1)
    assert read == pytest.approx(residents, rel=0.06, abs=1)
    assert not unit or read >= 10_000
