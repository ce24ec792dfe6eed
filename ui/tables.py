"""The table of all districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo import ranking
from ui import formats, results

if TYPE_CHECKING:
    from ui.view import View

HEIGHT = 736


def show(view: View, table: pd.DataFrame, *, focus: str) -> None:
    """Draw every district with its figures, in named columns."""
    t = view.t
    places = results.places(view.query)
    shown = pd.DataFrame(
        {
            "name": places[f"name_{t.lang}"],
            "n": table["n"],
            "per_100_km2": table["per_100_km2"],
            "per_100k_residents": table["per_100k_residents"],
            "share": table["share"],
            "lq": table["lq"],
            "remark": _remarks(view, table),
            "area_km2": table["area_km2"],
            "area_source": table["area_source"].map(
                {code: t(f"column.area_{code}") for code in ("official", "polygon")}
            ),
            "population": table["population"],
            "population_year": table["population_year"],
        }
    )
    if view.unit == "district" and len(set(places["city"])) > 1:
        shown.insert(1, "city", places["city"].map(view.place_name))
    number = st.column_config.NumberColumn
    columns = {name: t(f"column.{name}", km=view.radius_km, focus=view.family(focus))
               for name in shown.columns}  # fmt: skip
    st.dataframe(
        shown.sort_values("n", ascending=False, kind="stable"),
        hide_index=True,
        height=HEIGHT,
        key="districts_table",
        placeholder=formats.MISSING,
        column_config={
            **columns,
            "per_100_km2": number(columns["per_100_km2"], format="%.3g"),
            "per_100k_residents": number(columns["per_100k_residents"], format="%.3g"),
            "share": number(columns["share"], format="percent"),
            "lq": number(columns["lq"], format="%.2f"),
            "area_km2": number(columns["area_km2"], format="localized"),
            "population": number(columns["population"], format="localized"),
            "population_year": number(columns["population_year"], format="%d"),
        },
    )


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
