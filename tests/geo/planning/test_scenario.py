"""A scenario is read as it was written; one that no address or page could show is refused whole."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from geo.errors import InputError
from geo.planning import scenario
from geo.planning.scenario import Pin, Scenario
from tests.geo.workspaces import toy


@given(toy.SCENARIOS)
def test_pins_of_an_address_are_read_as_they_were_written(kept: Scenario) -> None:
    assert scenario.read(scenario.written(kept.pins)) == kept.pins
    assert Scenario(name=kept.name, pins=kept.pins, radius_m=kept.radius_m).pins == kept.pins


def test_every_fault_is_told_at_once() -> None:
    pins = (Pin("A", 181, 30), Pin("A", 121, math.nan), Pin("a", 121, 31))
    with pytest.raises(InputError) as caught:
        Scenario(name="一\n二", pins=pins, radius_m=0, asked="region=ws-abc.1")
    told = str(caught.value).splitlines()
    assert [each.partition(":")[0] for each in told] == [
        *("name", "pins, A", "pins, A", "pins", "pins", "radius_m", "asked")
    ]
    with pytest.raises(InputError, match="1 to 30"):
        Scenario(name="none", pins=(), radius_m=1)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "tab\there", "\N{ZERO WIDTH SPACE}"])
def test_a_name_that_no_list_can_show_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="name"):
        toy.scenario(name)


@pytest.mark.parametrize(
    "asked", ["x", "a=%ff", "a=1\n", "id=%77s-abc/1", "a=" + "x" * 1000, "region= ws-abc"]
)
def test_what_is_no_query_or_names_a_region_of_somebodys_own_is_refused(asked: str) -> None:
    with pytest.raises(InputError, match="asked"):
        toy.scenario(asked=asked)


@pytest.mark.parametrize("text", ["A", "A:1", "A:1,2;", "a:1,2", "A:1,91", "BA:1,2", "A:1,2,3"])
def test_what_is_no_pin_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="pins"):
        scenario.read(text)
