"""How pins, changes and what they gain are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.siting import wording
from ui.siting.trying import compared, elements

if TYPE_CHECKING:
    from ui.siting.trying.steps import Change
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

SHOWN_M = 9995.0
"""From so many metres on a distance is told in kilometres, as on the map."""


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
    return wording.name(view, row), wording.added(view, row), elements.serves(view, row)
