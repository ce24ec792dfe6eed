"""Programs that people use: GDAL's OGC API driver, and GeoPandas."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from api import endpoints, sources
from geo.facts import catalog
from geo.files import geojson
from geo.search import matching
from geo.search.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.client import Client

WANTED = Criteria(kind=("park", "base"), opened_since=2005)


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def places(geometry: dict[str, Any] | None) -> tuple[str, list[list[float]]] | None:
    """Return type and coordinates of a geometry, as exact as they are served."""
    if geometry is None:
        return None
    shape = shapely.from_geojson(json.dumps(geometry))
    return geometry["type"], shapely.get_coordinates(shape).round(7).tolist()


def test_gdal_lists_the_collections(client: Client) -> None:
    told = run("ogrinfo", "-ro", f"OAPIF:{client.base}")
    found = [f"{n}: {name} " in told for n, name in enumerate(sources.NAMES, 1)]
    assert found == [True] * len(sources.NAMES)


@pytest.mark.parametrize("name", sources.NAMES)
def test_gdal_fetches_every_feature_page_by_page(client: Client, tmp_path: Path, name: str) -> None:
    file = tmp_path / "all.geojsonl"
    options = ("-oo", "PAGE_SIZE=50", "-oo", "INITIAL_REQUEST_PAGE_SIZE=50")
    run("ogr2ogr", "-f", "GeoJSONSeq", str(file), f"OAPIF:{client.base}", name, *options)
    found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    collection = sources.collection(name)
    served = [json.loads(each) for each in collection.features.texts]
    for key, usual in collection.usual.items():
        served = [each for each in served if str(each["properties"][key]) == usual]
    assert len(found) == len(served)
    for got, expected in zip(found, served, strict=True):
        own = "id" if "id" in expected["properties"] else "adcode"
        for key in (own, "name_zh", "name_en"):
            assert got["properties"][key] == expected["properties"][key]
        assert places(got["geometry"]) == places(expected["geometry"])


@pytest.mark.parametrize("name", ["districts", "cities"])
def test_gdal_converts_units_without_a_warning(client: Client, tmp_path: Path, name: str) -> None:
    command = ("ogr2ogr", str(tmp_path / "units.gpkg"), f"OAPIF:{client.base}", name)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""


def test_gdal_fetches_the_rows_of_the_file(client: Client, tmp_path: Path) -> None:
    live, filed = tmp_path / "live.csv", tmp_path / "filed.csv"
    file = tmp_path / "sites.geojson"
    file.write_bytes(geojson.feature_collection(catalog.sites()))
    run("ogr2ogr", "-f", "CSV", str(live), f"OAPIF:{client.base}", "sites", "-oo", "PAGE_SIZE=100")
    run("ogr2ogr", "-f", "CSV", str(filed), str(file))
    rows = [list(csv.DictReader(each.read_text("utf-8").splitlines())) for each in (live, filed)]
    assert len(rows[0]) == len(catalog.sites())
    assert rows[0] == rows[1]


def test_gdal_filters_on_the_server(client: Client) -> None:
    where = "region='shanghai' AND district='黄浦区'"
    told = run("ogrinfo", "-ro", "-so", "-where", where, f"OAPIF:{client.base}", "sites")
    sites = catalog.sites("shanghai")
    assert f"Feature Count: {(sites['district'] == '黄浦区').sum()}" in told


def gdal_counts(client: Client, name: str, where: str) -> int:
    """Return how many features the server finds, by a condition that GDAL sends to it."""
    command = ["ogrinfo", "-ro", "-so", "-where", where, f"OAPIF:{client.base}", name]
    log = {"CPL_DEBUG": "OAPIF,HTTP"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | log)
    assert "filter=" in done.stderr
    assert "client side" not in done.stderr
    return int(done.stdout.partition("Feature Count: ")[2].partition("\n")[0])


def test_gdal_sends_truths_as_numbers_and_its_own_ilike(client: Client) -> None:
    units = [
        json.loads(each)["properties"] for each in sources.collection("districts").features.texts
    ]
    same = sum(each["population_comparable"] is True for each in units)
    assert gdal_counts(client, "districts", "population_comparable = 1") == same > 0
    named = catalog.sites()["name_zh"].str.contains("设计").sum()
    assert gdal_counts(client, "sites", "name_zh ILIKE '%设计%'") == named > 0


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("opened_year >= 2010", lambda sites: sites["opened_year"] >= 2010),
        ("name_zh LIKE '%创意%'", lambda sites: sites["name_zh"].str.contains("创意")),
        ("kind = 'park' OR note IS NULL", lambda s: (s["kind"] == "park") | s["note"].isna()),
    ],
)
def test_gdal_sends_conditions_and_fetches_what_meets_them(
    client: Client, where: str, chosen: Callable[[pd.DataFrame], pd.Series[bool]]
) -> None:
    expected = int(chosen(catalog.sites()).sum())
    assert gdal_counts(client, "sites", where) == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sites", "Point"),
        ("districts", "Multi Polygon"),
        ("clusters", "Multi Polygon"),
        ("quotients", "Point"),
        ("tests", "Point"),
        ("peers", "Point"),
        ("completeness", "Unknown (any)"),
        ("layout_areas", "Multi Polygon"),
        ("layout_lines", "Line String"),
        ("layout_points", "Point"),
        ("layouts", "Unknown (any)"),
    ],
)
def test_gdal_knows_of_which_type_a_layer_is(client: Client, name: str, kind: str) -> None:
    told = run("ogrinfo", "-ro", "-so", f"OAPIF:{client.base}", name)
    assert f"Geometry: {kind}\n" in told


def test_the_layouts_are_there_by_type_and_none_is_lost() -> None:
    mixed = sources.collection("layouts")
    located = {
        identity
        for identity, bounds in zip(mixed.ids, mixed.bounds, strict=True)
        if not np.isnan(bounds).any()
    }
    parts = [sources.collection(f"layout_{each}").ids for each in ("areas", "lines", "points")]
    assert sum(map(len, parts)) == len(located)
    assert set().union(*parts) == located


def test_gdal_knows_numbers_that_the_first_rows_do_not_have(client: Client) -> None:
    address = f"OAPIF:{client.base}"
    told = run("ogrinfo", "-ro", "-so", address, "districts")
    assert "area_land_km2: Real" in told
    units = json.loads(client.get("/collections/districts/items?limit=1000&f=json").body)
    areas = [each["properties"]["area_land_km2"] or 0 for each in units["features"]]
    large = run("ogrinfo", "-ro", "-q", "-where", "area_land_km2 > 1000", address, "districts")
    assert large.count("OGRFeature") == sum(area > 1000 for area in areas) > 0


def test_geopandas_reads_the_live_link(client: Client) -> None:
    link = endpoints.items_address(client.base.removesuffix("/api"), "guangdong", WANTED)
    live = gpd.read_file(link)
    expected = matching.select(catalog.sites("guangdong"), WANTED).reset_index(drop=True)
    assert len(expected) > 5
    assert live["id"].tolist() == expected["id"].tolist()
    located = ~expected.geometry.is_empty
    assert live.crs == expected.crs
    apart = shapely.distance(np.asarray(live.geometry), np.asarray(expected.geometry))
    assert np.nanmax(apart) < 1e-7
    assert live.geometry[~located].isna().all()
    for name in ("name_zh", "name_en", "kind", "sectors", "source", "note"):
        assert live[name].fillna("").tolist() == expected[name].fillna("").tolist()
    years = pd.to_numeric(live["opened_year"]).tolist()
    assert years == expected["opened_year"].astype(float).tolist()


def test_the_live_link_and_the_file_hold_the_same_features(client: Client) -> None:
    link = endpoints.items_address(client.base.removesuffix("/api"), None, WANTED)
    file = json.loads(geojson.feature_collection(matching.select(catalog.sites(), WANTED)))
    assert client.follow(link).json["features"] == file["features"]


def test_links_of_searches_are_addresses(client: Client) -> None:
    asked = Criteria(text="M50 & 创意#园", near=(121.5, 31.25), within_km=2.0)
    link = endpoints.items_address(client.base.removesuffix("/api") + "/", "shanghai", asked)
    assert link.isascii()
    assert "near=121.5,31.25" in unquote(link)
    assert client.follow(link).status == 200
