"""What a site's page does: the way back, the shortlist, a click on the map, its top."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from ui.blocks import grid, markup, site_links
from ui.cached import records
from ui.filters import controls
from ui.state import fields, session
from ui.state.address import toggled

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from layers.transport.message import Clicked
    from ui.state.pages import Site
    from ui.state.view import PageView

_TO_TOP = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"


def show(view: PageView[Site], site: pd.Series, *, files: Callable[[], None]) -> None:
    """Draw the way back and the tools, what `files` offers last."""
    with grid.bar():
        with grid.filters():
            grid.write(markup.paragraph(site_links.find(view, site, text=_back(view))))
        with grid.tools():
            _shortlist(view, str(site["id"]))
            controls.language(view)
            # Where the reader came from is nothing to those the link is sent to.
            shared = dataclasses.replace(view.state, from_="")
            controls.copy_link(dataclasses.replace(view, state=shared), "site")
            files()


def _back(view: PageView[Site]) -> str:
    if picked := view.state.pick:
        return view.t("site.back_n", n=len(picked))
    return view.t("site.back_found" if view.state.from_ else "site.back")


def _shortlist(view: PageView[Site], key: str) -> None:
    """Draw the button that puts the site on the shortlist, or takes it off."""
    t = view.t
    picked = view.state.pick
    full = key not in picked and len(picked) >= fields.MAX_PICKED
    st.button(
        t("site.remove" if key in picked else "site.add"),
        on_click=_pick,
        args=(key,),
        disabled=full,
        help=t("find.shortlist_full") if full else None,
        key="pick_site",
    )


def _pick(key: str) -> None:
    now = session.kept(fields.PICKED)
    then = toggled(now, key)
    if len(then) <= max(len(now), fields.MAX_PICKED):
        session.put(fields.PICKED, then)


def to_top(view: PageView[Site]) -> None:
    """Begin at the top when a link of the page leads to another site: the script runs once each."""
    mark = Markup('<i class="ct-setup" data-site="{}"></i>').format(view.state.id)
    st.html(f"{mark}<script>{_TO_TOP}</script>", unsafe_allow_javascript=True)


def open_site(clicked: Clicked) -> None:
    """Open the page of a site that was clicked on the map."""
    if clicked.kind == "site":
        region, _ = records.referred(str(session.value(fields.SITE_ID)))
        session.put(fields.SITE_ID, records.reference(region, clicked.id))
