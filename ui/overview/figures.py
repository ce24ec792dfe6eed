"""The figures beside the map of 总览: four numbers, what is not located, what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup

from geo import formats
from geo.china import adcodes
from geo.facts import catalog
from geo.formats import capitalised
from ui.blocks import leftout, markup, method_link
from ui.blocks.markup import Figure
from ui.cached import indicators, names
from ui.state import links, pages
from ui.state.address import render, settled
from ui.state.pages import Districts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.measures.region_summary import Reached, Summary
    from ui.state.pages import Figures, Overview
    from ui.state.view import PageView, View

SHOWN_NAMES = 3


def of_region(view: PageView[Figures], overall: Summary) -> list[Figure]:
    """Return the four figures of a region."""
    t = view.t
    return [
        Figure(
            label=method_link.link(view, "count", t("overview.registered")),
            value=formats.whole(overall.n),
            unit=t("unit.sites"),
            note=_registered(view, overall),
            formula=t("formula.n"),
        ),
        Figure(
            label=method_link.link(
                view, "served", capitalised(t("overview.served", unit=view.noun()))
            ),
            value=formats.whole(overall.n_served),
            unit=t("overview.served_of", total=overall.n_districts, unit=view.noun()),
            note=_unserved(view, overall),
            formula=t("formula.served"),
        ),
        Figure(
            label=method_link.link(view, "area", t("overview.density")),
            value=formats.number(overall.per_100_km2),
            unit=t("unit.area"),
            note=_per_resident(view, overall),
            formula=t("formula.area"),
        ),
        Figure(
            label=method_link.link(view, "coverage", t("overview.coverage", km=view.radius_km)),
            value=formats.percent(overall.coverage),
            note=_covered(view, overall),
            formula=t("formula.coverage", km=view.radius_km),
        ),
    ]


def _covered(view: PageView[Figures], overall: Summary) -> str:
    """Return what the coverage rests on, or why there is none."""
    t = view.t
    if not view.query.covered:
        return t("overview.coverage_unasked", km=view.radius_km)
    if not overall.n_used:
        return t("overview.coverage_none", km=view.radius_km)
    parts = [
        t(
            "overview.coverage_note",
            used=formats.whole(overall.n_used),
            total=formats.whole(overall.n),
        )
    ]
    parts += _bounds(view, overall.coverage_low, overall.coverage_high)
    if overall.reached is not None:
        parts.append(_people_within(view, overall.reached, n_districts=overall.n_districts))
        parts += _bounds(view, overall.reached.low, overall.reached.high)
    return t("list.stop").join(parts)


def _bounds(view: View, low: float, high: float) -> list[str]:
    """Return between which shares one surely lies; nothing where it is exact."""
    if low == high:
        return []
    return [view.t("overview.coverage_bounds", span=formats.between(low, high))]


def _people_within(view: View, reached: Reached, *, n_districts: int) -> str:
    """Return how many residents live in what is covered, and what that rests on."""
    own = indicators.own_population(view.region)
    if own is not None:
        return view.t(
            "overview.people_within_own",
            people=formats.people_in_text(reached.residents, lang=view.t.lang),
            share=formats.percent(reached.share),
            source=own.source,
        )
    every = reached.n_districts == n_districts
    return view.t(
        "overview.people_within" if every else "overview.people_within_part",
        people=formats.people_in_text(reached.residents, lang=view.t.lang),
        share=formats.percent(reached.share),
        n=formats.whole(reached.n_districts),
        unit=view.noun(1 if every else reached.n_districts),
    )


def _registered(view: PageView[Figures], overall: Summary) -> str:
    t = view.t
    if overall.n == 0:
        parts = [t("overview.registered_none")]
    elif overall.n_unlocated == 0:
        parts = [t("overview.registered_note_all")]
    else:
        located = {
            "located": formats.whole(overall.n_located),
            "unlocated": formats.whole(overall.n_unlocated),
        }
        parts = [t("overview.registered_note", **located)]
    if overall.n_planned:
        parts.append(t("overview.planned_note", planned=formats.whole(overall.n_planned)))
    if view.state.criteria.until is not None:
        _, unknown = indicators.dated(view.query)
        parts.append(t("overview.years_unknown", n=formats.whole(unknown)))
    return t("list.stop").join(parts)


def _unserved(view: PageView[Figures], overall: Summary) -> Markup:
    """Return which units have no site, and of which that is not known."""
    if len(overall.unserved) + len(overall.undecided) == 0:
        return Markup.escape(view.say("overview.served_all", unit=view.noun()))
    parts = (("unserved", overall.unserved), ("undecided", overall.undecided))
    lines = [_named(view, f"overview.{key}", codes) for key, codes in parts if codes]
    return markup.lines(lines)


def _named(view: PageView[Figures], key: str, codes: Sequence[object]) -> Markup:
    """Return a few units by name; of many how many there are, and their names on demand."""
    listed, n = leftout.named(view, codes), len(codes)
    if n > SHOWN_NAMES:
        return markup.disclosed(view.say(f"{key}_many", n=n, unit=view.noun(n)), listed)
    return Markup.escape(view.say(f"{key}_few", names=listed))


def _per_resident(view: PageView[Figures], overall: Summary) -> str:
    if overall.population is None:
        return view.t(f"overview.people_{overall.per_100k_empty}", unit=view.noun())
    return view.t(
        "overview.density_people",
        value=formats.number(overall.per_100k_residents),
        year=overall.population_year,
    )


def unlocated(view: PageView[Figures], overall: Summary) -> Markup:
    """Return how many sites have no position, district by district."""
    t = view.t
    if not overall.n_unlocated:
        return Markup("")
    parts = unlocated_counts(view, overall)
    title = t("overview.unlocated", n=formats.whole(overall.n_unlocated))
    way = links.to_page(f"{pages.path('data')}?{_pins(view)}", t("pins.way"), name="ct-go")
    return (
        markup.heading(title, note=t("overview.unlocated_note"))
        + markup.paragraph(t("list.dot").join(parts))
        + markup.lines([way])
    )


def unlocated_counts(view: PageView[Figures], overall: Summary) -> list[str]:
    """Return each district with how many of its sites have no position, the most first."""
    counts = sorted(overall.unlocated.items(), key=lambda item: (-item[1], str(item[0])))
    parts = [f"{view.district_name(str(code))} {formats.whole(n)}" for code, n in counts]
    if overall.n_unplaced:
        parts.append(view.t("overview.unlocated_city", n=formats.whole(overall.n_unplaced)))
    return parts


def _pins(view: PageView[Figures]) -> str:
    """Return the address of the sheet on which the region's sites are put right."""
    return urlencode({"lang": view.t.lang, "region": view.region, "show": "pins"})


