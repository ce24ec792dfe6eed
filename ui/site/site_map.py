"""The map of one site with what stands round it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geo.facts import catalog, precision
from geo.policy import site_profile
from geo.search import matching
from layers.ground import shading
from layers.highlight import Highlight
from layers.results import result_legend, result_view
from layers.scene import Scene
from ui.blocks import site_facts
from ui.cached import indicators, records
from ui.map import legends, page_map
from ui.state import fields, map_listener

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from layers.ground.inset import Window
    from layers.transport import message
    from ui.state.pages import Site
    from ui.state.view import PageView

MOST_NEAREST = 10
"""Neighbours that are numbered on the map and listed."""


def nearest(site: pd.Series) -> gpd.GeoDataFrame:
    """Return the nearest sites of a site's sector families."""
    near = site_profile.neighbours(site, records.counted_sites(str(site["region"])))
    return near[near["same_sector"]].head(MOST_NEAREST)


def show(
    view: PageView[Site], site: pd.Series, *, chooses: Callable[[message.Clicked], None]
) -> None:
    """Draw a site with what stands round it."""
    page_map.show(
        around(view, site),
        region=str(site["region"]),
        unit="district",
        chooses=chooses,
        position=map_listener.shown(view, "site", fields.MAP_SITE),
    )


def around(view: PageView[Site], site: pd.Series) -> Scene:
    """Return one site, circles round it, and the others of its sectors."""
    t = view.t
    every = records.all_sites(view.region)
    every = every[(every["scope"] == catalog.CORE) | (every["id"] == site["id"])]
    own = matching.families(site.to_frame().T).to_numpy()[0]
    same = every[(matching.families(every).to_numpy() & own).any(axis=1)]
    order = {str(key): i + 1 for i, key in enumerate(nearest(site)["id"])}
    look = dataclasses.replace(
        page_map.site_look(view, same, preferred=view.state.sector), numbers=order
    )
    error = site_facts.uncertainty(view, site)
    located = not site.geometry.is_empty
    selection = Highlight(
        site=str(site["id"]) if located else None,
        compared=() if located else _districts(site),
        uncertainty=t("find.error_caption", number="", error=error),
    )
    rings = _rings(view, site)
    radii = () if rings is None else tuple(rings.radii)
    words = legends.result_words(
        view,
        unnumbered=t("site.sign_same"),
        others=t("site.sign_other"),
        uncertainty=t("site.sign_error"),
        rings=t("site.km", km=t("list.comma").join(f"{metres / 1000:g}" for metres in radii)),
    )
    return Scene(
        sites=same,
        look=look,
        units=shading.plain(indicators.units(site_facts.query(view.region, "district")).index),
        legend=result_legend.result_legend(
            words,
            sites=same,
            look=look,
            selection=selection,
            others=every,
            rings=rings is not None,
        ),
        texts=page_map.texts(view, t("site.map_label", name=site[f"name_{t.lang}"])),
        language=t.lang,
        theme=view.theme,
        selection=selection,
        short_names=page_map.short_names(_of_districts(view)),
        others=every,
        view=_window(site, rings),
        place=rings,
    )


def _of_districts(view: PageView[Site]) -> PageView[Site]:
    """Return the view at the level that these maps are drawn at."""
    return dataclasses.replace(view, state=dataclasses.replace(view.state, unit="district"))


def _rings(view: PageView[Site], site: pd.Series) -> result_view.Rings | None:
    """Return the circles within which the site's neighbours count; None where none is."""
    counted = site_facts.neighbours(site)
    known = counted.index[counted["empty"].isna()]
    if known.empty:
        return None
    # Where the circle of uncertainty is the same, it has words of its own.
    own_m = precision.radii_m()[str(site["precision"])]
    words = {
        1000.0 * km: "" if own_m == 1000.0 * km else view.t("site.km", km=f"{km:g}") for km in known
    }
    return result_view.Rings(lon=float(site["lon"]), lat=float(site["lat"]), radii=words)


def _window(site: pd.Series, rings: result_view.Rings | None) -> Window | None:
    """Return what the map shows: the circles; else where it is said to be."""
    if rings is not None:
        place = (rings.lon, rings.lat, max(rings.radii))
        return result_view.result_window([rings.lon], [rings.lat], place=place)
    within = _districts(site)
    if not within:
        return None
    units = indicators.units(site_facts.query(str(site["region"]), "district"))
    west, south, east, north = units.loc[list(within)].total_bounds
    return result_view.result_window([west, east], [south, north])


def _districts(site: pd.Series) -> tuple[str, ...]:
    """Return the district of a site, or the districts of its city where no more is known."""
    home = site_facts.home(site)
    if home is None:
        return ()
    unit, code = home
    if unit == "district":
        return (code,)
    units = indicators.units(site_facts.query(str(site["region"]), "district"))
    return tuple(units.index[units["city_adcode"] == code])
