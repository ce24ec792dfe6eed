"""The sentence that opens 选址: what new sites add, and how many districts stay without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.planning.account import SERVED
from ui.filters import wording as filters
from ui.siting import wording

if TYPE_CHECKING:
    from ui.state.pages import Siting
    from ui.state.view import PageView


def asked(view: PageView[Siting]) -> str:
    """Return what the page asks, before it is answered."""
    fewest = view.state.model == "fewest"
    return view.t("siting.asked_fewest" if fewest else "siting.asked", **_blanks(view))


def headline(view: PageView[Siting]) -> str:
    """Return the headline."""
    t, plan = view.t, wording.found(view)
    if plan is None:
        return t(f"siting.headline_{wording.impossible(view)}", **_blanks(view))
    totals, n = plan.totals, len(plan.places)
    blanks = _blanks(view) | {"n": n}
    if wording.served_already(plan):
        return t("siting.headline_all", **blanks)
    blanks |= {
        "added": wording.named_people(view, totals.after - totals.before),
        "before": formats.percent(totals.before / totals.residents),
        "after": formats.percent(totals.after / totals.residents),
        "mean_before": wording.km(totals.mean_m_before),
        "mean_after": wording.km(totals.mean_m_after),
        "farthest_before": wording.km(totals.farthest_m_before),
        "farthest_after": wording.km(totals.farthest_m_after),
        "least_before": formats.percent(plan.districts["share_before"].min()),
        "least_after": formats.percent(plan.districts["share_after"].min()),
        "what": filters.noun(view, n),
    }
    without = int((plan.districts["share_after"] < SERVED).sum())
    rest = t("siting.headline_rest", n=without, unit=view.noun(without)) if without else ""
    kind = "_same" if _unmoved(view.state.model, blanks) else ""
    if not plan.basis.fixed:
        kind = "_first"
    of_model = f"siting.headline_{view.state.model}{kind}"
    return t(of_model, **blanks) + (rest if view.state.model in {"cover", "worst"} else "")


def _unmoved(model: str, blanks: dict[str, object]) -> bool:
    """Return whether what a plan is to better stays as it is: so few sites cannot."""
    name = {"worst": "least", "center": "farthest"}.get(model)
    return name is not None and blanks[f"{name}_before"] == blanks[f"{name}_after"]


def _blanks(view: PageView[Siting]) -> dict[str, object]:
    return {
        "region": view.region_short,
        "n": view.state.p,
        "km": view.radius_km,
        "share": view.state.share,
        "unit": view.noun(1),
        "what": filters.noun(view, int(view.state.p)),
    }
