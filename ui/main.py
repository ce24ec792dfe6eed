"""The page script: look, navigation, and the page that is open."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import theme
from ui.language import Texts
from ui.view import language

PAGES = Path(__file__).resolve().parent.parent / "pages"
NAMES = ("overview", "districts", "layouts", "find", "targets")


def main() -> None:
    """Run the open page."""
    t = Texts(language())
    st.set_page_config(page_title=t("app.title"), page_icon="🗺️", layout="wide")
    theme.apply(t=t, dark=st.context.theme.type == "dark")
    pages = [
        st.Page(
            PAGES / f"{name}.py",
            title=t(f"nav.{name}"),
            url_path=name,
            default=name == NAMES[0],
        )
        for name in NAMES
    ]
    # One site's page: links lead to it, the navigation does not name it.
    site = st.Page(PAGES / "site.py", title=t("site.page"), url_path="site", visibility="hidden")
    page = st.navigation([*pages, site], position="top")
    # Streamlit folds the navigation away on a phone; this row takes its place there.
    with st.container(key="pages", horizontal=True):
        for link in pages:
            st.page_link(link)
    page.run()


main()
