"""A row of dots for each indicator: where a unit stands among its peers and neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy import optimize

from geo import formats
from geo.measures import peers
from geo.measures.indicator_list import INDICATORS
from layers import templates
from ui.cached import names
from ui.state import fields, links

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markupsafe import Markup

    from geo.measures.peers import Standing
    from ui.districts.peers.comparison import Comparison
    from ui.state.address import Value

TEMPLATE: Final = "ui/districts/peers/plots.html"
WIDTHS: Final = {"wide": 520.0, "slim": 300.0}
"""Of the axis at least where a drawing is shown, px: one of them is, whichever fits."""

MARGIN: Final = 8.0
"""Px that symbols may stand aside of the axis' ends."""
APART: Final = 15.4
"""From middle to middle of two symbols, px."""
OFF: Final = 2.0
"""Px from which on a symbol that was moved has a stroke to its true place."""
MOST_STEPS: Final = 5
NICE: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What a row shows: its name and unit, and the figure of everything compared.

    `link` is what leads to it on the map; `written` takes a figure, returns it as text.
    """

    label: str
    unit: str
    values: pd.Series
    written: Callable[[object], str]
    link: Mapping[str, Value]
    share: bool
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """A circle or square: where it stands and where its figure is, its sign and link.

    Places are shares (0-1) of the axis, as in all of a drawing.
    """

    x: float
    true: float
    moved: bool
    sign: str
    title: str
    address: str
    put: str
    marked: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A row as it is drawn for one width of the axis."""

    name: str
    ticks: Sequence[tuple[float, str]]
    others: Sequence[float]
    own: float | None
    median: float | None
    peers: Sequence[Symbol]
    neighbours: Sequence[Symbol]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row: words, drawings, and the same as a line of a table."""

    label: Markup
    name: str
    unit: str
    value: str
    rank: str
    median: str
    drawings: Sequence[Drawing]
    cells: Sequence[str]


def measures(shown: Comparison) -> list[Measure]:
    """Return what is compared: indicators, then the shares of sectors, the most unlike first."""
    view, t = shown.view, shown.view.t
    found = [
        Measure(
            label=t(f"districts.{key}_row", km=view.radius_km),
            unit=t("peers.coverage_unit") if key == "coverage" else t(f"unit.{key}"),
            values=shown.figures[each.column],
            written=each.written,
            link={fields.VIEW.name: "map", fields.INDICATOR.name: key},
            share=each.share,
        )
        for key, each in INDICATORS.items()
        if each.of_place and each.column in shown.figures
    ]
    quotient = next(key for key, each in INDICATORS.items() if each.quotient)
    shares = [
        Measure(
            label=view.family(key),
            unit=t("peers.share_unit", unit=shown.noun(1)),
            values=shown.figures[key],
            written=lambda value: formats.percent(value, digits=0),
            link={
                fields.VIEW.name: "map",
                fields.INDICATOR.name: quotient,
                fields.FOCUS.name: key,
            },
            share=True,
            family=key,
        )
        for key in names.families("zh")
    ]
    told = [each for each in found if each.values.reindex(compared(shown)).notna().any()]
    return [*told, *sorted(filter(lambda each: _tells(shown, each), shares), key=_unlike(shown))]


def compared(shown: Comparison) -> list[str]:
    """Return everything in a plot that is named: the unit, its peers, its neighbours."""
    return list(dict.fromkeys([shown.of, *shown.peers, *shown.neighbours]))


def standing(shown: Comparison, measure: Measure) -> Standing:
    """Return where the unit stands among its peers."""
    return peers.standing(measure.values, of=shown.of, peers=shown.peers)


def left_out(shown: Comparison) -> list[str]:
    """Return the families that neither the unit nor half of its peers has."""
    drawn = {each.family for each in measures(shown)}
    return [
        shown.view.family(key)
        for key in names.families("zh")
        if key not in drawn and pd.notna(shown.figures[key].get(shown.of))
    ]


def _tells(shown: Comparison, measure: Measure) -> bool:
    own = standing(shown, measure)
    return not math.isnan(own.value) and (own.value > 0 or own.median > 0)


def _unlike(shown: Comparison) -> Callable[[Measure], float]:
    """Return by what shares are put in order: how far the unit's is from the median, descending."""

    def order(measure: Measure) -> float:
        own = standing(shown, measure)
        return 0.0 if math.isnan(own.median) else -round(abs(own.value - own.median), 9)

    return order


def html(shown: Comparison) -> Markup:
    """Draw a row for each indicator, and the same as a table that is read out."""
    t = shown.view.t
    rows = [_row(shown, each) for each in measures(shown)]
    heads = [
        t("districts.indicator"),
        shown.name(shown.of),
        t("peers.rank"),
        t("peers.median"),
        *(f"{shown.letters[code]} {shown.name(code)}" for code in shown.peers),
        *(t("peers.neighbour", name=shown.name(code)) for code in shown.neighbours),
    ]
    return templates.html(
        TEMPLATE,
        title=t("peers.title") if shown.peers else t("peers.title_near", unit=shown.noun()),
        note=t("peers.ranked", n=1 + len(shown.peers), unit=shown.noun(1 + len(shown.peers)))
        if shown.peers
        else "",
        keys=_keys(shown),
        rows=rows,
        heads=heads,
        caption=t("peers.caption", name=shown.name(shown.of)),
    )


