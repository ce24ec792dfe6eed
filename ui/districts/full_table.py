"""The table of all districts, in the order of the indicator in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import formats
from geo.measures import district_table, ranking
from geo.measures.indicator_list import INDICATORS, OF_COLUMN
from layers import templates
from ui.blocks import grid, leftout
from ui.cached import indicators
from ui.districts import profile
from ui.state import fields, links

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.state.pages import Districts
    from ui.state.view import PageView

IN_ORDER: Final = tuple(sorted(INDICATORS, key=lambda key: not INDICATORS[key].counted))
"""The indicators: what is counted first, then what follows from it."""

MEASURED: Final = tuple(INDICATORS[key].column for key in IN_ORDER)

AMOUNTS: Final = ("area_km2", "population")
YEAR: Final = "population_year"
PROFILE: Final = ("share_of_sites", "diversity", "entropy", "access_km")
FIGURES: Final = (*MEASURED, *PROFILE, "stars", *AMOUNTS, district_table.REACHED, YEAR)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The heading of a column: its class, its text, and whether the table is in its order."""

    name: str
    head: str | Markup
    sorted: bool = False


def show(view: PageView[Districts], table: pd.DataFrame, *, focus: str) -> None:
    """Draw every district with its figures, in named columns."""
    t = view.t
    units = indicators.units(view.query)
    rows = ordered(table, view.state.by)
    shown = figures(view, rows)
    names = [
        *MEASURED,
        *PROFILE,
        "lead",
        "stars",
        "spot",
        "remark",
        "area_km2",
        "area_source",
        "population",
        YEAR,
        district_table.REACHED,
    ]
    if view.unit == "district" and len(set(units["city"])) > 1:
        names.insert(0, "city")
    heads = [_heading(view, name, focus=focus) for name in ("name", *names)]
    named = units[f"name_{t.lang}"]
    grid.write(
        templates.html(
            "ui/districts/full_table.html",
            caption=t("districts.table_caption", region=view.region_name, unit=view.noun()),
            columns=heads,
            rows=[(named[code], [shown[name][code] for name in names]) for code in rows.index],
        )
    )


def figures(view: PageView[Districts], rows: pd.DataFrame) -> dict[str, dict[object, str]]:
    """Return every column of the table as it is written, each by district."""
    t, units = view.t, indicators.units(view.query)
    more = indicators.profile(view.query).loc[rows.index]
    columns = {
        **{each.column: each.aligned(rows[each.column]) for each in INDICATORS.values()},
        **{name: formats.aligned(rows[name]) for name in AMOUNTS},
        district_table.REACHED: list(map(formats.whole, rows[district_table.REACHED])),
        YEAR: list(map(formats.year, rows[YEAR])),
        "share_of_sites": formats.aligned(more["share_of_sites"], share=True),
        "access_km": formats.aligned(more["access_km"]),
        **{name: list(map(formats.ratio, more[name])) for name in ("diversity", "entropy")},
        "lead": [
            profile.lead(view, row, part="column") or formats.MISSING for _, row in more.iterrows()
        ],
        "stars": list(map(formats.whole, more["stars"])),
        "spot": [profile.spot(view, row, part="column") for _, row in more.iterrows()],
    }
    shown: dict[str, dict[object, str]] = {
        name: dict(zip(rows.index, texts, strict=True)) for name, texts in columns.items()
    }
    shown["remark"] = dict(zip(rows.index, _remarks(view, rows, units), strict=True))
    sources = {code: t(f"column.area_{code}") for code in ("official", "polygon")}
    shown["area_source"] = {code: sources[kind] for code, kind in rows["area_source"].items()}
    if "city" in units:
        shown["city"] = {code: view.place_name(name) for code, name in units["city"].items()}
    return shown


def ordered(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return the districts as the ranking of an indicator has them, then those it leaves out."""
    column = INDICATORS[indicator].column
    weak = table["few"] if INDICATORS[indicator].quotient else False
    keys = table.assign(
        out_=ranking.left_out(table, column).notna(),
        weak_=weak,
        value_=ranking.compared(table, column),
    )
    order = keys.sort_values(
        ["out_", "weak_", "value_", "n"], ascending=[True, True, False, False], kind="stable"
    )
    return table.loc[order.index]


def _heading(view: PageView[Districts], name: str, *, focus: str) -> Heading:
    """Return the heading of a column; that of an indicator puts the table in its order."""
    own = "ct-figure" if name in FIGURES else f"ct-{name}"
    head = view.t(f"column.{name}", km=view.radius_km, focus=view.family(focus))
    indicator = OF_COLUMN.get(name)
    if indicator is None:
        return Heading(name=own, head=head)
    link = links.change(view, {fields.INDICATOR.name: indicator}, text=head)
    return Heading(name=own, head=link, sorted=indicator == view.state.by)


def _remarks(view: PageView[Districts], table: pd.DataFrame, units: pd.DataFrame) -> list[str]:
    """Return why figures of a district are missing or weak."""
    t = view.t
    remarks = []
    per_resident = ranking.left_out(table, ranking.PEOPLE)
    few = table["few"].map({True: "few"})
    uncertain = units["population_uncertain"].reindex(table.index).map({True: leftout.UNCERTAIN})
    apart = per_resident.where(per_resident == ranking.OTHER_YEAR)
    for (_, row), *also in zip(table.iterrows(), apart, uncertain, few, strict=True):
        reasons = [*(row[column] for column in ranking.STATED.values()), *also]
        texts = [
            t(f"reason.{code}", km=view.radius_km) for code in reasons if isinstance(code, str)
        ]
        if not row["n"] > 0:
            texts = [view.say(f"reason.{'years_unknown' if pd.isna(row['n']) else 'no_sites'}")]
        remarks.append(t("list.stop").join(texts))
    return remarks
