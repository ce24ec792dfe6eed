"""The box of the shortlist: what is on it, its link, its files, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import streamlit as st

from ui.blocks import grid, markup
from ui.find import comparison, downloads
from ui.state import fields, session

if TYPE_CHECKING:
    from ui.state.pages import Find
    from ui.state.view import PageView


def box(view: PageView[Find]) -> None:
    """Draw the shortlist."""
    t = view.t
    picked = view.state.pick
    with st.container(key="shortlist"):
        note = t("find.shortlist_n", n=len(picked)) if picked else ""
        grid.write(markup.heading(t("find.shortlist"), note=note))
        if not picked:
            grid.write(markup.paragraph(t("find.shortlist_empty")))
            return
        grid.write(comparison.shortlist(view))
        if len(picked) == fields.MAX_PICKED:
            grid.write(markup.paragraph(t("find.shortlist_full")))
        with grid.row("shortlist_tools"):
            with st.popover(t("find.copy_list")):
                st.caption(t("find.copy_list_note"))
                st.code(address(view, "find"), language=None, wrap_lines=True)
            downloads.shortlist(view)
            report = address(view, "report", **{"from": view.state.search})
            st.link_button(t("find.report"), report)
            st.button(t("find.clear"), on_click=_clear, key="clear_shortlist")


def address(view: PageView[Find], path: str, **more: str) -> str:
    """Return the address of the shortlist on a page of this server."""
    params = {"region": view.region, "lang": view.t.lang, "pick": ",".join(view.state.pick)}
    params |= {name: value for name, value in more.items() if value}
    return f"{urljoin(str(st.context.url or ''), path)}?{urlencode(params, safe=',')}"


def _clear() -> None:
    session.put(fields.PICKED, ())
    session.put(fields.VERSUS, ())
