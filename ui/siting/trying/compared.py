"""What the pins change, and the plan that they are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ui.cached import plans, trials, workspaces
from ui.siting import wording

if TYPE_CHECKING:
    import pandas as pd
    from shapely import Polygon

    from geo.planning.account import Totals
    from geo.planning.scenario import Pin, Scenario
    from geo.planning.trial import Trial
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView


class Beside(NamedTuple):
    """A plan that pins are compared with.

    Attributes
    ----------
    name, short
        What it is called, and what a column of it is headed.
    places
        Name, longitude and latitude (degrees, WGS84) of each of its sites.
    districts, totals
        As of `geo.planning.proposal.Proposal`.
    """

    name: str
    short: str
    places: tuple[tuple[str, float, float], ...]
    districts: pd.DataFrame
    totals: Totals


def mine(view: PageView[Siting]) -> Trial:
    """Return what the pins change."""
    return trials.trial(view.query, view.state.question, view.state.pinned)


def outlines(view: PageView[Siting]) -> dict[str, Polygon]:
    """Return what is reached from each pin, by letter; none where that is the disc round it."""
    if view.state.way == "straight":
        return {}
    pins = view.state.pinned
    reached = trials.outlines(view.query, view.state.question, pins)
    return {pin.letter: each for pin, each in zip(pins, reached, strict=True)}


def added(view: PageView[Siting], pins: tuple[Pin, ...]) -> float:
    """Return how many residents pins add to those whom today's sites reach."""
    totals = trials.trial(view.query, view.state.question, pins).totals
    return totals.after - totals.before


def rows(view: PageView[Siting]) -> list[Facts]:
    """Return what is known of each pin, by letter."""
    table = mine(view).places.rename_axis("letter").reset_index()
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def beside(view: PageView[Siting]) -> Beside | None:
    """Return what the pins are compared with; None where there can be no plan."""
    if not inhabited(view):
        return None
    kept = {each.name: each for each in workspaces.scenarios(view.region)}
    if view.state.against in kept:
        return _kept(view, kept[view.state.against])
    return _proposed(view)


def _kept(view: PageView[Siting], scenario: Scenario) -> Beside | None:
    """Return a scenario of the workspace, as it is at the page's radius; its pins in the region."""
    region, unit = view.region, view.unit
    pins = tuple(pin for pin in scenario.pins if trials.district(region, unit, pin.lon, pin.lat))
    tried = trials.trial(view.query, view.state.question, pins)
    return Beside(
        name=scenario.name,
        short=scenario.name,
        places=pins,
        districts=tried.districts,
        totals=tried.totals,
    )


def _proposed(view: PageView[Siting]) -> Beside | None:
    """Return the proposal for as many new sites as there are pins, at first for the page's."""
    plan = wording.found(view)
    if plan is None:
        return None
    t, n = view.t, len(plan.places)
    at = plan.places[["lon", "lat"]].itertuples(name=None)
    return Beside(
        name=t("trial.proposal_of", n=n),
        short=t("siting.title"),
        places=tuple((str(number), lon, lat) for number, lon, lat in at),
        districts=plan.districts,
        totals=plan.totals,
    )


def inhabited(view: PageView[Siting]) -> bool:
    """Return whether anybody is known to live in the region."""
    return plans.inhabited(view.query, view.state.question)
