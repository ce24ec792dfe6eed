"""What a ranking leaves out: how many units for which reason, and each of them on demand.

Above them stands which of the listed figures are weak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.measures import district_table, ranking
from geo.measures.indicator_list import INDICATORS, OF_COLUMN
from ui.blocks import markup
from ui.cached import indicators

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from markupsafe import Markup

    from geo.measures.region_summary import Summary
    from ui.state.view import View

IN_ORDER = (
    ranking.NO_SITES,
    ranking.OUT_OF_REACH,
    district_table.YEARS_UNKNOWN,
    district_table.POSITIONS_UNKNOWN,
    ranking.NOTHING_KNOWN,
    ranking.NO_SECTOR_SITES,
    ranking.OTHER_YEAR,
    "population_missing",
    "boundary_changed",
    ranking.NO_FIGURE,
)

UNCERTAIN = "population_uncertain"


def note(view: View, table: pd.DataFrame, *, indicator: str) -> Markup:
    """Return the units that the ranking leaves out, by reason, each list behind a disclosure."""
    parts = reasons(view, table, indicator=indicator)
    return markup.left_out(parts, weak=weak(view, table, indicator=indicator))


def reasons(view: View, table: pd.DataFrame, *, indicator: str) -> list[tuple[str, str]]:
    """Return how many units are left out for each reason, and their names."""
    why = ranking.left_out(table, INDICATORS[indicator].column)
    return [
        (
            _reason(view, code, table, n=len(units)),
            _with_years(view, units) if code == ranking.OTHER_YEAR else named(view, units.index),
        )
        for code in IN_ORDER
        if len(units := table[why == code])
    ]


def weak(view: View, table: pd.DataFrame, *, indicator: str) -> str:
    """Return which of the listed figures are for orientation only."""
    listed = table[ranking.left_out(table, INDICATORS[indicator].column).isna()]
    if INDICATORS[indicator].quotient and listed["few"].any():
        return view.t("districts.few_note")
    uncertain = indicators.units(view.query)["population_uncertain"].reindex(listed.index)
    if INDICATORS[indicator].per_resident and uncertain.any():
        names = named(view, listed.index[uncertain.to_numpy()])
        return view.t("districts.listed_uncertain", names=names)
    return ""


def named(view: View, codes: Iterable[object]) -> str:
    """Return the names of units."""
    return view.t("list.comma").join(view.district_name(str(code)) for code in codes)


def _reason(view: View, code: str, table: pd.DataFrame, *, n: int) -> str:
    return view.say(
        f"districts.left_{code}",
        n=n,
        unit=view.noun(n),
        km=view.radius_km,
        year=ranking.common_year(table),
    )


def _with_years(view: View, units: pd.DataFrame) -> str:
    """Return units with their figure per resident and its year."""
    written = INDICATORS[OF_COLUMN[ranking.PEOPLE]].written
    return view.t("list.comma").join(
        view.t(
            "districts.of_year",
            name=view.district_name(str(code)),
            value=written(row[ranking.PEOPLE]),
            year=formats.year(row["population_year"]),
        )
        for code, row in units.iterrows()
    )


def in_none(view: View, overall: Summary) -> list[str]:
    """Return how many sites are in none of the units, and of how many that is not known."""
    counts = {"unplaced": overall.n_unplaced, "outside": overall.n_outside}
    return [
        view.t(f"districts.{key}", n=formats.whole(n), unit=view.noun())
        for key, n in counts.items()
        if n
    ]