def _keys(shown: Comparison) -> list[tuple[str, str, str]]:
    """Return what each sign means, as kind, sign and words."""
    t = shown.view.t
    keys = [("own", "", shown.name(shown.of))]
    if shown.peers:
        keys += [
            ("peer", "A", t("peers.lettered", alike=shown.alike)),
            ("median", "", t("peers.median_of", alike=shown.alike)),
        ]
    if shown.neighbours:
        first = shown.initials[shown.neighbours[0]]
        keys.append(("neighbour", first, t("peers.neighbours", unit=shown.noun())))
    keys.append(("other", "", t("peers.others", region=shown.view.region_short, unit=shown.noun())))
    return keys if not shown.whole else keys[:-1]


def _row(shown: Comparison, measure: Measure) -> Row:
    t, own = shown.view.t, standing(shown, measure)
    written = measure.written
    rank = t("peers.place", rank=own.rank, n=own.among) if own.rank and shown.peers else ""
    median = "" if math.isnan(own.median) else t("peers.middle", value=written(own.median))
    cells = [written(own.value), rank or formats.MISSING, written(own.median)]
    return Row(
        label=links.change(shown.view, measure.link, text=measure.label),
        name=measure.label,
        unit=measure.unit,
        value=written(own.value),
        rank=rank,
        median=median,
        drawings=[_drawing(shown, measure, own, name) for name in WIDTHS],
        cells=[
            *cells,
            *(written(measure.values.get(code)) for code in [*shown.peers, *shown.neighbours]),
        ],
    )


def _drawing(shown: Comparison, measure: Measure, own: Standing, name: str) -> Drawing:
    named = compared(shown)
    known = measure.values.dropna()
    ground = known[~known.index.isin(named)]
    here = shown.units["region"].reindex(ground.index) == shown.view.region
    ground = ground[here.fillna(value=False).to_numpy(dtype=bool)]
    seen = pd.concat([known[known.index.isin(named)], ground])
    ticks = axis(float(seen.max()) if len(seen) else 0.0)
    scale = 100.0 if measure.share else 1.0
    return Drawing(
        name=name,
        ticks=[(tick / ticks[-1], f"{scale * tick:g}") for tick in ticks],
        others=[float(value) / ticks[-1] for value in ground],
        own=None if math.isnan(own.value) else own.value / ticks[-1],
        median=None if math.isnan(own.median) else own.median / ticks[-1],
        peers=_symbols(shown, measure, shown.letters, most=ticks[-1], width=WIDTHS[name]),
        neighbours=_symbols(shown, measure, shown.initials, most=ticks[-1], width=WIDTHS[name]),
    )


def _symbols(
    shown: Comparison,
    measure: Measure,
    signs: Mapping[str, str],
    *,
    most: float,
    width: float,
) -> list[Symbol]:
    known = measure.values.reindex(list(signs)).dropna().sort_values(kind="stable")
    true = [width * float(value) / most for value in known]
    places = apart(true, least=0.0, most=width + MARGIN)
    return [
        Symbol(
            x=x / width,
            true=place / width,
            moved=abs(x - place) > OFF,
            sign=signs[str(code)],
            title=f"{shown.name(str(code))} {measure.written(value)}",
            address=address,
            put=put,
            marked=shown.view.state.peer == code,
        )
        for (code, value), place, x in zip(known.items(), true, places, strict=True)
        for address, put in [links.changing(shown.view, marking(shown, str(code)))]
    ]


def marking(shown: Comparison, code: str) -> dict[str, Value]:
    """Return what marks a unit in every row, or marks none where it is marked."""
    return {fields.PEER.name: "" if shown.view.state.peer == code else code}


def axis(most: float) -> list[float]:
    """Return the ticks of an axis from 0 to a figure or beyond, at most five steps of one length.

    >>> axis(78), axis(2.2), axis(0)
    ([0.0, 20.0, 40.0, 60.0, 80.0], [0.0, 0.5, 1.0, 1.5, 2.0, 2.5], [0.0, 1.0])
    """
    if most <= 0:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(most / MOST_STEPS))
    step = next(nice * power for nice in NICE if nice * power * MOST_STEPS >= most * (1 - 1e-9))
    n = max(1, math.ceil(most / step - 1e-9))
    return [round(i * step, 12) for i in range(n + 1)]


def apart(places: Sequence[float], *, least: float, most: float) -> list[float]:
    """Return where symbols stand that would cover each other: as near to their places as can be.

    Parameters
    ----------
    places
        In ascending order, px.
    least, most
        Where the first and the last may stand.

    >>> apart([10, 10, 100], least=0, most=200)
    [2.3, 17.7, 100.0]
    """
    if not places:
        return []
    steps = APART * np.arange(len(places))
    fitted = optimize.isotonic_regression(np.asarray(places, dtype=float) - steps).x
    moved = np.clip(fitted, least, max(least, most - steps[-1])) + steps
    return [round(float(each), 2) for each in moved]
