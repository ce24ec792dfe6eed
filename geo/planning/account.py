"""What new sites change: whom they reach, whom each of them adds, and what was reached before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.checks import frames
from geo.geometry import projection
from geo.measures import concentration, containment, nearest

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray
    from scipy import sparse

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
    before_m = travel.nearest_m(here.lonlat, now, most_m=radius_m)
    before = before_m <= radius_m
    reach = _reach(here, travel.costs(new, here.lonlat, most_m=radius_m), before, idle=idle)
    new = new[reach.order]
    after_m = np.minimum(before_m, travel.nearest_m(here.lonlat, new, most_m=radius_m))
    after = after_m <= radius_m
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
        mean_m_before=_mean(here, before_m),
        mean_m_after=_mean(here, after_m),
        farthest_m_before=_farthest(here, before_m),
        farthest_m_after=_farthest(here, after_m),
        gini_before=gini_before,
        gini_after=gini_after,
    )
    return Account(_places(here, districts, now, new, reach), table, totals)


def _reach(here: Ground, near: sparse.csr_array, before: Mask, *, idle: bool) -> _Reach:
    """Return what each new site adds: first the one that adds most, then the next beyond it."""
    reached, left = before.copy(), list(range(near.shape[0]))
    order, added, overlap = [], [], []
    while left:
        cells = {row: near.indices[near.indptr[row] : near.indptr[row + 1]] for row in left}
        fresh = {row: own[~reached[own]] for row, own in cells.items()}
        best = max(left, key=lambda row: (here.residents[fresh[row]].sum(), -row))
        if not (idle or here.residents[fresh[best]].any()):
            break
        left.remove(best)
        order.append(best)
        added.append(np.sort(fresh[best]).astype(np.intp))
        whole = here.km2[cells[best]].sum()
        overlap.append(1 - here.km2[fresh[best]].sum() / whole if whole else 0.0)
        reached[fresh[best]] = True
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


def _places(
    here: Ground, districts: gpd.GeoDataFrame, now: Floats, new: Floats, reach: _Reach
) -> gpd.GeoDataFrame:
    polygons = frames.polygons(districts, [])
    rows = containment.rows(new[:, 0], new[:, 1], polygons, districts.index)
    site, metres = nearest.distances(new, now) if len(now) and len(new) else (None, None)
    table = pd.DataFrame(
        {
            "district": here.labels[rows],
            "part": [_part(polygons[row], at) for row, at in zip(rows, new, strict=True)],
            "residents": [float(here.residents[each].sum()) for each in reach.added],
            "km2": [float(here.km2[each].sum()) for each in reach.added],
            "overlap": reach.overlap,
            "by_district": [_by_district(here, each) for each in reach.added],
            "nearest": -1 if site is None else site[:, 0],
            "nearest_m": np.nan if metres is None else metres[:, 0],
            "lon": new[:, 0],
            "lat": new[:, 1],
        },
        index=pd.RangeIndex(1, len(new) + 1, name="number"),
    )
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=frames.WGS84)
    return gpd.GeoDataFrame(table, geometry=points)


def _by_district(here: Ground, added: Rows) -> tuple[tuple[Hashable, float], ...]:
    """Return whom squares hold by district, most first; without those where nobody is added."""
    people = pd.Series(here.residents[added]).groupby(here.labels[here.district[added]]).sum()
    most = people[people > 0].sort_values(ascending=False, kind="stable")
    return tuple((label, float(n)) for label, n in most.items())


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
