"""Names on the maps of all regions and layouts, at the widths of a desk, a tablet and a phone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from geo.policy import layouts
from tests.browser import atlas, lettering
from ui.cached import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

SIZES = ((1440, 900), (768, 1024), (390, 844))
LEGIBLE = 0.36
"""Share of a region's land, as drawn, that names may take."""

LEVELS = [(region, level) for region, levels in names.levels().items() for level in levels]
MAPS = [
    *(f"/?region={region}&unit={level}" for region, level in LEVELS),
    # The same maps with the longer names, where there are most of them.
    *(f"/districts?lang=en&region=guangdong&unit={level}" for level in ("city", "district")),
    "/districts?lang=en&region=chongqing",
]
SINGLE = [f"/layouts?layout={key}" for key in layouts.all_layouts()]
PAIRS = [
    f"/layouts?layout={one}&beside={other}&lang={lang}"
    for (one, other), lang in zip(
        pairwise(layouts.all_layouts()), ("zh", "en", "zh", "en"), strict=True
    )
][1:3]
"""Two of them: each layout is looked at alone as well."""


@pytest.fixture(scope="module")
def page(context: BrowserContext) -> Iterator[Page]:
    """One page for all the maps: what they share is drawn with once."""
    with context.new_page() as shared:
        yield shared


def go(page: Page, address: str, *, maps: int = 1) -> None:
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    atlas.opened(page, address, maps=maps)


@pytest.mark.parametrize("address", [*MAPS, *SINGLE])
def test_names_stand_with_what_they_name(page: Page, server: str, address: str) -> None:
    go(page, server + address)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        told = lettering.measured(page)
        assert told["faults"] == [], f"{width} px"
        assert told["density"] <= LEGIBLE, f"{width} px"
        assert told["own"] + told["sign"] >= 6, f"{width} px"


@pytest.mark.parametrize("address", PAIRS)
def test_names_side_by_side_stand_with_what_they_name(
    page: Page, server: str, address: str
) -> None:
    go(page, server + address, maps=2)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for i in range(2):
            told = lettering.measured(page, i)
            assert told["faults"] == [], f"{width} px, map {i}"
            assert told["sign"] >= 4


@pytest.mark.parametrize("region", ["shanghai", "guangdong&unit=district"])
def test_the_inset_names_the_densest_districts_however_many_symbols_cover_them(
    page: Page, server: str, region: str
) -> None:
    go(page, f"{server}/?region={region}")
    densest = page.locator(".ct-bars [scope=row]").all_inner_texts()
    assert len(densest) == 7
    lettered = page.locator(".ct-inset .ct-district").all_inner_texts()
    assert {
        name
        for name in densest
        if not any(each.startswith(name.removesuffix("区")) for each in lettered)
    } == set()
