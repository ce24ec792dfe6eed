"""The districts before and after: whose residents come within reach, and who stays without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import formats
from layers import templates
from ui.siting import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from ui.state.pages import Siting
    from ui.state.view import PageView

COLUMNS: Final = ("residents", "before", "after", "change")

LISTED: Final = 40
"""Rows that are listed all: of more those that change."""


def table(view: PageView[Siting], *, place: str) -> Markup | None:
    """Return the districts, those with least in reach first; nothing without residents.

    Parameters
    ----------
    view : View
        Whose plan it is.
    place : str
        ``ct-wide`` below the map, or ``ct-narrow`` on a phone, below the curve.
    """
    t = view.t
    if wording.found(view) is None:
        return None
    heads = [view.noun(1), *(t(f"siting.district_{name}") for name in COLUMNS)]
    shown, rest = parted(view)
    return templates.piece(wording.TEMPLATE, "districts")(
        t("siting.districts", unit=view.noun()),
        t("siting.districts_note", km=view.radius_km),
        heads,
        shown,
        place,
        rest,
        left(view, rest),
    )


def parted(view: PageView[Siting]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the rows that are listed, and of very many those where nothing changes apart."""
    every = list(rows(view))
    if len(every) <= LISTED:
        return every, []
    same = view.t("siting.unchanged")
    return [row for row in every if row[-1] != same], [row for row in every if row[-1] == same]


def left(view: PageView[Siting], rest: Sequence[tuple[str, ...]]) -> str:
    """Return how many are not listed, and of how many nobody is within reach."""
    if not rest:
        return ""
    none = sum(row[-2] == formats.percent(0.0) for row in rest)
    return view.t("siting.districts_rest", n=len(rest), none=none, unit=view.noun(len(rest)))


def rows(view: PageView[Siting]) -> Iterator[tuple[str, ...]]:
    """Return name, residents, shares before and after, and how many points they are apart."""
    t, plan = view.t, wording.found(view)
    if plan is None:
        return
    ordered = plan.districts.sort_values(["share_after", "residents"], kind="stable")
    for code, row in zip(ordered.index, ordered.to_dict("records"), strict=True):
        unknown = t("siting.unknown") if pd.isna(row["residents"]) else ""
        yield (
            view.district_name(str(code)),
            unknown or formats.people(row["residents"], lang=t.lang),
            formats.percent(row["share_before"]),
            formats.percent(row["share_after"]),
            _more(view, row["share_before"], row["share_after"]),
        )


def _more(view: PageView[Siting], before: float, after: float) -> str:
    """Return by how many points a share rises, as far as the shares beside it tell."""
    if after == before:
        return view.t("siting.unchanged")
    return formats.points(before, after)
