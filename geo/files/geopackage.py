"""GeoPackage 1.3 (OGC 12-128r17), with the dictionary and the sources inside.

GDAL writes the layers; what it cannot write through pyogrio (titles, codes, metadata as JSON, the
date) is added with SQLite. There is no spatial index: a few thousand rows need none.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyogrio
import shapely

from geo.checks import frames
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
    from geo.settings import Language

STORED: Final[Mapping[rows.Kind, pa.DataType]] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(),
}  # fmt: skip
MIXED: Final = "Unknown"
TYPES: Final[Mapping[dictionary.Table, str]] = {
    "sites": "Point",
    "shortlist": "Point",
    "districts": "MultiPolygon",
    "cities": "MultiPolygon",
    "clusters": "Polygon",
    "plans": "Point",
    "scenarios": "Point",
    "layouts": MIXED,
}
"""What each layer holds, rows or none, as GDAL calls it."""
MEANING: Final = "GDAL:OGR:comment"
STANDARD: Final = "http://purl.org/dc/terms/"
JSON: Final = "application/json"


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
    with TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        columns = {name: _write(path, name, frame, about) for name, frame in layers.items()}
        with closing(sqlite3.connect(path)) as base:
            _metadata(base, about, scope="dataset", content=about.metadata())
            for name, described in columns.items():
                explained = dictionary.explained(described, table=name, lang=about.language)
                _metadata(
                    base, about, scope="featureType", content={"columns": explained}, layer=name
                )
                _explain(base, name, described, lang=about.language)
            base.execute("UPDATE gpkg_contents SET last_change = ?", (_moment(about),))
            base.commit()
            clean = path.with_name("clean.gpkg")  # without traces of the moment of writing
            base.execute("VACUUM INTO ?", (str(clean),))
        return clean.read_bytes()


def _write(
    path: Path, name: dictionary.Table, frame: gpd.GeoDataFrame, about: About
) -> dict[str, dictionary.ExplainedColumn]:
    """Add a layer to a file; return its columns by the names that they have there."""
    found = rows.of(frame, table=name)
    columns = dict(zip(rows.names(found), found.columns, strict=True))
    key = rows.free("fid", taken=columns)
    place = rows.free("geom", taken=[*columns, key])
    located = multipolygons(lonlat.lonlat(frame))
    fields = [
        pa.field(each, STORED[kind], metadata={MEANING: column.meaning[about.language]})
        for (each, column), kind in zip(columns.items(), found.kinds(), strict=True)
    ]
    bodies = pa.array(shapely.to_wkb(located, output_dimension=2), pa.binary())
    pyogrio.write_arrow(
        pa.table([*found.values, bodies], pa.schema([*fields, pa.field(place, pa.binary())])),
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        geometry_name=place,
        geometry_type=layer_type(geometry_types(located), table=name),
        crs=frames.WGS84,
        dataset_options={"VERSION": "1.3", "METADATA_TABLES": "YES", "ADD_GPKG_OGR_CONTENTS": "NO"},
        layer_options={
            "SPATIAL_INDEX": "NO",
            "FID": key,
            "GEOMETRY_NAME": place,
            "IDENTIFIER": dictionary.word(name, lang=about.language),
            "DESCRIPTION": f"{about.title}\n{about.paragraph()}",
        },
    )
    return columns


def layer_type(names: set[str], *, table: dictionary.Table) -> str:
    """Return the type of a layer: that of its table, unless its geometries are others."""
    usual = TYPES.get(table, MIXED)
    if names <= {usual}:
        return usual
    return names.pop() if len(names) == 1 else MIXED


def geometry_types(located: NDArray[np.object_]) -> set[str]:
    """Return the types of geometries, as GDAL calls them."""
    return {each.geom_type for each in located if each is not None}


def _metadata(
    base: sqlite3.Connection,
    about: About,
    *,
    scope: str,
    content: Mapping[str, object],
    layer: str | None = None,
) -> None:
    """Add what is said of the whole file or, with `layer`, of one table."""
    added = base.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES (?, ?, ?, ?)",
        (scope, STANDARD, JSON, plain_values.writable(plain_values.to_json(content))),
    )
    base.execute(
        "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, NULL)",
        ("table" if layer else "geopackage", layer, _moment(about), added.lastrowid),
    )


def _moment(about: About) -> str:
    return f"{about.date.isoformat()}T00:00:00.000Z"


def _explain(
    base: sqlite3.Connection,
    table: dictionary.Table,
    columns: Mapping[str, dictionary.ExplainedColumn],
    *,
    lang: Language,
) -> None:
    """Add the titles of a layer's columns, which GDAL gave a meaning, and their codes."""
    for name, column in columns.items():
        if not column.known:
            continue
        unit = f" ({column.unit[lang]})" if column.unit[lang] else ""
        coded = column.type == "code" and bool(column.codes)
        base.execute(
            "UPDATE gpkg_data_columns SET name = column_name, title = ?, constraint_name = ? "
            "WHERE table_name = ? AND column_name = ?",
            (f"{column.title[lang]}{unit}", name if coded else None, table, name),
        )
        if coded:
            # Layers share the codes of a column that both have.
            base.executemany(
                "INSERT OR IGNORE INTO gpkg_data_column_constraints "
                "VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
                [(name, code, words[lang]) for code, words in column.codes.items()],
            )
