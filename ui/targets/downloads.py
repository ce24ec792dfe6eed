"""Files of the goals and reported figures on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.blocks import sentences
from ui.downloads import files, menu
from ui.targets import goal_table

if TYPE_CHECKING:
    import pandas as pd

    from ui.state.pages import Targets
    from ui.state.view import PageView


def targets(view: PageView[Targets], rows: pd.DataFrame) -> None:
    """Offer the goals and reported figures on the screen."""
    if rows.empty:
        return
    table, regions = files.FORMATS["csv"], "-".join(view.state.place)
    stem = f"{regions}-targets" if regions else "targets"
    with menu.button(view):
        menu.file(
            view.t("download.targets_csv", n=formats.whole(len(rows))),
            lambda: goal_table.as_csv(view.t, rows, title=sentences.targets(view, rows)),
            name=f"{stem}.{table.ending}",
            media=table.media,
            key="targets",
        )
