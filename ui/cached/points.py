"""Where the sites of a region are, in the order of the cells of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.facts import own_regions
from geo.measures import assignment, cells
from geo.policy import phases
from layers.sites import counted
from ui.cached import records

if TYPE_CHECKING:
    from geo.measures.cells import PlacedPoints
    from geo.policy.model import Area
    from geo.policy.phases import Phase
    from geo.search.criteria import Criteria


@own_regions.by_region
def many(area: Area) -> bool:
    """Whether a region has more sites than a map draws one by one."""
    return counted.many(len(records.all_sites(area)))


@own_regions.by_region
def _every(region: str) -> PlacedPoints:
    lon, lat = assignment.positions(records.all_sites(region)).T
    return cells.place(lon, lat)


@memory.by_view(latest=4)  # 12 MB each of a million, and made in 20 ms
def chosen(region: str, wanted: Criteria, phase: Phase = "planned") -> PlacedPoints:
    """Return the located sites of a region that pass the filters; in the present what stands."""
    passing = records.passing(region, wanted)
    if phase == "present":
        passing = passing & phases.stands(records.all_sites(region))
    return _every(region).chosen(passing)


@memory.by_view(latest=64)
def class_limits(
    region: str, wanted: Criteria, zoom: int, phase: Phase = "planned"
) -> tuple[int, ...]:
    """Return where the colours of the counts of a zoom change."""
    return cells.class_limits(chosen(region, wanted, phase), zoom)
