"""What a reader must know before the figures: refused addresses, missing map scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers import assets
from ui import session

if TYPE_CHECKING:
    from ui.view import View


def show(view: View) -> None:
    """Say what of the address was ignored, and how to get the map scripts locally."""
    for item in session.refused():
        st.warning(view.t("notice.refused", name=item.name, value=_plain(item.value)))
    if not assets.links().local:
        st.caption(view.t("notice.assets"))


def _plain(text: str) -> str:
    """Take a stranger's text out of Markdown: it is shown, never set."""
    return "".join(
        rf"\{char}" if char in r"\`*_{}[]()<>#+-.!|~:$=&" else char
        for char in " ".join(text.split())
    )
