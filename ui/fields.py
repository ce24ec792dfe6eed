"""Which names the address knows, and what each may say."""

from __future__ import annotations

from collections.abc import Collection

from geo import boundaries, catalog
from layers import basemaps
from ui.address import Field, Values
from ui.language import LANGUAGES

RADII_KM = ("1", "3", "5", "10")
SHADINGS = ("area", "people", "count", "coverage")
INDICATORS = (*SHADINGS, "lq")
UNITS = ("district", "city")
VIEWS = ("map", "table")
MAX_COMPARED = 5


def unit_choices(region: str) -> tuple[str, ...]:
    """Levels a region can be shown at: its districts and, where it has several, its cities."""
    return tuple(catalog.regions().loc[region, "levels"])


def base_map_choices() -> tuple[str, ...]:
    """Base maps on offer: the districts themselves, then the online ones."""
    return ("none", *basemaps.basemaps())


def unit_of(values: Values) -> str:
    """The level in force: the one asked for, or the region's first."""
    return str(values.get("unit") or "district")


def _regions(_: Values) -> Collection[str]:
    return list(catalog.regions().index)


def _units(values: Values) -> Collection[str]:
    return unit_choices(values["region"])


def _adcodes(values: Values) -> Collection[str]:
    return set(boundaries.districts(values["region"], level=unit_of(values)).index)


def _things(values: Values) -> Collection[str]:
    sites = catalog.sites(values["region"])
    return {f"site:{key}" for key in sites["id"]} | {
        f"district:{code}" for code in _adcodes(values)
    }


def _codes(name: str) -> Field:
    field = "existence" if name == "evidence" else name
    return Field(name=name, default=(), choices=lambda _: list(catalog.vocabulary(field).index))


LANG = Field(name="lang", default="zh", choices=lambda _: LANGUAGES)
REGION = Field(name="region", default="shanghai", choices=_regions)
UNIT = Field(name="unit", default="district", choices=_units)
SECTOR = Field(name="sector", default=(), choices=lambda _: list(catalog.families().index))
KIND, LEVEL, STATUS, EVIDENCE = map(_codes, ("kind", "level", "status", "evidence"))
RADIUS = Field(name="radius", default="3", choices=lambda _: RADII_KM)
BASE = Field(name="base", default="none", choices=lambda _: base_map_choices())
SHADE = Field(name="shade", default="area", choices=lambda _: SHADINGS)
INDICATOR = Field(name="by", default="area", choices=lambda _: INDICATORS)
FOCUS = Field(name="focus", default="ind", choices=lambda _: list(catalog.families().index))
VIEW = Field(name="view", default="map", choices=lambda _: VIEWS)
SELECTED = Field(name="at", default="", choices=lambda values: _things(values) | {""})
COMPARED = Field(name="compare", default=(), choices=_adcodes, most=MAX_COMPARED)

SHARED = (LANG, REGION, UNIT, SECTOR, KIND, LEVEL, STATUS, EVIDENCE, RADIUS, BASE)
OVERVIEW = (*SHARED, SHADE, SELECTED)
DISTRICTS = (*SHARED, INDICATOR, FOCUS, VIEW, SELECTED, COMPARED)
