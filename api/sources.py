"""The collections and where their rows come from: the same rows as in the files of the pages."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from api import (
    chance_rows,
    cluster_rows,
    filters,
    peer_rows,
    plan_rows,
    quotient_rows,
    scenario_rows,
    unit_figures,
)
from api.collection import (
    AREAS,
    LINES,
    MIXED,
    NOWHERE,
    POINTS,
    Choose,
    Collection,
    Outline,
    Shape,
    Unwritten,
    Written,
    with_outline_of,
)
from api.refusals import Faults
from geo import memory
from geo.checks.written import listed
from geo.china.adcodes import PART_OF
from geo.facts import boundaries, catalog, completeness, dictionary, own_regions, revisions
from geo.files import geojson, layout_files, plain_values
from geo.files.multipart import multipolygons
from geo.geometry import lonlat
from geo.policy import layouts
from geo.search import criteria, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from api.query import Asked

NAMES: Final = (
    "sites",
    "districts",
    "cities",
    "clusters",
    "plans",
    "quotients",
    "tests",
    "peers",
    "completeness",
    "layouts",
    "layout_areas",
    "layout_lines",
    "layout_points",
    "changes",
)
"""Ids of the collections in the order in which they are told."""

AT_LABELS: Final[Mapping[str, Callable[[str], gpd.GeoDataFrame]]] = {
    "quotients": quotient_rows.table,
    "tests": chance_rows.table,
    "peers": peer_rows.table,
}
"""Those about a ``district`` that stand at labels: what makes the rows of a region."""

LATE: Final = frozenset({"districts", "cities", "clusters", "plans", *AT_LABELS})
"""Those whose rows are computed, which takes seconds: they are made once somebody asks for them."""

ASKED_FOR: Final = frozenset({"plans"})
"""Those whose rows are made for what is asked, and are others where something else is."""

SEARCHED: Final = frozenset({"clusters", "tests", "peers"})
"""Those that come of all sites or units of a region together: seconds where it is new."""

OF_WORKSPACE: Final = (
    *("sites", "districts", "clusters", "plans", "quotients", "tests", "peers"),
    *("layouts", "scenarios"),
)
"""Those of a region that somebody brought."""

KEPT: Final = 36
"""Collections of such regions that are kept: those of the latest four, in one version each."""

TYPES_OF_LAYOUTS: Final = {
    "layouts": MIXED,
    "layout_areas": AREAS,
    "layout_lines": LINES,
    "layout_points": POINTS,
}
"""The layouts' features, all of them or of one type: programs that draw maps hold one a layer."""


KEYS: Final = {
    "sites": "id",
    "districts": "adcode",
    "cities": "adcode",
    "clusters": "id",
    "plans": "id",
    "scenarios": "id",
    **dict.fromkeys(AT_LABELS, "id"),
    "completeness": "id",
    "changes": "number",
}
"""The property that is the features' id."""

LEVELS: Final[Mapping[str, boundaries.Level]] = {"districts": "district", "cities": "city"}
"""The collections of units, each with what a unit is."""


def table(name: str) -> dictionary.Table:
    """Return the table of the data dictionary that explains a collection's properties."""
    return "layouts" if name in TYPES_OF_LAYOUTS else cast("dictionary.Table", name)


def names(region: str | None = None) -> tuple[str, ...]:
    """Return the ids of the collections of the catalogue, or of a region that somebody brought."""
    return NAMES if region is None else OF_WORKSPACE


