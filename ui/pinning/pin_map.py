"""The map on which rows are put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import formats
from geo.china import county_units
from layers.ground import basemaps, shading
from layers.legend import strip
from layers.legend.strip import Entry, Group, Legend
from layers.results import result_view
from layers.results.pinning import Pinning, PinTexts
from layers.scene import Scene
from layers.sites.look import SiteLook
from ui.cached import names
from ui.map import page_map
from ui.pinning import listed, work
from ui.pinning.listed import located

if TYPE_CHECKING:
    from layers.ground.inset import Window
    from ui.pinning.holder import Holder
    from ui.pinning.work import Work
    from ui.state.pages import Data
    from ui.state.view import PageView

MOST_POINTS: Final = 2_000
"""Points on the map: of more, those nearest in the list."""

LONG_NAME: Final = 5


def show(view: PageView[Data], holder: Holder, sites: gpd.GeoDataFrame) -> None:
    """Draw the rows, and the pin of the one in hand."""
    t, now = view.t, work.of(holder.key)
    points = sites[located(sites) & (sites["id"].astype(str) != now.chosen)].head(MOST_POINTS)
    drawn = points.assign(kind="park", name_zh=points[holder.name].astype("string").fillna(""))
    known = names.terms("precision", t.lang)
    before = _moved_from(holder, now)
    after = gpd.GeoSeries(sites.geometry.set_axis(sites["id"].astype(str)).loc[before.index])
    units = county_units.units().loc[list(holder.units)]
    scene = Scene(
        sites=drawn,
        look=SiteLook(
            families=pd.Series("mix", index=drawn.index),
            captions=drawn["precision"].map(known).fillna(""),
            plain=True,
        ),
        units=shading.plain(units.index),
        legend=_legend(view, sites, len(before)),
        texts=page_map.texts(
            view, t("pins.map_label", name=holder.title, n=formats.whole(len(drawn)))
        ),
        language=t.lang,
        theme=view.theme,
        basemap=basemaps.basemaps().get(view.state.base),
        short_names=bool(units["name_zh"].str.len().max() > LONG_NAME),
        shifts=(_pairs(before), _pairs(after)),
        view=_window(holder, now),
        pinning=_pin(view, holder, now),
    )
    page_map.show(
        scene,
        region=holder.area,
        unit="district",
        key="pins",
        chooses=partial(work.follow, holder),
    )


def _moved_from(holder: Holder, now: Work) -> gpd.GeoSeries:
    """Return where the rows were that corrections in hand have moved, by their id."""
    moved = {each.id for each in now.corrections if each.field in {"lon", "lat"}} - {now.chosen}
    known = located(holder.sites) & holder.sites["id"].astype(str).isin(moved)
    rows = holder.sites[known]
    return rows.geometry.set_axis(rows["id"].astype(str))


def _pairs(points: gpd.GeoSeries) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.column_stack([points.x.to_numpy(), points.y.to_numpy()])


def _point(place: shapely.Geometry | None) -> tuple[float, float] | None:
    """Return a position; None where there is none."""
    pairs = shapely.get_coordinates(place)
    return (float(pairs[0, 0]), float(pairs[0, 1])) if len(pairs) else None


def _row(holder: Holder, now: Work) -> pd.Series | None:
    """Return the row in hand as it was."""
    rows = holder.sites[holder.sites["id"].astype(str) == now.chosen]
    return None if rows.empty else rows.iloc[0]


def _home(holder: Holder, row: pd.Series) -> pd.Series | None:
    """Return the district that a row names; where it names none, the first of its city."""
    units = county_units.units().loc[list(holder.units)]
    for codes, code in ((units.index, row["adcode"]), (units["city_adcode"], row["city_adcode"])):
        found = units[np.asarray(codes.astype(str) == str(code))]
        if len(found):
            return found.iloc[0]
    return None


def _window(holder: Holder, now: Work) -> Window | None:
    """Return what the map shows of a row: its district and where it was, whatever is done to it."""
    row = _row(holder, now)
    home = None if row is None else _home(holder, row)
    if row is None or home is None:
        return None
    west, south, east, north = home.geometry.bounds
    lon, lat = [west, east], [south, north]
    was = _point(row.geometry)
    if was is not None:
        lon.append(was[0])
        lat.append(was[1])
    return result_view.result_window(lon, lat)


def _pin(view: PageView[Data], holder: Holder, now: Work) -> Pinning | None:
    """Return the pin of the row in hand."""
    row = _row(holder, now)
    if row is None:
        return None
    t = view.t
    rows = work.rows(holder).sites
    was = _point(rows.loc[rows["id"].astype(str) == now.chosen].geometry.iloc[0])
    at = now.moves[-1] if now.moves else was
    if at is None:
        home = _home(holder, row)
        units = county_units.units().loc[list(holder.units)]
        inside = (units.iloc[0] if home is None else home).geometry.representative_point()
        at = (inside.x, inside.y)
    return Pinning(
        id=now.chosen,
        at=at,
        was=was,
        placed=bool(now.moves) or was is not None,
        texts=PinTexts(
            label=t("pins.pin_label", name=listed.name_of(row, holder)),
            hint=t("pins.hint"),
            metres=t("pins.metres", n="{n}"),
            km=t("pins.km", n="{n}"),
            unplaced=t("pins.tag_placed" if now.moves else "pins.tag_unplaced"),
            outside=t("pins.outside"),
        ),
    )


def _legend(view: PageView[Data], sites: gpd.GeoDataFrame, moved: int) -> Legend:
    t = view.t
    n = int(located(sites).sum())
    entries = [
        Entry(sign=strip.sign("others"), label=t("pins.sign_located"), count=formats.whole(n))
    ]
    if moved:
        entries.append(
            Entry(sign=strip.sign("shift"), label=t("pins.sign_moved"), count=formats.whole(moved))
        )
    return Legend(groups=[Group(name="kinds", entries=entries, rows=1)])
