"""A page on a million firms: filter change, zoom step, bytes a view, memory of page and server.

Run from the root of the repository: ``python -m benchmarks.million``, with ``--rows`` for another
number. Measured in Chromium on the running app, on firms made up in Guangdong (most of them round
the middles of districts), against the targets below and plain Folium. Writes its section of
docs/benchmarks.md with ``--write``; exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
from playwright.sync_api import expect, sync_playwright

from benchmarks import counting, folium_peer
from benchmarks import page as docs_page
from benchmarks.first_paint import repaint, report, resident_mb, settled
from geo.facts import boundaries, catalog, own_regions
from geo.workspaces.content import Workspace
from geo.workspaces.folder import Folder
from scripts import app_server, browser_map, system_tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, CDPSession, Page

REGION: Final = "guangdong"
FEW: Final = "shanghai"
"""A region of the catalogue with some two hundred sites, which the page draws itself."""

REPAINT_SECONDS: Final = 0.5
FEW_SECONDS: Final = 0.3
ZOOM_SECONDS: Final = 0.3
VIEW_KB: Final = 20.0
PAGE_MB: Final = 60.0
SERVER_MB: Final = 2000.0
SESSIONS: Final = 20
RUNS: Final = 5
ZOOMS: Final = range(8, 16)
COLD_MILLISECONDS: Final = 600_000
IDLE_SECONDS: Final = 3.0
"""Of a server that has nothing to do."""
PACKAGES: Final = ("streamlit", "folium", "pandas", "pyarrow", "playwright")

TOLD: Final = "() => chuangtu.maps()[0].state.answers"
TOLD_AGAIN: Final = "before => chuangtu.maps()[0].state.answers > before"
FIRST_TOLD: Final = "() => globalThis.chuangtu?.maps()[0]?.state.answers > 0"
MOVE: Final = """([lon, lat, zoom]) => {
    const atlas = chuangtu.maps()[0];
    Object.assign(atlas, {touched: true});
    atlas.map.setView([lat, lon], zoom, {animate: false});
}"""


class Figure(NamedTuple):
    """What was measured, beside its target."""

    name: str
    value: float
    target: float
    unit: str


class Timed(NamedTuple):
    """Seconds by the clock, and those of the server's processor."""

    clock: float
    server: float


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


