"""The figures served are those of `geo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from api import figures, sources
from geo import boundaries, catalog, coverage, density, indicators

if TYPE_CHECKING:
    from tests.api.client import Client


def test_figures_are_those_of_density_and_coverage() -> None:
    table = figures.table("shanghai", level="district")
    units, sites = boundaries.districts("shanghai"), catalog.sites("shanghai")
    expected = density.density(sites, units)
    reached = coverage.coverage(sites, units, radius_m=1000 * figures.RADIUS_KM)
    pd.testing.assert_series_equal(table["n"], expected["n"])
    pd.testing.assert_series_equal(table["per_100_km2"], expected["per_100_km2"])
    known = table["share_empty"].isna()
    np.testing.assert_array_equal(table.loc[known, "share"], reached.loc[known, "share"])
    assert table.loc[~known, "share"].isna().all()
    assert table.crs == units.crs


@pytest.mark.parametrize("km", [0.1, 2.0, 7.25, 50.0])
def test_any_radius_has_its_coverage(client: Client, km: float) -> None:
    reply = client.get(f"/collections/cities/items?f=json&limit=1000&radius={km:g}")
    assert reply.status == 200
    told = {each["properties"]["adcode"]: each["properties"] for each in reply.json["features"]}
    assert {each["radius_m"] for each in told.values()} == {1000 * km}
    units = boundaries.districts("guangdong", level="city")
    table = indicators.table(catalog.sites("guangdong"), units, radius_m=1000 * km)
    for code, share in table["share"].items():
        served = told[str(code)]["share"]
        assert served == (None if pd.isna(share) else pytest.approx(share, abs=1e-4))
    one = client.get(f"/collections/cities/items/440100?f=json&radius={km:g}").json
    assert one["properties"] == told["440100"]


def test_the_usual_radius_is_the_one_that_is_kept(client: Client) -> None:
    usual = client.get("/collections/cities/items?f=json&limit=1000").json["features"]
    asked = client.get("/collections/cities/items?f=json&limit=1000&radius=3.00").json["features"]
    assert asked == usual
    assert sources.collection("cities", 3.0) is sources.collection("cities")


def test_pages_of_a_radius_lead_to_pages_of_it(client: Client) -> None:
    reply = client.get("/collections/districts/items?f=json&limit=5&radius=2.5")
    links = {each["rel"]: each["href"] for each in reply.json["links"]}
    assert "radius=2.5" in links["next"]
    assert "radius=2.5" in links["self"]
