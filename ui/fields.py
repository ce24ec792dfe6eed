"""Which names the address knows, and what each may say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from geo import layouts
from layers import basemaps
from ui import names
from ui.address import Field, Values
from ui.language import LANGUAGES

if TYPE_CHECKING:
    from geo import boundaries, catalog

RADII_KM = ("1", "3", "5", "10")
SHADINGS = ("area", "people", "count", "coverage")
INDICATORS = (*SHADINGS, "lq")
UNITS = ("district", "city")
VIEWS = ("map", "table")
MAX_COMPARED = 5


def unit_choices(region: str) -> tuple[boundaries.Level, ...]:
    """Levels a region can be shown at: its districts and, where it has several, its cities."""
    return names.levels()[region]


def base_map_choices() -> tuple[str, ...]:
    """Base maps on offer: the districts themselves, then the online ones."""
    return ("none", *basemaps.basemaps())


def level(code: str) -> boundaries.Level:
    """Return a code of the data as a level."""
    return "city" if code == "city" else "district"


def unit_of(values: Values) -> boundaries.Level:
    """The level in force: the one asked for, or the region's first."""
    return cast("boundaries.Level", values["unit"])


def _regions(_: Values) -> Collection[str]:
    return names.regions("zh")


def _units(values: Values) -> Collection[str]:
    return unit_choices(values["region"])


def _adcodes(values: Values) -> Collection[str]:
    return names.districts(values["region"], unit_of(values), "zh")


def _things(values: Values) -> Collection[str]:
    return _Things(names.site_ids(values["region"]), _adcodes(values))


class _Things(Collection[str]):
    """What can be selected: nothing, a site, a district; looked up, never listed anew."""

    def __init__(self, sites: Collection[str], districts: Collection[str]) -> None:
        self._known = {"site": sites, "district": districts}

    def __contains__(self, code: object) -> bool:
        kind, _, key = str(code).partition(":")
        return code == "" or key in self._known.get(kind, ())

    def __iter__(self) -> Iterator[str]:
        yield ""
        for kind, keys in self._known.items():
            yield from (f"{kind}:{key}" for key in keys)

    def __len__(self) -> int:
        return 1 + sum(len(keys) for keys in self._known.values())


def vocabulary_of(item: Field) -> catalog.Field:
    """Return the catalogue's field that a filter reads."""
    return cast("catalog.Field", "existence" if item.name == "evidence" else item.name)


def _codes(name: str) -> Field:
    field = cast("catalog.Field", "existence" if name == "evidence" else name)
    return Field(name=name, default=(), choices=lambda _: names.terms(field, "zh"))


LANG = Field(name="lang", default="zh", choices=lambda _: LANGUAGES)
REGION = Field(name="region", default="shanghai", choices=_regions)
UNIT = Field(
    name="unit",
    default="district",
    choices=_units,
    default_of=lambda values: names.default_levels()[values["region"]],
)
SECTOR = Field(name="sector", default=(), choices=lambda _: names.families("zh"))
KIND, LEVEL, STATUS, EVIDENCE = map(_codes, ("kind", "level", "status", "evidence"))
RADIUS = Field(name="radius", default="3", choices=lambda _: RADII_KM)
BASE = Field(name="base", default="none", choices=lambda _: base_map_choices())
SHADE = Field(name="shade", default="area", choices=lambda _: SHADINGS)
INDICATOR = Field(name="by", default="area", choices=lambda _: INDICATORS)
FOCUS = Field(name="focus", default="ind", choices=lambda _: names.families("zh"))
VIEW = Field(name="view", default="map", choices=lambda _: VIEWS)
SELECTED = Field(name="at", default="", choices=_things)
COMPARED = Field(name="compare", default=(), choices=_adcodes, most=MAX_COMPARED)

PHASES = ("planned", "present")
LAYOUT = Field(name="layout", default="gd-2023-plan", choices=lambda _: list(layouts.all_layouts()))
BESIDE = Field(name="beside", default="", choices=lambda _: ["", *layouts.all_layouts()])
ELEMENT = Field(
    name="element",
    default="",
    choices=lambda values: ["", *(e.id for e in layouts.layout(values["layout"]).elements)],
)
PHASE = Field(name="phase", default="planned", choices=lambda _: PHASES)

THEME_CODES = (
    "scale", "carriers", "centres", "enabling", "events", "institutions", "status", "layout",
    "talent", "innovation",
)  # fmt: skip
PLACES = Field(name="place", default=(), choices=_regions)
THEMES = Field(name="theme", default=(), choices=lambda _: THEME_CODES)

SHARED = (LANG, REGION, UNIT, SECTOR, KIND, LEVEL, STATUS, EVIDENCE, RADIUS, BASE)
OVERVIEW = (*SHARED, SHADE, SELECTED)
DISTRICTS = (*SHARED, INDICATOR, FOCUS, VIEW, SELECTED, COMPARED)
TARGETS = (LANG, REGION, PLACES, THEMES)
LAYOUTS = (LANG, REGION, UNIT, LAYOUT, BESIDE, ELEMENT, PHASE, RADIUS)
