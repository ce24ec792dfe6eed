"""Time to the first map, to another page's, to a repaint after a filter, memory of five sessions.

Measured in Chromium on the running app, against the targets below. The map exposes
``chuangtu.maps()[0].state``: ``painted`` (sites painted now) and ``paints`` (how often it painted).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from benchmarks import synthetic
from scripts import app_server, browser_map, system_tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FIRST_MAP_SECONDS = 2.0
SECOND_VISIT_SECONDS = 1.2
PAGE_CHANGE_SECONDS = 0.5
REPAINT_SECONDS = 0.3
FIVE_SESSIONS_MB = 380.0
REGIONS = ("harbin", "shanghai", "jinan", "chongqing", "guangdong")
RUNS = 5
SITES = 2_000
VIEW = "/?region=shanghai"
PAGES = ("区县", "总览")
"""Links of the navigation whose pages have a map, to go to and back."""
PAINTED_AGAIN = "before => chuangtu.maps()[0]?.state.paints > before"
PAINTED_THERE = """([left, paints]) => {
  const [atlas] = chuangtu.maps();
  return atlas?.state.districts > 0 && atlas.state.paints > (atlas === left ? paints : 0);
}"""


def first_maps(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from opening a page to its painted map: with an empty cache, and a second time."""

    def opened(context: BrowserContext) -> float:
        page = context.new_page()
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        browser_map.drawn(page)
        seconds = time.perf_counter() - start
        settled(page)
        page.close()
        return seconds

    with browser.new_context() as context:
        return opened(context), opened(context)


def settled(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def page_change(page: Page, name: str) -> float:
    """Seconds from a click in the navigation to the painted map of that page."""
    link = page.get_by_role("link", name=name, exact=True)
    before = page.evaluate_handle("chuangtu.maps().map((atlas) => [atlas, atlas.state.paints])[0]")
    start = time.perf_counter()
    link.click()
    page.wait_for_function(PAINTED_THERE, arg=before, polling="raf")
    seconds = time.perf_counter() - start
    settled(page)
    return seconds


def repaint(page: Page, option: str) -> float:
    """Seconds from choosing a filter's option to the next painted map."""
    before = page.evaluate("chuangtu.maps()[0].state.paints")
    choice = page.get_by_test_id("stPopoverBody").get_by_text(option, exact=True)
    start = time.perf_counter()
    choice.click()
    page.wait_for_function(PAINTED_AGAIN, arg=before, polling="raf")
    seconds = time.perf_counter() - start
    settled(page)
    return seconds


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (Linux: /proc)."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def sessions_mb(browser: Browser, server: app_server.Server) -> float:
    """Resident memory of the server while every region is open, each in its own session."""
    contexts = [browser.new_context() for _ in REGIONS]
    for context, region in zip(contexts, REGIONS, strict=True):
        page = context.new_page()
        page.goto(f"{server.address}/?region={region}")
        browser_map.drawn(page)
    resident = resident_mb(server.pid)
    for context in contexts:
        context.close()
    return resident


def report(name: str, value: float, target: float, unit: str) -> bool:
    """Print one figure beside its target; whether it holds."""
    holds = value <= target
    print(f"{name:<48} {value:8.2f} {unit:<3} target {target:g}  {'ok' if holds else 'MISSED'}")
    return holds


def main() -> int:
    """Measure and report; exit status 1 when a target is missed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server.running(
            Path(folder, "server.log"),
            data=synthetic.catalogue_with(Path(folder, "data"), n=SITES),
        ) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=system_tools.chromium(), args=list(system_tools.CHROMIUM_FLAGS)
        )
        for region in REGIONS:  # the server is warm once every region has been shown
            first_maps(browser, f"{server.address}/?region={region}")
        fresh, again = zip(
            *(first_maps(browser, server.address + VIEW) for _ in range(RUNS)), strict=True
        )
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(server.address + VIEW)
            browser_map.drawn(page)
            settled(page)
            changes = [page_change(page, name) for _ in range(RUNS) for name in PAGES]
            page.get_by_role("button", name="类型").click()
            # Twice the same option: all sites, then those of one kind, then all again.
            repaints = [repaint(page, "园区") for _ in range(2 * RUNS)]
        resident = sessions_mb(browser, server)
        browser.close()
    held = (
        report("first map, empty cache", statistics.median(fresh), FIRST_MAP_SECONDS, "s"),
        report("first map, second visit", statistics.median(again), SECOND_VISIT_SECONDS, "s"),
        report("change of page", statistics.median(changes), PAGE_CHANGE_SECONDS, "s"),
        report(
            f"repaint of {SITES} sites after a filter change",
            statistics.median(repaints),
            REPAINT_SECONDS,
            "s",
        ),
        report(f"server with {len(REGIONS)} sessions", resident, FIVE_SESSIONS_MB, "MB"),
    )
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
