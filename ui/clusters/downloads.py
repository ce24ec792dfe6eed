"""Files of the clusters and of the quotients on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from api import cluster_rows
from api.words import ApiTexts
from geo import formats
from geo.facts import schemas
from geo.files import csv_file
from ui.cached import clustering, names
from ui.clusters import wording
from ui.downloads import files, menu

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.settings import Language
    from ui.state.pages import Clusters
    from ui.state.view import PageView

NAMES: Final[Mapping[str, Language]] = {"name_zh": "zh", "name_en": "en"}


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
        st.caption(view.t("download.note"))


def clusters(view: PageView[Clusters]) -> gpd.GeoDataFrame:
    """Return the clusters as files have them, in the columns of the API's collection."""
    setting = view.state.setting
    named = clustering.namings(view.query, setting)
    frame = wording.found(view)
    number = frame.index.to_series()
    region = names.stem(view.region)
    told: dict[str, Any] = {
        "region": region,
        "distance": setting.distance_m,
        "least": setting.min_sites,
    }
    frame = frame.rename(columns={"family": "sector", "family_share": "sector_share"}).assign(
        id=f"{region}.{setting.distance_m:g}.{setting.min_sites}." + number.astype(str),
        number=number,
        named_by=named.map(lambda all_: [f"{e.layout.id}.{e.element.id}" for e in all_]),
        **{name: _called(lang, frame[name]) for name, lang in NAMES.items()},
        **told,
        **{name: frame.attrs[name] for name in ("n", "used", "vague", "unlocated")},
        **{name: frame.attrs["method"][name] for name in ("simulations", "seed")},
    )
    for name in cluster_rows.LISTS:
        frame[name] = frame[name].map(schemas.SEPARATOR.join).astype("string")
    return frame.set_index(pd.Index(frame["id"], name=None))[list(cluster_rows.COLUMNS)]


def _called(lang: Language, sites: pd.Series) -> list[str]:
    """Return what clusters are called after their central sites."""
    t = ApiTexts(lang)
    return [t("clusters.around", name=name) for name in sites]


def quotients(view: PageView[Clusters]) -> bytes:
    """Return the table of quotients as CSV: a row for each district and sector."""
    t = view.t
    known = names.districts(view.region, view.unit, t.lang)
    table = clustering.specialisation(view.query).reset_index()
    said = files.columns(view, "clusters") | {"method": t("formula.lq")}
    return csv_file.csv(_named(table, known, view), metadata=said)


def _named(table: pd.DataFrame, known: names.Names, view: PageView[Clusters]) -> pd.DataFrame:
    table.insert(1, "district_name", table["district"].map(dict(known)))
    table.insert(3, "sector_name", table["sector"].map(dict(names.families(view.t.lang))))
    return table
