"""What new sites change: whom they reach, whom each of them adds, and what was reached before."""

from __future__ import annotations

import heapq
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.checks import frames
from geo.geometry import projection
from geo.measures import concentration, containment, nearest
from geo.measures.coverage import EXACT_UP_TO
from geo.measures.residents import EVEN
from geo.planning import reached
from geo.planning.reached import Amounts, Discs, Squares
from geo.planning.travel import Straight

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from numpy.typing import NDArray

    from geo.planning.ground import Ground
    from geo.planning.reached import Reached, Region
    from geo.planning.travel import Travel

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

SERVED: Final = 0.01
"""Share of a district's residents from which on it is served."""

MIDDLE: Final = 0.25
"""Of the side of a square as large as a district: nearer to its middle a place is in its middle."""

PARTS: Final = ("e", "ne", "n", "nw", "w", "sw", "s", "se")
"""Of a district, by the bearing from its middle, counted from the east on."""


NONE: Final = np.empty(0, dtype=np.intp)


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
        From a resident to the nearest site, on average; NaN where some have none, and of ways other
        than straight where some have none within the radius: no farther ones are looked for.
    farthest_m_before, farthest_m_after
        From the square with residents that is farthest; NaN likewise.
    gini_before, gini_after
        Of the districts' shares of residents within the radius; NaN where nobody is.
    gini_people_before, gini_people_after
        The same over residents: each has the share of the district that he lives in.
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
    gini_people_before: float
    gini_people_after: float


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
    now : ndarray of float64, shape (k, 2)
        Today's sites, degrees, WGS84.
    metres : ndarray of float64, shape (n,)
        From each square to the nearest of them.
    radius_m : float
        Within which a site reaches a square.
    travel : Travel
        How residents get to sites.
    exact : Region or None
        The same for exact discs, where these say whom sites reach: see `geo.planning.reached`.
    """

    here: Ground
    now: Floats
    metres: Floats
    radius_m: float
    travel: Travel
    exact: Region | None

    @property
    def km2(self) -> Floats:
        """Area of each district, as sites reach it."""
        if self.exact is not None:
            return self.exact.outlines.area / 1e6
        return self.here.by_district(self.here.km2)

    def reached(self, new: Floats, squares: Sequence[Rows]) -> Reached:
        """Return what today's sites reach, to which new ones may be added.

        Parameters
        ----------
        new : ndarray of float64, shape (n, 2)
            Degrees, WGS84.
        squares : sequence of ndarray of int, length n
            Rows of the squares that each reaches; of no use where discs are exact.
        """
        if self.exact is not None:
            return Discs(self.exact, new)
        return Squares(self.here, self.metres <= self.radius_m, squares)


class Disc(NamedTuple):
    """What one new site is for itself, whatever others there are.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84.
    squares
        Rows of the squares within the radius, ascending; none where exact discs say whom it
        reaches.
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


class _Order(NamedTuple):
    """New sites in the order of what they add.

    Attributes
    ----------
    rows
        New sites, from the one that adds most on.
    added
        Of each in that order: what nothing before it reaches.
    overlap
        Share (0-1) of the area in reach that something before it reaches.
    """

    rows: list[int]
    added: list[Amounts]
    overlap: list[float]


def account(given: Start, new: Floats, *, idle: bool = True) -> Account:
    """Return what new sites change.

    Parameters
    ----------
    given : Start
        The region.
    new : ndarray of float64, shape (n, 2)
        The new sites, degrees, WGS84.
    idle : bool
        Whether new sites count that add nobody.
    """

    def metres(kept: Sequence[Disc]) -> Floats:
        return given.travel.nearest_m(given.here.lonlat, _positions(kept), most_m=given.radius_m)

    return account_of(given, discs(given, new, _squares(given, new)), metres, idle=idle)[0]


def with_new(given: Start, new: Floats) -> Amounts:
    """Return what is reached of each district once new sites are there.

    Parameters
    ----------
    given : Start
        The region.
    new : ndarray of float64, shape (n, 2)
        The new sites, degrees, WGS84.
    """
    reach = given.reached(new, _squares(given, new))
    for row in range(len(new)):
        reach.take(row)
    return reach.now()


def _squares(given: Start, new: Floats) -> list[Rows]:
    """Return the rows of the squares that each new site reaches, where squares are looked at."""
    if given.exact is not None:
        return [NONE] * len(new)
    near = given.travel.costs(new, given.here.lonlat, most_m=given.radius_m)
    return [
        np.sort(near.indices[begin:end]).astype(np.intp)
        for begin, end in itertools.pairwise(near.indptr)
    ]


