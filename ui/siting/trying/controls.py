"""What can be chosen and done in a trial: the layout, undo and redo, a typed place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from ui.cached import indicators
from ui.filters import controls
from ui.siting import wording
from ui.siting.trying import acts, steps
from ui.state import fields
from ui.words import markdown

if TYPE_CHECKING:
    from ui.siting.trying.steps import Steps
    from ui.state.pages import Siting
    from ui.state.view import PageView

KEYS: Final = {"undo": "Mod+Z", "redo": "Mod+Shift+Z"}
LONGEST: Final = 60
"""Characters of coordinates that are typed."""

_SHOWN: Final = "trial_shown"
"""The pin and its place that the field of coordinates shows."""


def layout(view: PageView[Siting]) -> None:
    """Choose the layout whose elements pins may serve; nothing of a region without one."""
    known = [code for code in fields.OWN_LAYOUT.choices(view.state.values) if code]
    if known:
        controls.layout_of(view, fields.OWN_LAYOUT, known)


def against(view: PageView[Siting]) -> None:
    """Choose what pins are compared with, where the workspace keeps scenarios."""
    names = fields.AGAINST.choices(view.state.values)
    if len(names) > 1:
        told = {"": view.t("trial.proposal_of", n=wording.question(view).p)}
        controls.choose(
            view, fields.AGAINST, names, lambda name: told.get(name, name), label="against"
        )


def undo_and_redo(view: PageView[Siting], done: Steps) -> None:
    """Offer to take the last step back, and to make it again."""
    left = {"undo": done.now > 0, "redo": done.now + 1 < len(done.states)}
    for name, act in (("undo", steps.undo), ("redo", steps.redo)):
        st.button(
            view.t(f"trial.{name}"),
            key=f"trial_{name}",
            on_click=act,
            disabled=not left[name],
            shortcut=KEYS[name],
        )


def typed(view: PageView[Siting]) -> None:
    """Take coordinates: of the selected pin, else of one more; or, first, a proposal's places."""
    t, now = view.t, view.state.pinned
    chosen = next((pin for pin in now if pin.letter == view.state.at.of("pin")), None)
    shown = ("", "") if chosen is None else (chosen.letter, f"{chosen.lon:.5f}, {chosen.lat:.5f}")
    if st.session_state.get(_SHOWN) != shown or acts.TYPED not in st.session_state:
        st.session_state[acts.TYPED] = shown[1]
        st.session_state[_SHOWN] = shown
    label = t("trial.typed_new") if chosen is None else t("trial.typed_of", letter=chosen.letter)
    with st.container(key="trial_typing"):
        with st.form("trial_form", border=False), st.container(key="trial_row", horizontal=True):
            st.text_input(
                markdown.as_it_is(label),
                key=acts.TYPED,
                max_chars=LONGEST,
                placeholder=_middle(view),
            )
            st.form_submit_button(
                t("trial.put" if chosen is None else "trial.move"),
                key="trial_put",
                on_click=partial(acts.type_in, view),
            )
        proposed = len(wording.rows(view))
        if proposed and not now:
            st.button(
                t("trial.take_over", n=proposed),
                key="trial_take_over",
                on_click=partial(acts.take_over, view),
            )


def _middle(view: PageView[Siting]) -> str:
    """Return a place of the region as it is typed."""
    west, south, east, north = indicators.units(view.query).total_bounds
    return f"{(west + east) / 2:.5f}, {(south + north) / 2:.5f}"
