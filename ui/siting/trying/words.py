"""How pins, changes and what they gain are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.policy import layouts
from ui.siting import wording
from ui.siting.trying import compared

if TYPE_CHECKING:
    from ui.siting.trying.steps import Change
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

SHOWN_M = 9995.0
"""From so many metres on a distance is told in kilometres, as on the map."""

NEAR = 2
"""Elements that a row names before it counts the rest."""

LACKING = 6
"""Elements without a pin that are named before the rest is counted."""


def distance(view: PageView[Siting], metres: float) -> str:
    """Return a distance as the map's tag says it."""
    if metres < SHOWN_M:
        return view.t("trial.moved_metres", n=formats.whole(metres))
    return view.t("trial.moved_km", n=f"{metres / wording.KM:.1f}")


def gain(view: PageView[Siting], residents: float) -> str:
    """Return what a change gains or loses, with its sign."""
    amount = formats.people_in_text(abs(residents), lang=view.t.lang)
    sign = (
        ""
        if amount == formats.people_in_text(0, lang=view.t.lang)
        else "+"
        if residents > 0
        else "−"
    )
    return view.t("siting.people", n=f"{sign}{amount}")


def gain_of(view: PageView[Siting], change: Change) -> str:
    """Return what a change gained."""
    before, after = (compared.added(view, pins) for pins in (change.before, change.after))
    return gain(view, after - before)


def done(view: PageView[Siting], change: Change) -> str:
    """Return what a change did: 拖动 C，3.6 公里."""
    return view.t(
        f"trial.change_{change.kind}",
        letters=formats.joined([*change.letters], t=view.t),
        way=distance(view, change.metres),
    )


def told(view: PageView[Siting], row: Facts) -> tuple[str, str, str]:
    """Return a pin's place, whom it adds, and which elements of the layout it serves, if any."""
    return wording.name(view, row), wording.added(view, row), serves(view, row)


def serves(view: PageView[Siting], row: Facts) -> str:
    """Return which elements of the layout a pin serves, or the nearest of them; else nothing."""
    table = compared.distances(view, view.state.pinned)
    if table is None or table.empty:
        return ""
    t, far = view.t, pd.Series(table[row["letter"]]).sort_values(kind="stable")
    names = element_names(view)
    near = far[far <= view.query.radius_m]
    told = [_element(view, names[str(key)], metres) for key, metres in near.items()]
    if told:
        return t("trial.serves", names=formats.joined(told, t=t, most=NEAR))
    first = str(far.index[0])
    return t("trial.serves_none", name=_element(view, names[first], far.iloc[0]))


def lacking(view: PageView[Siting]) -> str:
    """Return the elements of the layout that no pin serves, the farthest first; else nothing."""
    table, t = compared.distances(view, view.state.pinned), view.t
    if table is None or not view.state.pinned:
        return ""
    far = table.min(axis=1)
    far = far[far > view.query.radius_m].sort_values(ascending=False, kind="stable")
    if far.empty:
        return ""
    names = element_names(view)
    told = [_element(view, names[str(key)], metres) for key, metres in far.items()]
    return t(
        "trial.lacking",
        n=len(far),
        total=len(table),
        km=view.radius_km,
        names=formats.joined(told, t=t, most=LACKING),
    )


def element_names(view: PageView[Siting]) -> dict[str, str]:
    """Return the names of the layout's elements, by id."""
    layout = layouts.layout(view.state.layout, view.region)
    return {each.id: view.t.of(each, "name") for each in layout.elements}


def _element(view: PageView[Siting], name: str, metres: float) -> str:
    if not metres:
        return name
    return view.t("siting.site_at", name=name, km=f"{metres / wording.KM:.1f}")
