"""Whether points lie closer together than chance would have them, and where their middle is.

Positions are metres in a plane (see `geo.geometry.projection.laea`), one row a point; rows without
a position (NaN) are left out. Nearness is that of places: of many points in one place one is taken,
so that a list which repeats itself makes no cluster. Centre, distance and ellipse weigh every
point. What is NaN is so for the reason that `why_empty` gives.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy import spatial

from geo.checks import amounts, frames
from geo.errors import InputError
from geo.measures import random_points
from geo.measures.emptiness import Empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

FEWEST: Final = 3
"""Fewer places or points have neither an index nor an ellipse."""

FEWEST_OF_K: Final = 10
"""Fewer places have no K."""

FLAT: Final = 1e-12
"""Of the longer axis, squared: a shorter one below this is rounding."""


class NearestNeighbour(NamedTuple):
    """The nearest-neighbour index.

    Attributes
    ----------
    ratio
        Below 1 the places are closer together than at random, above 1 further apart.
    z
        Standard errors from 1 away.
    mean
        Metres from a place to the nearest other one.
    """

    ratio: float
    z: float
    mean: float


class Ellipse(NamedTuple):
    """The standard deviational ellipse.

    Attributes
    ----------
    centre
        x and y of the mean centre, metres.
    semi_axes
        The longer and the shorter one, metres.
    angle
        Of the longer axis, degrees from the x axis (east) counterclockwise, 0 to 180.
    """

    centre: tuple[float, float]
    semi_axes: tuple[float, float]
    angle: float


def why_empty(
    xy: ArrayLike, area: float | shapely.Geometry = math.inf, *, fewest: int = FEWEST
) -> Empty | None:
    """Return why the nearest-neighbour index is NaN; None where it is not.

    Parameters
    ----------
    xy, area
        As of `nearest_neighbour`.
    fewest : int, optional
        How many places are needed: `FEWEST_OF_K` for `ripley_k`.

    Examples
    --------
    >>> why_empty([[0, 0], [5, 5]]).value, why_empty([[1, 1]] * 9).value
    ('too_few', 'one_place')
    """
    return _nearness_empty(_places(_points(xy)), _points(xy), area, fewest)


def why_no_ellipse(xy: ArrayLike) -> Empty | None:
    """Return why `ellipse` is empty: too few points, one place, or all on one line."""
    points = _points(xy)
    if len(points) < FEWEST:
        return Empty.TOO_FEW
    shorter, longer = np.linalg.eigvalsh(_scatter(points))
    if longer <= 0 or len(_places(points)) == 1:
        return Empty.ONE_PLACE
    return Empty.ON_ONE_LINE if shorter <= FLAT * longer else None


def nearest_neighbour(xy: ArrayLike, area: float) -> NearestNeighbour:
    """Return the nearest-neighbour index of Clark and Evans, without correction at the edge.

    ``mean / (0.5 sqrt(A / n))`` and ``z = (mean - 0.5 sqrt(A / n)) / (0.26136 / sqrt(n^2 / A))``
    over the n places (Clark and Evans 1954, Ecology 35, pp. 445-453).

    Parameters
    ----------
    xy : array_like of float, shape (m, 2)
        Metres.
    area : float
        Of the region that the places might lie in, m2: its land.

    Returns
    -------
    NearestNeighbour
        All NaN for fewer than 3 places; without an area above 0 only the mean is known.

    Raises
    ------
    InputError
        For positions that are infinite or no pairs of numbers.

    Examples
    --------
    >>> corners = [[0, 0], [0, 100], [100, 0], [100, 100]]
    >>> ratio, z, mean = nearest_neighbour(corners, area=40_000)
    >>> ratio, round(z, 2), mean
    (2.0, 3.83, 100.0)
    """
    points = _points(xy)
    places = _places(points)
    empty = _nearness_empty(places, points, area, FEWEST)
    if empty in {Empty.TOO_FEW, Empty.ONE_PLACE}:
        return NearestNeighbour(math.nan, math.nan, math.nan)
    nearest = np.asarray(spatial.cKDTree(places).query(places, k=[2])[0])
    mean = float(nearest.mean())
    if empty:
        return NearestNeighbour(math.nan, math.nan, mean)
    expected = 0.5 * math.sqrt(area / len(places))
    error = 0.26136 / math.sqrt(len(places) ** 2 / area)
    return NearestNeighbour(mean / expected, (mean - expected) / error, mean)


def mean_centre(xy: ArrayLike) -> tuple[float, float]:
    """Return the mean of x and of y, metres; NaN without a point. Errors as `ellipse`.

    Examples
    --------
    >>> mean_centre([[0, 0], [2, 4]])
    (1.0, 2.0)
    """
    points = _points(xy)
    x, y = points.mean(axis=0) if len(points) else (math.nan, math.nan)
    return float(x), float(y)


def standard_distance(xy: ArrayLike) -> float:
    """Return the standard distance in metres, NaN for fewer than 3 points. Errors as `ellipse`.

    ``sqrt(sum((x - mx)^2 + (y - my)^2) / n)`` (Bachi 1963, Papers of the Regional Science
    Association 10, pp. 83-132).

    Examples
    --------
    >>> standard_distance([[0, 0], [6, 0], [0, 8], [6, 8]])
    5.0
    """
    points = _points(xy)
    return math.sqrt(np.trace(_scatter(points)) / len(points)) if len(points) >= 3 else math.nan


def ellipse(xy: ArrayLike) -> Ellipse:
    """Return the standard deviational ellipse of points.

    The semi-axes are ``sqrt(2 l / (n - 2))`` with l the eigenvalues of the sums of squares round
    the mean centre (Yuill 1971, Geografiska Annaler 53 B, pp. 28-39, with the corrections of
    CrimeStat, Levine 2015, ch. 4, as pointpats has it).

    Parameters
    ----------
    xy : array_like of float, shape (n, 2)
        Metres.

    Returns
    -------
    Ellipse
        The centre alone for fewer than 3 points, and those in one place or on one line.

    Raises
    ------
    InputError
        For positions that are infinite or no pairs of numbers.

    Examples
    --------
    >>> ellipse([[0, 0], [8, 0], [0, 6], [8, 6]])
    Ellipse(centre=(4.0, 3.0), semi_axes=(8.0, 6.0), angle=0.0)
    """
    points = _points(xy)
    centre = mean_centre(points)
    if why_no_ellipse(points):
        return Ellipse(centre, (math.nan, math.nan), math.nan)
    squares, axes = np.linalg.eigh(_scatter(points))
    shorter, longer = np.sqrt(2 * squares / (len(points) - 2)).tolist()
    east, north = axes[:, 1]  # those of the longer axis
    return Ellipse(centre, (longer, shorter), math.degrees(math.atan2(north, east)) % 180)


def ripley_k(
    xy: ArrayLike,
    radii: Sequence[float],
    area: float | shapely.Geometry,
    *,
    simulations: int = 199,
    level: float = 0.95,
    seed: int = random_points.SEED,
) -> pd.DataFrame:
    """Return Ripley's K and L of places, against those of places at random.

    ``K(r) = A sum(d_ij <= r) / n^2`` over ordered pairs i != j of the n places (Ripley 1976, J.
    Applied Probability 13, pp. 255-266), without correction at the edge, and ``L(r) =
    sqrt(K / pi) - r`` (Besag 1977). With an outline as area, as many places are drawn in
    it at random time and again; what is lost at its edge is so in both, and they compare. The
    largest distance of L from the mean over all radii is the test's figure (Baddeley et al.
    2014, Ecological Monographs 84, pp. 477-489), so that many radii find no more than one does.

    Parameters
    ----------
    xy : array_like of float, shape (m, 2)
        Metres.
    radii : sequence of float, length k
        Metres.
    area : float or polygon
        Of the region, m2; or its outline in the plane of `xy`.
    simulations : int, optional
        How often places are drawn.
    level : float, optional
        Share of the draws within the envelope, at each radius.
    seed : int, optional
        Of the draws.

    Returns
    -------
    DataFrame, k rows, on an index ``radius_m``
        ``k`` (m2), ``l``, ``low`` and ``high`` (m, limits of L at random). The latter are NaN
        without an outline, everything for fewer than 10 places. ``attrs`` has ``places``,
        ``simulations``, ``seed`` and ``p``, how often places at random are as far from the mean
        (NaN likewise).

    Raises
    ------
    InputError
        For radii that are no finite distances above 0, fewer than one simulation, an impossible
        level, and positions as `nearest_neighbour`; all faults at once.

    Examples
    --------
    >>> close = np.random.default_rng(1).normal(5_000, 400, size=(30, 2))
    >>> k = ripley_k(close, [500, 1_000], shapely.box(0, 0, 10_000, 10_000))
    >>> (k["l"] > k["high"]).to_list(), k.attrs["p"]
    ([True, True], 0.005)
    """
    faults: list[str] = []
    amounts.check_radii(radii, faults, name="radii")
    if not amounts.within(simulations, least=1, most=math.inf):
        faults.append(f"simulations: found {simulations!r}, expected one or more")
    if not amounts.within(level, least=0, most=1):
        faults.append(f"level: found {level!r}, expected a share from 0 to 1")
    frames.refuse(faults)
    points = _points(xy)
    places, at = _places(points), np.asarray(radii, dtype=np.float64)
    columns = dict.fromkeys(("k", "l", "low", "high"), np.full(len(at), np.nan))
    p = math.nan
    if _nearness_empty(places, points, area, FEWEST_OF_K) is None:
        outline = area if isinstance(area, shapely.Geometry) else None
        metres2 = shapely.area(outline) if outline is not None else float(area)  # type: ignore[arg-type]
        columns["k"] = _k(places[None], at, metres2)[0]
        columns["l"] = _l(columns["k"], at)
        if outline is not None:
            drawn = random_points.within(outline, (simulations, len(places)), seed=seed)
            of_drawn = _l(_k(drawn, at, metres2), at)
            columns["low"], columns["high"] = np.quantile(
                of_drawn, [(1 - level) / 2, (1 + level) / 2], axis=0
            )
            p = _p(np.vstack([columns["l"], of_drawn]))
    frame = pd.DataFrame(columns, index=pd.Index(at, name="radius_m"))
    frame.attrs = {"places": len(places), "simulations": simulations, "seed": seed, "p": p}
    return frame


def _nearness_empty(
    places: Floats, points: Floats, area: float | shapely.Geometry, fewest: int
) -> Empty | None:
    if len(places) < fewest:
        return Empty.ONE_PLACE if len(places) == 1 < len(points) else Empty.TOO_FEW
    metres2 = shapely.area(area) if isinstance(area, shapely.Geometry) else area
    return None if metres2 > 0 else Empty.NO_AREA


def _k(sets: Floats, radii: Floats, area: float) -> Floats:
    """Return K of sets of places, shape (k, n, 2), at each radius."""
    # Numba takes half a second to load: whoever needs no pairs does without.
    from geo.measures import point_pairs  # noqa: PLC0415

    ascending, at = np.unique(radii, return_inverse=True)
    pairs = 2 * point_pairs.counts(sets, ascending)[:, at]
    return np.asarray(pairs * area / sets.shape[1] ** 2, dtype=np.float64)


def _l(k: Floats, radii: Floats) -> Floats:
    return np.asarray(np.sqrt(k / math.pi) - radii)


def _p(rows: Floats) -> float:
    """Return the share of rows as far from the mean of all as the first, which is one of them."""
    far = np.abs(rows - rows.mean(axis=0)).max(axis=1)
    return float((far >= far[0]).mean())


def _scatter(points: Floats) -> Floats:
    """Return the sums of squares and products round the mean centre."""
    off = points - points.mean(axis=0)
    return np.asarray(off.T @ off)


def _places(points: Floats) -> Floats:
    return np.unique(points, axis=0)


def _points(xy: ArrayLike) -> Floats:
    """Return positions without the missing ones, in an order that does not depend on the rows'."""
    try:
        points = np.asarray(xy, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"xy: found {error}, expected pairs of metres") from error
    if points.size == 0:
        return np.empty((0, 2))
    if points.ndim != 2 or points.shape[1] != 2:
        raise InputError(f"xy: found an array of shape {points.shape}, expected (n, 2)")
    if np.isinf(points).any():
        raise InputError("xy: found an infinite position, expected metres")
    points = points[~np.isnan(points).any(axis=1)]
    return points[np.lexsort(points.T)]