def start(here: Ground, now: Floats, *, radius_m: float, travel: Travel) -> Start:
    """Return a region before new sites come.

    Parameters
    ----------
    here : Ground
        Residents by square.
    now : ndarray of float64, shape (k, 2)
        Today's sites, degrees, WGS84.
    radius_m : float
        Metres.
    travel : Travel
        How residents get to sites.
    """
    exact = None
    if here.basis == EVEN and isinstance(travel, Straight) and len(now) <= EXACT_UP_TO:
        people = here.by_district(here.residents)
        exact = reached.region(here.polygons, people, now, radius_m=radius_m)
    return Start(
        here=here,
        now=now,
        metres=travel.nearest_m(here.lonlat, now, most_m=radius_m),
        radius_m=radius_m,
        travel=travel,
        exact=exact,
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
    rows = containment.rows(new[:, 0], new[:, 1], given.here.polygons, given.here.labels)
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
            part="" if row < 0 else _part(given.here.polygons[row], at),
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
    reach = given.reached(_positions(discs), [each.squares for each in discs])
    before = reach.now()
    order = _ordered(reach, len(discs), idle=idle)
    kept = [discs[row] for row in order.rows]
    after = Amounts(*np.sum([before, *order.added], axis=0))
    after_m = np.minimum(given.metres, metres(kept))
    table = _districts(given, before, after)
    shares = [table[f"share_{when}"].to_numpy() for when in ("before", "after")]
    gini_before, gini_after = map(concentration.gini, shares)
    of_people = [concentration.weighted_gini(each, table["residents"]) for each in shares]
    totals = Totals(
        residents=float(here.residents.sum()),
        before=float(before.people.sum()),
        after=float(after.people.sum()),
        km2_before=float(before.km2.sum()),
        km2_after=float(after.km2.sum()),
        mean_m_before=_mean(here, given.metres),
        mean_m_after=_mean(here, after_m),
        farthest_m_before=_farthest(here, given.metres),
        farthest_m_after=_farthest(here, after_m),
        gini_before=gini_before,
        gini_after=gini_after,
        gini_people_before=of_people[0],
        gini_people_after=of_people[1],
    )
    return Account(_places(here, kept, order), table, totals), order.rows


def _positions(discs: Sequence[Disc]) -> Floats:
    return np.array([(each.lon, each.lat) for each in discs], dtype=np.float64).reshape(-1, 2)


def _ordered(reach: Reached, count: int, *, idle: bool) -> _Order:
    """Return what each new site adds: first the one that adds most, then the next beyond it."""
    order = _Order([], [], [])
    # What a site adds only ever shrinks: one that still leads when counted anew adds most.
    queue = [(-np.inf, row) for row in range(count)]
    gains: dict[int, tuple[int, Amounts]] = {}
    while queue:
        more, row = heapq.heappop(queue)
        taken, gain = gains.get(row, (-1, None))
        if gain is None or taken < len(order.rows):
            gain = reach.gain(row)
            gains[row] = len(order.rows), gain
            heapq.heappush(queue, (-float(gain.people.sum()), row))
            continue
        if not (idle or more):
            break
        order.rows.append(row)
        order.added.append(gain)
        whole = reach.area_km2(row)
        order.overlap.append(max(0.0, 1 - float(gain.km2.sum()) / whole) if whole else 0.0)
        reach.take(row)
    return order


def _districts(given: Start, before: Amounts, after: Amounts) -> pd.DataFrame:
    here = given.here
    unknown = here.labels.isin(here.unknown)
    total, now, then = (
        np.where(unknown, np.nan, each)
        for each in (here.by_district(here.residents), before.people, after.people)
    )
    share_before, share_after = (
        np.divide(each, total, out=np.full(len(total), np.nan), where=total > 0).clip(max=1)
        for each in (now, then)
    )
    return pd.DataFrame(
        {
            "residents": total,
            "before": now,
            "after": then,
            "share_before": share_before,
            "share_after": share_after,
            "km2": given.km2,
            "km2_before": before.km2,
            "km2_after": after.km2,
            "newly": (share_before == 0) & (share_after >= SERVED),
        },
        index=here.labels,
    )


def _places(here: Ground, discs: Sequence[Disc], order: _Order) -> gpd.GeoDataFrame:
    table = pd.DataFrame(
        {
            "district": np.array([each.district for each in discs], dtype=np.intp),
            "part": [each.part for each in discs],
            "residents": [float(each.people.sum()) for each in order.added],
            "km2": [float(each.km2.sum()) for each in order.added],
            "overlap": order.overlap,
            "by_district": [_by_district(here, each.people) for each in order.added],
            "nearest": [each.nearest for each in discs],
            "nearest_m": [each.nearest_m for each in discs],
            "lon": [each.lon for each in discs],
            "lat": [each.lat for each in discs],
        },
        index=pd.RangeIndex(1, len(discs) + 1, name="number"),
    )
    table["district"] = labels_at(here.labels, table["district"])
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=frames.WGS84)
    return gpd.GeoDataFrame(table, geometry=points)


def labels_at(index: pd.Index, rows: pd.Series) -> pd.Series:
    """Return labels by their rows, NA for -1."""
    taken = pd.api.extensions.take(
        index.to_series().convert_dtypes().array, rows.to_numpy(), allow_fill=True
    )
    return pd.Series(taken, index=rows.index)


def _by_district(here: Ground, people: Floats) -> tuple[tuple[Hashable, float], ...]:
    """Return whom a site adds by district, most first; without those where nobody is added."""
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
