"""The list beside the map of 选园: one row a result, a page at a time, and the shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from ui.blocks import site_facts, site_links
from ui.cached import names
from ui.filters import finding
from ui.state import fields, links
from ui.state.selection import Selection
from ui.words import formats

if TYPE_CHECKING:
    from ui.state.view import View


def rows(view: View) -> Markup:
    """Return the page of results in view, or what a search without any may have meant."""
    t = view.t
    found = finding.found(view)
    if found.empty:
        return elsewhere(view) + _meant(view)
    page = finding.page_of(view)
    first = page * finding.ROWS
    shown = found.iloc[first : first + finding.ROWS]
    items = Markup("").join(
        _row(view, site, number=first + i + 1) for i, (_, site) in enumerate(shown.iterrows())
    )
    return Markup('<ol class="ct-results" aria-label="{}">{}</ol>{}').format(
        t("find.list"), items, _pager(view, page, len(found))
    )


def elsewhere(view: View) -> Markup:
    """Return links to the regions in which the same filters find something."""
    t = view.t
    known = names.regions(t.lang)
    found = finding.per_region(view, [code for code in known if code != view.region])
    there = [
        links.change(
            view,
            fields.FIND,
            {
                "region": code,
                "unit": names.default_levels()[code],
                "district": (),
                "at": Selection(),
            },
            text=t("find.elsewhere", region=names.short_region(code, t.lang), n=formats.whole(n)),
        )
        for code, n in found.items()
        if n
    ]
    if not there:
        return Markup("")
    return Markup('<p class="ct-meant">{}</p>').format(Markup(" ").join(there))


def _meant(view: View) -> Markup:
    """Return links to what a search in vain may have meant."""
    named = [
        links.change(view, fields.FIND, {fields.TEXT.name: name}, text=name)
        for name in finding.meant(view)
    ]
    if not named:
        return Markup("")
    return Markup('<p class="ct-meant">{} {}</p>').format(
        view.t("find.meant"), Markup(" ").join(named)
    )


def _row(view: View, site: pd.Series, *, number: int) -> Markup:
    t = view.t
    key = str(site["id"])
    own = Selection("site", key)
    chosen = view.values["at"] == own
    picked = key in view.values["pick"]
    name = str(site[f"name_{t.lang}"])
    label = links.to(
        view,
        fields.FIND,
        text=name,
        at=Selection() if chosen else own,
    )
    full = len(view.values["pick"]) >= fields.MAX_PICKED and not picked
    tick = (
        Markup("")
        if full
        else links.toggle(
            view,
            fields.FIND,
            fields.PICKED,
            key,
            text=Markup('<span class="ct-unseen">{}</span>').format(
                t("find.unpick" if picked else "find.pick", name=name)
            ),
            name="ct-tick ct-on" if picked else "ct-tick",
        )
    )
    return Markup(
        '<li class="{}"><b class="ct-number{}" style="--ring:{}">{}</b><div>{}<small>{}</small>'
        "{}</div><span>{}</span>{}</li>"
    ).format(
        "ct-chosen" if chosen else "ct-picked" if picked else "",
        " ct-on" if picked else "",
        site_facts.ring(view, site),
        number,
        label,
        site_facts.line(view, site),
        _more(view, site) if chosen else "",
        _beside(view, site),
        tick,
    )


def _beside(view: View, site: pd.Series) -> Markup:
    """Return what the list is ordered by, where that is a figure, and how exact the position is."""
    t, order = view.t, view.values["sort"]
    error = site_facts.uncertainty(view, site)
    said = ""
    if order == "opened" and pd.notna(site["opened_year"]):
        said = t("find.year", year=int(site["opened_year"]))
    elif order == "area" and pd.notna(site["area_m2"]):
        said = t("find.area_value", value=formats.whole(site["area_m2"]))
    elif order == "distance" and not site.geometry.is_empty:
        said = _distance(view, finding.distance_m(view, str(site["id"])))
    return Markup("<b>{}</b><br>{}").format(said, error) if said else Markup("{}").format(error)


def _distance(view: View, metres: float) -> str:
    if metres < 1000:
        return view.t("find.distance_m", m=formats.whole(metres))
    return view.t("find.distance_km", km=f"{metres / 1000:.1f}")


def _more(view: View, site: pd.Series) -> Markup:
    """Return what the selected row leads to."""
    t = view.t
    links_to = [site_links.profile(view, str(site["id"]), text=t("find.profile"))]
    if not site.geometry.is_empty:
        near = f"{site.geometry.x:.6f},{site.geometry.y:.6f}"
        links_to.append(
            links.to(
                view, fields.FIND, text=t("find.near"), near=near, sort="distance", at=Selection()
            )
        )
    return Markup('<p class="ct-more">{}</p>').format(Markup(" ").join(links_to))


def _pager(view: View, page: int, n: int) -> Markup:
    """Return where in the list the page is, and the pages beside it; nothing where all fit."""
    t = view.t
    last = (n - 1) // finding.ROWS
    if not last:
        return Markup("")
    parts = [
        Markup("<span>{}</span>").format(
            t(
                "find.shown",
                first=formats.whole(page * finding.ROWS + 1),
                last=formats.whole(min(n, (page + 1) * finding.ROWS)),
                n=formats.whole(n),
            )
        )
    ]
    for step, key, there in ((-1, "before", page > 0), (1, "after", page < last)):
        if there:
            put = str(page + 1 + step)
            parts.append(
                links.to(view, fields.FIND, text=t(f"find.{key}"), page=put, at=Selection())
            )
    return Markup('<p class="ct-pager">{}</p>').format(Markup(" ").join(parts))


def unlocated(view: View) -> str:
    """Return which results have no position, and are not on the map."""
    found = finding.found(view)
    nowhere = found[found.geometry.is_empty]
    if nowhere.empty:
        return ""
    listed = formats.joined(list(nowhere[f"name_{view.t.lang}"]), t=view.t, most=3)
    return view.t("find.unlocated", n=formats.whole(len(nowhere)), names=listed)
