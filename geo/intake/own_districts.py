"""Areas of one's own in place of districts: streets, towns, development zones, planning units."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.checks.frames import WGS84
from geo.facts import own_regions
from geo.files.plain_values import writable
from geo.geometry import projection
from geo.intake import cells, columns, faults, outlines, positions, words
from geo.measures import assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.intake.table import RawTable

Unit = Literal["km2", "ha", "m2", "mu"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
KM2: Final[dict[Unit, float]] = {"km2": 1.0, "ha": 0.01, "m2": 1e-6, "mu": 1 / 1500}
"""Square kilometres of each."""

IN_HEADINGS: Final[dict[Unit, str]] = {
    "km2": r"km2|sqkm|平方公里|平方千米",
    "ha": r"公顷|(?<![a-z])ha(?![a-z])|hectare",
    "mu": r"亩|(?<![a-z])mu(?![a-z])",
    "m2": r"m2|sqm|平方米|平米",
}
"""How headings name the units, the longer word first."""

MOST_AREAS: Final = 2_000
LONGEST_NAME: Final = 40
"""Characters of an area's name."""

SLIVER_KM2: Final = 0.001
"""Overlaps and gaps below a tenth of a hectare come from drawing, and are not told."""

MOST_TIMES: Final = 2.0
"""How many times a stated area may be the drawn one, or the other way round."""

MOST_BESIDE: Final = 3
"""Areas that are named beside a gap."""


@dataclass(frozen=True, kw_only=True)
class AreaColumns:
    """Which column of a file of areas holds what.

    Attributes
    ----------
    name, population, area
        Headings; None where there is none.
    unit
        Of the area; None where nothing tells it: then no area is taken.
    """

    name: str | None = None
    population: str | None = None
    area: str | None = None
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class OwnDistricts:
    """Areas with their names, and what is wrong with them.

    Attributes
    ----------
    areas
        WGS84 polygons, index ``adcode`` (the label), ``name_zh``, ``population`` and
        ``area_land_km2`` where columns were chosen for them (missing where none was).
    overlaps
        ``one``, ``other`` (labels), ``km2`` and ``counts`` (label of the one that a site in both
        counts in, see `geo.measures.assignment.by_position`); the largest first.
    gaps
        Land between the areas that is in none of them: ``km2``, ``lon``, ``lat`` inside, and
        ``beside`` (labels round it); the largest first.
    faults
        ``row``, ``column``, ``value``, ``code`` as of any file, see `geo.intake.faults`.
    """

    areas: gpd.GeoDataFrame
    overlaps: pd.DataFrame
    gaps: pd.DataFrame
    faults: pd.DataFrame


def recognised(table: RawTable) -> AreaColumns:
    """Return which column of a file of areas holds what, as far as its headings tell.

    The unit of the area stands in its heading or its cells; else it is the one by which the areas
    are as large as they are drawn.
    """
    units = re.compile("|".join([*IN_HEADINGS.values(), "万?人$"]))
    headings_ = list(map(str, table.cells))
    known = {units.sub("", columns.plain(each)).strip("_"): each for each in headings_[::-1]}
    known |= {columns.plain(each): each for each in headings_[::-1]}
    held: dict[str, str | None] = {
        field: next((known[each] for each in headings if each in known), None)
        for field, headings in columns.of_areas().items()
    }
    name = held["name"] or columns.recognise(table.cells).get("name")
    area = held["area"]
    return AreaColumns(
        name=name,
        population=held["population"],
        area=area,
        unit=None if area is None else unit_of(table, area),
    )


