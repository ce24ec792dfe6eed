"""Each region's ground, made once per process and fetched once per browser."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import pandas as pd
from cachetools import LRUCache

from geo import memory
from geo.china import county_units
from geo.facts import boundaries, own_regions
from geo.policy import layouts
from layers.ground import base_document as ground_base_document
from layers.printed import ground
from ui.cached import names

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.policy.model import Area
    from layers.printed.ground import Ground


LATEST: Final = 16
"""Documents of areas that one reader asks for: how many are kept."""

_ASKED: Final[LRUCache[str, bytes]] = LRUCache(LATEST)
_LOCK: Final = Lock()


@dataclass(frozen=True)
class BaseDocument:
    """A base document: its file name, its bytes, and the bounds of the region in degrees."""

    name: str
    content: bytes
    bounds: ground_base_document.Bounds
    window: ground_base_document.Bounds


def base_document(area: Area, unit: boundaries.Level) -> BaseDocument:
    """Return the base document of a region, a layout's own area or any districts, at one level.

    Of districts that are neither it is found by its name while it is one of the latest; it holds
    boundaries alone, and nothing of what a reader has there.
    """
    shown = _ground(area)
    document = _document(shown, unit)
    if not isinstance(area, str) and not _of_catalogue(shown, unit):
        with _LOCK:
            _ASKED[document.name] = document.content
    return document


def _ground(area: Area) -> Area:
    """Return the area whose ground is shown: of somebody's region its units tell nothing of it."""
    brought = own_regions.known(area)
    return area if brought is None or brought.areas is not None else brought.units


def _of_catalogue(area: Area, unit: boundaries.Level) -> bool:
    return (area, unit) in _grounds()


@memory.by_view(latest=own_regions.MOST, always=_of_catalogue)
def _document(area: Area, unit: boundaries.Level) -> BaseDocument:
    own = boundaries.web(area, level=unit)
    around = boundaries.context(area, level=unit)
    content = ground_base_document.document(
        own,
        around,
        level=unit,
        abroad=boundaries.abroad(area),
        cities=_cities(area, unit),
    )
    west, south, east, north = own.total_bounds
    window = pd.concat([own.bounds, around.bounds])
    return BaseDocument(
        ground_base_document.file_name(_stem(area, unit), content),
        content,
        bounds=(west, south, east, north),
        window=(
            float(window["minx"].min()),
            float(window["miny"].min()),
            float(window["maxx"].max()),
            float(window["maxy"].max()),
        ),
    )


@memory.by_view(latest=own_regions.MOST, always=_of_catalogue)
def _printed(area: Area, unit: boundaries.Level) -> Ground:
    return ground.ground(
        boundaries.web(area, level=unit),
        boundaries.context(area, level=unit),
        level=unit,
        abroad=boundaries.abroad(area),
        cities=_cities(area, unit),
    )


def printed_ground(area: Area, unit: boundaries.Level) -> Ground:
    """Return the ground of `base_document` for maps on paper."""
    return _printed(_ground(area), unit)


def _cities(area: Area, unit: boundaries.Level) -> gpd.GeoDataFrame | None:
    """Return the cities of a region whose districts are shown; None where they are not told."""
    if unit == "city" or not isinstance(area, str) or "city" not in names.levels_of(area):
        return None
    return boundaries.web(area, level="city")


def _stem(area: Area, unit: boundaries.Level) -> str:
    """Return how a document's name begins; its hash tells areas apart that begin alike."""
    if own_regions.is_own(area):
        return "own"
    place = area if isinstance(area, str) else f"{area[0]}-{len(area)}"
    return f"{place}-{unit}"


def _grounds() -> list[tuple[Area, boundaries.Level]]:
    """Return every area that a page can show: the regions, and those that layouts describe."""
    regions: list[tuple[Area, boundaries.Level]] = [
        (region, level) for region, levels in names.levels().items() for level in levels
    ]
    described = dict.fromkeys(
        each.area for each in layouts.all_layouts().values() if each.place is not None
    )
    return [*regions, *((area, "district") for area in described)]


def prepare() -> None:
    """Read the layouts and make every document, so that no reader waits for one."""
    for area, level in _grounds():
        base_document(area, level)
    # The regions keep their own districts.
    county_units.release()


def by_name(name: str) -> bytes | None:
    """Return the document of that name, made now if no session asked for it yet."""
    brought: list[tuple[Area, boundaries.Level]] = [
        (_ground(region), "district") for region in own_regions.opened()
    ]
    for area, level in [*_grounds(), *brought]:
        if name.startswith(f"{_stem(area, level)}-"):
            document = base_document(area, level)
            if document.name == name:
                return document.content
    with _LOCK:
        return _ASKED.get(name)
