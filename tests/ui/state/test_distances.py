from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.state import pages
from ui.state.address import RefusedValue, parse, render
from ui.state.distances import Distances, code

UP_TO_FIFTY = Distances(0.1, 50, usual=("1", "3"))


@pytest.mark.parametrize("written", ["2.5", "2.50", " 2.5 km", "２．５公里", "2.5千米", "2.5KM"])
def test_one_distance_has_one_code(written: str) -> None:
    assert code(written) == "2.5"


@pytest.mark.parametrize("written", ["", "-1", "1e9", "2.345", "inf", "二", "1,5", "0.05", "51"])
def test_what_is_no_such_distance_is_refused(written: str) -> None:
    assert not UP_TO_FIFTY.include(code(written))


@given(st.integers(10, 5000))
def test_every_ten_metres_can_be_asked_for_and_linked_to(step: int) -> None:
    km = f"{step / 100:g}"
    parsed = parse({"radius": km}, pages.Figures.fields())
    assert parsed.values["radius"] == km
    assert parsed.refused == ()
    assert render(parsed.values, pages.Figures.fields()).get("radius", "3") == km


@given(st.text(max_size=8))
def test_any_text_is_a_radius_in_reach_or_refused(text: str) -> None:
    parsed = parse({"radius": text}, pages.Figures.fields())
    assert 0.1 <= float(parsed.values["radius"]) <= 50
    assert parsed.refused == () or parsed.refused[0].name == "radius"


def test_one_radius_has_one_address() -> None:
    assert parse({"radius": "2.0"}, pages.Figures.fields()).values["radius"] == "2"
    assert (
        render(parse({"radius": "3.00"}, pages.Figures.fields()).values, pages.Figures.fields())
        == {}
    )
    assert parse({"radius": "50.1"}, pages.Figures.fields()).refused == (
        RefusedValue("radius", "50.1"),
    )
