"""A list of one's own: the step that the reader is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.intake import draft as drafts
from ui.intake import first, second, third

if TYPE_CHECKING:
    from ui.state.pages import Data
    from ui.state.view import PageView


def show(view: PageView[Data]) -> None:
    """Draw the step; without a file the first."""
    draft, step = drafts.held(), view.state.step
    if draft is None or not step:
        first.show(view, draft, lost=bool(step))
    elif step == "columns" or not second.ready(view, draft):
        second.show(view, draft)
    else:
        third.show(view, draft)
