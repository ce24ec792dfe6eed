"""The address: what is written is read back, and nothing in it can break a page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.checks.written import MAX_SHOWN
from ui.state.address import Field, RefusedValue, parse, render, settled, toggled

REGIONS = ("shanghai", "harbin", "guangdong")
KINDS = ("park", "base", "street")
UNITS = {"guangdong": ("district", "city")}

REGION = Field(name="region", default="shanghai", choices=lambda _: REGIONS)
UNIT = Field(
    name="unit",
    default="district",
    default_of=lambda values: UNITS.get(values["region"], ("district",))[-1],
    choices=lambda values: UNITS.get(values["region"], ("district",)),
)
KIND = Field(name="kind", default=(), choices=lambda _: KINDS, most=2)
FIELDS = (REGION, UNIT, KIND)


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    region = draw(st.sampled_from(REGIONS))
    return {
        "region": region,
        "unit": draw(st.sampled_from(UNITS.get(region, ("district",)))),
        "kind": tuple(draw(st.lists(st.sampled_from(KINDS), max_size=2, unique=True))),
    }


@given(states())
def test_what_is_written_is_read_back(state: dict[str, Any]) -> None:
    parsed = parse(render(state, FIELDS), FIELDS)
    assert parsed.values == state
    assert parsed.refused == ()


@given(st.dictionaries(st.sampled_from(("region", "unit", "kind", "other")), st.text()))
def test_no_address_breaks_a_page(params: dict[str, str]) -> None:
    values = parse(params, FIELDS).values
    assert values["region"] in REGIONS
    assert values["unit"] in UNITS.get(values["region"], ("district",))
    assert set(values["kind"]) <= set(KINDS)
    assert len(values["kind"]) <= KIND.most


def test_defaults_are_left_out() -> None:
    assert render({"region": "shanghai", "unit": "district", "kind": ()}, FIELDS) == {}


def test_unknown_value_falls_back_and_is_reported() -> None:
    parsed = parse({"region": "atlantis", "kind": "park,castle"}, FIELDS)
    assert parsed.values == {"region": "shanghai", "unit": "district", "kind": ("park",)}
    assert parsed.refused == (RefusedValue("region", "atlantis"), RefusedValue("kind", "castle"))


def test_ten_thousand_values_give_one_short_notice() -> None:
    parsed = parse({"kind": ",".join(f"x{n}" for n in range(10_000))}, FIELDS)
    assert len(parsed.refused) == 1
    assert len(parsed.refused[0].value) <= MAX_SHOWN + 1


def test_list_longer_than_allowed_is_cut_and_reported() -> None:
    parsed = parse({"kind": "park,base,street"}, FIELDS)
    assert parsed.values["kind"] == ("park", "base")
    assert parsed.refused == (RefusedValue("kind", "street"),)


@pytest.mark.parametrize("region", ["shanghai", "harbin"])
def test_choice_that_no_longer_fits_goes_without_a_word(region: str) -> None:
    values = {"region": region, "unit": "city", "kind": ("park",)}
    assert settled(values, FIELDS) == {"region": region, "unit": "district", "kind": ("park",)}


@given(
    codes=st.lists(st.text("abc", min_size=1, max_size=3), unique=True).map(tuple),
    code=st.text("abc", min_size=1, max_size=3),
)
def test_twice_toggled_holds_the_same_codes(codes: tuple[str, ...], code: str) -> None:
    once = toggled(codes, code)
    assert (code in once) is (code not in codes)
    assert set(toggled(once, code)) == set(codes)
