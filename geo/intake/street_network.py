"""A street network that somebody brings: OpenStreetMap, GraphML, or lines of any format.

Lines are kept or left out, and are streets or stairs, by their tags: ``geo/networks/walking.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo import settings
from geo.checks import frames
from geo.facts import own_terrain
from geo.intake import drawn, words
from geo.intake.readers import jobs, limits, shapes
from geo.networks import graph, packed, rules

if TYPE_CHECKING:
    from geo.facts.own_terrain import OwnShapes, OwnStreets
    from geo.networks.graph import Lines, Network

WAYS: Final = ("highway", "route")
"""Tags of which a way of OpenStreetMap that may be walked has one."""

PBF: Final = b"\n\tOSMHeader"
"""What stands behind the first four bytes of an .osm.pbf."""

HEAD: Final = 1000
"""Bytes in which an XML says what it is."""

OTHER_TAGS: Final = re.compile(r'"([^"]*)"=>"([^"]*)"')
"""A tag of the column ``other_tags``, in which ogr2ogr puts most of them."""

NEAR_DEGREES: Final = 0.05
"""A network so far round the districts is theirs: some five kilometres."""


class StreetNetwork(NamedTuple):
    """A network as it was read.

    Attributes
    ----------
    network
        What is walked.
    left_out_km : Series of float64
        Kilometres of lines that are not walked, by the reason of ``walking.toml``: ``motorway``,
        ``closed``, ``unbuilt``; lines that are no streets at all are not counted.
    """

    network: Network
    left_out_km: pd.Series


class _Read(NamedTuple):
    """Lines of a file in WGS84, and their tags."""

    lines: Lines
    tags: pd.DataFrame


def read(file: str, content: bytes, units: gpd.GeoDataFrame) -> StreetNetwork:
    """Return the street network of a file.

    Parameters
    ----------
    file
        Its name; a folder before it is dropped.
    content
        Its bytes: an extract of OpenStreetMap (.osm.pbf, .osm or .osm.xml), a GraphML as osmnx
        writes it, or lines in any format of `geo.intake.readers.choice` that has geometry
        (GeoPackage, zipped shapefile, GeoJSON, GeoParquet, KML), with a CRS.
    units
        Polygons of the region; lines far from all of them are left out.

    Raises
    ------
    RefusedFileError
        Where it cannot be read as a whole, has no lines, none that is walked, states no CRS, has
        too many lines, or lies elsewhere.
    """
    name = drawn.name_of(file)
    limits.check_size(name, content)
    read_lines, tags = _near(name, _lines(name, content), units)
    kind, reason = rules.treatment(tags)
    if kind.isna().all():
        words.refuse("network_not_walked", file=name, n=f"{len(kind):,}")
    walked = kind.notna().to_numpy()[read_lines.line]
    chosen = read_lines.at(walked)._replace(kind=kind.to_numpy(dtype=object))
    out = reason.where(reason.ne(rules.OTHER))
    metres = graph.lengths(read_lines.lon, read_lines.lat, read_lines.line, len(out))
    km = pd.Series(metres / 1000, out.index).groupby(out).sum()
    return StreetNetwork(graph.network(chosen), km.rename("km").rename_axis("reason"))


def own_streets(file: str, content: bytes, units: gpd.GeoDataFrame, source: str) -> OwnStreets:
    """Return the street network of a file as a workspace keeps it.

    Parameters
    ----------
    file, content, units
        As for `read`.
    source
        Whose it is.

    Raises
    ------
    RefusedFileError
        As `read`; where it has more corners than are kept.
    """
    found = read(file, content, units)
    corners = int(shapely.get_num_coordinates(found.network.course).sum())
    if corners > own_terrain.MOST_CORNERS:
        most = f"{own_terrain.MOST_CORNERS:,}"
        words.refuse("network_too_many_corners", file=drawn.name_of(file), most=most)
    km = {f"{reason}_km": float(km) for reason, km in found.left_out_km.items()}
    return packed.of_network(found.network, source=source, file=drawn.name_of(file), **km)


def own_barriers(file: str, content: bytes, units: gpd.GeoDataFrame, source: str) -> OwnShapes:
    """Return the barriers of a file as a workspace keeps them: parameters as of `own_streets`.

    Raises
    ------
    RefusedFileError
        As `barriers`; where none lies near the units, or there are more corners than are kept.
    """
    return _own_shapes(file, barriers(file, content), units, source)


def own_forbidden(file: str, content: bytes, units: gpd.GeoDataFrame, source: str) -> OwnShapes:
    """Return the areas of a file where nothing may be built, as a workspace keeps them.

    Parameters as of `own_streets`.

    Raises
    ------
    RefusedFileError
        Where it cannot be read, has no area, states no CRS, has none near the units or nothing
        but them, or more corners than are kept.
    """
    own = _own_shapes(
        file, _shapes(file, content, drawn.AREAL, "forbidden_no_areas"), units, source
    )
    whole = shapely.union_all(np.asarray(units.to_crs(frames.WGS84).geometry.array))
    areas = shapely.union_all(np.asarray(packed.unpack_shapes(own).array))
    if shapely.is_empty(shapely.difference(whole, areas)):
        words.refuse("forbidden_everywhere", file=drawn.name_of(file))
    return own


def _own_shapes(
    file: str, shapes: gpd.GeoSeries, units: gpd.GeoDataFrame, source: str
) -> OwnShapes:
    """Return lines and areas near some units as a workspace keeps them."""
    parts = shapely.get_parts(np.asarray(shapes.array))
    west, south, east, north = units.to_crs(frames.WGS84).total_bounds
    pad = NEAR_DEGREES
    near = shapely.box(west - pad, south - pad, east + pad, north + pad)
    good = np.isfinite(shapely.bounds(parts)).all(axis=1)
    held = parts[good & shapely.intersects(parts, near)]
    if not len(held):
        words.refuse("barrier_elsewhere", file=drawn.name_of(file))
    if shapely.get_num_coordinates(held).sum() > own_terrain.MOST_SHAPED:
        words.refuse(
            "barrier_too_large", file=drawn.name_of(file), most=f"{own_terrain.MOST_SHAPED:,}"
        )
    kept = gpd.GeoSeries(held, crs=frames.WGS84)
    return packed.of_shapes(kept, source=source, file=drawn.name_of(file))


def barriers(file: str, content: bytes) -> gpd.GeoSeries:
    """Return the lines and areas of a file that nobody crosses.

    Parameters
    ----------
    file, content
        Lines or polygons in any format of `geo.intake.readers.choice` that has geometry.

    Returns
    -------
    GeoSeries
        In WGS84, see `geo.networks.straight`.

    Raises
    ------
    RefusedFileError
        Where it cannot be read, has neither, or states no CRS.
    """
    return _shapes(file, content, (*drawn.LINEAR, *drawn.AREAL), "barrier_no_lines")


def _shapes(file: str, content: bytes, kinds: tuple[str, ...], missing: str) -> gpd.GeoSeries:
    """Return the geometry of some kinds of a file, WGS84."""
    name = drawn.name_of(file)
    limits.check_size(name, content)
    geometry = drawn.of_kinds(name, content, kinds, missing)[1]
    return gpd.GeoSeries(geometry.reset_index(drop=True))


def _lines(file: str, content: bytes) -> _Read:
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    form = "pbf" if content[4:].startswith(PBF) else "osm" if b"<osm" in head else None
    options = ",".join(rules.standard().tags), settings.current().upload_rows
    if form:
        said, rows = jobs.run(
            "osm", form, options[0], ",".join(WAYS), options[1], file=file, content=content
        )
    elif b"<graphml" in head or file.lower().endswith(".graphml"):
        said, rows = jobs.run("graphml", *options, file=file, content=content)
    else:
        return _of_table(file, content)
    return _of_job(file, said["crs"], rows)


def _of_job(file: str, crs: str | None, rows: memoryview) -> _Read:
    with pa.ipc.open_stream(pa.py_buffer(rows)) as stream:
        table: pa.Table = stream.read_all().combine_chunks()
    if not len(table):
        words.refuse("network_no_lines", file=file)
    if not crs:
        words.refuse("network_no_crs", file=file)
    x, y = (table[axis].combine_chunks() for axis in ("x", "y"))
    line = np.repeat(np.arange(len(table)), np.diff(x.offsets.to_numpy()))
    lonlat = np.column_stack([x.values.to_numpy(), y.values.to_numpy()])
    own = [name for name in table.column_names if name not in {"x", "y", "vertex"}]
    tags = table.select(own).to_pandas()
    if "vertex" in table.column_names:
        vertex = table["vertex"].combine_chunks().values.to_numpy()
        kinds = np.full(len(table), rules.STREET, dtype=object)
        return _Read(graph.Lines(lonlat[:, 0], lonlat[:, 1], vertex, line, kinds), tags)
    long = np.bincount(line)[line] > 1
    courses = shapely.linestrings(
        lonlat[long], indices=np.unique(line[long], return_inverse=True)[1]
    )
    geometry = gpd.GeoSeries(courses, crs=shapes.crs(file, crs))
    try:
        degrees = geometry.to_crs(frames.WGS84)
    except (ValueError, RuntimeError):  # pyproj's CRSError and ProjError
        words.refuse("no_way", file=file, crs=crs[:80])
    lines = graph.of_geometry(np.asarray(degrees.array))
    return _Read(lines, tags.iloc[np.unique(line[long])].reset_index(drop=True))


def _of_table(file: str, content: bytes) -> _Read:
    """Return the lines of the first layer that has any."""
    table, geometry = drawn.of_kinds(file, content, drawn.LINEAR, "network_no_lines")
    cells = table.cells.loc[geometry.index].reset_index(drop=True)
    named = {str(name).lower(): cells[name] for name in cells}
    tags = pd.DataFrame(
        {name: named[name].astype("str") for name in rules.standard().tags if name in named},
        index=cells.index,
    )
    if "other_tags" in named:
        written = named["other_tags"].astype("str").fillna("")
        more = pd.DataFrame([dict(OTHER_TAGS.findall(text)) for text in written])
        new = [name for name in rules.standard().tags if name in more and name not in tags]
        tags = tags.join(more[new])
    parts = gpd.GeoSeries(geometry.reset_index(drop=True)).explode()
    lines = graph.of_geometry(np.asarray(parts.array))
    return _Read(lines, tags.loc[parts.index].reset_index(drop=True))


def _near(file: str, read_lines: _Read, units: gpd.GeoDataFrame) -> _Read:
    """Return the lines that have a place near the units."""
    lines, tags = read_lines
    west, south, east, north = units.to_crs(frames.WGS84).total_bounds
    good = (np.abs(lines.lon) <= 180) & (np.abs(lines.lat) <= 90)
    within = good & (lines.lon >= west - NEAR_DEGREES) & (lines.lon <= east + NEAR_DEGREES)
    within &= (lines.lat >= south - NEAR_DEGREES) & (lines.lat <= north + NEAR_DEGREES)
    near = np.zeros(len(tags), dtype=bool)
    near[lines.line[within]] = True
    near[lines.line[~good]] = False
    if not near.any():
        words.refuse("network_elsewhere", file=file)
    chosen = near[lines.line]
    number = np.cumsum(near) - 1
    kept = lines.at(chosen)
    kept = kept._replace(line=number[kept.line], kind=lines.kind[near])
    return _Read(kept, tags[near].reset_index(drop=True))
