"""A site's page: what is known of it, what stands round it, and who names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import (
    controls,
    fields,
    figures,
    finding,
    frame,
    notices,
    sitelinks,
    sitemaps,
    siteprofile,
    sitetools,
)
from ui.view import View, close_view, open_view

if TYPE_CHECKING:
    import pandas as pd


def page() -> None:
    """Draw the page."""
    view = open_view(fields.SITE)
    key = str(view.values["id"])
    if key:
        site(view, finding.site(key))
    else:
        nothing(view)
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
    sitetools.to_top(view)
    frame.headline(name)
    sitetools.show(view, facts)
    notices.show(view)
    left, right = frame.sheet()
    with left:
        sitemaps.show(view, facts, chooses=sitetools.open_site)
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


if __name__ == "__main__":
    page()
