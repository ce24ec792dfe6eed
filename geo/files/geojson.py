"""GeoJSON as RFC 7946 has it: the same bytes for the same input.

Chinese text stays readable, whole numbers stay whole, what is unknown is null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geo.files import plain_values
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

DECIMALS = 7
"""Of a degree: about a centimetre, as RFC 7946 (section 11.2) and GDAL's RFC7946 option have it."""


def feature_collection(
    frame: gpd.GeoDataFrame,
    *,
    ids: Literal["column", "index"] = "column",
    metadata: Mapping[str, object] | None = None,
) -> bytes:
    """Return rows as a GeoJSON FeatureCollection (RFC 7946).

    Parameters
    ----------
    frame : GeoDataFrame
        Geometries in any CRS that has one, null where missing, with any columns.
    ids : str, optional
        The features' id, where it has no gaps and repetitions: the column ``id`` where there is
        one, or the labels of the index; those are also a property where the index has a name.
    metadata : mapping, optional
        What the file carries about itself: title, date, method, sources, licence. Written as the
        foreign member ``metadata`` (RFC 7946, section 6.1).

    Returns
    -------
    bytes
        UTF-8, one feature a line, WGS84 longitude and latitude (OGC:CRS84) with 7 decimals; outer
        rings run counter-clockwise.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated; all faults at once.
    """
    about = b""
    if metadata:
        text = plain_values.to_json(plain_values.plain(dict(metadata)))
        about = b'"metadata":%s,\n' % text.encode("utf-8", "replace")
    body = b",\n".join(features(frame, ids=ids))
    return b'{"type":"FeatureCollection",\n%s"features":[\n%s\n]}\n' % (about, body)


def features(frame: gpd.GeoDataFrame, *, ids: Literal["column", "index"] = "column") -> list[bytes]:
    """Return the features of `feature_collection` one by one, each as UTF-8.

    Raises
    ------
    InputError
        As `feature_collection`.
    """
    labels = frame.get("id")
    if ids == "index":
        labels = frame.index.to_series()
        if frame.index.name is not None and frame.index.name not in frame:
            frame = frame.reset_index()
    plain_values.refuse_repeated(frame)
    geometries = _geometries(frame)
    columns = {
        str(name): plain_values.values(column)
        for name, column in frame.drop(columns=frame.active_geometry_name).items()
    }
    return [
        _feature(geometry, dict(zip(columns, row, strict=True)), identity)
        for geometry, row, identity in zip(
            geometries,
            zip(*columns.values(), strict=True) if columns else [()] * len(frame),
            _identities(labels, len(frame)),
            strict=True,
        )
    ]


def _feature(geometry: str, properties: dict[str, object], identity: object) -> bytes:
    id_ = "" if identity is None else f'"id":{plain_values.to_json(identity)},'
    known = plain_values.to_json(properties)
    text = f'{{"type":"Feature",{id_}"properties":{known},"geometry":{geometry}}}'
    return text.encode("utf-8", "replace")


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
