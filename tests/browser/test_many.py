"""More sites than a map draws one by one, in Chromium: right places, sums and ids at every zoom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from geo.facts import own_regions
from geo.measures import cells
from layers.sites.counted import MOST_IN_VIEW
from tests import many
from tests.browser import atlas

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Page

    from geo.workspaces.folder import Folder
    from tests.visit import PageFactory

ZOOMS = (8.4, 10.0, 11.7, 13.0, 16.0)
SEEN = """() => {
    const {map, counted, features, state} = chuangtu.maps()[0];
    const view = map.getBounds();
    return {
        n: state.counted,
        zoom: counted.told.cells.zoom,
        cells: [...counted.cells].map(([key, {n}]) => [key, n]),
        sites: features.map(({properties, geometry}) => [properties.i, ...geometry.coordinates]),
        box: [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()],
    };
}"""


def moved(page: Page, lon: float, lat: float, zoom: float) -> dict[str, Any]:
    """Move the map, as a reader would, and return what it has been told."""
    atlas.settled(page)
    before = atlas.state(page)["answers"]
    page.evaluate(
        """([lat, lon, zoom]) => {
            const atlas = chuangtu.maps()[0];
            Object.assign(atlas, {touched: true, handled: true});
            atlas.map.setView([lat, lon], zoom, {animate: false});
        }""",
        [lat, lon, zoom],
    )
    page.wait_for_function(
        "before => chuangtu.maps()[0].state.answers > before && !chuangtu.maps()[0].counted.coming",
        arg=before,
    )
    seen: dict[str, Any] = page.evaluate(SEEN)
    return seen


def assert_true(seen: dict[str, Any], every: gpd.GeoDataFrame) -> None:
    """Hold a view against the sites."""
    there = 0
    for key, n in seen["cells"]:
        west, south, east, north = cells.Cell(*map(int, key.split("/"))).bounds
        assert len(every.cx[west:east, south:north]) == n, key
        there += n
    where = every.set_index("id")
    for key, lon, lat in seen["sites"]:
        assert abs(where["lon"][key] - lon) < 2e-5
        assert abs(where["lat"][key] - lat) < 2e-5
    block = cells.covering(tuple(seen["box"]), seen["zoom"])
    west, _, _, north = cells.Cell(block.zoom, block.west, block.north).bounds
    _, south, east, _ = cells.Cell(block.zoom, block.east - 1, block.south - 1).bounds
    assert seen["n"] == there + len(seen["sites"]) == len(every.cx[west:east, south:north])
    assert bool(seen["cells"]) == (seen["n"] > MOST_IN_VIEW)


def clicked(page: Page, lon: float, lat: float) -> None:
    """Click on a place of the map."""
    atlas.settled(page)
    atlas.click_at(page, (lat, lon), down=0)


def test_numbers_are_true_at_every_zoom_and_a_click_names_what_lies_there(
    page_factory: PageFactory, server: str, workspaces: Folder
) -> None:
    content = many.workspace()
    read = workspaces.create(content).read
    every = content.sites
    visit = page_factory(f"/?region={own_regions.PREFIX}{read}")
    page = visit.page
    page.wait_for_function("() => globalThis.chuangtu?.maps()[0]?.state.answers > 0")
    whole = page.evaluate(SEEN)
    assert whole["n"] == len(every) - 1
    lon, lat = every[["lon", "lat"]].iloc[77]
    assert_true(whole, every)
    for zoom in ZOOMS:
        assert_true(moved(page, lon, lat, zoom), every)
    clicked(page, lon, lat)
    expect(page).to_have_url(re.compile("at=site%3Amany-"))
    chosen = page.url.partition("at=site%3A")[2].partition("&")[0]
    near = every.set_index("id").loc[chosen]
    assert abs(near["lon"] - lon) + abs(near["lat"] - lat) < 1e-4
    expect(page.locator(".ct-card").first).to_contain_text(str(near["name_zh"]))
    seen = moved(page, lon, lat, 10.0)
    # The selected site stands in its own cell, whatever the number.
    own = cells.Cell(*cells.covering((lon, lat, lon, lat), seen["zoom"])[:3])
    n, key = max((n, key) for key, n in seen["cells"] if key != str(own))
    west, south, east, north = cells.Cell(*map(int, key.split("/"))).bounds
    clicked(page, (west + east) / 2, (south + north) / 2)
    expect(page.locator(".ct-card").first).to_contain_text(f"选中的格：{n:,} 处")
    page.goto(
        f"{server}/layouts?region={own_regions.PREFIX}{read}&layout={many.LAYOUT}"
        "&phase=present&radius=1"
    )
    page.wait_for_function("() => globalThis.chuangtu?.maps()[0]?.state.answers > 0")
    # The view that the map opens with may not be the first that it asks of.
    atlas.settled(page)
    page.wait_for_function("() => !chuangtu.maps()[0].counted.coming")
    assert_true(page.evaluate(SEEN), every[every["status"].ne("planned")])
    atlas.assert_clean(visit)