def unit_of(table: RawTable, column: str) -> Unit | None:
    """Return the unit of a column of areas; None where nothing tells it."""
    plain = unicodedata.normalize("NFKC", column).casefold()
    for unit, words_ in IN_HEADINGS.items():
        if re.search(words_, plain):
            return unit
    if cells.numbers(table.cells[column]).isna().all():
        # Each cell has a unit of its own, or there is nothing to read.
        return "m2" if cells.areas_m2(table.cells[column]).notna().any() else None
    if table.geometry is None:
        return None
    polygons, rows = _polygons(table)
    drawn = projection.area_km2(gpd.GeoSeries(polygons, index=rows, crs=WGS84))
    numbers = cells.numbers(table.cells.loc[rows, column])
    times = {unit: float((numbers * km2 / drawn).median()) for unit, km2 in KM2.items()}
    fits = {unit: max(each, 1 / each) for unit, each in times.items() if each > 0}
    best = min(fits, key=fits.__getitem__, default=None)
    return best if best is not None and fits[best] <= MOST_TIMES else None


def own_districts(
    table: RawTable,
    *,
    name: str | None = None,
    population: str | None = None,
    area: str | None = None,
    unit: Unit | None = None,
) -> OwnDistricts:
    """Return the areas of a file that has no fault which leaves any out.

    Parameters
    ----------
    table
        A file with polygons.
    name, population, area, unit
        Its columns for these; the name is recognised where none is chosen.

    Raises
    ------
    RefusedFileError
        Where the file has no polygons, no name, or one name several times.
    """
    chosen = AreaColumns(
        name=name or recognised(table).name, population=population, area=area, unit=unit
    )
    found = survey(table, chosen)
    for code, refused in (("no_polygon", "no_polygons_at"), *((c, "area_names") for c in NAMES)):
        rows = found.faults.loc[found.faults["code"].eq(code), "row"].unique()
        if len(rows):
            told = ", ".join(map(str, rows[: faults.MOST_ROWS]))
            words.refuse(refused, file=table.file, column=chosen.name, rows=told)
    return found


NAMES: Final = ("no_area_name", "repeated_area_name")


