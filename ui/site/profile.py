"""A site's page: facts, its district among the others, its neighbours, the layouts that name it."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats, settings
from geo.facts import remarks
from geo.measures.indicator_list import INDICATORS, OF_COLUMN
from geo.policy import layouts, site_profile
from layers import templates
from ui.blocks import citations, markup, rankings, selected, site_facts, site_links
from ui.cached import indicators, names
from ui.site import site_map
from ui.state import links

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.policy.site_profile import Naming
    from ui.state.pages import Site
    from ui.state.view import PageView, View

TEMPLATE = "ui/site/profile.html"
AROUND = ("radius", "same", "all", "basis")
"""Columns of what stands round a site."""


def of(view: PageView[Site], site: pd.Series) -> PageView[Site]:
    """Return the view with the region, the level and the sectors of a site.

    Sites are coloured by the sectors in the view: here by those they share with the site.
    """
    home = site_facts.home(site)
    family_of = names.family_of_sector()
    state = dataclasses.replace(
        view.state,
        region=str(site["region"]),
        unit="district" if home is None else home[0],
        sector=tuple(family_of[code] for code in str(site["sectors"]).split(";")),
        radius=f"{settings.RADIUS_M / 1000:g}",
    )
    return dataclasses.replace(view, state=state)


def card(view: PageView[Site], site: pd.Series) -> Markup:
    """Return the facts with their sources, below the name in the other language."""
    rows = list(selected.facts(view, site).values())
    title = str(site[f"name_{view.t.other}"])
    return markup.card(title, subtitle=selected.summary(view, site), rows=rows)


def district(view: PageView[Site], site: pd.Series) -> Markup:
    """Return the figures of the site's district and their ranks."""
    t = view.t
    home = site_facts.home(site)
    if home is None:
        head = markup.heading(t("site.district_none"))
        return head + markup.paragraph(t("site.no_district", unit=view.noun(1)))
    unit, code = home
    name = site_links.districts(view, unit, code, text=view.district_name(code))
    table = indicators.table(site_facts.query(view.region, unit))
    note = t("unit.n_sites", n=formats.whole(table["n"][code]))
    return templates.piece(TEMPLATE, "ranks")(
        t("site.district"), name, note, ranks(view, table, code)
    )


def ranks(view: View, table: pd.DataFrame, code: str) -> list[tuple[str, str, str]]:
    """Return label, value and rank, or why there is none, of each figure of a district."""
    figures = [each.column for each in INDICATORS.values() if each.of_place]
    ranked = site_profile.ranks(code, table, figures=figures)
    return [_rank(view, str(figure), row, table, code) for figure, row in ranked.iterrows()]


def _rank(
    view: View, figure: str, row: pd.Series, table: pd.DataFrame, code: str
) -> tuple[str, str, str]:
    t = view.t
    indicator, year = OF_COLUMN[figure], table["population_year"][code]
    label = rankings.label(view, indicator)
    value = rankings.with_unit(view, indicator, row["value"], year=year)
    if pd.notna(row["empty"]):
        place = _reason(view, str(row["empty"]))
    else:
        tied = int((table[figure] == row["value"]).sum()) > 1
        key = "site.rank_tied" if tied else "site.rank"
        place = t(key, rank=int(row["rank"]), of=int(row["of"]), unit=view.noun(int(row["of"])))
    return label, value, place


def _reason(view: View, code: str) -> str:
    key = f"reason.{code}" if view.t.has(f"reason.{code}") else f"site.{code}"
    return view.t(key, km=view.radius_km)


def neighbours(view: PageView[Site], site: pd.Series) -> Markup:
    """Return how many sites stand near, and the nearest of its sectors."""
    t = view.t
    return templates.piece(TEMPLATE, "around")(
        t("site.around"),
        t("site.around_note"),
        [t(f"site.column_{key}") for key in AROUND],
        within(view, site),
        _nearest(view, site),
    )


def within(view: PageView[Site], site: pd.Series) -> list[tuple[str, list[str]]]:
    """Return each radius, and its counts or why there are none."""
    counted = site_facts.neighbours(site)
    return [_within(view, float(str(km)), row) for km, row in counted.iterrows()]


def _within(view: PageView[Site], radius_km: float, row: pd.Series) -> tuple[str, list[str]]:
    t = view.t
    head = t("site.km", km=f"{radius_km:g}")
    if pd.notna(row["empty"]):
        return head, [t(f"find.empty_{row['empty']}", km=f"{radius_km:g}")]
    basis = t("site.basis", used=formats.whole(row["n_used"]), total=formats.whole(row["n_sites"]))
    return head, [formats.whole(row["same"]), formats.whole(row["all"]), basis]


