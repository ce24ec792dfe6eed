"""A site's page: what is known of it, what stands round it, and who names it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.blocks import grid, markup, notes, notices, site_links
from ui.cached import records
from ui.filters import controls
from ui.pack import offer
from ui.site import history, profile, site_map, tools
from ui.state.pages import Site
from ui.state.view import PageView, open_view

if TYPE_CHECKING:
    import pandas as pd


def page() -> None:
    """Draw the page."""
    view = open_view(Site)
    if view.state.id:
        region, key = records.referred(view.state.id)
        site(view, records.site(key, region))
    else:
        nothing(view)


def nothing(view: PageView[Site]) -> None:
    """Say that no site is chosen, and where to choose one."""
    t = view.t
    grid.headline(t("site.none"))
    with grid.bar():
        with grid.filters():
            grid.write(markup.paragraph(site_links.find(view, None, text=t("site.back"))))
        with grid.tools():
            controls.language(view)
    notices.show(view)
    grid.write(markup.paragraph(t("site.none_note"), kind="lead"))


def site(asked: PageView[Site], facts: pd.Series) -> None:
    """Draw a site's page."""
    view = profile.of(asked, facts)
    name = str(facts[f"name_{view.t.lang}"])
    tools.to_top(view)
    grid.headline(name)
    tools.show(view, facts, files=partial(offer.show, asked, "site"))
    notices.show(view)
    left, right = grid.sheet()
    with left:
        site_map.show(view, facts, chooses=tools.open_site)
    with right:
        grid.headline(name, narrow=True)
        grid.write(profile.card(view, facts))
        notes.show(view, view.region, "site", str(facts["id"]))
        grid.write(profile.district(view, facts))
    with st.container(key="around"):
        left, right = st.columns(grid.MAP_TO_FIGURES)
    with left:
        grid.write(profile.neighbours(view, facts))
    with right:
        grid.write(profile.named(view, facts) + history.history(view, facts))


if __name__ == "__main__":
    page()
