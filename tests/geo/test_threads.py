"""Sessions are threads that share the outlines: figures of several at once, in a process apart.

What is at stake is the process itself, so each test runs one and looks at how it ended.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[2]

FIGURES = """
import threading

import geopandas as gpd
import numpy as np

from geo import boundaries, coverage, density

districts = boundaries.districts("guangdong")
west, south, east, north = districts.total_bounds
together = threading.Barrier(4)


def session(seed):
    rng = np.random.default_rng(seed)
    together.wait()
    for _ in range(3):
        lon, lat = rng.uniform(west, east, 400), rng.uniform(south, north, 400)
        points = gpd.points_from_xy(lon, lat, crs="EPSG:4326")
        sites = gpd.GeoDataFrame({"precision": ["building"] * 400}, geometry=points)
        own = boundaries.districts("guangdong")
        coverage.coverage(sites, own, radius_m=5000)
        density.density(sites, own)
    finished.append(seed)


finished = []
threads = [threading.Thread(target=session, args=(seed,)) for seed in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(finished))
"""


def test_four_sessions_measure_the_same_districts_at_once() -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIGURES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "4\n"), run.stderr


# What is relied on in shapely, beyond what its documentation promises.


def test_force_2d_copies_outlines_that_have_two_dimensions_already() -> None:
    outlines = np.array([shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])])
    shapely.prepare(outlines)
    copies = shapely.force_2d(outlines)
    assert all(copy is not outline for copy, outline in zip(copies, outlines, strict=True))
    assert not shapely.is_prepared(copies).any()
    shapely.prepare(copies)
    shapely.destroy_prepared(outlines)
    assert shapely.is_prepared(copies).all()
    assert shapely.equals_exact(copies, outlines).all()
