"""The region of a file: proposed from its rows, and named for a search."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.china import county_units
from geo.intake import placing, regions
from geo.settings import LANGUAGES, Language


@pytest.mark.parametrize(
    ("cities", "proposed"),
    [
        (["420100"] * 95 + ["310000"] * 5, ("420100",)),
        (["440100"] * 50 + ["440300"] * 45 + ["310000"] * 5, ("440100", "440300")),
        (["440100", "440300", "440600", "441900", "440400"] * 4, ("440000",)),
        (["110000", "310000", "440100", "500000", "420100"] * 4, ()),
        ([None, None], ()),
    ],
)
def test_a_region_holds_nearly_all_rows(cities: list[str], proposed: tuple[str, ...]) -> None:
    assert regions.proposed(pd.Series(cities, dtype="string")) == proposed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_that_can_be_chosen_has_units_and_every_unit_can_be(lang: Language) -> None:
    named = regions.named(lang)
    units = county_units.units()
    assert set(units.index) <= set(named)
    assert all(named.values())
    for code in [*list(named)[:40], *county_units.prefectures().index[::20]]:
        assert set(placing.region_of(str(code))) <= set(units.index)


def test_a_unit_is_found_by_its_city() -> None:
    assert regions.named("zh")["420106"] == "武汉市武昌区"
    assert regions.named("zh")["420100"] == "湖北省武汉市"
    assert regions.named("en")["420100"] == "Hubei Wuhan"
    assert regions.named("zh")["310000"] == "上海市"


def test_a_region_is_widened_by_where_rows_are_however_their_file_says_it() -> None:
    values = ["121.47, 31.23 (上海市黄浦区)", "松北区 (哈尔滨市松北区)", "深圳市南山区", "无处"]
    found = pd.DataFrame({"code": regions.OUTSIDE[0], "value": values})
    assert regions.widened(("420100",), found) == ("420100", "310000", "230100", "440300")
