"""What stands round one site, how its district ranks, and which layouts name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from geo.checks import amounts, frames
from geo.china import adcodes
from geo.errors import InputError
from geo.facts import precision
from geo.measures import assignment, ranking
from geo.policy import layouts
from geo.search import matching

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.policy.model import Element, Layout

RADII_KM: Final = (1.0, 3.0, 5.0)

UNLOCATED: Final = "site_unlocated"
UNCERTAIN: Final = "site_uncertain"
NO_DISTRICT: Final = "no_district"
NO_FIGURE: Final = ranking.NO_FIGURE

FIGURES: Final = ("per_100_km2", "per_100k_residents", "share", "n")
"""Figures that districts are ranked by, as `density.density` and `coverage.coverage` name them."""

Reason = Literal["site", "place", "near", "district", "city"]


def neighbours(
    site: pd.Series, sites: gpd.GeoDataFrame, *, radii_km: Sequence[float] = RADII_KM
) -> gpd.GeoDataFrame:
    """Return the sites round a site, the nearest first.

    A site counts within a radius when its distance and its radius of uncertainty are at most
    that, and when the site itself is known as exactly.

    Parameters
    ----------
    site : Series
        One row of `sites`: ``id``, ``geometry``, ``precision``, ``sectors``.
    sites : GeoDataFrame
        WGS84 points, empty where unlocated, with the same columns.
    radii_km : sequence of float
        Kilometres, in any order.

    Returns
    -------
    GeoDataFrame
        Rows of `sites` that count within any radius, without the site itself, and three columns:
        ``distance_m`` (float64, geodesic), ``within_km`` (float64, smallest radius within which
        the site counts), ``same_sector`` (bool, whether it shares a sector family).

    Raises
    ------
    InputError
        For geometries that are no points or have no CRS, absent columns, and radii that are none.
    """
    others, own_m = _others(site, sites, radii_km)
    within = np.full(len(others), np.inf)
    for radius_km in sorted(radii_km, reverse=True):
        if own_m <= 1000 * radius_km:
            reached = others[["distance_m", "uncertainty_m"]].max(axis=1) <= 1000 * radius_km
            within[reached.to_numpy(dtype=bool)] = radius_km
    near = others.assign(within_km=within)[np.isfinite(within)]
    order = np.argsort(near["distance_m"].to_numpy(), kind="stable")
    nearest_first: gpd.GeoDataFrame = near.iloc[order].drop(columns="uncertainty_m")
    return nearest_first


def nearby(
    site: pd.Series, sites: gpd.GeoDataFrame, *, radii_km: Sequence[float] = RADII_KM
) -> pd.DataFrame:
    """Return how many sites stand within each radius of a site.

    Parameters
    ----------
    site, sites, radii_km
        As for `neighbours`.

    Returns
    -------
    DataFrame
        Index ``radius_km``, as given. ``same`` and ``all`` (Int64: other sites that share a
        sector family, all other sites; NA where the site's own position is not known to the
        radius), ``n_used`` and ``n_sites`` (int64: other sites known to the radius, other sites),
        ``empty`` (why there is no figure: "site_unlocated", "site_uncertain"; NA where there is).
    """
    others, own_m = _others(site, sites, radii_km)
    rows = []
    for radius_km in radii_km:
        used = others["uncertainty_m"] <= 1000 * radius_km
        reached = used & (others["distance_m"] <= 1000 * radius_km)
        empty = UNLOCATED if np.isinf(own_m) else UNCERTAIN if own_m > 1000 * radius_km else pd.NA
        known = empty is pd.NA
        rows.append(
            {
                "same": int((reached & others["same_sector"]).sum()) if known else pd.NA,
                "all": int(reached.sum()) if known else pd.NA,
                "n_used": int(used.sum()),
                "n_sites": len(others),
                "empty": empty,
            }
        )
    index = pd.Index([float(each) for each in radii_km], name="radius_km")
    frame = pd.DataFrame(rows, index=index, columns=["same", "all", "n_used", "n_sites", "empty"])
    kinds = {"same": "Int64", "all": "Int64", "n_used": "int64", "n_sites": "int64"}
    return frame.astype(kinds | {"empty": "string"})


def _others(
    site: pd.Series, sites: gpd.GeoDataFrame, radii_km: Sequence[float]
) -> tuple[gpd.GeoDataFrame, float]:
    """Return the other sites with their distances, and the site's own uncertainty in metres."""
    faults: list[str] = []
    amounts.check_radii(radii_km, faults, name="radii_km")
    frames.require(sites, ("id", "precision", "sectors"), faults, name="sites")
    frames.refuse(faults)
    others = sites[(sites["id"] != site["id"]).to_numpy(dtype=bool)]
    own = np.asarray(matching.families(site.to_frame().T))[0]
    place = _place(site)
    own_m = (
        float(precision.uncertainty_m(pd.Series([site["precision"]])).iloc[0]) if place else np.inf
    )
    added = others.assign(
        distance_m=matching.distances_m(others, place) if place else np.nan,
        uncertainty_m=precision.uncertainty_m(others["precision"]),
        same_sector=(matching.families(others).to_numpy() & own).any(axis=1),
    )
    # A position that is not there is not known, whatever the column says.
    unplaced = ~assignment.located(others)
    return added.assign(uncertainty_m=added["uncertainty_m"].mask(unplaced, np.inf)), own_m


