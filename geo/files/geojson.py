"""Files for other programs: GeoJSON as RFC 7946 has it, and CSV that spreadsheets open safely.

Both are the same bytes for the same input. Chinese text stays readable, whole numbers stay whole,
what is unknown is null (GeoJSON) or an empty cell (CSV).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.files import plain_values
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

DECIMALS = 7
"""Of a degree: about a centimetre, as RFC 7946 (section 11.2) and GDAL's RFC7946 option have it."""


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
    found = plain_values.columns(table, metadata=metadata)
    frame = pd.DataFrame(
        {
            plain_values.neutral(name): [_cell(value) for value in column]
            for name, column in found.items()
        },
        dtype=object,
    )
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def _feature_collection(
    frame: gpd.GeoDataFrame, ids: pd.Series | None, metadata: Mapping[str, object] | None
) -> bytes:
    plain_values.refuse_repeated(frame)
    geometries = _geometries(frame)
    columns = {
        str(name): plain_values.values(column)
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
    about = (
        f'"metadata":{plain_values.to_json(plain_values.plain(dict(metadata)))},\n'
        if metadata
        else ""
    )
    body = ",\n".join(features)
    return f'{{"type":"FeatureCollection",\n{about}"features":[\n{body}\n]}}\n'.encode(
        "utf-8", "replace"
    )


def _feature(geometry: str, properties: dict[str, object], identity: object) -> str:
    id_ = "" if identity is None else f'"id":{plain_values.to_json(identity)},'
    known = plain_values.to_json(properties)
    return f'{{"type":"Feature",{id_}"properties":{known},"geometry":{geometry}}}'


def _geometries(frame: gpd.GeoDataFrame) -> list[str]:
    """Return each geometry as GeoJSON text, "null" where there is none."""
    degrees = lonlat.lonlat(frame)
    present = ~shapely.is_missing(degrees)
    texts = np.full(len(degrees), "null", dtype=object)
    # Adding 0.0 turns -0.0 into 0.0. Rounding may turn the thinnest ring round.
    rounded = shapely.transform(degrees[present], lambda xy: np.round(xy, DECIMALS) + 0.0)
    texts[present] = shapely.to_geojson(shapely.orient_polygons(rounded))
    return [str(text) for text in texts]


def _identities(ids: pd.Series | None, n: int) -> list[object]:
    """Return the features' ids, or none at all when they would not tell features apart."""
    if ids is None or ids.isna().any() or ids.duplicated().any():
        return [None] * n
    return [
        value if isinstance(value, str | int) else str(value) for value in plain_values.values(ids)
    ]


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = plain_values.to_json(value)
    return plain_values.neutral(value) if isinstance(value, str) else value
