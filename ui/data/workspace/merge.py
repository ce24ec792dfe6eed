"""Saves that were refused because somebody had saved meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.data.workspace.held import Shown
    from ui.state.pages import Data
    from ui.state.view import PageView


def show(view: PageView[Data], now: Shown) -> None:
    """Draw them."""
