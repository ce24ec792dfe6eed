"""The sites behind an element or a figure of a layout, and what of them the map marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from geo import formats
from layers import templates
from ui.blocks import site_facts, site_links
from ui.cached import names, points, records, scorecards
from ui.layouts import layout_words, present_sites
from ui.state import links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ui.state.sides import Side


TEMPLATE = "ui/layouts/sites.html"

MOST_LISTED = 20
"""Sites that stand under a heading where the region has more than a map draws one by one."""

Group = tuple[str | Markup, tuple[str, ...]]
"""A heading, and the ids of the sites under it."""


def behind(
    side: Side,
    ids: tuple[str, ...],
    *,
    mark: str = "",
    element: str = "",
    also: Markup | None = None,
    groups: Sequence[Group] = (),
) -> Markup:
    """Return sites behind a disclosure, and the link that marks them on the map.

    Parameters
    ----------
    side : Side
        The layout.
    ids : tuple of str
        Ids of the sites.
    mark : str
        Key of the score they are behind; else they are those of `element`.
    element : str
        Id of the element they stand in.
    also : Markup, optional
        A further disclosure in the same row.
    groups : sequence of (str or Markup, tuple of str)
        The same sites by what they stand in; none for one list.
    """
    view, t = side.view, side.view.t
    if not ids:
        return templates.piece(TEMPLATE, "without")(t("layouts.no_sites"), also or "")
    chosen = side.named(element)
    now, in_view = view.state.mark, view.state.element == chosen
    # One of its sites is marked: the reader goes through them, so they stay open.
    unfolded = in_view and now.id in ids and now.kind == (mark or "site")
    on = in_view and now == Selection(mark)
    shown = links.to(
        view,
        text=t("layouts.unmark" if on else "layouts.mark"),
        name="ct-mark ct-on" if on else "ct-mark",
        mark=Selection("" if on else mark),
        element="" if on else chosen,
    )
    return templates.piece(TEMPLATE, "behind")(
        t,
        layout_words.count(view, side.layout, ids, key="layouts.sites_here"),
        _listed(side, groups or [("", ids)], mark=mark or "site", element=chosen),
        shown,
        also or "",
        unfolded,
    )


def _listed(
    side: Side, groups: Sequence[Group], *, mark: str, element: str
) -> list[tuple[str | Markup, list[tuple[Markup, bool]], str]]:
    """Return headings, sites as links with whether the map cannot show them, and how many more."""
    view, t = side.view, side.view.t
    most = MOST_LISTED if points.many(side.layout.area) else None
    first = [(heading, ids[:most]) for heading, ids in groups]
    keys = dict.fromkeys(key for _, ids in first for key in ids)
    sites = records.listed(keys, side.layout.region)
    linked = {
        key: (links.to(view, text=name, mark=Selection(mark, key), element=element), nowhere)
        for key, name, nowhere in zip(
            keys, sites[f"name_{t.lang}"], sites.geometry.is_empty, strict=True
        )
    }
    left = [len(every) - len(ids) for (_, every), (_, ids) in zip(groups, first, strict=True)]
    return [
        (
            heading,
            [linked[key] for key in ids],
            t("layouts.sites_more", n=formats.whole(n)) if n else "",
        )
        for (heading, ids), n in zip(first, left, strict=True)
    ]


def by_district(side: Side) -> list[Group]:
    """Return the sites of each strong district that is not named, under the link that marks it."""
    view, layout = side.view, side.layout
    known = names.districts(layout.area, scorecards.unit(layout), view.t.lang)
    districts = present_sites.strongholds(layout, view.state.phase)
    return [
        (
            links.to(
                view,
                text=f"{known[code]} {len(ids)}",
                mark=Selection("district", code),
                element="",
            ),
            ids,
        )
        for code, ids in districts.items()
    ]


def by_element(side: Side, ids: tuple[str, ...], elements: Sequence[str]) -> list[Group]:
    """Return sites by the first of some elements they stand in, the others last."""
    standing, names = present_sites.present(side.layout, side.view.state.phase), side.names
    left, groups = dict.fromkeys(ids), list[Group]()
    for element in dict.fromkeys(elements):
        there = set(standing[element])
        own = tuple(key for key in left if key in there)
        left = {key: None for key in left if key not in there}
        if own:
            groups.append((f"{names[element]} {len(own)}", own))
    if left and groups:
        groups.append((f"{side.view.t('layouts.elsewhere_sites')} {len(left)}", tuple(left)))
    return groups if len(groups) > 1 else []


def marked(side: Side) -> Markup | None:
    """Return a line on what the map marks; nothing where it marks nothing."""
    view, t = side.view, side.view.t
    ids = present_sites.marked(side)
    if not ids:
        return None
    mark = view.state.mark
    sites = records.listed(ids, side.layout.region)
    if mark.id and mark.kind != "district":
        return _one_site(side, sites.iloc[0])
    unplaced = int(sites.geometry.is_empty.sum())
    if mark.id:
        named = names.districts(side.layout.area, scorecards.unit(side.layout), t.lang)[mark.id]
    elif mark:
        named = t(f"score.{mark.kind}", km=view.radius_km)
    else:
        named = side.names[side.element]
    drawn = present_sites.standing_out(side)
    key = "layouts.marked" if drawn else "layouts.marked_many"
    text = t(key, n=formats.whole(len(ids)), what=named)
    if unplaced and drawn:
        text += t("layouts.marked_unplaced", n=unplaced)
    return _line(side, text)


def _one_site(side: Side, site: pd.Series) -> Markup:
    view, t = side.view, side.view.t
    kind, level = view.term("kind", site["kind"]), view.term("level", site["level"])
    # Many sites are known by their city alone, some by nothing: what is blank is left out.
    parts = [site_facts.district(view, site), t("layouts.site_kind", kind=kind, level=level)]
    name = site[f"name_{t.lang}"]
    text = t("layouts.marked_site", name=name, what=t("list.dot").join(filter(None, parts)))
    if site.geometry.is_empty:
        text += t("layouts.marked_nowhere")
    more = site_links.profile(view, str(site["id"]), text=t("layouts.facts"))
    return _line(side, text, more)


def _line(side: Side, text: str, more: Markup | str = "") -> Markup:
    view = side.view
    clear = links.to(
        view,
        text=view.t("layouts.unmark"),
        name="ct-mark",
        mark=Selection(),
        element="",
    )
    return templates.piece(TEMPLATE, "marked")(text, clear, more)
