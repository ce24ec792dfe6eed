"""Regions that somebody brought: known to the process while somebody looks at them.

They are no part of the catalogue. Nothing lists them: who asks for one has its id, which is as
hard to guess as the link of the workspace that it comes from.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from geo import memory
from geo.china import adcodes
from geo.errors import UnknownRegionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import ParamSpec, TypeVar

    import geopandas as gpd

    from geo.facts.own_population import OwnPopulation
    from geo.facts.own_terrain import OwnPlaces, OwnShapes, OwnStreets

    P = ParamSpec("P")
    R = TypeVar("R")

PREFIX: Final = "ws-"
"""How the id of such a region begins; none of the catalogue does."""

MOST: Final = 32
"""Regions that are kept; one that is pushed out is read again when somebody asks for it."""

ROWS: Final = 100_000
"""Sites of a region for which it counts once more: two of a million are kept at most."""

LATEST: Final = 64
"""Results about such regions that are kept of one function."""


@dataclass(frozen=True, kw_only=True)
class OwnRegion:
    """A region with sites of one's own.

    Attributes
    ----------
    id
        :data:`PREFIX` and what tells it, and its state, from all others.
    name
        What its maker calls it.
    units
        Adcodes of its county-level units, sorted.
    sites
        Columns of `geo.facts.catalog.sites`, and others; texts that many sites have may be
        categories.
    areas
        Areas of one's own in place of the units, see `geo.intake.own_districts`; None where the
        districts are the units.
    layouts
        The TOML of layouts that somebody drew for it, by id.
    shortlists
        Ids of sites by the list's name.
    notes
        Text by what it is about, see `geo.workspaces.edits.subject`.
    population
        Residents by place; None where nobody brought any.
    streets, barriers, forbidden, candidates
        A street network, what nobody crosses, where nothing may be built, where new sites may
        stand; None likewise.
    """

    id: str
    name: str
    units: tuple[str, ...]
    sites: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame | None = None
    layouts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    shortlists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    population: OwnPopulation | None = None
    streets: OwnStreets | None = None
    barriers: OwnShapes | None = None
    forbidden: OwnShapes | None = None
    candidates: OwnPlaces | None = None


_open: Final[LRUCache[str, OwnRegion]] = LRUCache(
    MOST, getsizeof=lambda region: min(1 + len(region.sites) // ROWS, MOST)
)
_readers: Final[list[Callable[[str], OwnRegion | None]]] = []
_lock: Final = threading.Lock()


def label(name: str) -> str:
    """Return what tells an area of one's own from others, of its name.

    An address has lists with commas; six digits alone would be a county's code.

    Examples
    --------
    >>> label("光谷"), label("一期,二期"), label("420102")
    ('光谷', '一期，二期', '420102#')
    """
    plain = name.replace(",", "，")
    return f"{plain}#" if re.fullmatch(adcodes.ADCODE, plain) else plain


def remember(region: OwnRegion) -> None:
    """Make a region known under its id."""
    with _lock:
        _open[region.id] = region
    if len(region.sites) > memory.ROWS:
        memory.settle()


def read_by(reader: Callable[[str], OwnRegion | None]) -> None:
    """Have a region that is not known any more read again where it is kept.

    Parameters
    ----------
    reader
        Takes an id; None of what it does not keep.
    """
    _readers.append(reader)


def forget(id_: str) -> None:
    """Forget a region at once."""
    with _lock:
        _open.pop(id_, None)


def is_own(region: object, *_: object) -> bool:
    """Return whether something is the id of a region that somebody brought."""
    return isinstance(region, str) and region.startswith(PREFIX)


def known(region: object) -> OwnRegion | None:
    """Return the region of an id; None for those of the catalogue, and for sets of units.

    Raises
    ------
    UnknownRegionError
        Where it looks like one of these, is not open and can be read nowhere.
    """
    if not isinstance(region, str) or not is_own(region):
        return None
    found = _found(region)
    if found is None:
        # The rest of it is a key: no log and no page shows one.
        raise UnknownRegionError(f"{PREFIX}...", ["the id of an open workspace"])
    return found


def opened() -> list[str]:
    """Return the ids of the regions that are known now."""
    with _lock:
        return list(_open)


def is_open(region: str) -> bool:
    """Return whether a region is known under this id, or can be read again."""
    return is_own(region) and _found(region) is not None


def _found(id_: str) -> OwnRegion | None:
    with _lock:
        found = _open.get(id_)
    if found is None:
        found = next(filter(None, (reader(id_) for reader in _readers)), None)
        if found is not None:
            remember(found)
    return found


def by_region(make: Callable[P, R]) -> memory.Kept[P, R]:
    """Keep the results of a function of a region: of the catalogue's always, of own ones some."""
    return memory.by_view(LATEST, always=of_catalogue)(make)


def of_catalogue(region: object, *_: object, **__: object) -> bool:
    """Return whether results are about the catalogue, by the region that a function takes first."""
    return not is_own(region)
