"""The sites to which a run measures distances: all of them go to each worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.batch import inputs, outlines
from geo.checks import frames
from geo.errors import InputError
from geo.measures import point_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.measures.point_files import Columns


def positions(name: str, columns: Columns) -> NDArray[np.float64]:
    """Return the places of sites, each once.

    Parameters
    ----------
    name
        Of Parquet files, as those of the points are named; or of a file of points that GDAL reads.
    columns
        Of the former.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees, WGS84, in ascending order.

    Raises
    ------
    InputError
        For a file that cannot be read, and where no site has a position.
    """
    path = Path(name)
    shapes = path.is_file() and path.suffix != inputs.ENDING
    degrees = _of_shapes(path) if shapes else _of_columns(name, columns)
    known = degrees[(np.abs(degrees) <= (180.0, 90.0)).all(axis=1)]
    if not len(known):
        raise InputError(f"--sites {name}: found no position, expected one or more")
    return np.unique(known, axis=0)


def _of_shapes(path: Path) -> NDArray[np.float64]:
    faults: list[str] = []
    degrees = frames.locations(outlines.read(path), faults)
    if faults:
        raise InputError("\n".join(f"--sites {path}: {fault}" for fault in faults))
    return degrees


def _of_columns(name: str, columns: Columns) -> NDArray[np.float64]:
    held = [np.empty((0, 2))]
    for file in inputs.files([name]):
        held += [np.column_stack([lon, lat]) for lon, lat, _ in point_files.parts(file, columns)]
    return np.concatenate(held)
