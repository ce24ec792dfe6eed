"""The table of all districts, in the order of the indicator in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from geo.measures import ranking
from ui.blocks import grid
from ui.cached import indicators
from ui.state import fields, links
from ui.words import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ui.state.view import View

SORTS: Final[Mapping[str, str]] = {column: key for key, column in indicators.COLUMN.items()}
"""The indicator that each column of figures shows: its heading puts the table in that order."""

FIGURES = ("n", "per_100_km2", "per_100k_residents", "share", "lq", "area_km2", "population",
           "population_year")  # fmt: skip


def show(view: View, table: pd.DataFrame, *, focus: str) -> None:
    """Draw every district with its figures, in named columns."""
    t = view.t
    places = indicators.places(view.query)
    rows = ordered(table, str(view.values["by"]))
    shown = {
        name: dict(zip(rows.index, formats.aligned(name, rows[name]), strict=True))
        for name in FIGURES
    }
    shown["remark"] = dict(zip(rows.index, _remarks(view, rows), strict=True))
    sources = {code: t(f"column.area_{code}") for code in ("official", "polygon")}
    shown["area_source"] = {code: sources[told] for code, told in rows["area_source"].items()}
    names = ["n", "per_100_km2", "per_100k_residents", "share", "lq", "remark", "area_km2",
             "area_source", "population", "population_year"]  # fmt: skip
    if view.unit == "district" and len(set(places["city"])) > 1:
        names.insert(0, "city")
        shown["city"] = {code: view.place_name(name) for code, name in places["city"].items()}
    heads = Markup("").join(_head(view, name, focus=focus) for name in ("name", *names))
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            places[f"name_{t.lang}"][code],
            Markup("").join(
                Markup('<td class="{}">{}</td>').format(_class(name), shown[name][code])
                for name in names
            ),
        )
        for code in rows.index
    )
    title = t("districts.table_caption", region=view.region_name, unit=view.noun())
    grid.write(
        Markup(
            '<div class="ct-scroll" tabindex="0" role="region" aria-label="{0}">'
            '<table class="ct-all"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
            "<tbody>{2}</tbody></table></div>"
        ).format(title, heads, body)
    )


def ordered(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return the districts as the ranking of an indicator has them, then those it leaves out."""
    column = indicators.COLUMN[indicator]
    weak = table["few"] if indicator == "lq" else False
    keys = table.assign(
        out_=ranking.left_out(table, column).notna(),
        weak_=weak,
        value_=ranking.compared(table, column),
    )
    order = keys.sort_values(
        ["out_", "weak_", "value_", "n"], ascending=[True, True, False, False], kind="stable"
    )
    return table.loc[order.index]


def _head(view: View, name: str, *, focus: str) -> Markup:
    """Return a heading; that of an indicator puts the table in its order."""
    said = view.t(f"column.{name}", km=view.radius_km, focus=view.family(focus))
    indicator = SORTS.get(name)
    if indicator is None:
        return Markup('<th scope="col" class="{}">{}</th>').format(_class(name), said)
    link = links.change(view, fields.DISTRICTS, {fields.INDICATOR.name: indicator}, text=said)
    chosen = Markup(' aria-sort="descending"') if indicator == view.values["by"] else ""
    return Markup('<th scope="col" class="{}"{}>{}</th>').format(_class(name), chosen, link)


def _class(name: str) -> str:
    return "ct-figure" if name in FIGURES else f"ct-{name}"


def _remarks(view: View, table: pd.DataFrame) -> list[str]:
    """Return why figures of a district are missing or weak."""
    t = view.t
    remarks = []
    per_resident = ranking.left_out(table, ranking.PEOPLE)
    few = table["few"].map({True: "few"})
    apart = per_resident.where(per_resident == ranking.OTHER_YEAR)
    for (_, row), *also in zip(table.iterrows(), apart, few, strict=True):
        reasons = [row["per_100k_empty"], row["share_empty"], *also]
        texts = [
            t(f"reason.{code}", km=view.radius_km) for code in reasons if isinstance(code, str)
        ]
        remarks.append(t("list.stop").join(texts if row["n"] else [t("reason.no_sites")]))
    return remarks
