"""The scenarios of a workspace: each with the page that shows it, renamed or removed by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.planning.scenario import LONGEST_NAME
from geo.workspaces import edits
from layers import templates
from ui.blocks import grid, markup
from ui.data.workspace import tools
from ui.data.workspace.held import TEMPLATE
from ui.state import kept_scenarios, links, workspace

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.planning.scenario import Scenario
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView

NAME: Final = "workspace_scenario_name"


def show(view: PageView[Data], now: Shown) -> None:
    """Draw the scenarios; nothing where there is none."""
    held = now.content.scenarios
    if not held:
        return
    grid.write(markup.heading(view.t("workspace.holds_scenarios")))
    for number, kept in enumerate(held):
        with grid.row(f"workspace_scenario_{number}"):
            grid.write(_named(view, kept))
            if now.write is not None:
                _tools(view, now, kept, number)


def _named(view: PageView[Data], kept: Scenario) -> Markup:
    """Return the link that opens a scenario, and how much it is."""
    address = kept_scenarios.address(kept, region=view.region, lang=view.t.lang)
    n, km = len(kept.pins), f"{kept.radius_m / 1000:g}"
    said = view.t("workspace.scenario", n=n, km=km)
    return templates.piece(TEMPLATE, "named")([(links.to_page(address, kept.name), said)])


def _tools(view: PageView[Data], now: Shown, kept: Scenario, number: int) -> None:
    t = view.t
    with st.popover(t("workspace.rename")):
        key = f"{NAME}_{number}_{now.held.version.number}"
        st.text_input(t("workspace.name"), kept.name, key=key, max_chars=LONGEST_NAME)
        st.button(
            t("workspace.rename_now"),
            key=f"workspace_scenario_rename_{number}",
            type="primary",
            on_click=partial(_rename, now, kept.name, key),
        )
    st.button(
        t("workspace.scenario_remove"),
        key=f"workspace_scenario_remove_{number}",
        type="tertiary",
        on_click=partial(_remove, now.region, kept.name),
    )


def _rename(now: Shown, name: str, key: str) -> None:
    new = " ".join(str(st.session_state.get(key, "")).split())
    if not new or not new.isprintable():
        tools.say("no_name")
    elif any(each.name == new for each in now.content.scenarios):
        tools.say("name_taken")
    elif workspace.save(now.region, partial(edits.with_renamed_scenario, name=name, new=new)):
        tools.say("renamed")


def _remove(region: str, name: str) -> None:
    workspace.save(region, partial(edits.without_scenario, name=name))
