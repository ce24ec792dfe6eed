"""The maps and tables of the same sites in several divisions, and the sentence that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo import formats
from geo.facts import catalog
from geo.measures import areal_indicators
from geo.measures.areal_indicators import OF_GROUND
from layers import palette, templates
from layers.results import division_maps
from layers.results.division_maps import DivisionMap
from ui.blocks import grid, markup
from ui.cached import indicators
from ui.districts.units.division import NONE
from ui.filters import wording as filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from markupsafe import Markup

    from ui.districts.units.division import Shown

UP, DOWN, SAME = "↑", "↓", "="


def sentence(shown: Shown) -> str:
    """Return what changes with the units."""
    view, found = shown.view, shown.found
    t, figures, ranks = view.t, found.figures, shown.measured.ranks.dropna(subset="rank")
    if ranks.empty:
        what = filters.noun(view, 2)
        return t("areal.headline_none", region=view.region_short, what=what)
    name = figures.index[1]
    change = areal_indicators.moved(ranks, f"{name}m").abs()
    blanks = {
        "region": view.region_short,
        "used": formats.whole(found.basis.used),
        "of": formats.whole(found.basis.n),
        "what": filters.noun(view, found.basis.n),
        "own": formats.ratio(figures["gini"].iloc[0]),
        "fine": formats.ratio(figures["gini"].iloc[1]),
        "km": f"{int(name) / 1000:g}",
        "n": len(ranks),
        "k": int((change > 0).sum()),
        "unit": view.noun(len(ranks)),
    }
    key = "areal.headline"
    if shown.name not in {"area", "count"}:
        key = "areal.headline_of"
        blanks["name"] = formats.capitalised(quantity(shown))
    if not change.max():
        return t(f"{key}_same", **blanks)
    first = view.district_name(str(change.idxmax()))
    return t(key, first=first, by=int(change.max()), **blanks)


def quantity(shown: Shown) -> str:
    """Return what the maps show, see `wording.quantity`."""
    return filters.quantity(shown.view, shown.name)


def show(shown: Shown) -> None:
    """Draw the maps with their classes and figures left, the ranks right."""
    left, right = grid.sheet()
    with left:
        grid.write(maps(shown))
        grid.write(legend(shown))
        grid.write(figures(shown))
        grid.write(markup.paragraph(method(shown), kind="note ct-rule"))
    with right:
        grid.headline(sentence(shown), narrow=True)
        grid.write(ranks(shown))


def maps(shown: Shown) -> Markup:
    """Return the maps: squares without a site show the land."""
    view, tokens = shown.view, shown.tokens
    cells = shown.found.divisions[1].cells
    middle = (0.0, 0.0) if cells is None else cells.middle
    own = shown.found.divisions[0].n > 0
    ground = division_maps.ground(indicators.units(view.query), middle, own)
    drawn, classed = [], shown.classed
    bare = "" if shown.sparse else tokens[0]
    for row, (title, division) in enumerate(zip(shown.names(), shown.found.divisions, strict=True)):
        label = view.t("areal.map_label", region=view.region_name, unit=title, n=len(division.n))
        if division.cells is None:
            fills = [tokens[each] if each != NONE else "" for each in classed[row]]
            drawn.append(DivisionMap(title=title, label=label, fills=fills))
            continue
        held = shown.drawn(row)
        squares = division_maps.squares(
            division.cells.steps[held], division.cells.size_m, classed[row][held], tokens, ground
        )
        drawn.append(DivisionMap(title=title, label=label, fills=[bare], squares=squares))
    themes: tuple[palette.Theme, ...] = ("light", "dark") if view.dark else ("light",)
    colours = [palette.palette(catalog.families(), theme) for theme in themes]
    return division_maps.html(drawn, ground, colours)


def legend(shown: Shown) -> Markup:
    """Return the classes, and how many units of each division are in each."""
    t = shown.view.t
    # Without a figure: the last column, where there are any.
    n = len(shown.labels)
    counts = [np.bincount(each % (n + 1), minlength=n + 1).tolist() for each in shown.classed]
    missing = any(each[n] for each in counts)
    return templates.html(
        "ui/districts/units/legend.html",
        title=formats.capitalised(quantity(shown)),
        unit=t(f"unit.{shown.name}") if t.has(f"unit.{shown.name}") else "",
        missing=t("areal.none") if missing else "",
        classes=[*zip(map(markup.colour, shown.tokens), shown.labels, strict=True)],
        rows=[
            (name, list(map(formats.whole, each if missing else each[:n])))
            for name, each in zip(shown.names(), counts, strict=True)
        ],
    )


def figures(shown: Shown) -> Markup:
    """Return the figures of the region in each division."""
    t = shown.view.t
    rows: list[tuple[str, str, Sequence[str], None]] = [
        (name, "", values, None) for name, values in figure_rows(shown)
    ]
    caption = t("areal.figures", region=shown.view.region_name)
    drawn = markup.comparison(shown.names(), rows, caption=caption, corner=t("areal.figure"))
    return markup.heading(t("areal.figures_title"), note=t("areal.figures_note")) + drawn


def figure_rows(shown: Shown) -> list[tuple[str, list[str]]]:
    """Return the figures of the region, each with its value in every division."""
    t, table = shown.view.t, shown.found.figures
    written = {
        "units": formats.whole,
        "empty": formats.percent,
        "gini": formats.ratio,
        "theil": formats.ratio,
        "top_share": formats.percent,
        "moran": formats.ratio,
        "moran_z": formats.signed,
    }
    return [
        (t(f"areal.{name}"), [write(value) for value in table[name]])
        for name, write in written.items()
    ]


def ranks(shown: Shown) -> Markup:
    """Return the rank of each district by its own density and by that of its sites' squares."""
    view, t = shown.view, shown.view.t
    rows: list[tuple[str, str, Sequence[str], None]] = [
        (name, t("unit.n_sites", n=n), cells, None) for name, n, cells in rank_rows(shown)
    ]
    title, note = t("areal.ranks_title"), rank_note(shown)
    if not rows:
        return markup.heading(title, note=note)
    drawn = markup.comparison(
        shown.names(),
        rows,
        caption=t("areal.ranks", region=view.region_name),
        corner=formats.capitalised(view.noun()),
    )
    return markup.heading(title, note=note) + drawn


