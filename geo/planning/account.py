"""What new sites change: whom they reach, whom each of them adds, and what was reached before."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.checks import frames
from geo.geometry import projection
from geo.measures import concentration, containment, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from numpy.typing import NDArray

    from geo.planning.ground import Ground
    from geo.planning.travel import Travel

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

SERVED: Final = 0.01
"""Share of a district's residents from which on it is served."""

MIDDLE: Final = 0.25
"""Of the side of a square as large as a district: nearer to its middle a place is in its middle."""

PARTS: Final = ("e", "ne", "n", "nw", "w", "sw", "s", "se")
"""Of a district, by the bearing from its middle, counted from the east on."""


class Totals(NamedTuple):
    """Figures of a region, today and with new sites.

    Attributes
    ----------
    residents
        Who live there, as far as is known.
    before, after
        Of them within the radius of a site.
    km2_before, km2_after
        Area within it.
    mean_m_before, mean_m_after
        From a resident to the nearest site, on average; NaN where some have none.
    farthest_m_before, farthest_m_after
        From the square with residents that is farthest; NaN likewise.
    gini_before, gini_after
        Of the districts' shares of residents within the radius; NaN where nobody is.
    """

    residents: float
    before: float
    after: float
    km2_before: float
    km2_after: float
    mean_m_before: float
    mean_m_after: float
    farthest_m_before: float
    farthest_m_after: float
    gini_before: float
    gini_after: float


class Account(NamedTuple):
    """What new sites change, see `geo.planning.proposal.Proposal`.

    Attributes
    ----------
    places, districts, totals
        As there.
    """

    places: gpd.GeoDataFrame
    districts: pd.DataFrame
    totals: Totals


class Start(NamedTuple):
    """A region before new sites come: all that does not hang on where they are put.

    Attributes
    ----------
    here : Ground
        Residents by square.
    polygons : ndarray of shapely geometries, shape (m,)
        The districts, degrees, WGS84.
    now : ndarray of float64, shape (k, 2)
        Today's sites, degrees, WGS84.
    metres : ndarray of float64, shape (n,)
        From each square to the nearest of them.
    radius_m : float
        Within which a site reaches a square.
    travel : Travel
        How residents get to sites.
    """

    here: Ground
    polygons: NDArray[np.object_]
    now: Floats
    metres: Floats
    radius_m: float
    travel: Travel


class Disc(NamedTuple):
    """What one new site is for itself, whatever others there are.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84.
    squares
        Rows of the squares within the radius, ascending.
    district
        Row of the district that it is in, or -1.
    part
        Of it, as `Proposal.places` has it; empty outside.
    nearest, nearest_m
        Row of the nearest of today's sites and how far it is; -1 and NaN without any.
    """

    lon: float
    lat: float
    squares: Rows
    district: int
    part: str
    nearest: int
    nearest_m: float


class _Reach(NamedTuple):
    """Squares that each new site reaches, in the order of what they add.

    Attributes
    ----------
    order
        New sites, from the one that adds most on.
    added
        Of each in that order: squares that nothing before it reaches.
    overlap
        Share (0-1) of the area in reach that something before it reaches.
    """

    order: list[int]
    added: list[Rows]
    overlap: list[float]


def account(
    here: Ground,
    districts: gpd.GeoDataFrame,
    now: Floats,
    new: Floats,
    *,
    radius_m: float,
    travel: Travel,
    idle: bool = True,
) -> Account:
    """Return what new sites change.

    Parameters
    ----------
    here : Ground
        Residents by square.
    districts : GeoDataFrame, m rows
        Polygons in any CRS; `here` is made of them.
    now, new : ndarray of float64, shapes (k, 2) and (n, 2)
        Today's sites and the new ones, degrees, WGS84.
    radius_m : float
        Metres.
    travel : Travel
        How residents get to sites.
    idle : bool
        Whether new sites count that add nobody.
    """
    first = start(here, districts, now, radius_m=radius_m, travel=travel)
    near = travel.costs(new, here.lonlat, most_m=radius_m)
    squares = [
        np.sort(near.indices[begin:end]).astype(np.intp)
        for begin, end in zip(near.indptr, near.indptr[1:], strict=False)
    ]

    def metres(kept: Sequence[Disc]) -> Floats:
        return travel.nearest_m(here.lonlat, _positions(kept), most_m=radius_m)

    return account_of(first, discs(first, new, squares), metres, idle=idle)[0]


