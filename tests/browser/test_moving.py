"""Moving about: one step of the browser's history a view, and Back gives the view that was left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geo.facts import catalog
from layers import palette
from tests.browser import atlas

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.visit import PageFactory


def steps(page: Page) -> int:
    """How many views the browser's history holds."""
    told: int = page.evaluate("() => history.length")
    return told


def shown(page: Page) -> tuple[str, str]:
    """The address in view and the sentence of the page, once its script has run."""
    atlas.settled(page)
    where = urlsplit(page.url)
    return f"{where.path}?{where.query}", atlas.headline(page)


def turn(page: Page, name: str) -> None:
    """Turn to another page by the navigation."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()


def test_every_view_is_one_step_and_back_gives_exactly_that_view(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/?lang=en&region=chongqing&sector=ind").page
    atlas.drawn(page)
    left = [shown(page)]
    before = steps(page)
    for name, path in (
        ("Districts", "districts"),
        ("Layouts", "layouts"),
        ("Find a park", "find"),
        ("Targets", "targets"),
        ("Data", "data"),
        ("Methods", "methods"),
        ("Overview", ""),
    ):
        turn(page, name)
        page.wait_for_url(re.compile(rf"/{path}\?lang=en"))
        expect(page.locator("h1.ct-wide")).not_to_have_text(left[-1][1])
        left.append(shown(page))
        assert steps(page) == before + len(left) - 1, name
    # Region, language and filters went along, also past pages that show none of them.
    assert left[-1] == left[0]
    for address, sentence in reversed(left[:-1]):
        page.go_back()
        expect(page.locator("h1.ct-wide")).to_have_text(sentence)
        assert shown(page) == (address, sentence)
    for address, sentence in left[1:]:
        page.go_forward()
        expect(page.locator("h1.ct-wide")).to_have_text(sentence)
        assert shown(page) == (address, sentence)
    # Back on a page that names no region, the next page still opens on the one in force.
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_have_text(left[-2][1])
    turn(page, "Districts")
    expect(page.locator("h1.ct-wide")).to_have_text(left[1][1])


def test_notes_of_a_layout_go_with_it(page_factory: PageFactory) -> None:
    page = page_factory("/layouts?region=shanghai").page
    atlas.drawn(page)
    expect(page.locator(".ct-mapnote").first).to_be_visible()
    turn(page, "总览")
    page.wait_for_url(re.compile(r":\d+/(\?|$)"))
    atlas.drawn(page)
    expect(page.locator(".ct-mapnote")).to_have_count(0)


def test_language_is_that_of_the_whole_page_from_the_first_page_turned_to(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/").page
    atlas.drawn(page)
    page.get_by_role("radio", name="EN").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("Shanghai")
    for name in ("Targets", "Districts"):
        turn(page, name)
        expect(page.get_by_role("navigation").get_by_role("link")).to_have_text(
            [
                *(
                    "Overview",
                    "Districts",
                    "Layouts",
                    "Find a park",
                    "Clusters",
                    "Plan a site",
                    "Targets",
                ),
                *("Data", "Methods"),
            ]
        )
        expect(page.locator(".ct-head")).to_contain_text("Atlas of creative parks")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "page"
        )


def test_links_of_a_page_are_one_step_and_keep_the_session(page_factory: PageFactory) -> None:
    page = page_factory("/?kind=park&at=site:sh-m50").page
    atlas.wait_for(atlas.drawn(page), "selected", "sh-m50")
    start, before = shown(page), steps(page)
    page.evaluate("() => { window.sameDocument = true; }")
    page.locator(".ct-card").get_by_role("link", name="看资料").click()
    expect(page.locator("h1.ct-wide")).to_have_text(re.compile("^M50"))
    profile = shown(page)
    assert steps(page) == before + 1
    # The region's pages open on the site's own.
    page.locator(".ct-nearest").get_by_role("link").first.click()
    expect(page.locator("h1.ct-wide")).not_to_have_text(profile[1])
    atlas.settled(page)
    assert steps(page) == before + 2
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_have_text(profile[1])
    assert shown(page) == profile
    page.go_back()
    expect(page.locator("h1.ct-wide")).to_have_text(start[1])
    assert shown(page) == start
    assert page.evaluate("() => window.sameDocument") is True


def test_a_screen_that_darkens_while_a_page_is_turned_keeps_its_address(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/?lang=en&region=chongqing").page
    atlas.drawn(page)
    atlas.settled(page)
    address = "/targets?lang=en&theme=scale"
    page.emulate_media(color_scheme="dark")
    page.evaluate(atlas.TURN, address)
    dark = palette.palette(catalog.families(), "dark")["surf"]
    page.wait_for_function(
        """(paper) => getComputedStyle(document.documentElement)
            .getPropertyValue("--ct-surf") === paper""",
        arg=dark,
    )
    expect(page.locator(".ct-targets").last).to_be_visible()
    atlas.settled(page)
    assert shown(page)[0] == address


@pytest.mark.parametrize(
    ("asked", "settled"),
    [
        ("/?region=atlantis&radius=-1", "/"),
        ("/targets?region=chongqing", "/targets?place=chongqing"),
    ],
)
def test_address_put_right_is_no_step_of_its_own(
    page_factory: PageFactory, asked: str, settled: str
) -> None:
    page = page_factory("/targets" if asked.startswith("/?") else "/").page
    expect(page.locator("h1.ct-wide")).to_be_visible()
    before = steps(page)
    page.goto(urlsplit(page.url)._replace(path="", query="").geturl() + asked)
    expect(page.locator("h1.ct-wide")).to_be_visible()
    page.wait_for_url(re.compile(re.escape(settled) + "$"))
    atlas.settled(page)
    assert steps(page) == before + 1