def rank_note(shown: Shown) -> str:
    """Return by what districts are ranked."""
    key = "areal.ranks_note_ground" if shown.name in OF_GROUND else "areal.ranks_note"
    return shown.view.t(key, name=quantity(shown), unit=shown.view.noun(1))


def rank_rows(shown: Shown) -> list[tuple[str, str, list[str]]]:
    """Return the districts, each with its sites and its rank in every division."""
    view, table = shown.view, shown.measured.ranks.dropna(subset="rank").sort_values("rank")
    sizes = [f"{size}m" for size in shown.found.figures.index[1:]]
    written = [_ranked(shown, table["rank"])]
    for size in sizes:
        moved = areal_indicators.moved(table, size).map(_moved, na_action="ignore").fillna("")
        written.append(_ranked(shown, table[f"rank_{size}"]) + moved)
    return [
        (view.district_name(str(code)), formats.whole(n), cells)
        for code, n, *cells in zip(table.index, table["n"], *written, strict=True)
    ]


def method(shown: Shown) -> str:
    """Return what is counted in what, and what squares cannot show."""
    basis = shown.found.basis
    return shown.view.t(
        "areal.method",
        used=formats.whole(basis.used),
        n=formats.whole(basis.n),
        unit=shown.view.noun(1),
    )


def _ranked(shown: Shown, ranks: pd.Series) -> pd.Series:
    """Return ranks as they are read: those that several share are marked."""
    tied = ranks.duplicated(keep=False)
    t, whole = shown.view.t, ranks.map(formats.whole)
    return whole.mask(tied, whole.map(lambda rank: t("areal.tied", rank=rank))).mask(
        ranks.isna(), formats.MISSING
    )


def _moved(by: int) -> str:
    """Return by how many ranks a rank is better or worse."""
    return f" {UP if by > 0 else DOWN}{abs(by)}" if by else f" {SAME}"
