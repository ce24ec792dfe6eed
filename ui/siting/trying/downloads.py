"""Files of a trial: the pins with what each adds, the districts with the plan beside the pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.cached import trials
from ui.downloads import menu
from ui.siting import basis, exports, wording
from ui.siting.trying import compared, elements

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ui.state.pages import Siting
    from ui.state.view import PageView


def offered(view: PageView[Siting]) -> None:
    """Offer the pins, if there are any, and the districts."""
    n = len(view.state.pinned)
    with menu.button(view):
        if n:
            export = exports.Export(
                of="trial",
                texts="trial",
                n=n,
                places=lambda: pins(view),
                changed=districts(view),
                parameters=lambda: parameters(view),
                method=lambda: [view.t("trial.counted"), *basis.method(view)],
            )
            exports.offer(view, export)
        st.caption(view.t("download.note"))


def pins(view: PageView[Siting]) -> gpd.GeoDataFrame:
    """Return the pins as files have them, with what each adds and which elements it serves."""
    table, rows = compared.mine(view).places, compared.rows(view)
    far = elements.of_pins(view)
    near = {str(key): far.index[far[key] <= view.query.radius_m] for key in far}
    return table.rename_axis("letter").assign(
        name=[wording.name(view, row) for row in rows],
        by_district=[exports.by_district(row) for row in rows],
        serves=[
            ";".join(f"{view.state.layout}.{each}" for each in near.get(str(row["letter"]), ()))
            for row in rows
        ],
    )


def districts(view: PageView[Siting]) -> pd.DataFrame:
    """Return the districts before and after, with the plan beside the pins."""
    table, plan = compared.mine(view).districts, compared.beside(view)
    if plan is None:
        return table
    return table.assign(share_beside=plan.districts["share_after"].to_numpy())


def parameters(view: PageView[Siting]) -> dict[str, object]:
    """Return what a trial depends on."""
    today, plan = trials.today(view.query, view.state.question), compared.beside(view)
    return {
        "pins": view.state.pins,
        "radius_m": view.query.radius_m,
        "demand": view.state.demand,
        "stay": view.state.stay,
        "unit": view.unit,
        "layout": view.state.layout,
        "compared_with": "" if plan is None else plan.name,
        "people": today.start.here.basis,
        "size_m": today.cell_m,
        "fixed": len(today.sites),
    }
