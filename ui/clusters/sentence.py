"""The sentence that opens 集聚: how many sites, how many clusters, and whether that is chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.cached import clustering
from ui.clusters import chance, setting_strip, wording
from ui.filters import wording as filters

if TYPE_CHECKING:
    from ui.state.pages import Clusters
    from ui.state.view import PageView

FEWEST = 5
"""Sites with a good position below which nothing is said of clusters."""


def headline(view: PageView[Clusters]) -> str:
    """Return the headline."""
    t, n = view.t, clustering.n_sites(view.query)
    blanks: dict[str, object] = {"region": view.region_short, "n": formats.whole(n)}
    if not n:
        return t("spread.none", what=filters.noun(view, 2), **blanks)
    if clustering.too_many(view.query):
        most = formats.whole(clustering.MOST)
        return t("clusters.headline_many", what=filters.noun(view, n), most=most, **blanks)
    clusters = wording.found(view)
    used = clusters.attrs["used"]
    blanks |= {
        "used": formats.whole(used),
        "what": filters.noun(view, used or n),
        "distance": setting_strip.distance(view, view.state.setting.distance_m),
        "least": view.state.setting.min_sites,
        "k": len(clusters),
        "m": formats.whole(clusters["sites"].sum()),
    }
    if used < FEWEST:
        key = "few" if used else "unknown"
        return t(f"clusters.headline_{key}", fewest=FEWEST, **blanks)
    if clusters.empty:
        return t("clusters.headline_none", **blanks)
    return t("clusters.headline", **blanks) + verdict(view) + chance.headline(view)


def verdict(view: PageView[Clusters]) -> str:
    """Return how sure the clusters are: whether they are chance, and what other settings keep."""
    clusters = wording.found(view)
    sure, stable = clusters["p"] <= wording.SURE, clusters["stable"]
    first = clusters.iloc[0]
    key = "some"
    if len(clusters) == 1:
        key = ("kept" if stable.all() else "lost") if sure.all() else "chance"
    return view.t(
        f"clusters.verdict_{key}",
        sure=int(sure.sum()),
        stable=int(stable.sum()),
        kept=int(first["kept"]),
        settings=int(first["settings"]),
    )