def into_areas(kept: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows of a list with the areas they lie in as their districts.

    Parameters
    ----------
    kept : GeoDataFrame
        See `geo.intake.validation.Intake`.
    areas : GeoDataFrame
        See `OwnDistricts`.

    Returns
    -------
    GeoDataFrame
        `kept` with the label of the area in ``adcode`` and its name in ``district``; both are NA
        of a row in none, or without a position. No area is guessed, and no row is left out.

    Examples
    --------
    >>> areas = gpd.GeoDataFrame(
    ...     {"name_zh": ["光谷"]}, index=["光谷"], geometry=[shapely.box(114, 30, 115, 31)],
    ...     crs=WGS84,
    ... )
    >>> points = gpd.points_from_xy([114.5, 116], [30.5, 30.5])
    >>> kept = gpd.GeoDataFrame({"adcode": ["420111", "340800"]}, geometry=points, crs=WGS84)
    >>> into_areas(kept, areas)["adcode"].to_list()
    ['光谷', <NA>]
    """
    area = assignment.by_position(kept, areas)
    names = area.map(areas["name_zh"].astype("string")).astype("string")
    return kept.assign(adcode=area, district=names)


def survey(table: RawTable, held: AreaColumns) -> OwnDistricts:
    """Return the areas of a file, mended where that can be, and everything that is wrong.

    Rows that are no polygons or have no name are left out; areas of one name stay apart, each
    with the number of its row behind the name.

    Parameters
    ----------
    table
        A file with polygons.
    held
        Which of its columns holds what.

    Raises
    ------
    RefusedFileError
        Where no row is an area, no column is their name, or they are too many.
    """
    if table.geometry is None:
        words.refuse("no_polygons", file=table.file)
    if len(table.cells) > MOST_AREAS:
        n, most = f"{len(table.cells):,}", f"{MOST_AREAS:,}"
        words.refuse("too_many_areas", file=table.file, n=n, most=most)
    if held.name is None or held.name not in table.cells:
        words.refuse("no_area_names", file=table.file, columns=", ".join(map(str, table.cells)))
    noted = faults.Faults()
    polygons, rows = _polygons(table, noted)
    labels = _labels(cells.text(table.cells[held.name]), rows, held.name, noted)
    usable = np.isin(rows, labels.index)
    polygons, rows = polygons[usable], rows[usable]
    if not len(rows):
        words.refuse("no_polygons", file=table.file)
    areas = gpd.GeoDataFrame(
        {
            "name_zh": labels["name"].array,
            "population": _residents(table, held, rows, noted),
            "area_land_km2": _land(table, held, rows, polygons, noted),
        },
        index=pd.Index(labels["label"].array, name="adcode"),
        geometry=polygons,
        crs=WGS84,
    )
    return OwnDistricts(
        areas=areas, overlaps=_overlaps(areas), gaps=_gaps(areas), faults=noted.table()
    )


def _polygons(
    table: RawTable, noted: faults.Faults | None = None
) -> tuple[NDArray[np.object_], pd.Index]:
    """Return the polygons of a file in WGS84, valid, and their rows."""
    assert table.geometry is not None  # noqa: S101 - asked only then
    drawn = positions.degrees(table, table.geometry)
    shapes = shapely.force_2d(np.asarray(drawn.array))
    areal = (shapely.get_dimensions(shapes) == 2) & ~shapely.is_empty(shapes)
    bounds = shapely.bounds(shapes)
    areal &= (np.abs(bounds) <= [180.0, 90.0] * 2).all(axis=1) & (np.ptp(bounds[:, ::2], 1) <= 180)
    mended = shapes[areal]
    broken = ~shapely.is_valid(mended)
    mended = outlines.mended(table.file, _of_areas(mended))
    rows = drawn.index[areal]
    left = ~shapely.is_empty(mended)
    if noted is not None:
        kinds = pd.Series(shapely.get_type_id(shapes), drawn.index).map(faults.SHAPES)
        kept = pd.Series(drawn.index.isin(rows[left]), drawn.index)
        noted.note(~kept, "", "no_polygon", kinds)
        crossing = pd.Series(drawn.index.isin(rows[left & broken]), drawn.index)
        noted.note(crossing, "", "crossing_area", kinds)
    return mended[left], rows[left]


def _of_areas(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes without the lines and points that some hold beside polygons, or instead."""
    areal = shapes.copy()
    for at in np.flatnonzero(~np.isin(shapely.get_type_id(shapes), (3, 6))):
        parts = shapely.get_parts(shapely.get_parts(shapes[at]))
        areal[at] = shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
    return areal


def _labels(written: pd.Series, rows: pd.Index, column: str, noted: faults.Faults) -> pd.DataFrame:
    """Return name and label of each row that has a name; no label is there twice."""
    here = pd.Series(written.index.isin(rows), written.index)
    names = written.map(lambda text: " ".join(writable(text).split()), na_action="ignore")
    names = names.mask(names.eq(""))
    noted.note(here & names.isna(), column, "no_area_name", written)
    names = names[here & names.notna()]
    long = names.str.len() > LONGEST_NAME
    noted.note(long.reindex(written.index, fill_value=False), column, "long_area_name", written)
    names = names.mask(long, names.str.slice(0, LONGEST_NAME - 1) + "…")
    again = names.duplicated(keep=False)
    noted.note(again.reindex(written.index, fill_value=False), column, "repeated_area_name", names)
    numbers = names.index.astype("string").to_series(index=names.index)
    names = names.mask(again, names + " #" + numbers)
    labels: list[str] = []
    for name in names:
        label = own_regions.label(str(name))
        while label in labels:
            label += "#"
        labels.append(label)
    return pd.DataFrame({"name": names, "label": labels}, index=names.index)


def _residents(
    table: RawTable, held: AreaColumns, rows: pd.Index, noted: faults.Faults
) -> NDArray[np.float64]:
    if held.population is None:
        return np.full(len(rows), np.nan)
    column = table.cells.loc[rows, held.population]
    return _known(cells.people(column, heading=held.population), column, "no_population", noted)


def _land(
    table: RawTable,
    held: AreaColumns,
    rows: pd.Index,
    polygons: Sequence[shapely.Geometry] | NDArray[np.object_],
    noted: faults.Faults,
) -> NDArray[np.float64]:
    if held.area is None or held.unit is None:
        return np.full(len(rows), np.nan)
    column = table.cells.loc[rows, held.area]
    ten_thousand = re.search(r"万\s*(平方|公顷|亩|㎡|m)", held.area)
    spelt = {"km2": "km2", "ha": "公顷", "m2": "m2", "mu": "亩"}[held.unit]
    read = cells.areas_m2(column, heading=f"({'万' if ten_thousand else ''}{spelt})")
    known = _known(read * KM2["m2"], column, "no_area_km2", noted)
    drawn = projection.area_km2(gpd.GeoSeries(polygons, index=rows, crs=WGS84)).to_numpy()
    with np.errstate(invalid="ignore"):
        other = (known > MOST_TIMES * drawn) | (drawn > MOST_TIMES * known)
    noted.note(pd.Series(other, rows), held.area, "other_area", cells.text(column))
    return known


def _known(
    amounts: pd.Series, column: pd.Series, code: str, noted: faults.Faults
) -> NDArray[np.float64]:
    """Return amounts above nothing; what stands there and is none is noted."""
    usable = amounts.gt(0) & np.isfinite(amounts)
    written = cells.text(column)
    noted.note(~usable & written.notna(), str(column.name), code, written)
    return amounts.where(usable).to_numpy(dtype=np.float64)


def _overlaps(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    polygons = np.asarray(areas.geometry.array)
    # In a sound coverage nothing overlaps; else only those with faulty edges are asked, and the
    # like of each other, which have none.
    edges = shapely.coverage_invalid_edges(polygons)
    asked = np.flatnonzero(~shapely.is_empty(edges) | _twice(polygons))
    tree = shapely.STRtree(polygons)
    kinds: tuple[Literal["overlaps", "within", "contains"], ...] = (
        "overlaps",
        "within",
        "contains",
    )
    found = [tree.query(polygons[asked], predicate=kind) for kind in kinds]
    pairs = np.concatenate([np.stack([asked[each[0]], each[1]]) for each in found], axis=1)
    one, other = np.unique(np.sort(pairs, axis=0), axis=1)
    one, other = one[one != other], other[one != other]
    if not len(one):
        return pd.DataFrame({"one": [], "other": [], "km2": [], "counts": []})
    shared = _of_areas(shapely.intersection(polygons[one], polygons[other]))
    wide = ~shapely.is_empty(shared)
    km2 = projection.area_km2(gpd.GeoSeries(shared[wide], crs=WGS84)).to_numpy()
    labels = areas.index.to_numpy()
    table = pd.DataFrame({"one": labels[one[wide]], "other": labels[other[wide]], "km2": km2})
    table["counts"] = table[["one", "other"]].min(axis=1)
    return _largest(table)


def _twice(polygons: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which polygons are there more than once."""
    plain = pd.Series(shapely.to_wkb(shapely.normalize(polygons)))
    return plain.duplicated(keep=False).to_numpy()


def _gaps(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    polygons = np.asarray(areas.geometry.array)
    sound = shapely.coverage_is_valid(polygons)
    whole = shapely.coverage_union_all(polygons) if sound else shapely.union_all(polygons)
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    holes = gpd.GeoSeries([shapely.Polygon(ring) for ring in rings], crs=WGS84)
    if holes.empty:
        return pd.DataFrame({"km2": [], "lon": [], "lat": [], "beside": []})
    points = holes.representative_point()
    tree, labels = shapely.STRtree(polygons), areas.index.to_numpy()
    table = pd.DataFrame(
        {
            "km2": projection.area_km2(holes).to_numpy(),
            "lon": points.x,
            "lat": points.y,
            "beside": [
                tuple(labels[np.sort(tree.query(each, predicate="intersects"))][:MOST_BESIDE])
                for each in holes
            ],
        }
    )
    return _largest(table)


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """Return what is no sliver, the largest first."""
    told = table[table["km2"] > SLIVER_KM2]
    return told.sort_values("km2", ascending=False, kind="stable", ignore_index=True)
