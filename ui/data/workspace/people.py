"""Residents by place of the owner's own: what there is, another file in its place, none again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats, settings
from geo.errors import RefusedFileError
from geo.intake import population, words
from geo.workspaces import edits
from layers import templates
from ui.blocks import grid, markup
from ui.cached import indicators
from ui.data.workspace import tools
from ui.data.workspace.held import TEMPLATE
from ui.state import workspace

if TYPE_CHECKING:
    from geo.settings import Language
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

REFUSED: Final = "workspace_people_refused"
NUMBER: Final = "workspace_people_number"
"""Of the files that were chosen in the session: each has widgets of its own."""
LONGEST: Final = 80
"""Characters of a source."""


def show(view: PageView[Data], now: Shown) -> None:
    """Say what residents within the radius rest on; offer who writes another file, or none."""
    t, held = view.t, now.content.population
    grid.write(markup.heading(t("workspace.people")))
    if why := st.session_state.pop(REFUSED, ""):
        said = t("workspace.people_refused", why=why)
        grid.write(markup.paragraph(said, kind="warning"))
    if held is None:
        grid.write(markup.paragraph(t("workspace.people_even")))
    else:
        rows = [
            (t("workspace.people_source"), held.source),
            (t("workspace.people_file"), held.file),
            (t("workspace.people_residents"), formats.whole(held.residents)),
            (t(f"workspace.people_places_{held.basis}"), formats.whole(held.places)),
            (t("workspace.people_outside"), formats.whole(held.outside)),
        ]
        grid.write(templates.piece(TEMPLATE, "held")(t("workspace.people_held"), rows))
    if now.write is None:
        return
    with grid.on_screen("people"), st.container(key="workspace_people", horizontal=True):
        _file(view, now)
        if held is not None:
            st.button(
                t("workspace.people_drop"),
                key="workspace_people_drop",
                on_click=_drop,
                args=(now.region,),
            )


def _file(view: PageView[Data], now: Shown) -> None:
    """Draw the button behind which a file is chosen and its source is named."""
    t, limits = view.t, settings.current()
    number = st.session_state.get(NUMBER, 0)
    label = t("workspace.people_other" if now.content.population else "workspace.people_take")
    file, source = (f"workspace_people_{what}_{number}" for what in ("file", "source"))
    with st.popover(label, key=f"workspace_people_open_{number}"):
        st.file_uploader(
            label,
            key=file,
            max_upload_size=max(1, int(limits.upload_mb)),
            label_visibility="collapsed",
        )
        most = formats.whole(limits.upload_rows)
        st.caption(t("workspace.people_formats", mb=f"{limits.upload_mb:g}", most=most))
        st.text_input(t("workspace.people_named"), key=source, max_chars=LONGEST)
        st.button(
            t("workspace.people_now"),
            key="workspace_people_now",
            type="primary",
            on_click=_take,
            args=(now.region, file, source, t.lang),
        )


def _take(region: str, file: str, source: str, lang: Language) -> None:
    """Read the file that was chosen, and save the workspace with it."""
    chosen = st.session_state.get(file)
    named = " ".join(str(st.session_state.get(source, "")).split())
    if chosen is None or not named:
        tools.say("no_people")
        return
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    units = indicators.units(indicators.unfiltered(region))
    try:
        people = population.read(chosen.name, chosen.getvalue(), units, source=named)
    except RefusedFileError as error:
        st.session_state[REFUSED] = words.refusal(error, lang)
        return
    if workspace.save(region, partial(edits.with_population, population=people)):
        tools.say("people_taken")


def _drop(region: str) -> None:
    if workspace.save(region, partial(edits.with_population, population=None)):
        tools.say("people_dropped")
