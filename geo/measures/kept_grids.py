"""Grids that are kept: in the process for those asked last, on disk for large boundaries.

The name of a file and what stands in it are the digest of the edges that its grid was made of: a
grid of other boundaries, or of another version, is never taken for it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geo import memory, settings
from geo.measures import point_grid
from geo.measures.point_grid import PointGrid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.measures.point_grid import Edges

VERTICES: Final = 8_000_000
"""Of the boundaries whose grids are in the process; that of China, of 2.5 million, takes 120 MB."""

LARGE: Final = 200_000
"""Edges from which on a grid is kept on disk: smaller ones are made faster than they are read."""

FILES: Final = 8
"""Files that are kept; of more the oldest go."""


@memory.by_geometries(VERTICES)
def of(polygons: NDArray[np.object_]) -> PointGrid:
    """Return the grid of polygons, see `geo.measures.point_grid.grid`.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (m,)
        In WGS84 degrees; valid.
    """
    edges = point_grid.edges_of(polygons)
    if len(edges.ends) < LARGE:
        return point_grid.grid(edges)
    digest = edges.digest
    file = settings.current().grids / f"{digest}.npz"
    grid = read(file, edges, digest)
    if grid is None:
        grid = point_grid.grid(edges)
        write(file, grid, digest)
    return grid


def read(file: Path, edges: Edges, digest: str) -> PointGrid | None:
    """Return the grid that a file keeps; None where there is none, or it is of other edges."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            if str(kept["digest"]) != digest:
                return None
            held = {name: kept[name] for name in PointGrid._fields if name != "edges"}
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        return None
    plain = {
        name: held.pop(name).item()
        for name in ("west", "south", "width", "height", "columns", "rows")
    }
    return PointGrid(**plain, **held, edges=edges.ends)


def write(file: Path, grid: PointGrid, digest: str) -> None:
    """Keep a grid; where nothing can be written it is made anew the next time."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        held = {name: value for name, value in grid._asdict().items() if name != "edges"}
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            part = Path(folder) / file.name
            np.savez(part, digest=digest, **held)
            part.replace(file)
        by_age = sorted(file.parent.glob("*.npz"), key=os.path.getmtime)
        for old in by_age[:-FILES]:
            old.unlink(missing_ok=True)
