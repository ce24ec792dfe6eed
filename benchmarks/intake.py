"""Lists that somebody brings: from a file to a counted table, datums, a workspace that is opened.

Run from the root of the repository: ``python -m benchmarks.intake``. Each part is measured in a
process of its own against a target; the conversion of datums against eviltransform, a published
converter in pure Python, asked point by point in the same run. Exits with 1 when one is missed.
"""

from __future__ import annotations

import argparse
import operator
import os
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

import eviltransform
import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.china import county_units, datum
from geo.facts import boundaries, catalog
from geo.intake import columns, readers, sites, validation
from geo.intake.plan import Plan
from geo.intake.table import RawTable, Reading
from geo.measures import density
from geo.workspaces import region
from geo.workspaces.content import Workspace
from geo.workspaces.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]
    Point = Callable[[float, float], tuple[float, float]]

P = ParamSpec("P")
R = TypeVar("R")

ROWS: Final = 500_000
SECONDS: Final = 20.0
MEGABYTES: Final = 1500.0
RATIO: Final = 20.0
POINTS: Final = 500_000
PEER_POINTS: Final = 20_000
WORKSPACE_SITES: Final = 5_000
OPENED_SECONDS: Final = 1.0
RUNS: Final = 3
WHERE: Final = {"all over China": "", "in one province": "42"}
"""How the codes of the units begin in which a workspace has its sites."""

PEERS: Final[dict[tuple[datum.Datum, str], tuple[Point, ...]]] = {
    ("gcj02", "from WGS84"): (eviltransform.wgs2gcj,),
    ("gcj02", "to WGS84"): (eviltransform.gcj2wgs_exact,),
    ("bd09", "from WGS84"): (eviltransform.wgs2gcj, eviltransform.gcj2bd),
    ("bd09", "to WGS84"): (eviltransform.bd2gcj, eviltransform.gcj2wgs_exact),
}
"""The peer's functions of latitude and longitude, one after the other."""


@dataclass(frozen=True)
class Taken:
    """What a file came to.

    Attributes
    ----------
    steps : tuple of (str, float)
        Seconds of each step.
    processor : float
        Seconds of the processor for all of them: more than those are other programs' turns.
    kept, counted : int
        Rows that were kept, and those among them that a district counts.
    megabytes : float
        The most memory that the process had.
    """

    steps: tuple[tuple[str, float], ...]
    processor: float
    kept: int
    counted: int
    megabytes: float

    @property
    def seconds(self) -> float:
        """Seconds of all steps."""
        return sum(seconds for _, seconds in self.steps)


def positions(n: int, *, seed: int, within: str = "") -> tuple[Degrees, Degrees, list[str]]:
    """Return WGS84 positions in random units of mainland China, with the units' names.

    `within` is how the units' codes begin.
    """
    random = np.random.default_rng(seed)
    units = county_units.units()
    units = units[~units.index.str.startswith(datum.OTHERS) & units.index.str.startswith(within)]
    polygons = np.asarray(units.geometry.array)
    shapely.prepare(polygons)
    west, south, east, north = shapely.bounds(polygons).T
    lon, lat, names = np.empty(n), np.empty(n), np.empty(n, dtype=object)
    left = np.arange(n)
    while len(left):
        row = random.integers(len(polygons), size=len(left))
        x = random.uniform(west[row], east[row])
        y = random.uniform(south[row], north[row])
        inside = shapely.contains_xy(polygons[row], x, y)
        lon[left[inside]], lat[left[inside]] = x[inside], y[inside]
        names[left[inside]] = units["name_zh"].to_numpy()[row[inside]]
        left = left[~inside]
    return lon, lat, names.tolist()


def listed(path: Path, *, rows: int, seed: int) -> None:
    """Write a list as people have it: GBK, Baidu's coordinates, districts by their names."""
    lon, lat, names = positions(rows, seed=seed)
    x, y = datum.from_wgs84(lon, lat, datum="bd09")
    frame = pd.DataFrame(
        {
            "名称": [f"{number}号园" for number in range(rows)],
            "区县": names,
            "经度": [f"{each:.6f}" for each in x],
            "纬度": [f"{each:.6f}" for each in y],
        }
    )
    frame.to_csv(path, index=False, encoding="gbk")


def taken(path: Path) -> Taken:
    """Read a list, validate and locate it, and count it by district."""
    clock, names = [time.perf_counter()], []

    def done(name: str) -> None:
        names.append(name)
        clock.append(time.perf_counter())

    # What a process makes once, whatever file it is given.
    units = county_units.units()
    datum.to_wgs84([121.5], [31.2], datum="bd09")
    clock[:], begin = [time.perf_counter()], time.process_time()
    raw = readers.read(path.name, path.read_bytes())
    held = columns.recognise(raw.cells)
    done("read")
    intake = validation.take_in(raw, Plan(columns=held, datum="bd09"))
    done("validate and locate")
    rows = sites.of_kept(intake.kept, held, region="benchmark", source=path.name)
    done("as sites")
    table = density.density(rows, boundaries.districts(tuple(units.index)))
    done("count")
    steps = tuple(zip(names, np.diff(clock).tolist(), strict=True))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(steps, time.process_time() - begin, len(intake.kept), int(table["n"].sum()), most)


