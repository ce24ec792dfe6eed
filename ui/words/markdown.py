"""Texts of others where Streamlit reads Markdown: labels, captions, warnings."""

from __future__ import annotations


def as_it_is(text: str) -> str:
    """Take a stranger's text out of Markdown: it is shown, never set."""
    return "".join(
        rf"\{char}" if char in r"\`*_{}[]()<>#+-.!|~:$=&" else char
        for char in " ".join(text.split())
    )
