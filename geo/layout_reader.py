"""One file of ``data/layouts/``: read, held against the catalogue, its faults put in words."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

import shapely
from pydantic import ValidationError

from geo import boundaries, catalog, china
from geo.layout_model import Layout
from geo.layout_rules import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

SHOWN: Final = 60
"""Characters of a faulty value that a message repeats."""


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
    name = f"data/layouts/{path.name}"
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [f"{name}: cannot be read ({reason}), expected a TOML file"]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return [f"{name}: is not TOML ({error}), expected a file saved as UTF-8"]
    try:
        return Layout.model_validate(raw, context=_scope(path.stem, raw))
    except ValidationError as error:
        return [_fault(name, raw, dict(each)) for each in error.errors(include_url=False)]


def _scope(stem: str, raw: dict[str, Any]) -> Scope:
    """Gather what a file's values are held against, whatever else is wrong with it."""
    region, document = str(raw.get("region")), str(raw.get("document"))
    regions, documents = frozenset(catalog.regions().index), frozenset(catalog.documents().index)
    elements = [str(each.get("id")) for each in _tables(raw, "elements")]
    own = region in regions
    area: str | tuple[str, ...] = region if own else _own_units(raw)
    sites = catalog.sites(region)["id"] if own else catalog.sites()["id"]
    return Scope(
        stem=stem,
        documents=documents | {document} if "citation" in raw else documents,
        regions=regions | {region} if "place" in raw else regions,
        sectors=frozenset(catalog.sectors().index),
        sites=frozenset(sites),
        districts=_allowed(region, area),
        units=frozenset(china.units().index) if "place" in raw else frozenset(),
        elements=frozenset(elements),
        repeated=frozenset(each for each in elements if elements.count(each) > 1),
        contains=_contains(area),
        described=(own, document in documents),
    )


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _own_units(raw: dict[str, Any]) -> tuple[str, ...]:
    """Return the units of a region that the file describes, those that exist."""
    place = raw.get("place")
    stated = place.get("districts") if isinstance(place, dict) else None
    known = china.units().index if isinstance(stated, list) else ()
    return tuple(code for code in stated or () if isinstance(code, str) and code in known)


def _allowed(region: str, area: str | tuple[str, ...]) -> tuple[frozenset[str], str]:
    """Return the codes an element may name, and what they should be in words."""
    if isinstance(area, tuple):
        units = china.units()
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


def _contains(area: str | tuple[str, ...]) -> Callable[[float, float], bool]:
    """Return whether a position lies in an area; anywhere where the area is not known."""

    def inside(lon: float, lat: float) -> bool:
        polygons = boundaries.districts(area).geometry.to_numpy()
        return bool(shapely.intersects_xy(polygons, lon, lat).any())

    return inside if area else lambda _lon, _lat: True


def _fault(name: str, raw: dict[str, Any], error: Mapping[str, Any]) -> str:
    """Return one fault as a line: file, element, field, what was found and expected."""
    where = _where(raw, error["loc"])
    at = f"{name}, {where}" if where else name
    if error["type"] == "missing":
        return f"{at}: is missing, expected a value"
    if error["type"] == "extra_forbidden":
        return f"{at}: is not known, expected no such field"
    found = repr(error["input"])
    shown = found if len(found) <= SHOWN else f"{found[:SHOWN]}..."
    cause = error.get("ctx", {}).get("error")
    message = str(cause) if cause else error["msg"].replace("Input should be", "expected")
    return f"{at}: found {shown}, {message}"


def _where(raw: dict[str, Any], loc: Sequence[int | str]) -> str:
    """Name the element or link by its id or number, then the field."""
    parts = list(loc)
    if len(parts) > 1 and parts[0] in {"elements", "links"} and isinstance(parts[1], int):
        kind, number = str(parts[0])[:-1], parts[1]
        rows = raw[str(parts[0])]
        row = rows[number] if isinstance(rows, list) else {}
        own = row.get("id") if isinstance(row, dict) else None
        label = f"{kind} {own if isinstance(own, str) else number + 1}"
        field = ".".join(map(str, parts[2:]))
        return f"{label}, {field}" if field else label
    return ".".join(map(str, parts))
