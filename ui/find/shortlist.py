"""The box of the shortlist: what is on it, its link, its files, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import streamlit as st

from ui.blocks import grid, markup, site_links
from ui.find import comparison, downloads
from ui.state import fields, session

if TYPE_CHECKING:
    from ui.state.view import View


def box(view: View) -> None:
    """Draw the shortlist."""
    t = view.t
    picked = view.values["pick"]
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
            asked = {fields.FROM.name: site_links.search(view)}
            st.link_button(t("find.report"), address(view, "report", **asked))
            st.button(t("find.clear"), on_click=_clear, key="clear_shortlist")


def address(view: View, path: str, **more: str) -> str:
    """Return the address of the shortlist on a page of this server."""
    params = {"region": view.region, "lang": view.t.lang, "pick": ",".join(view.values["pick"])}
    params |= {name: value for name, value in more.items() if value}
    return f"{urljoin(str(st.context.url or ''), path)}?{urlencode(params, safe=',')}"


def _clear() -> None:
    session.put(fields.PICKED, ())
    session.put(fields.VERSUS, ())
