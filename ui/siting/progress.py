"""How far the search is: what may still be better, a button that stops it, one that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from geo.siting import Status
from ui.blocks import grid
from ui.siting import figures, wording

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from ui.cached.searches import Found, Search
    from ui.state.pages import Siting
    from ui.state.view import PageView, View

EVERY_S: Final = 0.2
"""Between two words of a search, seconds: after so long what the reader does is heard, too."""

ENDED: Final = {Status.TIME_LIMIT, Status.STOPPED}
"""What more time may better."""

_FOLLOWED: Final = "plan_followed"


class _Followed(NamedTuple):
    """A search that a page shows a state of, and the place of the line that says how far it is."""

    view: PageView[Siting]
    search: Search
    drawn: Found
    line: DeltaGenerator


def begin(view: PageView[Siting]) -> None:
    """Wait for a first plan, and say whether others are looked for before it.

    What the reader does to the page meanwhile ends this.

    Raises
    ------
    BusyError
        Where too many are looked for.
    """
    search, place = wording.search(view), st.empty()

    def tell() -> None:
        if search is not None and search.queues:
            place.caption(view.t("siting.queues"))
        else:
            place.empty()

    wording.so_far(view, tell)
    place.empty()


def busy(view: View) -> None:
    """Say that too many plans are looked for to begin another."""
    grid.headline(view.t("siting.busy"))
    st.button(view.t("siting.retry"), key="plan_retry")


def show(view: PageView[Siting]) -> None:
    """Draw how far the search is; nothing where its plan is as good as it can be."""
    search, known = wording.search(view), wording.so_far(view)
    # Always as many places: what an earlier run drew there would else stay while this one waits.
    line, button = st.empty(), st.empty()
    if search is None or known is None or known.proposal is None:
        return
    if not known.done:
        _tell(line, view, search)
        st.session_state[_FOLLOWED] = _Followed(view, search, known, line)
    if not known.done:
        button.button(view.t("siting.stop"), key="plan_stop", on_click=search.stop)
    elif known.proposal.plan.status in ENDED or known.proposal.ends.empty:
        button.button(view.t("siting.again"), key="plan_again", on_click=search.again)


def follow() -> None:
    """Say how far the search is, once all of the page is drawn; draw the page anew with its news.

    What the reader does to the page meanwhile ends this, and the search goes on.
    """
    followed: _Followed | None = st.session_state.pop(_FOLLOWED, None)
    if followed is None:
        return
    view, search, drawn, line = followed
    while not search.news(since=drawn.number, within_s=EVERY_S):
        _tell(line, view, search)
    st.rerun()


def _tell(line: DeltaGenerator, view: PageView[Siting], search: Search) -> None:
    now, t = search.found, view.t
    if not now.searching or now.proposal is None:
        line.progress(1.0, text=t("siting.finishing"))
        return
    plan = now.proposal.plan._replace(bound=now.bound)
    gap = figures.gap_of(view, plan)
    line.progress(search.spent, text=t("siting.proving", gap=gap))
