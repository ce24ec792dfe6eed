"""The figures served are those of `geo`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import numpy as np
import pandas as pd
import pytest

from api import limits, selection, sources, unit_figures
from api.query import ItemsQuery
from geo.facts import boundaries, catalog
from geo.measures import coverage, density, district_table
from tests import reading

if TYPE_CHECKING:
    from tests.api.client import Client


def test_figures_are_those_of_density_and_coverage() -> None:
    table = unit_figures.table("shanghai", level="district")
    units, sites = boundaries.districts("shanghai"), catalog.sites("shanghai")
    expected = density.density(sites, units)
    reached = coverage.coverage(sites, units, radius_m=1000 * limits.RADIUS_KM)
    pd.testing.assert_series_equal(table["n"], expected["n"])
    pd.testing.assert_series_equal(table["per_100_km2"], expected["per_100_km2"])
    known = table["share_empty"].isna()
    np.testing.assert_array_equal(table.loc[known, "share"], reached.loc[known, "share"])
    assert table.loc[~known, "share"].isna().all()
    assert table.crs == units.crs


@pytest.mark.parametrize("km", [0.1, 2.0, 7.2, 50.0])
def test_any_radius_has_its_coverage(client: Client, km: float) -> None:
    reply = client.get(f"/collections/cities/items?f=json&limit=1000&radius={km:g}")
    assert reply.status == 200
    told = {each["properties"]["adcode"]: each["properties"] for each in reply.json["features"]}
    assert {each["radius_m"] for each in told.values()} == {1000 * km}
    units = boundaries.districts("guangdong", level="city")
    table = district_table.table(catalog.sites("guangdong"), units, radius_m=1000 * km)
    for code, share in table["share"].items():
        served = told[str(code)]["share"]
        assert served == (None if pd.isna(share) else pytest.approx(share, abs=1e-4))
    one = client.get(f"/collections/cities/items/440100?f=json&radius={km:g}").json
    assert one["properties"] == told["440100"]


@pytest.mark.parametrize("name", sources.LEVELS)
def test_a_share_does_not_fall_as_the_radius_grows(name: str) -> None:
    before: dict[str, float] = {}
    for km in (0.1, 1.0, 3.0, 8.0, 50.0):
        told = [
            json.loads(each)["properties"]
            for each in sources.collection(name, unit_figures.Basis(km)).features.texts
        ]
        share = {each["adcode"]: each["share"] for each in told if each["share"] is not None}
        assert all(0 <= each <= 1 for each in share.values())
        assert all(share[code] >= least - 1e-9 for code, least in before.items())
        before = share
    # No place in Shenzhen is 50 km from each of its parks.
    assert before[{"cities": "440300", "districts": "440304"}[name]] == 1


def test_a_radius_changes_nothing_that_does_not_hang_on_it() -> None:
    hanging = {*district_table.COVERED, district_table.REACHED, "share_empty", "radius_m"}
    hanging -= {"n_sites"}
    pairs = zip(
        sources.collection("districts").features.texts,
        sources.collection("districts", unit_figures.Basis(7.2)).features.texts,
        strict=True,
    )
    for usual, asked in ((json.loads(one), json.loads(other)) for one, other in pairs):
        assert list(usual["properties"]) == list(asked["properties"])
        for each in (usual, asked):
            for name in hanging:
                del each["properties"][name]
        assert usual == asked


def test_outlines_are_simplified_once_whatever_the_radius(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ItemsQuery(limit=1000, zoom=7)
    usual, _ = selection.page(sources.collection("cities"), asked)
    monkeypatch.delattr(selection, "generalise")
    for km in (7.1, 7.2):
        features, _ = selection.page(sources.collection("cities", unit_figures.Basis(km)), asked)
        for one, other in zip(map(json.loads, features), map(json.loads, usual), strict=True):
            assert one["geometry"] == other["geometry"]
            assert one["properties"]["radius_m"] == 1000 * km


def test_the_usual_radius_is_the_one_that_is_kept(client: Client) -> None:
    usual = client.get("/collections/cities/items?f=json&limit=1000").json["features"]
    asked = client.get("/collections/cities/items?f=json&limit=1000&radius=3.0").json["features"]
    assert asked == usual
    assert sources.collection("cities", unit_figures.Basis(3.0)) is sources.collection("cities")


@pytest.mark.parametrize("path", ["items", "items/440100"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_radius_leads_to_is_of_it(client: Client, path: str, lang: str) -> None:
    """Every link of a document and of its page to rows, each followed."""
    address = f"/collections/cities/{path}?limit=5&radius=2.5&lang={lang}"
    address = address if path == "items" else address.replace("limit=5&", "")
    links = {each["href"] for each in client.get(f"{address}&f=json").json["links"]}
    page = reading.read(client.get(f"{address}&f=html").text)
    links |= {urljoin(f"{client.base}{address}", each) for each in reading.links(page)}
    rows = [each for each in links if "/collections/cities/items" in each]
    assert len(rows) > 3
    for each in rows:
        told = client.follow(each.replace("f=html", "f=json")).json
        features = told.get("features", [told])
        assert features, each
        assert {of["properties"]["radius_m"] for of in features} == {2500}, each


def test_a_faulty_item_is_told_all_its_faults(client: Client) -> None:
    path = "/collections/cities/items/440100?crs=here&radius=2.55&colour=red"
    reply = client.get(path, Accept_Language="en")
    assert reply.status == 400
    for told in ("Parameter crs", "Parameter radius", "parameter colour"):
        assert told in reply.json["detail"]
