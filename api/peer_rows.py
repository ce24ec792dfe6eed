"""Which districts are most like each, which border on it, and how all of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import pandas as pd

from api import unit_figures
from geo import autocorrelation, peers, settings
from geo.facts import boundaries, catalog, own_regions
from geo.geometry import lonlat
from geo.measures import ranking, sector_counts
from geo.measures.indicator_list import INDICATORS
from geo.measures.location_quotient import FEW_SITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.measures.peers import Weights

ROLES: Final = ("compared", "peer", "neighbour")
REGIONS: Final = ("region", "unit_region")
"""Columns of regions: of the unit that is compared, and of the row's own."""

FIGURES: Final = tuple(each.column for each in INDICATORS.values() if each.of_place)
CALLED: Final = {"distance_distance": "peer_distance", "share": "coverage"}
"""Columns that are called otherwise in files: other tables have a distance in metres."""


@dataclass(frozen=True)
class PeerQuery:
    """What is asked: which are most like one, by which weights, and where.

    Attributes
    ----------
    region, of
        Region and adcode of what is compared.
    level
        What it is compared with: districts, or whole cities.
    k
        How many peers.
    everywhere
        Whether they may lie in other regions of the catalogue.
    weights
        Of the components of the distance.
    chosen
        Adcodes to compare with in place of the nearest.
    """

    region: str
    of: str
    level: boundaries.Level
    k: int = 6
    everywhere: bool = True
    weights: Weights = peers.EVEN
    chosen: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where peers come from: "chosen", "all" regions or their own "region"."""
        return "chosen" if self.chosen else "all" if self.everywhere else "region"


class Likeness(NamedTuple):
    """What is found for a query.

    Attributes
    ----------
    asked
        By which rule.
    distances
        Of everything that can be compared, see `peers.distances`.
    figures
        Of what is compared, see `figures`.
    peers, neighbours
        Adcodes; the most alike first.
    """

    asked: PeerQuery
    distances: pd.DataFrame
    figures: pd.DataFrame
    peers: Sequence[str]
    neighbours: Sequence[str]

    @property
    def codes(self) -> list[str]:
        """The unit, its peers and its other neighbours."""
        return list(dict.fromkeys([self.asked.of, *self.peers, *self.neighbours]))


def table(region: str) -> gpd.GeoDataFrame:
    """Return the peers of each district of a region, found as the pages do where nothing is asked.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought.

    Returns
    -------
    GeoDataFrame
        As `rows`.
    """
    brought = own_regions.is_own(region)
    units, families = _units(region if brought else ""), catalog.families().index
    beside = autocorrelation.contiguity(boundaries.districts(region))
    known = peers.components(units, units[families])

    @cache
    def compared(regions: frozenset[str]) -> pd.DataFrame:
        return figures(units[units["region"].isin(regions)])

    found = []
    for of in map(str, units.index[units["region"] == region]):
        asked = PeerQuery(region, of, "district", everywhere=not brought)
        far = peers.from_one(known, of)
        likest = [str(code) for code in peers.nearest(far, of=of, k=asked.k)]
        regions = frozenset({region, *units["region"][likest]})
        neighbours = [str(code) for code in beside.of(of)]
        shown = [*dict.fromkeys([of, *likest, *neighbours])]
        found.append(Likeness(asked, far.loc[shown], compared(regions), likest, neighbours))
    return rows(found, units)


@own_regions.by_region
def _units(region: str) -> pd.DataFrame:
    """Return all that is compared: the districts of a region, of the catalogue without one."""
    every = [region] if region else [*catalog.regions().index]
    known = pd.concat([_of_region(each) for each in every])
    return known.assign(residents=peers.residents(known))


def _of_region(region: str) -> pd.DataFrame:
    known = unit_figures.table(region, level="district")
    counts = sector_counts.counts(catalog.sites(region), known)
    return pd.DataFrame(known.drop(columns="geometry")).join(counts).assign(region=region)


def figures(units: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that units are compared by.

    Parameters
    ----------
    units
        Of the regions that are compared: columns of `district_table.table`, and the sites of each
        family.

    Returns
    -------
    DataFrame
        On the index of `units`: ``n``, the column of each indicator of a place and, by its key, the
        share (0-1) of each family; shares are NaN on fewer than 5 sites, figures per resident
        where the residents are of another year than most.
    """
    shares = peers.shares(units[catalog.families().index]).mask(units["n"] < FEW_SITES)
    known = units[["n", *(each for each in FIGURES if each in units)]]
    people = ranking.compared(units, ranking.PEOPLE)
    return known.assign(**{ranking.PEOPLE: people}).join(shares)


def rows(
    found: Sequence[Likeness], units: pd.DataFrame, *, radius_m: float = settings.RADIUS_M
) -> gpd.GeoDataFrame:
    """Return units, their peers and their other neighbours as the collection and files have them.

    Parameters
    ----------
    found
        Which they are.
    units
        Everything that can be compared, on adcodes: names, ``region``, label, and what distances
        are made of.
    radius_m
        Of the coverage among the figures.

    Returns
    -------
    GeoDataFrame
        WGS84 points, the labels of the rows' units, index ``id``, columns as ``data/columns.csv``
        explains them.
    """
    heads = pd.DataFrame([head for each in found for head in _heads(each)])
    ids, families = pd.Index(heads["id"], name=None), catalog.families().index
    known = units.loc[heads["adcode"]].set_index(ids)
    far = pd.concat([each.distances.loc[each.codes] for each in found]).set_index(ids)
    figured = pd.concat([each.figures.loc[each.codes] for each in found]).set_index(ids)
    weights = {
        f"weight_{name}": [each.asked.weights[at] for each in found for _ in each.codes]
        for at, name in enumerate(peers.Weights._fields)
    }
    parts = [
        heads.set_index(ids),
        known[["name_zh", "name_en"]],
        known["residents"].astype("Int64"),
        known[["area_km2", "n"]],
        known[families].add_prefix("sites_"),
        far.drop(columns="empty").add_prefix("distance_"),
        far["empty"],
        figured[[each for each in FIGURES if each in figured]],
    ]
    joined = pd.concat(parts, axis=1).rename(columns=CALLED)
    shares = {f"share_{key}": figured[key] for key in families}
    joined = joined.assign(unit_region=known["region"], **shares, **weights, radius_m=radius_m)
    points = gpd.points_from_xy(known["lon"], known["lat"])
    return gpd.GeoDataFrame(joined, geometry=points, crs=lonlat.CRS84)


def _heads(found: Likeness) -> Iterator[dict[str, object]]:
    """Return of each row what it is."""
    asked = found.asked
    roles = dict.fromkeys(found.neighbours, "neighbour") | dict.fromkeys(found.peers, "peer")
    letters = dict(zip(found.peers, ascii_uppercase, strict=False))
    for code in found.codes:
        yield {
            "id": f"{asked.of}.{code}",
            "region": asked.region,
            "district": asked.of,
            "level": asked.level,
            "where": asked.where,
            "role": roles.get(code, "compared"),
            "letter": letters.get(code),
            "adcode": code,
        }
