"""Sites as symbols: the screen's signs, approximate under exact, mixed under named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely
from matplotlib.path import Path

from layers import palette
from layers.legend import strip
from layers.printed import outlines, signs, style_sheets
from layers.printed.paper import Look
from layers.sites.symbols import APPROXIMATE, located

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.printed.canvas import Canvas
    from layers.printed.press import Press
    from layers.sites.look import SiteLook

SIGN_PX: Final = 4.6
"""Radius of the disc among the signs of the legend."""

DISC_PX: Final = 11.0
"""Half the width of the sign with a number."""

APART_PX: Final = 23.0
"""From disc to disc, so that no number hides another."""

PASSES: Final = 200

VENUE: Final = 0.7
"""Size of a venue's sign on the map, of that in the legend."""

MOST: Final = 2_000
"""Sites in a frame that have symbols; of more each is a dot."""

DOTS: Final = ("open", "ink", "plain", "faint")
"""Forms of small discs."""

MARKS: Final = ("x", "y", "radius")
"""Where a symbol is, and how large, mm."""


def draw(
    canvas: Canvas,
    *,
    sites: gpd.GeoDataFrame,
    look: SiteLook,
    radius_px: float,
    dotted: pd.Series,
) -> None:
    """Draw the sites of a frame.

    Parameters
    ----------
    canvas
        The frame; labels had better not stand on the symbols.
    sites, look
        As for `layers.sites.symbols.site_collection`.
    radius_px
        Of a symbol.
    dotted
        Which sites are dots, hollow where approximate; on the sites' index.
    """
    press = canvas.press
    marks = _marks(canvas, located(sites), look)
    marks["radius"] = radius_px * press.pixel
    if len(marks) > MOST and not look.plain:
        marks.loc[marks["form"] == "symbol", "form"] = "ink"
    small = (marks["form"] == "symbol") & dotted.reindex(marks.index)
    marks.loc[small, "form"] = marks["approximate"].map({True: "open", False: "ink"})[small]
    dots = marks["form"].isin(DOTS)
    marks.loc[dots, "radius"] = palette.sizes()["dot"] * press.pixel
    for form in DOTS:
        _dots(press, marks[marks["form"] == form], form)
    discs = marks["form"] == "disc"
    homes = marks.loc[discs, ["x", "y"]].to_numpy()
    moved = apart(homes, APART_PX * press.pixel)
    marks.loc[discs, ["x", "y"]] = moved
    _leads(press, homes, moved)
    for _, row in marks[~dots].sort_values("rank", kind="stable").iterrows():
        _one(press, row, look)
    marks.loc[discs, "radius"] = DISC_PX * press.pixel
    for x, y, radius in marks.loc[discs, list(MARKS)].to_numpy().tolist():
        canvas.room.take((x - radius, y - radius, x + radius, y + radius))  # no number is hidden
    canvas.room.points = marks[list(MARKS)].to_numpy()


def others(canvas: Canvas, sites: gpd.GeoDataFrame, *, besides: gpd.GeoDataFrame | None) -> None:
    """Draw sites that a filter leaves out, as grey dots; those beside which they stand are not."""
    left = sites if besides is None else sites[~sites["id"].isin(besides["id"])]
    points = shapely.get_coordinates(located(left).geometry.to_numpy())
    press, ground, frame, _ = canvas
    plane = np.unique(ground.place(*points.T), axis=0) if len(points) else points
    look = press.look(style_sheets.of("ct-other"))
    _circles(press, frame.place(plane[frame.shows(plane)]), press.pixel * 2.6, look)


def venues(canvas: Canvas, places: Sequence[Mapping[str, Any]]) -> None:
    """Draw venues, features of `layers.sites.venues`: hollow, and bearing no name."""
    points = [place["geometry"]["coordinates"] for place in places]
    if not points:
        return
    press, ground, frame, _ = canvas
    plane = ground.place(*np.array(points, dtype=np.float64).T)
    for x, y in frame.place(plane[frame.shows(plane)]).tolist():
        signs.centred(press, strip.sign("venue"), x, y, scale=VENUE * press.pixel)


