"""The card of what is selected: a site's or a district's facts, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from geo import formats
from geo.facts import remarks
from geo.measures import district_table
from geo.measures.cells import Cell
from geo.measures.indicator_list import INDICATORS
from ui.blocks import cell_card, citations, markup, rankings, site_facts, site_links
from ui.cached import indicators, names, records
from ui.state import fields, links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.state.pages import Figures
    from ui.state.view import PageView, View


def card(
    view: PageView[Figures], *, more: Sequence[tuple[str, Markup | str]] = ()
) -> Markup | None:
    """Return the selected thing's card, or None when nothing is selected.

    `more` are label and value of what a page tells of a district beside the usual.
    """
    chosen = view.state.at
    if chosen.kind == "site":
        site = records.site(chosen.id, view.region)
        link = site_links.profile(view, chosen.id, text=view.t("site.more"))
        return markup.card(
            str(site[f"name_{view.t.lang}"]),
            subtitle=Markup.escape(summary(view, site)) + " " + link,
            rows=list(facts(view, site).values()),
            close=links.leave(view, fields.SELECTED),
        )
    if chosen.kind == "district":
        return _district(view, chosen.id, more)
    cell = Cell.read(chosen.of("cell") or "")
    return None if cell is None else cell_card.card(view, cell)


def summary(view: View, site: pd.Series) -> str:
    """Return what a site is, in one line."""
    t = view.t
    line = t(
        "card.site_line",
        kind=view.term("kind", site["kind"]),
        level=view.term("level", site["level"]),
        district=site_facts.with_former_name(view, site, site_facts.where(view, site))
        or names.region(str(site["region"]), t.lang),
        status=view.term("status", site["status"]),
    )
    if pd.isna(site["opened_year"]):
        return line
    # A design centre's year is that of its title, not of its opening.
    key = "card.recognised" if site["kind"] == "design_center" else "card.opened"
    return t(key, line=line, year=int(site["opened_year"]))


def facts(view: View, site: pd.Series) -> dict[str, tuple[str, Markup | str]]:
    """Return label and value of each fact of a site, by its key, with their sources."""
    t = view.t
    unknown = t("card.unpublished")
    area = site["area_m2"]
    values: dict[str, Markup | str] = {
        "sector": _sectors(view, site["sectors"]),
        "area": unknown if pd.isna(area) else t("card.area_value", value=formats.whole(area)),
        "address": _text(site["address"]) or unknown,
        "precision": markup.strong(t(f"card.precision_{site['precision']}"), kind="accent"),
        "evidence": _evidence(view, site["evidence"]),
        "source": citation(view, site["source"]),
    }
    if not site.geometry.is_empty:
        lon, lat = f"{site['lon']:.5f}", f"{site['lat']:.5f}"
        values["lonlat"] = t("card.lonlat_value", lon=lon, lat=lat)
        values["coordinates"] = citation(view, site["coord_source"])
    if note := _text(site["note"]):
        values["note"] = citation(view, note)
    return {key: (t(f"card.{key}"), value) for key, value in values.items()}


def _district(view: View, adcode: str, more: Sequence[tuple[str, Markup | str]]) -> Markup:
    line, rows = district(view, adcode, more=more)
    close = links.leave(view, fields.SELECTED)
    return markup.card(view.district_name(adcode), subtitle=line, rows=rows, close=close)


def district(
    view: View, adcode: str, *, more: Sequence[tuple[str, Markup | str]] = ()
) -> tuple[str, list[tuple[str, Markup | str]]]:
    """Return what a district has, in one line, then label and value of each of its facts."""
    t = view.t
    place = pd.DataFrame(indicators.units(view.query)).loc[adcode]
    if not isinstance(place, pd.Series):
        raise TypeError(f"adcode {adcode} names several units")
    row = pd.Series(indicators.table(view.query).loc[adcode])
    rows = [*_figures(view, row), *more, (t("card.population"), _population(view, place))]
    if pd.notna(near := row[district_table.REACHED]):
        people = formats.people(near, lang=t.lang)
        label = t("card.reached", km=view.radius_km)
        own = indicators.own_population(view.region)
        value = (
            t("card.reached_value", people=people)
            if own is None
            else t("card.reached_value_own", people=people, source=own.source)
        )
        rows.append((label, value))
    if source := _text(place["population_source"]):
        rows.append((t("card.population_source"), citation(view, source)))
    rows.append(
        (
            t("card.land"),
            t(
                "card.land_value",
                value=formats.number(row["area_km2"]),
                kind=t(f"column.area_{row['area_source']}"),
            ),
        )
    )
    if row["area_source"] == "official" and not view.of_areas:
        rows.append((t("card.area_source"), citation(view, place["area_citation"])))
    if note := _text(place["population_note"]):
        rows.append((t("card.note"), citation(view, note)))
    line = t(
        "card.district_line" if pd.notna(row["n"]) else "card.district_undated",
        city=view.city_name(adcode),
        n=formats.whole(row["n"]),
        located=formats.whole(row["n_located"]),
        undated=formats.whole(row.get("n_undated")),
    )
    return line, rows


def _figures(view: View, row: pd.Series) -> list[tuple[str, Markup | str]]:
    """Return the figures of a district: its densities in one line, each share in its own."""
    t, overall = view.t, indicators.overall(view.query)
    measured = {key: each for key, each in INDICATORS.items() if each.of_place}
    year = row["population_year"]
    densities = t("list.stop").join(
        rankings.with_unit(view, key, row[each.column], year=year)
        for key, each in measured.items()
        if each.has_unit and pd.notna(row[each.column])
    )
    figures: list[tuple[str, Markup | str]] = [(t("card.density"), densities or formats.MISSING)]
    for key, each in measured.items():
        if each.share:
            value, based = each.written(row[each.column]), f"card.{key}_value"
            if pd.notna(row[each.column]) and t.has(based):
                value = t(based, value=value, used=overall.n_used, total=overall.n)
                if row["share_low"] < row["share_high"]:
                    span = formats.between(row["share_low"], row["share_high"])
                    value = t("list.stop").join([value, t("overview.coverage_bounds", span=span)])
            figures.append((rankings.label(view, key), value))
    return figures


def _population(view: View, place: pd.Series) -> str:
    if pd.isna(place["population"]):
        changed = not bool(place["population_comparable"])
        return view.t("reason.boundary_changed" if changed else "reason.population_missing")
    return view.t(
        "card.population_uncertain" if place["population_uncertain"] else "card.population_value",
        value=formats.whole(place["population"]),
        year=formats.year(place["population_year"]),
    )


def _sectors(view: View, codes: str) -> Markup:
    listed = codes.split(";")
    fills = [markup.colour(names.family_of_sector()[code]) for code in listed]
    known = names.sectors(view.t.lang)
    return markup.chips(zip(fills, (known[code] for code in listed), strict=True))


def _evidence(view: View, code: str) -> Markup | str:
    text = view.term("evidence", code)
    return markup.strong(text, kind="warn") if code == "unverified" else text


def citation(view: View, text: object) -> Markup:
    """Return a source in the reader's language: documents by title, addresses as links."""
    source = remarks.translate(_text(text), lang=view.t.lang)
    return citations.linked(source or view.t("card.unpublished"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
