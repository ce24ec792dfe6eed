"""The collections and where their rows come from: the same rows as in the files of the pages."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd
import shapely

from api import collection as collections
from api import filters, unit_figures
from api.collection import Collection
from api.refusals import Faults, RefusedRequest
from geo import memory
from geo.checks.written import listed, shortened
from geo.china.adcodes import PART_OF
from geo.facts import catalog, completeness, dictionary, revisions
from geo.files import geojson, layout_files
from geo.files.multipart import multipolygons
from geo.policy import layouts
from geo.search import criteria, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.facts import boundaries
    from geo.policy.model import Layout

NAMES: Final = (
    "sites",
    "districts",
    "cities",
    "completeness",
    "layouts",
    "layout_areas",
    "layout_lines",
    "layout_points",
    "changes",
)
"""Ids of the collections in the order in which they are told."""

TYPES_OF_LAYOUTS: Final = {
    "layouts": collections.MIXED,
    "layout_areas": collections.AREAS,
    "layout_lines": collections.LINES,
    "layout_points": collections.POINTS,
}
"""The layouts' features, all of them or of one type: programs that draw maps hold one a layer."""


KEYS: Final = {"sites": "id", "districts": "adcode", "cities": "adcode", "changes": "number"}
"""The property that is the features' id."""

LEVELS: Final[Mapping[str, boundaries.Level]] = {"districts": "district", "cities": "city"}
"""The collections of units, each with what a unit is."""


def table(name: str) -> dictionary.Table:
    """Return the table of the data dictionary that explains a collection's properties."""
    return "layouts" if name in TYPES_OF_LAYOUTS else cast("dictionary.Table", name)


def collection(name: str, basis: unit_figures.Basis = unit_figures.USUAL) -> Collection:
    """Return a collection, made once a process; those of units on another basis, while asked.

    Parameters
    ----------
    name
        Its id.
    basis
        What the figures of units rest on; nothing else hangs on it.

    Raises
    ------
    KeyError
        If there is no such collection.
    """
    if name not in LEVELS or basis == unit_figures.USUAL:
        return _collection_of(name)
    return _on_basis(name, basis)


def made(name: str) -> Collection:
    """Return a collection made anew of the facts; of units with the usual radius."""
    return _units(name) if name in LEVELS else _MAKERS[name]()


_collection_of = memory.by_facts(made)


@memory.by_view(latest=4)
def _on_basis(name: str, basis: unit_figures.Basis) -> Collection:
    """Return units with figures on another basis than the usual one."""
    usual = _collection_of(name)
    parts = [frame.assign(geometry=None) for frame in _tables(name, basis)]
    lines = chain.from_iterable(
        _lines(geojson.feature_collection(part, ids="index")) for part in parts
    )
    features = tuple(map(collections.with_outline_of, lines, usual.features))
    return replace(usual, features=features, drawn_as=usual)


def _sites() -> Collection:
    frame, own = catalog.sites(scope=catalog.WIDE), filters.of_sites()
    called = frame[["district", "district_listed"]]
    named = frozenset(called.to_numpy().ravel()) - {pd.NA}

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, written = Faults(), {"scope": catalog.WIDE, **asked}
        regions = faults.of(_codes, "region", written.get("region", ""), own)
        # GDAL asks for the value of a property where a filter has the property's name.
        places = set(listed(written.pop("district", "")))
        names, codes = places & named, places - named
        wanted, bad = criteria.parse(written)
        coded, bad_codes = criteria.parse({"scope": catalog.WIDE, "district": ",".join(codes)})
        for fault in (*bad, *bad_codes):
            faults.add(_refused(fault.name, fault.value, own))
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

    parts = [(frame, geojson.feature_collection(frame))]
    held = _collection("sites", parts, own, choose, shape=collections.POINTS)
    return replace(held, usual={"scope": catalog.CORE})


def _tables(name: str, basis: unit_figures.Basis) -> list[gpd.GeoDataFrame]:
    """Return the units of each region that has some of this level, with their figures."""
    level, levels = LEVELS[name], catalog.regions()["levels"]
    regions = levels.index[[level in each for each in levels]]
    return [unit_figures.table(region, level=level, basis=basis) for region in regions]


