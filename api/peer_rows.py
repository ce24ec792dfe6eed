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
    from collections.abc import Sequence

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
    peers, neighbours
        Adcodes; the most alike first.
    """

    asked: PeerQuery
    distances: pd.DataFrame
    peers: Sequence[str]
    neighbours: Sequence[str]


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
    made = []

    @cache
    def compared(regions: frozenset[str]) -> pd.DataFrame:
        return figures(units[units["region"].isin(regions)])

    for of in units.index[units["region"] == region]:
        asked = PeerQuery(region, str(of), "district", everywhere=not brought)
        found = peers.distances(units, units[families], of=of, weights=asked.weights)
        likest = [str(code) for code in peers.nearest(found, of=of, k=asked.k)]
        likeness = Likeness(asked, found, likest, [*map(str, beside.of(of))])
        regions = frozenset({region, *units["region"][likest]})
        made.append(rows(likeness, units, compared(regions)))
    return gpd.GeoDataFrame(pd.concat(made))


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
    likeness: Likeness,
    units: pd.DataFrame,
    compared: pd.DataFrame,
    *,
    radius_m: float = settings.RADIUS_M,
) -> gpd.GeoDataFrame:
    """Return a unit, its peers and its other neighbours as the collection and files have them.

    Parameters
    ----------
    likeness
        Which they are.
    units
        Everything that can be compared, on adcodes: names, ``region``, label, and what distances
        are made of.
    compared
        Their `figures`.
    radius_m
        Of the coverage among these.

    Returns
    -------
    GeoDataFrame
        WGS84 points, the labels of the rows' units, index ``id``, columns as ``data/columns.csv``
        explains them.
    """
    asked, distances, likest, neighbours = likeness
    codes = list(dict.fromkeys([asked.of, *likest, *neighbours]))
    roles = dict.fromkeys(neighbours, "neighbour") | dict.fromkeys(likest, "peer")
    letters = dict(zip(likest, ascii_uppercase, strict=False))
    known, families = units.loc[codes], catalog.families().index
    first = {
        "id": [f"{asked.of}.{code}" for code in codes],
        "region": asked.region,
        "district": asked.of,
        "level": asked.level,
        "where": asked.where,
        "role": ["compared", *(roles[code] for code in codes[1:])],
        "letter": [letters.get(code) for code in codes],
        "unit_region": known["region"],
        "adcode": codes,
        **{name: known[name] for name in ("name_zh", "name_en")},
        "residents": known["residents"].astype("Int64"),
        **{name: known[name] for name in ("area_km2", "n")},
        **{f"sites_{key}": known[key] for key in families},
    }
    far, figured = distances.loc[codes], compared.loc[codes]
    parts = [
        pd.DataFrame(first, index=known.index),
        far.drop(columns="empty").add_prefix("distance_"),
        far["empty"],
        figured[[each for each in FIGURES if each in figured]],
    ]
    joined = (
        pd.concat(parts, axis=1)
        .rename(columns=CALLED)
        .assign(**{f"share_{key}": figured[key] for key in families})
        .assign(**{f"weight_{name}": each for name, each in asked.weights._asdict().items()})
        .assign(radius_m=radius_m)
    )
    points = gpd.points_from_xy(known["lon"], known["lat"])
    placed = gpd.GeoDataFrame(joined, geometry=points, crs=lonlat.CRS84)
    return placed.set_index(pd.Index(joined["id"], name=None))
