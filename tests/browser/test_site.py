"""To a site's page and back, in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import atlas

if TYPE_CHECKING:
    from tests.visit import PageFactory

SEARCH = "/find?kind=park&text=M50&at=site:sh-m50"


def test_one_step_back_leads_to_the_search(page_factory: PageFactory) -> None:
    page = page_factory(SEARCH).page
    atlas.wait_for(atlas.drawn(page), "selected", "sh-m50")
    atlas.settled(page)
    page.locator(".ct-results .ct-more").get_by_role("link", name="看资料").click()
    page.wait_for_url(re.compile(r"/site\?"))
    expect(page.locator("h1.ct-wide")).to_have_text(re.compile("^M50"))
    atlas.settled(page)
    steps = page.evaluate("() => history.length")
    page.get_by_role("link", name="‹ 回到选园").click()
    page.wait_for_url(re.compile(r"/find\?.*kind=park.*text=M50"))
    expect(page.locator(".ct-results li").first).to_be_visible()
    atlas.settled(page)
    assert page.evaluate("() => history.length") == steps + 1
    page.go_back()
    page.wait_for_url(re.compile(r"/site\?"))
    atlas.settled(page)
    page.go_back()
    page.wait_for_url(re.compile(r"/find\?.*kind=park"))
    expect(page.locator(".ct-results .ct-chosen")).to_contain_text("M50")
    atlas.wait_for(atlas.drawn(page), "selected", "sh-m50")
