"""A site's page: what is known of it, what stands round it, and who names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from ui import (
    controls,
    fields,
    figures,
    finding,
    frame,
    links,
    notices,
    session,
    sitelinks,
    sitemaps,
    siteprofile,
)
from ui.address import render
from ui.view import View, close_view, open_view

if TYPE_CHECKING:
    import pandas as pd

    from layers.sites import Clicked


def page() -> None:
    """Draw the page."""
    view = open_view(fields.SITE)
    key = str(view.values["id"])
    if key:
        site(view, finding.site(key))
    else:
        nothing(view)
    links.listen(fields.SITE)
    close_view(view, fields.SITE)


def nothing(view: View) -> None:
    """Say that no site is chosen, and where to choose one."""
    t = view.t
    frame.headline(t("site.none"))
    with frame.bar():
        with frame.filters():
            frame.write(figures.paragraph(sitelinks.find(view, None, text=t("site.back"))))
        with frame.tools():
            controls.language(view)
    notices.show(view)
    frame.write(figures.paragraph(t("site.none_note"), kind="lead"))


def site(asked: View, facts: pd.Series) -> None:
    """Draw a site's page."""
    view = siteprofile.of(asked, facts)
    name = str(facts[f"name_{view.t.lang}"])
    # The other pages of the navigation open on the same region.
    session.put(fields.REGION, view.region)
    to_top(view)
    frame.headline(name)
    tools(view, facts)
    notices.show(view)
    left, right = frame.sheet()
    with left:
        sitemaps.show(view, facts, chooses=open_site)
    with right:
        frame.headline(name, narrow=True)
        frame.write(siteprofile.card(view, facts))
        frame.write(siteprofile.district(view, facts))
    with st.container(key="around"):
        left, right = st.columns(frame.MAP_TO_FIGURES)
    with left:
        frame.write(siteprofile.neighbours(view, facts))
    with right:
        frame.write(siteprofile.named(view, facts))


def tools(view: View, facts: pd.Series) -> None:
    """Draw the way back and the tools."""
    t = view.t
    picked = view.values["pick"]
    key = str(facts["id"])
    back = t.many("site.back_n", len(picked)) if picked else t("site.back")
    full = key not in picked and len(picked) >= fields.MAX_PICKED
    with frame.bar():
        with frame.filters():
            frame.write(figures.paragraph(sitelinks.find(view, facts, text=back)))
        with frame.tools():
            st.button(
                t("site.remove" if key in picked else "site.add"),
                on_click=pick,
                args=(key,),
                disabled=full,
                help=t("find.shortlist_full") if full else None,
                key="pick_site",
            )
            controls.language(view)
            controls.copy_link(view, render(view.values, fields.SITE))


def to_top(view: View) -> None:
    """Begin at the top when a link of the page leads to another site: the script runs once each."""
    scroll = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"
    mark = Markup('<i class="ct-setup" data-site="{}"></i>').format(view.values["id"])
    st.html(f"{mark}<script>{scroll}</script>", unsafe_allow_javascript=True)


def pick(key: str) -> None:
    """Put a site on the shortlist, or take it off."""
    now = session.kept(fields.PICKED)
    without = tuple(each for each in now if each != key)
    session.put(fields.PICKED, (*now, key) if without == now else without)


def open_site(clicked: Clicked) -> None:
    """Open the page of a site that was clicked on the map."""
    if clicked.what == "site":
        session.put(fields.SITE_ID, clicked.id)


if __name__ == "__main__":
    page()
