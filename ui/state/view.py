"""What every page starts from: the reader's language, theme, filters and region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import streamlit as st

from geo.china.romanise import romanise
from geo.facts import own_regions
from geo.planning.question import RESIDENTS
from geo.planning.taking_part import OWN
from geo.search.criteria import Criteria
from ui.cached import names, points
from ui.cached.indicators import FigureQuery, units
from ui.state import session
from ui.state.pages import Page
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from geo.facts import boundaries, catalog
    from layers import palette

P_co = TypeVar("P_co", bound=Page, covariant=True)

WAYS: Final = {"foot": "on_foot", "barriers": "barred"}
"""Variants of the texts where reach is told by another way than the straight one."""


@dataclass(frozen=True)
class PageView(Generic[P_co]):
    """One run of one page."""

    state: P_co
    dark: bool = False

    @property
    def theme(self) -> palette.Theme:
        """Of the reader's screen."""
        return "dark" if self.dark else "light"

    @cached_property
    def read(self) -> dict[str, Any]:
        """What this run has read of things that go on meanwhile, by name: it draws one state."""
        return {}

    @cached_property
    def t(self) -> PageTexts:
        """The texts in the reader's language: of areas, of walks, of whom the page is about."""
        demand = self.state.values.get("demand", RESIDENTS)
        stay = self.state.values.get("stay", OWN)
        variants = (
            "areas" if self.of_areas else "",
            "" if stay == OWN else f"of_{stay}",
            "" if demand == RESIDENTS else "of_sites",
            WAYS.get(self.state.values.get("way", ""), ""),
        )
        return PageTexts(
            self.state.lang,
            variants=[*filter(None, variants)],
            demand=names.served(demand, self.state.lang, own=own_regions.is_own(self.region)),
        )

    @cached_property
    def of_areas(self) -> bool:
        """Whether somebody's own areas stand in place of the region's districts."""
        own = own_regions.known(self.region)
        return own is not None and own.areas is not None

    @property
    def region(self) -> str:
        """The region's id."""
        return self.state.region

    @property
    def unit(self) -> boundaries.Level:
        """``district`` or ``city``."""
        return self.state.unit

    @property
    def radius_km(self) -> str:
        """The radius of coverage in km, to two digits."""
        return f"{round(self.state.radius_m / 1000, 2):g}"

    @property
    def query(self) -> FigureQuery:
        """What the figures of this run depend on."""
        covered = self.state.covered or not points.many(self.region)
        stay = self.state.values.get("stay", OWN)
        return FigureQuery(
            self.region, self.unit, self.state.criteria, self.state.radius_m, covered, stay
        )

    @property
    def filtered(self) -> bool:
        """Whether any filter is on."""
        return self.state.criteria != Criteria()

    def say(self, key: str, /, **blanks: object) -> str:
        """Return a text; of somebody's own list, and with filters on, the one that says so."""
        applying = {"own": own_regions.is_own(self.region), "filtered": self.filtered}
        for suffix, applies in applying.items():
            if applies and self.t.has(f"{key}_{suffix}"):
                key = f"{key}_{suffix}"
        return self.t(key, **blanks)

    def noun(self, count: int = 2) -> str:
        """Return the word for so many of this region's units."""
        if self.unit == "city":
            return self.t("unit.city" if count == 1 else "unit.cities")
        if count == 1 and self.t.lang == "en":
            return self.t("unit.district")
        known = names.districts(self.region, "district", "zh").values()
        urban = all(name.endswith("区") for name in known)
        return self.t("unit.city_districts" if urban else "unit.districts")

    def city_name(self, adcode: str) -> str:
        """Return the name of the city (or, for a city, the province) a unit lies in.

        Nothing of areas of somebody's own: they may lie in several.
        """
        if self.of_areas:
            return ""
        column = "province" if self.unit == "city" else "city"
        return self.place_name(str(units(self.query)[column][adcode]))

    def place_name(self, name_zh: str) -> str:
        """Return the name of a city or province given in Chinese."""
        return name_zh if self.t.lang == "zh" else romanise(name_zh)

    @property
    def region_name(self) -> str:
        """The region's name."""
        return names.region(self.region, self.t.lang)

    @property
    def region_short(self) -> str:
        """The region's name as running text has it: 上海, not 上海市."""
        return names.short_region(self.region, self.t.lang)

    def district_name(self, adcode: str) -> str:
        """Return the name of a district or city of this region."""
        return names.districts(self.region, self.unit, self.t.lang)[adcode]

    def term(self, field: catalog.Field, code: str) -> str:
        """Return the name of a code of the catalogue's vocabulary."""
        return names.terms(field, self.t.lang)[code]

    def family(self, key: str, *, short: bool = False) -> str:
        """Return the name of a sector family."""
        return names.families(self.t.lang, short=short)[key]


View = PageView[Page]
"""A view of any page."""


def open_view(page: type[P_co], *, ahead: bool = False) -> PageView[P_co]:
    """Read the state, write it to the address, and return the view."""
    values = session.begin(page.fields(), ahead=ahead)
    return PageView(page.of(values), dark=st.context.theme.type == "dark")
