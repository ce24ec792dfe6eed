"""A row of dots for each indicator: where a unit stands among its peers and neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

import numpy as np
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
    """What a row shows: its name and unit, and the figure of everything that has one.

    `own` is where the unit stands by it, `link` what leads to it on the map; `written` takes a
    figure, returns it as text.
    """

    label: str
    unit: str
    values: Mapping[str, float]
    own: Standing
    written: Callable[[object], str]
    link: Mapping[str, Value]
    share: bool
    family: str = ""


class Mark(NamedTuple):
    """What is drawn as a symbol: its adcode, sign and name, and the link that marks it."""

    code: str
    sign: str
    name: str
    address: str
    put: str


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """A circle or square: where it stands and where its figure is.

    Places are shares (0-1) of the axis, as in all of a drawing.
    """

    x: float
    true: float
    moved: bool
    mark: Mark
    title: str


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
            written=each.written,
            link={fields.VIEW.name: "map", fields.INDICATOR.name: key},
            share=each.share,
            **_figures(shown, each.column),
        )
        for key, each in INDICATORS.items()
        if each.of_place and each.column in shown.figures
    ]
    quotient = next(key for key, each in INDICATORS.items() if each.quotient)
    shares = [
        Measure(
            label=view.family(key),
            unit=t("peers.share_unit", unit=shown.noun(1)),
            written=lambda value: formats.percent(value, digits=0),
            link={
                fields.VIEW.name: "map",
                fields.INDICATOR.name: quotient,
                fields.FOCUS.name: key,
            },
            share=True,
            family=key,
            **_figures(shown, key),
        )
        # Of the sites of one sector the shares of sectors say nothing.
        for key in (() if view.state.sector else names.families("zh"))
    ]
    told = [each for each in found if not each.values.keys().isdisjoint(_named(shown))]
    return [*told, *sorted(filter(_tells, shares), key=_alike)]


class _Figures(TypedDict):
    values: Mapping[str, float]
    own: Standing


def _figures(shown: Comparison, column: str) -> _Figures:
    values = shown.figures[column].astype("float64").dropna()
    own = peers.standing(values, of=shown.of, peers=shown.peers)
    return {"values": {str(code): float(value) for code, value in values.items()}, "own": own}


def _named(shown: Comparison) -> list[str]:
    """Return everything in a plot that is named: the unit, its peers, its neighbours."""
    return [shown.of, *shown.peers, *shown.neighbours]


def left_out(shown: Comparison, found: Sequence[Measure]) -> list[str]:
    """Return the families that neither the unit nor half of its peers has; none of no peers."""
    drawn = {each.family for each in found}
    if all(math.isnan(each.own.median) for each in found if each.family):
        return []
    return [shown.view.family(key) for key in names.families("zh") if key not in drawn]


def _tells(share: Measure) -> bool:
    return share.own.value > 0 or (share.own.rank > 0 and share.own.median > 0)


def _alike(share: Measure) -> float:
    """Return by what shares are put in order: the farther from the median, the sooner."""
    far = abs(share.own.value - share.own.median)
    return 0.0 if math.isnan(far) else -round(far, 9)


def html(shown: Comparison, found: Sequence[Measure]) -> Markup:
    """Draw a row for each indicator, and the same as a table that is read out."""
    t = shown.view.t
    # Who is both has one symbol, its letter; its name says that it borders on the unit too.
    beside = {code: sign for code, sign in shown.initials.items() if code not in shown.letters}
    marks = _marks(shown, shown.letters), _marks(shown, beside)
    heads = [
        t("districts.indicator"),
        shown.name(shown.of),
        t("peers.rank"),
        t("peers.median"),
        *(f"{each.sign} {each.name}" for each in marks[0]),
        *(each.name for each in marks[1]),
    ]
    return templates.html(
        TEMPLATE,
        title=t("peers.title") if shown.peers else t("peers.title_near", unit=shown.noun()),
        note=t("peers.ranked", n=1 + len(shown.peers), unit=shown.noun(1 + len(shown.peers)))
        if shown.peers
        else "",
        keys=_keys(shown),
        rows=[_row(shown, each, marks) for each in found],
        heads=heads,
        caption=t("peers.caption", name=shown.name(shown.of)),
        marked=shown.view.state.peer,
    )


def _marks(shown: Comparison, signs: Mapping[str, str]) -> list[Mark]:
    return [
        Mark(code, sign, _name(shown, code), *links.changing(shown.view, marking(shown, code)))
        for code, sign in signs.items()
    ]


def _name(shown: Comparison, code: str) -> str:
    name = shown.name(code)
    return shown.view.t("peers.neighbour", name=name) if code in shown.neighbours else name


def _keys(shown: Comparison) -> list[tuple[str, str, str]]:
    """Return what each sign means, as kind, sign and words."""
    t = shown.view.t
    keys = [("own", "", shown.name(shown.of))]
    if shown.peers:
        keys += [
            ("peer", "A", t("peers.lettered", alike=shown.alike)),
            ("median", "", t("peers.median_of", alike=shown.alike)),
        ]
    alone = [code for code in shown.neighbours if code not in shown.letters]
    if alone:
        first = shown.initials[alone[0]]
        keys.append(("neighbour", first, t("peers.neighbours", unit=shown.noun())))
    if not shown.whole:
        region = shown.view.region_short
        keys.append(("other", "", t("peers.others", region=region, unit=shown.noun())))
    return keys


def _row(shown: Comparison, measure: Measure, marks: tuple[Sequence[Mark], Sequence[Mark]]) -> Row:
    t, own, written = shown.view.t, measure.own, measure.written
    rank = t("peers.place", rank=own.rank, n=own.among) if own.rank and shown.peers else ""
    median = "" if math.isnan(own.median) else t("peers.middle", value=written(own.median))
    return Row(
        label=links.change(shown.view, measure.link, text=measure.label),
        name=measure.label,
        unit=measure.unit,
        value=written(own.value),
        rank=rank,
        median=median,
        drawings=[_drawing(shown, measure, marks, name) for name in WIDTHS],
        cells=[
            written(own.value),
            rank or formats.MISSING,
            written(own.median),
            *(written(measure.values.get(each.code)) for each in (*marks[0], *marks[1])),
        ],
    )


def _drawing(
    shown: Comparison,
    measure: Measure,
    marks: tuple[Sequence[Mark], Sequence[Mark]],
    name: str,
) -> Drawing:
    own, values, named = measure.own, measure.values, set(_named(shown))
    others = [values[code] for code in shown.others if code in values]
    ticks = axis(max([0.0, *others, *(values[code] for code in named & values.keys())]))
    most, width = ticks[-1], WIDTHS[name]
    scale = 100.0 if measure.share else 1.0
    of_peers, of_neighbours = (_symbols(measure, each, most=most, width=width) for each in marks)
    return Drawing(
        name=name,
        ticks=[(tick / most, f"{scale * tick:g}") for tick in ticks],
        others=[value / most for value in others],
        own=None if math.isnan(own.value) else own.value / most,
        median=None if math.isnan(own.median) else own.median / most,
        peers=of_peers,
        neighbours=of_neighbours,
    )


def _symbols(measure: Measure, marks: Sequence[Mark], *, most: float, width: float) -> list[Symbol]:
    values = measure.values
    known = sorted((each for each in marks if each.code in values), key=lambda m: values[m.code])
    true = [width * values[each.code] / most for each in known]
    places = apart(true, least=0.0, most=width + MARGIN)
    return [
        Symbol(
            x=x / width,
            true=place / width,
            moved=abs(x - place) > OFF,
            mark=each,
            title=f"{each.name} {measure.written(values[each.code])}",
        )
        for each, place, x in zip(known, true, places, strict=True)
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
