"""What there is to say of each cluster: its shape and name, whose members it has, what they do.

A cluster is named after the site nearest to its centre, the mean of its places; whoever writes the
name adds the words (同乐坊一带, around Tongle Fang).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.checks import frames
from geo.facts import sectors
from geo.geometry import projection, sphere
from geo.measures import assignment, sector_counts
from geo.measures.site_places import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.measures.clusters import Clusters

MARGIN_M: Final = 250.0
"""So far beyond its outermost places the outline of a cluster is drawn: two places have one too."""

MICRO: Final = "micro"
CLUSTER: Final = "cluster"
CORRIDOR: Final = "corridor"
"""The levels: one micro-cluster, several that touch, and one of a chain of clusters."""


def profiles(
    found: Clusters,
    sites: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    kept: pd.DataFrame | None = None,
    family_of: Mapping[str, str] | None = None,
) -> gpd.GeoDataFrame:
    """Return a row for each cluster, with what a map, a card and a file say of it.

    Parameters
    ----------
    found : Clusters
        What `geo.measures.clusters.clusters` returns of `sites`.
    sites : GeoDataFrame, n rows
        As there; columns ``id``, ``name_zh``, ``name_en`` and ``sectors`` are optional.
    districts : GeoDataFrame, m rows
        Polygons in any CRS; ``city_adcode`` is optional.
    kept : DataFrame, optional
        Which settings keep each cluster, as `geo.measures.clusters.sensitivity` returns it.
    family_of : mapping of str to str, optional
        Family of each sector; the catalogue's own where omitted.

    Returns
    -------
    GeoDataFrame, on the index ``cluster``
        Polygons in WGS84, the hull of the places grown by 250 m. Text: ``site``, the id of the
        site nearest to the centre (its label without a column ``id``), ``name_zh`` and
        ``name_en``, that site's; ``district``, the one that most members are in, NA where they are
        in none; ``family`` with most members, 1/k of one with k sectors, NA where none states a
        sector; ``level``, "micro", "cluster" or "corridor". Tuples: ``members``, ids; ``districts``
        of the members, and ``cities`` of these, most members first. Numbers: ``sites``,
        ``places``, ``share``, ``micro``, ``corridor``, ``p``, ``lon``, ``lat`` and ``area_km2`` (of
        the hull itself) as `clusters` has them; ``family_share`` (0-1, of the members that state a
        sector, NaN where none does); ``kept`` (Int64, how many of the ``settings`` keep the
        cluster) and ``stable`` (boolean, whether most do), NA without `kept`. ``attrs`` are those
        of the clusters.

    Raises
    ------
    InputError
        For labels on another index than that of the sites, and as `assignment.assign`.

    Examples
    --------
    >>> import shapely
    >>> from geo.measures import clusters
    >>> lon = [121.470, 121.472, 121.474, 121.476, 121.478]
    >>> sites = gpd.GeoDataFrame(
    ...     {"precision": "building", "name_en": list("ABCDE"), "sectors": "film_tv"},
    ...     geometry=shapely.points(lon, 31.2), crs="EPSG:4326",
    ... )
    >>> box = gpd.GeoDataFrame(
    ...     index=["310101"], geometry=[shapely.box(121, 31, 122, 32)], crs="EPSG:4326"
    ... )
    >>> table = profiles(clusters.clusters(sites), sites, box)
    >>> table[["name_en", "district", "family", "level"]].to_dict("records")
    [{'name_en': 'C', 'district': '310101', 'family': 'film', 'level': 'micro'}]
    """
    rows, labels = found
    faults: list[str] = []
    if not labels.index.equals(sites.index):
        faults.append("found: labels on another index than that of the sites, expected the same")
    frames.refuse(faults)
    cluster = labels.fillna(0).to_numpy(dtype=np.intp) - 1
    ids = np.array([str(each) for each in sites.get("id", sites.index)], dtype=object)
    homes = assignment.assign(sites, districts)
    central = _most_central(rows, cluster, assignment.positions(sites), ids)
    facts = rows.drop(columns=["sector", "geometry"])
    facts.insert(0, "site", ids[central])
    for at, name in enumerate(("name_zh", "name_en"), start=1):
        names = sites[name] if name in sites else pd.Series(pd.NA, index=sites.index)
        facts.insert(at, name, names.astype("string").to_numpy(dtype=object)[central])
    facts[["site", "name_zh", "name_en"]] = facts[["site", "name_zh", "name_en"]].astype("string")
    facts["members"] = _grouped(cluster, ids, rows.index)
    facts["districts"] = _most_first(cluster, homes, rows.index)
    facts["cities"] = _most_first(cluster, _cities(homes, districts), rows.index)
    facts["district"] = [each[0] if each else pd.NA for each in facts["districts"]]
    facts[["family", "family_share"]] = _families(sites, cluster, rows.index, family_of)
    levels = np.where(facts["micro"] > 1, CLUSTER, MICRO)
    facts["level"] = np.where(facts["corridor"].notna(), CORRIDOR, levels)
    facts[["kept", "settings", "stable"]] = _survival(kept, rows.index)
    outlines = projection.grown(rows.geometry.to_numpy(), MARGIN_M)
    profile = gpd.GeoDataFrame(facts, geometry=outlines, crs=frames.WGS84)
    profile.attrs = dict(rows.attrs)
    return profile


def _most_central(
    rows: gpd.GeoDataFrame,
    cluster: NDArray[np.intp],
    lonlat: NDArray[np.float64],
    ids: NDArray[np.object_],
) -> NDArray[np.intp]:
    """Return the row of the site nearest to each centre; of those as near the smallest id's."""
    members = np.flatnonzero(cluster != NONE)
    centre = sphere.geocentric(rows[["lon", "lat"]].to_numpy(dtype=np.float64))
    own = cluster[members]
    far = np.linalg.norm(sphere.geocentric(lonlat[members]) - centre[own], axis=1)
    # To the millimetre: sites of one place are as far.
    order = np.lexsort((ids[members].astype(str), far.round(3), own))
    _, first = np.unique(own[order], return_index=True)
    return members[order[first]]