def start(
    here: Ground, districts: gpd.GeoDataFrame, now: Floats, *, radius_m: float, travel: Travel
) -> Start:
    """Return a region before new sites come; parameters as of `account`."""
    return Start(
        here=here,
        polygons=frames.polygons(districts, []),
        now=now,
        metres=travel.nearest_m(here.lonlat, now, most_m=radius_m),
        radius_m=radius_m,
        travel=travel,
    )


def discs(given: Start, new: Floats, squares: Sequence[Rows]) -> list[Disc]:
    """Return what each new site is for itself.

    Parameters
    ----------
    given : Start
        The region.
    new : ndarray of float64, shape (n, 2)
        The new sites, degrees, WGS84.
    squares : sequence of ndarray of int, length n
        Rows of the squares that each reaches, ascending.
    """
    rows = containment.rows(new[:, 0], new[:, 1], given.polygons, given.here.labels)
    near, near_m = np.full(len(new), -1), np.full(len(new), np.nan)
    if len(given.now) and len(new):
        sites, metres = nearest.distances(new, given.now)
        near, near_m = sites[:, 0], metres[:, 0]
    return [
        Disc(
            lon=float(at[0]),
            lat=float(at[1]),
            squares=own,
            district=int(row),
            part="" if row < 0 else _part(given.polygons[row], at),
            nearest=int(site),
            nearest_m=float(far),
        )
        for at, own, row, site, far in zip(new, squares, rows, near, near_m, strict=True)
    ]


def account_of(
    given: Start,
    discs: Sequence[Disc],
    metres: Callable[[Sequence[Disc]], Floats],
    *,
    idle: bool = True,
) -> tuple[Account, list[int]]:
    """Return what new sites change, and their rows from the one that adds most on.

    Parameters
    ----------
    given : Start
        The region.
    discs : sequence of Disc, length n
        The new sites.
    metres : callable
        Takes some of them and returns how far each square is from the nearest; infinite, or more
        than the radius, where it is out of reach.
    idle : bool
        Whether new sites count that add nobody.
    """
    here = given.here
    before = given.metres <= given.radius_m
    reach = _reach(here, [each.squares for each in discs], before, idle=idle)
    kept = [discs[row] for row in reach.order]
    after_m = np.minimum(given.metres, metres(kept))
    after = before.copy()
    for squares in reach.added:
        after[squares] = True
    table = _districts(here, before, after)
    gini_before, gini_after = (
        concentration.gini(table[f"share_{when}"].to_numpy()) for when in ("before", "after")
    )
    totals = Totals(
        residents=float(here.residents.sum()),
        before=float(here.residents[before].sum()),
        after=float(here.residents[after].sum()),
        km2_before=float(here.km2[before].sum()),
        km2_after=float(here.km2[after].sum()),
        mean_m_before=_mean(here, given.metres),
        mean_m_after=_mean(here, after_m),
        farthest_m_before=_farthest(here, given.metres),
        farthest_m_after=_farthest(here, after_m),
        gini_before=gini_before,
        gini_after=gini_after,
    )
    return Account(_places(here, kept, reach), table, totals), reach.order


def _positions(discs: Sequence[Disc]) -> Floats:
    return np.array([(each.lon, each.lat) for each in discs], dtype=np.float64).reshape(-1, 2)


