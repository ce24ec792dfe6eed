"""Whether more places lie near each other than chance would have it, within districts and at all.

Pairs of places within a distance are counted, and counted again where as many places are drawn at
random: in the polygon of the district that each lies in, which tells clusters in districts from
districts that have more; and anywhere in the region, which does not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.checks import amounts, frames
from geo.measures import containment, random_points, region_plane, site_places
from geo.measures.emptiness import Empty
from geo.measures.point_pattern import FEWEST_OF_K

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.measures.site_places import Basis

LEVEL: Final = 0.95
"""Share of the draws within an envelope."""


class AtRandom(NamedTuple):
    """Pairs of places at random.

    Attributes
    ----------
    mean, low, high
        Of all draws, and the limits of 95 % of them.
    p
        Share of the draws, the observed one among them, with as many pairs as observed or more.
    """

    mean: float
    low: float
    high: float
    p: float


class PairTest(NamedTuple):
    """Pairs of places within a distance.

    Attributes
    ----------
    pairs
        How many there are.
    in_districts
        At random, each place in the polygon of its district.
    in_region
        At random anywhere in the region.
    places
        How many places there are in the region.
    outside
        Sites at places beyond all districts, left out.
    basis
        What the test rests on.
    empty
        Why nothing is known at random: fewer than 10 places; None where it is.
    """

    pairs: int
    in_districts: AtRandom
    in_region: AtRandom
    places: int
    outside: int
    basis: Basis
    empty: Empty | None


UNKNOWN: Final = AtRandom(math.nan, math.nan, math.nan, math.nan)


def pair_test(
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    distance_m: float = 1000,
    simulations: int = 199,
    seed: int = random_points.SEED,
) -> PairTest:
    """Return how many pairs of places lie within a distance, and how many chance would make.

    The pairs of one distance are those of Ripley's K (see `point_pattern.ripley_k`); p is that of
    a Monte Carlo test (Besag and Diggle 1977, Applied Statistics 26, pp. 327-333).

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated, with a column ``precision``; known to
        3 km or worse they are left out, and many in one place are one place.
    districts : GeoDataFrame, m rows
        Polygons in any CRS that together are the region, water included.
    distance_m : float, optional
        Metres.
    simulations, seed : int, optional
        How often places are drawn, and by which numbers.

    Raises
    ------
    InputError
        For no distance above 0, no simulation, and sites and districts as
        `geo.measures.coverage.coverage` does; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> at = np.random.default_rng(1).uniform(0.4, 0.5, (20, 2))
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building"}, geometry=shapely.points(121 + at[:, 0], 31 + at[:, 1]),
    ...     index=range(20), crs="EPSG:4326",
    ... )
    >>> box = gpd.GeoDataFrame(geometry=[shapely.box(121, 31, 122, 32)], crs="EPSG:4326")
    >>> found = pair_test(sites, box, distance_m=2000)
    >>> found.pairs, round(found.in_region.mean, 1), found.in_districts.p
    (17, 0.2, 0.005)
    """
    faults: list[str] = []
    amounts.check_radii([distance_m], faults, name="distance_m")
    if not amounts.within(simulations, least=1, most=math.inf):
        faults.append(f"simulations: found {simulations!r}, expected one or more")
    polygons = frames.polygons(districts, faults)
    places = site_places.of_sites(sites, faults)
    lon, lat = places.lonlat.T
    held = containment.rows(lon, lat, polygons, districts.index)
    inside = held != containment.NOWHERE
    ground = region_plane.of(polygons)
    xy = np.column_stack(ground.plane.transform(lon[inside], lat[inside]))
    used = places.of[places.of != site_places.NONE]
    outside = int((~inside)[used].sum())
    basis = places.basis._replace(used=places.basis.used - outside)
    one_place = len(xy) == 1 < basis.used
    few = Empty.ONE_PLACE if one_place else Empty.TOO_FEW
    empty = few if len(xy) < FEWEST_OF_K else None
    pairs = _pairs(xy[None], distance_m)[0]
    in_districts = in_region = UNKNOWN
    if empty is None:
        counts = np.bincount(held[inside], minlength=len(polygons))
        drawn = random_points.within_each(ground.districts, counts, simulations, seed=seed)
        in_districts = _at_random(pairs, _pairs(drawn, distance_m))
        drawn = random_points.within(ground.whole, (simulations, len(xy)), seed=seed)
        in_region = _at_random(pairs, _pairs(drawn, distance_m))
    return PairTest(int(pairs), in_districts, in_region, len(xy), outside, basis, empty)


def _pairs(sets: NDArray[np.float64], distance_m: float) -> NDArray[np.int64]:
    # Numba takes half a second to load: whoever needs no pairs does without.
    from geo.measures import point_pairs  # noqa: PLC0415

    return point_pairs.counts(sets, np.array([distance_m], dtype=np.float64))[:, 0]


def _at_random(pairs: np.int64, drawn: NDArray[np.int64]) -> AtRandom:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    p = ((drawn >= pairs).sum() + 1) / (len(drawn) + 1)
    return AtRandom(float(drawn.mean()), low, high, float(p))