def _units(name: str) -> Collection:
    frames = _tables(name, unit_figures.USUAL)
    columns = ["region", "city_adcode", "name_zh"]
    rows = pd.concat([pd.DataFrame(columns=columns), *(frame[columns] for frame in frames)])
    parts = [(frame, geojson.feature_collection(_alike(frame), ids="index")) for frame in frames]
    own = filters.of_units(LEVELS[name])
    named = (rows.index.to_series(), rows["city_adcode"], rows["name_zh"])
    known = {str(each) for column in named for each in column.dropna()}

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, keep = Faults(), np.ones(len(rows), dtype=bool)
        places = {PART_OF.get(each, each) for each in listed(asked.get("district", ""))}
        regions = faults.of(_codes, "region", asked.get("region", ""), own)
        faults.of(_codes, "district", ",".join(places), own, known=known)
        faults.settle()
        if regions:
            keep &= rows["region"].isin(regions).to_numpy(bool)
        if places:
            keep &= np.any([column.isin(places).to_numpy(bool) for column in named], axis=0)
        return keep

    return _collection(name, parts, own, choose, shape=collections.AREAS, units=True)


def _alike(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return units that are all multipolygons: GDAL takes the first feature's type for all."""
    return frame.set_geometry(multipolygons(np.asarray(frame.geometry)), crs=frame.crs)


def _completeness() -> Collection:
    told = completeness.compared().rename(columns={"sites": "on_record"})
    told = told.assign(**{name: told[name].map("; ".join) for name in ("name_en", "source")})
    told = told.assign(name_zh=told["name_zh"].map("；".join)).astype(object)
    rows = told.where(told.notna(), None).set_index("id", drop=False)
    features = [
        {"type": "Feature", "id": key, "geometry": None, "properties": row}
        for key, row in rows.to_dict("index").items()
    ]
    own = filters.of_completeness()
    return Collection(
        name="completeness",
        features=tuple(_json(feature).encode() for feature in features),
        ids=tuple(rows.index),
        bounds=np.full((len(rows), 4), np.nan),
        filters=own,
        choose=partial(_chosen, rows, own),
        shape=collections.NOWHERE,
        types=_types("completeness"),
        key="id",
    )


def _chosen(
    rows: pd.DataFrame, own: tuple[filters.Filter, ...], asked: Mapping[str, str]
) -> NDArray[np.bool_]:
    """Return which rows have one of the codes that each filter asks for."""
    faults, keep = Faults(), np.ones(len(rows), dtype=bool)
    for each, value in asked.items():
        if codes := faults.of(_codes, each, value, own):
            keep &= rows[each].isin(codes).to_numpy(bool)
    faults.settle()
    return keep


def _layouts(name: str) -> Collection:
    features = [
        feature for layout in layouts.all_layouts().values() for feature in _features(layout)
    ]
    shape = TYPES_OF_LAYOUTS[name]
    if shape is not collections.MIXED:
        features = list(map(_as_several, features)) if shape is collections.AREAS else features
        features = [each for each in features if _type(each) in shape.types]
    own = filters.of_layouts()
    names = tuple(each.name for each in own)
    rows = pd.DataFrame([{n: f["properties"][n] for n in names} for f in features], columns=names)

    shapes = [
        shapely.from_geojson(_json(feature["geometry"])) if feature["geometry"] else None
        for feature in features
    ]
    return Collection(
        name=name,
        features=tuple(_json(feature).encode() for feature in features),
        ids=tuple(feature["id"] for feature in features),
        bounds=np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4),
        filters=own,
        choose=partial(_chosen, rows, own),
        shape=shape,
        types=_types(name),
    )


