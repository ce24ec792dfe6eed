"""The elements of a layout beside a trial: which have a site, now, with the pins, with a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formats
from geo.policy import element_shares, layouts
from ui.cached import indicators, trials
from ui.siting import wording
from ui.siting.trying import compared

if TYPE_CHECKING:
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

    Row = tuple[str, tuple[str, ...], int]

NEAR = 2
"""Elements that a row names before it counts the rest."""

LACKING = 6
"""Elements without a site that are named before the rest is counted."""


def metres(view: PageView[Siting]) -> pd.DataFrame | None:
    """Return how far the nearest site is from each element: ``now``, ``mine`` and ``theirs``.

    Today's sites stay in both plans. None without a layout, or where nothing of it is published.
    """
    layout, plan = view.state.layout, compared.beside(view)
    if not layout:
        return None
    now = trials.elements_now(view.query, view.state.question, layout)
    sets = {"mine": view.state.pinned, "theirs": () if plan is None else plan.places}
    new = {
        name: trials.elements(view.region, layout, places).min(axis=1)
        for name, places in sets.items()
    }
    table = pd.DataFrame({"now": now, **new})
    return (
        None
        if table.empty
        else table.assign(**{name: table[["now", name]].min(axis=1) for name in new})
    )


def served(view: PageView[Siting]) -> pd.DataFrame | None:
    """Return which elements have a site within the radius, as `metres`."""
    table = metres(view)
    return None if table is None else table.le(view.query.radius_m)


def rows(view: PageView[Siting]) -> list[Row]:
    """Return each element's name, its figures as written, and which plan is better: 1, 2 or 0.

    Of whole districts that is the share of their residents within the radius, of another place
    how far the nearest site is.
    """
    far, plan = metres(view), compared.beside(view)
    if far is None or plan is None:
        return []
    mine = compared.mine(view).districts
    people = mine[["residents", "before", "after"]].assign(theirs=plan.districts["after"])
    people = people.set_axis(["residents", "now", "mine", "theirs"], axis=1)
    layout = layouts.layout(view.state.layout, view.region)
    shares = element_shares.shares(layout, indicators.units(view.query), people)
    called = names(view)
    return [
        _share(called[str(key)], _three(shares, key))
        if key in shares.index
        else _distance(view, called[str(key)], _three(far, key))
        for key in far.index
    ]


def _three(table: pd.DataFrame, key: object) -> list[float]:
    """Return figures of an element now, mine and theirs."""
    return [float(each) for each in table.loc[[key], ["now", "mine", "theirs"]].to_numpy()[0]]


def _share(name: str, figures: list[float]) -> Row:
    written = [formats.percent(each) for each in figures]
    return name, (*written,), _better(written, more=figures[1] > figures[2])


def _distance(view: PageView[Siting], name: str, figures: list[float]) -> Row:
    written = [
        view.t("trial.moved_km", n=f"{each / wording.KM:.1f}")
        if np.isfinite(each)
        else formats.MISSING
        for each in figures
    ]
    return name, (*written,), _better(written, more=figures[1] < figures[2])


def _better(written: list[str], *, more: bool) -> int:
    """Return which plan is better as far as can be read: 1 or 2; 0 where neither is."""
    return 0 if written[1] == written[2] else 1 if more else 2


def of_pins(view: PageView[Siting]) -> pd.DataFrame:
    """Return how far each pin, by letter, is from each element of the layout, metres."""
    layout = view.state.layout
    return trials.elements(view.region, layout, view.state.pinned) if layout else pd.DataFrame()


def serves(view: PageView[Siting], row: Facts) -> str:
    """Return which elements of the layout a pin serves, or the nearest of them; else nothing."""
    table = of_pins(view)
    if table.empty:
        return ""
    t, far = view.t, pd.Series(table[row["letter"]]).sort_values(kind="stable")
    called = names(view)
    near = far[far <= view.query.radius_m]
    told = [_at(view, called[str(key)], each) for key, each in near.items()]
    if told:
        return t("trial.serves", names=formats.joined(told, t=t, most=NEAR))
    first = str(far.index[0])
    return t("trial.serves_none", name=_at(view, called[first], far.iloc[0]))


def lacking(view: PageView[Siting]) -> str:
    """Return the elements of the layout without any site, the farthest first; else nothing."""
    table, t = metres(view), view.t
    if table is None or not view.state.pinned:
        return ""
    far = table["mine"]
    far = far[far > view.query.radius_m].sort_values(ascending=False, kind="stable")
    if far.empty:
        return ""
    called = names(view)
    told = [_at(view, called[str(key)], each) for key, each in far.items()]
    return t(
        "trial.lacking",
        n=len(far),
        total=len(table),
        km=view.radius_km,
        names=formats.joined(told, t=t, most=LACKING),
    )


def names(view: PageView[Siting]) -> dict[str, str]:
    """Return the names of the layout's elements, by id."""
    layout = layouts.layout(view.state.layout, view.region)
    return {each.id: view.t.of(each, "name") for each in layout.elements}


def _at(view: PageView[Siting], name: str, far: float) -> str:
    return view.t("siting.site_at", name=name, km=f"{far / wording.KM:.1f}") if far else name