def ratio(kind: datum.Datum, way: str, lon: Degrees, lat: Degrees) -> tuple[float, float, float]:
    """Return microseconds of processor time a point, ours and the peer's, and metres between both.

    Ours is the median of several runs on all points, the metres are those of the middle point.
    """
    convert = datum.from_wgs84 if way == "from WGS84" else datum.to_wgs84
    given = (lon, lat) if way == "from WGS84" else datum.from_wgs84(lon, lat, datum=kind)
    runs = []
    for _ in range(2 * RUNS + 1):
        start = time.process_time()
        x, y = convert(*given, datum=kind)
        runs.append(time.process_time() - start)
    few = [each[:: len(lon) // PEER_POINTS].tolist() for each in given]
    start = time.process_time()
    found = [through(PEERS[kind, way], *point) for point in zip(*reversed(few), strict=True)]
    theirs = (time.process_time() - start) / len(found)
    there_y, there_x = np.transpose(found)
    ours_x, ours_y = (each[:: len(lon) // PEER_POINTS] for each in (x, y))
    apart = pyproj.Geod(ellps="WGS84").inv(ours_x, ours_y, there_x, there_y)[2]
    return 1e6 * statistics.median(runs) / len(lon), 1e6 * theirs, float(np.median(apart))


def through(steps: Sequence[Point], lat: float, lon: float) -> tuple[float, float]:
    """Return a position after one function of the peer's and the next."""
    for step in steps:
        lat, lon = step(lat, lon)
    return lat, lon


def opened(place: Path, key: str, *, serving: bool) -> tuple[float, float]:
    """Return seconds, the clock's and the processor's, in which a process opens a workspace.

    One that serves has read the catalogue and joined its own regions before, and has let the
    country's units go; one that does not reads all of these now, its imports alone are done.
    """
    os.environ["CHUANGTU_WORKSPACES"] = str(place)
    if serving:
        for name in catalog.regions().index:
            boundaries.districts(name)
        county_units.release()
    clock, processor = time.perf_counter(), time.process_time()
    id_ = region.opened(key)
    catalog.sites(id_)
    boundaries.districts(id_)
    return time.perf_counter() - clock, time.process_time() - processor


def saved(place: Path, *, rows: int, seed: int, within: str) -> str:
    """Save a workspace with many sites; return the key that reads it."""
    lon, lat, names = positions(rows, seed=seed, within=within)
    cells = pd.DataFrame(
        {
            "名称": [f"{number}号园" for number in range(rows)],
            "区县": names,
            "经度": lon,
            "纬度": lat,
        }
    )
    raw = RawTable(file="list.csv", format="csv", reading=Reading(header=1), cells=cells)
    held = columns.recognise(raw.cells)
    kept = validation.take_in(raw, Plan(columns=held)).kept
    frame = sites.of_kept(kept, held, region="benchmark", source="list.csv")
    units = tuple(sorted(frame["adcode"].dropna().unique()))
    content = Workspace(name="benchmark", sites=frame, region=units)
    return Folder(place).create(content).read


def alone(run: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what a function returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(run, *args, **kwargs).result()


def met(what: str, value: float, target: float, unit: str, *, least: bool = False) -> bool:
    """Print a row of the table; whether the target is kept."""
    kept = value >= target if least else value <= target
    bound = "at least" if least else "at most"
    said = "kept" if kept else "MISSED"
    print(f"| {what} | {value:.3g} {unit} | {bound} {target:g} {unit} | {said} |")
    return kept


def main() -> int:
    """Measure, print, and compare with the targets."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--runs", type=int, default=RUNS)
    options.add_argument("--seed", type=int, default=20_261_127)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, place = Path(name, "list.csv"), Path(name, "workspaces")
        alone(listed, path, rows=given.rows, seed=given.seed)
        lists = [alone(taken, path) for _ in range(given.runs)]
        openings = {
            (where, serving): sorted(
                alone(opened, place, key, serving=serving) for _ in range(given.runs)
            )[given.runs // 2]
            for where, within in WHERE.items()
            for key in [alone(saved, place, rows=WORKSPACE_SITES, seed=given.seed, within=within)]
            for serving in (True, False)
        }
    lon, lat, _ = positions(POINTS, seed=given.seed)
    pairs = {each: ratio(*each, lon, lat) for each in PEERS}
    middle = sorted(lists, key=operator.attrgetter("seconds"))[given.runs // 2]
    for step, seconds in middle.steps:
        print(f"{step}: {seconds:.1f} s")
    print(f"processor: {middle.processor:.1f} s; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{given.rows} rows, {middle.kept} kept, {middle.counted} counted\n")
    for (kind, way), (ours, theirs, apart) in pairs.items():
        print(f"{kind} {way}: {ours:.2f} µs, eviltransform {theirs:.1f} µs; {apart:.2g} m apart")
    for (where, serving), (seconds, processor) in openings.items():
        whose = "a process that serves" if serving else "a process that has read nothing yet"
        print(f"open, {where}, {whose}: {seconds:.2f} s, of the processor {processor:.2f}")
    print("\n| what | measured | target | |\n|---|---|---|---|")
    kept = [
        met("list to counted table", middle.seconds, SECONDS, "s"),
        met("its process", max(each.megabytes for each in lists), MEGABYTES, "MB"),
        *(
            met(f"{kind} {way}", theirs / ours, RATIO, "times", least=True)
            for (kind, way), (ours, theirs, _) in pairs.items()
        ),
        *(
            met(f"open {WORKSPACE_SITES} sites {where}", seconds, OPENED_SECONDS, "s")
            for (where, serving), (seconds, _) in openings.items()
            if serving
        ),
    ]
    return 0 if all(kept) and middle.counted == given.rows else 1


if __name__ == "__main__":
    sys.exit(main())
