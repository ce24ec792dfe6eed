"""Words in the place of those that Streamlit says itself, and says in English only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language

KEY = "phrases"
_CHINESE = Path(__file__).parents[1] / "words" / "texts" / "streamlit.toml"
_PUTTER = Path(__file__).with_name("phrases.js").read_text("utf-8")

_putter = st.components.v2.component("chuangtu_phrases", js=_PUTTER)


def chinese() -> Mapping[str, str]:
    """Return Streamlit's phrases in Chinese; ``{}`` stands for what changes."""
    return texts.read(_CHINESE)


def put(lang: Language) -> None:
    """Put the words of a language in their place, wherever Streamlit draws them from now on."""
    with st.container(key=f"{KEY}_place"):
        _putter(key=KEY, data={"phrases": dict(chinese()) if lang == "zh" else {}})
