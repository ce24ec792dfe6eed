"""What a map of the list shows: the districts of the cities that its rows lie in, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.china import county_units
from geo.facts import boundaries
from geo.intake import placing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd
    import pandas as pd

MOST_UNITS: Final = 250
"""Districts on a map: of more, those of the cities with most rows."""

MOST_POINTS: Final = 2_000
"""Points on a map: of more, so many taken at random."""

LONG_NAME: Final = 5


@dataclass(frozen=True)
class Area:
    """Districts on a map, and how many cities with rows it leaves out."""

    units: tuple[str, ...]
    left_out: int = 0

    def districts(self) -> gpd.GeoDataFrame:
        """Return the districts."""
        return boundaries.districts(self.units)

    def short_names(self) -> bool:
        """Whether the map letters the districts with short names."""
        return bool(self.districts()["name_zh"].str.len().max() > LONG_NAME)


def of(city_adcodes: pd.Series, region: Sequence[str]) -> Area | None:
    """Return the districts that a map of rows shows; None where no row lies anywhere.

    Parameters
    ----------
    city_adcodes : Series
        Of the rows, missing where it is not known.
    region
        Codes of provinces, cities and districts that the reader chose, or none.
    """
    chosen = tuple(dict.fromkeys(unit for code in region for unit in placing.region_of(code)))
    if 0 < len(chosen) <= MOST_UNITS:
        return Area(tuple(sorted(chosen)))
    cities = county_units.units()["city_adcode"]
    by_city = city_adcodes.dropna().value_counts()
    units: list[str] = []
    for at, city in enumerate(by_city.index):
        own = cities.index[cities.eq(city)]
        if units and len(units) + len(own) > MOST_UNITS:
            return Area(tuple(sorted(units)), len(by_city) - at)
        units += map(str, own)
    return Area(tuple(sorted(units))) if units else None


def units_of(city_adcodes: pd.Series) -> tuple[str, ...]:
    """Return all districts of the cities that rows lie in."""
    cities = county_units.units()["city_adcode"]
    return tuple(sorted(map(str, cities.index[cities.isin(city_adcodes.dropna())])))


def region_of(kept: gpd.GeoDataFrame, region: Sequence[str]) -> tuple[str, ...]:
    """Return the districts of a list's region: those chosen, and of rows kept outside of them.

    Without a choice all those of the cities that its rows lie in.
    """
    if not region:
        return units_of(kept["city_adcode"])
    return tuple(dict.fromkeys((*region, *map(str, kept["adcode"].dropna().unique()))))


def spread(rows: gpd.GeoDataFrame, *, first: Collection[int] = ()) -> gpd.GeoDataFrame:
    """Return rows with a position: of more than :data:`MOST_POINTS` so many at random.

    The same ones each time, whatever the order of the file repeats; rows of the numbers `first`
    go before others.
    """
    located = rows[rows.geometry.x.notna()]
    if len(located) <= MOST_POINTS:
        return located
    wanted = located["row"].isin(list(first))
    shown = located[wanted].head(MOST_POINTS)
    others = located[~wanted].sample(MOST_POINTS - len(shown), random_state=0)
    return located.loc[shown.index.union(others.index)]
