"""Files of a trial: the pins with what each adds, and the districts before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.files import csv_file, geojson
from ui.cached import names, trials
from ui.downloads import files, menu
from ui.siting import basis, wording
from ui.siting.trying import compared

if TYPE_CHECKING:
    import geopandas as gpd

    from ui.state.pages import Siting
    from ui.state.view import PageView


def offered(view: PageView[Siting]) -> None:
    """Offer the pins, if there are any, and the districts."""
    t, n = view.t, len(view.state.pinned)
    stem = f"{names.stem(view.region)}-{'filtered-' if view.filtered else ''}trial"
    with menu.button(view):
        if n:
            menu.file(
                t("trial.file_geojson", n=n),
                lambda: geojson.feature_collection(
                    pins(view), ids="index", metadata=metadata(view)
                ),
                name=f"{stem}.geojson",
                media=files.FORMATS["geojson"].media,
                key="trial_geojson",
            )
            menu.file(
                t("trial.file_csv", n=n),
                lambda: csv_file.csv(
                    pd.DataFrame(pins(view).drop(columns="geometry")).reset_index(),
                    metadata=_columns(view),
                ),
                name=f"{stem}.csv",
                media=files.FORMATS["csv"].media,
                key="trial_csv",
            )
            menu.file(
                t("siting.file_districts", n=len(compared.mine(view).districts), unit=view.noun()),
                lambda: csv_file.csv(districts(view), metadata=_columns(view)),
                name=f"{stem}-districts.csv",
                media=files.FORMATS["csv"].media,
                key="trial_districts",
            )
        st.caption(t("download.note"))


def pins(view: PageView[Siting]) -> gpd.GeoDataFrame:
    """Return the pins as files have them, with what each adds and which elements it serves."""
    table, rows = compared.mine(view).places, compared.rows(view)
    far = compared.distances(view, view.state.pinned)
    near = (
        {} if far is None else {str(key): far.index[far[key] <= view.query.radius_m] for key in far}
    )
    return table.rename_axis("letter").assign(
        name=[wording.name(view, row) for row in rows],
        by_district=[
            "; ".join(f"{code} {n:.0f}" for code, n in row["by_district"]) for row in rows
        ],
        serves=[
            ";".join(f"{view.state.layout}.{each}" for each in near.get(str(row["letter"]), ()))
            for row in rows
        ],
    )


def districts(view: PageView[Siting]) -> pd.DataFrame:
    """Return the districts before and after as files have them, with the plan beside the pins."""
    table = compared.mine(view).districts.rename_axis("adcode").reset_index()
    table.insert(1, "name", [view.district_name(str(code)) for code in table["adcode"]])
    plan = compared.beside(view)
    if plan is None:
        return table
    return table.assign(share_beside=plan.districts["share_after"].to_numpy())


def parameters(view: PageView[Siting]) -> dict[str, object]:
    """Return what a trial depends on."""
    today, plan = trials.today(view.query, view.state.question), compared.beside(view)
    return {
        "pins": view.state.pins,
        "radius_m": view.query.radius_m,
        "unit": view.unit,
        "layout": view.state.layout,
        "compared_with": "" if plan is None else plan.name,
        "people": today.start.here.basis,
        "size_m": today.cell_m,
        "fixed": len(today.sites),
    }


def metadata(view: PageView[Siting]) -> dict[str, object]:
    """Return what the GeoJSON file carries: region, filters, method, parameters, sources."""
    said = files.metadata(view, "sites")
    title = view.t("trial.file_title", region=view.region_name)
    return {**said, "title": title, **parameters(view), "method": _method(view)}


def _columns(view: PageView[Siting]) -> dict[str, object]:
    return files.columns(view, "sites") | {
        "method": _method(view),
        "parameters": files.written(parameters(view)),
    }


def _method(view: PageView[Siting]) -> str:
    return view.t("list.sentence").join([view.t("trial.counted"), *basis.method(view)])
