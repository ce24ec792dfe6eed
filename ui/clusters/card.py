"""The card of what is selected: a cluster, a district with a sector, or what other pages have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from geo import formats
from ui.blocks import markup, selected, site_links
from ui.cached import clustering, indicators, names
from ui.clusters import heat_table, wording
from ui.state import fields, links

if TYPE_CHECKING:
    from geo.policy.site_profile import Naming
    from ui.clusters.wording import Facts
    from ui.state.pages import Clusters
    from ui.state.view import PageView

MOST_MEMBERS = 12
"""Members that the card names before it counts the rest."""

MOST_NAMINGS = 4


def card(view: PageView[Clusters]) -> Markup | None:
    """Return the card of what is selected; nothing where nothing is."""
    chosen = view.state.at
    if chosen.kind == "cluster":
        return _cluster(view)
    if chosen.kind == "sector":
        return _sector(view, *chosen.id.rsplit(fields.JOINT, 1))
    return selected.card(view)


def _cluster(view: PageView[Clusters]) -> Markup:
    t, row = view.t, wording.chosen_row(view)
    if row is None:
        return markup.paragraph(t("clusters.in_none"), kind="lead")
    number = int(row["cluster"])
    rows = [
        (t("clusters.column_sites"), wording.size(view, row)),
        (t("clusters.districts"), wording.where(view, row)),
        (t("clusters.column_sector"), wording.sector(view, row)),
        (t("clusters.column_p"), _chance(view, row)),
        (t("clusters.column_kept"), wording.kept(view, row)),
        (t("clusters.column_named"), _namings(view, number)),
        (t("clusters.members"), _members(view, row)),
    ]
    line = t("clusters.card_line", level=t(f"clusters.level_{row['level']}"),
             area=formats.number(row["area_km2"]))  # fmt: skip
    title = f"{number} {wording.name(view, row)}"
    return markup.card(title, subtitle=line, rows=rows, close=links.leave(view, fields.SELECTED))


def _chance(view: PageView[Clusters], row: Facts) -> Markup | str:
    """Return how often places at random have a cluster as large."""
    p = formats.probability(row["p"])
    if row["p"] > wording.SURE:
        return markup.strong(view.t("clusters.chance", p=p), kind="warn")
    return view.t("clusters.no_chance", p=p)


def _namings(view: PageView[Clusters], number: int) -> Markup | str:
    t = view.t
    found = clustering.namings(view.query, view.state.setting)[number]
    if not found:
        return t("clusters.unnamed_long")
    return markup.lines([_naming(view, each) for each in found[:MOST_NAMINGS]])


def _naming(view: PageView[Clusters], naming: Naming) -> Markup:
    t = view.t
    link = site_links.element(view, naming, text=t.of(naming.element, "name"))
    why = t(f"clusters.names_{naming.reason}", layout=names.layout_with_region(naming.layout, t))
    return link + " " + why


def _members(view: PageView[Clusters], row: Facts) -> Markup:
    """Return the members as links to their pages, the rest counted."""
    sites = indicators.sites(view.query).set_index("id")[f"name_{view.t.lang}"]
    ids = row["members"]
    named = [site_links.profile(view, str(key), text=str(sites[key])) for key in ids[:MOST_MEMBERS]]
    shown = Markup.escape(view.t("list.comma")).join(named)
    rest = len(ids) - MOST_MEMBERS
    if rest <= 0:
        return shown
    return Markup.escape(view.t("list.more", names="{names}", n=rest)).format(names=shown)


def _sector(view: PageView[Clusters], adcode: str, family: str) -> Markup | None:
    """Return the card of a district's sector; nothing where the filters leave no site there."""
    t = view.t
    of = heat_table.figures(view, adcode, family)
    if of is None:
        return markup.paragraph(t("clusters.no_sites_here"), kind="lead")
    district = names.districts(view.region, view.unit, t.lang)[adcode]
    rows: list[tuple[str, Markup | str]] = [
        (t("shade.lq"), heat_table.words(view, of)),
        *heat_table.chance(view, of),
        (t("clusters.stars"), heat_table.stars(view, of)),
        (t("clusters.declared"), _declared(view, adcode, family)),
    ]
    title = t("clusters.of", name=district, words=view.family(family))
    line = t("clusters.heat_note", region=view.region_short)
    return markup.card(title, subtitle=line, rows=rows, close=links.leave(view, fields.SELECTED))


def _declared(view: PageView[Clusters], adcode: str, family: str) -> Markup | str:
    """Return the elements of layouts that name the district for this sector."""
    found = clustering.declared(view.query, adcode, family)
    if not found:
        return view.t("clusters.undeclared")
    return markup.lines([_naming(view, each) for each in found[:MOST_NAMINGS]])
