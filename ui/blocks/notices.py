"""What a reader must know before the figures: refused addresses, missing map scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.policy import layouts
from geo.search import criteria
from layers import assets
from ui.blocks import grid, markup
from ui.state import fields, session
from ui.words import markdown

if TYPE_CHECKING:
    from ui.state.address import RefusedValue
    from ui.state.view import View


def show(view: View) -> None:
    """Say what of the address was ignored, and how to get the map scripts locally."""
    refusals = (("refused", session.refused()), ("typed", session.refused_typing()))
    lines = [_refused(view, key, each) for key, refused in refusals for each in refused]
    if lines:
        st.warning("  \n".join(lines))
    if not assets.links().local:
        st.caption(view.t("notice.assets"))


def _refused(view: View, key: str, refused: RefusedValue) -> str:
    """Say that a value was refused and, of a distance, what it may be."""
    own = f"notice.{key}_{refused.name}"
    return view.t(
        own if view.t.has(own) else f"notice.{key}",
        name=refused.name,
        value=markdown.as_it_is(refused.value),
        least=f"{fields.RADII_KM.least:g}",
        most=f"{fields.RADII_KM.most:g}",
        furthest=f"{criteria.MOST_KM:g}",
    )


def refused_layouts(view: View) -> None:
    """Say how many files of layouts were left out, and what is wrong with each on demand."""
    t, reading = view.t, layouts.reading()
    sentences = [t("notice.layouts", n=len(reading.refused))] if reading.refused else []
    if not reading.layouts:
        sentences.append(t("notice.layouts_none"))
    if sentences:
        summary = t("notice.layouts_faults", n=len(reading.faults))
        grid.write(markup.refused(" ".join(sentences), summary=summary, faults=reading.faults))
