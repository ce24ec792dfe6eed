"""What breaks: residents reached twice, in another district, or over a river."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import InputError
from geo.measures.residents import People
from geo.networks import by_district
from geo.networks.reach import Walk
from tests.geo.networks import made_city

CITY = made_city.city()
BANKS = gpd.GeoDataFrame(
    index=["south", "north"],
    geometry=[
        shapely.box(121.4, 31.2, 121.412, 31.207),
        shapely.box(121.4, 31.207, 121.412, 31.212),
    ],
    crs=made_city.CRS,
)
SITE = made_city.places((0, 3))
WALK = Walk(metres=800)


def test_residents_of_the_other_bank_are_reached_by_the_disc_alone() -> None:
    lon, lat = np.array([made_city.at(1, 3), made_city.at(0, 4), made_city.at(90, 0)]).T
    people = People(lon, lat, np.array([5.0, 7.0, 100.0]))
    told = by_district.by_district(CITY, SITE, BANKS, people, WALK)
    assert told["residents"].to_dict() == {"south": 5, "north": 7}
    assert told["on_foot"].to_dict() == {"south": 5, "north": 0}
    assert told["by_disc"].to_dict() == {"south": 5, "north": 7}
    assert told["apart"].eq(0).all()


def test_residents_spread_evenly_are_reached_as_land_is() -> None:
    people = pd.Series({"south": 200.0, "north": np.nan})
    told = by_district.by_district(CITY, SITE, BANKS, people, WALK, size_m=100)
    expected = 200 * told["land_on_foot"].where(people.notna())
    pd.testing.assert_series_equal(told["on_foot"], expected, check_names=False)
    assert told["land_on_foot"].gt(0).to_list() == [True, False]
    assert told["land_by_disc"].gt(0).all()
    assert (told["land_on_foot"] <= told["land_by_disc"]).all()
    with pytest.raises(InputError, match="its index"):
        by_district.by_district(CITY, SITE, BANKS, people.iloc[:1], WALK)
