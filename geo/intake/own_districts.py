"""Areas of one's own in place of districts: streets, towns, development zones, planning units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks.frames import WGS84
from geo.geometry import projection
from geo.intake import cells, columns, faults, positions, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.intake.table import RawTable

SLIVER_KM2: Final = 0.001
"""Overlaps and gaps below a tenth of a hectare come from drawing, and are not told."""


@dataclass(frozen=True, kw_only=True)
class OwnDistricts:
    """Areas with their names, and where they overlap or leave gaps.

    Attributes
    ----------
    areas
        WGS84 polygons, index ``adcode`` (the label), ``name_zh``, ``population`` and
        ``area_land_km2`` where columns were chosen for them (missing where none was).
    overlaps
        ``one``, ``other`` (labels) and ``km2``.
    gaps
        Land between the areas that is in none of them: ``km2`` and ``lon``, ``lat`` inside.
    """

    areas: gpd.GeoDataFrame
    overlaps: pd.DataFrame
    gaps: pd.DataFrame


def own_districts(
    table: RawTable,
    *,
    name: str | None = None,
    population: str | None = None,
    area_km2: str | None = None,
) -> OwnDistricts:
    """Return the areas of a file.

    Parameters
    ----------
    table
        A file with polygons.
    name, population, area_km2
        Its columns for these; the name is recognised where none is chosen.

    Raises
    ------
    RefusedFileError
        Where the file has no polygons, no name, or one name several times.
    """
    if table.geometry is None:
        words.refuse("no_polygons", file=table.file)
    outlines = positions.degrees(table, table.geometry)
    areal = (
        shapely.get_dimensions(np.asarray(outlines.array)) == 2
    ) & ~outlines.is_empty.to_numpy()
    if not areal.all():
        rows = ", ".join(str(row) for row in outlines.index[~areal][: faults.MOST_ROWS])
        words.refuse("no_polygons_at", file=table.file, rows=rows)
    column = name or columns.recognise(table.cells).get("name")
    if column is None:
        words.refuse("no_area_names", file=table.file, columns=", ".join(map(str, table.cells)))
    labels = cells.text(table.cells[column])
    unusable = labels.isna() | labels.duplicated(keep=False)
    if unusable.any():
        rows = ", ".join(str(row) for row in labels.index[unusable][: faults.MOST_ROWS])
        words.refuse("area_names", file=table.file, column=column, rows=rows)
    polygons = projection.mended(shapely.force_2d(np.asarray(outlines.array)))
    areas = gpd.GeoDataFrame(
        {
            "name_zh": labels.array,
            "population": _amounts(table, population),
            "area_land_km2": _amounts(table, area_km2),
        },
        index=pd.Index(labels.array, name="adcode"),
        geometry=polygons,
        crs=WGS84,
    )
    return OwnDistricts(areas=areas, overlaps=_overlaps(areas), gaps=_gaps(areas))


def _amounts(table: RawTable, column: str | None) -> NDArray[np.float64]:
    if column is None:
        return np.full(len(table.cells), np.nan)
    return cells.numbers(table.cells[column]).to_numpy()


def _overlaps(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    polygons = np.asarray(areas.geometry.array)
    one, other = shapely.STRtree(polygons).query(polygons, predicate="overlaps")
    within = shapely.STRtree(polygons).query(polygons, predicate="within")
    one, other = np.concatenate([one, within[0]]), np.concatenate([other, within[1]])
    ordered = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)]), axis=1)
    one, other = ordered[:, ordered[0] != ordered[1]]
    if not len(one):
        return pd.DataFrame({"one": [], "other": [], "km2": []})
    shared = gpd.GeoSeries(shapely.intersection(polygons[one], polygons[other]), crs=WGS84)
    labels = areas.index.to_numpy()
    table = pd.DataFrame(
        {"one": labels[one], "other": labels[other], "km2": projection.area_km2(shared).to_numpy()}
    )
    return table[table["km2"] > SLIVER_KM2].reset_index(drop=True)


def _gaps(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    whole = shapely.union_all(np.asarray(areas.geometry.array))
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    holes = gpd.GeoSeries([shapely.Polygon(ring) for ring in rings], crs=WGS84)
    if holes.empty:
        return pd.DataFrame({"km2": [], "lon": [], "lat": []})
    points = holes.representative_point()
    table = pd.DataFrame(
        {"km2": projection.area_km2(holes).to_numpy(), "lon": points.x, "lat": points.y}
    )
    return table[table["km2"] > SLIVER_KM2].reset_index(drop=True)
