"""Files of the plan on the screen: the places, and the districts before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import formats
from geo.files import csv_file, geojson
from ui.cached import names
from ui.downloads import files, menu, onfoot
from ui.siting import basis, wording

if TYPE_CHECKING:
    import geopandas as gpd

    from ui.state.pages import Siting
    from ui.state.view import PageView


def offered(view: PageView[Siting]) -> None:
    """Offer the places and the districts; nothing where there is no plan."""
    t, plan = view.t, wording.found(view)
    stem = f"{names.stem(view.region)}-{'filtered-' if view.filtered else ''}plan"
    with menu.button(view):
        if plan is not None:
            n, m = (formats.whole(len(each)) for each in (plan.places, plan.districts))
            menu.file(
                t("siting.file_geojson", n=n),
                lambda: geojson.feature_collection(
                    places(view), ids="index", metadata=metadata(view)
                ),
                name=f"{stem}.geojson",
                media=files.FORMATS["geojson"].media,
                key="plan_geojson",
            )
            menu.file(
                t("siting.file_csv", n=n),
                lambda: csv_file.csv(
                    pd.DataFrame(places(view).drop(columns="geometry")), metadata=_columns(view)
                ),
                name=f"{stem}.csv",
                media=files.FORMATS["csv"].media,
                key="plan_csv",
            )
            menu.file(
                t("siting.file_districts", n=m, unit=view.noun()),
                lambda: csv_file.csv(districts(view), metadata=_columns(view)),
                name=f"{stem}-districts.csv",
                media=files.FORMATS["csv"].media,
                key="plan_districts",
            )
        onfoot.offer(view)
        st.caption(t("download.note"))


def places(view: PageView[Siting]) -> gpd.GeoDataFrame:
    """Return the places as files have them."""
    plan = wording.found(view)
    if plan is None:
        raise LookupError(view.region)
    rows = wording.rows(view)
    named = wording.namings(view)
    return plan.places.assign(
        name=[wording.name(view, row) for row in rows],
        by_district=[
            "; ".join(f"{code} {n:.0f}" for code, n in row["by_district"]) for row in rows
        ],
        named_by=[
            ";".join(f"{each.layout.id}.{each.element.id}" for each in named[row["number"]])
            for row in rows
        ],
    )


def districts(view: PageView[Siting]) -> pd.DataFrame:
    """Return the districts before and after as files have them."""
    plan = wording.found(view)
    if plan is None:
        raise LookupError(view.region)
    table = plan.districts.rename_axis("adcode").reset_index()
    table.insert(1, "name", [view.district_name(str(code)) for code in table["adcode"]])
    return table


def parameters(view: PageView[Siting]) -> dict[str, object]:
    """Return what a plan depends on, and its proof."""
    plan = wording.found(view)
    asked = view.state.question
    told: dict[str, object] = {
        "model": asked.model,
        **({"share": asked.share} if asked.model == "fewest" else {"new_sites": asked.p}),
        "radius_m": asked.radius_m,
        "candidates": asked.candidates,
        "way": asked.way,
    }
    if asked.way == "foot":
        told |= {"speed_kmh": asked.speed_kmh}
    if plan is None:
        return told
    return told | {
        "unit": view.unit,
        "value": plan.plan.value,
        "bound": plan.plan.bound,
        "status": str(plan.plan.status),
        **plan.basis._asdict(),
    }


def metadata(view: PageView[Siting]) -> dict[str, object]:
    """Return what the GeoJSON file carries: region, filters, method, parameters, sources."""
    said = files.metadata(view, "sites")
    title = view.t("siting.file_title", region=view.region_name)
    return {**said, "title": title, **parameters(view), "method": _method(view)}


def _columns(view: PageView[Siting]) -> dict[str, object]:
    told = {
        name: each for name, each in parameters(view).items() if name not in {"unknown", "beyond"}
    }
    return files.columns(view, "sites") | {
        "method": _method(view),
        "parameters": files.written(told),
    }


def _method(view: PageView[Siting]) -> str:
    return view.t("list.sentence").join([*basis.proof_texts(view), *basis.method(view)])
