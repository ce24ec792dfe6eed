"""What is reached on foot, beside what a disc reaches.

A walk leads from a place straight to the nearest street, along streets, and straight to the other
place: all three count. It is never shorter than the straight way, so what is reached on foot lies
within the disc of the same metres, or of the metres that are walked in the same minutes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from geo.checks import amounts, frames
from geo.measures import nearest
from geo.networks import rules, snapping, walks

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.networks.graph import Network
    from geo.networks.snapping import Stops

    Floats = NDArray[np.float64]

LONGEST_M: Final = 50_000.0
"""The most metres of a walk."""

FASTEST_KMH: Final = 10.0

STREET_M: Final = 500.0
"""How far a place may lie from the nearest street, where nobody says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """How far somebody walks.

    Attributes
    ----------
    metres, minutes
        The most that a walk may take: one of the two.
    speed_kmh
        On streets; on stairs the table ``walking.toml`` has the share of it.
    street_m
        A place farther from every street is not reached. Metres.
    ferries
        Whether ferries are taken, at walking speed and without a wait.

    Examples
    --------
    >>> Walk(minutes=15).radius_m
    1250.0
    """

    metres: float | None = None
    minutes: float | None = None
    speed_kmh: float = rules.standard().speed_kmh
    street_m: float = STREET_M
    ferries: bool = False

    @property
    def unit(self) -> Literal["metres", "minutes"]:
        """In what walks are measured."""
        return "minutes" if self.metres is None else "metres"

    @property
    def limit(self) -> float:
        """The most of that unit."""
        return float(self.minutes if self.metres is None else self.metres)  # type: ignore[arg-type]

    @property
    def metres_a_unit(self) -> float:
        """How many metres of street a unit is worth."""
        return 1.0 if self.metres is not None else self.speed_kmh * 1000 / 60

    @property
    def radius_m(self) -> float:
        """Of the disc that holds all that is reached."""
        return self.limit * self.metres_a_unit

    def check(self, faults: list[str]) -> None:
        """Add what is wrong with it to a list."""
        if not amounts.within(self.speed_kmh, least=math.nextafter(0, 1), most=FASTEST_KMH):
            faults.append(
                f"speed_kmh: found {self.speed_kmh!r}, expected a walking speed above 0 and up to "
                f"{FASTEST_KMH:g} (km/h)"
            )
        if not amounts.within(self.street_m, least=0, most=LONGEST_M):
            faults.append(
                f"street_m: found {self.street_m!r}, expected 0 to {LONGEST_M:,.0f} (metres)"
            )
        if (self.metres is None) == (self.minutes is None):
            faults.append(
                f"walk: found metres {self.metres!r} and minutes {self.minutes!r}, expected one of "
                "the two"
            )
        elif not faults and not amounts.within(
            self.limit, least=math.nextafter(0, 1), most=LONGEST_M / self.metres_a_unit
        ):
            faults.append(
                f"walk: found {self.limit!r} {self.unit}, expected a number above 0 and up to "
                f"{LONGEST_M / self.metres_a_unit:,.0f}, which is {LONGEST_M:,.0f} m"
            )


class Parts(NamedTuple):
    """How well a network holds together.

    Attributes
    ----------
    components
        Parts that no street leads between.
    largest
        Share of the kilometres that the largest part has.
    """

    components: int
    largest: float


class Connection(NamedTuple):
    """How well a network holds together, and whom it leaves out.

    Attributes
    ----------
    components, largest
        As of `Parts`.
    far
        Share of the demand that is too far from every street.
    apart
        Share of the demand on parts on which no site is.
    """

    components: int
    largest: float
    far: float
    apart: float


def costs(
    network: Network, demand: gpd.GeoDataFrame, candidates: gpd.GeoDataFrame, walk: Walk
) -> sparse.csr_array:
    """Return what the walk between each demand and each candidate takes.

    Parameters
    ----------
    network : Network
        See `geo.networks.graph`.
    demand, candidates : GeoDataFrame, n and k rows
        Points in any CRS, empty or missing where unlocated.
    walk : Walk
        Its limit, and how it is walked.

    Returns
    -------
    csr_array of float64, shape (n, k)
        Metres, or minutes where the limit is in minutes. What is not stored is out of reach; a
        stored 0 is a walk of no length.

    Raises
    ------
    InputError
        For an impossible walk, geometries of the wrong kind, a missing CRS; all faults at once.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> from geo.networks import graph
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.01 31, 121.1 31)"])
    >>> streets = graph.network(graph.of_geometry(street.array))
    >>> places = gpd.GeoDataFrame(
    ...     geometry=shapely.points([[121.0, 31], [121.01, 31], [121.05, 31]]), crs="EPSG:4326"
    ... )
    >>> costs(streets, places, places[:1], Walk(metres=1000)).toarray().round().tolist()
    [[0.0], [955.0], [0.0]]
    """
    faults: list[str] = []
    walk.check(faults)
    start, end = (frames.locations(each, faults) for each in (demand, candidates))
    frames.refuse(faults)
    return between(network, start, end, walk)


