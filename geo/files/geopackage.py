"""GeoPackage 1.3 (OGC 12-128r17), with the dictionary and the sources inside.

Written with SQLite alone. There is no spatial index: a few thousand rows need none.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyproj
import shapely

from geo.facts import dictionary
from geo.files import plain_values, rows
from geo.files.multipart import multipolygons
from geo.geometry import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from geo.files.about import About

TABLES: Final = Path(__file__).with_name("geopackage.sql")
WGS84: Final = 4326
UNDEFINED: Final = "undefined"
STORED: Final[Mapping[rows.Kind, str]] = {
    str: "TEXT", int: "INTEGER", float: "REAL", bool: "BOOLEAN",
}  # fmt: skip
TYPES: Final[Mapping[dictionary.Table, str]] = {
    "sites": "POINT",
    "shortlist": "POINT",
    "districts": "MULTIPOLYGON",
    "cities": "MULTIPOLYGON",
    "layouts": "GEOMETRY",
}
"""What each layer holds, rows or none."""
STANDARD: Final = "http://purl.org/dc/terms/"
JSON: Final = "application/json"
NO_ENVELOPE, ENVELOPE = 0b00000001, 0b00000011
"""Flags of a geometry: little-endian, with or without its bounds."""


def geopackage(layers: Mapping[dictionary.Table, gpd.GeoDataFrame], about: About) -> bytes:
    """Return frames as one GeoPackage.

    Parameters
    ----------
    layers
        Each layer by what it is; geometries in any CRS that has one, null where missing or empty.
    about
        What the file says about itself.

    Returns
    -------
    bytes
        A feature table a layer, in WGS84 (EPSG:4326, longitude first as the standard has it).
        ``gpkg_metadata`` holds title, date, filters, method, sources and, for each layer, its
        dictionary as JSON; ``gpkg_data_columns`` holds title and meaning of each column, and
        ``gpkg_data_column_constraints`` the codes of those that have some.

    Raises
    ------
    InputError
        For a missing CRS or column names that are repeated.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(TABLES.read_text("utf-8"))
        base.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _reference_systems()
        )
        _metadata(base, about, scope="dataset", said=about.metadata())
        for name, frame in layers.items():
            _layer(base, name, frame, about)
        base.commit()
        return base.serialize()


def _reference_systems() -> list[tuple[str, int, str, int, str, str]]:
    wkt = pyproj.CRS.from_epsg(WGS84).to_wkt("WKT1_GDAL")
    return [
        ("Undefined Cartesian SRS", -1, "NONE", -1, UNDEFINED, "undefined Cartesian coordinates"),
        ("Undefined geographic SRS", 0, "NONE", 0, UNDEFINED, "undefined geographic coordinates"),
        ("WGS 84 geodetic", WGS84, "EPSG", WGS84, wkt, "longitude and latitude in degrees"),
    ]


def _metadata(
    base: sqlite3.Connection,
    about: About,
    *,
    scope: str,
    said: Mapping[str, object],
    layer: str | None = None,
) -> None:
    """Add what is said of the whole file or, with `layer`, of one table."""
    added = base.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES (?, ?, ?, ?)",
        (scope, STANDARD, JSON, plain_values.writable(plain_values.to_json(said))),
    )
    base.execute(
        "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, NULL)",
        ("table" if layer else "geopackage", layer, _moment(about), added.lastrowid),
    )


def _moment(about: About) -> str:
    return f"{about.date.isoformat()}T00:00:00.000Z"


def _layer(
    base: sqlite3.Connection, name: dictionary.Table, frame: gpd.GeoDataFrame, about: About
) -> None:
    lang = about.language
    found = rows.of(frame, table=name)
    columns = rows.names(found)
    key = rows.free("fid", taken=columns)
    place = rows.free("geom", taken=[*columns, key])
    located = multipolygons(lonlat.lonlat(frame))
    present = located[~shapely.is_missing(located)]
    type_ = _type(present, table=name)
    bounds = shapely.total_bounds(present).tolist() if len(present) else [None] * 4
    base.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, dictionary.word(name, lang=lang), f"{about.title}\n{about.paragraph()}",
         _moment(about), *bounds, WGS84),
    )  # fmt: skip
    base.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
        (name, place, type_, WGS84),
    )
    declared = [
        f"{_quoted(column)} {STORED[kind]}"
        for column, kind in zip(columns, found.kinds(), strict=True)
    ]
    base.execute(
        f"CREATE TABLE {_quoted(name)} ({_quoted(key)} INTEGER PRIMARY KEY NOT NULL, "
        f"{_quoted(place)} {type_}{''.join(f', {each}' for each in declared)})"
    )
    marks = ", ".join("?" * (2 + len(columns)))
    base.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({marks})",  # noqa: S608 - names are quoted
        (
            (number, shape, *row)
            for number, (shape, row) in enumerate(zip(_blobs(located), found, strict=True), start=1)
        ),
    )
    explained = dictionary.explained(columns, table=name, lang=lang)
    _metadata(base, about, scope="featureType", said={"columns": explained}, layer=name)
    _explain(base, name, dict(zip(columns, found.columns, strict=True)), lang=lang)


def _explain(
    base: sqlite3.Connection,
    table: dictionary.Table,
    columns: Mapping[str, dictionary.Column],
    *,
    lang: dictionary.Lang,
) -> None:
    """Add title and meaning of a layer's columns, and the codes they may hold."""
    for name, column in columns.items():
        if not column.known:
            continue
        unit = f" ({column.unit[lang]})" if column.unit[lang] else ""
        coded = column.type == "code" and bool(column.codes)
        base.execute(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
            (table, name, name, f"{column.title[lang]}{unit}", column.meaning[lang],
             name if coded else None),
        )  # fmt: skip
        if coded:
            # Layers share the codes of a column that both have.
            base.executemany(
                "INSERT OR IGNORE INTO gpkg_data_column_constraints "
                "VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
                [(name, code, words[lang]) for code, words in column.codes.items()],
            )


def _type(present: NDArray[np.object_], *, table: dictionary.Table) -> str:
    """Return the type of a layer: that of its table, unless its geometries are others."""
    names = {shapely.GeometryType(number).name for number in shapely.get_type_id(present)}
    if names <= {TYPES[table]}:
        return TYPES[table]
    return names.pop() if len(names) == 1 else "GEOMETRY"


def _blobs(located: NDArray[np.object_]) -> list[bytes | None]:
    """Return each geometry as a GeoPackage has it: a header, bounds unless a point, and WKB."""
    bounds = shapely.bounds(located)
    bodies = shapely.to_wkb(located, byte_order=1, output_dimension=2)
    points = shapely.get_type_id(located) == shapely.GeometryType.POINT
    return [
        None
        if body is None
        else struct.pack("<2sBBi", b"GP", 0, NO_ENVELOPE if point else ENVELOPE, WGS84)
        + (b"" if point else struct.pack("<4d", west, east, south, north))
        + body
        for body, point, (west, south, east, north) in zip(bodies, points, bounds, strict=True)
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
