"""The row above each step: where the reader is, and the ways on and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers import templates
from ui.blocks import grid
from ui.filters import controls
from ui.intake import draft as drafts
from ui.intake.mapping import TEMPLATE
from ui.state import links

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from ui.intake.draft import Step
    from ui.state.pages import Data
    from ui.state.view import PageView


def bar(view: PageView[Data], now: Step, tools: Callable[[], None]) -> None:
    """Draw the steps and, at the right end, language and the step's own tools."""
    t = view.t
    names = [t(f"intake.step_{step}") for step in drafts.STEPS]
    at = drafts.STEPS.index(now) + 1
    nexts = t("intake.steps_next", n=len(names), next=names[at]) if at < len(names) else ""
    with grid.bar():
        with grid.filters():
            grid.write(templates.piece(TEMPLATE, "steps")(t("intake.steps"), names, at, nexts))
        with grid.tools():
            controls.language(view)
            tools()


def ways() -> DeltaGenerator:
    """Return the row of the ways back and on; on a phone it stands at the foot of the window."""
    return st.container(key="intake_ways", horizontal=True, width="content")


def go(step: Step, text: str, *, key: str, ready: bool = True, main: bool = False) -> None:
    """Draw the button that leads to a step."""
    st.button(
        text,
        key=key,
        type="primary" if main else "secondary",
        disabled=not ready,
        on_click=drafts.step_to,
        args=(step,),
    )


def back(text: str) -> None:
    """Draw the button that leads from the map of positions back to the result."""
    st.button(text, key="intake_pinned", on_click=drafts.change, kwargs={"pinning": False})


def other_file(view: PageView[Data]) -> None:
    """Draw the button that lets the file go."""
    st.button(view.t("intake.other_file"), key="intake_other", on_click=drafts.drop)


def record(view: PageView[Data]) -> None:
    """Draw the way to the record of changes."""
    grid.write(links.to(view, text=view.t("intake.record_link"), name="ct-go", show="record"))
