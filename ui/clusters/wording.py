"""What clusters are called, and what is said of one in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from geo import formats
from geo.facts import catalog
from ui.cached import clustering, names
from ui.state.selection import Selection

if TYPE_CHECKING:
    import geopandas as gpd

    from ui.state.pages import Clusters
    from ui.state.view import PageView

TEMPLATE: Final = "ui/clusters/clusters.html"

Facts = Mapping[str, Any]
"""A row of `cluster_profiles.profiles`."""

SURE: Final = 0.05
"""Above this p what is found may well be chance."""


def found(view: PageView[Clusters]) -> gpd.GeoDataFrame:
    """Return the clusters on the page, see `cluster_profiles.profiles`."""
    return clustering.profiles(view.query, view.state.setting)


def rows(view: PageView[Clusters]) -> list[Facts]:
    """Return what is known of each cluster, with its number as ``cluster``."""
    return [
        {str(name): value for name, value in row.items()}
        for row in found(view).reset_index().to_dict("records")
    ]


def selection(row: Facts) -> Selection:
    """Return the selection of a cluster: by the site that it is called after."""
    return Selection("cluster", str(row["site"]))


def chosen(view: PageView[Clusters]) -> int | None:
    """Return the number of the selected cluster: the one that its site is in now, if any."""
    row = chosen_row(view)
    return None if row is None else int(row["cluster"])


def chosen_row(view: PageView[Clusters]) -> Facts | None:
    """Return what is known of the selected cluster."""
    site = view.state.at.of("cluster")
    if site is None or clustering.too_many(view.query):
        return None
    return next((row for row in rows(view) if site in row["members"]), None)


def name(view: PageView[Clusters], row: Facts) -> str:
    """Return what a cluster is called: 同乐坊一带."""
    own = row[f"name_{view.t.lang}"]
    return view.t("clusters.around", name=own if isinstance(own, str) else row["name_zh"])


def size(view: PageView[Clusters], row: Facts) -> str:
    """Return how many sites a cluster has."""
    return view.t("unit.n_sites", n=formats.whole(row["sites"]))


def where(view: PageView[Clusters], row: Facts) -> str:
    """Return the districts that a cluster is in, most members first."""
    known = names.districts(view.region, view.unit, view.t.lang)
    return formats.joined([known[code] for code in row["districts"]], t=view.t, most=3)


def sector(view: PageView[Clusters], row: Facts) -> str:
    """Return the sector with most members, and its share."""
    if not isinstance(row["family"], str):
        return view.t("clusters.no_sector")
    share = formats.percent(row["family_share"], digits=0)
    return view.t("clusters.sector_share", name=view.family(row["family"]), share=share)


def kept(view: PageView[Clusters], row: Facts) -> str:
    """Return how many settings keep a cluster together."""
    return view.t("clusters.kept", n=int(row["kept"]), settings=int(row["settings"]))


def source(view: PageView[Clusters]) -> str:
    """Return what all of it rests on: the catalogue of a day, or somebody's own list."""
    return view.say(
        "legend.catalogue",
        date=catalog.catalogue_date().isoformat(),
        n=formats.whole(clustering.n_sites(view.query)),
        list=view.region_name,
    )
