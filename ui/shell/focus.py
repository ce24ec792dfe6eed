"""The focus of the keyboard stays on the page when the button that held it goes."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

KEY = "focus"
_KEEPER = Path(__file__).with_name("focus.js").read_text("utf-8")

_keeper = st.components.v2.component("chuangtu_focus", js=_KEEPER)


def keep() -> None:
    """Leave the focus of a button that a run takes away to the next one that stays."""
    with st.container(key=f"{KEY}_place"):
        _keeper(key=KEY)
