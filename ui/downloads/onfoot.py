"""The file of what is reached on foot, where a page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.blocks import onfoot
from ui.cached import indicators
from ui.downloads import files, menu

if TYPE_CHECKING:
    from ui.state.pages import Walked
    from ui.state.view import PageView


def offer(view: PageView[Walked]) -> None:
    """Offer the districts on foot and by discs; nothing where reach is told by discs alone."""
    walk = view.state.walk
    if walk is None:
        return
    n = formats.whole(len(indicators.units(view.query)))
    menu.file(
        view.t("onfoot.file", n=n, unit=view.noun()),
        lambda: onfoot.file(view, walk),
        name=f"{onfoot.stem(view)}.csv",
        media=files.FORMATS["csv"].media,
        key="onfoot",
    )
