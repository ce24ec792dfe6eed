"""Shortlists kept in the workspace in view under names: saved by who may write, opened by all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.facts import own_regions
from geo.workspaces import edits
from ui.blocks import grid, markup, notes
from ui.cached import records
from ui.state import fields, links, workspace, write_keys

if TYPE_CHECKING:
    from ui.state.pages import Find
    from ui.state.view import PageView

NAME: Final = "kept_list_name"
LONGEST: Final = 40


def show(view: PageView[Find]) -> None:
    """Draw the kept shortlists; nothing on regions of the catalogue."""
    t, held = view.t, own_regions.known(view.region)
    if held is None:
        return
    writes = write_keys.of(view.region) is not None
    kept = held.shortlists
    if not kept and not (writes and view.state.pick):
        return
    with st.container(key="kept_lists"):
        grid.write(markup.heading(t("find.kept")))
        for number, (name, ids) in enumerate(kept.items()):
            there = tuple(each for each in ids if records.has(view.region, each))[
                : fields.MAX_PICKED
            ]
            with grid.row(f"kept_list_{number}"):
                text = t("find.kept_list", name=name, n=formats.whole(len(there)))
                grid.write(links.to(view, text=text, name="ct-go", pick=there, versus=()))
                if writes:
                    st.button(
                        t("find.kept_remove"),
                        key=f"kept_list_remove_{number}",
                        type="tertiary",
                        on_click=partial(_remove, view.region, name),
                    )
        if writes and view.state.pick:
            with st.popover(t("find.keep")):
                st.text_input(t("find.keep_name"), key=NAME, max_chars=LONGEST)
                st.button(
                    t("find.keep_now"),
                    key="kept_list_save",
                    type="primary",
                    on_click=partial(_save, view.region, view.state.pick),
                )
        notes.trouble(view, workspace.trouble(view.region))


def _save(region: str, ids: tuple[str, ...]) -> None:
    name = " ".join(str(st.session_state.get(NAME, "")).split())
    if name:
        workspace.save(region, lambda content: edits.with_shortlist(content, name, ids))


def _remove(region: str, name: str) -> None:
    workspace.save(region, lambda content: edits.without_shortlist(content, name))
