"""Many sites: counted in cells of the map, drawn one by one where few are in view.

The one rule: up to `MOST_DRAWN` sites of a region are drawn by the page itself. Of more, the map
asks what lies in its view. At most `MOST_IN_VIEW` there are drawn one by one, as ever. Otherwise
each cell bears its number; those with fewer than `FEW` show their sites instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from layers import palette

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.measures.cells import Counts

UNIT: Final = 1e-5
"""Of coordinates, degrees: about 1 m."""

MOST_DRAWN: Final = 20_000
MOST_IN_VIEW: Final = 1_500
FEW: Final = 10


def many(n: int) -> bool:
    """Whether so many sites are counted in cells rather than drawn by the page."""
    return n > MOST_DRAWN


def one_by_one(found: Counts) -> NDArray[np.bool_]:
    """Return the cells of a view whose sites are drawn one by one."""
    if found.n.sum() <= MOST_IN_VIEW:
        return np.ones(len(found.n), dtype=bool)
    few = found.n < FEW
    return few if found.n[few].sum() <= MOST_IN_VIEW else np.zeros(len(few), dtype=bool)


def ramp(limits: Sequence[int]) -> tuple[str, ...]:
    """Return the colour token of each class of counts, of which there is one more than limits."""
    return palette.amounts(len(limits) + 1)[1:]


def payload(found: Counts, limits: Sequence[int]) -> dict[str, Any]:
    """Write the cells that bear a number for the map.

    Parameters
    ----------
    found
        The cells.
    limits
        Where the classes of their counts begin, but for the lowest.

    Returns
    -------
    dict
        ``zoom``; ``x``, ``y``, ``n`` and the class ``k`` of each; the colour tokens of the classes.
    """
    classes = np.searchsorted(np.asarray(limits, dtype=np.int64), found.n, side="right")
    return {
        "zoom": found.zoom,
        "x": found.x.tolist(),
        "y": found.y.tolist(),
        "n": found.n.tolist(),
        "k": classes.tolist(),
        "ramp": list(ramp(limits)),
    }


def packed(features: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Write features of `symbols.site_collection` as short as can be.

    Returns
    -------
    dict
        A list for each property that any has, empty where one has it not; ``x`` and ``y`` longitude
        and latitude in `UNIT`, each as its difference from the one before.
    """
    if not features:
        return {"x": [], "y": []}
    rows = [feature["properties"] for feature in features]
    names = dict.fromkeys(name for row in rows for name in row)
    at = np.array([feature["geometry"]["coordinates"] for feature in features])
    x, y = np.diff(np.rint(at / UNIT).astype(np.int64), axis=0, prepend=0).T
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return columns | {"x": x.tolist(), "y": y.tolist()}
