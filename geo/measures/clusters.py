"""Where sites cluster, at three levels, how far chance would, and what survives other settings.

A place is a core where, within a distance, at least so many places lie, itself among them (DBSCAN:
Ester, Kriegel, Sander and Xu 1996, Proceedings of KDD, pp. 226-231). Cores within the distance of
each other make one **micro-cluster**, with the places that they reach. Micro-clusters that touch,
that is, reach the same place, are one **cluster**. Clusters that follow each other by no more than
three distances are a **corridor**, where they are three or more and lie twice as long as broad.

Many sites in one place are one place, so that a building with many rows makes no cluster. Sites
whose position is known to 3 km or worse are left out, and counted. Unlike scikit-learn's, a place
between two micro-clusters does not go to the one that comes first: labels depend on no order.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import sparse, spatial

from geo.checks import amounts, frames
from geo.facts import sectors
from geo.geometry import projection, sphere
from geo.measures import point_pattern, random_points, region_plane, site_places
from geo.measures.emptiness import Empty
from geo.measures.site_places import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.measures.site_places import Places

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]

CHAIN: Final = 3
"""Distances between the clusters of a corridor, and how many it needs at least."""

SLENDER: Final = 0.5
"""Of the longer axis of its ellipse: the shorter one of a corridor at most."""

DISTANCES_M: Final = (500, 1_000, 2_000, 3_000)
MINIMA: Final = (3, 5, 8)
"""The settings of `sensitivity`."""


class Clusters(NamedTuple):
    """Clusters of sites.

    Attributes
    ----------
    clusters
        A row for each, from the one with most sites on; the index ``cluster`` counts from 1.
    labels
        The cluster of each site, NA for none, on the index of the sites.
    """

    clusters: gpd.GeoDataFrame
    labels: pd.Series


class Sensitivity(NamedTuple):
    """What other distances and minima make of clusters.

    Attributes
    ----------
    strip
        By ``distance_m`` and ``min_sites``: ``clusters``, the ``sites`` in them, and the
        ``largest``, by places.
    kept
        A row for each cluster, a column for each setting: whether over half of its places are
        together there. A cluster is stable where most are true.
    """

    strip: pd.DataFrame
    kept: pd.DataFrame


class _Density(NamedTuple):
    """How densely places lie.

    Attributes
    ----------
    core
        Whether a place is a core.
    linked
        Pairs of cores within the distance of each other.
    reached
        Pairs of a core and a place within its distance that is none.
    """

    core: NDArray[np.bool_]
    linked: Rows
    reached: Rows


def clusters(
    sites: gpd.GeoDataFrame,
    *,
    min_sites: int = 5,
    distance_m: float = 1000,
    region: gpd.GeoDataFrame | None = None,
    simulations: int = 199,
    seed: int = random_points.SEED,
) -> Clusters:
    """Return the clusters of sites, and which one each site is in.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Points in any CRS, empty or missing where unlocated, with a column ``precision``.
    min_sites : int, optional
        Places that a core has within the distance at least, itself among them.
    distance_m : float, optional
        Metres.
    region : GeoDataFrame, optional
        Districts that together are the region: as many places are drawn in it at random, and
        p of a cluster is how often the largest of theirs has as many places as it.
    simulations, seed : int, optional
        How often places are drawn, and by which numbers.

    Returns
    -------
    Clusters
        Its rows have ``sites``, ``places``, ``share`` (0-1, of the sites that count), ``micro``
        (micro-clusters), ``corridor`` (Int64, from 1 on, NA for none), ``p`` (NaN without a
        region), ``sector`` (the one with most sites, 1/k of a site with k; NA where none is
        stated), ``lon`` and ``lat`` (mean of the places, degrees), ``area_km2`` and the geometry
        of their hull (WGS84; of places on a line it is a line, with an area of 0). Its ``attrs``
        say how many sites there were (``n``), were ``used``, ``vague`` and ``unlocated``, the
        method, and where there is no cluster for want of places why (``empty``).

    Raises
    ------
    InputError
        For fewer than two `min_sites`, no distance above 0, no simulation, and sites and districts
        as `geo.measures.coverage.coverage` does; all faults at once.

    Examples
    --------
    >>> lon = [121.470, 121.472, 121.474, 121.476, 121.478, 121.9]
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building"}, index=list("abcdef"),
    ...     geometry=shapely.points(lon, 31.2), crs="EPSG:4326",
    ... )
    >>> found, labels = clusters(sites)
    >>> found[["sites", "places", "micro"]].to_dict("records"), labels.dropna().index.to_list()
    ([{'sites': 5, 'places': 5, 'micro': 1}], ['a', 'b', 'c', 'd', 'e'])
    """
    faults: list[str] = []
    _check(min_sites, distance_m, faults)
    if not amounts.within(simulations, least=1, most=np.inf):
        faults.append(f"simulations: found {simulations!r}, expected one or more")
    outlines = None if region is None else frames.polygons(region, faults)
    places = site_places.of_sites(sites, faults)
    points = sphere.geocentric(places.lonlat)
    density = _density(points, min_sites, distance_m)
    cluster = _by_size(_clusters(density), places)
    labels = _labels(cluster, places, sites.index)
    rows = _rows(places, _micro_clusters(density, points), cluster)
    rows["corridor"] = _corridors(places.lonlat, cluster, CHAIN * distance_m, len(rows))
    rows["p"] = np.nan
    if outlines is not None and len(rows):
        drawn = _largest_at_random(
            outlines, (simulations, len(places.lonlat)), (min_sites, distance_m), seed
        )
        as_large = (drawn >= rows["places"].to_numpy()[:, None]).sum(axis=1)
        rows["p"] = (as_large + 1) / (simulations + 1)
    rows["sector"] = _sector(sites, labels, rows.index)
    method = {"min_sites": min_sites, "distance_m": distance_m}
    if outlines is not None:
        method |= {"simulations": simulations, "seed": seed}
    rows.attrs.update(places.basis._asdict(), method=method, empty=_empty(places, min_sites))
    return Clusters(rows, labels)


def micro_clusters(
    sites: gpd.GeoDataFrame, *, min_sites: int = 5, distance_m: float = 1000
) -> pd.Series:
    """Return the micro-cluster of each site, Int64 from 1 on, NA for none.

    A place that two of them reach belongs to the one with the nearer core. Parameters and errors
    as `clusters`.

    Examples
    --------
    >>> stacked = gpd.GeoDataFrame(
    ...     {"precision": "building"}, index=range(9),
    ...     geometry=shapely.points([[121.47, 31.2]] * 9), crs="EPSG:4326",
    ... )
    >>> int(micro_clusters(stacked).notna().sum())
    0
    """
    faults: list[str] = []
    _check(min_sites, distance_m, faults)
    places = site_places.of_sites(sites, faults)
    points = sphere.geocentric(places.lonlat)
    micro = _by_size(_micro_clusters(_density(points, min_sites, distance_m), points), places)
    return _labels(micro, places, sites.index).rename("micro_cluster")


def sensitivity(
    sites: gpd.GeoDataFrame,
    labels: pd.Series,
    *,
    distances_m: Sequence[float] = DISTANCES_M,
    minima: Sequence[int] = MINIMA,
) -> Sensitivity:
    """Return how clusters change with the distance and the minimum, and which survive.

    Parameters
    ----------
    sites : GeoDataFrame
        As of `clusters`.
    labels : Series
        Of the clusters in question, as `clusters` returns them.
    distances_m : sequence of float, optional
        Metres.
    minima : sequence of int, optional
        Values of ``min_sites``.

    Raises
    ------
    InputError
        As `clusters`, for each setting, and for labels on another index.

    Examples
    --------
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building"}, index=range(6),
    ...     geometry=shapely.points(121.47 + 0.008 * np.arange(6), 31.2), crs="EPSG:4326",
    ... )
    >>> _, labels = clusters(sites, min_sites=3)
    >>> strip, kept = sensitivity(sites, labels, distances_m=[500, 2000], minima=[3, 8])
    >>> strip["clusters"].to_list(), kept.loc[1].to_list()
    ([0, 0, 1, 0], [False, False, True, False])
    """
    return sensitivities(sites, [labels], distances_m=distances_m, minima=minima)[0]


def sensitivities(
    sites: gpd.GeoDataFrame,
    labels: Sequence[pd.Series],
    *,
    distances_m: Sequence[float] = DISTANCES_M,
    minima: Sequence[int] = MINIMA,
) -> list[Sensitivity]:
    """Return the same for several clusterings of the same sites, each setting looked at once.

    Parameters and errors as `sensitivity`, with the labels of each clustering.

    Examples
    --------
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building"}, index=range(6),
    ...     geometry=shapely.points(121.47 + 0.008 * np.arange(6), 31.2), crs="EPSG:4326",
    ... )
    >>> labels = [clusters(sites, min_sites=least).labels for least in (3, 8)]
    >>> [len(each.kept) for each in sensitivities(sites, labels)]
    [1, 0]
    """
    faults: list[str] = []
    settings = list(product(distances_m, minima))
    for distance_m, min_sites in settings:
        _check(min_sites, distance_m, faults)
    if not all(each.index.equals(sites.index) for each in labels):
        faults.append("labels: found another index than that of the sites, expected the same")
    places = site_places.of_sites(sites, faults)
    points = sphere.geocentric(places.lonlat)
    columns = pd.MultiIndex.from_tuples(settings, names=["distance_m", "min_sites"])
    found = [_clusters(_density(points, least, distance)) for distance, least in settings]
    used = places.of != NONE
    strip = [
        (
            len(np.unique(cluster[cluster != NONE])),
            np.count_nonzero(cluster[places.of[used]] != NONE),
            np.bincount(cluster[cluster != NONE]).max(initial=0),
        )
        for cluster in found
    ]
    told = pd.DataFrame(strip, index=columns, columns=["clusters", "sites", "largest"])
    return [Sensitivity(told.copy(), _kept(each, places, found, columns)) for each in labels]


def _kept(
    labels: pd.Series, places: Places, found: Sequence[Rows], columns: pd.MultiIndex
) -> pd.DataFrame:
    """Return which clusters stay together in the clusters that each setting finds."""
    used = places.of != NONE
    known = labels[used].notna().to_numpy()
    # Of each pair of cluster and place one, however many sites it has.
    pairs = np.unique(
        np.column_stack([labels[used][known].astype(int), places.of[used][known]]), axis=0
    )
    own = pd.Index(np.unique(pairs[:, 0]), name="cluster")
    kept = np.zeros((len(own), len(found)), dtype=bool)
    for column, cluster in enumerate(found):
        for row, label in enumerate(own):
            together = cluster[pairs[pairs[:, 0] == label, 1]]
            most = np.bincount(together[together != NONE]).max(initial=0)
            kept[row, column] = 2 * most > len(together)
    return pd.DataFrame(kept, index=own, columns=columns)


def _check(min_sites: int, distance_m: float, faults: list[str]) -> None:
    amounts.check_radii([distance_m], faults, name="distance_m")
    if not amounts.within(min_sites, least=2, most=np.inf) or min_sites != int(min_sites):
        faults.append(f"min_sites: found {min_sites!r}, expected a whole number from 2 on")


def _empty(places: Places, min_sites: int) -> Empty | None:
    if len(places.lonlat) >= min_sites:
        return None
    one = len(places.lonlat) == 1 and (places.of != NONE).sum() > 1
    return Empty.ONE_PLACE if one else Empty.TOO_FEW


def _density(points: Floats, min_sites: int, distance_m: float) -> _Density:
    """Return which places are cores and reach which, in metres of two or three dimensions."""
    n = len(points)
    pairs = np.empty((0, 2), dtype=np.intp)
    if n:
        pairs = spatial.cKDTree(points).query_pairs(distance_m, output_type="ndarray")
    core = np.bincount(pairs.ravel(), minlength=n) + 1 >= min_sites
    cores = core[pairs].sum(axis=1)
    reached = pairs[cores == 1]
    from_core = np.where(core[reached[:, :1]], reached, reached[:, ::-1])
    return _Density(core, pairs[cores == 2], from_core)


def _clusters(density: _Density) -> Rows:
    """Return the cluster of each place, `NONE` for none: what cores link and reach."""
    held = density.core.copy()
    held[density.reached[:, 1]] = True
    pairs = np.concatenate([density.linked, density.reached])
    return np.where(held, _components(pairs, len(held)), NONE)


def _micro_clusters(density: _Density, points: Floats) -> Rows:
    """Return the micro-cluster of each place: what cores link, and who is nearest to its core."""
    micro = np.where(density.core, _components(density.linked, len(points)), NONE)
    core, place = density.reached.T
    far = np.linalg.norm(points[core] - points[place], axis=1)
    nearest = np.lexsort((core, far, place))
    reached, first = np.unique(place[nearest], return_index=True)
    micro[reached] = micro[core[nearest[first]]]
    return micro


def _components(pairs: Rows, n: int) -> Rows:
    links = sparse.coo_array((np.ones(len(pairs), dtype=bool), tuple(pairs.T)), shape=(n, n))
    return np.asarray(sparse.csgraph.connected_components(links, directed=False)[1], dtype=np.intp)


def _by_size(group: Rows, places: Places) -> Rows:
    """Return groups as numbers from 0 on: by their sites, those alike from the west on."""
    sites = group[places.of[places.of != NONE]]
    size = np.bincount(sites[sites != NONE])
    groups, first = np.unique(group, return_index=True)
    groups, first = groups[groups != NONE], first[groups != NONE]
    number = np.full(len(size) + 1, NONE, dtype=np.intp)  # the last is that of NONE
    number[groups[np.lexsort((first, -size[groups]))]] = np.arange(len(groups))
    return number[group]


def _labels(group: Rows, places: Places, index: pd.Index) -> pd.Series:
    numbers = np.append(group + 1, 0)[places.of]  # the last is that of NONE
    return pd.Series(numbers, index=index, dtype="Int64", name="cluster").replace(0, pd.NA)


def _rows(places: Places, micro: Rows, cluster: Rows) -> gpd.GeoDataFrame:
    """Return what there is to say of each cluster by itself."""
    order = np.argsort(cluster, kind="stable")[np.count_nonzero(cluster == NONE) :]
    own, lonlat = cluster[order], places.lonlat[order]
    size = np.bincount(own)
    of_site = cluster[places.of[places.of != NONE]]
    sites = np.bincount(of_site[of_site != NONE])
    members = np.asarray(gpd.points_from_xy(*lonlat.T))
    hulls = np.asarray(shapely.convex_hull(shapely.multipoints(members, indices=own)))
    areal = shapely.get_type_id(hulls) == shapely.GeometryType.POLYGON
    area = np.zeros(len(hulls))
    if areal.any():
        area[areal] = projection.area_km2(gpd.GeoSeries(hulls[areal], crs=frames.WGS84))
    return gpd.GeoDataFrame(
        {
            "sites": sites,
            "places": size,
            "share": sites / max(len(of_site), 1),
            "micro": np.bincount(np.unique(np.column_stack([own, micro[order]]), axis=0)[:, 0]),
            "lon": np.bincount(own, lonlat[:, 0]) / size,
            "lat": np.bincount(own, lonlat[:, 1]) / size,
            "area_km2": area,
        },
        index=pd.RangeIndex(1, len(size) + 1, name="cluster"),
        geometry=hulls,
        crs=frames.WGS84,
    )


def _corridors(lonlat: Floats, cluster: Rows, gap_m: float, n: int) -> pd.arrays.IntegerArray:
    """Return the corridor of each of n clusters, from 1 on, NA for none."""
    corridor = pd.array([pd.NA] * n, dtype="Int64")
    held = np.flatnonzero(cluster != NONE)
    if n < CHAIN:
        return corridor
    tree = spatial.cKDTree(sphere.geocentric(lonlat[held]))
    links = np.unique(cluster[held][tree.query_pairs(gap_m, output_type="ndarray")], axis=0)
    chain = _components(links, n)
    number = 0
    for one in pd.unique(chain):
        members = lonlat[held][chain[cluster[held]] == one]
        if np.count_nonzero(chain == one) >= CHAIN and _slender(members):
            number += 1
            corridor[chain == one] = number
    return corridor


def _slender(lonlat: Floats) -> bool:
    x, y = projection.laea(*lonlat.mean(axis=0).tolist()).transform(*lonlat.T)
    xy = np.column_stack([x, y])
    longer, shorter = point_pattern.ellipse(xy).semi_axes
    return point_pattern.why_no_ellipse(xy) is Empty.ON_ONE_LINE or shorter <= SLENDER * longer


def _largest_at_random(
    outlines: NDArray[np.object_], shape: tuple[int, int], method: tuple[int, float], seed: int
) -> Rows:
    """Return how many places the largest cluster has, of each set of places drawn in a region."""
    # Numba takes half a second to load: whoever asks for no p does without.
    from geo.measures import point_pairs  # noqa: PLC0415

    drawn = random_points.within(region_plane.of(outlines).whole, shape, seed=seed)
    return point_pairs.largest(drawn, *method)


def _sector(sites: gpd.GeoDataFrame, labels: pd.Series, index: pd.Index) -> pd.Series:
    if "sectors" not in sites or not len(index):
        return pd.Series(pd.NA, index=index, dtype="string")
    pairs = sectors.shares(sites).assign(cluster=lambda each: labels.to_numpy()[each["site"]])
    sums = pairs.dropna().groupby(["cluster", "sector"])["share"].sum().reset_index()
    first = sums.sort_values(["share", "sector"], ascending=[False, True]).drop_duplicates(
        "cluster"
    )
    return first.set_index("cluster")["sector"].reindex(index).astype("string")
