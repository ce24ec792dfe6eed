"""Other ways to count points by district, from the same arrays; each is told nothing but these.

A point on a border is in no district for them.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]


def sjoin(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return counts of ``geopandas.sjoin``."""
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=districts.crs)
    pairs = frame.sjoin(districts[["geometry"]], predicate="within")
    rows = districts.index.get_indexer(pd.Index(pairs.iloc[:, -1]))
    return np.bincount(rows, minlength=len(districts))


def sedonadb(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return counts of SedonaDB."""
    import sedonadb as engine  # noqa: PLC0415 - not everywhere installed

    session = engine.connect()
    session.create_data_frame(pa.table({"lon": lon, "lat": lat})).to_view("points")
    session.create_data_frame(_outlines(districts)).to_view("outlines")
    counted = session.sql(
        "SELECT o.district, COUNT(*) AS n FROM outlines o JOIN points p "
        "ON ST_Contains(ST_GeomFromWKB(o.wkb), ST_Point(p.lon, p.lat)) GROUP BY o.district"
    )
    return _of_rows(pa.table(counted), len(districts))


def duckdb(lon: Degrees, lat: Degrees, districts: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return counts of DuckDB with its extension ``spatial``."""
    import duckdb as engine  # noqa: PLC0415
    import duckdb_extension_spatial  # noqa: PLC0415

    session = engine.connect()
    folder = resources.files(duckdb_extension_spatial) / "extensions" / f"v{engine.__version__}"
    with resources.as_file(folder / "spatial.duckdb_extension") as extension:
        session.execute(f"LOAD '{extension}'")
    session.register("points", pa.table({"lon": lon, "lat": lat}))
    session.register("outlines", _outlines(districts))
    counted = session.sql(
        "SELECT district, COUNT(*) AS n "
        "FROM (SELECT district, ST_GeomFromWKB(wkb) AS outline FROM outlines) "
        "JOIN (SELECT ST_Point(lon, lat) AS point FROM points) "
        "ON ST_Contains(outline, point) GROUP BY district"
    )
    return _of_rows(counted.to_arrow_table(), len(districts))


def _outlines(districts: gpd.GeoDataFrame) -> pa.Table:
    wkb = shapely.to_wkb(np.asarray(districts.geometry.array))
    return pa.table({"district": np.arange(len(districts)), "wkb": wkb})


def _of_rows(counted: pa.Table, n: int) -> NDArray[np.int64]:
    counts = np.zeros(n, dtype=np.int64)
    counts[counted["district"].to_numpy()] = counted["n"].to_numpy()
    return counts
