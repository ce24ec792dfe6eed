"""The types of a scorecard: a figure, what it rests on, and why it may be empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.policy.membership import within

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.policy.membership import Ground
    from geo.policy.model import Element, Layout

    Mask = NDArray[np.bool_]

Unit = Literal["share", "count", "ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One element's part in a score.

    Attributes
    ----------
    element
        Id of the element.
    value
        Its figure; None where it has none, with the reason in ``empty``.
    n
        Sites it rests on.
    unit
        Of the value.
    sector
        Code of the sector, for a specialisation.
    kept
        Whether the specialisation shows: a location quotient above 1.
    few
        Whether the figure rests on fewer than 5 sites and says little.
    empty
        Code of the reason why there is no figure.
    """

    element: str
    value: float | None
    n: int
    unit: Unit = "share"
    sector: str = ""
    kept: bool = False
    few: bool = False
    empty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One figure of a scorecard.

    Attributes
    ----------
    key
        Which one: a key of `geo.policy.scorecard.MEASURES`, which fills it in with the unit.
    value
        The figure; None where it is empty.
    numerator, denominator
        What was divided (sites, elements, pairs, districts, km2); None where nothing was.
    unit
        Of the value.
    empty
        Code of the reason why there is no figure: ``no_sites``, ``no_cores``, ``one_core``,
        ``cores_unpublished``, ``no_elements`` (none has a published place), ``no_pairs``,
        ``no_sector_sites`` (the region has no site of the sector), ``no_exact_sites`` (none is
        known to the radius), ``few_elements``, ``no_corridor``, ``axis_unpublished``.
    sites, districts
        Ids and adcodes behind the figure.
    parts
        By element, in the layout's order.
    details
        Further figures of the same kind by name.
    few
        Whether a comparison of counts rests on fewer than 5 sites and says little.
    used
        For a coverage: sites known to the radius, and all sites.
    bounds
        For a coverage that is not exact: between which shares it surely lies.
    """

    key: str = ""
    value: float | None = None
    unit: Unit = "share"
    numerator: float | None = None
    denominator: float | None = None
    empty: str | None = None
    sites: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    details: tuple[tuple[str, float], ...] = ()
    few: bool = False
    used: tuple[int, int] | None = None
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A layout's located elements with the sites in each."""

    layout: Layout
    sites: gpd.GeoDataFrame
    ground: Ground
    elements: tuple[Element, ...]
    inside: dict[str, Mask]
    radius_m: float

    def of(self, *kinds: str) -> list[Element]:
        """Return the located elements of some kinds."""
        return [each for each in self.elements if each.kind in kinds]

    def n(self, element: Element) -> int:
        """Return how many sites stand in an element."""
        return int(self.inside[element.id].sum())

    def ids(self, chosen: Mask) -> tuple[str, ...]:
        """Return the ids of chosen sites."""
        return tuple(self.ground.ids[chosen].tolist())

    def any(self, elements: Iterable[Element]) -> Mask:
        """Return which sites stand in any of some elements."""
        chosen = np.zeros(len(self.ground.ids), dtype=bool)
        for each in elements:
            chosen |= self.inside[each.id]
        return chosen

    def districts(self, elements: Iterable[Element]) -> tuple[str, ...]:
        """Return the districts that some elements are made of or lie in, each once."""
        return tuple(dict.fromkeys(d for each in elements for d in within(each, self.ground)))
