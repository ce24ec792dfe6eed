"""What a map of many sites is told of its view: numbers by cell, or the sites themselves."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geo.checks.written import number
from geo.errors import InputError
from geo.measures import cells
from layers.legend import strip
from layers.results import squares
from layers.sites import counted
from layers.sites.symbols import site_collection
from ui.cached import base_documents, points, records
from ui.map import legends, page_map
from ui.state import address, pages
from ui.state.view import PageView

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.facts import boundaries
    from geo.policy.model import Area
    from layers.legend.strip import Legend
    from layers.scene import Scene
    from layers.sites.look import SiteLook
    from ui.state.view import View

MOST_CELLS = 20_000
"""In one view: far more than any screen has room for."""

ACROSS = 30
"""Cells from side to side of a map on paper, at most."""

LONGEST_NAME = 40
"""Letters of a name on the map; a site's card has all of it."""


def answer(params: Mapping[str, str]) -> bytes:
    """Return what lies in a view as JSON: see `layers/js/sites/counted.js`.

    Parameters
    ----------
    params : Mapping of str to str
        Region, language and filters as pages have them; ``box``, west, south, east and north in
        degrees, and ``zoom``, that of the cells.

    Raises
    ------
    InputError
        With the names of all that cannot be read; never with what was written, which may be a
        workspace's key.
    """
    parsed = address.parse(params, pages.Counted.fields())
    block = _block(params)
    wrong = {each.name for each in parsed.refused} | ({"box, zoom"} if block is None else set())
    if block is None or wrong:
        raise InputError(f"not to be read: {', '.join(sorted(wrong))}")
    view = PageView(pages.Counted.of(parsed.values))
    return json.dumps(_told(view, block), ensure_ascii=False, separators=(",", ":")).encode()


class InView(NamedTuple):
    """What lies in a view: cells with numbers, their classes, sites drawn one by one, the legend.

    `n` is how many sites in all.
    """

    n: int
    numbered: cells.Counts
    limits: tuple[int, ...]
    sites: gpd.GeoDataFrame
    look: SiteLook
    legend: Legend


def _in_view(view: PageView[pages.Counted], block: cells.Block) -> InView:
    wanted, phase = view.state.criteria, view.state.phase
    chosen = points.chosen(view.region, wanted, phase)
    found = cells.count(chosen, block)
    limits = points.class_limits(view.region, wanted, block.zoom, phase)
    drawn = counted.one_by_one(found)
    rows = cells.rows(chosen, found.x[drawn], found.y[drawn], block.zoom)
    sites = _shortly_named(records.all_sites(view.region).iloc[rows])
    look = page_map.site_look(view, sites, preferred=view.state.sector)
    legend = legends.in_view(
        view, found, limits, every=len(chosen.rows), sites=sites, families=look.families
    )
    numbered = cells.Counts(block.zoom, *(each[~drawn] for each in found[1:]))
    return InView(int(found.n.sum()), numbered, limits, sites, look, legend)


def _told(view: PageView[pages.Counted], block: cells.Block) -> dict[str, object]:
    seen = _in_view(view, block)
    collection, captions = site_collection(seen.sites, seen.look)
    return {
        "n": seen.n,
        "cells": counted.payload(seen.numbered, seen.limits),
        "sites": counted.packed(collection["features"]),
        "captions": captions,
        "legend": strip.parts(seen.legend),
    }


def on_paper(view: View, scene: Scene, *, region: Area, unit: boundaries.Level) -> Scene:
    """Return a scene that asks what lies in its view, with what a sheet of it is told.

    Parameters
    ----------
    view
        Its page's: language and filters.
    scene
        The scene.
    region, unit
        Which map it lies on.
    """
    bounds, window = base_documents.base_document(region, unit).bounds, scene.window
    if window is not None:
        bounds = (window.west, window.south, window.east, window.north)
    zoom = math.floor(math.log2(ACROSS * 360.0 / (bounds[2] - bounds[0])))
    values = address.settled({**view.state.values, "region": region}, pages.Counted.fields())
    seen = _in_view(PageView(pages.Counted.of(values)), cells.covering(bounds, zoom))
    return replace(
        scene,
        sites=seen.sites,
        look=seen.look,
        squares=squares.of_cells(seen.numbered, seen.limits),
        legend=replace(
            scene.legend,
            groups=[*seen.legend.groups, *scene.legend.groups],
            notes=[*scene.legend.notes, *seen.legend.notes],
        ),
    )


def _shortly_named(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return sites with names no longer than a tooltip has room for."""
    cut = {}
    for name in ("name_zh", "name_en"):
        whole = sites[name].astype("str")
        begun = whole.str.slice(stop=LONGEST_NAME - 1) + "…"
        cut[name] = whole.where(~(whole.str.len() > LONGEST_NAME), begun)
    return sites.assign(**cut)


def _block(params: Mapping[str, str]) -> cells.Block | None:
    """Return the cells that a view touches; None where it is none, or has too many."""
    limits = ((-180, 180), (-90, 90)) * 2
    written = params.get("box", "").split(",")
    if len(written) != len(limits):
        return None
    west, south, east, north = (
        number(each, least=least, most=most)[0]
        for each, (least, most) in zip(written, limits, strict=True)
    )
    zoom, _ = number(params.get("zoom", ""), least=0, most=cells.DEEPEST - 1)
    if west is None or south is None or east is None or north is None or zoom is None:
        return None
    if zoom % 1 or west > east or south > north:
        return None
    block = cells.covering((west, south, east, north), int(zoom))
    return block if block.size <= MOST_CELLS else None