def collection(
    name: str,
    basis: unit_figures.Basis = unit_figures.USUAL,
    asked: Asked = (),
    *,
    region: str | None = None,
) -> Collection:
    """Return a collection.

    Those of the catalogue are made once a process; those of units on another basis than the usual
    one, those of `ASKED_FOR`, and those of regions that somebody brought, while they are asked for.
    Where one region is asked for, those of `LATE` are made of it alone.

    Parameters
    ----------
    name
        Its id.
    basis
        What the figures of units rest on; nothing else hangs on it.
    asked
        Its filters as written: the rows of `ASKED_FOR` hang on them, of others how many are made.
    region
        Id of a region that somebody brought, see `geo.facts.own_regions`; the catalogue where
        omitted.

    Raises
    ------
    KeyError
        If there is no such collection.
    RefusedRequest
        Where rows cannot be made: for filters of one of `ASKED_FOR` that cannot be used, for a
        region with too many sites or without residents.
    """
    if name not in names(region):
        raise KeyError(name)
    if name in ASKED_FOR:
        return _planned(region, plan_rows.read(dict(asked), _filters(name, region)))
    wanted = dict(asked).get("region")
    if region is None and name in LATE and wanted in _with(LEVELS.get(name, "district"), None):
        region = wanted
    if name not in LEVELS or basis == unit_figures.USUAL:
        return _collection_of(region, name)
    return _on_basis(region, name, basis)


def check(name: str, asked: Asked, *, region: str | None = None) -> None:
    """Refuse what cannot be asked of a collection's filters.

    Raises
    ------
    RefusedRequest
        For all values that cannot be used.
    """
    if name in ASKED_FOR:
        plan_rows.read(dict(asked), _filters(name, region))
    else:
        collection(name, unit_figures.USUAL, asked, region=region).choose(dict(asked))


def outline(name: str, *, region: str | None = None) -> Outline:
    """Return what is said of a collection; those of `LATE` are not made for it.

    Parameters
    ----------
    name, region
        As of `collection`.

    Raises
    ------
    KeyError
        If there is no such collection.
    """
    if name not in LATE or name not in names(region):
        return collection(name, region=region).outline
    box = extent(region, LEVELS.get(name, "district"))
    shape = POINTS if name in AT_LABELS or name == "plans" else AREAS
    return Outline(_filters(name, region), shape, name in LEVELS, [*box] or None)


@own_regions.by_region
def extent(region: str | None, level: boundaries.Level) -> tuple[float, ...]:
    """Return west, south, east and north of the units of a level; nothing where there are none."""
    units = [boundaries.districts(each, level=level) for each in _with(level, region)]
    return tuple(pd.concat(units).total_bounds.tolist()) if units else ()


def _filters(name: str, region: str | None) -> filters.Filters:
    """Return the filters of one of `LATE`."""
    own = own_regions.is_own(region)
    if name in LEVELS:
        return filters.of_units(LEVELS[name], own=own)
    return _FILTERS[name](own=own)


def _with(level: boundaries.Level, region: str | None) -> list[str]:
    """Return the regions that have units of a level, of all or of one, or one's own."""
    if region is not None and own_regions.is_own(region):
        return [region]
    levels = catalog.regions()["levels"]
    return [str(each) for each, its in levels.items() if level in its and region in {None, each}]


def made(name: str, region: str | None = None) -> Collection:
    """Return a collection made anew of the facts: units with the usual radius, the usual plans."""
    if name in LEVELS:
        return _units(name, region)
    if name in TYPES_OF_LAYOUTS:
        return _layouts(name, region)
    if name in AT_LABELS:
        return _at_labels(name, region)
    return _MAKERS[name](region)


@memory.by_view(KEPT, always=own_regions.of_catalogue)
def _collection_of(region: str | None, name: str) -> Collection:
    return made(name, region)


@memory.by_view(latest=16)
def _planned(region: str | None, asked: plan_rows.Asked) -> Collection:
    return _plans(region, asked)


@memory.by_view(latest=4)
def _on_basis(region: str | None, name: str, basis: unit_figures.Basis) -> Collection:
    """Return units with figures on another basis than the usual one."""
    usual = _collection_of(region, name)
    parts = [frame.assign(geometry=None) for frame in _tables(name, basis, region)]
    features = chain.from_iterable(geojson.features(part, ids="index") for part in parts)
    drawn = tuple(map(with_outline_of, features, usual.features.texts))
    return replace(usual, features=Written(drawn), drawn_as=usual)


