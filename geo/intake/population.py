"""Residents by place that somebody brings: a GeoTIFF of people a cell, or a table of points."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo import settings
from geo.checks import frames
from geo.facts import own_population
from geo.facts.own_population import OwnPopulation
from geo.intake import cells, columns, faults, positions, readers, words
from geo.intake.readers import jobs, limits
from geo.measures import containment

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.intake.table import RawTable

    Floats = NDArray[np.float64]
    Places = tuple[Floats, Floats, Floats]

IN_BOUNDS: Final = 4
"""How many times as many cells as are taken may lie within the region's bounds."""

TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""What a TIFF begins with, and a BigTIFF."""


def read(file: str, content: bytes, units: gpd.GeoDataFrame, *, source: str) -> OwnPopulation:
    """Return the residents of a region's units by place.

    Parameters
    ----------
    file
        Its name; a folder before it is dropped.
    content
        Its bytes: a GeoTIFF of people a cell in WGS84 degrees, as WorldPop's, each taken to live
        in the middle of its cell; or any file of `geo.intake.readers.choice` with points and a
        column of residents, in WGS84 or with a CRS of its own.
    units
        Polygons of the region; who lives in none is counted and left out.
    source
        Whose figures they are.

    Raises
    ------
    RefusedFileError
        Where it cannot be read as a whole, says no CRS or another, has fewer than no residents
        anywhere, more places than are taken, or nobody in the region.
    """
    name = PureWindowsPath(PurePosixPath(file).name).name or file
    limits.check_size(name, content)
    is_raster = content.startswith(TIFF)
    if is_raster:
        (lon, lat, people), beyond = _cells(name, content, units)
    else:
        (lon, lat, people), beyond = _points(readers.read(name, content)), 0.0
    polygons = frames.polygons(units, [])
    held = containment.rows(lon, lat, polygons, units.index) != containment.NOWHERE
    held &= people > 0
    places, most = int(held.sum()), settings.current().upload_rows
    if not places:
        words.refuse("population_elsewhere", file=name)
    if places > most:
        words.refuse("too_many_places", file=name, most=f"{most:,}")
    return OwnPopulation(
        source=source,
        file=name,
        basis="raster" if is_raster else "points",
        places=places,
        residents=float(people[held].sum()),
        outside=beyond + float(people[~held].sum()),
        packed=own_population.pack(lon[held], lat[held], people[held]),
    )


def _cells(file: str, content: bytes, units: gpd.GeoDataFrame) -> tuple[Places, float]:
    """Return the cells of a raster round some units, and who lives beyond them."""
    bounds = units.to_crs(frames.WGS84).total_bounds.tolist()
    most = IN_BOUNDS * settings.current().upload_rows
    said, rows = jobs.run("raster", *bounds, most, file=file, content=content)
    lon, lat, people = np.frombuffer(rows, np.float64).reshape(own_population.AXES, -1)
    return (lon, lat, people), float(said["beyond"])


def _points(table: RawTable) -> Places:
    """Return the points of a table."""
    lon, lat = _lonlat(table)
    known = {columns.plain(str(each)): each for each in table.cells}
    column = next((known[each] for each in columns.of_areas()["population"] if each in known), None)
    if column is None:
        words.refuse("no_residents", file=table.file, columns=_headings(table))
    people = cells.numbers(table.cells[column])
    wrong = ~(people.ge(0) & np.isfinite(people) & lon.abs().le(180) & lat.abs().le(90))
    if wrong.any():
        rows = ", ".join(map(str, table.cells.index[wrong][: faults.MOST_ROWS]))
        n = f"{int(wrong.sum()):,}"
        words.refuse("bad_residents", file=table.file, column=column, n=n, rows=rows)
    return lon.to_numpy(), lat.to_numpy(), people.to_numpy(dtype=np.float64)


def _lonlat(table: RawTable) -> tuple[pd.Series, pd.Series]:
    """Return longitudes and latitudes in degrees, NaN where there are none."""
    if table.geometry is not None:
        shapes = np.asarray(positions.degrees(table, table.geometry).array)
        alone = np.array(shapely.get_geometry(shapes, 0), dtype=object)
        alone[shapely.get_num_geometries(shapes) != 1] = None
        index = table.geometry.index
        return pd.Series(shapely.get_x(alone), index), pd.Series(shapely.get_y(alone), index)
    held = columns.recognise(table.cells)
    if "lon" not in held or "lat" not in held:
        words.refuse("no_places", file=table.file, columns=_headings(table))
    return cells.angles(table.cells[held["lon"]]), cells.angles(table.cells[held["lat"]])


def _headings(table: RawTable) -> str:
    return ", ".join(map(str, table.cells))
