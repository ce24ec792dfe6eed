"""The map's position in the address: read as written, only where there is a map, gone in time."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.cached import base_documents, names
from ui.shell import head
from ui.state import fields, map_position, pages
from ui.state.address import RefusedValue, parse, render, without_left

WINDOW = (100.0, 20.0, 110.0, 30.0)
PLACES = st.tuples(st.floats(100, 110), st.floats(20, 30), st.floats(0, 22))


@given(PLACES)
def test_position_within_the_window_is_read_to_less_than_a_pixel(
    place: tuple[float, float, float],
) -> None:
    written = map_position.code(",".join(f"{each:.9f}" for each in place))
    assert map_position.within(written, WINDOW)
    assert map_position.code(written) == written
    read = map_position.parts(written)
    assert read is not None
    # Zoom 19 has 0.6 m a pixel; half a unit of the fifth decimal is as much.
    assert read[:2] == pytest.approx(place[:2], abs=5.1e-6)
    assert read[2] == pytest.approx(place[2], abs=5.1e-4)


NEAR_MISSES = (
    r"105,25",  # no zoom
    r"105,25,9,[0-9]",  # a fourth number
    r"105[;/ ]25[;/ ]9",  # other separators
    r"[ +]105,25,9",  # space or plus before
    r"105,25,9[ \n.a-z]",  # something behind
    r"105,,9|,25,9|105,25,",  # a number left out
    r"105\.,25,9|105,\.25,9",  # a point without digits at one side
    r"1(e|E)2,25,9",  # an exponent
    r"[１１][０][５],25,9",  # digits of another script
    r"0{3}105,25,9|105,25,0{4}",  # more digits than a position has
    r"(9[0-9]|11[1-9]),25,9",  # off the map
    r"105,(1[0-9]|3[1-9]),9",
    r"105,25,(2[3-9]|-[1-9])",  # no such zoom
)


@given(st.one_of(*(st.from_regex(each, fullmatch=True) for each in NEAR_MISSES)))
def test_no_near_miss_is_a_position(text: str) -> None:
    assert not map_position.within(map_position.code(text), WINDOW)


@pytest.mark.parametrize(
    "text", ["99.9,25,9", "105,31,9", "105,25,23", "105,25,-1", "105,25", "1e2,25,9", "nan,25,9"]
)
def test_position_off_the_map_is_refused(text: str) -> None:
    assert not map_position.within(map_position.code(text), WINDOW)


@pytest.mark.parametrize("region", names.regions("zh"))
def test_each_region_takes_positions_on_its_own_map_alone(region: str) -> None:
    west, south, east, north = base_documents.base_document(region, "district").bounds
    middle = map_position.code(f"{(west + east) / 2},{(south + north) / 2},9.5")
    for other in names.regions("zh"):
        parsed = parse({"region": other, "map": middle}, pages.Overview.fields())
        own = other == region
        assert parsed.values["map"] == (middle if own else "")
        assert parsed.refused == (() if own else (RefusedValue("map", middle),))
    values = parse({"region": region, "map": middle}, pages.Overview.fields()).values
    assert render(values, pages.Overview.fields())["map"] == middle


def test_position_goes_with_the_place_it_is_of() -> None:
    before = {"region": "shanghai", "kind": (), "map": "121.5,31.2,12"}
    filtered = without_left(before, {**before, "kind": ("park",)}, pages.Overview.fields())
    assert filtered["map"] == before["map"]
    elsewhere = without_left(before, {**before, "region": "jinan"}, pages.Overview.fields())
    assert elsewhere == {"region": "jinan", "kind": (), "map": ""}


def test_another_page_and_a_link_back_to_a_search_open_on_all_they_show() -> None:
    values = parse({"map": "121.5,31.2,12", "kind": "park"}, pages.Find.fields()).values
    assert values["map"]
    for page in pages.IN_NAVIGATION:
        assert "map" not in parse_qs(head.address(page, values))
    assert fields.MAP not in pages.SEARCH
