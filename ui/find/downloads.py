"""Files of what 选园 found and of the shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from api.endpoints import items_address, serves
from geo import formats
from ui.cached import names
from ui.downloads import files, menu
from ui.filters import finding, wording

if TYPE_CHECKING:
    from ui.state.pages import Find
    from ui.state.view import PageView


def results(view: PageView[Find]) -> None:
    """Offer what 选园 found, and the address that always gives the same rows."""
    t = view.t
    shown = finding.results(view)
    part = "filtered-" if wording.codes(view) else ""
    with menu.button(view, label=t("download.button", n=formats.whole(len(shown)))):
        menu.rows(view, "sites", shown, stem=f"{names.stem(view.region)}-{part}sites")
        st.caption(t("download.note"))
        if serves(view.region):
            menu.live(t("find.live"), t("find.live_note"), live_link(view))
        menu.tiles(view)


def live_link(view: PageView[Find]) -> str:
    """Return the address of the API that gives the rows that 选园 found."""
    return items_address(menu.base(), view.region, view.state.criteria)


def shortlist(view: PageView[Find]) -> None:
    """Offer the shortlist as a workbook."""
    picked = finding.picked(view)
    workbook = files.FORMATS["excel"]
    menu.file(
        view.t("download.excel_shortlist"),
        lambda: files.build(view, "excel", table="shortlist", frame=picked),
        name=f"shortlist.{workbook.ending}",
        media=workbook.media,
        key="shortlist",
        width="content",
    )