def _changes() -> Collection:
    lines, own = revisions.recorded(), filters.of_changes()
    written = {each.name: lines[each.name].fillna("") for each in own}

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, keep = Faults(), np.ones(len(lines), dtype=bool)
        for name, value in asked.items():
            # A row that there is, or was, may not have changed.
            known = listed(value) if name == "row" else None
            if codes := faults.of(_codes, name, value, own, known=known):
                keep &= written[name].isin(codes).to_numpy(bool)
        faults.settle()
        return keep

    frame = lines.reset_index().set_index(lines.index.astype(str).rename(None))
    parts = [(frame, geojson.feature_collection(frame, ids="index"))]
    held = _collection("changes", parts, own, choose, shape=collections.POINTS)
    return replace(held, days=lines["date"].to_numpy(str))


def _types(name: str) -> dict[str, str]:
    """Return the JSON type of each property as the data dictionary has it."""
    own = {"year": "integer"} | {each: each for each in ("integer", "number", "boolean")}
    known = dictionary.columns(table(name)).values()
    return {column.name: own.get(column.type, "string") for column in known}


def _type(feature: dict[str, Any]) -> str | None:
    return feature["geometry"] and str(feature["geometry"]["type"])


def _as_several(feature: dict[str, Any]) -> dict[str, Any]:
    """Return a feature whose polygon is a multipolygon of one part."""
    if _type(feature) != "Polygon":
        return feature
    parts = [feature["geometry"]["coordinates"]]
    return feature | {"geometry": {"type": "MultiPolygon", "coordinates": parts}}


def _features(layout: Layout) -> list[dict[str, Any]]:
    """Return the features of a layout's file, each saying of which layout it is.

    Ids of elements are those of their layout alone; here features of all layouts meet.
    """
    about = {"layout": layout.id, "region": layout.region}
    read = json.loads(layout_files.layout_geojson(layout))["features"]
    return [
        {
            **feature,
            "id": f"{layout.id}.{feature['properties']['id']}",
            "properties": feature["properties"] | about,
        }
        for feature in read
    ]


def _collection(
    name: str,
    parts: list[tuple[gpd.GeoDataFrame, bytes]],
    own: tuple[filters.Filter, ...],
    choose: Callable[[Mapping[str, str]], NDArray[np.bool_]],
    *,
    shape: collections.Shape,
    units: bool = False,
) -> Collection:
    """Return a collection of the features of files, which have one feature a line."""
    features = chain.from_iterable(_lines(file) for _, file in parts)
    key = KEYS[name]
    keyed = (frame.get(key, frame.index) for frame, _ in parts)
    bounds = [frame.bounds.to_numpy(np.float64) for frame, _ in parts]
    return Collection(
        name=name,
        features=tuple(features),
        ids=tuple(str(each) for each in chain.from_iterable(keyed)),
        bounds=np.concatenate([np.empty((0, 4)), *bounds]),
        filters=own,
        choose=choose,
        shape=shape,
        types=_types(name),
        key=key,
        units=units,
    )


def _lines(file: bytes) -> list[bytes]:
    """Return the features of a file that has one a line."""
    start = b'{"type":"Feature",'
    return [line.removesuffix(b",") for line in file.splitlines() if line.startswith(start)]


def _codes(
    name: str,
    value: str,
    own: tuple[filters.Filter, ...],
    *,
    known: Iterable[str] | None = None,
) -> set[str]:
    """Return the codes of a list, all of them known; an empty list asks nothing."""
    asked = set(listed(value))
    allowed = next(each.choices for each in own if each.name == name) if known is None else known
    if unknown := sorted(asked.difference(allowed)):
        raise _refused(name, ",".join(unknown), own)
    return asked


def _refused(name: str, value: str, own: tuple[filters.Filter, ...]) -> RefusedRequest:
    asked = next(each for each in own if each.name == name)
    if asked.choices:
        return RefusedRequest(
            "choice", name=name, value=shortened(value), known=", ".join(asked.choices)
        )
    return RefusedRequest(
        "value", name=name, value=shortened(value), expected=f"filters.{asked.key}"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


_MAKERS: Final[dict[str, Callable[[], Collection]]] = {
    "sites": _sites,
    "changes": _changes,
    "completeness": _completeness,
    **{name: partial(_layouts, name) for name in TYPES_OF_LAYOUTS},
}
