"""Outlines of areas that somebody brings, mended where they cross themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.intake.readers import jobs

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mended(file: str, areas: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return areas with those that cross themselves mended, by the even-odd rule.

    Some hundred corners can cross so often that it takes hours: it is done in a process of its
    own, with limits.

    Parameters
    ----------
    file
        Name of the file, for messages.
    areas : ndarray of shapely geometries, shape (n,)
        Polygons or multipolygons in degrees, none missing or empty.

    Returns
    -------
    ndarray of shapely geometries, shape (n,)
        Valid polygons or multipolygons, empty where no area is enclosed.

    Raises
    ------
    RefusedFileError
        Where it takes too much memory or time.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    >>> mended("areas.gpkg", np.array([bow_tie]))[0].geom_type
    'MultiPolygon'
    """
    broken = np.flatnonzero(~shapely.is_valid(areas))
    if not len(broken):
        return areas
    collected = bytes(shapely.to_wkb(shapely.geometrycollections(areas[broken])))
    _, wkb = jobs.run("mended", file=file, content=collected)
    sound = areas.copy()
    sound[broken] = shapely.get_parts(shapely.from_wkb(bytes(wkb)))
    return sound
