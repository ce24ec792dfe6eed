"""How the sites of a region are spread, a sentence for each figure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo import formats
from layers import templates
from ui.cached import indicators

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.measures.region_pattern import Pattern
    from ui.state.view import View

CERTAIN: Final = 0.05
"""A p from which on chance would do as well."""

CERTAIN_Z: Final = 1.96
"""The same of standard errors."""

AXES: Final = ("east", "north_east", "north", "north_west")
"""Directions, each an eighth of a turn further from the east."""


def block(view: View) -> Markup:
    """Return the sentences, behind one that says the most of them."""
    return templates.html(
        "ui/blocks/pattern.html",
        summary=view.t("pattern.summary", region=view.region_short),
        sentences=sentences(view),
    )


def sentences(view: View) -> list[str]:
    """Return a sentence for each figure, or why there is none."""
    found = indicators.pattern(view.query)
    every = [_uneven(view, found), _top(view, found), _near(view, found)]
    every += [_ellipse(view, found), _alike(view, found), _basis(view, found)]
    return list(filter(None, every))


def _uneven(view: View, found: Pattern) -> str:
    t = view.t
    if reason := found.empty["gini"]:
        return t("pattern.no_gini", reason=t(f"absent.{reason}"))
    key = "pattern.gini_cities" if found.n_cities > 1 else "pattern.gini"
    share = found.theil.between / found.theil.total if found.theil.total else 0.0
    return t(
        key,
        gini=formats.ratio(found.gini),
        theil=formats.ratio(found.theil.total),
        share=formats.percent(share, digits=0),
        cities=found.n_cities,
        unit=view.noun(1),
    )


def _top(view: View, found: Pattern) -> str:
    if math.isnan(found.top_share):
        return ""
    share, k = formats.percent(found.top_share, digits=0), found.n_top
    return view.t("pattern.top", share=share, k=k, unit=view.noun(k))


def _near(view: View, found: Pattern) -> str:
    t = view.t
    if reason := found.empty["nearest"]:
        return t("pattern.no_nearest", reason=t(f"absent.{reason}"))
    ratio, z, mean = found.nearest
    way = "near" if ratio < 1 else "far"
    return t(
        f"pattern.{way if abs(z) > CERTAIN_Z else 'random'}",
        ratio=formats.ratio(ratio),
        z=formats.signed(z),
        km=formats.number(mean / 1000),
        n=formats.whole(found.n_places),
    )


def _ellipse(view: View, found: Pattern) -> str:
    t = view.t
    if reason := found.empty["ellipse"]:
        return t("pattern.no_ellipse", reason=t(f"absent.{reason}"))
    longer, shorter = found.ellipse.semi_axes
    centre = found.centre
    return t(
        "pattern.ellipse" if centre is None else "pattern.ellipse_in",
        longer=formats.number(longer / 1000),
        shorter=formats.number(shorter / 1000),
        axis=t(f"pattern.axis_{AXES[round(found.ellipse.angle / 45) % 4]}"),
        centre="" if centre is None else view.district_name(str(centre)),
    )


def _alike(view: View, found: Pattern) -> str:
    t = view.t
    if reason := found.empty["moran"]:
        return t("pattern.no_moran", reason=t(f"absent.{reason}"), unit=view.noun(2))
    index, expected, z, p = found.moran
    way = "alike" if index > expected else "unlike"
    return t(
        f"pattern.{way if p <= CERTAIN else 'unrelated'}",
        i=formats.ratio(index),
        z=formats.signed(z),
        p=formats.probability(p),
        unit=view.noun(1),
    )


def _basis(view: View, found: Pattern) -> str:
    basis = found.basis
    if not basis.n:
        return ""
    numbers = {"vague": basis.vague, "unlocated": basis.unlocated}
    return view.t(
        "pattern.basis",
        used=formats.whole(basis.used),
        n=formats.whole(basis.n),
        share=formats.percent(basis.share, digits=0),
        **{name: formats.whole(each) for name, each in numbers.items()},
    )
