"""Streamlit's own phrases in Chinese: those it says, each with its blanks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from ui.shell import phrases

SCRIPTS = "\n".join(
    path.read_text("utf-8") for path in Path(streamlit.__file__).parent.glob("static/**/*.js")
)
BEGINNING = 14
"""Letters that are looked for: some phrases are a beginning with one of several ends."""


@pytest.mark.parametrize("phrase", list(phrases.chinese()))
def test_streamlit_says_it(phrase: str) -> None:
    # The number of options is followed by the one word or the other, and so is the key of Enter.
    parts = re.split(r"\{\}(?: options?\b)?|(?<=Enter to )submit form$", phrase)
    if phrase.endswith(" icon"):
        assert "} icon`" in SCRIPTS  # named by its sign
        return
    if len(parts) == 1 and len(phrase) < BEGINNING:
        # What goes on behind it begins after a space.
        assert any(f"{mark}{phrase}{end}{mark}" in SCRIPTS for mark in "\"'`" for end in ("", " "))
    assert [part for part in parts if part[:BEGINNING] not in SCRIPTS] == []


@pytest.mark.parametrize(("phrase", "put"), list(phrases.chinese().items()))
def test_it_is_chinese_and_keeps_its_blanks(phrase: str, put: str) -> None:
    assert put.count("{}") == phrase.count("{}")
    assert re.search(r"[A-Za-z]{2}", put.replace("CSV", "").replace("Streamlit", "")) is None
