from __future__ import annotations

import re

import pytest

from geo.china import adcodes, county_units


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("440106", "440106"),
        ("440106", "440100"),
        ("440106", "440000"),
        ("500233", "500000"),
        ("440499", "440402"),
    ],
)
def test_codes_agree_when_one_contains_the_other(first: str, second: str) -> None:
    assert adcodes.agree(first, second)
    assert adcodes.agree(second, first)


@pytest.mark.parametrize("other", ["440111", "440300", "110000", "440402"])
def test_codes_of_different_places_do_not_agree(other: str) -> None:
    assert not adcodes.agree("440106", other)
    assert not adcodes.agree(other, "440106")


def test_every_unit_of_china_has_a_code_and_agrees_with_its_prefecture() -> None:
    codes = county_units.codes()
    assert sorted(codes) == list(county_units.units().index)
    for adcode, city in codes.items():
        assert re.fullmatch(adcodes.ADCODE, adcode)
        assert re.fullmatch(adcodes.ADCODE, city)
    assert codes == county_units.units()["city_adcode"].to_dict()


@pytest.mark.parametrize("text", ["031010", "910101", "31010", "3101011", "３１０１０１", "31010x"])
def test_what_is_no_code(text: str) -> None:
    assert not re.fullmatch(adcodes.ADCODE, text)
