"""What breaks: residents counted twice, lost or read elsewhere; a bad file without a message."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from rasterio import Affine
from rasterio.io import MemoryFile

from geo.errors import RefusedFileError
from geo.facts import own_population
from geo.intake import population
from geo.intake.words import refusal
from geo.measures import residents
from geo.settings import LANGUAGES
from tests.geo import toy
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from geo.facts.own_population import OwnPopulation

UNITS = toy.quarters()
WEST, NORTH, STEP = 121.35, 31.35, 0.01
SIDE = 30
"""Cells of a side: more than the quarters."""

PEOPLE = np.random.default_rng(7).integers(0, 50, (SIDE, SIDE)).astype(float)
MIDDLE = WEST + STEP * (0.5 + np.arange(SIDE)), NORTH - STEP * (0.5 + np.arange(SIDE))
LON, LAT = (each.ravel() for each in np.meshgrid(*MIDDLE))
POINTS = pd.DataFrame({"lon": LON, "lat": LAT, "residents": PEOPLE.ravel()})


def raster(cells: np.ndarray = PEOPLE, *, bands: int = 1, **other: Any) -> bytes:  # noqa: ANN401
    """A GeoTIFF of people a cell."""
    said = {"crs": toy.CRS, "nodata": -99999, "dtype": "float32", "driver": "GTiff", **other}
    with MemoryFile() as file:
        with file.open(
            count=bands,
            height=cells.shape[0],
            width=cells.shape[1],
            transform=Affine(STEP, 0.0, WEST, 0.0, -STEP, NORTH),
            **said,
        ) as written:
            for band in range(1, bands + 1):
                written.write(cells.astype(said["dtype"]), band)
        return bytes(file.read())


def csv(frame: pd.DataFrame = POINTS) -> bytes:
    return frame.to_csv(index=False).encode()


def geographic(crs: str = toy.CRS) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(LON, LAT)
    return gpd.GeoDataFrame(POINTS[["residents"]], geometry=points, crs=toy.CRS).to_crs(crs)


def parquet(*, single: bool = False) -> bytes:
    """Points; or each as a MultiPoint of one, as shapefiles often have them."""
    file, frame = BytesIO(), geographic()
    if single:
        frame = frame.set_geometry(shapely.multipoints(np.asarray(frame.geometry.array)[:, None]))
    frame.set_crs(toy.CRS).to_parquet(file)
    return file.getvalue()


def read(file: str, content: bytes) -> OwnPopulation:
    return population.read(file, content, UNITS, source="WorldPop")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("people.tif", raster()),
        ("national.tif", raster(crs="EPSG:4490")),
        ("people.csv", csv()),
        ("people.geojson", geographic().to_json().encode()),
        ("people.parquet", parquet()),
        ("single.parquet", parquet(single=True)),
    ],
)
def test_every_form_has_each_resident_once(file: str, content: bytes) -> None:
    held = read(file, content)
    assert held.residents + held.outside == PEOPLE.sum()
    assert held.basis == ("raster" if file.endswith("tif") else "points")
    people = residents.People(*own_population.unpack(held.packed, held.places))
    assert len(people.lon) == held.places  # type: ignore[arg-type]
    sites = toy.sites([(121.45, 31.15)])
    of_file, of_points = (
        residents.reached(sites, UNITS, each, radius_m=5000)
        for each in (people, residents.People(LON, LAT, PEOPLE.ravel()))
    )
    pd.testing.assert_frame_equal(of_file, of_points)
    assert of_file["residents"].sum() == held.residents > 0


def test_cells_without_data_have_nobody() -> None:
    cells = PEOPLE.copy()
    cells[:, 10] = -99999
    cells[3, :] = np.nan
    held = read("people.tif", raster(cells))
    assert held.residents + held.outside == np.nansum(np.where(cells < 0, 0, cells))


NEGATIVE = np.where(np.arange(SIDE) == 4, -1.0, PEOPLE)


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("a.tif", raster(crs=None), "raster_no_crs"),
        ("a.tif", raster(crs="EPSG:32651"), "raster_other_crs"),
        ("a.tif", raster(bands=2), "raster_bands"),
        ("a.tif", raster(NEGATIVE), "raster_negative"),
        ("a.tif", raster(np.where(NEGATIVE < 0, np.inf, PEOPLE)), "raster_negative"),
        ("a.tif", raster()[:2000], "raster_unreadable"),
        ("a.tif", b"II*\0" + bytes(100), "raster_unreadable"),
        ("a.csv", csv(POINTS.assign(residents=NEGATIVE.ravel())), "bad_residents"),
        ("a.csv", csv(POINTS.assign(residents=[np.nan, *PEOPLE.ravel()[1:]])), "bad_residents"),
        ("a.csv", csv(POINTS.assign(lat=[95.0, *LAT[1:]])), "bad_residents"),
        ("a.csv", csv(POINTS.assign(residents=["many", *PEOPLE.ravel()[1:]])), "bad_residents"),
        ("a.csv", csv(POINTS.rename(columns={"residents": "x"})), "no_residents"),
        ("a.csv", csv(POINTS[["residents"]].assign(name="x")), "no_places"),
        ("a.csv", csv(POINTS.assign(lon=LON - 5)), "population_elsewhere"),
        ("a.csv", csv(POINTS.assign(residents=0)), "population_elsewhere"),
        ("a.tif", raster(0 * PEOPLE), "population_elsewhere"),
        ("a.geojson", json.dumps({"type": "Feature"}).encode(), "no_residents"),
        ("a.csv", b"", "empty"),
    ],
)
def test_a_bad_file_has_one_message_in_both_languages(file: str, content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(file, content)
    assert refused.value.code == code
    said = [refusal(refused.value, lang) for lang in LANGUAGES]
    assert all(each.startswith(file) for each in said)


def test_more_places_than_are_taken_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use_settings(monkeypatch, upload_rows=300)
    with pytest.raises(RefusedFileError, match="more than 300 cells"):
        read("a.tif", raster())
