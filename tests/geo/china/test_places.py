"""What lists say of places, and the unit of today that it means."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.china import county_units
from geo.china.characters import SIMPLIFIED, TRADITIONAL, plain
from geo.china.places import adcodes_of
from geo.china.unit_index import former_units
from geo.errors import InputError
from geo.facts import catalog

with (Path(__file__).parent / "stated_places.csv").open(encoding="utf-8", newline="") as file:
    STATED = list(csv.DictReader(file))

UNITS = county_units.units()


def found(
    district: str | float | None = None,
    address: str | None = None,
    city: str | None = None,
    within: list[str] | None = None,
) -> tuple[str, str, str]:
    """Return what is found of one place; an empty text where nothing is."""
    columns = [pd.Series([each], dtype=object) for each in (district, address, city)]
    row = adcodes_of(*columns, within=within).fillna("").iloc[0]
    return row["adcode"], row["city_adcode"], row["how"]


@pytest.mark.parametrize("row", STATED, ids=lambda row: "|".join([*row.values()][:4]))
def test_what_lists_say(row: dict[str, str]) -> None:
    within = [row["within"]] if row["within"] else None
    assert found(row["district"] or None, row["address"], row["city"], within) == (
        row["adcode"],
        row["city_adcode"],
        row["how"],
    )


@given(st.sampled_from(sorted(UNITS.index)), st.sampled_from(["", "中山路12号", "创意园"]))
def test_every_unit_is_found_by_its_name_where_its_city_is_said(adcode: str, rest: str) -> None:
    columns = ("name_zh", "city", "city_adcode", "province")
    name, city, city_adcode, province = (str(UNITS[each][adcode]) for each in columns)
    assert found(name, None, city)[0] == adcode
    assert found(None, province + city + name + rest)[0] == adcode
    assert found(name, None, None, [city_adcode])[0] == adcode
    assert found(adcode)[0] == adcode


def test_every_former_code_and_name_leads_to_where_it_lies_today() -> None:
    former = [each for each in former_units() if not each.code.endswith("00")]
    names = pd.Series([each.name_zh for each in former])
    cities = pd.Series([each.city_zh or each.province_zh for each in former])
    provinces = pd.Series([each.province_zh for each in former])
    result = adcodes_of(names, None, provinces, cities)["adcode"]
    # A namesake of today in the same city goes before: 大同市's 城区 was split, 开封市's 郊区.
    today = UNITS["city"] + UNITS["name_zh"]
    for unit, adcode in zip(former, result.fillna(""), strict=True):
        lies_in = unit.adcodes.split(";")
        if unit.city_zh + unit.name_zh not in set(today) and adcode:
            assert adcode in lies_in, unit


def test_the_catalogue_is_found_where_it_says_it_is() -> None:
    """None is put elsewhere; unplaced are those of a former district that was split."""
    places = pd.concat([catalog.sites(), catalog.venues()])
    places = places[places["adcode"].notna()]
    listed = places["district_listed"].fillna(places["district"])
    result = adcodes_of(listed, None, places["city"])
    split = listed == "渝北区"
    assert (result["how"][split] == "ambiguous").all()
    assert (result["adcode"] == places["adcode"])[~split].all()
    alone = adcodes_of(listed, None)["adcode"]
    assert (alone.isna() | (alone == places["adcode"])).all()


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_any_text_gives_a_unit_of_its_city_or_none(district: str, address: str, city: str) -> None:
    adcode, city_adcode, _ = found(district, address, city)
    assert not adcode or UNITS["city_adcode"][adcode] == city_adcode


def test_rows_keep_their_index_and_the_columns_stay_as_they_were() -> None:
    districts = pd.Series(["洪山区", None, 420111.0, "洪山区"], index=[7, 3, 3, "x"], dtype=object)
    before = districts.copy()
    result = adcodes_of(districts, None)
    assert list(result.index) == [7, 3, 3, "x"]
    assert result["adcode"].fillna("").tolist() == ["420111", "", "420111", "420111"]
    assert result["how"].tolist() == ["name", "empty", "code", "name"]
    pd.testing.assert_series_equal(districts, before)


def test_no_rows_are_no_rows() -> None:
    assert adcodes_of(pd.Series([], dtype=object), None).empty


def test_without_a_column_there_is_nothing_to_find() -> None:
    with pytest.raises(InputError, match="expected a column"):
        adcodes_of(None, None)


def test_traditional_characters_are_those_that_no_unit_has_in_its_name() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    names = set("".join([*UNITS["name_zh"], *UNITS["city"], *UNITS["province"]]))
    assert not names & set(TRADITIONAL)
    assert plain("瀋陽市鐵西區") == "沈阳市铁西区"
