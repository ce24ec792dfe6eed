"""Where each row of a file is, as far as the file says, and what is wrong with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks.frames import WGS84
from geo.china import datum
from geo.intake import cells, faults, words
from geo.intake.treatments import Treatments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.intake.columns import Columns
    from geo.intake.faults import Faults
    from geo.intake.table import RawTable

BOX: Final = datum.CHINA
"""Round China, degrees: a pair that lies in it only the other way round is turned."""

DECIMALS: Final = {4: "building", 3: "street", 2: "district"}
"""How far a position can be trusted by the decimals of its degrees: 11 m, 110 m, 1.1 km."""


METRES_A_DEGREE: Final = 111_700

FEW: Final = 0.25
"""Share of rows that may have fewer decimals than what a file is taken to be exact to."""


def stated(
    table: RawTable, columns: Columns, noted: Faults, *, treatments: Treatments | None = None
) -> pd.DataFrame:
    """Return the positions that rows state, in the datum of the file.

    Parameters
    ----------
    table
        The file.
    columns
        Which column holds what.
    noted
        Takes what is wrong.
    treatments
        What becomes of pairs that are turned; they are turned back by default.

    Returns
    -------
    DataFrame
        ``lon``, ``lat`` in degrees, both NaN where a row has no position that can be read;
        ``precision`` (code) by the decimals, or by the size of what was drawn; on the rows of
        the file.

    Raises
    ------
    RefusedFileError
        Where the file's geometry is in no CRS that leads to WGS84.
    """
    chosen = treatments or Treatments()
    geometry = _geometry(table, columns, noted)
    if geometry is not None:
        return _of_geometry(geometry, noted, chosen)
    frame = pd.DataFrame(np.nan, index=table.cells.index, columns=["lon", "lat"])
    if "lon" in columns and "lat" in columns:
        for side, column in {"lon": columns["lon"], "lat": columns["lat"]}.items():
            frame[side] = cells.angles(table.cells[column])
            _note_unread(frame[side], table.cells[column], noted)
    elif "position" in columns:
        frame = cells.positions(table.cells[columns["position"]])
        _note_unread(frame["lon"], table.cells[columns["position"]], noted)
    frame = _checked(frame, columns, noted, chosen)
    decimals = np.minimum(_decimals(frame["lon"]), _decimals(frame["lat"]))
    # Spreadsheets drop zeros at the end: no row is less exact than most of its file.
    known = decimals[frame["lon"].notna().to_numpy()]
    usual = int(np.quantile(known, FEW, method="lower")) if len(known) else 0
    decimals = np.maximum(decimals, usual)
    known_as = [DECIMALS.get(n, "district") for n in range(max(DECIMALS) + 1)]
    frame["precision"] = np.array(known_as, dtype=object)[np.minimum(decimals, max(DECIMALS))]
    return frame


def _note_unread(degrees: pd.Series, column: pd.Series, noted: Faults) -> None:
    written = cells.text(column)
    noted.note(degrees.isna() & written.notna(), str(column.name), "no_angle", written)
    wide = written.str.contains(r"[０-９．－，：]", na=False)
    noted.note(wide & degrees.notna(), str(column.name), "full_width", written)


def _checked(
    frame: pd.DataFrame, columns: Columns, noted: Faults, treatments: Treatments
) -> pd.DataFrame:
    """Turn pairs the right way round; empty those that are no position."""
    lon, lat = frame["lon"].copy(), frame["lat"].copy()
    column = columns.get("lon") or columns.get("position", "")
    pair = _pair(lon, lat)
    half = lon.isna() != lat.isna()
    noted.note(half, column, "half", pair)
    swapped = _in_box(lat, lon) & ~_in_box(lon, lat)
    noted.note(swapped, column, treatments.code("swapped"), pair)
    lon, lat = lon.mask(swapped, lat), lat.mask(swapped, lon)
    nowhere = lon.eq(0) & lat.eq(0)
    noted.note(nowhere, column, "zero", pair)
    beyond = (lon.abs() > 180) | (lat.abs() > 90)
    metres = beyond & (lon.abs() > 1000) & (lat.abs() > 1000)
    noted.note(metres, column, "metres", pair)
    noted.note(beyond & ~metres, column, "beyond", pair)
    void = nowhere | beyond | half
    if treatments.swapped == "void":
        void |= swapped
    return pd.DataFrame({"lon": lon.mask(void), "lat": lat.mask(void)})


def _pair(lon: pd.Series, lat: pd.Series) -> pd.Series:
    return lon.map("{:.10g}".format) + ", " + lat.map("{:.10g}".format)


def _in_box(lon: pd.Series, lat: pd.Series) -> pd.Series:
    west, south, east, north = BOX
    return lon.between(west, east) & lat.between(south, north)


def _decimals(degrees: pd.Series) -> NDArray[np.intp]:
    """Return how many decimals degrees are given to, at most four."""
    values = degrees.to_numpy()
    count = np.zeros(len(values), dtype=np.intp)
    for places in range(1, max(DECIMALS) + 1):
        count[np.abs(values - np.round(values, places - 1)) > 1e-9] = places
    return count


def _geometry(table: RawTable, columns: Columns, noted: Faults) -> gpd.GeoSeries | None:
    """Return the geometry that a file states: its own, or what a column writes as WKT or WKB."""
    if table.geometry is not None:
        return degrees(table, _uncrossed(table.geometry, noted))
    if "geometry" not in columns:
        return None
    written = cells.text(table.cells[columns["geometry"]])
    texts = written.fillna("").to_numpy(dtype=str)
    hexadecimal = pd.Series(texts).str.match(r"0[01][0-9A-Fa-f]+$").to_numpy()
    shapes = np.where(
        hexadecimal,
        shapely.from_wkb(np.where(hexadecimal, texts, ""), on_invalid="ignore"),
        shapely.from_wkt(np.where(hexadecimal, "", texts), on_invalid="ignore"),
    )
    unread = pd.Series(shapely.is_missing(shapes), written.index) & written.notna()
    noted.note(unread, columns["geometry"], "no_geometry", written)
    drawn = gpd.GeoSeries(shapes, index=written.index, crs=WGS84, name=columns["geometry"])
    return _uncrossed(drawn, noted)


def _uncrossed(geometry: gpd.GeoSeries, noted: Faults) -> gpd.GeoSeries:
    """Return geometry without the outlines that cross themselves."""
    shapes = np.array(geometry.array, dtype=object)
    crossing = (shapely.get_dimensions(shapes) > 0) & ~shapely.is_valid(shapes)
    why = shapely.is_valid_reason(np.where(crossing, shapes, np.array(None, dtype=object)))
    reasons = pd.Series(why, geometry.index, dtype="object")
    noted.note(pd.Series(crossing, geometry.index), str(geometry.name), "crossing", reasons)
    shapes[crossing] = None
    return gpd.GeoSeries(shapes, index=geometry.index, crs=geometry.crs, name=geometry.name)


def degrees(table: RawTable, geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return geometry in WGS84 degrees; CGCS2000 is the same to a decimetre."""
    if geometry.crs is None:
        bounds = np.abs(geometry.total_bounds)
        if np.isfinite(bounds).all() and not (bounds <= (180, 90, 180, 90)).all():
            words.refuse("no_crs", file=table.file)
        return geometry.set_crs(WGS84)
    try:
        return geometry.to_crs(WGS84)
    except (ValueError, RuntimeError):  # pyproj's CRSError and ProjError
        words.refuse("no_way", file=table.file, crs=geometry.crs.name)