def _marks(canvas: Canvas, drawn: gpd.GeoDataFrame, look: SiteLook) -> pd.DataFrame:
    """Return what is in the frame: where, in which form, and how far up it lies."""
    _, ground, frame, _ = canvas
    points = shapely.get_coordinates(drawn.geometry.to_numpy())
    plane = ground.place(*points.T) if len(points) else points.reshape(-1, 2)
    seen = frame.shows(plane)
    x, y = frame.place(plane[seen]).T
    own = drawn[seen]
    marks = pd.DataFrame(
        {
            "x": x,
            "y": y,
            "id": own["id"].astype(str).to_numpy(),
            "kind": own["kind"].astype(str).to_numpy(),
            "family": look.families.reindex(own.index).astype(str).to_numpy(),
            "approximate": (own["precision"] == APPROXIMATE).to_numpy(dtype=bool),
        },
        index=own.index,
    )
    marks["form"] = "plain" if look.plain else "symbol"
    if look.plain and look.marked:
        marks["form"] = "faint"
    for form, ids in (("hollow", look.hollow), ("marked", look.marked)):
        marks.loc[marks["id"].isin(list(ids)), "form"] = form
    marks.loc[marks["id"].isin([*look.numbers, *look.picked]), "form"] = "disc"
    up = marks["form"].map({"disc": 16, "marked": 8, "symbol": 4}).astype(float).fillna(0)
    marks["rank"] = up + 2 * ~marks["approximate"] + (marks["family"] != "mix")
    return marks


def _dots(press: Press, marks: pd.DataFrame, form: str) -> None:
    at, radius = marks[["x", "y"]].to_numpy(), palette.sizes()["dot"] * press.pixel
    halo, ink = press.colours["halo"], press.colours["ink"]
    if form == "open":
        for x, y in at.tolist():
            look = Look(fill=press.colours["surf"], edge=ink, width=1.1 * press.pixel)
            press.paper.draw(Path.circle((x, y), radius), look)
        return
    fill = ink if form == "ink" else press.colours["ink2"]
    alpha = 0.5 if form == "faint" else 1.0
    look = Look(fill=fill, edge=halo, width=0.8 * press.pixel, fill_alpha=alpha, edge_alpha=alpha)
    _circles(press, at, radius, look)


def _circles(press: Press, at: NDArray[np.float64], radius: float, look: Look) -> None:
    """Draw discs; where they overlap they are one, on one rim."""
    drawn = outlines.joined([Path.circle((x, y), radius) for x, y in at.tolist()])
    rim = replace(look, fill="", width=2 * look.width)
    press.paper.draw(drawn, rim)
    press.paper.draw(drawn, replace(look, edge=""))


def apart(homes: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Return places that are so far apart at least, each near its own; the same always.

    Parameters
    ----------
    homes
        Where things are, two columns.
    least
        From middle to middle.
    """
    at = homes.copy()
    turn = 2.4 * np.arange(len(at))
    aside = 0.02 * least * np.column_stack([np.cos(turn), np.sin(turn)])
    for left in np.linspace(1, 0, PASSES):
        at += 0.02 * left * (homes - at)
        gap = at[:, np.newaxis] - at
        gap = np.where(np.abs(gap) < 1e-6, aside[:, np.newaxis] - aside, gap)
        far = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(far, least)
        push = np.maximum(least / far - 1, 0) / 2
        if not push.any():
            break
        at += (push[..., np.newaxis] * gap).sum(axis=1) * 0.5
    return at


def _leads(press: Press, homes: NDArray[np.float64], moved: NDArray[np.float64]) -> None:
    """Draw a line from each disc that was moved to its place."""
    far = np.hypot(*(homes - moved).T) > press.pixel
    for home, there in zip(homes[far], moved[far], strict=True):
        line = outlines.line([tuple(home), tuple(there)])
        press.paper.draw(line, Look(edge=press.colours["halo"], width=3 * press.pixel))
        press.paper.draw(line, Look(edge=press.colours["ink"], width=press.pixel))
        press.paper.draw(Path.circle(home, 1.6 * press.pixel), Look(fill=press.colours["ink"]))


def _one(press: Press, mark: pd.Series, look: SiteLook) -> None:
    x, y, family, approximate = mark["x"], mark["y"], mark["family"], bool(mark["approximate"])
    if mark["form"] == "disc":
        number = look.numbers.get(mark["id"])
        sign = strip.sign(
            "disc",
            family,
            number="" if number is None else str(number),
            picked=mark["id"] in look.picked,
            approximate=approximate,
        )
        signs.centred(press, sign, x, y, scale=press.pixel)
    elif mark["form"] == "hollow":
        signs.centred(
            press, strip.sign("hollow", "vague" if approximate else ""), x, y, scale=press.pixel
        )
    elif mark["form"] == "marked":
        said = style_sheets.of("ct-marked-site")
        press.paper.draw(Path.circle((x, y), mark["radius"]), press.look(said))
    else:
        symbol = strip.symbol(mark["kind"], family, "district" if approximate else "exact")
        scale = mark["radius"] / SIGN_PX
        halo = Look(
            fill=press.colours["halo"],
            edge=press.colours["halo"],
            width=press.pixel * (5.0 if approximate else 3.4),
            fill_alpha=0.8,
            edge_alpha=0.8,
        )
        signs.rimmed(press, symbol, x, y, scale=scale, rim=halo)
