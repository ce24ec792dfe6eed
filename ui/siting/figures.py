"""The four figures of a plan: share in reach, residents added, fairness, and how good it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.siting import Status
from ui.blocks import markup, method_link
from ui.blocks.markup import Figure
from ui.siting import wording

_PROOFS: Final = {
    Status.PROVEN: "proven",
    Status.ALL_COVERED: "proven",
    Status.TIME_LIMIT: "limit",
    Status.MEMORY_LIMIT: "limit",
    Status.STOPPED: "stopped",
    Status.SEARCHING: "first",
    Status.NEAR_BEST: "beside",
}

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.planning import Proposal
    from ui.state.pages import Siting
    from ui.state.view import PageView


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
    reached, everyone = (
        formats.people(each, lang=t.lang) for each in (totals.after, totals.residents)
    )
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
        Figure(
            label=t("siting.gini", unit=view.noun(1)),
            value=formats.ratio(totals.gini_after),
            unit=t("siting.was", value=formats.ratio(totals.gini_before)),
            note=t("siting.gini_note"),
        ),
        Figure(label=t("siting.gap"), value=gap(plan), note=proof(view, plan)),
    ]


def gap(plan: Proposal) -> str:
    """Return how far the plan may be from the best, as a share of its own value.

    While a better one may still come nothing is said: the line below tells what is known so far.
    """
    if plan.plan.status is Status.SEARCHING:
        return formats.MISSING
    return "0%" if _proven(plan) else formats.at_most(plan.plan.gap)


def proof(view: PageView[Siting], plan: Proposal) -> str:
    """Return the proof in words."""
    candidates = formats.whole(plan.basis.candidates)
    key = _PROOFS.get(plan.plan.status, "within")
    return view.t(f"siting.{key}", gap=gap(plan), candidates=candidates)


def _proven(plan: Proposal) -> bool:
    return plan.plan.status in {Status.PROVEN, Status.ALL_COVERED}