def processor_seconds(pid: int) -> float:
    """Seconds that a process has had of a processor (Linux: /proc)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def prepared(server: app_server.Server) -> None:
    """Wait until a server has made the maps and rows that it makes when it starts."""
    before = processor_seconds(server.pid) - IDLE_SECONDS
    while (now := processor_seconds(server.pid)) > before + 0.05 * IDLE_SECONDS:
        before = now
        time.sleep(IDLE_SECONDS)


def told_again(page: Page, server: app_server.Server, change: Callable[[], object]) -> Timed:
    """Seconds from a change to the numbers of the view after it."""
    before, spent = page.evaluate(TOLD), processor_seconds(server.pid)
    start = time.perf_counter()
    change()
    page.wait_for_function(TOLD_AGAIN, arg=before, polling="raf")
    seconds = time.perf_counter() - start
    settled(page)
    return Timed(seconds, processor_seconds(server.pid) - spent)


def zooms(page: Page, server: app_server.Server) -> list[Timed]:
    """Return the times of movements, one zoom deeper each."""
    return [
        told_again(page, server, partial(page.evaluate, MOVE, [113.26 + 0.01 * run, 23.13, zoom]))
        for run in range(RUNS)
        for zoom in ZOOMS
    ]


def filters(page: Page, server: app_server.Server) -> list[Timed]:
    """Return the times of choosing one kind after the other, and of dropping them again."""
    page.get_by_role("button", name="类型").click()
    kinds = catalog.vocabulary("kind")["name_zh"].to_list()
    body = page.get_by_test_id("stPopoverBody")
    names = [name for name in kinds if body.get_by_text(name, exact=True).count()]
    return [
        told_again(page, server, body.get_by_text(name, exact=True).click)
        for name in (*names, *names)
    ]


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


def of_many(browser: Browser, server: app_server.Server, key: str, rows: int) -> list[Figure]:
    """Measure the page of the firms."""
    address = f"{server.address}/?region={own_regions.PREFIX}{key}"
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(COLD_MILLISECONDS)
    page = context.new_page()
    sent: list[float] = []
    page.on(
        "requestfinished",
        lambda each: (
            sent.append(each.sizes()["responseBodySize"] / 1000) if "/cells?" in each.url else None
        ),
    )
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_function(FIRST_TOLD)
    print(f"first numbers of {rows:,} firms, cold: {time.perf_counter() - start:.1f} s")
    settled(page)
    moves, changes = zooms(page, server), filters(page, server)
    heap = heap_mb(context.new_cdp_session(page))
    context.close()
    return [
        Figure("filter change to repaint", _clock(changes), REPAINT_SECONDS, "s"),
        Figure(
            "of it the server's processor, page and all", _server(changes), REPAINT_SECONDS, "s"
        ),
        Figure("zoom step", _clock(moves), ZOOM_SECONDS, "s"),
        Figure("of it the server's processor", _server(moves), ZOOM_SECONDS, "s"),
        Figure("largest view, as sent", max(sent), VIEW_KB, "kB"),
        Figure("page's heap", heap, PAGE_MB, "MB"),
        Figure(
            f"server with {SESSIONS} sessions",
            sessions_mb(browser, address, server),
            SERVER_MB,
            "MB",
        ),
    ]


def _clock(times: list[Timed]) -> float:
    return median(each.clock for each in times)


def _server(times: list[Timed]) -> float:
    return median(each.server for each in times)


def of_few(browser: Browser, server: app_server.Server) -> Figure:
    """Measure a filter change where the page draws the sites itself."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.address}/?region={FEW}")
        browser_map.drawn(page)
        settled(page)
        page.get_by_role("button", name="类型").click()
        times = [repaint(page, "园区") for _ in range(2 * RUNS)]
    name = f"repaint of {len(catalog.sites(FEW))} sites after a filter change"
    return Figure(name, median(times), FEW_SECONDS, "s")


def peers(browser: Browser, folder: Path) -> dict[int, tuple[float, float]]:
    """Return seconds and megabytes of plain Folium by the number of sites."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(COLD_MILLISECONDS)
        return {n: folium_peer.repaint(page, folder, REGION, n) for n in folium_peer.SIZES}


def write(figures: list[Figure], folium: dict[int, tuple[float, float]], rows: int) -> None:
    """Write the section of docs/benchmarks.md."""
    lines = [f"| {rows:,} sites | measured | target |", "|---|---|---|"]
    lines += [
        f"| {each.name} | {each.value:.3g} {each.unit} | {each.target:g} {each.unit} |"
        for each in figures
    ]
    others = ["| plain Folium | seconds | MB |", "|---|---|---|"]
    others += [f"| {n:,} sites | {s:.3g} | {mb:.3g} |" for n, (s, mb) in folium.items()]
    docs_page.write(
        Path(__file__).with_suffix(".md"),
        packages=PACKAGES,
        table="\n".join(lines),
        peers="\n".join(others),
        peer_most=f"{max(folium):,}",
    )


def main() -> int:
    """Measure and report; exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    expect.set_options(timeout=COLD_MILLISECONDS)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        key = workspace(folder / "workspaces", asked.rows)
        browser = playwright.chromium.launch(
            executable_path=system_tools.chromium(), args=list(system_tools.CHROMIUM_FLAGS)
        )
        log = folder / "server.log"
        with app_server.running(log, workspaces=folder / "workspaces") as server:
            prepared(server)
            few = of_few(browser, server)
            figures = [*of_many(browser, server, key, asked.rows), few]
        folium = peers(browser, folder / "folium")
        browser.close()
    for n, (seconds, mb) in folium.items():
        print(f"plain Folium, {n:,} sites: {seconds:.2f} s, {mb:.1f} MB")
    if asked.write:
        write(figures, folium, asked.rows)
    held = [report(*each) for each in figures]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
