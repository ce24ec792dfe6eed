"""Step 2: which column holds what, and which datum the coordinates are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import formats
from geo.errors import RefusedFileError
from geo.intake import words
from ui.blocks import grid, markup, notices
from ui.intake import (
    datum_choice,
    fault_table,
    first,
    mapping,
    point_map,
    reading,
    steps,
    wording,
    work,
)

if TYPE_CHECKING:
    from ui.intake.draft import Draft
    from ui.state.pages import Data
    from ui.state.view import PageView, View


def ready(view: View, draft: Draft) -> bool:
    """Return whether the step has all that the next one needs."""
    try:
        return not _asks(view, draft)
    except RefusedFileError:
        return False


def _asks(view: View, draft: Draft) -> list[str]:
    """Return what the reader has to say before they can go on, a sentence each."""
    asks = mapping.missing(view, draft)
    if not asks and work.datum(draft) is None:
        asks.append(view.t("intake.needs_datum"))
    return asks


def show(view: PageView[Data], draft: Draft) -> None:
    """Draw the step; of a file that cannot be read, why."""
    try:
        work.table(draft)
        missing = mapping.missing(view, draft)
        said = headline(view, draft, missing)
        work.tried(draft)
        asks = _asks(view, draft)
    except RefusedFileError as error:
        refused(view, draft, error)
        return
    grid.headline(said)
    steps.bar(view, "columns", lambda: _tools(view, draft, ready=not asks))
    notices.show(view)
    grid.headline(said, narrow=True)
    if asks:
        grid.write(markup.paragraph(view.t("list.sentence").join(asks), kind="warning"))
    with st.container(key="intake_second"):
        left, right = grid.sheet()
    with left:
        mapping.show(view, draft)
        fault_table.show(
            view,
            draft,
            work.tried(draft),
            title=view.t("intake.faults"),
            note=_looked_at(view, draft),
        )
    with right, st.container(key="intake_side"):
        if work.is_placed(draft):
            datum_choice.show(view, draft)
        else:
            grid.write(markup.heading(view.t("intake.unplaced_title")))
            grid.write(markup.paragraph(view.t("intake.unplaced_note")))
        point_map.show(view, draft)


def headline(view: PageView[Data], draft: Draft, missing: list[str]) -> str:
    """Return what the file is, and how its coordinates are read."""
    t, read = view.t, work.table(draft)
    blanks = {"file": wording.title(read.file), "n": formats.whole(len(read.cells))}
    if missing:
        return t("intake.headline_columns", **blanks)
    if not work.is_placed(draft):
        return t("intake.headline_unplaced", **blanks)
    kind = work.datum(draft)
    if kind is None:
        return t("intake.headline_ask", **blanks)
    counts = work.counts(draft)
    blanks["datum"] = t(f"intake.datum_short_{kind}")
    if not counts["rows"][kind]:
        return t("intake.headline_read", **blanks)
    inside, rows = int(counts["in_district"][kind]), int(counts["rows"][kind])
    return t(
        "intake.headline_datum", fits=formats.whole(inside), rows=formats.whole(rows), **blanks
    )


def _tools(view: PageView[Data], draft: Draft, *, ready: bool) -> None:
    n = formats.whole(len(work.table(draft).cells))
    steps.other_file(view)
    with steps.ways():
        steps.go("file", view.t("intake.back"), key="intake_back")
        steps.go("result", view.t("intake.go_on", n=n), key="intake_go_on", ready=ready, main=True)


def _looked_at(view: PageView[Data], draft: Draft) -> str:
    if len(work.table(draft).cells) <= work.LOOKED_AT:
        return ""
    return view.t("intake.looked_at", n=formats.whole(work.LOOKED_AT))


def refused(view: PageView[Data], draft: Draft, error: RefusedFileError) -> None:
    """Say in the table's place why the file cannot be read."""
    t = view.t
    said = t("intake.headline_refused")
    grid.headline(said)
    steps.bar(view, "columns", lambda: steps.other_file(view))
    notices.show(view)
    grid.headline(said, narrow=True)
    grid.write(markup.paragraph(words.refusal(error, t.lang), kind="warning"))
    if wording.is_text(draft.file):
        reading.correct(view, draft, None)
    grid.write(markup.heading(t("intake.another")))
    first.uploader(view)
