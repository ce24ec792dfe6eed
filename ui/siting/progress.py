"""How far the search is: what may still be better, a button that stops it, one that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.siting import Status
from ui.siting import wording

if TYPE_CHECKING:
    from ui.cached.searches import Found, Search
    from ui.state.pages import Siting
    from ui.state.view import PageView

EVERY_S: Final = 1.0
"""Between two looks at a search, seconds: a page that is closed takes none."""

ENDED: Final = {Status.TIME_LIMIT, Status.STOPPED}
"""What more time may better."""


def show(view: PageView[Siting]) -> None:
    """Draw how far the search is; nothing where its plan is as good as it can be."""
    search, known = wording.search(view), wording.so_far(view)
    if search is None or known is None or known.proposal is None:
        return
    if not known.done:
        _follow(view, search, known)
    elif known.proposal.plan.status in ENDED:
        st.button(view.t("siting.again"), key="plan_again", on_click=search.again)


@st.fragment(run_every=EVERY_S)
def _follow(view: PageView[Siting], search: Search, drawn: Found) -> None:
    """Draw it again and again; the page itself once there is more than it shows."""
    now = search.found
    if now.number != drawn.number:
        st.rerun()
    t = view.t
    with st.container(key="plan_progress", horizontal=True, vertical_alignment="center"):
        if not now.searching:
            st.progress(1.0, text=t("siting.finishing"))
            return
        st.progress(search.spent, text=t("siting.proving", gap=formats.at_most(now.gap)))
        st.button(t("siting.stop"), key="plan_stop", on_click=search.stop)
