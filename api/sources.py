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
from api.errors import Refused, shortened
from geo import catalog, criteria, export, layout_export, layouts, memory

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
        keep = np.ones(len(frame), dtype=bool)
        told = dict(asked)
        if "region" in told:
            keep &= frame["region"].isin(_codes("region", told["region"], own)).to_numpy(bool)
        names = set(told.get("district", "").split(","))
        if names <= named:
            # GDAL asks for the value of a property where a filter has the property's name.
            keep &= frame["district"].isin(names).to_numpy(bool)
            del told["district"]
        wanted, faults = criteria.parse(told)
        for fault in faults:
            raise _refused(fault.name, fault.value, own)
        return keep & np.asarray(frame.index.isin(criteria.select(frame, wanted).index))

    return _collection("sites", [(frame, export.sites_geojson(frame))], own, choose)


def _districts() -> Collection:
    return _units("districts", "district", catalog.regions().index)


def _cities() -> Collection:
    levels = catalog.regions()["levels"]
    return _units("cities", "city", levels.index[["city" in each for each in levels]])


def _units(name: str, level: boundaries.Level, regions: Iterable[str]) -> Collection:
    frames = [figures.table(region, level=level) for region in regions]
    rows = pd.concat([frame[["region", "city_adcode"]] for frame in frames])
    parts = [(frame, export.districts_geojson(frame)) for frame in frames]
    own = filters.of_districts()

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        keep = np.ones(len(rows), dtype=bool)
        if "region" in asked:
            keep &= rows["region"].isin(_codes("region", asked["region"], own)).to_numpy(bool)
        if "district" in asked:
            known = {*rows.index, *rows["city_adcode"].dropna()}
            codes = _codes("district", asked["district"], own, known=known)
            within = rows["city_adcode"].isin(codes).to_numpy(bool)
            keep &= within | np.asarray(rows.index.isin(codes))
        return keep

    return _collection(name, parts, own, choose)


def _layouts() -> Collection:
    features = [
        feature for layout in layouts.all_layouts().values() for feature in _features(layout)
    ]
    own = filters.of_layouts()
    names = tuple(each.name for each in own)
    rows = pd.DataFrame([{n: f["properties"][n] for n in names} for f in features], columns=names)

    def choose(asked: Mapping[str, str]) -> NDArray[np.bool_]:
        keep = np.ones(len(rows), dtype=bool)
        for name, value in asked.items():
            keep &= rows[name].isin(_codes(name, value, own)).to_numpy(bool)
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
    """Return the codes of a list, all of them known."""
    asked = {code.strip() for code in value.split(",")} - {""}
    allowed = next(each.choices for each in own if each.name == name) if known is None else known
    for code in sorted(asked.difference(allowed)):
        raise _refused(name, code, own)
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
