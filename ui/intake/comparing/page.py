"""数据, two lists beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake import comparison
from ui.blocks import grid, markup, notices
from ui.filters import controls
from ui.intake.comparing import bringing, lists, maps, sides, tables
from ui.intake.comparing.outcome import Outcome
from ui.state import links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.intake.comparing.lists import Listed
    from ui.intake.comparing.sides import Side
    from ui.state.pages import Data
    from ui.state.view import PageView

_KINDS: Final = "compare_kinds"


def show(view: PageView[Data]) -> None:
    """Draw the page."""
    known = lists.known(view)
    chosen = sides.chosen(known)
    outcome = _outcome(known, chosen)
    said = headline(view, outcome)
    grid.headline(said)
    _bar(view, known, brought=outcome is not None)
    notices.show(view)
    grid.headline(said, narrow=True)
    if outcome is None:
        left, right = grid.sheet()
        with left:
            grid.write(markup.heading(view.t("compare.bring")))
            bringing.show(view)
        with right, st.container(key="intake_side"):
            grid.write(markup.heading(view.t("compare.how")))
            for text in ("how_pairs", "how_kinds", "how_private"):
                grid.write(markup.paragraph(view.t(f"compare.{text}")))
        return
    maps.show(view, outcome)
    left, right = grid.sheet()
    with left:
        _listed(view, outcome)
    with right, st.container(key="intake_side"):
        grid.write(tables.districts(view, outcome))
        grid.write(markup.heading(view.t("compare.how")))
        for text in ("how_pairs", "how_kinds"):
            grid.write(markup.paragraph(view.t(f"compare.{text}")))
        grid.write(markup.paragraph(tables.compared_by(view, outcome)))


def _outcome(known: Mapping[str, Listed], chosen: Mapping[Side, str]) -> Outcome | None:
    """Return what both lists tell; None without a second one."""
    if not chosen["other"]:
        return None
    one, other = (known[chosen[side]] for side in sides.SIDES)
    numbering = bool(one.numbering) and one.numbering == other.numbering
    sites = [lists.sites(side, each) for side, each in zip(sides.SIDES, (one, other), strict=True)]
    found = lists.made(
        "comparison",
        (one.state, other.state),
        lambda: comparison.compare(*sites, one_numbering=numbering),
    )
    return Outcome(
        titles=(one.title, other.title),
        states=(one.state, other.state),
        one=sites[0],
        other=sites[1],
        found=found,
        units=tuple(dict.fromkeys([*one.units(), *other.units()])),
    )


def headline(view: PageView[Data], outcome: Outcome | None) -> str:
    """Return in a sentence how two lists differ."""
    t = view.t
    if outcome is None:
        return t("compare.headline_first")
    counts = outcome.counts()
    n = [formats.whole(len(sites)) for sites in (outcome.one, outcome.other)]
    if counts["same"] == len(outcome.one) == len(outcome.other):
        return t("compare.headline_same", one=n[0], other=n[1])
    told = [
        t(f"compare.said_{kind}", n=formats.whole(count)) for kind, count in counts.items() if count
    ]
    return t("compare.headline", one=n[0], other=n[1], told=t("compare.between").join(told))


def _bar(view: PageView[Data], known: Mapping[str, Listed], *, brought: bool) -> None:
    t = view.t
    with grid.bar():
        with grid.filters():
            sides.show(view, known)
            if brought:
                with st.popover(t("compare.more")):
                    bringing.show(view)
        with grid.tools():
            controls.language(view)
            grid.write(links.to(view, text=t("compare.back"), name="ct-go", show="own"))


def _listed(view: PageView[Data], outcome: Outcome) -> None:
    """Draw the choice of kinds, the groups, and the file of all."""
    t, counts = view.t, outcome.counts()
    present = [kind for kind, n in counts.items() if n]
    grid.write(markup.heading(t("compare.list"), note=t("compare.list_note")))
    with st.container(key="compare_kinds_row", horizontal=True, vertical_alignment="center"):
        usual = [kind for kind in present if kind != "same"] or present
        shown = st.pills(
            t("compare.kinds"),
            present,
            selection_mode="multi",
            default=usual,
            key=f"{_KINDS}_{'_'.join(present)}",
            format_func=lambda kind: t(f"compare.pill_{kind}", n=formats.whole(counts[kind])),
            label_visibility="collapsed",
        )
        tables.download(view, outcome)
    for kind in present:
        if kind in shown:
            grid.write(tables.group(view, outcome, kind))