def _sites(region: str | None) -> Collection:
    frame = _without_region(catalog.sites(region, scope=catalog.WIDE), region)
    own, known = filters.of_sites(own=region is not None), _units_of(region)
    called = frame[["district", "district_listed"]]
    named = frozenset(called.to_numpy().ravel()) - {pd.NA}

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, written = Faults(), {"scope": catalog.WIDE, **asked}
        regions = (
            faults.of(filters.codes, own["region"], written["region"]) if "region" in asked else ()
        )
        # GDAL asks for the value of a property where a filter has the property's name.
        places = set(listed(written.pop("district", "")))
        names, codes = places & named, places - named
        wanted, bad = criteria.parse(written)
        units = {"scope": catalog.WIDE, "district": ",".join(codes)}
        coded, bad_codes = criteria.parse(units, districts=known)
        for fault in (*bad, *bad_codes):
            faults.add(filters.refused(own[fault.name], fault.value))
        faults.settle()
        keep = np.asarray(frame.index.isin(matching.select(frame, wanted).index))
        if regions:
            keep = keep & frame["region"].isin(regions).to_numpy(bool)
        if places:
            inside = called.isin(names).to_numpy(bool).any(axis=1)
            if codes:
                inside = inside | frame.index.isin(matching.select(frame, coded).index)
            keep = keep & inside
        return keep

    # Those of the catalogue are kept as long as the process, and are few.
    written = None if region else Written(tuple(geojson.features(frame)))
    return Collection(
        name="sites",
        features=written or Unwritten(frame),
        ids=tuple(frame["id"].astype(str)),
        bounds=frame.bounds.to_numpy(np.float64),
        filters=own,
        choose=choose,
        shape=POINTS,
        types=_types("sites"),
        key=KEYS["sites"],
        usual={"scope": catalog.CORE},
    )


def _without_region(frame: gpd.GeoDataFrame, region: str | None) -> gpd.GeoDataFrame:
    """Return rows of a region that somebody brought without its id: it holds a key."""
    own = own_regions.is_own(region)
    return frame.drop(columns=frame.columns.intersection([*peer_rows.REGIONS]) if own else [])


def _units_of(region: str | None) -> frozenset[str] | None:
    """Return what districts of a region that somebody brought, and their cities, are called.

    None for the catalogue, which has its own.
    """
    if region is None:
        return None
    units, sites = boundaries.districts(region), catalog.sites(region, scope=catalog.WIDE)
    known = (units.index.to_series(), *(each["city_adcode"] for each in (units, sites)))
    return frozenset(pd.concat([*known, sites["adcode"]]).dropna().astype(str))


def _tables(name: str, basis: unit_figures.Basis, region: str | None) -> list[gpd.GeoDataFrame]:
    """Return the units of each region that has some of this level, with their figures."""
    level = LEVELS[name]
    tables = [unit_figures.table(each, level=level, basis=basis) for each in _with(level, region)]
    return [_without_region(each, region) for each in tables]


def _units(name: str, region: str | None) -> Collection:
    frames = _tables(name, unit_figures.USUAL, region)
    own = _filters(name, region)
    columns = [each for each in own if each != "district"]
    rows = pd.concat([pd.DataFrame(columns=columns), *(frame[columns] for frame in frames)])
    parts = [(frame, geojson.features(_alike(frame), ids="index")) for frame in frames]
    choose = _in_units(rows.assign(district=rows.index), own, region, LEVELS[name])
    return _collection(name, parts, own, choose, shape=AREAS, units=True)


def _in_units(
    rows: pd.DataFrame, own: filters.Filters, region: str | None, level: boundaries.Level
) -> Choose:
    """Return what chooses rows by their unit, by its code, its city's or its name, and by codes.

    `rows` have a column ``district``, codes of units, and those of other filters. Units of other
    regions than that of the rows are known as well.
    """
    regions = _with(level, region if own_regions.is_own(region) else None)
    names = ["city_adcode", "name_zh"]
    units = [boundaries.districts(each, level=level)[names] for each in regions]
    named = pd.concat([pd.DataFrame(columns=names), *units]).rename_axis("adcode").reset_index()
    known = {str(each) for column in named for each in named[column].dropna()}

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, keep = Faults(), np.ones(len(rows), dtype=bool)
        places = {PART_OF.get(each, each) for each in listed(asked.get("district", ""))}
        others = {name: each for name, each in asked.items() if name != "district"}
        chosen = faults.of(_chosen, rows, own, others)
        faults.of(filters.codes, own["district"], ",".join(places), known=known)
        faults.settle()
        if chosen is not None:
            keep &= chosen
        if places:
            inside = named["adcode"][named.isin(places).any(axis=1)]
            keep &= rows["district"].isin(inside).to_numpy(bool)
        return keep

    return choose


