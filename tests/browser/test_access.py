"""Everyone can use it: axe-core, the keyboard, and targets large enough to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from geo.facts import catalog
from layers import palette
from scripts import browser_map
from tests.browser import atlas, axe

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

    from tests.visit import PageFactory

PAGES = {
    "overview": "/?at=site:sh-m50",
    "districts": "/districts?region=guangdong&unit=city&by=lq&compare=440100,440300&lang=en",
    "table": "/districts?view=table",
    "peers": "/districts?view=peers&subject=310110&peer=440103&lang=en",
    "units": "/districts?view=units",
    "layouts": "/layouts?layout=cq-2022-plan",
    "beside": "/layouts?layout=cq-2022-plan&beside=gd-2023-plan&lang=en",
    "find": "/find?sector=fas,arc&kind=park&pick=sh-tonglefang,sh-bridge8-1&at=site:sh-angli",
    "clusters": "/clusters?at=cluster:sh-m50",
    "siting": "/siting?at=place:1",
    "trying": "/siting?mode=try&pins=A:121.25000,31.38000;B:121.12000,31.15000&at=pin:A",
    "site": "/site?id=sh-m50",
    "targets": "/targets?lang=en",
    "data": "/data",
    "record": "/data?show=record&region=chongqing",
    "methods": "/methods?lang=en",
}
MAPS = {"beside": 2, "trying": 2} | dict.fromkeys(
    ("table", "units", "targets", "data", "record", "methods"), 0
)
"""How many there are where it is not one."""
PRINTED = "/report?pick=sh-m50,sh-angli&lang=zh"
API = (
    "/api?f=html",
    "/api/collections?f=html",
    "/api/collections/sites?f=html",
    "/api/collections/sites/queryables?f=html",
    "/api/collections/sites/schema?f=html",
    "/api/collections/sites/items?f=html",
    "/api/collections/sites/items/sh-m50?f=html",
    "/api/conformance?f=html",
    "/api/openapi?f=html",
    "/api/nothing?f=html",
)
WIDTHS = (1440, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")
LEAST_PX = 24

SMALL = """(least) => [
    document, ...[...document.querySelectorAll(".ct-map")].map((host) => host.shadowRoot),
].flatMap((tree) => [...tree.querySelectorAll(
    "a, button, summary, select, input, label:has(input), "
    + "[role=button], [role=checkbox], [role=radio]",
)]).filter((target) => {
    const {width, height} = target.getBoundingClientRect();
    // Behind its label, out of view until it has the focus, a link in running text, or drawn for
    // the pointer beside one that is not.
    const aside = target.matches("label input, [aria-hidden=true] *")
        || getComputedStyle(target).clip !== "auto"
        || getComputedStyle(target).display === "inline" && target.closest("p, dd, td, li, h2");
    return width && height && !aside && Math.min(width, height) < least - 0.1;
}).map((target) => target.outerHTML.slice(0, 200))"""

OUTLINE = """() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((heading) => heading.checkVisibility()).map(({localName}) => Number(localName[1]));
    return levels;
}"""

LOOK = """(element) => {
    const transitions = document.getAnimations().filter((a) => a instanceof CSSTransition);
    for (const transition of transitions) transition.finish();
    const looks = [];
    for (let at = element; at && looks.length < 5; at = at.parentElement) {
        const s = getComputedStyle(at);
        const outline = s.outlineStyle === "none" ? "" : s.outline;
        looks.push([outline, s.boxShadow, s.borderColor, s.backgroundColor].join());
    }
    return looks.join(";");
}"""


def open_page(page: Page, server: str, name: str) -> None:
    """Open a page of the app and wait until all of it is drawn."""
    atlas.opened(page, server + PAGES[name], maps=MAPS.get(name, 1))


def turn(page: Page, theme: Literal["light", "dark"]) -> None:
    """Let the screen be light or dark, and wait until page and map have followed to the last."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        """(paper) => getComputedStyle(document.documentElement)
            .getPropertyValue("--ct-surf") === paper
            && document.getAnimations().every((each) => !(each instanceof CSSTransition))""",
        arg=palette.palette(catalog.families(), theme)["surf"],
    )
    atlas.settled(page)
    page.wait_for_function(
        f"(theme) => ({browser_map.MAPS})().every(({{state}}) => state.theme === theme)", arg=theme
    )


def looked_at(page: Page, theme: Literal["light", "dark"]) -> dict[str, list[str]]:
    """What is wrong with a page in a theme; colours are the same at any width, all else in any."""
    turn(page, theme)
    assert page.evaluate(OUTLINE).count(1) == 1, page.url
    if theme == "dark":
        return {"dark": axe.faults(page, only=axe.COLOURS)}
    told = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OUTLINE).count(1) == 1, page.url
        small = [f"target of less than 24 px: {x}" for x in page.evaluate(SMALL, LEAST_PX)]
        without = () if width == WIDTHS[0] else axe.COLOURS
        told[str(width)] = [*axe.faults(page, without=without), *small]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return told


def test_axe_finds_no_fault_on_any_page(page_factory: PageFactory, server: str) -> None:
    page = page_factory("/_stcore/health", width=WIDTHS[0]).page
    told: dict[str, list[str]] = {}
    for number, name in enumerate(PAGES):
        open_page(page, server, name)
        # Each page begins in the theme that the one before it ended in.
        for theme in THEMES if number % 2 else reversed(THEMES):
            found = looked_at(page, theme)
            told.update({f"{name} {where}": faults for where, faults in found.items()})
    assert {where: faults for where, faults in told.items() if faults} == {}


def test_axe_finds_no_fault_in_what_opens(page_factory: PageFactory, server: str) -> None:
    page = page_factory("/_stcore/health").page
    told: dict[str, list[str]] = {}
    for name in ("overview", "find"):
        open_page(page, server, name)
        buttons = page.get_by_test_id("stPopover").get_by_role("button")
        for i in range(buttons.count()):
            buttons.nth(i).click()
            body = page.get_by_test_id("stPopoverBody")
            expect(body).to_be_visible()
            told[f"{name} {i}"] = [*axe.faults(page), *page.evaluate(SMALL, LEAST_PX)]
            page.keyboard.press("Escape")
            expect(body).to_have_count(0)
    assert {where: faults for where, faults in told.items() if faults} == {}


def test_axe_finds_no_fault_on_pages_for_programs_and_for_paper(
    page_factory: PageFactory, server: str
) -> None:
    page = page_factory("/_stcore/health").page
    told: dict[str, list[str]] = {}
    for address in (*API, PRINTED):
        answer = page.goto(server + address)
        assert answer is not None
        assert answer.status == (404 if "nothing" in address else 200), address
        page.emulate_media(color_scheme="light")
        for width in reversed(WIDTHS):
            page.set_viewport_size({"width": width, "height": 900})
            told[f"{address} {width}"] = axe.faults(page)
        page.emulate_media(color_scheme="dark")
        told[f"{address} dark"] = axe.faults(page)
    assert {where: faults for where, faults in told.items() if faults} == {}


FOCUS = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? null : at;
}"""


