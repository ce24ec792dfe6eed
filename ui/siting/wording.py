"""What is asked and what was found, and how places and people are called."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from geo import formats
from geo.errors import NoCandidateError
from geo.facts import catalog
from geo.planning.alternatives import MODELS
from geo.planning.question import RESIDENTS
from geo.planning.taking_part import OWN
from geo.siting import Status
from ui.cached import indicators, names, plans, records, trials
from ui.cached.searches import BusyError

if TYPE_CHECKING:
    import pandas as pd

    from geo.planning import Proposal, Question
    from geo.planning.question import Candidates
    from geo.policy.site_profile import Naming
    from ui.cached.searches import Found, Search
    from ui.state.pages import Siting
    from ui.state.view import PageView

TEMPLATE: Final = "ui/siting/siting.html"

KM: Final = 1000

Facts = Mapping[str, Any]
"""A row of `Proposal.places`, with its number."""


LISTED: Final = 100
"""Places that a page lists and draws, those first that add most: a file has all of them."""


def found(view: PageView[Siting]) -> Proposal | None:
    """Return the plan on the page; None where there can be none, see `impossible`."""
    known = so_far(view)
    if known is None:
        return None
    number = alternative(view)
    return known.others[number - 1] if number else known.proposal


def question(view: PageView[Siting]) -> Question:
    """Return what is asked of the plan on the page: beside pins, for as many sites as those."""
    asked, pins = view.state.question, view.state.pinned
    if not view.state.tries:
        return asked
    # Among the pins alone a proposal would be the pins again.
    among: Candidates = "cells" if asked.candidates == "pins" else asked.candidates
    return replace(asked, p=len(pins) or asked.p, candidates=among, pins=())


def search(view: PageView[Siting]) -> Search | None:
    """Return the search for the best plan; None where nobody is known to live in the region."""
    if not plans.inhabited(view.query, view.state.question):
        return None
    return plans.search(view.query, question(view))


def so_far(view: PageView[Siting], tell: Callable[[], object] = lambda: None) -> Found | None:
    """Return what the search knows; None where there can be no plan, see `impossible`.

    Whoever waits for it tells so now and then: what that raises ends the wait.
    """
    if "plan" not in view.read:
        own = search(view)
        view.read["plan"] = None if own is None else _known(partial(own.soon, tell))
    known: Found | None = view.read["plan"]
    return known


def served_already(plan: Proposal) -> bool:
    """Return whether no new place adds anybody: all who can be reached are."""
    return plan.plan.status is Status.ALL_COVERED or plan.places.empty


def alternative(view: PageView[Siting]) -> int:
    """Return which of the plans beside the best is on the page, 0 for the best."""
    number = int(view.state.alternative or 0)
    return number if number <= len(others(view)) else 0


def others(view: PageView[Siting]) -> tuple[Proposal, ...]:
    """Return the plans beside the best; none where no plan adds anybody."""
    known = so_far(view)
    if known is None or known.proposal is None or served_already(known.proposal):
        return ()
    return tuple(known.others)


def moves(view: PageView[Siting]) -> pd.DataFrame | None:
    """Return where each place of the best plan may move; None before that is known, or never."""
    known = so_far(view)
    if known is None or alternative(view) or view.state.model not in MODELS:
        return None
    return known.moves


def squares(moves: pd.DataFrame) -> pd.DataFrame:
    """Return the middles of the squares to which places may move, each once: degrees, WGS84."""
    return moves[["lon", "lat"]].drop_duplicates()


def complete(
    view: PageView[Siting],
    tell: Callable[[], object] = lambda: None,
    *,
    within_s: float = math.inf,
) -> PageView[Siting]:
    """Return a view once its search is over: what is handed out is no plan half-made.

    `tell` as of `so_far`; after `within_s` it is a BusyError.
    """
    own = search(view)
    known = None if own is None else _known(partial(own.complete, tell, within_s=within_s))
    if known is not None and not known.done:
        raise BusyError
    view.read["plan"] = known
    return view


def impossible(view: PageView[Siting]) -> str:
    """Return why there can be no plan, as texts name it: nobody lives there, no candidate is left.

    Nothing where there is one.
    """
    if found(view) is not None:
        return ""
    known = plans.inhabited(view.query, view.state.question)
    return "no_candidate" if known else "nobody"


def _known(look: Callable[[], Found]) -> Found | None:
    try:
        return look()
    except NoCandidateError:
        return None


def namings(view: PageView[Siting]) -> dict[int, tuple[Naming, ...]]:
    """Return which elements of layouts name each place, by its number."""
    plan = found(view)
    return {} if plan is None else plans.namings(view.query, plan.places)


def rows(view: PageView[Siting]) -> list[Facts]:
    """Return what is known of each place."""
    plan = found(view)
    return [] if plan is None else rows_of(plan)


def rows_of(plan: Proposal) -> list[Facts]:
    """Return what is known of each place of a plan."""
    return [
        {str(name): value for name, value in row.items()}
        for row in plan.places.reset_index().to_dict("records")
    ]


def chosen(view: PageView[Siting]) -> Facts | None:
    """Return the selected place."""
    number = view.state.at.of("place")
    return next((row for row in rows(view) if str(row["number"]) == number), None)


def name(view: PageView[Siting], row: Facts) -> str:
    """Return what a place is called: 宝山区西北部, behind what its owner calls it if they do."""
    district = view.district_name(str(row["district"]))
    part = view.t(f"siting.part_{row['part']}", name=district)
    if view.unit == "city":
        code = trials.district(view.region, "district", float(row["lon"]), float(row["lat"]))
        county = names.districts(view.region, "district", view.t.lang).get(code, district)
        if county != district:
            part = view.t("siting.in_county", part=part, name=county)
    own = row.get("candidate", "")
    if not own:
        return part
    pinned = view.state.candidates == "pins"
    return view.t("siting.named_pin" if pinned else "siting.named", name=own, part=part)


def people(view: PageView[Siting], residents: float) -> str:
    """Return a number of residents with its unit."""
    return view.t("siting.people", n=formats.people_in_text(residents, lang=view.t.lang))


def named_people(view: PageView[Siting], amount: float) -> str:
    """Return the same with who they are, where they are not residents."""
    return view.t("siting.people_named", n=formats.people_in_text(amount, lang=view.t.lang))


def on_axis(view: PageView[Siting], amount: float) -> str:
    """Return an amount where an axis has the unit: residents in ten thousands, or sites."""
    if view.state.demand == RESIDENTS:
        return formats.people_on_axis(amount, lang=view.t.lang)
    return formats.whole(amount)


def added(view: PageView[Siting], row: Facts) -> str:
    """Return whom a place adds by district, most first."""
    parts = [
        view.t(
            "siting.of_district",
            name=view.district_name(str(code)),
            n=formats.people_in_text(n, lang=view.t.lang),
        )
        for code, n in row["by_district"]
    ]
    return formats.joined(parts, t=view.t, most=3) or view.t("siting.nobody_new")


def nearest(view: PageView[Siting], row: Facts) -> str:
    """Return the nearest of today's sites and how far it is."""
    if not isinstance(row["nearest"], str):
        return view.t("siting.no_site")
    site = records.site(row["nearest"], owner(view, row["nearest"]))
    return view.t(
        "siting.site_at", name=str(site[f"name_{view.t.lang}"]), km=f"{row['nearest_m'] / KM:.1f}"
    )


def owner(view: PageView[Siting], key: str) -> str:
    """Return the region that a site of today is of; nothing of the catalogue's beside one's own."""
    stay = view.state.stay
    own = stay == OWN or (stay == "both" and records.has(view.region, key))
    return view.region if own else ""


def km(metres: float) -> str:
    """Return metres in km with two digits."""
    return formats.number(metres / KM)


def source(view: PageView[Siting]) -> str:
    """Return what all of it rests on: the catalogue of a day, somebody's own list, or both."""
    stay = view.state.stay
    date = catalog.catalogue_date().isoformat()
    told = []
    if stay != "catalogue" or view.state.demand != RESIDENTS:
        n = formats.whole(len(indicators.sites(replace(view.query, stay=OWN))))
        told.append(view.say("legend.catalogue", date=date, n=n, list=view.region_name))
    if stay != OWN:
        n = formats.whole(len(indicators.sites(replace(view.query, stay="catalogue"))))
        key = "legend.catalogue_filtered" if view.filtered else "legend.catalogue"
        told.append(view.t(key, date=date, n=n))
    return view.t("list.sentence").join(told)
