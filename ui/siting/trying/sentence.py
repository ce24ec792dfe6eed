"""The sentence of a trial: what the pins add, of what a proposal would, and whom they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.siting import sentence, wording
from ui.siting.trying import compared, elements

if TYPE_CHECKING:
    from ui.state.pages import Siting
    from ui.state.view import PageView


def headline(view: PageView[Siting]) -> str:
    """Return the headline."""
    t, n = view.t, len(view.state.pinned)
    blanks: dict[str, object] = {"region": view.region_short, "n": n, "km": view.radius_km}
    plan = compared.beside(view)
    if plan is None and not compared.inhabited(view):
        return t("trial.headline_nobody", **blanks)
    if plan is None and not n:
        return sentence.headline(view)
    theirs = 0.0 if plan is None else plan.totals.after - plan.totals.before
    if plan is not None and not n:
        told = {"places": len(plan.places), "added": wording.named_people(view, theirs)}
        return t("trial.headline_none", **blanks, **told)
    totals = compared.mine(view).totals
    added = totals.after - totals.before
    blanks["added"] = wording.named_people(view, added)
    if plan is None or not theirs:
        return t("trial.headline_alone", **blanks)
    # Pins stand to a metre: those of the proposal itself may reach a little less than it does.
    share = formats.percent(round(added / theirs, 3), digits=0)
    return t("trial.headline", **blanks, share=share, other=_named(view, plan)) + _rest(view, plan)


def _rest(view: PageView[Siting], plan: compared.Beside) -> str:
    """Return what else differs: the layout's elements within reach, else districts newly served."""
    t = view.t
    served = elements.served(view)
    own, other = (
        (0, 0)
        if served is None
        else tuple(int((served[name] & ~served["now"]).sum()) for name in ("mine", "theirs"))
    )
    if own != other:
        return t(
            "trial.headline_elements",
            n=own,
            other=other,
            km=view.radius_km,
            name=_named(view, plan),
        )
    newly = compared.mine(view).districts["newly"]
    alone = newly.index[newly & ~plan.districts["newly"]]
    if not len(alone):
        return ""
    names = formats.joined([view.district_name(str(code)) for code in alone], t=t, most=2)
    return t("trial.headline_newly", names=names, name=_named(view, plan))


def _named(view: PageView[Siting], plan: compared.Beside) -> str:
    """Return what a plan is called in a sentence: a scenario by its name in quotation marks."""
    if not view.state.against:
        return view.t("trial.the_proposal")
    return view.t("trial.quoted", name=plan.name)
