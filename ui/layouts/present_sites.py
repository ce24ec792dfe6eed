"""What stands in the places of a layout: all the catalogue has, or in the present what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import memory, settings
from geo.measures import assignment
from geo.policy import phases, scorecard
from layers.sites import counted
from ui.cached import indicators, records, scorecards

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    import geopandas as gpd

    from geo.policy.model import Layout
    from geo.policy.phases import Phase
    from ui.state.sides import Side

    P = ParamSpec("P")
    R = TypeVar("R")

LATEST: Final = 64
"""Results about drafts that are kept of one function."""


def by_layout(make: Callable[P, R]) -> memory.Kept[P, R]:
    """Keep the results of a function of a layout: of documents always, of drafts the latest."""
    return memory.by_view(LATEST, always=_of_document)(make)


def _of_document(layout: Layout, *_: object, **__: object) -> bool:
    return not layout.draft


def sites(layout: Layout, phase: Phase) -> gpd.GeoDataFrame:
    """Return the sites of a layout's region; in the present those that are not planned."""
    every = records.counted_sites(layout.area)
    return phases.standing(every) if phase == "present" else every


@by_layout
def present(layout: Layout, phase: Phase = "planned") -> dict[str, tuple[str, ...]]:
    """Return the ids of the sites that stand in each element."""
    return dict(scorecard.element_sites(layout, sites(layout, phase), _units(layout)))


@by_layout
def left_out(layout: Layout) -> dict[str, int]:
    """Return how many sites near each element are known too vaguely to count."""
    return scorecard.left_out(layout, records.counted_sites(layout.area), _units(layout))


@by_layout
def strongholds(layout: Layout, phase: Phase = "planned") -> dict[str, tuple[str, ...]]:
    """Return the strong districts that a layout does not name, each with its sites' ids."""
    standing, units = sites(layout, phase), _units(layout)
    home = assignment.assign(standing, units)
    return {
        code: tuple(standing["id"][(home == code).fillna(value=False)])
        for code in scorecard.strongholds(layout, standing, units)
    }


@by_layout
def strong(layout: Layout, phase: Phase = "planned") -> tuple[str, ...]:
    """Return the districts with the most sites, named by the layout or not, most first."""
    return tuple(scorecard.strong(sites(layout, phase), _units(layout)))


@by_layout
def planned(layout: Layout) -> frozenset[str]:
    """Return the ids of the planned sites of a layout's region."""
    every = records.counted_sites(layout.area)
    return frozenset(every["id"][every["status"].eq("planned")])


def marked(side: Side) -> tuple[str, ...]:
    """Return the ids of the sites that the map marks: behind a score, of an element, or one."""
    view, layout = side.view, side.layout
    mark = view.state.mark
    phase = view.state.phase
    if mark.kind == "district":
        return strongholds(layout, phase).get(mark.id, ())
    if mark.id:
        return (mark.id,) if records.has(layout.area, mark.id) else ()
    if mark:
        scored = scorecards.scores(layout, view.query.radius_m, phase)
        return next(tuple(score.sites) for score in scored if score.key == mark.kind)
    return present(layout, phase).get(side.element, ())


def standing_out(side: Side) -> tuple[str, ...]:
    """Return those that stand out on the map: none where they are too many to be drawn."""
    ids = marked(side)
    return () if counted.many(len(ids)) else ids


def _units(layout: Layout) -> gpd.GeoDataFrame:
    return indicators.units(scorecards.query(layout, radius_m=settings.RADIUS_M))
