"""The sheet of 与同类比: map and peers on the left, dot plots on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.blocks import grid, markup
from ui.districts.peers import peer_map, plots, sentence, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.districts.peers.comparison import Comparison
    from ui.districts.peers.plots import Measure


def show(shown: Comparison, found: Sequence[Measure]) -> None:
    """Draw the sheet: the comparison is the answer, so it has the wide column."""
    left, right = grid.sheet(grid.MAP_TO_FIGURES[::-1])
    with left:
        peer_map.show(shown)
        grid.headline(sentence.headline(shown, found), narrow=True)
        grid.write(table.html(shown))
        grid.write(table.card(shown))
    with right:
        grid.write(plots.html(shown, found))
        grid.write(
            markup.paragraph(shown.view.t("list.sentence").join(sentence.notes(shown, found)))
        )
