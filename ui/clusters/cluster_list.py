"""The clusters as a table: the map's numbers with what there is to say of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import formats
from layers import templates
from ui.cached import clustering
from ui.clusters import wording
from ui.state import links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.clusters.wording import Facts
    from ui.state.pages import Clusters
    from ui.state.view import PageView

COLUMNS = ("name", "sites", "sector", "p", "kept", "named")

MOST_NAMED = 2
"""Elements of layouts that a row names before it counts the rest."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A cluster: number, link, districts, sites, sector, how sure it is, who names its place."""

    number: int
    link: Markup
    where: str
    sites: str
    sector: str
    p: str
    chance: bool
    kept: str
    named: str
    chosen: bool


def table(view: PageView[Clusters], *, place: str) -> Markup | None:
    """Return the clusters, largest first; nothing where there is none.

    Parameters
    ----------
    view : View
        Whose clusters they are.
    place : str
        ``ct-wide`` below the map, or ``ct-narrow`` on a phone, below the headline.
    """
    t = view.t
    if clustering.too_many(view.query) or wording.found(view).empty:
        return None
    heads = [t(f"clusters.column_{name}") for name in COLUMNS]
    return templates.piece(wording.TEMPLATE, "listed")(
        t("clusters.list_title"),
        t("clusters.list_note"),
        place,
        heads,
        rows(view),
        t("clusters.list_foot"),
    )


def rows(view: PageView[Clusters]) -> list[Row]:
    """Return the rows of the table."""
    chosen = wording.chosen(view)
    return [_row(view, row, chosen=row["cluster"] == chosen) for row in wording.rows(view)]


def _row(view: PageView[Clusters], row: Facts, *, chosen: bool) -> Row:
    own = wording.selection(row)
    return Row(
        number=row["cluster"],
        link=links.to(view, text=wording.name(view, row), at=Selection() if chosen else own),
        where=wording.where(view, row),
        sites=wording.size(view, row),
        sector=wording.sector(view, row),
        p=formats.probability(row["p"]),
        chance=bool(row["p"] > wording.SURE),
        kept=f"{int(row['kept'])} / {int(row['settings'])}",
        named=_named(view, row["cluster"]),
        chosen=chosen,
    )


def _named(view: PageView[Clusters], number: int) -> str:
    """Return the elements of layouts that name the place, the first few."""
    found = clustering.namings(view.query, view.state.setting)[number]
    named = list(dict.fromkeys(view.t.of(each.element, "name") for each in found))
    return formats.joined(named, t=view.t, most=MOST_NAMED) or view.t("clusters.unnamed")