def _nearest(view: PageView[Site], site: pd.Series) -> Markup:
    """Return the nearest sites of its sectors, with the numbers of the map."""
    t = view.t
    near = site_map.nearest(site)
    if near.empty:
        known = site_facts.neighbours(site)["empty"].isna().any()
        return markup.paragraph(t("site.nearest_none" if known else "site.nearest_unknown"))
    counted = site_facts.neighbours(site)
    title = t("site.nearest", n=len(near))
    note = t(
        "site.nearest_of",
        km=f"{counted.index.max():g}",
        total=formats.whole(counted["same"].max()),
    )
    sites = nearest(view, site)
    return templates.piece(TEMPLATE, "nearest")(title, note, sites)


def nearest(view: PageView[Site], site: pd.Series) -> list[Neighbour]:
    """Return the nearest sites of its sectors, in the order of their numbers."""
    return [_neighbour(view, each) for _, each in site_map.nearest(site).iterrows()]


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A near site as the list has it."""

    ring: str
    link: Markup
    line: str
    apart: str
    distance: str
    precision: str


def _neighbour(view: PageView[Site], site: pd.Series) -> Neighbour:
    key = str(site["id"])
    return Neighbour(
        ring=site_facts.ring(view, site),
        link=links.to(view, text=str(site[f"name_{view.t.lang}"]), id=key),
        line=site_facts.line(view, site),
        apart=_apart(view, site),
        distance=distance(view, float(site["distance_m"]), rough=site["precision"] == "district"),
        precision=site_facts.uncertainty(view, site),
    )


def _apart(view: PageView[Site], site: pd.Series) -> str:
    """Say so where a neighbour is within a radius of the table but not known to it."""
    known_km = float(site["within_km"])
    smallest = min(km for km in site_profile.RADII_KM if float(site["distance_m"]) <= 1000 * km)
    if smallest >= known_km:
        return ""
    error = site_facts.uncertainty(view, site)
    return view.t("site.apart", error=error, km=f"{known_km:g}")


def distance(view: PageView[Site], metres: float, *, rough: bool) -> str:
    """Return a distance: metres in three digits, 0.1 km from 10 km; about so many where rough.

    What is just outside a radius of the table stays outside when it is rounded.
    """
    if rough or metres >= 9995:
        key = "site.about" if rough else "site.km"
        return view.t(key, km=f"{metres / 1000:.1f}")
    shown = float(f"{metres:.2e}")
    if any(shown <= 1000 * km < metres for km in site_profile.RADII_KM):
        shown = math.ceil(metres)
    return view.t("site.m", m=formats.whole(shown))


def named(view: PageView[Site], site: pd.Series) -> Markup:
    """Return the elements of layouts that name the site or where it is."""
    t = view.t
    head = markup.heading(t("site.named"), note=t("site.named_note"))
    elements = namings(view, site)
    if not elements:
        return head + markup.paragraph(t("site.named_none"))
    return head + templates.piece(TEMPLATE, "named")(elements)


def namings(
    view: PageView[Site], site: pd.Series
) -> list[tuple[Markup, list[str], str, Markup | str]]:
    """Return link, tags, summary and citation of each element that names a site or its place."""
    by = site_profile.named_by(site, known=layouts.within_reach(view.region))
    return [_naming(view, site, each) for each in by]


def _naming(
    view: PageView[Site], site: pd.Series, naming: Naming
) -> tuple[Markup, list[str], str, Markup | str]:
    t = view.t
    element = naming.element
    tags = [t("layouts.planned")] if element.status == "planned" else []
    if not element.in_document:
        tags.append(t("layouts.outside"))
    link = site_links.element(view, naming, text=t.of(element, "name"))
    tags.append(_why(view, site, naming))
    return link, tags, t.of(element, "summary"), _cited(view, naming)


def _cited(view: PageView[Site], naming: Naming) -> Markup | str:
    """Return document and section; of an element that no document names, its other source."""
    t = view.t
    element, layout = naming.element, naming.layout
    name = names.layout_with_region(layout, view.t)
    if not element.in_document:
        source = remarks.translate(element.source, lang=t.lang)
        return citations.linked(t("site.found", layout=name, source=source))
    document = t.of(layouts.citation(layout), "title")
    section = remarks.translate(element.section, lang=t.lang)
    return t("site.cited", layout=name, document=document, section=section)


def _why(view: PageView[Site], site: pd.Series, naming: Naming) -> str:
    if naming.reason == "site":
        return view.t("site.names_site")
    region = str(site["region"])
    level = "district" if naming.reason == "district" else "city"
    code = str(site["adcode" if level == "district" else "city_adcode"])
    known = names.districts(region, level, view.t.lang) if level in names.levels_of(region) else {}
    place = known.get(code) or site_facts.district(view, site)
    return view.t("site.names_place", place=place)
