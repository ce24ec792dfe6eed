"""Facts of sites: where each counts, and that every table says the same of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.facts import catalog
from geo.measures import assignment
from ui.blocks import site_facts
from ui.cached import indicators, records
from ui.state.pages import Page
from ui.state.view import PageView

if TYPE_CHECKING:
    from geo.settings import Language


@pytest.mark.parametrize(
    ("key", "home"),
    [
        ("sh-m50", ("district", "310107")),
        ("gd-sz-exchange", ("city", "440300")),
        ("gd-lab-home", None),
    ],
)
def test_a_site_counts_in_its_district_else_in_its_city(
    key: str, home: tuple[str, str] | None
) -> None:
    assert site_facts.home(records.site(key)) == home


@pytest.mark.parametrize("region", list(catalog.regions().index))
def test_homes_are_those_that_the_figures_count(region: str) -> None:
    sites = catalog.sites(region)
    query = site_facts.query(region, "district")
    labels = assignment.assign(sites, indicators.units(query))
    for (_, site), label in zip(sites.iterrows(), labels, strict=True):
        home = site_facts.home(site)
        if isinstance(label, str):
            assert home == ("district", label)
        else:
            assert home is None or home[0] == "city"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fact_of_every_site_has_words(lang: Language) -> None:
    view = PageView(Page(lang=lang))
    for _, site in catalog.sites("harbin").iterrows():
        for key, say in site_facts.FACTS:
            assert site_facts.title(view, key)
            assert say(view, site).strip()


@pytest.mark.parametrize(
    ("key", "lang", "where", "place"),
    [
        ("sh-m50", "zh", "普陀区", "上海市 · 普陀区"),
        ("gd-sz-exchange", "zh", "深圳市", "广东省 · 深圳市"),
        ("gd-lab-home", "zh", "", "广东省"),
        ("gd-redtory", "zh", "广州市 · 天河区", "广东省 · 广州市 · 天河区"),
        ("gd-redtory", "en", "Guangzhou · Tianhe", "Guangdong · Guangzhou · Tianhe"),
    ],
)
def test_city_stands_before_the_district_in_a_province(
    key: str, lang: Language, where: str, place: str
) -> None:
    view = PageView(Page(lang=lang))
    site = records.site(key)
    assert site_facts.where(view, site) == where
    assert site_facts.place(view, site) == place