def _grouped(cluster: NDArray[np.intp], values: NDArray[np.object_], index: pd.Index) -> pd.Series:
    """Return the values of each cluster's members, in their rows' order."""
    held = pd.Series(values[cluster != NONE]).groupby(cluster[cluster != NONE])
    tuples = held.agg(tuple).to_dict()
    return pd.Series([tuples[each] for each in range(len(index))], index=index, dtype=object)


def _most_first(cluster: NDArray[np.intp], labels: pd.Series, index: pd.Index) -> pd.Series:
    """Return the labels that each cluster's members have, from the most frequent on."""
    pairs = pd.DataFrame({"cluster": cluster, "label": labels.to_numpy(dtype=object)}).dropna()
    counted = pairs[pairs["cluster"] != NONE].value_counts().rename("n").reset_index()
    ordered = counted.sort_values(["cluster", "n", "label"], ascending=[True, False, True])
    tuples = ordered.groupby("cluster")["label"].agg(tuple).to_dict()
    return pd.Series([tuples.get(each, ()) for each in range(len(index))], index, dtype=object)


def _cities(homes: pd.Series, districts: gpd.GeoDataFrame) -> pd.Series:
    city = assignment.codes(districts, "city_adcode")
    return pd.Series(city.reindex(homes.to_numpy(dtype=object)).to_numpy(), index=homes.index)


def _families(
    sites: gpd.GeoDataFrame,
    cluster: NDArray[np.intp],
    index: pd.Index,
    family_of: Mapping[str, str] | None,
) -> pd.DataFrame:
    """Return the leading family of each cluster and its share."""
    empty = pd.DataFrame({"family": pd.NA, "family_share": np.nan}, index=index)
    if "sectors" in sites and len(index):
        pairs = sectors.shares(sites)
        group = sector_counts.groups(pairs["sector"], family_of=family_of)
        pairs = pairs.assign(cluster=cluster[pairs["site"]] + 1, family=group.to_numpy())
        sums = pairs[pairs["cluster"] > 0].groupby(["cluster", "family"])["share"].sum()
        share = (sums / sums.groupby("cluster").transform("sum")).rename("family_share")
        ordered = share.reset_index().sort_values(
            ["cluster", "family_share", "family"], ascending=[True, False, True]
        )
        leading = ordered.drop_duplicates("cluster").set_index("cluster")
        empty = leading.reindex(index)
    return empty.astype({"family": "string", "family_share": "float64"})


def _survival(kept: pd.DataFrame | None, index: pd.Index) -> pd.DataFrame:
    """Return how many settings keep each cluster, of how many, and whether most do."""
    if kept is None:
        unknown = pd.DataFrame({"kept": pd.NA, "settings": pd.NA, "stable": pd.NA}, index=index)
        return unknown.astype({"kept": "Int64", "settings": "Int64", "stable": "boolean"})
    n = kept.sum(axis=1).reindex(index).astype("Int64")
    settings = pd.Series(kept.shape[1], index=index, dtype="Int64")
    return pd.DataFrame({"kept": n, "settings": settings, "stable": 2 * n > settings})
