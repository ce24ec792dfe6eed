"""The look of the page round the map, in light and dark."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import memory
from geo.facts import catalog
from layers import palette

if TYPE_CHECKING:
    from ui.words.language import PageTexts

_FOLDER = Path(__file__).parent
SHEETS = (
    "page.css",
    "clusters.css",
    "siting.css",
    "intake.css",
    "pinning.css",
    "methods.css",
    "widget.css",
    "print.css",
)
_watcher = st.components.v2.component(
    "chuangtu_theme", js=Path(__file__).with_name("theme.js").read_text("utf-8")
)


@memory.by_facts
def _rules() -> str:
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in SHEETS)


@memory.by_facts
def _variables(*, dark: bool) -> str:
    colours = palette.palette(catalog.families(), "dark" if dark else "light")
    # Text on the accent: white on teal, near-black on the light teal of the dark theme.
    colours["onacc"] = colours["key" if dark else "surf"]
    return "".join(f"--ct-{name}:{value};" for name, value in colours.items())


def apply(*, t: PageTexts, dark: bool, widget: str) -> None:
    """Write the page's style: fixed rules, and variables for theme, language and widget."""
    # Paper is light, whatever the screen is.
    paper = f"@media print{{:root{{{_variables(dark=False)}}}}}" if dark else ""
    language = "zh-Hans" if t.lang == "zh" else "en"
    # Screen readers and fonts go by the language of the document, which Streamlit calls English.
    st.html(
        f'<i class="ct-setup"></i><script>document.documentElement.lang = "{language}";'
        f'document.documentElement.dataset.widget = "{widget}"</script>',
        unsafe_allow_javascript=True,
    )
    st.html(f"<style>:root{{{_variables(dark=dark)}}}{paper}\n{_rules()}</style>")
    with st.container(key="theme_place"):
        run = f"{time.monotonic():.6f}"
        _watcher(key="theme", data={"dark": dark, "run": run}, on_changed_change=lambda: None)
