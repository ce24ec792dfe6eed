"""The maps and tables of the same sites in several divisions, and the sentence that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import formats
from geo.facts import catalog
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
    change = ranks[f"change_{name}m"].abs()
    blanks = {
        "region": view.region_short,
        "what": filters.noun(view, found.basis.used),
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
    rows: list[tuple[str, str, Sequence[str], None]] = [
        (t(f"areal.{name}"), "", [write(value) for value in table[name]], None)
        for name, write in written.items()
    ]
    caption = t("areal.figures", region=shown.view.region_name)
    drawn = markup.comparison(shown.names(), rows, caption=caption, corner=t("areal.figure"))
    return markup.heading(t("areal.figures_title"), note=t("areal.figures_note")) + drawn


def ranks(shown: Shown) -> Markup:
    """Return the rank of each district by its own density and by that of its sites' squares."""
    view, table = shown.view, shown.measured.ranks.dropna(subset="rank").sort_values("rank")
    t = view.t
    sizes = shown.found.figures.index[1:]
    rows: list[tuple[str, str, Sequence[str], None]] = [
        (
            view.district_name(str(code)),
            t("unit.n_sites", n=formats.whole(row["n"])),
            [
                formats.whole(row["rank"]),
                *(_moved(row[f"rank_{size}m"], row[f"change_{size}m"]) for size in sizes),
            ],
            None,
        )
        for code, row in table.iterrows()
    ]
    key = "areal.ranks_note_ground" if shown.name in OF_GROUND else "areal.ranks_note"
    title, note = t("areal.ranks_title"), t(key, name=quantity(shown), unit=view.noun(1))
    if not rows:
        return markup.heading(title, note=note)
    drawn = markup.comparison(
        shown.names(),
        rows,
        caption=t("areal.ranks", region=view.region_name),
        corner=formats.capitalised(view.noun()),
    )
    return markup.heading(title, note=note) + drawn


def method(shown: Shown) -> str:
    """Return what is counted in what, and what squares cannot show."""
    basis = shown.found.basis
    return shown.view.t(
        "areal.method",
        used=formats.whole(basis.used),
        n=formats.whole(basis.n),
        unit=shown.view.noun(1),
    )


def _moved(rank: object, change: object) -> str:
    """Return a rank, and by how many it is better or worse."""
    if pd.isna(rank) or pd.isna(change):  # type: ignore[call-overload]
        return formats.MISSING
    by = int(change)  # type: ignore[call-overload]
    sign = UP if by > 0 else DOWN
    return f"{formats.whole(rank)} {f'{sign}{abs(by)}' if by else SAME}"
