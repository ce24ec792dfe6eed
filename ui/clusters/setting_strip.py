"""How the number of clusters hangs on distance and minimum: a cell for each setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from layers import templates
from ui.blocks import markup
from ui.cached import clustering
from ui.clusters import wording
from ui.state import links
from ui.state.selection import Selection

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from ui.state.address import Value
    from ui.state.pages import Clusters
    from ui.state.view import PageView

HALF = 0.5
"""Share of the places from which on their largest cluster is said to be nearly all."""


def table(view: PageView[Clusters]) -> Markup | None:
    """Return clusters and their share of the sites for each setting; a click takes it.

    Nothing where too many sites pass.
    """
    if clustering.too_many(view.query):
        return None
    t, strip = view.t, clustering.strip(view.query, view.state.setting)
    used = wording.found(view).attrs["used"]
    distances = list(dict.fromkeys(strip.index.get_level_values("distance_m")))
    minima = list(dict.fromkeys(strip.index.get_level_values("min_sites")))
    rows = [
        (
            t("clusters.at_least", n=least),
            least == view.state.setting.min_sites,
            [_cell(view, metres, least, strip.loc[(metres, least)], used) for metres in distances],
        )
        for least in minima
    ]
    return templates.piece(wording.TEMPLATE, "strip")(
        t("clusters.strip_title"),
        t("clusters.strip_note"),
        t("clusters.strip_corner"),
        [distance(view, metres) for metres in distances],
        rows,
    ) + markup.paragraph(t("list.sentence").join(_remarks(view, strip, used)))


def distance(view: PageView[Clusters], metres: float) -> str:
    """Return a distance as it is read."""
    if metres < 1000:
        return view.t("find.distance_m", m=formats.whole(metres))
    return view.t("find.distance_km", km=f"{metres / 1000:g}")


def _cell(
    view: PageView[Clusters], metres: float, least: int, found: pd.Series, used: int
) -> tuple[Markup, bool]:
    """Return the link of a setting, and whether it is the one on the page."""
    n, share = int(found["clusters"]), found["sites"] / used if used else 0
    text = templates.piece(wording.TEMPLATE, "clusters")(
        formats.whole(n), view.t("clusters.unit", n=n), formats.percent(share, digits=0)
    ) if n else view.t("clusters.strip_none")  # fmt: skip
    chosen = view.state.setting == (metres, least)
    there: dict[str, Value] = {
        "distance": f"{metres / 1000:g}",
        "least": str(least),
        "at": Selection(),
    }
    return links.change(view, there, text=text, checked=chosen), chosen


def _remarks(view: PageView[Clusters], strip: pd.DataFrame, used: int) -> list[str]:
    """Return how many clusters most settings keep, and from where on all run together."""
    t, clusters = view.t, wording.found(view)
    lines = []
    if len(clusters):
        stable = int(clusters["stable"].sum())
        settings = int(clusters["settings"].iloc[0])
        lines.append(t("clusters.stable", n=len(clusters), stable=stable, settings=settings))
    same = strip.xs(view.state.setting.min_sites, level="min_sites")
    over = same.index[same["largest"] > HALF * used]
    if len(over):
        lines.append(t("clusters.runs_together", distance=distance(view, float(over[0]))))
    return lines
