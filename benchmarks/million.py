"""A page on a million firms: filter change, zoom step, bytes a view, memory of page and server.

Run from the root of the repository: ``python -m benchmarks.million``, with ``--rows`` for another
number. Measured in Chromium on the running app, on firms made up in Guangdong (most of them round
the middles of districts), against the targets below.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks import counting
from benchmarks.first_paint import report, resident_mb, settled
from geo.facts import boundaries, catalog, own_regions
from geo.workspaces.content import Workspace
from geo.workspaces.folder import Folder
from scripts import app_server, system_tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

REGION: Final = "guangdong"
REPAINT_SECONDS: Final = 0.5
ZOOM_SECONDS: Final = 0.3
VIEW_KB: Final = 20.0
PAGE_MB: Final = 60.0
SERVER_MB: Final = 2000.0
SESSIONS: Final = 20
RUNS: Final = 5
COLD_MILLISECONDS: Final = 600_000

TOLD: Final = "() => chuangtu.maps()[0].state.answers"
TOLD_AGAIN: Final = "before => chuangtu.maps()[0].state.answers > before"
FIRST_TOLD: Final = "() => globalThis.chuangtu?.maps()[0]?.state.answers > 0"
MOVE: Final = """([lon, lat, zoom]) => {
    const atlas = chuangtu.maps()[0];
    Object.assign(atlas, {touched: true});
    atlas.map.setView([lat, lon], zoom, {animate: false});
}"""


def firms(n: int, *, seed: int = 0) -> gpd.GeoDataFrame:
    """Return seeded firms in and round the districts of a province, with all columns of sites."""
    lon, lat = counting.points(boundaries.districts(REGION), n, seed=seed)
    known = catalog.sites(REGION)
    rows = np.random.default_rng(seed).integers(0, len(known), n)
    number = np.arange(n).astype(str)
    frame = known.iloc[rows].reset_index(drop=True)
    return frame.assign(
        id=np.char.add("firm-", number),
        name_zh=np.char.add("企业", number),
        name_en=np.char.add("Firm ", number),
        adcode=None,
        city_adcode=None,
        precision="building",
        lon=lon,
        lat=lat,
    ).set_geometry(gpd.points_from_xy(lon, lat, crs=4326))


def workspace(folder: Path, n: int) -> str:
    """Save firms as a workspace; its read key."""
    units = tuple(map(str, boundaries.districts(REGION).index))
    content = Workspace(name="firms", sites=firms(n), source="made up", region=units)
    return Folder(folder).create(content).read


def moved(page: Page, lon: float, lat: float, zoom: float) -> float:
    """Seconds from a movement of the map to the numbers of its view."""
    before = page.evaluate(TOLD)
    start = time.perf_counter()
    page.evaluate(MOVE, [lon, lat, zoom])
    page.wait_for_function(TOLD_AGAIN, arg=before, polling="raf")
    return time.perf_counter() - start


def filtered(page: Page, option: str) -> float:
    """Seconds from choosing a filter's option to the numbers that it leaves."""
    before = page.evaluate(TOLD)
    choice = page.get_by_test_id("stPopoverBody").get_by_text(option, exact=True)
    start = time.perf_counter()
    choice.click()
    page.wait_for_function(TOLD_AGAIN, arg=before, polling="raf")
    seconds = time.perf_counter() - start
    settled(page)
    return seconds


def heap_mb(session: CDPSession) -> float:
    """Memory that the page's own objects take, after garbage was collected."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def sessions_mb(browser: Browser, address: str, server: app_server.Server) -> float:
    """Resident memory of the server while so many readers have the page open."""
    contexts = [browser.new_context() for _ in range(SESSIONS)]
    for context in contexts:
        context.set_default_timeout(COLD_MILLISECONDS)
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(FIRST_TOLD)
    resident = resident_mb(server.pid)
    for context in contexts:
        context.close()
    return resident


def main() -> int:
    """Measure and report; exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        key = workspace(folder / "workspaces", rows)
        browser = playwright.chromium.launch(
            executable_path=system_tools.chromium(), args=list(system_tools.CHROMIUM_FLAGS)
        )
        log = folder / "server.log"
        with app_server.running(log, workspaces=folder / "workspaces") as server:
            address = f"{server.address}/?region={own_regions.PREFIX}{key}"
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.set_default_timeout(COLD_MILLISECONDS)
            page = context.new_page()
            sent: list[float] = []
            page.on(
                "requestfinished",
                lambda each: (
                    sent.append(each.sizes()["responseBodySize"] / 1000)
                    if "/cells?" in each.url
                    else None
                ),
            )
            start = time.perf_counter()
            page.goto(address)
            page.wait_for_function(FIRST_TOLD)
            print(f"first numbers of {rows:,} firms, cold: {time.perf_counter() - start:.1f} s")
            settled(page)
            zooms = [
                moved(page, 113.26 + 0.01 * run, 23.13, zoom)
                for run in range(RUNS)
                for zoom in range(8, 16)
            ]
            page.get_by_role("button", name="类型").click()
            changes = [filtered(page, "园区") for _ in range(2 * RUNS)]
            heap = heap_mb(context.new_cdp_session(page))
            context.close()
            resident = sessions_mb(browser, address, server)
        browser.close()
    held = (
        report("filter change to repaint", statistics.median(changes), REPAINT_SECONDS, "s"),
        report("zoom step", statistics.median(zooms), ZOOM_SECONDS, "s"),
        report("largest view", max(sent), VIEW_KB, "kB"),
        report("page's heap", heap, PAGE_MB, "MB"),
        report(f"server with {SESSIONS} sessions", resident, SERVER_MB, "MB"),
    )
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