def _of_geometry(geometry: gpd.GeoSeries, noted: Faults, treatments: Treatments) -> pd.DataFrame:
    """Return a point of each geometry: itself, or one well inside of what was drawn as an area."""
    shapes = shapely.force_2d(np.asarray(geometry.array))
    present = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    shapes[~present] = None
    dimensions = shapely.get_dimensions(shapes)
    drawn = present & ((dimensions > 0) | (shapely.get_num_geometries(shapes) > 1))
    points = shapely.point_on_surface(shapes)
    lon, lat = (pd.Series(each(points), geometry.index) for each in (shapely.get_x, shapely.get_y))
    column = str(geometry.name)
    kinds = pd.Series(shapely.get_type_id(shapes), geometry.index).map(faults.SHAPES)
    noted.note(pd.Series(drawn, geometry.index), column, "drawn", kinds)
    both = pd.DataFrame({"lon": lon, "lat": lat})
    frame = _checked(both, {"lon": column}, noted, treatments)
    # The position may be as far off as what was drawn is large; a degree is nowhere longer.
    radius = shapely.minimum_bounding_radius(shapes) * METRES_A_DEGREE
    frame["precision"] = np.select(
        [~(radius > 50), radius <= 500], ["building", "street"], "district"
    )
    return frame


def to_wgs84(frame: pd.DataFrame, kinds: pd.Series | datum.Datum) -> pd.DataFrame:
    """Return positions in WGS84.

    Parameters
    ----------
    frame : DataFrame
        ``lon``, ``lat`` in degrees.
    kinds
        The datum of all, or of each row.

    Returns
    -------
    DataFrame
        The same with ``lon``, ``lat`` in WGS84.
    """
    lon, lat = (frame[side].to_numpy(copy=True) for side in ("lon", "lat"))
    for kind in get_args(datum.Datum):
        rows = np.full(len(frame), kinds == kind) if isinstance(kinds, str) else kinds.eq(kind)
        chosen = np.flatnonzero(rows)
        if len(chosen):
            lon[chosen], lat[chosen] = datum.to_wgs84(lon[chosen], lat[chosen], datum=kind)
    return frame.assign(lon=lon, lat=lat)