def between(network: Network, start: Floats, end: Floats, walk: Walk) -> sparse.csr_array:
    """Return the same of positions: shapes (n, 2) and (k, 2), degrees, WGS84, NaN for none."""
    many, few = (snapping.snap(network, each, most_m=walk.street_m) for each in (start, end))
    # On foot there and back are the same, so fewer starts are fewer walks.
    turned = len(start) < len(end)
    if turned:
        many, few = few, many
    found = _shortest(network, few, many, walk)
    shape = (len(many.edge), len(few.edge))
    table = sparse.csr_array((found.cost, (found.place, found.group)), shape=shape)
    return table.T.tocsr() if turned else table


def nearest_walk(network: Network, start: Floats, end: Floats, walk: Walk) -> Floats:
    """Return what the walk from each position to the nearest of others takes.

    Parameters
    ----------
    network : Network
        See `geo.networks.graph`.
    start, end : ndarray of float64, shapes (n, 2) and (k, 2)
        Degrees, WGS84, NaN where a place is unlocated.
    walk : Walk
        Its limit, and how it is walked.

    Returns
    -------
    ndarray of float64, shape (n,)
        In the walk's unit; infinite beyond its limit.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.networks import graph
    >>> street = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.1 31)"])
    >>> at = np.array([[121.0, 31], [121.01, 31], [121.05, 31]])
    >>> streets = graph.network(graph.of_geometry(street.array))
    >>> nearest_walk(streets, at, at[:1], Walk(metres=1000)).round()
    array([  0., 955.,  inf])
    """
    to, from_ = (snapping.snap(network, each, most_m=walk.street_m) for each in (start, end))
    return _nearest(network, from_, to, walk)


def reach(
    network: Network, demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, walk: Walk
) -> pd.DataFrame:
    """Return which demand is reached from any site, on foot and by the disc.

    Parameters
    ----------
    network : Network
        See `geo.networks.graph`.
    demand : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated.
    sites : GeoDataFrame
        The same.
    walk : Walk
        Its limit, and how it is walked.

    Returns
    -------
    DataFrame, n rows, on the index of `demand`
        ``walk`` (float64: metres or minutes to the nearest site, NaN beyond the limit),
        ``straight_m`` (float64, NaN without sites), ``street_m`` (float64, from the place to the
        nearest street, NaN where there is none near), ``on_foot``, ``by_disc`` and ``connected``
        (bool: whether any site is on the same part of the network).

    Raises
    ------
    InputError
        As `costs`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> from geo.networks import graph
    >>> bend = gpd.GeoSeries.from_wkt(["LINESTRING (121 31, 121.01 31, 121.01 31.01)"])
    >>> streets = graph.network(graph.of_geometry(bend.array))
    >>> ends = gpd.GeoDataFrame(
    ...     geometry=shapely.points([[121.0, 31], [121.01, 31.01]]), crs="EPSG:4326"
    ... )
    >>> reached = reach(streets, ends[:1], ends[1:], Walk(metres=1500))
    >>> reached[["on_foot", "by_disc"]].to_numpy().tolist()
    [[False, True]]
    """
    faults: list[str] = []
    walk.check(faults)
    places, starts = (frames.locations(each, faults) for each in (demand, sites))
    frames.refuse(faults)
    to, from_ = (snapping.snap(network, each, most_m=walk.street_m) for each in (places, starts))
    cost = _nearest(network, from_, to, walk)
    straight = np.full(len(places), np.nan)
    placed, known = (np.isfinite(each[:, 0]) for each in (places, starts))
    if placed.any() and known.any():
        straight[placed] = nearest.distances(places[placed], starts[known])[1][:, 0]
    return pd.DataFrame(
        {
            "walk": np.where(np.isfinite(cost), cost, np.nan),
            "straight_m": straight,
            "street_m": np.where(np.isfinite(to.metres), to.metres, np.nan),
            "on_foot": np.isfinite(cost),
            "by_disc": straight <= walk.radius_m,
            "connected": _connected(network, from_, to, walk),
        },
        index=demand.index,
    )


