"""Districts of a region as one GeoDataFrame: boundaries joined to their facts.

Three views of the same units: :func:`districts` in full detail for every computation,
:func:`web` simplified for the browser, and :func:`context` for what lies round them. Those of the
named regions are kept for the life of the process, of other sets of units the last few; each call
returns a copy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import memory
from geo.china import adcodes, county_units
from geo.errors import InputError, UnknownRegionError
from geo.facts import catalog, own_regions, unit_figures
from geo.geometry import projection, simplify

Level = Literal["district", "city"]
Region = str | Iterable[str]

CHINA: Final = "china"
# How far the window reaches beyond the region's bounding box, in its width and height.
MARGIN: Final = 0.65
# A map this many times as wide as it is high sees no further than the window, however tall the
# region is that fills its height.
WIDEST: Final = 2.2
# With more counties than this in the window its prefectures are shown instead.
MOST_COUNTIES: Final = 200
# Sets of units that are no region of the catalogue: how many are kept.
LATEST: Final = 8
# Share of a county beside somebody's areas from which on it is shown.
LEAST_LEFT: Final = 0.03
# Degrees by which land abroad reaches below the units: more than the two sources differ.
SEAM: Final = 0.05

COLUMNS: Final = (
    "name_zh", "name_en", "short_zh", "city", "city_adcode", "province", "region",
    "population", "population_year", "population_source", "population_comparable",
    "population_uncertain", "population_note", "area_land_km2", "area_year", "area_citation",
    "area_polygon_km2", "lon", "lat", "geometry",
)  # fmt: skip


def districts(region: Region, *, level: Level = "district") -> gpd.GeoDataFrame:
    """Return the units of a region in full detail.

    Parameters
    ----------
    region
        Id of a region, ``"china"``, or any adcodes of China: of counties, or of cities and
        provinces, which are all their counties.
    level
        ``"district"`` or, where the region has two levels, ``"city"``.

    Returns
    -------
    GeoDataFrame
        WGS84 polygons, index ``adcode`` (str), sorted. ``population`` is that of the census of
        2020 in the present outline, for all of China, and missing where only another one was
        counted (``population_comparable`` is False then, ``population_note`` says why, and the
        figure stays in :func:`geo.facts.catalog.census`); where ``population_uncertain``, the
        outline may have been another. ``area_land_km2`` is official, with ``area_year`` and
        ``area_citation``, and missing where nobody published one that fits the outline;
        ``area_polygon_km2`` is the polygon's, water included; ``lon``, ``lat`` is a point well
        inside for a label.

    Raises
    ------
    UnknownRegionError
        If there is no such region.
    InputError
        If an adcode is no unit of China, there is none, or the region has no such level.

    Examples
    --------
    >>> from geo import boundaries
    >>> boundaries.districts("shanghai").loc[["310101", "310115"], ["name_zh", "name_en"]]
           name_zh  name_en
    adcode
    310101     黄浦区  Huangpu
    310115    浦东新区   Pudong
    >>> boundaries.districts(["420106", "420111"]).set_index("short_zh")["population"].to_dict()
    {'武昌': 1102188, '洪山': 2554403}
    """
    level = _level(region, level)
    areas = _own_areas(region)
    return _districts(_key(region), level) if areas is None else _with_facts_of_own(areas)


def web(region: Region, *, level: Level = "district") -> gpd.GeoDataFrame:
    """Return :func:`districts` with light outlines that still share their borders.

    Parameters and errors as for :func:`districts`; the same index and columns. The outlines
    were simplified together with those of :func:`context`: figures are never computed on them.
    """
    full = districts(region, level=level)
    areas = _own_areas(region)
    if areas is not None:
        return full.set_geometry(_generalised(areas))
    outlines, _ = _outlines(_key(region))
    own = outlines if level == "district" else county_units.dissolve(outlines)
    return full.set_geometry(own.geometry.loc[full.index])


def context(region: Region, *, level: Level = "district") -> gpd.GeoDataFrame:
    """Return the neighbouring units in the window round a region, simplified with :func:`web`.

    The window reaches 65 % of the region's width and height beyond it on each side, of a tall
    region as far as a wide map of it shows; units are cut to it. They are counties, or
    prefectures where there would be over 200 counties.

    Returns
    -------
    GeoDataFrame
        WGS84 polygons, index ``adcode`` (str); ``name_zh``, ``name_en``, ``short_zh``, ``lon``,
        ``lat`` (label point inside what is shown). Empty for ``"china"``. The same at both levels.
    """
    _level(region, level)
    areas = _own_areas(region)
    return _outlines(_key(region))[1] if areas is None else _round_own(areas)


def abroad(region: Region) -> shapely.MultiPolygon:
    """Return the land in the window round a region that no unit of China covers.

    Natural Earth's land at 1:50 million (``frykit.shp.get_land``), for drawing only: without it
    the ground beyond the country's border would look like sea. It reaches a little below the
    units of :func:`context`, so that no gap opens along the border.

    Returns
    -------
    MultiPolygon
        WGS84 degrees; empty where the window holds none.
    """
    return _abroad(_key(region))


def _own_areas(region: Region) -> gpd.GeoDataFrame | None:
    """Return the areas that somebody brought in place of the districts, if any."""
    own = own_regions.known(region)
    return None if own is None else own.areas


def _with_facts_of_own(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas that somebody brought with the columns of districts."""
    frame = areas.copy()
    for column in ("name_zh", "name_en", "short_zh"):
        frame[column] = areas["name_zh"].astype("string")
    for column in COLUMNS:
        if column not in frame:
            frame[column] = pd.Series(pd.NA, frame.index, dtype="string")
    frame["population_comparable"] = True
    frame["population_uncertain"] = False
    frame["population_year"] = pd.Series(pd.NA, frame.index, dtype="Int64")
    frame["area_year"] = pd.Series(pd.NA, frame.index, dtype="Int64")
    frame["area_polygon_km2"] = projection.area_km2(frame)
    frame[["lon", "lat"]] = county_units.label_points(frame.geometry)
    return frame[list(COLUMNS)]


