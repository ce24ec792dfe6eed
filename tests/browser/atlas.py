"""The map of an open page, as a test sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from scripts import browser_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.visit import Visit

# Opened on a page of its own, Streamlit first asks for its server below that page's path, gets
# 404 and asks at the root; Chromium logs the two answers. Everything else is an error of ours.
PROBES = re.compile(
    r"404 .*/(districts|layouts|find|clusters|siting|targets|data|methods|site)"
    r"/_stcore/(health|host-config)\)$"
)


def drawn(page: Page) -> Page:
    """The page, once its map has painted, its ground is there, and all else of it has come.

    A map may have painted before what stands above it is there and moves it.
    """
    browser_map.drawn(page)
    settled(page)
    return page


TURN = """(address) => {
  const left = new Map((window.chuangtu?.maps() ?? []).map(({state}) => [state, state.paints]));
  window.turned = {left, run: document.chuangtuTheme.run};
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate", {state: null}));
}"""
"""Steps to another address as links of the app do, and notes which run and which maps it leaves."""

RAN = """() => document.chuangtuTheme.run !== window.turned.run
  && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
"""
"""Whether another run of the script has come since the last step, and has ended."""

SHOWN = f"""(n) => {{
  const maps = ({browser_map.MAPS})();
  return maps.length === n && maps.every(({{state}}) =>
    state.districts > 0 && state.paints > (window.turned?.left.get(state) ?? 0));
}}"""
"""Whether these are all maps, painted since the last step."""


def opened(page: Page, address: str, *, maps: int = 1) -> Page:
    """Open an address of the app on a page of a test, and wait until all of it is drawn.

    Where the app is on the page already, this is a step of its history: to load the app anew
    takes about as long again.
    """
    if page.get_by_test_id("stApp").count():
        page.evaluate(TURN, address)
        page.wait_for_function(RAN)
    else:
        page.goto(address)
        page.locator("h1.ct-headline").first.wait_for(state="attached")
    settled(page)
    page.wait_for_function(SHOWN, arg=maps)
    return page


def state(found: Page) -> dict[str, Any]:
    """What the map says about itself."""
    told: dict[str, Any] = found.evaluate("() => ({...chuangtu.maps()[0].state})")
    return told


def wait_for(found: Page, name: str, value: object) -> None:
    """Wait until the map's state says so."""
    found.wait_for_function(
        "([name, value]) => chuangtu.maps()[0]?.state[name] === value", arg=[name, value]
    )


def settled(page: Page) -> None:
    """Wait until the page's script has run to its end, and its clicks are heard."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_function("() => document.chuangtuListeners?.click")


def headline(page: Page) -> str:
    """The sentence that opens the page."""
    return page.locator("h1.ct-wide").inner_text()


def assert_clean(visit: Visit) -> None:
    """Nothing left this machine, nothing went wrong."""
    visit.console_errors[:] = [text for text in visit.console_errors if PROBES.search(text) is None]
    visit.assert_clean()


def click_at(page: Page, latlon: tuple[float, float], *, down: float = 25) -> None:
    """Click on a place of the map, a few pixels below it, so that no label lies there."""
    x, y = page.evaluate(
        """([lat, lon]) => {
            const {map} = chuangtu.maps()[0];
            const point = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y];
        }""",
        list(latlon),
    )
    page.mouse.click(x, y + down)


def link_code(page: Page) -> Locator:
    """The address in the open box of the link; below it stands the code that embeds the view."""
    return page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first


def copied_link(page: Page) -> str:
    """What the open box of the link gives to copy."""
    return link_code(page).inner_text().strip()


def downloaded(page: Page, label: str, folder: Path) -> Path:
    """Press a button of the open menu of downloads; where its file is."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