def parts(network: Network, *, ferries: bool = False) -> Parts:
    """Return how well a network holds together.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.networks import graph
    >>> banks = gpd.GeoSeries.from_wkt(
    ...     ["LINESTRING (121 31, 121.03 31)", "LINESTRING (121 31.01, 121.01 31.01)"]
    ... )
    >>> [round(each, 2) for each in parts(graph.network(graph.of_geometry(banks.array)))]
    [2, 0.75]
    """
    used = network.walked(ferries=ferries)
    of_edge = network.components(ferries=ferries)[network.tail[used]]
    km = np.bincount(of_edge, network.metres[used])
    return Parts(components=len(np.unique(of_edge)), largest=float(km[0] / km.sum()))


def connection(
    network: Network, reached: pd.DataFrame, weights: pd.Series, walk: Walk
) -> Connection:
    """Return how well the network holds together, and whom it leaves out.

    Parameters
    ----------
    network : Network
        See `geo.networks.graph`.
    reached : DataFrame
        What `reach` returns.
    weights : Series, on the same index
        Of the demand, 0 or more: residents, say.
    walk : Walk
        As for `reach`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import shapely
    >>> from geo.networks import graph
    >>> banks = gpd.GeoSeries.from_wkt(
    ...     ["LINESTRING (121 31, 121.03 31)", "LINESTRING (121 31.01, 121.01 31.01)"]
    ... )
    >>> streets = graph.network(graph.of_geometry(banks.array))
    >>> places = gpd.GeoDataFrame(
    ...     geometry=shapely.points([[121.0, 31], [121.0, 31.01], [121.0, 31.1]]), crs="EPSG:4326"
    ... )
    >>> walk = Walk(metres=1000)
    >>> reached = reach(streets, places, places[:1], walk)
    >>> [round(each, 2) for each in connection(streets, reached, pd.Series([2, 1, 1]), walk)]
    [2, 0.75, 0.25, 0.25]
    """
    weight = weights.to_numpy(dtype=np.float64)
    total = float(weight.sum()) or math.nan
    far = reached["street_m"].isna().to_numpy()
    apart = ~far & ~reached["connected"].to_numpy()
    return Connection(
        *parts(network, ferries=walk.ferries),
        far=float(weight[far].sum()) / total,
        apart=float(weight[apart].sum()) / total,
    )


def _connected(network: Network, sites: Stops, demand: Stops, walk: Walk) -> NDArray[np.bool_]:
    of_node = network.components(ferries=walk.ferries)
    held = np.unique(of_node[network.tail[sites.edge[sites.edge >= 0]]])
    near = demand.edge >= 0
    connected = np.zeros(len(near), dtype=bool)
    connected[near] = np.isin(of_node[network.tail[demand.edge[near]]], held)
    return connected


# --- from stops to walks --------------------------------------------------------------------------


def edge_costs(network: Network, walk: Walk) -> Floats:
    """Return what each edge takes in the unit of a walk."""
    return network.metres if walk.unit == "metres" else network.minutes(walk.speed_kmh)


def links(network: Network, walk: Walk) -> walks.Links:
    """Return the edges that are walked."""
    used = network.walked(ferries=walk.ferries)
    cost = edge_costs(network, walk)[used]
    return walks.links(network.tail[used], network.head[used], cost, len(network.lonlat))


def ends(network: Network, stops: Stops, walk: Walk) -> walks.Ends:
    """Return stops, those on a street alone, in the unit of a walk."""
    on = stops.edge >= 0
    edge, part = stops.edge[on], stops.part[on]
    cost = edge_costs(network, walk)[edge]
    aside = stops.metres[on] / walk.metres_a_unit
    tail, head = network.tail[edge], network.head[edge]
    return walks.Ends(edge, tail, head, part * cost, (1 - part) * cost, aside)


def _nearest(network: Network, starts: Stops, places: Stops, walk: Walk) -> Floats:
    """Return what the walk to each place from the nearest start takes, infinite beyond."""
    cost = np.full(len(places.edge), np.inf)
    found = _shortest(network, starts, places, walk, together=True)
    cost[found.place] = found.cost
    return cost


def _shortest(
    network: Network, starts: Stops, places: Stops, walk: Walk, *, together: bool = False
) -> walks.Walks:
    """Return walks from each start, or from all of them together, by the rows of the stops."""
    from_, to = (ends(network, each, walk) for each in (starts, places))
    n = len(from_.edge)
    groups = np.array([0, n]) if together else np.arange(n + 1)
    found = walks.shortest(links(network, walk), from_, groups, to, walk.limit)
    rows, columns = (np.flatnonzero(each.edge >= 0) for each in (places, starts))
    group = found.group if together else columns[found.group]
    return walks.Walks(group, rows[found.place], found.cost)
