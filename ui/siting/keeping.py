"""Pins kept in the workspace in view as a scenario, by who may write it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.facts import own_regions
from geo.planning.scenario import LONGEST_NAME, Scenario
from geo.workspaces import edits
from ui.blocks import notes
from ui.cached import workspaces
from ui.state import workspace, write_keys
from ui.state.address import render
from ui.words import markdown

if TYPE_CHECKING:
    from geo.planning.scenario import Pin
    from ui.state.pages import Siting
    from ui.state.view import PageView

NAME: Final = "scenario_name"
SAID: Final = "scenario_kept"

OF_THE_VIEW: Final = {
    *("lang", "widget", "from", "base", "at", "map", "parts"),
    *("mode", "pins", "against", "radius"),
}
"""What an address says of how it is looked at, and what a scenario says itself."""


def offer(view: PageView[Siting], pins: tuple[Pin, ...]) -> None:
    """Offer to keep pins under a name, where the page shows a workspace that can be written."""
    t = view.t
    if not pins or write_keys.of(view.region) is None:
        return
    with st.container(key="scenario_keep"), st.popover(t("siting.keep"), type="primary"):
        n = len(workspaces.scenarios(view.region)) + 1
        st.text_input(
            t("siting.keep_name"), t("siting.keep_as", n=n), key=NAME, max_chars=LONGEST_NAME
        )
        st.caption(t("siting.keep_note", name=markdown.as_it_is(view.region_name)))
        st.button(
            t("siting.keep_now"),
            key="scenario_save",
            type="primary",
            on_click=partial(_save, view, pins),
        )


def said(view: PageView[Siting]) -> None:
    """Say that pins were kept, as long as they are these, or why they were not."""
    if view.state.pins and st.session_state.get(SAID) == view.state.pins:
        st.success(view.t("siting.kept"))
    notes.trouble(view, workspace.trouble(view.region))


def asked(view: PageView[Siting]) -> str:
    """Return what the address asks beside pins and radius, without a region that holds a key."""
    told = render(view.state.values, view.state.fields())
    left = OF_THE_VIEW | ({"region"} if own_regions.is_own(view.region) else set())
    return urlencode({name: each for name, each in told.items() if name not in left}, safe=",:")


def scenario(view: PageView[Siting], name: str, pins: tuple[Pin, ...]) -> Scenario:
    """Return pins with within how many metres they reach residents, on foot or straight."""
    return Scenario(name=name, pins=pins, radius_m=view.state.radius_m, asked=asked(view))


def _save(view: PageView[Siting], pins: tuple[Pin, ...]) -> None:
    name = " ".join(str(st.session_state.get(NAME, "")).split())
    if not name.isprintable() or not name:
        return
    kept = scenario(view, name, pins)
    if workspace.save(view.region, partial(edits.with_scenario, scenario=kept)):
        st.session_state[SAID] = view.state.pins
