"""Files of the plan on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.downloads import menu, onfoot
from ui.siting import basis, exports, wording

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.planning import Proposal
    from ui.state.pages import Siting
    from ui.state.view import PageView


def offered(view: PageView[Siting]) -> None:
    """Offer the places and the districts; nothing where there is no plan."""
    plan = wording.found(view)
    with menu.button(view):
        if plan is not None:
            export = exports.Export(
                of="plan",
                texts="siting",
                n=len(plan.places),
                places=lambda: places(view, plan),
                changed=plan.districts,
                parameters=lambda: parameters(view, plan),
                method=lambda: [*basis.proof_texts(view), *basis.method(view)],
            )
            exports.offer(view, export)
        onfoot.offer(view)
        st.caption(view.t("download.note"))


def places(view: PageView[Siting], plan: Proposal) -> gpd.GeoDataFrame:
    """Return the places as files have them."""
    rows = wording.rows_of(plan)
    named = wording.namings(view)
    return plan.places.assign(
        name=[wording.name(view, row) for row in rows],
        by_district=[exports.by_district(row) for row in rows],
        named_by=[
            ";".join(f"{each.layout.id}.{each.element.id}" for each in named[row["number"]])
            for row in rows
        ],
    )


def parameters(view: PageView[Siting], plan: Proposal) -> dict[str, object]:
    """Return what a plan depends on, and its proof."""
    asked = view.state.question
    told: dict[str, object] = {
        "model": asked.model,
        **({"share": asked.share} if asked.model == "fewest" else {"new_sites": asked.p}),
        "radius_m": asked.radius_m,
        "candidates": asked.candidates,
        **({"pins": view.state.pins} if asked.candidates == "pins" else {}),
        "way": asked.way,
        **({"speed_kmh": asked.speed_kmh} if asked.way == "foot" else {}),
        "demand": asked.demand,
        "stay": view.state.stay,
    }
    own = {name: each for name, each in plan.basis._asdict().items() if name != "candidates"}
    return told | {
        "unit": view.unit,
        "value": plan.plan.value,
        "bound": plan.plan.bound,
        "status": str(plan.plan.status),
        "n_candidates": plan.basis.candidates,
        **own,
    }
