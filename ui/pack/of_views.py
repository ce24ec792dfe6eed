"""What the pack of 区县 has of its other views: who is alike, and ranks in other units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.districts.peers import comparison, sentence
from ui.districts.peers import table as peer_table
from ui.districts.units import division
from ui.districts.units import sheet as unit_sheet
from ui.pack import shared
from ui.pack.content import Table, bullets, plain

if TYPE_CHECKING:
    from ui.state.pages import Districts
    from ui.state.view import PageView


def tables(view: PageView[Districts]) -> tuple[Table, ...]:
    """Return the tables of the view; none of the ranking, whose tables every pack has."""
    if view.state.view == "peers":
        return _peers(comparison.comparison(view))
    return _units(division.shown(view)) if view.state.view == "units" else ()


def _peers(shown: comparison.Comparison) -> tuple[Table, ...]:
    if not shown.peers:
        return ()
    t = shown.view.t
    listed = Table(
        title=t("peers.caption_who", name=shown.name(shown.of)),
        note=peer_table.note(shown),
        columns=(
            shared.column("", width=0.4),
            shared.column(shown.alike, width=2),
            *(shared.column(head, figure=True, width=1.2) for head in peer_table.heads(shown)),
        ),
        rows=tuple(
            (
                each.sign,
                t("list.stop").join(filter(None, [plain(t, each.name), each.place])),
                *each.cells,
            )
            for each in peer_table.lines(shown)
        ),
        remarks=bullets(t, [sentence.method(shown)]),
    )
    return (listed,)


def _units(shown: division.Shown) -> tuple[Table, ...]:
    view, t = shown.view, shown.view.t
    heads = [shared.column(name, figure=True) for name in shown.names()]
    figures = Table(
        title=t("areal.figures", region=view.region_name),
        note=t("areal.figures_note"),
        columns=(shared.column(t("areal.figure"), width=1.6), *heads),
        rows=tuple((name, *values) for name, values in unit_sheet.figure_rows(shown)),
        remarks=bullets(t, [unit_sheet.method(shown)]),
    )
    ranked = unit_sheet.rank_rows(shown)
    ranks = Table(
        title=t("areal.ranks", region=view.region_name),
        note=unit_sheet.rank_note(shown),
        columns=(
            shared.column(formats.capitalised(view.noun(1)), width=1.6),
            shared.column(t("column.n"), figure=True, width=0.9),
            *heads,
        ),
        rows=tuple((name, n, *cells) for name, n, cells in ranked),
    )
    return (figures, *([ranks] if ranked else []))
