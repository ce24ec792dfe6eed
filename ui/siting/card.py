"""The card of what is selected: a place with its reasons, or a district as other pages have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.blocks import markup, selected, site_links
from ui.cached import names
from ui.siting import wording

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

MOST_NAMINGS = 4


def card(view: PageView[Siting]) -> Markup | None:
    """Return the card of what is selected; nothing where nothing is."""
    if view.state.at.kind != "place":
        return selected.card(view)
    t, row = view.t, wording.chosen(view)
    if row is None:
        return markup.paragraph(t("siting.no_place"), kind="lead")
    rows = [
        (t("siting.column_residents"), wording.people(view, row["residents"])),
        (t("siting.column_added"), wording.added(view, row)),
        (t("siting.column_km2"), formats.number(row["km2"])),
        (t("siting.column_overlap"), formats.percent(row["overlap"], digits=0)),
        (t("siting.column_nearest"), _nearest(view, row)),
        (t("clusters.column_named"), _namings(view, row)),
        (t("siting.column_position"), f"{row['lon']:.4f}, {row['lat']:.4f}"),
    ]
    line = t("siting.card_line", km=view.radius_km)
    return markup.card(f"{row['number']} {wording.name(view, row)}", subtitle=line, rows=rows)


def _nearest(view: PageView[Siting], row: Facts) -> Markup | str:
    text = wording.nearest(view, row)
    if not isinstance(row["nearest"], str):
        return text
    owner = wording.owner(view, row["nearest"])
    return site_links.profile(view, row["nearest"], text=text, region=owner)


def _namings(view: PageView[Siting], row: Facts) -> Markup | str:
    t = view.t
    found = wording.namings(view)[row["number"]]
    lines = [
        site_links.element(view, each, text=t.of(each.element, "name"))
        + " "
        + t(f"clusters.names_{each.reason}", layout=names.layout_with_region(each.layout, t))
        for each in found[:MOST_NAMINGS]
    ]
    return markup.lines(lines) if lines else t("siting.unnamed_long")
