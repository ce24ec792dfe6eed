"""Districts whose figures moved: each figure as it was and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from geo.measures.indicator_list import INDICATORS
from geo.measures.revised import BEFORE, FIGURES, unmoved
from layers import templates
from ui.blocks import markup
from ui.data import changes

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from ui.state.pages import Data
    from ui.state.view import PageView

WRITTEN: Final = {each.column: each.written for each in INDICATORS.values()} | {
    "population": formats.whole
}
"""How each figure is written; what is unknown as a dash."""


def table(view: PageView[Data]) -> Markup:
    """Return the districts with the figures of both days; those that moved stand out."""
    t = view.t
    moved = changes.moved(view)
    note = t("data.moved_note")
    head = markup.heading(t("data.moved", n=0 if moved is None else len(moved)), note=note)
    if moved is None or moved.empty:
        key = "data.moved_unknown" if moved is None else "data.moved_none"
        return head + markup.paragraph(t(key))
    heads = [formats.capitalised(view.noun(1)), *(t(f"data.{name}") for name in FIGURES)]
    columns = [_cells(name, moved) for name in FIGURES]
    named = [view.district_name(str(code)) for code in moved.index]
    rows = list(zip(named, zip(*columns, strict=True), strict=True))
    caption = t("data.moved_caption", region=view.region_name)
    drawn = templates.piece(changes.TEMPLATE, "moved")(caption, heads, rows)
    return head + drawn + markup.paragraph(t("data.moved_empty"))


def _cells(name: str, moved: pd.DataFrame) -> list[tuple[str, str]]:
    """Return a figure as it was and as it is; the former is empty where it is the same."""
    before, now = (list(map(WRITTEN[name], moved[column])) for column in (f"{name}{BEFORE}", name))
    same = unmoved(moved, name).tolist()
    return [("" if alike else was, is_) for was, is_, alike in zip(before, now, same, strict=True)]
