"""Many sites: counted in cells of the map, drawn one by one where few are in view.

The one rule: up to `MOST_DRAWN` sites of a region are drawn by the page itself. Of more, the map
asks what lies in its view. At most `MOST_IN_VIEW` there are drawn one by one, as ever. Otherwise
each cell bears its number; those with fewer than `FEW` show their sites instead.
"""

from __future__ import annotations

from os.path import commonprefix
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

OWN: Final = ("i", "n")
"""Properties that are another for nearly every site: id and name."""


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


def packed(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write features of `symbols.site_collection` as short as can be.

    Returns
    -------
    dict
        ``x`` and ``y`` longitude and latitude in `UNIT`, each as its difference from the one
        before; for each property of `OWN` how all of its texts begin, then what each has behind
        that; ``looks`` every combination of the other properties, ``look`` the number of each
        feature's own.
    """
    at = np.array([each["geometry"]["coordinates"] for each in features]).reshape(-1, 2)
    x, y = np.diff(np.rint(at / UNIT).astype(np.int64), axis=0, prepend=0).T.tolist()
    rows = [each["properties"] for each in features]
    looks: dict[tuple[tuple[str, Any], ...], int] = {}
    kept = [tuple(pair for pair in row.items() if pair[0] not in OWN) for row in rows]
    look = [looks.setdefault(each, len(looks)) for each in kept]
    texts = {name: _shortened([row[name] for row in rows]) for name in OWN}
    return {"x": x, "y": y, "look": look, "looks": [*map(dict, looks)], **texts}


def _shortened(texts: list[str]) -> tuple[str, list[str]]:
    begin = commonprefix(texts)  # noqa: RUF071 - of characters
    return begin, [each[len(begin) :] for each in texts]
