"""Links to what an indicator is: the page of methods, on what the reader looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import memory
from geo.methods.method import methods
from ui.state import links, pages
from ui.state.address import render, settled
from ui.state.pages import Methods

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.state.view import View


def link(view: View, method: str, text: str, *, name: str = "") -> Markup:
    """Return a link to a method, worked through with the region, radius and layout in view.

    Parameters
    ----------
    view
        Where the reader is.
    method
        Id of the method: for an indicator of districts its key in `INDICATORS`.
    text
        What the link says.
    name
        Classes of the link.
    """
    values = settled({**view.state.values, "method": method}, Methods.fields())
    return links.to_page(
        pages.address("methods", render(values, Methods.fields())), text, name=name
    )


@memory.by_facts
def of_score(key: str) -> str:
    """Return the method that explains a figure of the scorecard."""
    return next(each.id for each in methods().values() if key in each.scores)
