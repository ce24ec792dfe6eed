"""What a page with a map loads in any case: asked for with its shell, not once it has run.

Streamlit asks for the parts of its own bundle, and the map for its scripts and its ground, only
when an element needs them: seconds in which the browser has nothing to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit

from geo import memory
from layers import assets
from ui.cached import base_documents
from ui.state import fields, pages

if TYPE_CHECKING:
    from ui.state.view import View

_STATIC = Path(streamlit.__file__).parent / "static" / "static"
_ELEMENTS = ("Html", "BidiComponent", "Selectbox", "ButtonGroup")
"""Parts of Streamlit's bundle that all these pages use, by their names before the hash."""
_FONT = "SourceSerifVariable-Roman"
"""What the map's names of waters and neighbours are measured with."""
_IMPORTS = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


@dataclass(frozen=True)
class Preload:
    """A file: its address as seen from the page, and what it is for the browser."""

    address: str
    kind: Literal["module", "fetch", "font"]


def preloads(page: str, view: View) -> tuple[Preload, ...]:
    """Return what a page will load, of this app and of Streamlit, where it has a region's map."""
    if fields.MAP not in pages.OF_PAGE[page].fields():
        return ()
    links = assets.links()
    ground = base_documents.base_document(view.region, view.unit)
    return (
        *_of_streamlit(),
        *(Preload(address, "module") for _, address in links.js if links.local),
        *(Preload(address, "fetch") for _, address in links.css if links.local),
        Preload(f"assets/map/{ground.name}", "fetch"),
    )


@memory.by_facts
def _of_streamlit() -> tuple[Preload, ...]:
    """Return the parts of Streamlit's bundle that its shell does not name, and the font."""
    scripts = _STATIC / "js"
    shell = (_STATIC.parent / "index.html").read_text("utf-8")
    waiting = [path.name for name in _ELEMENTS for path in scripts.glob(f"{name}.*.js")]
    parts: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in parts and name not in shell:
            parts[name] = None
            waiting += _IMPORTS.findall((scripts / name).read_text("utf-8"))
    fonts = (_STATIC / "media").glob(f"{_FONT}.*.woff2")
    return (
        *(Preload(f"./static/js/{name}", "module") for name in parts),
        *(Preload(f"./static/media/{path.name}", "font") for path in fonts),
    )
