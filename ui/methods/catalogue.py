"""The right of 方法: how complete the catalogue is, how exact, of when, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.china import adcodes
from geo.facts import catalog
from layers import templates
from ui.blocks import grid, markup
from ui.cached import indicators, names, records
from ui.methods.sheet import TEMPLATE, section

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from ui.state.pages import Methods
    from ui.state.view import PageView

EXACT: Final = ("building", "street")


def show(view: PageView[Methods]) -> None:
    """Draw what the figures rest on."""
    t = view.t
    grid.write(section(t("methods.complete"), note=t("methods.complete_note")))
    grid.write(complete(view))
    grid.write(markup.paragraph(t("methods.complete_lead")))
    grid.write(section(t("methods.positions"), note=t("methods.positions_note")))
    grid.write(positions(view))
    grid.write(section(t("methods.age"), note=view.region_name))
    grid.write(age(view))


def complete(view: PageView[Methods]) -> Markup:
    """Return sites on record against what authorities report, of every region."""
    t, rows, silent = view.t, [], []
    for region in names.regions(t.lang):
        name = names.short_region(region, t.lang)
        table = indicators.reported(region)
        whole = table[table["latest"] & ~table["part"]]
        if whole.empty:
            silent.append(name)
        rows += [_reported(view, name, row) for _, row in whole.iterrows()]
    keys = ("what", "reported_head", "on_record_head", "share_head")
    return templates.piece(TEMPLATE, "complete")(
        t("methods.complete"),
        [t(f"methods.{key}") for key in keys],
        rows,
        t("list.comma").join(silent),
        t("methods.incomparable"),
    )


def positions(view: PageView[Methods]) -> Markup:
    """Return how exactly the positions of every region's sites are known."""
    t, rows = view.t, []
    for region in names.regions(t.lang):
        known = records.counted_sites(region)["precision"].value_counts()
        exact = sum(int(known.get(each, 0)) for each in EXACT)
        figures = (known.sum(), exact, known.get("district", 0), known.get("none", 0))
        rows.append((names.short_region(region, t.lang), list(map(formats.whole, figures))))
    keys = ("region", "on_record_head", "exact", "vague", "unlocated")
    heads = [t(f"methods.{key}") for key in keys]
    return templates.piece(TEMPLATE, "positions")(t("methods.positions"), heads, rows)


def age(view: PageView[Methods]) -> Markup:
    """Return of when the data of a region are, and what is not known."""
    t, sites = view.t, records.counted_sites(view.region)
    units = indicators.units(view.query)
    gaps = {
        "unplaced": sites.geometry.is_empty,
        "no_year": sites["opened_year"].isna(),
        "no_area": sites["area_m2"].isna(),
        "unverified": sites["evidence"] == "unverified",
    }
    total = formats.whole(len(sites))
    rows = [
        (t("methods.date"), catalog.catalogue_date().isoformat()),
        (t("methods.residents_year"), _years(view, units["population_year"])),
        (t("methods.land_year"), _years(view, units["area_year"])),
        (t("methods.boundaries"), t("methods.boundaries_value", state=adcodes.STATE)),
        *(
            (
                t(f"methods.{key}"),
                t("methods.of", value=formats.whole(missing.sum()), total=total),
            )
            for key, missing in gaps.items()
        ),
    ]
    return templates.piece(TEMPLATE, "facts")(rows)


def _years(view: PageView[Methods], years: pd.Series) -> str:
    """Return the years of a column of districts, and how many of them have one."""
    t, known = view.t, years.dropna()
    if known.empty:
        return t("methods.years_none")
    first, last = (formats.year(each) for each in (known.min(), known.max()))
    return t(
        "methods.years_value",
        years=first if first == last else f"{first}–{last}",
        known=len(known),
        n=len(years),
        unit=view.noun(len(years)),
    )


def _reported(
    view: PageView[Methods], region: str, row: pd.Series
) -> tuple[str, str, str, str, str, float, str]:
    """Return a row of what an authority reports: see `complete` of the template."""
    t = view.t
    share = float(row["sites"] / row["reported"])
    reported, written = formats.whole(row["reported"]), formats.percent(share, digits=0)
    if row["at_least"]:
        reported = t("methods.at_least", n=reported)
        written = t("methods.most", share=written) if row["sites"] else written
    return (
        region,
        t("list.comma").join(row[f"name_{t.lang}"]),
        reported,
        t("methods.year", year=formats.year(row["year"])),
        formats.whole(row["sites"]),
        min(share, 1.0),
        written,
    )
