"""Residents within a radius, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import rasterio
from rasterio import Affine

from geo.errors import InputError
from geo.measures import coverage, residents
from tests.geo import toy

if TYPE_CHECKING:
    from pathlib import Path

SITES = toy.sites([(121.45, 31.15), (121.455, 31.15)])


def raster(
    path: Path,
    cells: np.ndarray,
    crs: str | None = toy.CRS,
    nodata: float | None = -99999,
    bands: int = 1,
) -> Path:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=bands,
        nodata=nodata,
        crs=crs,
        height=cells.shape[0],
        width=cells.shape[1],
        transform=Affine(0.01, 0.0, 121.4, 0.0, -0.01, 31.3),
    ) as file:
        for band in range(1, bands + 1):
            file.write(cells.astype("float32"), band)
    return path


def test_an_even_spread_is_share_times_residents() -> None:
    districts = toy.quarters()
    people = pd.Series([1000.0, 500.0, np.nan, 0.0], index=districts.index)
    table = residents.reached(SITES, districts, people, radius_m=3000)
    share = coverage.coverage(SITES, districts, radius_m=3000)["share"]
    assert table["reached"].to_list()[:2] == (people * share).to_list()[:2]
    assert table["reached"].isna().to_list() == [False, False, True, False]
    assert table["share"].isna().to_list() == [False, False, True, True]
    assert set(table["basis"]) == {"even spread"}


def test_points_and_cells_count_each_resident_once(tmp_path: Path) -> None:
    cells = np.full((20, 20), 2.0)
    cells[0, :] = -99999
    middle = 121.405 + 0.01 * np.arange(20), 31.295 - 0.01 * np.arange(20)
    lon, lat = (each.ravel() for each in np.meshgrid(*middle))
    people = residents.People(lon, lat, np.where(cells.ravel() < 0, 0.0, cells.ravel()))
    frame = gpd.GeoDataFrame(
        {"residents": people.residents}, geometry=gpd.points_from_xy(lon, lat), crs=toy.CRS
    )
    file = raster(tmp_path / "people.tif", cells)
    national = raster(tmp_path / "national.tif", cells, crs="EPSG:4490")
    tables = [
        residents.reached(SITES, toy.quarters(), each, radius_m=3000)
        for each in (people, frame, file, national)
    ]
    assert [{*table["basis"]} for table in tables] == [{"points"}] * 2 + [{"raster"}] * 2
    for table in tables:
        assert table["residents"].sum() == 19 * 20 * 2
        pd.testing.assert_frame_equal(table.drop(columns="basis"), tables[0].drop(columns="basis"))
    near = pd.DataFrame({"lon": lon, "lat": lat})
    geod = pyproj.Geod(ellps="WGS84")
    far = [
        geod.inv(near["lon"], near["lat"], [x] * 400, [31.15] * 400)[2] for x in (121.45, 121.455)
    ]
    expected = 2 * (np.minimum(*far) <= 3000).sum()
    assert tables[0]["reached"].sum() == expected
    nobody = residents.reached(toy.sites([]), toy.quarters(), people, radius_m=3000)
    assert nobody["reached"].isna().all()


def test_rasters_that_are_none(tmp_path: Path) -> None:
    cells = np.random.default_rng(0).random((300, 300))
    whole = raster(tmp_path / "whole.tif", cells)
    cut, words = tmp_path / "cut.tif", tmp_path / "words.tif"
    cut.write_bytes(whole.read_bytes()[:5_000])
    words.write_text("no raster")
    bad = {
        cut: "cut.tif: no GeoTIFF that can be read whole",
        words: "words.tif: no GeoTIFF that can be read whole",
        tmp_path / "absent.tif": "absent.tif: no GeoTIFF that can be read whole",
        raster(tmp_path / "none.tif", cells, crs=None): "none.tif: has no CRS",
        raster(tmp_path / "metres.tif", cells, crs="EPSG:32651"): "its CRS is EPSG:32651",
        raster(tmp_path / "two.tif", cells, bands=2): "two.tif: has 2 bands",
        raster(tmp_path / "nobody.tif", 0 * cells): "nobody lives in the districts",
        raster(tmp_path / "less.tif", -cells, nodata=None): "less.tif: a cell with",
    }
    for file, said in bad.items():
        with pytest.raises(InputError, match=said):
            residents.reached(SITES, toy.quarters(), file, radius_m=3000)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (residents.People([121.5], [31.2, 31.3], [1.0]), "1, 2 and 1 values"),
        (residents.People([121.5, 200.0], [31.2, 31.2], [1.0, 1.0]), "at row 1;"),
        (residents.People([121.5], [31.2], [-1.0]), "at row 0;"),
        (residents.People([2.0], [31.2], [1.0]), "nobody lives in the districts"),
        (pd.Series([1.0]), "its index"),
        (toy.sites([(121.5, 31.2)]), "population: no column residents"),
    ],
)
def test_impossible_residents(people: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        residents.reached(SITES, toy.quarters(), people, radius_m=3000)  # type: ignore[arg-type]
