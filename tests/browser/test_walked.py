"""Reach on foot in Chromium: asked for by the control of the radius, drawn, kept in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.facts import own_regions
from tests import walked
from tests.browser import atlas

if TYPE_CHECKING:
    from geo.workspaces.folder import Folder
    from tests.visit import PageFactory


def test_a_walk_is_asked_for_and_drawn(page_factory: PageFactory, workspaces: Folder) -> None:
    keys = workspaces.create(walked.workspace())
    visit = page_factory(f"/districts?region={own_regions.PREFIX}{keys.read}")
    page = visit.page
    atlas.settled(page)
    atlas.drawn(page)
    expect(page.locator(".ct-part-walked")).to_have_count(0)
    page.get_by_role("button", name="半径").click()
    page.get_by_role("radio", name="步行").click()
    atlas.settled(page)
    page.get_by_role("radio", name="10 分钟").click()
    expect(page.get_by_role("button", name="步行").first).to_contain_text("10 分钟")
    expect(page.locator(".ct-onfoot")).to_contain_text("北岸")
    expect(page.locator("path.ct-walked").first).to_be_attached()
    assert "way=foot" in page.url
    assert "minutes=10" in page.url
    atlas.assert_clean(visit)
