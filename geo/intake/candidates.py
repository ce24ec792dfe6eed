"""Places of somebody's own where new sites may stand: points, or areas such as planning units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks import frames
from geo.facts import own_terrain
from geo.intake import cells, columns, drawn, positions, readers, words
from geo.intake.faults import Faults
from geo.intake.readers import limits
from geo.measures import containment
from geo.networks import packed

if TYPE_CHECKING:
    from geo.facts.own_terrain import OwnPlaces
    from geo.intake.table import RawTable

TABLES: Final = frozenset({"csv", "excel"})
"""Formats without geometry of their own."""


def own_candidates(file: str, content: bytes, units: gpd.GeoDataFrame, source: str) -> OwnPlaces:
    """Return the places of a file as a workspace keeps them.

    Parameters
    ----------
    file, content
        Points or polygons in any format of `geo.intake.readers.choice`, or a table with longitude
        and latitude (WGS84, or the datum that the headings name) or geometry as WKT. A polygon is
        one place, a point well inside of it. The column that is called as names are is theirs.
    units
        Polygons of the region; what lies in none is counted and left out.
    source
        Whose they are.

    Raises
    ------
    RefusedFileError
        Where it cannot be read, has neither points nor polygons, states no CRS, has no place in
        the region, or more than are kept.
    """
    name = drawn.name_of(file)
    limits.check_size(name, content)
    table = readers.read(name, content)
    if table.format in TABLES:
        lonlat = _stated(table)
    else:
        kinds = (*drawn.POINTS, *drawn.AREAL)
        table, shapes = drawn.of_kinds(name, content, kinds, "candidates_no_places")
        points = shapely.point_on_surface(np.asarray(shapes.array))
        both = {"lon": shapely.get_x(points), "lat": shapely.get_y(points)}
        lonlat = pd.DataFrame(both, shapes.index)
    polygons = frames.polygons(units, [])
    row = containment.rows(
        lonlat["lon"].to_numpy(), lonlat["lat"].to_numpy(), polygons, units.index
    )
    held = lonlat[row != containment.NOWHERE].drop_duplicates()
    if held.empty:
        words.refuse("candidates_elsewhere", file=name)
    if len(held) > own_terrain.MOST_PLACES:
        most = f"{own_terrain.MOST_PLACES:,}"
        words.refuse("candidates_too_many", file=name, n=f"{len(held):,}", most=most)
    places = gpd.GeoDataFrame(
        {"name": _names(table).loc[held.index].to_numpy()},
        geometry=gpd.points_from_xy(held["lon"], held["lat"]),
        crs=frames.WGS84,
    )
    outside = len(table.cells) - len(places)
    return packed.of_places(places, source=source, file=name, outside=outside)


def _stated(table: RawTable) -> pd.DataFrame:
    """Return the positions that the columns of a table state, WGS84; NaN where a row has none."""
    held = columns.recognise(table.cells)
    if not {"lon", "position", "geometry"} & held.keys():
        headings = ", ".join(map(str, table.cells))
        words.refuse("no_places", file=table.file, columns=headings)
    stated = positions.stated(table, held, Faults())
    return positions.to_wgs84(stated, columns.datum_named(held) or "wgs84")[["lon", "lat"]]


def _names(table: RawTable) -> pd.Series:
    """Return what a file calls its rows, in one line each; nothing where it has no such column."""
    known = {columns.plain(str(each)): each for each in table.cells}
    wanted = (*map(columns.plain, columns.headings_of("name")), *columns.of_areas()["name"])
    column = next((known[each] for each in wanted if each in known), None)
    if column is None:
        return pd.Series("", table.cells.index)
    written = cells.text(table.cells[column]).fillna("")
    return written.map(_of_a_line)


def _of_a_line(text: str) -> str:
    """Return a text in one line that can be printed, no longer than names are kept."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line[: packed.LONGEST]