def whole_table(view: PageView[Overview]) -> Markup:
    """Return the way to the table of all districts, under the same filters."""
    asked = {**view.state.values, "view": "table", "by": view.state.shade}
    values = settled(asked, Districts.fields())
    address = pages.address("districts", render(values, Districts.fields()))
    text = view.t("overview.whole_table", unit=view.noun())
    return markup.paragraph(links.to_page(address, text, name="ct-table-link"))


def sources(view: PageView[Figures], overall: Summary, districts: gpd.GeoDataFrame) -> Markup:
    """Return date, evidence and sources of what the page shows."""
    return markup.paragraph(sources_text(view, overall, districts), kind="note ct-rule")


def sources_text(view: PageView[Figures], overall: Summary, districts: gpd.GeoDataFrame) -> str:
    """Return the same as text."""
    t = view.t
    years = _residents(view, overall, districts)
    official = int(districts["area_land_km2"].notna().sum())
    if official == len(districts):
        areas = t("overview.areas_official")
    elif official:
        areas = t("overview.areas_mixed", official=official, polygon=len(districts) - official)
    else:
        areas = t("overview.areas_polygon")
    return view.say(
        "overview.sources",
        list=view.region_name,
        date=catalog.catalogue_date().isoformat(),
        evidence=t("list.comma").join(
            t(f"overview.evidence_{grade}", n=formats.whole(overall.evidence.get(grade, 0)))
            for grade in names.terms("evidence", t.lang)
        ),
        scope=_scope(view),
        years=years,
        areas=areas,
        state=adcodes.STATE,
    )


def _scope(view: PageView[Figures]) -> str:
    """Return how many technology and start-up parks are counted, or are not."""
    n = indicators.n_wide(view.query)
    return view.t(f"overview.scope_{view.state.scope}", n=n) if n else ""


def _residents(view: PageView[Figures], overall: Summary, districts: gpd.GeoDataFrame) -> str:
    """Return of which years the residents are: of the units, and of the region where another."""
    t = view.t
    years = [formats.year(year) for year in sorted(districts["population_year"].dropna().unique())]
    if not years:
        return t("overview.years_none")
    key = "overview.years_one" if len(years) == 1 else "overview.years_many"
    text = t(key, years=t("list.comma").join(years))
    if overall.population_year is None or years == [formats.year(overall.population_year)]:
        return text
    return t("overview.years_both", year=overall.population_year, unit=view.noun(), years=text)
