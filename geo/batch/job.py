"""A run: its files are cut into parts, these computed, and what they give put together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd

from geo.batch import cluster, kept_parts, outlines, run, tasks
from geo.batch.run import Run, Task
from geo.errors import InputError
from geo.measures import counting, density
from geo.measures.counting import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.batch.cluster import Workers
    from geo.batch.inputs import Part
    from geo.batch.kept_parts import KeptParts
    from geo.batch.progress import Progress
    from geo.measures.point_files import Columns

Measure = Literal["counts", "density", "coverage", "nearest"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)

GROUPS: Final = 16
"""Tasks of a coverage. They hang on the districts alone, so that it is the same for any workers."""

OF_DENSITY: Final = ("area_km2", "per_100_km2", "population", "per_100k_residents")


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is asked.

    Attributes
    ----------
    parts
        Of each file.
    districts
        GeoDataFrame on its labels.
    columns
        Of the files.
    measures
        Figures beside the counts.
    radii_m
        Of the coverage, and within which points have a site.
    sites
        Longitude and latitude in degrees, WGS84, of the sites to which distances are measured.
    """

    parts: Mapping[str, Sequence[Part]]
    districts: gpd.GeoDataFrame
    columns: Columns
    measures: frozenset[Measure] = frozenset()
    radii_m: tuple[float, ...] = ()
    sites: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def points(self) -> int:
        """How many points are read, once for each task that reads them."""
        times = 1 + ("nearest" in self.measures) + ("coverage" in self.measures) * len(self.groups)
        return times * sum(part.rows for part in self.every_part)

    @property
    def every_part(self) -> list[Part]:
        """Return the parts of all files, in their order."""
        return [part for parts in self.parts.values() for part in parts]

    @property
    def groups(self) -> list[slice]:
        """Return the rows of districts that each task covers; neighbours have codes in a row."""
        limits = np.linspace(0, len(self.districts), min(GROUPS, len(self.districts)) + 1)
        ends = limits.round().astype(int).tolist()
        return [slice(start, end) for start, end in pairwise(ends)]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Figures of a run, and what they leave out.

    Attributes
    ----------
    figures
        On the labels of the districts: ``n``, a column for each category, and what was asked.
    tally
        All points.
    left_out
        Files that could not be read, and why.
    """

    figures: pd.DataFrame
    tally: Tally
    left_out: Mapping[str, InputError] = field(default_factory=dict)


def outcome(
    job: Job,
    kept: KeptParts,
    progress: Progress,
    *,
    scheduler: str | None = None,
    keep_going: bool = False,
) -> Outcome:
    """Compute a run.

    Parameters
    ----------
    job
        What is asked.
    kept
        What an earlier run finished, and what this one does.
    progress
        Is told of each part.
    scheduler
        Of a cluster, see `geo.batch.cluster.workers`.
    keep_going
        Whether a file that cannot be read is left out.

    Raises
    ------
    InputError
        Where a file cannot be read, unless it is to be left out.
    ClusterError
        Where the cluster cannot be used.
    """
    with cluster.workers(scheduler, job.districts, job.sites) as workers:
        each = Run(workers, kept, progress)
        counted, left_out = run.total(_counts(job, workers), each, keep_going=keep_going)
        tally = _tally(job, counted)
        good = {path: parts for path, parts in job.parts.items() if path not in left_out}
        job = replace(job, parts=good)
        figures = _of_counts(job, tally)
        if "nearest" in job.measures:
            far, _ = run.total(_distances(job, workers), each, keep_going=False)
            if far is not None:
                figures = figures.join(_of_distances(figures["n"], far))
        if "coverage" in job.measures:
            done = run.frames(_covers(job, workers), each)
            figures = figures.join(_covered(done, known=tally.inside + tally.outside > 0))
    return Outcome(figures=figures, tally=tally, left_out=left_out)


def _counts(job: Job, workers: Workers) -> list[Task]:
    """Return the tasks that count: one for each part."""
    digest = outlines.digest(job.districts)
    return [
        Task(
            name=part.path,
            rows=part.rows,
            key=kept_parts.key("count", part, digest, job.columns.names),
            call=tasks.count,
            arguments=(part, workers.districts, job.columns),
        )
        for part in job.every_part
    ]


def _tally(job: Job, frame: pd.DataFrame | None) -> Tally:
    """Return all points of the files that could be read."""
    if frame is None:
        return counting.tally([], [], job.districts, category=[] if job.columns.category else None)
    examples = tuple((lon, lat) for lon, lat in frame.attrs["examples"])
    return Tally(
        counts=frame.set_axis(job.districts.index),
        outside=frame.attrs["outside"],
        rejected=frame.attrs["rejected"],
        examples=examples[: counting.EXAMPLES],
    )


def _of_counts(job: Job, tally: Tally) -> pd.DataFrame:
    """Return the figures that follow from the counts."""
    n = tally.counts.sum(axis=1)
    figures = pd.DataFrame({"n": n.astype("int64")})
    if job.columns.category:
        # Of points without a category, whose text is empty, a column of its own, the last.
        names = sorted(map(str, tally.counts), key=lambda name: (not name, name))
        counts = tally.counts[names].rename(columns={"": f"without_{job.columns.category}"})
        figures = figures.join(counts.add_prefix("n_"))
    if "density" in job.measures:
        figures = figures.join(density.of_counts(n, job.districts)[list(OF_DENSITY)])
    return figures


def _distances(job: Job, workers: Workers) -> list[Task]:
    """Return the tasks that measure distances: one for each part."""
    boundaries = outlines.digest(job.districts)
    sites = hashlib.blake2b(job.sites.tobytes(), digest_size=16).hexdigest()
    columns = replace(job.columns, category=None)
    return [
        Task(
            name=part.path,
            rows=part.rows,
            key=kept_parts.key("nearest", part, boundaries, columns.names, sites, job.radii_m),
            call=tasks.distances,
            arguments=(part, workers.districts, columns, workers.sites, job.radii_m),
        )
        for part in job.every_part
    ]


def _of_distances(n: pd.Series, sums: pd.DataFrame) -> pd.DataFrame:
    """Return the mean distance of the points of each district, and how many have a site near."""
    metres = sums["centimetres"].to_numpy() / (tasks.OF_A_METRE * n.where(n > 0))
    figures = sums.drop(columns="centimetres").set_axis(n.index).add_prefix("nearest_")
    figures.insert(0, "nearest_mean_m", metres)
    return figures


def _covers(job: Job, workers: Workers) -> list[Task]:
    """Return the tasks of a coverage: each reads all parts, for some of the districts."""
    digest = outlines.digest(job.districts)
    parts = job.every_part
    columns = replace(job.columns, category=None)
    return [
        Task(
            name=", ".join(map(str, job.districts.index[rows])),
            rows=sum(part.rows for part in parts),
            key=kept_parts.key(
                "cover", parts, rows.start, rows.stop, digest, columns.names, job.radii_m
            ),
            call=tasks.cover,
            arguments=(parts, workers.districts, rows, columns, job.radii_m),
        )
        for rows in job.groups
    ]


def _covered(
    done: Iterable[tuple[Task, pd.DataFrame | InputError]], *, known: bool
) -> pd.DataFrame:
    """Return the coverage of all districts; 0 where no point is near one, if there are any."""
    groups = []
    for _, frame in done:
        if isinstance(frame, InputError):
            raise frame
        groups.append(frame)
    table = pd.concat(groups)
    return table.fillna(0.0) if known else table
