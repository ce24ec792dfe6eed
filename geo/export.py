"""Files for other programs: GeoJSON as RFC 7946 has it, and CSV that spreadsheets open safely.

Both are the same bytes for the same input. Chinese text stays readable, whole numbers stay whole,
what is unknown is null (GeoJSON) or an empty cell (CSV).
"""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

CRS84 = "OGC:CRS84"
DECIMALS = 7
"""Of a degree: about a centimetre, as RFC 7946 (section 11.2) and GDAL's RFC7946 option have it."""

FORMULA_START = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])")
"""Where a cell, or a part of it that some spreadsheet splits off, would begin a formula."""


def sites_geojson(
    sites: gpd.GeoDataFrame, *, metadata: Mapping[str, object] | None = None
) -> bytes:
    """Return sites as a GeoJSON FeatureCollection (RFC 7946).

    Parameters
    ----------
    sites : GeoDataFrame
        Points in any CRS that has one; unlocated sites get a null geometry. The column ``id``,
        where there is one without gaps and repetitions, is the features' id as well.
    metadata : mapping, optional
        What the file carries about itself: title, date, method, sources, licence. Written as the
        foreign member ``metadata`` (RFC 7946, section 6.1).

    Returns
    -------
    bytes
        UTF-8, one feature a line, WGS84 longitude and latitude (OGC:CRS84) with 7 decimals.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated; all faults at once.
    """
    return _feature_collection(sites, sites.get("id"), metadata)


def districts_geojson(
    districts: gpd.GeoDataFrame, *, metadata: Mapping[str, object] | None = None
) -> bytes:
    """Return districts with their figures as a GeoJSON FeatureCollection (RFC 7946).

    Parameters
    ----------
    districts : GeoDataFrame
        Polygons in any CRS that has one, with any columns; the index labels become the features'
        id and, where the index has a name, a property of that name.
    metadata : mapping, optional
        As for `sites_geojson`.

    Returns
    -------
    bytes
        As `sites_geojson`; outer rings run counter-clockwise.

    Raises
    ------
    InputError
        As `sites_geojson`.
    """
    ids = districts.index.to_series()
    named = districts
    if districts.index.name is not None and districts.index.name not in districts:
        named = districts.reset_index()
    return _feature_collection(named, ids, metadata)


def csv(table: pd.DataFrame, *, metadata: Mapping[str, object] | None = None) -> bytes:
    """Return a table as CSV (RFC 4180) that any spreadsheet opens and none executes.

    Text that a spreadsheet could take for a formula gets an apostrophe in front; numbers stay
    numbers. Geometry columns are left out, a named index comes first.

    Parameters
    ----------
    table : DataFrame
        Any columns.
    metadata : mapping, optional
        Further columns, the same in every row, so that every program can read the file.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, commas, CRLF line ends, empty cells for what is unknown.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    _refuse_repeated(table)
    frame = pd.DataFrame(table)
    if frame.index.name is not None and frame.index.name not in frame:
        frame = frame.reset_index()
    geometries = [name for name, kind in frame.dtypes.items() if str(kind) == "geometry"]
    frame = frame.drop(columns=geometries)
    columns = {str(name): _values(column) for name, column in frame.items()}
    for name, value in (metadata or {}).items():
        free = name if name not in columns else f"metadata_{name}"
        columns[free] = [_plain(value)] * len(frame)
    cells = pd.DataFrame(
        {_safe(name): [_cell(value) for value in values] for name, values in columns.items()},
        dtype=object,
    )
    return cells.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def _feature_collection(
    frame: gpd.GeoDataFrame, ids: pd.Series | None, metadata: Mapping[str, object] | None
) -> bytes:
    _refuse_repeated(frame)
    geometries = _geometries(frame)
    columns = {
        str(name): _values(column)
        for name, column in frame.drop(columns=frame.active_geometry_name).items()
    }
    features = [
        _feature(geometry, dict(zip(columns, row, strict=True)), identity)
        for geometry, row, identity in zip(
            geometries,
            zip(*columns.values(), strict=True) if columns else [()] * len(frame),
            _identities(ids, len(frame)),
            strict=True,
        )
    ]
    about = f'"metadata":{_json(_plain(dict(metadata)))},\n' if metadata else ""
    body = ",\n".join(features)
    return f'{{"type":"FeatureCollection",\n{about}"features":[\n{body}\n]}}\n'.encode(
        "utf-8", "replace"
    )


def _feature(geometry: str, properties: dict[str, object], identity: object) -> str:
    id_ = "" if identity is None else f'"id":{_json(identity)},'
    return f'{{"type":"Feature",{id_}"properties":{_json(properties)},"geometry":{geometry}}}'


def _geometries(frame: gpd.GeoDataFrame) -> list[str]:
    """Return each geometry as GeoJSON text, "null" where there is none."""
    shapes = np.asarray(frame.geometry.array)
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if not absent.all():
        if frame.crs is None:
            raise InputError(
                "the frame has no CRS, so its coordinates could mean anything; say what they are "
                "with set_crs, for example set_crs('EPSG:4326')"
            )
        shapes = np.asarray(frame.geometry.to_crs(CRS84).array)
    absent |= ~_finite(shapes)
    texts = np.full(len(shapes), "null", dtype=object)
    # Adding 0.0 turns -0.0 into 0.0.
    rounded = shapely.transform(shapes[~absent], lambda xy: np.round(xy, DECIMALS) + 0.0)
    texts[~absent] = shapely.to_geojson(shapely.orient_polygons(rounded))
    return [str(text) for text in texts]


def _finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    finite = np.ones(len(shapes), dtype=bool)
    finite[owner[~np.isfinite(coordinates).all(axis=1)]] = False
    return finite


def _identities(ids: pd.Series | None, n: int) -> list[object]:
    """Return the features' ids, or none at all when they would not tell features apart."""
    if ids is None or ids.isna().any() or ids.duplicated().any():
        return [None] * n
    return [value if isinstance(value, str | int) else str(value) for value in _values(ids)]


def _values(column: pd.Series) -> list[object]:
    return [_plain(value) for value in column.array]


def _plain(value: object) -> object:
    """Return a value as JSON has it: no NaN, no infinity, no types of NumPy or pandas."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = _json(value)
    return _safe(value) if isinstance(value, str) else value


def _safe(text: str) -> str:
    return FORMULA_START.sub(r"\1'", text)


def _refuse_repeated(frame: pd.DataFrame) -> None:
    names = pd.Index([str(name) for name in frame.columns])
    if names.has_duplicates:
        raise InputError(
            f"repeated columns: {', '.join(names[names.duplicated()].unique())}; "
            "expected each name once"
        )