def _place(site: pd.Series) -> tuple[float, float] | None:
    point = site["geometry"]
    if point is None or point.is_empty:
        return None
    if point.geom_type != "Point":
        raise InputError(f"site, geometry: found a {point.geom_type}, expected a point")
    if not np.isfinite([point.x, point.y]).all():
        return None
    return float(point.x), float(point.y)


def ranks(adcode: object, table: pd.DataFrame, *, figures: Sequence[str] = FIGURES) -> pd.DataFrame:
    """Return how a district ranks among the districts that have a figure.

    Parameters
    ----------
    adcode : str
        The district; None or NA for a site without one.
    table : DataFrame
        Index adcode, a column a figure; ``per_100k_empty`` and ``share_empty``, where there, say
        why a figure is empty.
    figures : sequence of str
        Columns to rank by; those that `table` does not have are left out.

    Returns
    -------
    DataFrame
        Index ``figure``. ``value`` (float64), ``rank`` (Int64, 1 is the greatest, equal figures
        share the better rank), ``of`` (int64, districts with a figure) and ``empty`` (why there is
        no rank: "no_district", "other_year" for a figure per resident of another year than most,
        see `ranking.common_year`, the reason in `table`, else "no_figure"; NA where there is one).
    """
    row = int(table.index.get_indexer(pd.Index([adcode]))[0])
    rows = {}
    for figure in figures:
        if figure not in table:
            continue
        every = pd.to_numeric(table[figure], errors="coerce").astype("float64")
        together = ranking.compared(table, figure)
        ranked = row >= 0 and pd.notna(together.iloc[row])
        value = np.nan if row < 0 else float(every.iloc[row])
        rows[figure] = {
            "value": value,
            "rank": int((together > value).sum()) + 1 if ranked else pd.NA,
            "of": int(together.notna().sum()),
            "empty": pd.NA if ranked else _why_unranked(row, table, figure),
        }
    columns = ["value", "rank", "of", "empty"]
    index = pd.Index(list(rows), name="figure", dtype="str")
    frame = pd.DataFrame(list(rows.values()), index=index, columns=columns)
    kinds = {"value": "float64", "rank": "Int64", "of": "int64", "empty": "string"}
    return frame.astype(kinds)


def _why_unranked(row: int, table: pd.DataFrame, figure: str) -> str:
    if row < 0:
        return NO_DISTRICT
    if pd.notna(table[figure].iloc[row]):
        return ranking.OTHER_YEAR
    column = ranking.STATED.get(figure)
    reason = table[column].iloc[row] if column in table else pd.NA
    return NO_FIGURE if pd.isna(reason) else str(reason)


@dataclass(frozen=True, slots=True)
class Naming:
    """An element of a layout that names a site or the place it is in.

    Attributes
    ----------
    layout, element
        The element and the layout it is of.
    reason
        What it names: the ``site`` itself; the ``place`` that sites stand at, or one ``near`` it,
        which may be it, as far as anybody knows; the ``district``; or the ``city``.
    """

    layout: Layout
    element: Element
    reason: Reason


def named_by(site: pd.Series, *, known: Mapping[str, Layout] | None = None) -> tuple[Naming, ...]:
    """Return the elements of layouts that name a site, its district or its city.

    Parameters
    ----------
    site : Series
        ``id``; ``adcode`` and ``city_adcode`` where known.
    known : mapping of str to Layout, optional
        Layouts by id; those of the project where omitted.

    Returns
    -------
    tuple of Naming
        First the elements that name the site, then its district, then its city; each in the
        order of the layouts and their files. Ids and codes are the same in all layouts, also in
        those of a place that the catalogue does not have as a region.
    """
    every = (layouts.all_layouts() if known is None else known).values()
    district, city = (_code(site.get(name)) for name in matching.DISTRICT_COLUMNS)
    asked: dict[Reason, str] = {"site": str(site["id"]), "district": district, "city": city}
    found: dict[tuple[str, str], Naming] = {}
    for reason, code in asked.items():
        for layout in every:
            for element in layout.elements:
                named = element.sites if reason == "site" else element.extent.districts
                if code and code in named:
                    found.setdefault((layout.id, element.id), Naming(layout, element, reason))
    return tuple(found.values())


def _code(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return adcodes.PART_OF.get(value, value)
