"""Count the residents within a radius of a region's sites, over population that somebody brings.

``python -m geo.measures shanghai worldpop.tif --out reached.csv``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.errors import ChuangtuError, InputError
from geo.facts import boundaries, catalog
from geo.measures import residents
from geo.settings import RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITTEN, REFUSED = 0, 2
"""Exit statuses."""

FIRST_ROW: Final = 2
"""Of a CSV below its headings, as spreadsheets count."""

RASTERS: Final = (".tif", ".tiff")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, write a row for each district, and say how many residents there are.

    Parameters
    ----------
    arguments
        Of the command line.

    Returns
    -------
    int
        0 where figures were written, 2 where not.
    """
    asked = _parser().parse_args(arguments)
    try:
        districts = boundaries.districts(asked.region)
        table = residents.reached(
            catalog.sites(asked.region, scope=catalog.WIDE if asked.wide else catalog.CORE),
            districts,
            _population(asked.population, districts),
            radius_m=asked.radius,
        )
        table.to_csv(asked.out)
    except (ChuangtuError, OSError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except ModuleNotFoundError as error:
        print(f"{error}: see pip install '.[raster]'", file=sys.stderr)
        return REFUSED
    known = table.dropna(subset=["residents", "reached"])
    total, near = (known[each].sum() for each in ("residents", "reached"))
    print(f"residents {total:.0f}, within {asked.radius:g} m {near:.0f}, {table['basis'].iloc[0]}")
    return WRITTEN


def _population(path: Path | None, districts: pd.DataFrame) -> pd.Series | residents.People | Path:
    if path is None:
        return districts["population"]
    if path.suffix.lower() in RASTERS:
        return path
    try:
        points = pd.read_csv(path, skip_blank_lines=False).dropna(how="all")
    except ValueError as error:
        raise InputError(f"{path}: no CSV that can be read ({error})") from error
    if missing := [each for each in residents.People._fields if each not in points]:
        raise InputError(f"{path}: no column {', '.join(missing)}; expected lon, lat, residents")
    points.index += FIRST_ROW
    return residents.People(*(points[each] for each in residents.People._fields))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo.measures", description=__doc__)
    parser.add_argument("region", help="id of a region, whose sites of the catalogue count")
    parser.add_argument(
        "population",
        nargs="?",
        type=Path,
        help="GeoTIFF of people a cell (WorldPop's), or CSV with lon, lat (WGS84), residents; "
        "without it those of each district, as if they were spread evenly",
    )
    parser.add_argument("--out", type=Path, required=True, help="CSV, a row for each district")
    parser.add_argument("--radius", type=float, default=RADIUS_M, help=f"metres ({RADIUS_M:g})")
    parser.add_argument(
        "--wide", action="store_true", help="technology and start-up parks count as well"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
