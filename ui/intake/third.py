"""Step 3: what becomes of the list: figures, map, faults, pairs to decide on, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import formats
from geo.errors import RefusedFileError
from geo.intake import decisions, outcome
from ui.blocks import grid, markup, notices
from ui.intake import (
    fault_table,
    fourth,
    lookup,
    own_areas,
    pair_list,
    pinned,
    region_choice,
    result_files,
    result_map,
    second,
    steps,
    unplaced,
    wording,
    work,
)
from ui.state import links

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from streamlit.delta_generator import DeltaGenerator

    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView


def show(view: PageView[Data], draft: Draft) -> None:
    """Draw the step."""
    t = view.t
    place = st.empty()
    try:
        intake = work.intake(draft, _progress(view, draft, place))
    except RefusedFileError as error:
        second.refused(view, draft, error)
        return
    place.empty()
    asked = lookup.asked_for(view, draft, intake, place)
    if asked is not draft:
        draft = asked
        intake = work.intake(draft, _progress(view, draft, place))
        place.empty()
    if view.state.step == "save" and len(intake.kept):
        fourth.show(view, draft, intake)
        return
    if draft.pinning and len(intake.kept):
        pinned.show(view, draft, intake)
        return
    kept = pinned.kept(draft, intake)
    waiting = decisions.undecided(intake.pairs, work.decided(draft, intake))
    said = headline(view, draft, intake, kept, waiting=len(waiting))
    grid.headline(said)
    steps.bar(view, "result", lambda: _tools(view, saves=len(kept) > 0))
    notices.show(view)
    grid.headline(said, narrow=True)
    left, right = grid.sheet()
    with left:
        if len(kept):
            result_map.show(view, draft, intake, kept, waiting)
        fault_table.show(view, draft, intake, title=t("intake.faults_done"))
    with right, st.container(key="intake_side"):
        grid.write(markup.figures(figures(view, intake, kept)))
        with grid.on_screen("areas"):
            region_choice.show(view, draft)
            own_areas.show(view, draft)
        pair_list.show(view, draft, intake, waiting)
        unplaced.show(view, draft, intake, kept)
        with grid.on_screen("files"):
            result_files.show(view, draft, intake, kept)
            if len(kept):
                grid.write(links.to(view, text=t("compare.way"), name="ct-go", show="compare"))


def _progress(
    view: PageView[Data], draft: Draft, place: DeltaGenerator
) -> Callable[[float], object]:
    """Return what is told how far the work is: a bar, where there is enough of it."""
    n = len(work.table(draft).cells)
    if n <= work.LOOKED_AT:
        return lambda _: None
    text = view.t("intake.working", n=formats.whole(n))
    return lambda share: place.progress(share, text=text)


def headline(
    view: PageView[Data], draft: Draft, intake: Intake, kept: gpd.GeoDataFrame, *, waiting: int
) -> str:
    """Return how many rows are kept and on the map, and what waits for the reader."""
    t = view.t
    blanks = {
        "file": wording.title(draft.file),
        "n": formats.whole(intake.read),
        "kept": formats.whole(len(kept)),
        "located": formats.whole(len(kept) - len(outcome.unplaced(kept))),
    }
    if not len(intake.kept):
        return t("intake.headline_none", **blanks)
    said = t("intake.headline_result", **blanks)
    outside = int(intake.faults.loc[intake.faults["code"].eq("outside"), "row"].nunique())
    if outside and draft.region is None:
        # Nobody was asked yet: the region was proposed.
        region = wording.region(view, work.region(draft))
        rejected = len(intake.rejected)
        said += t(
            "intake.headline_outside" if outside == rejected else "intake.headline_outside_too",
            n=formats.whole(outside),
            rejected=formats.whole(rejected),
            region=region,
        )
    return said + t("intake.headline_pairs", n=formats.whole(waiting)) if waiting else said


def figures(view: PageView[Data], intake: Intake, kept: gpd.GeoDataFrame) -> list[markup.Figure]:
    """Return the four figures: on the map and by district alone are kept, with the rejected all."""
    t = view.t
    away = len(outcome.unplaced(kept))
    gone = len(intake.kept) - len(kept)
    read = formats.whole(intake.read)
    note = t("intake.of_rows", n=read)
    if gone:
        note = t("intake.of_rows_merged", n=read, gone=formats.whole(gone))
    rejected = formats.whole(len(intake.rejected))
    values = (
        ("kept", formats.whole(len(kept)), note),
        ("located", formats.whole(len(kept) - away), t("intake.located_note")),
        ("unlocated", formats.whole(away), t("intake.unlocated_note")),
        ("rejected", rejected, t("intake.rejected_note")),
    )
    return [
        markup.Figure(label=t(f"intake.{name}"), value=value, note=note)
        for name, value, note in values
    ]


def _tools(view: PageView[Data], *, saves: bool) -> None:
    steps.other_file(view)
    with steps.ways():
        steps.go("columns", view.t("intake.back"), key="intake_back")
        if saves:
            steps.go("save", view.t("intake.go_save"), key="intake_go_save", main=True)