def _alike(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return units that are all multipolygons: GDAL takes the first feature's type for all."""
    return frame.set_geometry(multipolygons(np.asarray(frame.geometry)), crs=frame.crs)


def _clusters(region: str | None) -> Collection:
    regions = [*catalog.regions().index] if region is None else [region]
    none = gpd.GeoDataFrame(columns=cluster_rows.COLUMNS, geometry="geometry", crs=lonlat.CRS84)
    frames = [each for one in regions for each in cluster_rows.tables(one)]
    frames = frames or [_without_region(none, region)]
    parts = [(frame, geojson.features(_alike(frame), ids="index")) for frame in frames]
    own = _filters("clusters", region)
    rows = pd.concat([pd.DataFrame(columns=list(own)), *(frame[list(own)] for frame in frames)])
    choose = partial(_chosen, rows, own)
    usual = {"distance": str(cluster_rows.DISTANCE_M), "least": str(cluster_rows.LEAST)}
    return replace(_collection("clusters", parts, own, choose, shape=AREAS), usual=usual)


def _plans(region: str | None, asked: plan_rows.Asked = plan_rows.USUAL) -> Collection:
    """Return plans; what was asked is true of all of their rows."""
    regions = (asked.regions or [*catalog.regions().index]) if region is None else [region]
    frames = [plan_rows.table(one, replace(asked, regions=())) for one in regions]
    parts = [(frame, geojson.features(frame, ids="index")) for frame in frames]
    own = _filters("plans", region)
    columns = ["region"] if "region" in own else []
    rows = pd.concat([pd.DataFrame(columns=columns), *(frame[columns] for frame in frames)])

    def choose(chosen: Mapping[str, str]) -> NDArray[np.bool_]:
        return _chosen(rows, own, {name: chosen[name] for name in columns if name in chosen})

    return _collection("plans", parts, own, choose, shape=POINTS)


def _scenarios(region: str | None) -> Collection:
    """Return the pins of a workspace's scenarios."""
    frame = scenario_rows.table(region or "")
    parts = [(frame, geojson.features(frame, ids="index"))]
    own = filters.of_scenarios()
    rows = frame[["scenario"]]
    return _collection("scenarios", parts, own, partial(_chosen, rows, own), shape=POINTS)


def _at_labels(name: str, region: str | None) -> Collection:
    tables = map(AT_LABELS[name], _with("district", region))
    frames = [_without_region(each, region) for each in tables]
    parts = [(frame, geojson.features(frame, ids="index")) for frame in frames]
    own = _filters(name, region)
    rows = pd.concat([pd.DataFrame(columns=list(own)), *(frame[list(own)] for frame in frames)])
    choose = _in_units(rows, own, region, "district")
    return _collection(name, parts, own, choose, shape=POINTS)


def _completeness(_: str | None) -> Collection:
    compared = completeness.compared().rename(columns={"sites": "on_record"})
    joined = {name: compared[name].map("; ".join) for name in ("name_en", "source")}
    joined["name_zh"] = compared["name_zh"].map("；".join)
    rows = compared.assign(**joined).astype(object).set_index("id", drop=False)
    rows = rows.where(rows.notna(), None)
    features = [
        {"type": "Feature", "id": key, "geometry": None, "properties": row}
        for key, row in rows.to_dict("index").items()
    ]
    frame = gpd.GeoDataFrame(rows, geometry=np.full(len(rows), None))
    parts = [(frame, [plain_values.to_json(feature).encode() for feature in features])]
    own = filters.of_completeness()
    choose = partial(_chosen, rows, own)
    return _collection("completeness", parts, own, choose, shape=NOWHERE)


def _chosen(
    rows: pd.DataFrame, own: filters.Filters, asked: Mapping[str, str]
) -> NDArray[np.bool_]:
    """Return which rows have one of the codes that each filter asks for."""
    faults, keep = Faults(), np.ones(len(rows), dtype=bool)
    for name, value in asked.items():
        if codes := faults.of(filters.codes, own[name], value):
            keep &= rows[name].astype("string").isin(codes).to_numpy(bool)
    faults.settle()
    return keep


def _layouts(name: str, region: str | None) -> Collection:
    """Return the features of all layouts, or of those that somebody drew for a region.

    Ids of elements are those of their layout alone.
    """
    shape = TYPES_OF_LAYOUTS[name]
    parts: list[tuple[gpd.GeoDataFrame, list[bytes]]] = []
    if region is not None:  # which may have none, and is told of as the others are
        alike = _without_region(_collection_of(None, name).frame(np.arange(0)), region)
        parts.append((alike.set_crs(lonlat.CRS84, allow_override=True), []))
    known = layouts.all_layouts() if region is None else layouts.own_layouts(region)
    for layout in known.values():
        frame = layout_files.layout_features(layout).assign(layout=layout.id, region=layout.region)
        frame = _without_region(frame, region)
        frame.index = layout.id + "." + frame["id"]
        if shape is AREAS:
            frame = _alike(frame)
        if shape is not MIXED:
            frame = frame[frame.geom_type.isin(shape.types) & ~frame.is_empty]
        parts.append((frame, geojson.features(frame, ids="index")))
    own = filters.of_layouts(region)
    names = list(own)
    rows = pd.concat([pd.DataFrame(columns=names), *(frame[names] for frame, _ in parts)])
    return _collection(name, parts, own, partial(_chosen, rows, own), shape=shape)


def _changes(_: str | None) -> Collection:
    lines, own = revisions.recorded(), filters.of_changes()
    rows = lines[list(own)].fillna("")
    frame = lines.reset_index().set_index(lines.index.astype(str).rename(None))
    parts = [(frame, geojson.features(frame, ids="index"))]
    changes = _collection("changes", parts, own, partial(_chosen, rows, own), shape=POINTS)
    return replace(changes, days=lines["date"].to_numpy(str))


def _types(name: str) -> dict[str, str]:
    """Return the JSON type of each property as the data dictionary has it."""
    own = {"year": "integer"} | {each: each for each in ("integer", "number", "boolean")}
    known = dictionary.columns(table(name)).values()
    return {column.name: own.get(column.type, "string") for column in known}


def _collection(
    name: str,
    parts: list[tuple[gpd.GeoDataFrame, list[bytes]]],
    own: filters.Filters,
    choose: Callable[[Mapping[str, str]], NDArray[np.bool_]],
    *,
    shape: Shape,
    units: bool = False,
) -> Collection:
    """Return a collection of frames, each with its features as files have them."""
    key = KEYS.get(name)
    keyed = (frame.get(key, frame.index) for frame, _ in parts)
    bounds = [frame.bounds.to_numpy(np.float64) for frame, _ in parts]
    columns = [
        str(each)
        for frame, _ in parts
        for each in frame.columns
        if each != frame.active_geometry_name
    ]
    return Collection(
        name=name,
        features=Written(
            tuple(chain.from_iterable(features for _, features in parts)),
            tuple(dict.fromkeys(columns)),
        ),
        ids=tuple(str(each) for each in chain.from_iterable(keyed)),
        bounds=np.concatenate([np.empty((0, 4)), *bounds]),
        filters=own,
        choose=choose,
        shape=shape,
        types=_types(name),
        key=key,
        units=units,
    )


_FILTERS: Final[Mapping[str, Callable[..., filters.Filters]]] = {
    "clusters": filters.of_clusters,
    "peers": filters.of_peers,
    "plans": filters.of_plans,
    "quotients": filters.of_quotients,
    "tests": filters.of_tests,
}

_MAKERS: Final[dict[str, Callable[[str | None], Collection]]] = {
    "changes": _changes,
    "clusters": _clusters,
    "completeness": _completeness,
    "plans": _plans,
    "scenarios": _scenarios,
    "sites": _sites,
}
