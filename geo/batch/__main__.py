"""Count the points of many Parquet files by district, on this machine or on a cluster.

``python -m geo.batch a.parquet b.parquet --districts shanghai --out counts.csv``
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.batch import cluster, inputs, job, outlines, sites
from geo.batch.job import MEASURES, Job
from geo.batch.kept_parts import KeptParts
from geo.batch.progress import Progress
from geo.batch.words import BatchTexts
from geo.checks import frames
from geo.errors import ChuangtuError, InputError
from geo.measures import coverage
from geo.measures.point_files import Columns
from geo.settings import LANGUAGES, RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.batch.job import Outcome

WRITTEN, REFUSED, STOPPED = 0, 2, 130
"""Exit statuses."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, write the figures, and say how many points there were.

    Parameters
    ----------
    arguments
        Of the command line.

    Returns
    -------
    int
        0 where figures were written, 2 where nothing could be counted, 130 after Ctrl-C.
    """
    asked = _parser().parse_args(arguments)
    t = BatchTexts(asked.lang)
    if not asked.out.parent.is_dir():
        print(t("say.no_folder", folder=asked.out.parent), file=sys.stderr)
        return REFUSED
    kept = KeptParts(asked.out)
    try:
        outcome = _outcome(asked, kept, t)
        outcome.figures.to_csv(asked.out)
    except (ChuangtuError, OSError) as error:
        print(t("say.failed", why=error), file=sys.stderr)
        return _left(kept, t, REFUSED)
    except KeyboardInterrupt:
        print(t("say.stopped"), file=sys.stderr)
        return _left(kept, t, STOPPED)
    kept.remove()
    _tell(outcome, t)
    return WRITTEN


def _left(kept: KeptParts, t: BatchTexts, status: int) -> int:
    """Say what a run that did not come to its end leaves; return its status."""
    if kept.folder.is_dir():
        print(t("say.kept", folder=kept.folder), file=sys.stderr)
    return status


def _outcome(asked: argparse.Namespace, kept: KeptParts, t: BatchTexts) -> Outcome:
    if asked.scheduler:
        cluster.check(asked.scheduler)
    columns = Columns(lon=asked.lon, lat=asked.lat, category=asked.category)
    faults: list[str] = []
    radii = [RADIUS_M] if asked.radius is None else asked.radius
    if asked.radius is not None and not {"coverage", "nearest"} & {*asked.measure}:
        faults.append("--radius: expected --measure coverage or nearest with it")
    for radius in radii:
        coverage.check_radius(radius, faults)
    if ("nearest" in asked.measure) != (asked.sites is not None):
        faults.append("--measure nearest and --sites FILE: expected both or none")
    frames.refuse(faults)
    districts = outlines.districts(asked.districts)
    parts, refused = inputs.parts(inputs.files(asked.inputs), columns)
    if refused and not (asked.keep_going and parts):
        raise InputError("\n".join(map(str, refused.values())))
    given = Job(
        parts=parts,
        districts=districts,
        columns=columns,
        measures=frozenset(asked.measure),
        radii_m=tuple(radii),
    )
    if asked.sites is not None:
        given = replace(given, sites=sites.positions(asked.sites, replace(columns, category=None)))
    rows = sum(part.rows for part in given.every_part)
    print(
        t("say.files", files=len(parts), points=f"{rows:,}", districts=len(districts)),
        file=sys.stderr,
    )
    outcome = job.outcome(
        given,
        kept,
        Progress(t, given.points),
        scheduler=asked.scheduler,
        keep_going=asked.keep_going,
    )
    for file, why in {**refused, **outcome.left_out}.items():
        print(t("say.left_out", file=file, why=why), file=sys.stderr)
    return outcome


def _tell(outcome: Outcome, t: BatchTexts) -> None:
    tally = outcome.tally
    if tally.rejected:
        examples = ", ".join(f"({lon:g}, {lat:g})" for lon, lat in tally.examples)
        print(t("say.rejected", n=f"{tally.rejected:,}", examples=examples), file=sys.stderr)
    print(
        f"points {tally.points}, inside {tally.inside}, outside {tally.outside}, "
        f"rejected {tally.rejected}"
    )


def _measures(text: str) -> list[str]:
    asked = text.split(",")
    if not set(asked) <= set(MEASURES):
        raise argparse.ArgumentTypeError(f"{text!r}: expected some of {','.join(MEASURES)}")
    return asked


def _radii(text: str) -> list[float]:
    try:
        return list(dict.fromkeys(float(each) for each in text.split(",")))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: expected metres, as 1000,3000") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo.batch", description=__doc__)
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="Parquet files, folders, patterns, or their addresses in a store that fsspec knows",
    )
    parser.add_argument(
        "--districts", required=True, help="id of a region, china, or a file of polygons"
    )
    parser.add_argument("--out", type=Path, required=True, help="CSV, a row for each district")
    parser.add_argument(
        "--measure",
        type=_measures,
        default=["counts"],
        help=f"some of {','.join(MEASURES)} (counts)",
    )
    parser.add_argument(
        "--radius",
        type=_radii,
        help=f"metres, of the coverage and of nearest ({RADIUS_M:g})",
    )
    parser.add_argument(
        "--sites", help="of nearest: Parquet files as INPUT, or a file of points that GDAL reads"
    )
    parser.add_argument("--lon", default="lon", help="column of longitudes, WGS84 degrees (lon)")
    parser.add_argument("--lat", default="lat", help="column of latitudes (lat)")
    parser.add_argument("--category", help="column whose values get a count each")
    parser.add_argument("--scheduler", help="address of a dask.distributed cluster")
    parser.add_argument(
        "--keep-going", action="store_true", help="leave out files that cannot be read"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the messages")
    return parser


if __name__ == "__main__":
    sys.exit(main())