def stop(page: Page) -> ElementHandle | None:
    """Where the keyboard is, in a map's tree too; None when it left the page."""
    return page.evaluate_handle(FOCUS).as_element()


@pytest.mark.parametrize("name", ["overview", "districts", "find", "layouts"])
def test_keyboard_shows_where_it_is(page_factory: PageFactory, server: str, name: str) -> None:
    page = page_factory("/_stcore/health").page
    open_page(page, server, name)
    stops = []
    for _ in range(150):
        page.keyboard.press("Tab")
        found = stop(page)
        if found is None:
            break
        stops.append((found, found.evaluate(LOOK)))
    page.evaluate("() => document.activeElement.blur()")
    assert len(stops) > 20
    assert [
        element.evaluate("(at) => at.outerHTML.slice(0, 200)")
        for element, look in stops
        if element.evaluate(LOOK) == look
    ] == []


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("overview", ".ct-all"),
        ("districts", ".ct-bars"),
        ("find", ".ct-results"),
        ("clusters", ".ct-cluster-list"),
    ],
)
def test_t_leads_from_the_map_to_the_table_that_says_the_same(
    page_factory: PageFactory, name: str, twin: str
) -> None:
    page = page_factory(PAGES[name]).page
    atlas.drawn(page)
    atlas.settled(page)
    container = page.locator(".ct-map .leaflet-container").first
    assert " T" in (container.get_attribute("aria-label") or "")
    container.press("t")
    expect(page.locator(twin).first).to_be_in_viewport()
    if name == "overview":
        # On a page of its own, with the filters of this one.
        assert "view=table" in page.url
    else:
        expect(page.locator(twin).first).to_be_focused()


def test_a_link_keeps_the_focus_while_the_card_it_opens_comes_and_goes(
    page_factory: PageFactory,
) -> None:
    page = page_factory("/clusters").page
    atlas.drawn(page)
    atlas.settled(page)
    link = page.locator(".ct-cluster-list.ct-wide a[data-put]").first
    link.focus()
    for key, chosen in [("Enter", 1), ("Escape", 0), ("Enter", 1), ("Enter", 0)]:
        page.keyboard.press(key)
        expect(page.locator(".ct-cluster-list.ct-wide tr.ct-chosen")).to_have_count(chosen)
        expect(page.locator(".ct-card .ct-close")).to_have_count(chosen)
        expect(link).to_be_focused()
