"""Which region a file is of: proposed from where its rows lie, or chosen from all of China's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import memory
from geo.china import county_units
from geo.china.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.settings import Language

OUTSIDE: Final = ("outside", "outside_kept")
"""Codes of the faults of rows outside the region."""

MOST_OF: Final = 0.9
"""Share of the rows that a proposed region holds at least."""

MOST_CITIES: Final = 3
"""Cities that are proposed one by one; of more, their province."""


def proposed(city_adcodes: pd.Series) -> tuple[str, ...]:
    """Return the codes of the cities, or the province, that nearly all rows lie in.

    Parameters
    ----------
    city_adcodes : Series
        Of the rows, missing where it is not known.

    Returns
    -------
    tuple of str
        Cities, the fullest first, at most :data:`MOST_CITIES`; else one province; empty where
        the rows lie all over the country, or nowhere.

    Examples
    --------
    >>> import pandas as pd
    >>> proposed(pd.Series(["420100"] * 81 + ["310000"]))
    ('420100',)
    """
    known = city_adcodes.dropna()
    if known.empty:
        return ()
    by_city = known.value_counts()
    needed = int((by_city.cumsum() < MOST_OF * len(known)).sum()) + 1
    if needed <= MOST_CITIES:
        return tuple(map(str, by_city.index[:needed]))
    provinces = known.str[:2].value_counts()
    if provinces.iloc[0] >= MOST_OF * len(known):
        return (f"{provinces.index[0]}0000",)
    return ()


def widened(region: Sequence[str], found: pd.DataFrame) -> tuple[str, ...]:
    """Return a region with the cities of the rows that lie outside of it.

    Parameters
    ----------
    region
        Codes of provinces, cities and districts.
    found
        The faults of a file: those of rows outside say where these are, the city first, in
        brackets behind what is written there if that is anything else.
    """
    outside = found.loc[found["code"].isin(OUTSIDE), "value"].unique()
    cities = county_units.prefectures()["name_zh"]
    # The longest first: of 海南 and 海南藏族自治州 the name in full.
    names = sorted(zip(cities, map(str, cities.index), strict=True), key=lambda each: -len(each[0]))
    added = (
        next((code for name, code in names if value.rpartition("(")[2].startswith(name)), "")
        for value in outside
    )
    return tuple(dict.fromkeys((*region, *filter(None, added))))


@memory.by_facts
def named(lang: Language) -> dict[str, str]:
    """Return the names of all provinces, cities and county-level units, by adcode.

    A city stands behind its province and a unit behind its city, so that a search finds both.
    """
    units = county_units.units()
    cities = county_units.prefectures()
    # Chinese has no space between names.
    between = "" if lang == "zh" else " "
    provinces = dict(zip(units.index.str[:2] + "0000", units["province"], strict=True))
    names = {code: zh if lang == "zh" else romanise(zh) for code, zh in provinces.items()}
    of_cities = {str(code): name for code, name in cities[f"name_{lang}"].items()}
    for code, own in of_cities.items():
        above = names[f"{code[:2]}0000"]
        names[code] = own if own == above else f"{above}{between}{own}"
    for code, own, city in zip(
        units.index, units[f"name_{lang}"], units["city_adcode"], strict=True
    ):
        names.setdefault(code, f"{of_cities[city]}{between}{own}")
    return names
