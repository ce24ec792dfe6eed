"""How the guide is built: `make docs` reads this and writes build/docs; nothing is fetched."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

project = "Chuangtu"
author = "Chuangtu contributors"
release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.apidoc"]
myst_heading_anchors = 3
default_role = "py:obj"  # `name` in a docstring leads to what is called so
apidoc_modules = [{"path": "../geo", "destination": "reference", "module_first": True}]
autodoc_typehints = "none"  # numpydoc's sections say them
numpydoc_show_class_members = False
html_theme = "pydata_sphinx_theme"
html_title = "Chuangtu"
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": False,
}
html_show_sourcelink = False


def _skip(_app: Sphinx, _what: str, _name: str, value: object, *_: object) -> bool | None:
    """Leave out names of types: autodoc takes them for classes."""
    return True if isinstance(value, GenericAlias) else None


def setup(app: Sphinx) -> None:
    """Tell Sphinx what this file does itself."""
    app.connect("autodoc-skip-member", _skip)
