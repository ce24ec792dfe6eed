"""Which datum the coordinates are in: asked plainly, with how well each reading fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.intake import datum_hint
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import wording, work
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    import pandas as pd

    from geo.china.datum import Datum
    from ui.intake.draft import Draft
    from ui.state.view import View

KEY: Final = "intake_datum"


def show(view: View, draft: Draft) -> None:
    """Draw the choice, the reading that fits best first."""
    t = view.t
    counts = work.counts(draft).sort_values("in_district", ascending=False, kind="stable")
    rows = int(counts["rows"].max())
    now, best = work.datum(draft), datum_hint.best(counts)
    said = work.says_datum(draft)
    grid.write(markup.heading(t("intake.datum_title"), note=t(f"intake.datum_by_{said}")))
    of_rows, left = work.rows_with_datum(draft)
    if of_rows:
        blanks = {"n": formats.whole(of_rows), "left": formats.whole(left)}
        grid.write(
            markup.paragraph(t("intake.datum_rows" if left else "intake.datum_all", **blanks))
        )
    known = formats.whole(rows)
    if rows:
        grid.write(markup.paragraph(t("intake.datum_tried", n=known)))
    elif said == "nothing":
        grid.write(markup.paragraph(t("intake.datum_untried")))
    kinds: list[Datum] = list(counts.index)
    st.session_state[KEY] = now
    share = 100 / rows if rows else 0.0
    shares = [share * n for n in counts["in_district"]]
    grid.write(templates.piece(TEMPLATE, "shares")(f"st-key-{KEY}", shares))
    st.radio(
        t("intake.datum_title"),
        kinds,
        key=KEY,
        index=None,
        format_func=lambda kind: _label(view, kind, counts, rows),
        captions=[_caption(view, kind, counts, best=best) for kind in kinds],
        on_change=_chosen,
        label_visibility="collapsed",
        width="stretch",
    )
    if now is None:
        why = "none" if not rows else "few" if rows < datum_hint.LEAST_ROWS else "close"
        grid.write(markup.paragraph(t(f"intake.datum_ask_{why}", n=known), kind="warning"))
    elif said != "nothing" and best is not None and best != now:
        better = t("intake.datum_disputed", datum=wording.datum(view, best))
        grid.write(markup.paragraph(better, kind="warning"))


def _chosen() -> None:
    drafts.change(datum=st.session_state.get(KEY), region=None)


def _label(view: View, kind: Datum, counts: pd.DataFrame, rows: int) -> str:
    name = wording.datum(view, kind)
    if not rows:
        return name
    n = formats.whole(int(counts["in_district"][kind]))
    fits = view.t("intake.datum_fits", n=n, rows=formats.whole(rows))
    return f"{name} **{fits}**"


def _caption(view: View, kind: Datum, counts: pd.DataFrame, *, best: Datum | None) -> str:
    """Return how far the reading moves points, and what speaks for and against it."""
    t = view.t
    said = [t("intake.datum_best")] if kind == best else []
    metres = float(counts["moved_m"][kind])
    if kind == "wgs84":
        said.append(t("intake.datum_unmoved"))
    elif metres:
        said.append(t("intake.datum_moved", km=f"{metres / 1000:.1f}"))
    water = int(counts["in_water"][kind])
    if water:
        said.append(t("intake.datum_water", n=formats.whole(water)))
    return t("list.stop").join(said)