def _generalised(areas: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return light outlines of areas that somebody brought; they need share no borders."""
    west, south, east, north = areas.total_bounds
    degrees = simplify.tolerance(max(east - west, north - south))
    return areas.geometry.simplify(degrees)


def _round_own(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the counties round areas that somebody brought, and what these leave of theirs."""
    window = _window(areas.total_bounds)
    around = _around(county_units.units(), window)
    west, _, east, _ = areas.total_bounds
    whole = simplify.generalise(
        np.array([], dtype=object),
        around.geometry.to_numpy(),
        window=window,
        degrees=simplify.tolerance(east - west),
    ).context
    left = shapely.difference(whole, shapely.union_all(_generalised(areas).to_numpy()))
    # What is left of a county along a border that two sources draw differently is no place.
    told = shapely.area(left) > LEAST_LEFT * shapely.area(whole)
    around = around.set_geometry(gpd.GeoSeries(left, around.index, crs=around.crs))[told]
    around[["lon", "lat"]] = county_units.label_points(around.geometry)
    return around


def _key(region: Region) -> tuple[str, ...]:
    """Return the adcodes of a region, sorted: what everything is cached by."""
    brought = own_regions.known(region)
    if brought is not None:
        return brought.units
    if isinstance(region, str):
        if region == CHINA:
            return tuple(county_units.units().index)
        if region not in _of_regions():
            raise UnknownRegionError(region, [*catalog.regions().index, CHINA], codes=True)
        return _of_regions()[region]
    if not isinstance(region, Iterable):
        raise UnknownRegionError(region, [*catalog.regions().index, CHINA], codes=True)
    asked = sorted({adcodes.PART_OF.get(str(code), str(code)) for code in region})
    held = {code: county_units.within(code) for code in asked}
    unknown = [code for code, units in held.items() if not units]
    if unknown:
        raise InputError(
            f"unknown adcodes {', '.join(unknown[:10])}{' ...' if len(unknown) > 10 else ''}: "
            f"expected six-digit codes of county-level units, cities or provinces of China, state "
            f"of {adcodes.STATE}"
        )
    if not asked:
        raise InputError("no adcodes: expected at least one county-level unit of China")
    return tuple(sorted({*chain.from_iterable(held.values())}))


def _is_named(key: tuple[str, ...], *_level: Level) -> bool:
    """Return whether a set of units is a region of the catalogue, or all of China."""
    return len(key) == len(county_units.codes()) or key in _named()


@memory.by_facts
def _named() -> frozenset[tuple[str, ...]]:
    return frozenset(_of_regions().values())


@memory.by_facts
def _of_regions() -> dict[str, tuple[str, ...]]:
    """Return the adcodes of each region of the catalogue, sorted."""
    facts = catalog.district_facts()
    today = facts.index.map(lambda code: adcodes.PART_OF.get(code, code))
    return {
        region: tuple(sorted(today[facts["region"] == region].unique()))
        for region in catalog.regions().index
    }


def _level(region: Region, level: Level) -> Level:
    """Return ``level`` if the region has it."""
    if own_regions.is_own(region):
        return "district"
    known: dict[object, tuple[str, ...]] = catalog.regions()["levels"].to_dict()
    levels = known.get(region, ("district",)) if isinstance(region, str) else ("district",)
    if level not in levels:
        raise InputError(
            f"level {level!r} of region {region!r}: expected one of {', '.join(levels)}"
        )
    return level


@memory.by_view(latest=LATEST, always=_is_named)
def _districts(key: tuple[str, ...], level: Level) -> gpd.GeoDataFrame:
    units = county_units.units().loc[list(key)]
    facts = pd.concat([catalog.district_facts(), catalog.areas()])
    residents = catalog.census()
    if level == "city":
        cities = county_units.dissolve(units)
        names = county_units.prefectures().loc[cities.index]
        named = names.assign(city=names["name_zh"], city_adcode=cities.index)
        units = gpd.GeoDataFrame(named, geometry=cities.to_numpy(), crs=cities.crs)
        facts = residents = catalog.city_facts().assign(population_comparable="yes")
    return with_facts(units, facts, residents)


def with_facts(
    units: gpd.GeoDataFrame, facts: pd.DataFrame, residents: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Join facts to units by adcode; a figure for another outline or area is left out."""
    known, counted = facts.reindex(units.index), residents.reindex(units.index)
    frame = units.rename_axis("adcode")
    frame["name_en"] = known["name_en"].fillna(frame["name_en"])
    frame["region"] = known["region"]
    elsewhere = counted["population_comparable"].eq("no").fillna(value=False)
    for column in ("population", "population_year", "population_source"):
        frame[column] = counted[column].mask(elsewhere)
    frame["population_comparable"] = ~elsewhere.astype(bool)
    uncertain = counted["population_comparable"].eq("uncertain").fillna(value=False)
    frame["population_uncertain"] = uncertain.astype(bool)
    frame["population_note"] = counted["population_note"]
    official = known["area_use"].eq("official").fillna(value=False)
    frame["area_land_km2"] = known["area_land_km2"].where(official)
    frame["area_year"] = known["area_year"].where(official)
    frame["area_citation"] = known["area_source"].where(official)
    frame[list(unit_figures.COLUMNS)] = unit_figures.of(frame)
    return frame[list(COLUMNS)]


@memory.by_view(latest=LATEST, always=_is_named)
def _outlines(key: tuple[str, ...]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return a region's districts and their surroundings, simplified together."""
    every = county_units.units()
    west, south, east, north = every.loc[list(key)].total_bounds
    degrees = simplify.tolerance(max(east - west, north - south))
    if degrees == simplify.COARSEST:
        every = _country()
    own = every.loc[list(key)]
    window = _window((west, south, east, north))
    around = _around(every.drop(index=list(key)), window)
    simple = simplify.generalise(
        own.geometry.to_numpy(), around.geometry.to_numpy(), window=window, degrees=degrees
    )
    around = around.set_geometry(gpd.GeoSeries(simple.context, around.index, crs=every.crs))
    around = around[~around.geometry.is_empty]
    around[["lon", "lat"]] = county_units.label_points(around.geometry)
    return own.set_geometry(gpd.GeoSeries(simple.own, own.index, crs=every.crs)), around


@memory.by_facts
def _country() -> gpd.GeoDataFrame:
    """Return all units, as light as the widest regions show them: seconds, once a process."""
    every = county_units.units()
    light = simplify.generalise(
        every.geometry.to_numpy(),
        np.array([], dtype=object),
        window=shapely.box(*every.total_bounds),
        degrees=simplify.COARSEST,
    )
    return every.set_geometry(gpd.GeoSeries(light.own, every.index, crs=every.crs))


@memory.by_view(latest=LATEST, always=_is_named)
def _abroad(key: tuple[str, ...]) -> shapely.MultiPolygon:
    window = _window(county_units.units().loc[list(key)].total_bounds)
    drawn = [each.geometry.to_numpy() for each in _outlines(key)]
    near = shapely.coverage_union_all(np.concatenate(drawn))
    land = shapely.intersection(county_units.land(), window)
    beyond = shapely.difference(land, shapely.buffer(near, SEAM))
    widened = shapely.intersection(shapely.buffer(beyond, SEAM, quad_segs=2), window)
    return shapely.MultiPolygon(
        [part for part in shapely.get_parts(widened) if isinstance(part, shapely.Polygon)]
    )


def _window(bounds: Iterable[float]) -> shapely.Polygon:
    """Return what is mapped round a region: its bounding box and :data:`MARGIN` on each side."""
    west, south, east, north = bounds
    # Degrees of longitude that are as long on a Mercator map as the region is high.
    height = (north - south) / math.cos(math.radians((south + north) / 2))
    reach_x = max(MARGIN * (east - west), (WIDEST * height - (east - west)) / 2)
    reach_y = MARGIN * (north - south)
    return shapely.box(west - reach_x, south - reach_y, east + reach_x, north + reach_y)


def _around(others: gpd.GeoDataFrame, window: shapely.Polygon) -> gpd.GeoDataFrame:
    """Return the counties that meet a window, or their prefectures where they are too many."""
    names = ["name_zh", "name_en", "short_zh"]
    inside = others[others.intersects(window)]
    if len(inside) <= MOST_COUNTIES:
        return inside[[*names, "geometry"]]
    # Only what the window shows is dissolved: the rest would be cut away again.
    prefectures = county_units.dissolve(inside)
    named = county_units.prefectures().loc[prefectures.index, names]
    return gpd.GeoDataFrame(named, geometry=prefectures.to_numpy(), crs=others.crs)
