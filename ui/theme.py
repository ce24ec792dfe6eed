"""The look of the page round the map, in light and dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from geo import catalog
from layers import palette
from ui.language import Texts

_CSS = Path(__file__).with_name("static") / "page.css"


@cache
def _rules() -> str:
    return _CSS.read_text("utf-8")


def apply(*, t: Texts, dark: bool) -> None:
    """Write the page's style: fixed rules, and variables for theme and language."""
    colours = palette.palette(catalog.families(), "dark" if dark else "light")
    variables = "".join(f"--ct-{name}:{value};" for name, value in colours.items())
    words = f'--ct-title:"{t("app.title")}";--ct-tagline:"{t("app.tagline")}";'
    st.html(f"<style>:root{{{variables}{words}}}\n{_rules()}</style>")
