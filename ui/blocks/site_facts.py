"""Facts of a site in words, wherever sites are told of: compared, on their page, in a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats, settings
from geo.facts import own_regions
from geo.facts.sectors import main_families
from geo.measures import density
from geo.measures.indicator_list import INDICATORS
from geo.policy import site_profile
from geo.search.criteria import Criteria
from ui.blocks import markup
from ui.cached import indicators, names, records
from ui.cached.indicators import FigureQuery

if TYPE_CHECKING:
    from geo.facts import boundaries
    from ui.state.view import View

NEAR_KM = 1.0
"""Radius within which tables of several sites count neighbours."""

Say = Callable[["View", pd.Series], str]


def query(region: str, unit: boundaries.Level) -> FigureQuery:
    """Return the query of a region without filters."""
    return FigureQuery(region, unit, Criteria(), settings.RADIUS_M)


def home(site: pd.Series) -> tuple[boundaries.Level, str] | None:
    """Return the unit a site counts in: its district, else its city; None where neither is known.

    Returns
    -------
    (str, str) or None
        Level and adcode.
    """
    region = str(site["region"])
    for unit in sorted(names.levels_of(region), key=("district", "city").index):
        code = indicators.home(query(region, unit), str(site["id"]))
        if code is not None:
            return unit, code
    return None


@own_regions.by_region
def _densities(region: str, unit: boundaries.Level) -> pd.DataFrame:
    return density.density(records.counted_sites(region), indicators.units(query(region, unit)))


def neighbours(site: pd.Series) -> pd.DataFrame:
    """Return how many sites stand within 1, 3 and 5 km of a site."""
    return _neighbours(str(site["region"]), str(site["id"]))


@own_regions.by_region
def _neighbours(region: str, key: str) -> pd.DataFrame:
    return site_profile.nearby(records.site(key, region), records.counted_sites(region))


def district(view: View, site: pd.Series) -> str:
    """Return the name of the unit that a site counts in, else the city it is said to be in."""
    unit = home(site)
    if unit is not None and unit[0] == "district":
        return names.districts(str(site["region"]), "district", view.t.lang)[unit[1]]
    city = site["city"] if isinstance(site["city"], str) else ""
    return view.place_name(city)


def where(view: View, site: pd.Series) -> str:
    """Return where in its region a site is: of a province, the city before the district."""
    parts = [district(view, site)]
    if "city" in names.levels_of(str(site["region"])) and isinstance(site["city"], str):
        parts.insert(0, view.place_name(site["city"]))
    return view.t("list.dot").join(dict.fromkeys(filter(None, parts)))


def with_former_name(view: View, site: pd.Series, where: str) -> str:
    """Return where a site is and, beside it, the former district that its source names."""
    listed, known = site["district_listed"], site["district"]
    if not isinstance(listed, str) or (isinstance(known, str) and listed == known):
        return where
    return view.t("card.listed_as", name=where, listed=view.place_name(listed))


def family(view: View, site: pd.Series) -> str:
    """Return the family that colours a site on the map."""
    return str(next(iter(main_families(site.to_frame().T, preferred=view.state.sector))))


def ring(view: View, site: pd.Series) -> str:
    """Return the colour of a site on the map."""
    return markup.colour(family(view, site))


def line(view: View, site: pd.Series) -> str:
    """Return where a site is, its level and its sectors."""
    t = view.t
    parts = [where(view, site), view.term("level", site["level"]), sectors(view, site)]
    return t("list.dot").join(filter(None, parts))


def sectors(view: View, site: pd.Series) -> str:
    """Return the sectors of a site in words."""
    known = names.sectors(view.t.lang)
    return view.t("list.comma").join(known[code] for code in str(site["sectors"]).split(";"))


def uncertainty(view: View, site: pd.Series) -> str:
    """Return how exactly a site's position is known."""
    return view.t(f"find.precision_{site['precision']}")


def place(view: View, site: pd.Series) -> str:
    """Return the region, and where in it a site is."""
    region = names.region(str(site["region"]), view.t.lang)
    line = view.t("list.dot").join(dict.fromkeys(filter(None, [region, where(view, site)])))
    return with_former_name(view, site, line)


def kind(view: View, site: pd.Series) -> str:
    """Return level, kind and status."""
    words = [view.term(name, site[name]) for name in ("level", "kind", "status")]
    return view.t("list.dot").join(words)


def opened(view: View, site: pd.Series) -> str:
    """Return the year of opening and the floor area."""
    t = view.t
    year, area = site["opened_year"], site["area_m2"]
    parts = []
    if pd.notna(year):
        parts.append(t("find.year", year=int(year)))
    if pd.notna(area):
        parts.append(t("card.area_value", value=formats.whole(area)))
    return t("list.comma").join(parts) or t("card.unpublished")


def near(view: View, site: pd.Series) -> str:
    """Return how many sites stand within `NEAR_KM`, or why nobody can tell."""
    t = view.t
    counted = neighbours(site).to_dict("index")[NEAR_KM]
    if pd.notna(counted["empty"]):
        return t(f"find.empty_{counted['empty']}", km=f"{NEAR_KM:g}")
    return t("find.near_value", all=int(counted["all"]), same=int(counted["same"]))


def dense(view: View, site: pd.Series) -> str:
    """Return the density of the unit that a site counts in."""
    unit_of_site = home(site)
    if unit_of_site is None:
        return formats.MISSING
    unit, code = unit_of_site
    density_of = INDICATORS["area"]
    value = _densities(str(site["region"]), unit)[density_of.column][code]
    return f"{density_of.written(value)} {view.t('unit.area')}"


def evidence(view: View, site: pd.Series) -> str:
    """Return how exactly the position is known, and whether there is a source."""
    words = [uncertainty(view, site), view.term("evidence", site["evidence"])]
    return view.t("list.comma").join(words)


FACTS: tuple[tuple[str, Say], ...] = (
    ("place", place),
    ("kind", kind),
    ("sectors", sectors),
    ("opened", opened),
    ("near", near),
    ("density", dense),
    ("evidence", evidence),
)
"""What tables of several sites tell of each: key of its title (``find.row_...``), and its words."""


def title(view: View, key: str) -> str:
    """Return the title of a fact."""
    return view.t(f"find.row_{key}", km=f"{NEAR_KM:g}")
