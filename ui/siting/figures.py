"""The four figures of a plan: share in reach, residents added, fairness, and how good it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.planning.account import SERVED
from geo.siting import Status
from ui.blocks import markup, method_link
from ui.blocks.markup import Figure
from ui.siting import wording

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.planning import Proposal
    from geo.siting import Plan
    from ui.state.pages import Siting
    from ui.state.view import PageView


_BEST: Final = {Status.PROVEN, Status.ALL_COVERED}

_PROOFS: Final = {
    Status.PROVEN: "proven",
    Status.ALL_COVERED: "proven",
    Status.TIME_LIMIT: "limit",
    Status.MEMORY_LIMIT: "limit",
    Status.STOPPED: "stopped",
    Status.SEARCHING: "first",
    Status.NEAR_BEST: "beside",
}


def block(view: PageView[Siting]) -> Markup | None:
    """Return the figures; nothing where nobody is known to live in the region."""
    plan = wording.found(view)
    return None if plan is None else markup.figures(of_plan(view, plan))


def of_plan(view: PageView[Siting], plan: Proposal) -> list[Figure]:
    """Return the figures of a plan."""
    t, totals = view.t, plan.totals
    share_before, share_after = (
        formats.percent(each / totals.residents) for each in (totals.before, totals.after)
    )
    reached = formats.people(totals.after, lang=t.lang)
    everyone = formats.people_in_text(totals.residents, lang=t.lang)
    return [
        Figure(
            label=method_link.link(view, "siting", t("siting.share", km=view.radius_km)),
            value=share_after,
            unit=t("siting.was", value=share_before),
            note=t("siting.share_note", n=reached, of=everyone),
            formula=t("formula.siting", km=view.radius_km),
        ),
        Figure(
            label=t("siting.added"),
            value=formats.people(totals.after - totals.before, lang=t.lang),
            unit=t("siting.people_unit"),
            note=t(
                "siting.added_note",
                km2=formats.number(totals.km2_after - totals.km2_before),
                before=formats.number(totals.km2_before),
            ),
        ),
        _fairness(view, plan),
        Figure(label=t("siting.gap"), value=gap(view, plan.plan), note=_among(view, plan)),
    ]


def gap(view: PageView[Siting], plan: Plan) -> str:
    """Return how far a plan may be from the best, by what its model counts.

    While a better one may still come nothing is said: the line below tells what is known so far.
    """
    return formats.MISSING if plan.status is Status.SEARCHING else gap_of(view, plan)


def gap_of(view: PageView[Siting], plan: Plan) -> str:
    """Return the same of any plan: a share, percentage points of a share, or sites."""
    t, left = view.t, abs(plan.bound - plan.value)
    if view.state.model == "fewest":
        return t("siting.gap_sites", n=formats.whole(left))
    if view.state.model == "worst":
        return t("siting.gap_points", n=formats.number(100 * left))
    return "0%" if plan.status in _BEST else formats.at_most(plan.gap)


def proof(view: PageView[Siting], plan: Proposal) -> str:
    """Return the proof in words."""
    candidates = formats.whole(plan.basis.candidates)
    key = f"siting.{_PROOFS.get(plan.plan.status, 'within')}"
    of_model = f"{key}_{view.state.model}"
    told = of_model if view.t.has(of_model) else key
    return view.t(told, gap=gap(view, plan.plan), candidates=candidates)


def _among(view: PageView[Siting], plan: Proposal) -> str:
    """Return the proof with how far apart the candidates are: between them nothing was tried."""
    told = [proof(view, plan)]
    if view.state.candidates == "cells":
        told.append(view.t("siting.spacing", km=wording.km(plan.basis.spacing_m)))
    return view.t("list.sentence").join(told)


def _fairness(view: PageView[Siting], plan: Proposal) -> Figure:
    """Return how unlike the districts are; where it is the aim, what the one served worst has."""
    t, totals, shares = view.t, plan.totals, plan.districts["share_after"].dropna()
    served = t(
        "siting.served",
        n=formats.whole((shares >= SERVED).sum()),
        of=formats.whole(len(shares)),
        unit=view.noun(len(shares)),
    )
    if view.state.model == "worst":
        return Figure(
            label=t("siting.least", unit=view.noun(1)),
            value=formats.percent(shares.min()),
            unit=t("siting.was", value=formats.percent(plan.districts["share_before"].min())),
            note=served,
        )
    worse = round(totals.gini_after, formats.RATIO_DECIMALS) > round(
        totals.gini_before, formats.RATIO_DECIMALS
    )
    note = [t("siting.gini_worse")] if worse else []
    note.append(t("siting.gini_note"))
    people = t(
        "siting.gini_of_people",
        after=formats.ratio(totals.gini_people_after),
        before=formats.ratio(totals.gini_people_before),
    )
    return Figure(
        label=t("siting.gini", unit=view.noun(1)),
        value=formats.ratio(totals.gini_after),
        unit=t("siting.was", value=formats.ratio(totals.gini_before)),
        note=formats.capitalised(t("list.stop").join([*note, people, served])),
    )