def _reach(here: Ground, near: Sequence[Rows], before: Mask, *, idle: bool) -> _Reach:
    """Return what each new site adds: first the one that adds most, then the next beyond it."""
    reached = before.copy()
    order: list[int] = []
    added: list[Rows] = []
    overlap: list[float] = []
    # What a site adds only ever shrinks: one that still leads when counted anew adds most.
    queue = [(-np.inf, row) for row in range(len(near))]
    counted = dict.fromkeys(range(len(near)), -1)
    while queue:
        more, row = heapq.heappop(queue)
        fresh = near[row][~reached[near[row]]]
        if counted[row] < len(order):
            counted[row] = len(order)
            heapq.heappush(queue, (-float(here.residents[fresh].sum()), row))
            continue
        if not (idle or more):
            break
        order.append(row)
        added.append(fresh)
        whole = here.km2[near[row]].sum()
        overlap.append(1 - here.km2[fresh].sum() / whole if whole else 0.0)
        reached[fresh] = True
    return _Reach(order, added, overlap)


def _districts(here: Ground, before: Mask, after: Mask) -> pd.DataFrame:
    unknown = here.labels.isin(here.unknown)
    total, now, then = (
        np.where(unknown, np.nan, here.by_district(here.residents * each))
        for each in (np.ones(len(before)), before, after)
    )
    share_before, share_after = (
        np.divide(each, total, out=np.full(len(total), np.nan), where=total > 0)
        for each in (now, then)
    )
    km2, km2_before, km2_after = (
        here.by_district(here.km2 * each) for each in (np.ones(len(before)), before, after)
    )
    return pd.DataFrame(
        {
            "residents": total,
            "before": now,
            "after": then,
            "share_before": share_before,
            "share_after": share_after,
            "km2": km2,
            "km2_before": km2_before,
            "km2_after": km2_after,
            "newly": (share_before == 0) & (share_after >= SERVED),
        },
        index=here.labels,
    )


def _places(here: Ground, discs: Sequence[Disc], reach: _Reach) -> gpd.GeoDataFrame:
    table = pd.DataFrame(
        {
            "district": here.labels[[each.district for each in discs]],
            "part": [each.part for each in discs],
            "residents": [float(here.residents[each].sum()) for each in reach.added],
            "km2": [float(here.km2[each].sum()) for each in reach.added],
            "overlap": reach.overlap,
            "by_district": [_by_district(here, each) for each in reach.added],
            "nearest": [each.nearest for each in discs],
            "nearest_m": [each.nearest_m for each in discs],
            "lon": [each.lon for each in discs],
            "lat": [each.lat for each in discs],
        },
        index=pd.RangeIndex(1, len(discs) + 1, name="number"),
    )
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=frames.WGS84)
    return gpd.GeoDataFrame(table, geometry=points)


def _by_district(here: Ground, added: Rows) -> tuple[tuple[Hashable, float], ...]:
    """Return whom squares hold by district, most first; without those where nobody is added."""
    people = np.bincount(here.district[added], weights=here.residents[added])
    most = np.argsort(-people, kind="stable")
    return tuple((here.labels[row], float(people[row])) for row in most if people[row] > 0)


def _part(polygon: object, at: Floats) -> str:
    """Return the part of a district that a position lies in: of `PARTS`, or ``middle``."""
    flat = projection.project(np.array([polygon], dtype=object), [projection.laea(*at)])[0]
    east, north = -flat.centroid.x, -flat.centroid.y
    if np.hypot(east, north) < MIDDLE * np.sqrt(flat.area):
        return "middle"
    return PARTS[round(np.arctan2(north, east) / (np.pi / 4)) % len(PARTS)]


def _mean(here: Ground, metres: Floats) -> float:
    some = here.residents > 0
    mean = float(np.average(metres[some], weights=here.residents[some])) if some.any() else np.nan
    return mean if np.isfinite(mean) else np.nan


def _farthest(here: Ground, metres: Floats) -> float:
    most = float(metres[here.residents > 0].max(initial=0.0))
    return most if np.isfinite(most) else np.nan
