"""The sheet on which rows are put right: map left; right the row in hand, the list, the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from geo import formats
from geo.corrections.correction import as_table
from geo.files import csv_file
from ui.blocks import grid, markup, notes, notices
from ui.downloads import menu
from ui.filters import controls
from ui.pinning import in_hand, listed, made, pin_map, regions, table, work
from ui.state import links, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pinning.holder import Holder
    from ui.state.pages import Data
    from ui.state.view import PageView

KEYS: Final = {"undo": "Mod+Z", "redo": "Mod+Shift+Z"}
HOW: Final = "pin_how"
WAYS: Final[tuple[Literal["map", "table"], ...]] = ("map", "table")


def page(view: PageView[Data]) -> None:
    """Draw the page of a region."""
    show(view, regions.holder(view), lambda: controls.choose_region(view))


def show(view: PageView[Data], holder: Holder, begins: Callable[[], None]) -> None:
    """Draw the sheet.

    Parameters
    ----------
    view
        The view.
    holder
        The rows.
    begins
        Draws what stands at the left of the row of tools: a choice, or a way back.
    """
    sites = work.rows(holder).sites
    sentence = headline(view, holder)
    grid.headline(sentence)
    _bar(view, holder, begins)
    notices.show(view)
    grid.headline(sentence, narrow=True)
    _told(view, holder)
    if st.session_state.get(HOW) == "table":
        table.show(view, holder, sites)
        with st.container(key="pin_side"):
            made.show(view, holder)
        return
    left, right = grid.sheet()
    with left:
        pin_map.show(view, holder, sites)
        grid.write(markup.paragraph(view.t("pins.note")))
    with right, st.container(key="pin_side"):
        with grid.on_screen("pins"):
            in_hand.show(view, holder, sites)
            listed.show(view, holder, sites)
        made.show(view, holder)


def headline(view: PageView[Data], holder: Holder) -> str:
    """Return how many rows are without a position, and how many corrections wait."""
    t, now = view.t, work.of(holder.key)
    away = int((~listed.located(work.rows(holder).sites)).sum())
    n = len(now.history.done)
    blanks = {
        "name": holder.title,
        "rows": formats.whole(len(holder.sites)),
        "away": formats.whole(away),
        "n": formats.whole(n),
    }
    said = t("pins.headline" if away else "pins.headline_placed", **blanks)
    return said + (t(f"pins.waiting_{holder.kind}", **blanks) if n else t("pins.waiting_none"))


def _bar(view: PageView[Data], holder: Holder, begins: Callable[[], None]) -> None:
    t, now = view.t, work.of(holder.key)
    with grid.bar():
        with grid.filters():
            begins()
            if HOW not in st.session_state:
                st.session_state[HOW] = WAYS[0]
            st.segmented_control(
                t("pins.how"),
                WAYS,
                key=HOW,
                format_func=lambda way: t(f"pins.how_{way}"),
                label_visibility="collapsed",
                width="content",
            )
            controls.base_map(view)
        with grid.tools():
            left = {"undo": bool(now.moves or now.history.done), "redo": bool(now.history.undone)}
            for name, act in (("undo", work.undo), ("redo", work.redo)):
                st.button(
                    t(f"draft.{name}"),
                    key=f"pin_{name}",
                    on_click=act,
                    args=(holder.key,),
                    disabled=not left[name],
                    shortcut=KEYS[name],
                )
            controls.language(view)
            _hand_over(view, holder)


def _hand_over(view: PageView[Data], holder: Holder) -> None:
    """Offer what becomes of the corrections: saved, or taken away as a file."""
    t, now = view.t, work.of(holder.key)
    n = len(now.history.done)
    if holder.save is not None:
        st.button(
            t("pins.save", n=formats.whole(n)),
            key="pin_save",
            type="primary",
            disabled=not n,
            on_click=holder.save,
        )
    elif holder.kind == "catalogue":
        waiting = regions.of_catalogue()
        if waiting:
            menu.file(
                t("pins.patch"),
                regions.as_patch,
                name="corrections.patch",
                media="text/x-diff",
                key="pin_patch",
                width="content",
            )
    elif holder.kind == "workspace" and n:
        menu.file(
            t("pins.csv"),
            lambda: csv_file.csv(as_table(now.corrections)),
            name="corrections.csv",
            media="text/csv",
            key="pin_csv",
            width="content",
        )


def _told(view: PageView[Data], holder: Holder) -> None:
    """Say why a step was refused or a save failed, and what becomes of the corrections."""
    t, now = view.t, work.of(holder.key)
    if now.refused is not None:
        blanks = {"at": "", "text": "", "field": "", "id": "", **now.refused.blanks}
        blanks["name"] = now.refused.blanks.get(t.lang, "")
        text = t(f"pins.refused_{now.refused.code}", **blanks)
        grid.write(markup.refused(text, summary="", faults=()))
    if holder.kind == "workspace":
        notes.trouble(view, workspace.trouble(view.region))
    if holder.kind == "workspace" and holder.save is None:
        grid.write(markup.paragraph(t("pins.reads_only"), kind="warning"))
    if holder.kind == "catalogue" and now.history.done:
        grid.write(markup.paragraph(t("pins.hand_in")))


def way(view: PageView[Data]) -> None:
    """Draw the way to the sheet of the region in view."""
    grid.write(links.to(view, text=view.t("pins.way"), name="ct-go", show="pins"))
