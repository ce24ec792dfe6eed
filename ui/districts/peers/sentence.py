"""What is said of a unit beside its peers, written from the figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo import formats
from geo.facts import sectors
from geo.measures.location_quotient import FEW_SITES
from ui.districts.peers import plots
from ui.filters import wording as filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.districts.peers.comparison import Comparison
    from ui.districts.peers.plots import Measure


def headline(shown: Comparison, found: Sequence[Measure]) -> str:
    """Return the page's sentence: its rank by the first figure, and where it is most unlike."""
    t = shown.view.t
    if not shown.peers:
        near = "_neighbours" if shown.neighbours else ""
        return f"{missing(shown)}{t(f'peers.headline_none{near}', unit=shown.noun(1))}"
    first = found[0].own
    blanks: dict[str, object] = {
        "name": shown.short(shown.of),
        "k": len(shown.peers),
        "alike": t("peers.alike", unit=shown.noun(len(shown.peers))),
        "what": _what(shown, found[0]),
        "rank": first.rank,
        "among": first.among,
    }
    # What is in several sectors at once says little of what it is.
    among = (each for each in found if not math.isnan(each.own.median))
    told = next((each for each in among if each.family not in {"", sectors.MIXED}), None)
    key = "peers.headline_chosen" if shown.asked.chosen else "peers.headline"
    if told is None or not first.rank:
        return t(f"{key}_plain", **blanks)
    own = told.own
    return t(
        key,
        **blanks,
        family=told.label if t.lang == "zh" else shown.view.family(told.family, short=True).lower(),
        share=told.written(own.value),
        median=told.written(own.median),
    )


def _what(shown: Comparison, measure: Measure) -> str:
    """Return what the first figure is of: with filters, of the sites that pass."""
    t = shown.view.t
    what = formats.capitalised(measure.label) if t.lang == "zh" else measure.label.lower()
    noun = filters.noun(shown.view, 2)
    return t("peers.what", what=what, noun=noun) if shown.view.filtered else what


def missing(shown: Comparison) -> str:
    """Return why a unit has no peers."""
    t, n = shown.view.t, int(shown.units["n"][shown.of])
    # It may have been compared, and nothing else with it.
    reason = ("none" if n == 0 else shown.empty) or "alone"
    return t(
        f"peers.missing_{reason}",
        name=shown.name(shown.of),
        n=formats.whole(n),
        least=FEW_SITES,
        unit=shown.noun(),
    )


def method(shown: Comparison) -> str:
    """Return how alike units are found, with the weights."""
    t = shown.view.t
    return t("peers.method", weights=weights(shown), least=FEW_SITES, unit=shown.noun())


def weights(shown: Comparison) -> str:
    """Return the weights as running text has them."""
    t, given = shown.view.t, shown.asked.weights
    if len(set(given)) == 1:
        return t("peers.weights_even")
    return t("peers.weights", **{key: f"{each:g}" for key, each in given._asdict().items()})


def notes(shown: Comparison, found: Sequence[Measure]) -> list[str]:
    """Return what a reader has to know of the plots."""
    t = shown.view.t
    told = [t("peers.note_moved"), t("peers.note_shares", least=FEW_SITES, unit=shown.noun())]
    if shown.peers:
        told.append(t("peers.note_order"))
        if shown.neighbours:
            told.append(t("peers.note_rank", unit=shown.noun()))
    if left := plots.left_out(shown, found):
        told.append(t("peers.note_left", families=t("list.comma").join(left)))
    if shown.view.filtered:
        told.append(t("peers.note_filtered", alike=shown.alike))
    return told
