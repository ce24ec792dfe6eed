"""What of a chosen district is told beside its density and its coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.measures.emptiness import Empty
from geo.measures.location_quotient import FEW_SITES
from ui.cached import indicators

if TYPE_CHECKING:
    from ui.state.pages import Districts
    from ui.state.view import PageView, View


def rows(view: PageView[Districts]) -> list[tuple[str, str]]:
    """Return label and value of each figure of the chosen district; none where none is chosen."""
    code = view.state.at.of("district")
    if code is None:
        return []
    t = view.t
    row = pd.Series(indicators.profile(view.query).loc[code])
    n = indicators.table(view.query)["n"][code]
    if pd.isna(n):
        return []
    total = indicators.overall(view.query).n
    varied = t(
        "card.diversity_value",
        value=formats.ratio(row["diversity"]),
        entropy=formats.ratio(row["entropy"]),
    )
    share = t("card.share_value", value=formats.percent(row["share_of_sites"]), total=total)
    reach = t("card.access_value", km=formats.number(row["access_km"]))
    values = {
        "share_of_sites": share if total else formats.MISSING,
        "diversity": t("absent.nothing_counted") if pd.isna(row["diversity"]) else varied,
        "lead": lead(view, row, part="card")
        or t("card.lead_few" if n < FEW_SITES else "card.lead_none"),
        "access": t("card.access_none") if pd.isna(row["access_km"]) else reach,
        "spot": spot(view, row, part="card"),
    }
    return [(t(f"card.{key}"), value) for key, value in values.items()]


def lead(view: View, row: pd.Series, *, part: str) -> str:
    """Return the family that a district leads in, with its interval; "" for none.

    `part` is that of the texts: the "card" says it at length, a "column" in short.
    """
    if pd.isna(row["lead"]):
        return ""
    in_short = part == "column"
    chance = not in_short and row["lead_low"] <= 1
    return view.t(
        f"{part}.lead_chance" if chance else f"{part}.lead_value",
        family=view.family(row["lead"], short=in_short),
        stars=int(row["stars"]),
        **{name: formats.ratio(row[f"lead_{name}"]) for name in ("lq", "low", "high")},
    )


def spot(view: View, row: pd.Series, *, part: str) -> str:
    """Return whether a district is hot or cold with its neighbours, or why nobody can say."""
    t = view.t
    if pd.isna(row["spot"]):
        reason = indicators.pattern(view.query).empty["moran"] or Empty.NO_NEIGHBOURS
        return t(f"absent.{reason}")
    z, p = formats.signed(row["gi_z"]), formats.probability(row["gi_p_fdr"])
    return t(f"{part}.spot_{row['spot']}", z=z, p=p)
