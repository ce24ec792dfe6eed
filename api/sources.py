"""The collections and where their rows come from: the same rows as in the files of the pages."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from api import figures, filters
from api.collection import Collection
from api.errors import Faults, Refused
from geo import catalog, criteria, export, layout_export, layouts, memory
from geo.adcodes import PART_OF
from geo.formats.multipart import multipolygons
from geo.written import listed, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo import boundaries
    from geo.layout_model import Layout

NAMES: Final = ("sites", "districts", "cities", "layouts")
"""Ids of the collections in the order in which they are told."""


@memory.kept(always=lambda *_: True, latest=1)
def collection(name: str) -> Collection:
    """Return a collection, made once a process.

    Raises
    ------
    KeyError
        If there is no such collection.
    """
    return _MAKERS[name]()


def _sites() -> Collection:
    frame, own = catalog.sites(), filters.of_sites()
    named = frozenset(frame["district"].dropna())

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, told = Faults(), dict(asked)
        regions = faults.of(_codes, "region", told.get("region", ""), own)
        # GDAL asks for the value of a property where a filter has the property's name.
        places = set(listed(told.pop("district", "")))
        names, codes = places & named, places - named
        wanted, bad = criteria.parse(told)
        coded, bad_codes = criteria.parse({"district": ",".join(codes)})
        for fault in (*bad, *bad_codes):
            faults.add(_refused(fault.name, fault.value, own))
        faults.settle()
        keep = np.asarray(frame.index.isin(criteria.select(frame, wanted).index))
        if regions:
            keep = keep & frame["region"].isin(regions).to_numpy(bool)
        if places:
            inside = frame["district"].isin(names).to_numpy(bool)
            if codes:
                inside = inside | frame.index.isin(criteria.select(frame, coded).index)
            keep = keep & inside
        return keep

    return _collection("sites", [(frame, export.sites_geojson(frame))], own, choose)


def _districts() -> Collection:
    return _units("districts", "district", catalog.regions().index)


def _cities() -> Collection:
    levels = catalog.regions()["levels"]
    return _units("cities", "city", levels.index[["city" in each for each in levels]])


def _units(name: str, level: boundaries.Level, regions: Iterable[str]) -> Collection:
    frames = [figures.table(region, level=level) for region in regions]
    rows = pd.concat([frame[["region", "city_adcode", "name_zh"]] for frame in frames])
    parts = [(frame, export.districts_geojson(_alike(frame))) for frame in frames]
    own = filters.of_units(level)
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

    return _collection(name, parts, own, choose)


def _alike(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return units that are all multipolygons: GDAL takes the first feature's type for all."""
    return frame.set_geometry(multipolygons(np.asarray(frame.geometry)), crs=frame.crs)


def _layouts() -> Collection:
    features = [
        feature for layout in layouts.all_layouts().values() for feature in _features(layout)
    ]
    own = filters.of_layouts()
    names = tuple(each.name for each in own)
    rows = pd.DataFrame([{n: f["properties"][n] for n in names} for f in features], columns=names)

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        faults, keep = Faults(), np.ones(len(rows), dtype=bool)
        for name, value in asked.items():
            if codes := faults.of(_codes, name, value, own):
                keep &= rows[name].isin(codes).to_numpy(bool)
        faults.settle()
        return keep

    shapes = [
        shapely.from_geojson(_json(feature["geometry"])) if feature["geometry"] else None
        for feature in features
    ]
    return Collection(
        name="layouts",
        features=tuple(_json(feature).encode() for feature in features),
        ids=tuple(feature["id"] for feature in features),
        bounds=np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4),
        filters=own,
        choose=choose,
    )


def _features(layout: Layout) -> list[dict[str, Any]]:
    """Return the features of a layout's file, each saying of which layout it is.

    Ids of elements are those of their layout alone; here features of all layouts meet.
    """
    about = {"layout": layout.id, "region": layout.region}
    read = json.loads(layout_export.layout_geojson(layout))["features"]
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
) -> Collection:
    """Return a collection of the features of files, which have one feature a line."""
    start = b'{"type":"Feature",'
    features = [
        line.removesuffix(b",")
        for _, file in parts
        for line in file.splitlines()
        if line.startswith(start)
    ]
    key = "id" if "id" in parts[0][0] else "adcode"
    keyed = (frame.get(key, frame.index) for frame, _ in parts)
    return Collection(
        name=name,
        features=tuple(features),
        ids=tuple(str(each) for each in chain.from_iterable(keyed)),
        bounds=np.concatenate([frame.bounds.to_numpy(np.float64) for frame, _ in parts]),
        filters=own,
        choose=choose,
        key=key,
    )


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


def _refused(name: str, value: str, own: tuple[filters.Filter, ...]) -> Refused:
    asked = next(each for each in own if each.name == name)
    if asked.choices:
        return Refused("choice", name=name, value=shortened(value), known=", ".join(asked.choices))
    return Refused("value", name=name, value=shortened(value), expected=("filters", asked.key))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


_MAKERS: Final = {
    "sites": _sites,
    "districts": _districts,
    "cities": _cities,
    "layouts": _layouts,
}
