"""Sectors by districts: each quotient with what it rests on, in the classes of the maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import formats
from geo.measures import classes
from layers import palette, templates
from ui.blocks import markup
from ui.cached import clustering, names
from ui.clusters import wording
from ui.state import fields, links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from ui.state.pages import Clusters
    from ui.state.view import PageView

FEW, ZERO = "few", "zero"
"""Classes of cells beside those of the ramp: too few sites, and none of the sector."""

Figures = dict[str, Any]
"""A row of `location_quotient.specialisation`."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A quotient: its link, the class of its colour, its stars, what it rests on in words."""

    link: Markup
    name: str
    stars: int
    words: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A district: its name and link, its sites that state a sector, its cells."""

    name: str
    link: Markup
    n: str
    cells: list[Cell]
    few: bool
    chosen: bool


def table(view: PageView[Clusters]) -> Markup:
    """Return the table, districts with most sites first, those with too few below the others."""
    t = view.t
    drawn = _drawn(view)
    return templates.piece(wording.TEMPLATE, "heat")(
        t("clusters.heat_title", unit=view.noun(1)),
        t("clusters.heat_note", region=view.region_short),
        t("clusters.heat_caption", region=view.region_name, unit=view.noun()),
        (view.noun(1), t("unit.count"), heads(view)),
        rows(view),
        _key(view, drawn),
        remarks(view),
    )


def heads(view: PageView[Clusters]) -> list[tuple[str, str]]:
    """Return the sectors as the head of a column names them, and their full names."""
    return [(_head(view, key), view.family(key)) for key in names.families("zh")]


def rows(view: PageView[Clusters]) -> list[Row]:
    """Return the districts that have a site, in the order of the table."""
    drawn = _drawn(view)
    firsts = {code: cells[0] for code, cells in drawn.items()}
    order = sorted(drawn, key=lambda code: (firsts[code]["few"], -firsts[code]["x_d"]))
    known = names.districts(view.region, view.unit, view.t.lang)
    return [_row(view, code, known[code], drawn[code]) for code in order]


def figures(view: PageView[Clusters], adcode: str, family: str) -> Figures | None:
    """Return quotient, interval, counts and stars of a family; None in a district without sites."""
    cells = _drawn(view).get(adcode, ())
    return next((each for each in cells if each["sector"] == family), None)


def words(view: PageView[Clusters], of: Figures) -> str:
    """Return what a quotient rests on: its value, its interval, its sites."""
    if math.isnan(of["lq"]):
        return view.t("clusters.no_quotient")
    return view.t(
        "clusters.quotient_words",
        lq=_written(of["lq"]),
        low=_written(of["low"]),
        high=_written(of["high"]),
        x=_sites(of["x_ds"]),
        n=formats.whole(of["x_d"]),
    )


def chance(view: PageView[Clusters], of: Figures) -> list[tuple[str, Markup | str]]:
    """Return whether a quotient may differ from 1 by chance; nothing where there is none."""
    t = view.t
    if math.isnan(of["lq"]):
        return []
    if of["low"] <= 1 <= of["high"]:
        return [(t("clusters.chance_head"), markup.strong(t("methods.holds_1"), kind="warn"))]
    return [(t("clusters.chance_head"), t("methods.without_1"))]


def stars(view: PageView[Clusters], of: Figures) -> str:
    """Return how many stars a quotient has, and of how many."""
    t = view.t
    return t("reason.few") if of["few"] else t("clusters.stars_of", n=of["stars"])


def _drawn(view: PageView[Clusters]) -> Mapping[str, list[Figures]]:
    """Return the cells of each district that has a site, with the class of each."""
    long = clustering.specialisation(view.query).reset_index()
    long = long[long["x_d"] > 0]
    at = classes.classify(long["lq"], classes.LQ_BREAKS, zero_class=False)
    colours = at.map(dict(enumerate(palette.QUOTIENT)))
    long["sign"] = np.where(long["few"], FEW, np.where(long["x_ds"] == 0, ZERO, colours))
    long["stars"] = long["stars"].fillna(0).astype(int)
    rows: dict[str, list[Figures]] = {}
    for each in long.to_dict("records"):
        rows.setdefault(str(each["district"]), []).append({str(k): v for k, v in each.items()})
    return rows


def _head(view: PageView[Clusters], family: str) -> str:
    key = f"clusters.head_{family}"
    return view.t(key) if view.t.has(key) else view.family(family, short=True)


def _row(view: PageView[Clusters], code: str, name: str, cells: list[Figures]) -> Row:
    own = Selection("district", code)
    chosen = view.state.at == own
    return Row(
        name=name,
        link=links.to(view, text=name, at=Selection() if chosen else own),
        n=formats.whole(cells[0]["x_d"]),
        cells=[_cell(view, code, each) for each in cells],
        few=bool(cells[0]["few"]),
        chosen=chosen,
    )


def _cell(view: PageView[Clusters], code: str, of: Figures) -> Cell:
    own = Selection("sector", f"{code}{fields.JOINT}{of['sector']}")
    chosen = view.state.at == own
    return Cell(
        link=links.to(view, text=_written(of["lq"]), at=Selection() if chosen else own),
        name=of["sign"],
        stars=of["stars"],
        words=view.t("clusters.of", name=view.family(of["sector"]), words=words(view, of)),
        chosen=chosen,
    )


def _written(quotient: float) -> str:
    """Return a quotient with two digits or, from ten on, whole: it has to fit its cell."""
    if quotient == 0:
        return "0"
    return formats.number(quotient) if not quotient < 1 else f"{quotient:.1f}"


def _sites(n: float) -> str:
    """Return sites of a sector, with the parts of those that have several."""
    return f"{n:.1f}".removesuffix(".0")


def _key(view: PageView[Clusters], drawn: Mapping[str, list[Figures]]) -> list[tuple[str, str]]:
    """Return the ramp, and the other signs in use, each with what it means."""
    used = {each["sign"] for cells in drawn.values() for each in cells}
    limits = classes.labels(classes.LQ_BREAKS, zero_class=False)
    others = [(sign, view.t(f"clusters.key_{sign}")) for sign in (FEW, ZERO) if sign in used]
    return [*zip(palette.QUOTIENT, limits, strict=True), *others]


def remarks(view: PageView[Clusters]) -> list[str]:
    """Return what the table counts, and what its stars are."""
    t, counted = view.t, clustering.counts(view.query).attrs
    lines = [t("clusters.heat_stars")]
    if left := counted["n"] - counted["used"]:
        lines.append(t("clusters.heat_left", n=formats.whole(left), of=formats.whole(counted["n"])))
    if view.state.sector:
        lines.append(t("clusters.heat_all"))
    return lines
