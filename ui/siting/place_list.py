"""The proposed places as a table: what each adds, what was reached already, who names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo import formats
from geo.siting import Status
from layers import templates
from ui.cached import plans
from ui.siting import wording
from ui.state import links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from geo.policy.site_profile import Naming
    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

COLUMNS: Final = ("place", "residents", "km2", "overlap", "moves")

FIRST: Final = 12
"""Places that a list shows before the reader asks for all of them."""

MOST_NAMED: Final = 2
"""Elements of layouts that a row names before it counts the rest."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A place: number, link, why it is there, and its figures."""

    number: int
    link: Markup
    name: str
    reasons: tuple[str, ...]
    figures: tuple[str, ...]
    chosen: bool


def table(view: PageView[Siting]) -> Markup | None:
    """Return the places, from the one that adds most on; nothing where there is none."""
    t, plan = view.t, wording.found(view)
    if plan is None or plan.places.empty:
        return None
    listed = rows(view)
    return templates.piece(wording.TEMPLATE, "places")(
        t("siting.places"),
        note(view),
        heads(view),
        listed,
        total(view),
        FIRST,
        everywhere(view) or t("siting.all_places", n=len(listed)),
        opened=any(each.chosen for each in listed[FIRST:]),
    )


def heads(view: PageView[Siting]) -> list[str]:
    """Return what the columns are called."""
    columns = COLUMNS if wording.moves(view) is not None else COLUMNS[:-1]
    squares = view.state.candidates == "cells"
    keys = (
        f"{name}_{'cells' if squares else 'points'}" if name == "moves" else name
        for name in columns
    )
    return [view.t(f"siting.column_{key}") for key in keys]


def note(view: PageView[Siting]) -> str:
    """Return in which order they stand; of a plan that may still get better that it is one."""
    plan = wording.found(view)
    first = plan is not None and plan.plan.status is Status.SEARCHING
    order = view.t("siting.places_first" if first else "siting.places_note")
    if wording.moves(view) is None:
        return order
    kind = "cells" if view.state.candidates == "cells" else "points"
    return view.t("list.stop").join([order, view.t(f"siting.moves_note_{kind}")])


def rows(view: PageView[Siting]) -> list[Row]:
    """Return the rows of the table."""
    namings = wording.namings(view)
    listed = wording.rows(view)[: wording.LISTED]
    return [_row(view, row, namings[row["number"]]) for row in listed]


def everywhere(view: PageView[Siting]) -> str:
    """Return how many places there are where a list has not all of them; else nothing."""
    n = len(wording.rows(view))
    if n <= wording.LISTED:
        return ""
    return view.t("siting.listed", n=wording.LISTED, total=formats.whole(n))


def total(view: PageView[Siting]) -> tuple[str, ...]:
    """Return the row of sums: who is newly served, residents, km²."""
    t, plan = view.t, wording.found(view)
    if plan is None:
        return ()
    newly = [
        view.district_name(str(code)) for code in plan.districts.index[plan.districts["newly"]]
    ]
    return (
        t("siting.newly", names=formats.joined(newly, t=t) or t("siting.newly_none")),
        formats.people(plan.places["residents"].sum(), lang=t.lang),
        formats.number(plan.places["km2"].sum()),
        "",
        *_movable(view),
    )


def _row(view: PageView[Siting], row: Facts, namings: Sequence[Naming]) -> Row:
    t = view.t
    chosen = view.state.at.of("place") == str(row["number"])
    there = Selection() if chosen else Selection("place", str(row["number"]))
    name = wording.name(view, row)
    return Row(
        number=row["number"],
        link=links.to(view, text=name, at=there),
        name=name,
        reasons=tuple(_reasons(view, row, namings)),
        figures=(
            formats.people(row["residents"], lang=t.lang),
            formats.number(row["km2"]),
            formats.percent(row["overlap"], digits=0),
            *_movable(view, row["number"]),
        ),
        chosen=chosen,
    )


def _movable(view: PageView[Siting], number: int | None = None) -> list[str]:
    """Return to how many squares a place may move, or all of them; nothing where none is known."""
    known = wording.moves(view)
    if known is None:
        return []
    return [formats.whole(len(known) if number is None else (known["number"] == number).sum())]


def _reasons(view: PageView[Siting], row: Facts, namings: Sequence[Naming]) -> Iterator[str]:
    """Return whom a place adds, how far the nearest site is, and who names it, if anybody does."""
    t = view.t
    yield wording.added(view, row)
    yield t("siting.nearest", site=wording.nearest(view, row))
    aside = int(plans.aside(view.query, view.state.question).get(str(row["district"]), 0))
    if aside:
        yield t("siting.aside", name=view.district_name(str(row["district"])), n=aside)
    names = list(dict.fromkeys(t.of(each.element, "name") for each in namings))
    if names:
        yield t("siting.named_by", names=formats.joined(names, t=t, most=MOST_NAMED))
