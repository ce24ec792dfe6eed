"""What the figures of 区县 rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.blocks import leftout, markup
from ui.cached import indicators

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.measures.region_summary import Summary
    from ui.state.pages import Districts
    from ui.state.view import PageView


def line(view: PageView[Districts], overall: Summary) -> Markup:
    """Return how many sites coverage rests on, and how many are in none of the units."""
    return markup.paragraph(" ".join(sentences(view, overall)), kind="note ct-rule")


def sentences(view: PageView[Districts], overall: Summary) -> list[str]:
    """Return the same, a sentence each."""
    t = view.t
    parts = []
    if view.query.covered:
        parts += [t("districts.basis", used=overall.n_used, total=overall.n, km=view.radius_km)]
    if overall.reached is not None:
        parts += [_people(view)]
    if overall.coverage_low < overall.coverage_high:
        parts.append(
            t(
                "districts.bounds",
                region=view.region_short,
                span=formats.between(overall.coverage_low, overall.coverage_high),
            )
        )
    return parts + leftout.in_none(view, overall)


def _people(view: PageView[Districts]) -> str:
    """Return what the residents within the radius rest on."""
    own = indicators.own_population(view.region)
    if own is None:
        return view.t("districts.spread", km=view.radius_km, unit=view.noun(1))
    return view.t(
        "districts.spread_own",
        km=view.radius_km,
        source=own.source,
        residents=formats.whole(own.residents),
        outside=formats.whole(own.outside),
    )
