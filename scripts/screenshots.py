"""Take the pictures of the README from the running app.

Run it with ``make screenshots``; the pictures go to docs/images.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import expect, sync_playwright

from scripts import app_server, browser_map, system_tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"


SEARCHED_MS = 120_000
"""By when a plan, and all that is looked for beside it, is known."""


@dataclass(frozen=True)
class Picture:
    """One picture: file name, address, theme and size of the window, and maps on the page."""

    name: str
    address: str
    theme: Literal["light", "dark"] = "light"
    width: int = 1440
    height: int = 900
    maps: int = 1


PICTURES = (
    Picture("overview", "/?at=site:sh-m50"),
    Picture("overview-dark", "/?at=site:sh-m50", "dark"),
    Picture("overview-en", "/?lang=en&region=chongqing&at=district:500106"),
    Picture(
        "districts",
        "/districts?region=guangdong&unit=city&by=lq&compare=440100,440300,440600",
    ),
    Picture("layouts", "/layouts?layout=cq-2022-plan"),
    Picture(
        "find",
        "/find?sector=fas,arc&kind=park&pick=sh-tonglefang,sh-bridge8-1,sh-angli&at=site:sh-angli",
    ),
    Picture("clusters", "/clusters?at=sector:310110.fas"),
    Picture("siting", "/siting?region=chongqing&p=5"),
    Picture("methods", "/methods?method=lq&region=guangdong&example=440106&focus=fas", maps=0),
    Picture("phone", "/?at=site:sh-m50", width=390, height=844),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Open a page, wait until its map is drawn and its script has ended, and take it."""
    with browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,
        locale="zh-CN",
    ) as context:
        page = context.new_page()
        page.goto(address + picture.address)
        browser_map.drawn(page, maps=picture.maps)
        expect(page.get_by_role("progressbar")).to_have_count(0, timeout=SEARCHED_MS)
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=SEARCHED_MS
        )
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        page.screenshot(path=FOLDER / f"{picture.name}.png")


def main() -> int:
    """Take all pictures.

    Returns
    -------
    int
        Exit status: 0 when all were taken, 1 when there is no Chromium.
    """
    chromium = system_tools.chromium()
    if chromium is None:
        print(
            "No Chromium found (Debian: apt-get install chromium-headless-shell).", file=sys.stderr
        )
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server.running(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(system_tools.CHROMIUM_FLAGS)
        )
        for picture in PICTURES:
            take(browser, server.address, picture)
            print(FOLDER / f"{picture.name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
