"""The list beside the map of 选园: one row a result, a page at a time, and the shortlist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo import formats
from layers import templates
from ui.blocks import site_facts, site_links
from ui.cached import names
from ui.filters import finding
from ui.state import fields, links
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from ui.state.pages import Find
    from ui.state.view import PageView

TEMPLATE = "ui/find/result_list.html"


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A result as the list has it, `figure` what it is ordered by, where that is one."""

    number: int
    ring: str
    link: Markup
    line: str
    figure: str
    precision: str
    more: Sequence[Markup]
    tick: Markup | None
    chosen: bool
    picked: bool


def rows(view: PageView[Find]) -> Markup:
    """Return the page of results in view, or what a search without any may have meant."""
    sites = finding.results(view)
    if sites.empty:
        return elsewhere(view) + _meant(view)
    page = finding.page_of(view)
    first = page * finding.ROWS
    shown = [
        _row(view, site, number=first + i + 1)
        for i, (_, site) in enumerate(sites.iloc[first : first + finding.ROWS].iterrows())
    ]
    return templates.piece(TEMPLATE, "rows")(view.t, shown, _pager(view, page, len(sites)))


def elsewhere(view: PageView[Find]) -> Markup:
    """Return links to the regions in which the same filters find something."""
    t = view.t
    known = names.regions(t.lang)
    counts = finding.per_region(view, [code for code in known if code != view.region])
    there = [
        links.change(
            view,
            {
                "region": code,
                "unit": names.default_levels()[code],
                "district": (),
                "at": Selection(),
            },
            text=t("find.elsewhere", region=names.short_region(code, t.lang), n=formats.whole(n)),
        )
        for code, n in counts.items()
        if n
    ]
    return templates.piece(TEMPLATE, "meant")(there)


def _meant(view: PageView[Find]) -> Markup:
    """Return links to what a search in vain may have meant."""
    named = [
        links.change(view, {fields.TEXT.name: name}, text=name) for name in finding.meant(view)
    ]
    return templates.piece(TEMPLATE, "meant")(named, view.t("find.meant"))


def _row(view: PageView[Find], site: pd.Series, *, number: int) -> ResultRow:
    t = view.t
    key = str(site["id"])
    own = Selection("site", key)
    chosen = view.state.at == own
    picked = key in view.state.pick
    name = str(site[f"name_{t.lang}"])
    label = links.to(
        view,
        text=name,
        at=Selection() if chosen else own,
    )
    full = len(view.state.pick) >= fields.MAX_PICKED and not picked
    return ResultRow(
        number=number,
        ring=site_facts.ring(view, site),
        link=label,
        line=site_facts.line(view, site),
        figure=_figure(view, site),
        precision=site_facts.uncertainty(view, site),
        more=_more(view, site) if chosen else (),
        tick=None if full else _tick(view, key, name, on=picked),
        chosen=chosen,
        picked=picked,
    )


def _tick(view: PageView[Find], key: str, name: str, *, on: bool) -> Markup:
    """Return the link that puts a site on the shortlist, or takes it off."""
    label = view.t("find.unpick" if on else "find.pick", name=name)
    return links.toggle(
        view,
        fields.PICKED,
        key,
        text=templates.piece(TEMPLATE, "unseen")(label),
        name="ct-tick ct-on" if on else "ct-tick",
    )


def _figure(view: PageView[Find], site: pd.Series) -> str:
    """Return what the list is ordered by, where that is a figure."""
    t, order = view.t, view.state.sort
    if order == "opened" and pd.notna(site["opened_year"]):
        return t("find.year", year=int(site["opened_year"]))
    if order == "area" and pd.notna(site["area_m2"]):
        return t("find.area_value", value=formats.whole(site["area_m2"]))
    if order == "distance" and not site.geometry.is_empty:
        return _distance(view, finding.distance_m(view, str(site["id"])))
    return ""


def _distance(view: PageView[Find], metres: float) -> str:
    if metres < 1000:
        return view.t("find.distance_m", m=formats.whole(metres))
    return view.t("find.distance_km", km=f"{metres / 1000:.1f}")


def _more(view: PageView[Find], site: pd.Series) -> list[Markup]:
    """Return what the selected row leads to."""
    t = view.t
    links_to = [site_links.profile(view, str(site["id"]), text=t("find.profile"))]
    if not site.geometry.is_empty:
        near = f"{site.geometry.x:.6f},{site.geometry.y:.6f}"
        links_to.append(
            links.to(view, text=t("find.near"), near=near, sort="distance", at=Selection())
        )
    return links_to


def _pager(view: PageView[Find], page: int, n: int) -> tuple[str, list[Markup]] | None:
    """Return where in the list the page is, and the pages beside it; nothing where all fit."""
    t = view.t
    last = (n - 1) // finding.ROWS
    if not last:
        return None
    place = t(
        "find.shown",
        first=formats.whole(page * finding.ROWS + 1),
        last=formats.whole(min(n, (page + 1) * finding.ROWS)),
        n=formats.whole(n),
    )
    return place, links.pages_beside(view, fields.PAGE, page, last=last, at=Selection())


def unlocated(view: PageView[Find]) -> str:
    """Return which results have no position, and are not on the map."""
    sites = finding.results(view)
    nowhere = sites[sites.geometry.is_empty]
    if nowhere.empty:
        return ""
    listed = formats.joined(list(nowhere[f"name_{view.t.lang}"]), t=view.t, most=3)
    return view.t("find.unlocated", n=formats.whole(len(nowhere)), names=listed)
