"""Worked examples of sectors: of a district's sites, against those of its region."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from geo.facts import sectors
from geo.measures import concentration, location_quotient
from ui.cached import clustering, indicators
from ui.methods.example import Example, Interval, Line, Row, district, divided, equal, strong

if TYPE_CHECKING:
    from ui.state.pages import Methods
    from ui.state.view import PageView

AXIS = (0.125, 16.0)
"""Ends of the logarithmic axis of quotients."""

TICKS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
FIRST = 5
"""Sectors that are named with their shares."""


def quotient(view: PageView[Methods]) -> Example:
    """Return a location quotient with its interval."""
    t, place, focus = view.t, _place(view), view.family(view.state.focus)
    x_ds, x_d, x_s, x = _four(view)
    written = [formats.limit(each) for each in (x_ds, x_d, x_s, x)]
    labels = {
        "x_{ds}": t("methods.x_ds", place=place, focus=focus),
        "x_d": t("methods.x_d", place=place),
        "x_s": t("methods.x_ds", place=view.region_short, focus=focus),
        "x": t("methods.x_d", place=view.region_short),
    }
    rows = [Row(sign, label, n) for (sign, label), n in zip(labels.items(), written, strict=True)]
    lq = float(location_quotient.location_quotient(x_ds, x_d, x_s, x))
    of = t("methods.of_focus", place=place, focus=focus)
    if math.isnan(lq):
        return Example(of=of, rows=rows, note=t("methods.no_quotient"))
    low, high = map(float, location_quotient.interval(x_ds, x_d, x_s, x))
    value, limits = formats.ratio(lq), (formats.ratio(low), formats.ratio(high))
    above, below = (rf"{a} / {b}" for a, b in zip(written[::2], written[1::2], strict=True))
    notes = [t("methods.holds_1" if low <= 1 <= high else "methods.without_1")]
    if x_ds % 1:
        notes.append(t("methods.fractions"))
    if x_d < location_quotient.FEW_SITES:
        notes.append(t("methods.few"))
    return Example(
        of=of,
        rows=rows,
        worked=[divided(above, below, value, name=r"\mathrm{LQ}_{ds}")],
        value=t("methods.between", value=value, low=limits[0], high=limits[1], n=written[1]),
        interval=Interval(
            low=_on_axis(low),
            value=_on_axis(lq),
            high=_on_axis(high),
            ends=limits,
            ticks=[(_on_axis(each), f"{each:g}") for each in TICKS],
            mark=_on_axis(1.0),
            words=t("methods.interval", value=value, low=limits[0], high=limits[1]),
        ),
        note=t("list.sentence").join(notes),
    )


def diversity(view: PageView[Methods]) -> Example:
    """Return how varied a district's sectors are."""
    t, place = view.t, _place(view)
    mix = indicators.families(view.query)
    own = pd.Series(mix.loc[district(view)])
    if not own.sum():
        return Example(of=place, rows=[Row("x_d", t("methods.x_d", place=place), "0")],
                       note=t("methods.no_sector"))  # fmt: skip
    shares = (own / own.sum()).sort_values(ascending=False, kind="stable")
    rows = [
        Row("p_s", view.family(str(key)), formats.percent(share))
        for key, share in shares[shares > 0].head(FIRST).items()
    ]
    if (rest := shares[shares > 0].iloc[FIRST:]).size:
        rows.append(Row("p_s", t("methods.others", n=len(rest)), formats.percent(rest.sum())))
    rows.append(Row("k", t("methods.k"), formats.whole(len(own))))
    hhi = concentration.herfindahl(own)
    value = formats.ratio(concentration.diversity(own))
    return Example(
        of=place,
        rows=rows,
        worked=[
            Line(rf"1 - \mathrm{{HHI}} = 1 - {formats.ratio(hhi)} = {strong(value)}"),
            equal(r"\mathrm{HHI}^*", formats.ratio(concentration.herfindahl(own, normalised=True))),
            equal("E", formats.ratio(concentration.entropy(own))),
        ],
        value=value,
    )


def stars(view: PageView[Methods]) -> Example:
    """Return which of the three tests a district's sector passes."""
    t, place, focus = view.t, _place(view), view.family(view.state.focus)
    columns = ["x_ds", "x_d", "lq", "stars"]
    key = (district(view), view.state.focus)
    x_ds, x_d, lq, earned = clustering.specialisation(view.query)[columns].loc[[key]].to_numpy()[0]
    share = x_ds / x_d if x_d else math.nan
    rows = [
        Row("x_{ds}", t("methods.x_ds", place=place, focus=focus), formats.limit(x_ds)),
        Row(r"\mathrm{LQ}_{ds}", t("shade.lq"), formats.ratio(lq)),
        Row("x_{ds} / x_d", t("methods.share_of_focus", place=place), formats.percent(share)),
    ]
    of = t("methods.of_focus", place=place, focus=focus)
    if pd.isna(earned):
        return Example(of=of, rows=rows, note=t("methods.too_few"))
    value = formats.whole(earned)
    return Example(
        of=of,
        rows=rows,
        worked=[equal(r"\bigstar_{ds}", value)],
        value=t("methods.stars", n=value),
    )


def _four(view: PageView[Methods]) -> tuple[float, float, float, float]:
    """Return sites of the sector and in all: of the district, of the region."""
    figures = indicators.quotients(view.query, view.state.focus)
    x_ds, x_d = figures.loc[[district(view)], ["x_ds", "n"]].to_numpy()[0].tolist()
    pairs = sectors.shares(indicators.figured(view.query))
    wanted = pairs["sector"].isin(sectors.of_families({view.state.focus}))
    return x_ds, x_d, float(pairs["share"][wanted].sum()), pairs["site"].nunique()


def _place(view: PageView[Methods]) -> str:
    return view.district_name(district(view))


def _on_axis(lq: float) -> float:
    """Return where a quotient stands on the axis, from 0 to 1; beyond its ends at them."""
    first, last = AXIS
    inside = min(max(lq, first), last)
    return math.log(inside / first) / math.log(last / first)
