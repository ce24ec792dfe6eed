"""Names of everything that has a code, in the reader's language.

A page asks for hundreds of them a run; the catalogue hands out a fresh table each time. Here each
table is turned into a read-only mapping once per process.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo import memory
from geo.china import county_units
from geo.china.romanise import specific_part
from geo.facts import boundaries, catalog, own_regions
from geo.planning.question import SITES
from ui.words.language import PageTexts

if TYPE_CHECKING:
    import pandas as pd

    from geo.policy.model import Area, Layout
    from geo.settings import Language

Names = Mapping[str, str]


def _mapping(column: pd.Series) -> Names:
    return MappingProxyType({str(code): str(name) for code, name in column.items()})


@memory.by_facts
def terms(field: catalog.Field, lang: Language) -> Names:
    """Return the words of the catalogue's vocabulary for a field, in display order."""
    return _mapping(catalog.vocabulary(field)[f"name_{lang}"].fillna(""))


@memory.by_facts
def counted(field: catalog.Field, lang: Language, *, one: bool) -> Names:
    """Return the words of a field as running text has them behind a number."""
    words = catalog.vocabulary(field)
    if lang == "zh" or one:
        return _mapping(words[f"name_{lang}"].str.lower())
    return _mapping(words["many_en"])


@memory.by_facts
def families(lang: Language, *, short: bool = False) -> Names:
    """Return the sector families, in display order."""
    return _mapping(catalog.families()[f"{'short' if short else 'name'}_{lang}"])


def served(code: str, lang: Language, *, own: bool = False) -> str:
    """Return those whom new sites are to serve, as running text has them.

    Parameters
    ----------
    code
        Of `geo.planning.question.Question.demand`.
    lang
        The language.
    own
        Whether sites are those of somebody's own list.
    """
    t, family = PageTexts(lang), families(lang).get(code)
    if family is None:
        return t("demand.own_sites" if own and code == SITES else f"demand.{code}")
    return t("demand.family", text=family if lang == "zh" else family.lower())


@memory.by_facts
def sectors(lang: Language) -> Names:
    """Return the sectors."""
    return _mapping(catalog.sectors()[f"name_{lang}"])


@memory.by_facts
def family_of_sector() -> Names:
    """Return each sector's family."""
    return _mapping(catalog.sectors()["family"])


@memory.by_facts
def regions(lang: Language) -> Names:
    """Return the regions, in display order."""
    return _mapping(catalog.regions()[f"name_{lang}"])


def region(code: str, lang: Language) -> str:
    """Return a region's name; that of one that somebody brought is the same in both languages."""
    own = own_regions.known(code)
    return regions(lang)[code] if own is None else own.name


def stem(code: str) -> str:
    """Return what files call a region: its id, but that of a workspace is nobody else's."""
    return "own" if own_regions.is_own(code) else code


def short_region(code: str, lang: Language) -> str:
    """Return a region's name as running text has it: 上海, not 上海市."""
    name = region(code, lang)
    if own_regions.is_own(code):
        return name
    return specific_part(name) if lang == "zh" else name


def place(layout: Layout, t: PageTexts) -> str:
    """Return the name of a layout's region, which the catalogue need not have."""
    if layout.place is not None:
        return t.of(layout.place, "name")
    return region(layout.region, t.lang)


def layout_with_region(layout: Layout, t: PageTexts) -> str:
    """Return a layout's region and name."""
    return t("layouts.title", region=place(layout, t), name=t.of(layout, "name"))


def levels_of(code: str) -> tuple[boundaries.Level, ...]:
    """Return the levels a region can be shown at."""
    return ("district",) if own_regions.is_own(code) else levels()[code]


def default_level(code: str) -> boundaries.Level:
    """Return the level a region is shown at first."""
    return "city" if default_levels().get(code) == "city" else "district"


@memory.by_facts
def whole_city(code: str) -> str:
    """Return the adcode of the city that a region is; nothing where it is several, or one's own."""
    known = catalog.regions()["prefectures"]
    cities = [*known[code]] if code in known.index else []
    return str(cities[0]) if len(cities) == 1 else ""


@memory.by_facts
def levels() -> Mapping[str, tuple[boundaries.Level, ...]]:
    """Return the levels each region of the catalogue can be shown at."""
    return MappingProxyType(
        {str(region): tuple(levels) for region, levels in catalog.regions()["levels"].items()}
    )


@memory.by_facts
def default_levels() -> Names:
    """Return the level each region is shown at first."""
    return _mapping(catalog.regions()["default_level"])


@memory.by_facts
def counties(lang: Language) -> Names:
    """Return all county-level units of China."""
    return _mapping(county_units.units()[f"name_{lang}"])


@memory.by_facts
def cities(lang: Language) -> Names:
    """Return all prefectures of China."""
    return _mapping(county_units.prefectures()[f"name_{lang}"])


def home(site: pd.Series, lang: Language) -> str:
    """Return the district that a site is in, else its city; of neither, nothing."""
    city = cities(lang).get(str(site["city_adcode"]), "")
    return counties(lang).get(str(site["adcode"]), city)


@own_regions.by_region
def districts(area: Area, unit: boundaries.Level, lang: Language) -> Names:
    """Return the units of a region, or of a layout's area."""
    return _mapping(boundaries.districts(area, level=unit)[f"name_{lang}"])
