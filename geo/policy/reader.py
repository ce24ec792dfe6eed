"""One file of ``data/layouts/``: read and held against the catalogue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.checks import toml
from geo.china import county_units
from geo.facts import boundaries, catalog, own_regions
from geo.measures import assignment
from geo.policy.model import Layout
from geo.policy.rules import Reference, relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from geo.facts.own_regions import OwnRegion

ELSEWHERE: Final = "own"
"""Region of a file whose region the catalogue does not have; the file lists its units."""
MOST_BYTES: Final = 1_000_000
"""Of a file that somebody brings: the largest of ours has 16 thousand."""


def read_file(path: Path) -> Layout | list[str]:
    """Return the layout of a file, or everything that is wrong with it.

    Parameters
    ----------
    path
        A TOML file as ``data/README.md`` describes it.

    Returns
    -------
    Layout or list of str
        One line a fault: file, element or link, field, what was found and what was expected.
    """
    return toml.read(
        path,
        Layout,
        name=f"data/layouts/{path.name}",
        context=lambda raw: _reference(path.stem, raw),
    )


def read_upload(content: bytes, *, name: str, region: str = "") -> Layout | list[str]:
    """Return the layout of a file that somebody brings, or everything that is wrong with it.

    Parameters
    ----------
    content
        The file; at most :data:`MOST_BYTES` of it are looked at.
    name
        How faults name the file; whatever it is called, its id may be any.
    region
        Id of the region in view. A file of one that somebody brought names only the units that
        it is made of: by these it is known again, with its own sites and areas.

    Returns
    -------
    Layout or list of str
        As `read_file`.
    """
    if len(content) > MOST_BYTES:
        return [f"{name}: has {len(content)} bytes, expected at most {MOST_BYTES}"]
    raw = toml.tables(content, name=name)
    if isinstance(raw, list):
        return raw
    own = own_regions.known(region)
    if own is not None and _is_of(own, raw):
        raw = {field: value for field, value in raw.items() if field != "place"}
        return _check(raw | {"region": own.id}, name=name, own=own)
    return _check(raw, name=name, own=None)


def check(raw: dict[str, Any]) -> Layout | list[str]:
    """Return the layout that tables mean, or everything that is wrong with them.

    Parameters
    ----------
    raw
        What a file holds. Its region may be one that somebody brought and that is open.

    Returns
    -------
    Layout or list of str
        As `read_file`.
    """
    return _check(raw, name=str(raw.get("id")), own=own_regions.known(raw.get("region")))


def _check(raw: dict[str, Any], *, name: str, own: OwnRegion | None) -> Layout | list[str]:
    return toml.check(
        raw,
        Layout,
        name=name,
        context=lambda raw: _reference(str(raw.get("id")), raw, own),
    )


def _is_of(own: OwnRegion, raw: dict[str, Any]) -> bool:
    """Return whether a file was written of a region that somebody brought."""
    place = raw.get("place")
    units = place.get("districts") if isinstance(place, dict) else None
    return raw.get("region") == ELSEWHERE and units == [*own.units]


def _reference(stem: str, raw: dict[str, Any], brought: OwnRegion | None = None) -> Reference:
    """Gather what a file's values are held against, whatever else is wrong with it."""
    region, document = str(raw.get("region")), str(raw.get("document"))
    regions, documents = frozenset(catalog.regions().index), frozenset(catalog.documents().index)
    if brought is not None:
        regions |= {brought.id}
    elements = [str(each.get("id")) for each in _tables(raw, "elements")]
    own = region in regions
    area: str | tuple[str, ...] = region if own else _own_units(raw)
    standing = catalog.sites(scope=catalog.WIDE) if brought is None else brought.sites
    if brought is not None:
        area = brought.units
    links = Counter(
        relation(*(str(each.get(name)) for name in ("source", "target", "relation")))
        for each in _tables(raw, "links")
    )
    return Reference(
        stem=stem,
        documents=documents | {document} if "citation" in raw else documents,
        regions=regions | {region} if "place" in raw else regions,
        sectors=frozenset(catalog.sectors().index),
        sites=frozenset(standing["id"]) if brought else _inside(standing, area),
        venues=_inside(catalog.venues(), area),
        districts=_allowed(region, area) if brought is None else _allowed_of(brought),
        units=frozenset(county_units.units().index) if "place" in raw else frozenset(),
        elements=frozenset(elements),
        repeated=frozenset(each for each in elements if elements.count(each) > 1),
        contains=_contains(area if brought is None else brought.id),
        described=(own, document in documents),
        cities=_cities(area),
        relations=frozenset(link for link, times in links.items() if times > 1),
    )


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _own_units(raw: dict[str, Any]) -> tuple[str, ...]:
    """Return the units of a region that the file describes, those that exist."""
    place = raw.get("place")
    stated = place.get("districts") if isinstance(place, dict) else None
    known = county_units.units().index if isinstance(stated, list) else ()
    return tuple(code for code in stated or () if isinstance(code, str) and code in known)


def _inside(places: gpd.GeoDataFrame, area: str | tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the places that stand in an area; of all where it is not known."""
    if isinstance(area, str):
        places = places[places["region"] == area]
    elif area:
        places = places[assignment.assign(places, boundaries.districts(area)).notna()]
    return frozenset(places["id"])


def _cities(area: str | tuple[str, ...]) -> dict[str, str]:
    """Return the city of each district of an area."""
    if not area:
        return {}
    if isinstance(area, tuple):
        cities = county_units.units().loc[list(area), "city_adcode"]
    else:
        facts = catalog.district_facts()
        cities = facts.loc[facts["region"] == area, "city_adcode"]
    return {str(code): str(city) for code, city in cities.dropna().items()}


def _allowed(region: str, area: str | tuple[str, ...]) -> tuple[frozenset[str], str]:
    """Return the codes an element may name, and what they should be in words."""
    if isinstance(area, tuple):
        units = county_units.units()
        cities = units.loc[list(area), "city_adcode"] if area else units["city_adcode"]
        codes = frozenset(area or units.index) | frozenset(cities)
        return codes, "the adcode of a district of the layout's region"
    facts = catalog.district_facts()
    own = facts[facts["region"] == region]
    words = f"the adcode of a district of {region}, listed in data/districts.csv"
    if "city" not in catalog.regions()["levels"][region]:
        return frozenset(own.index), words
    listed = catalog.city_facts()
    codes = frozenset(own.index) | frozenset(listed.index[listed["region"] == region])
    return codes, f"{words}, or of a city of data/cities.csv"


def _allowed_of(brought: OwnRegion) -> tuple[frozenset[str], str]:
    """Return the codes that an element may name in a region that somebody brought."""
    if brought.areas is None:
        return _allowed(brought.id, brought.units)
    return frozenset(brought.areas.index), "the code of one of the region's own areas"


def _contains(area: str | tuple[str, ...]) -> Callable[[float, float], bool]:
    """Return whether a position lies in an area; anywhere where the area is not known."""

    def inside(lon: float, lat: float) -> bool:
        polygons = boundaries.districts(area).geometry.to_numpy()
        return bool(shapely.intersects_xy(polygons, lon, lat).any())

    return inside if area else lambda _lon, _lat: True
