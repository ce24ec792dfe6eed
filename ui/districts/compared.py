"""Up to twelve districts side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import formats
from geo.measures import district_table, ranking
from geo.measures.indicator_list import INDICATORS
from ui.blocks import grid, markup, rankings
from ui.cached import names
from ui.districts import full_table
from ui.state import fields, session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.state.pages import Districts
    from ui.state.view import PageView
    from ui.words.language import PageTexts


def show(view: PageView[Districts], table: pd.DataFrame, *, focus: str) -> None:
    """Choose districts and draw their figures in columns."""
    t = view.t
    codes = list(view.state.compare)
    unit = view.noun(len(codes) or 2)
    title = t("districts.compare" if codes else "districts.compare_head", n=len(codes), unit=unit)
    grid.write(markup.heading(title, note=t("districts.compare_note") if codes else ""))
    st.multiselect(
        t("control.compare"),
        list(names.districts(view.region, view.unit, "zh")),
        key=session.widget_key(fields.COMPARED),
        format_func=view.district_name,
        max_selections=fields.MAX_COMPARED,
        # It would take the first few and not say so.
        select_all=False,
        placeholder=t("districts.compare_pick", unit=unit, most=fields.MAX_COMPARED),
        label_visibility="collapsed",
    )
    if not codes:
        return
    heads = [view.district_name(code) for code in codes]
    grid.write(
        markup.comparison(
            heads,
            rows(view, table.loc[codes], focus=focus),
            caption=t("districts.table_caption", region=view.region_name, unit=unit),
            corner=t("districts.indicator"),
        )
    )
    if table.loc[codes, "few"].any():
        grid.write(markup.paragraph(t("districts.few_star")))


def rows(
    view: PageView[Districts], table: pd.DataFrame, *, focus: str
) -> list[tuple[str, str, Sequence[str], int | None]]:
    """Return label, unit, figures and the place of the best one, of each figure of districts."""
    t = view.t
    years = [formats.year(year) for year in sorted(set(table["population_year"].dropna()))]
    # Where they differ, each figure has its own year beside it.
    several = len(years) > 1
    population = t("districts.population_row")
    if len(years) == 1:
        population = t("districts.population_row_year", year=years[0])
    lang = t.lang
    plans: tuple[tuple[str, str, str, Callable[[object], str], bool], ...] = (
        *(
            (
                t(f"districts.{key}_row", km=view.radius_km, focus=view.family(focus)),
                key if INDICATORS[key].has_unit else "",
                INDICATORS[key].column,
                INDICATORS[key].written,
                True,
            )
            for key in full_table.IN_ORDER
        ),
        (population, "residents", "population",
         lambda value: formats.people(value, lang=lang), False),
        (t("districts.reached_row", km=view.radius_km), "residents", district_table.REACHED,
         lambda value: formats.people(value, lang=lang), False),
        (t("districts.land_row"), "km2", "area_km2", formats.number, False),
    )  # fmt: skip
    return [
        (
            label,
            _unit(view, unit, years),
            [
                _cell(t, row, column, show_value(row[column]), several=several)
                for _, row in table.iterrows()
            ],
            best(table[column].mask(table["few"]) if column == ranking.QUOTIENT else table[column])
            # Residents of different years are never ranked.
            if ranked and not (several and column == ranking.PEOPLE)
            else None,
        )
        for label, unit, column, show_value, ranked in plans
    ]


def _unit(view: PageView[Districts], unit: str, years: Sequence[str]) -> str:
    """Return the unit of a row, of which year the residents are where that is one."""
    if unit in INDICATORS and len(years) == 1:
        return rankings.unit(view, unit, year=years[0])
    return view.t(f"unit.{unit}") if unit else ""


def _cell(t: PageTexts, row: pd.Series, column: str, figure: str, *, several: bool) -> str:
    """Return a figure as it is written: a star on few sites, its year where years differ."""
    if pd.isna(row[column]):
        return figure
    if column == ranking.QUOTIENT and row["few"]:
        return f"{figure}*"
    if several and column in {ranking.PEOPLE, "population"}:
        return t("districts.in_year", value=figure, year=formats.year(row["population_year"]))
    return figure


def best(values: pd.Series) -> int | None:
    """Return the place of the one largest value; None when there is none or it is shared."""
    known = pd.to_numeric(values, errors="coerce").astype(float)
    if known.notna().sum() < 2 or int((known == known.max()).sum()) > 1:
        return None
    return int(known.fillna(-math.inf).to_numpy().argmax())
