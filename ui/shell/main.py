"""The page script: look, navigation, and the page that is open."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.cached.searches import BusyError
from ui.filters import embedding
from ui.pack import offer
from ui.shell import focus, head, phrases, theme
from ui.siting import progress
from ui.state import links, pages
from ui.state.view import open_view

SCRIPTS = Path(__file__).resolve().parents[2] / "pages"


def main() -> None:
    """Run the open page."""
    # The head has its own links: Streamlit's open a page at its bare address.
    page = st.navigation(
        [
            st.Page(SCRIPTS / f"{name}.py", url_path=name, default=name == pages.HOME)
            for name in pages.OF_PAGE
        ],
        position="hidden",
    )
    name = page.url_path or pages.HOME
    view = open_view(pages.OF_PAGE[name], ahead=True)
    st.set_page_config(page_title=view.t("app.title"), page_icon="🗺️", layout="wide")
    theme.apply(t=view.t, dark=view.dark, widget=view.state.widget)
    if not view.state.widget:
        head.show(view, name)
    try:
        page.run()
    except BusyError:
        progress.busy(view)
    if view.state.widget:
        embedding.foot(view)
    phrases.put(view.t.lang)
    focus.keep()
    links.listen(view.state.fields())
    offer.fulfil()
    progress.follow()


main()
