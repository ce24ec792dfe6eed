"""Official land areas of all of China: of units that there are, and used where they fit."""

from __future__ import annotations

import pytest

from geo.china import county_units
from geo.facts import boundaries, catalog

AREAS = catalog.areas()
MOST_APART = 0.07
"""How far an area may be from that of the outline, as a share of it."""


def test_every_area_is_of_a_unit_outside_the_regions() -> None:
    units = county_units.units()
    assert set(AREAS.index) <= set(units.index)
    assert not set(AREAS.index) & set(catalog.district_facts().index)


def test_an_area_is_used_where_it_fits_the_outline_and_nowhere_else() -> None:
    units = boundaries.districts("china").loc[AREAS.index]
    apart = (AREAS["area_land_km2"] / units["area_polygon_km2"] - 1).abs()
    assert ((AREAS["area_use"] == "official") == (apart <= MOST_APART)).all()
    assert (units["area_land_km2"].notna() == (AREAS["area_use"] == "official")).all()


def test_any_county_carries_its_area_with_year_and_source() -> None:
    wuhan = boundaries.districts(["420106", "420116"])
    # 黄陂区 has 2,261 km2 by its own account; 武昌区's figure is far from its outline.
    assert wuhan["area_land_km2"]["420116"] == pytest.approx(2261, rel=0.01)
    assert wuhan["area_year"]["420116"] == 2019
    assert "mapchina" in wuhan["area_citation"]["420116"]
    assert wuhan["area_land_km2"].isna()["420106"]
