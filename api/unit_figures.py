"""Districts with their figures, as the files of the pages have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.limits import RADIUS_KM
from geo.facts import boundaries, catalog, own_regions
from geo.measures import district_profile, district_table, residents

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Basis:
    """What the figures of units rest on.

    Attributes
    ----------
    radius_km
        Radius of the coverage, within the limits of `geo.settings`.
    scope
        ``core``, or ``wide`` where technology and start-up parks count as well.
    """

    radius_km: float = RADIUS_KM
    scope: str = catalog.CORE


USUAL: Final = Basis()
"""What is served where nothing else is asked for."""


def table(region: str, *, level: boundaries.Level, basis: Basis = USUAL) -> gpd.GeoDataFrame:
    """Return the units of a region with density and coverage.

    What knows no radius is kept.

    Parameters
    ----------
    region
        Id of a region, or of one that somebody brought.
    level
        ``district`` or ``city``.
    basis
        Radius and scope.

    Returns
    -------
    GeoDataFrame
        WGS84, index ``adcode``: the columns of `boundaries.districts`, `density.density`,
        `coverage.coverage` and `district_profile.profile`, with ``share_empty`` where a share is
        unknown, and ``radius_m``.
    """
    usual = _at_usual_radius(region, level, basis.scope)
    if basis.radius_km == RADIUS_KM:
        return usual
    units, sites = _units_and_sites(region, level, basis.scope)
    radius_m = 1000 * basis.radius_km
    known = usual[[*district_table.PEOPLED]]
    people = residents.of_own(region, sites, units, radius_m=radius_m)
    reached = district_table.with_coverage(known, sites, units, radius_m=radius_m, people=people)
    new = reached.drop(columns=known.columns).assign(radius_m=radius_m)
    return usual.assign(**{str(name): column for name, column in new.items()})


@own_regions.by_region
def _at_usual_radius(region: str, level: boundaries.Level, scope: str) -> gpd.GeoDataFrame:
    units, sites = _units_and_sites(region, level, scope)
    radius_m = 1000 * RADIUS_KM
    people = residents.of_own(region, sites, units, radius_m=radius_m)
    figures = district_table.table(sites, units, radius_m=radius_m, people=people)
    profile = district_profile.profile(sites, units, table=figures)
    return district_table.beside(units, figures.join(profile), radius_m=radius_m)


def _units_and_sites(
    region: str, level: boundaries.Level, scope: str
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    return boundaries.districts(region, level=level), catalog.sites(region, scope=scope)
