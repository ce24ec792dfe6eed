"""Files of the clusters and of the quotients on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from api import chance_rows, cluster_rows
from geo import formats
from geo.files import csv_file
from geo.measures import hot_spots, location_quotient, random_points
from geo.methods.words import MethodTexts
from ui.cached import clustering, indicators, names
from ui.clusters import wording
from ui.downloads import files, menu

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ui.state.pages import Clusters
    from ui.state.view import PageView


def offered(view: PageView[Clusters]) -> None:
    """Offer the clusters in every format, and the table of quotients."""
    part = "filtered-" if view.filtered else ""
    stem = f"{names.stem(view.region)}-{part}"
    with menu.button(view):
        if not clustering.too_many(view.query):
            n = len(wording.found(view))
            menu.rows(view, "clusters", lambda: clusters(view), n=n, stem=f"{stem}clusters")
        table = files.FORMATS["csv"]
        n_rows = len(clustering.specialisation(view.query))
        menu.file(
            view.t("download.quotients_csv", n=formats.whole(n_rows)),
            lambda: quotients(view),
            name=f"{stem}quotients.{table.ending}",
            media=table.media,
            key="quotients",
        )
        menu.file(
            view.t("download.tests_csv"),
            lambda: tests(view),
            name=f"{stem}tests.{table.ending}",
            media=table.media,
            key="tests",
        )
        st.caption(view.t("download.note"))


def clusters(view: PageView[Clusters]) -> gpd.GeoDataFrame:
    """Return the clusters as files have them, in the columns of the API's collection."""
    setting = view.state.setting
    return cluster_rows.rows(
        wording.found(view),
        clustering.namings(view.query, setting),
        region=names.stem(view.region),
        setting=setting,
    )


def quotients(view: PageView[Clusters]) -> bytes:
    """Return the table of quotients as CSV: a row for each district and sector."""
    t = view.t
    known = names.districts(view.region, view.unit, t.lang)
    table = clustering.specialisation(view.query).reset_index()
    parameters = {
        "unit": view.unit,
        "reference": names.stem(view.region),
        "level": location_quotient.LEVEL,
        "few": location_quotient.FEW_SITES,
    }
    said = files.columns(view, "clusters") | {
        "method": t("formula.lq"),
        "parameters": files.written(parameters),
    }
    return csv_file.csv(_named(table, known, view), metadata=said)


def tests(view: PageView[Clusters]) -> bytes:
    """Return what was tested as CSV, in the columns of the API's collection."""
    said, query, metres = MethodTexts(view.t.lang), view.query, view.state.setting.distance_m
    rows = chance_rows.rows(
        indicators.pattern(replace(query, covered=False)),
        {} if clustering.too_many(query) else {metres: clustering.pairs(query, metres)},
        clustering.spots(query).table,
        indicators.units(query),
        region=names.stem(view.region),
    )
    parameters = {
        "unit": view.unit,
        "distance_m": metres,
        "simulations": clustering.SIMULATIONS,
        "permutations": hot_spots.PERMUTATIONS,
        "rate": hot_spots.LEVEL,
        "seed": random_points.SEED,
    }
    notes = [said(f"{name}.note") for name in ("pairs", "neighbour", "moran", "concentration")]
    told = files.columns(view, "clusters") | {
        "method": view.t("list.sentence").join(notes),
        "parameters": files.written(parameters),
    }
    return csv_file.csv(rows, metadata=told)


def _named(table: pd.DataFrame, known: names.Names, view: PageView[Clusters]) -> pd.DataFrame:
    table.insert(1, "district_name", table["district"].map(dict(known)))
    table.insert(3, "sector_name", table["sector"].map(dict(names.families(view.t.lang))))
    return table
