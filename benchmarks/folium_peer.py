"""Plain Folium as a peer of the counted map: every site a marker, every change another document."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import folium

from benchmarks import counting
from geo.facts import boundaries
from geo.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SIZES: Final = (200, 2_000, 20_000)
"""Sites; what it takes grows with their number, and a million are half a gigabyte of script."""

LEAFLET: Final = ROOT / "node_modules" / "leaflet" / "dist"
PAINTED: Final = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def repaint(page: Page, folder: Path, region: str, n: int) -> tuple[float, float]:
    """Seconds from sites to their painted map, and the megabytes that the browser is sent."""
    lon, lat = counting.points(boundaries.districts(region), n, seed=3)
    folder.mkdir(exist_ok=True)
    path = folder / f"{n}.html"
    start = time.perf_counter()
    drawn = folium.Map(tiles=None, max_zoom=18, prefer_canvas=True, zoom_start=8)
    drawn.default_js = [("leaflet", (LEAFLET / "leaflet.js").as_uri())]
    drawn.default_css = [("leaflet", (LEAFLET / "leaflet.css").as_uri())]
    for at, where in enumerate(zip(lat.tolist(), lon.tolist(), strict=True)):
        folium.CircleMarker(where, radius=4, tooltip=f"Firm {at}").add_to(drawn)
    drawn.save(path)
    page.goto(path.as_uri())
    page.evaluate(PAINTED)
    return time.perf_counter() - start, path.stat().st_size / 1e6
