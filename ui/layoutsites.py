"""The sites behind an element or a figure of a layout, and what of them the map marks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from ui import fields, layoutmap, links, results, sitefacts, sitelinks

if TYPE_CHECKING:
    import pandas as pd

    from geo.layout_model import Area
    from ui.language import Language
    from ui.layoutside import Side


NOTHING = Markup("")


def behind(
    side: Side, ids: tuple[str, ...], *, mark: str = "", element: str = "", also: Markup = NOTHING
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
    also : Markup
        A further disclosure in the same row.
    """
    view, t = side.view, side.view.t
    if not ids:
        none = Markup("<small>{}</small>").format(t("layouts.no_sites"))
        return Markup('<div class="ct-behind">{}{}</div>').format(none, also)
    known = _names(side.layout.area, t.lang)
    chosen = side.named(element)
    comma = Markup("{} ").format(t("list.comma").strip())
    each = [
        links.to(
            view, fields.LAYOUTS, text=known[key], mark=f"{mark or 'site'}:{key}", element=chosen
        )
        for key in ids
    ]
    of, _, one = str(view.values["mark"]).partition(":")
    # One of its sites is marked: the reader goes through them, so they stay open.
    unfolded = one in ids and of == (mark or "site") and view.values["element"] == chosen
    on = view.values["mark"] == mark and view.values["element"] == chosen
    put = {"mark": "", "element": ""} if on else {"mark": mark, "element": chosen}
    shown = links.to(
        view,
        fields.LAYOUTS,
        text=t("layouts.unmark" if on else "layouts.mark"),
        name="ct-mark ct-on" if on else "ct-mark",
        **put,
    )
    return Markup(
        '<div class="ct-behind"><details{}><summary>{}</summary><p>{}</p></details>{}{}</div>'
    ).format(
        " open" if unfolded else "",
        t.many("layouts.sites_here", len(ids)),
        comma.join(each),
        shown,
        also,
    )


@cache
def _names(area: Area, lang: Language) -> dict[str, str]:
    return dict(results.all_sites(area).set_index("id")[f"name_{lang}"])


def marked(side: Side) -> Markup:
    """Return a line on what the map marks; nothing where it marks nothing."""
    view, t = side.view, side.view.t
    ids = layoutmap.marked(side)
    if not ids:
        return Markup("")
    mark = str(view.values["mark"])
    every = results.all_sites(side.layout.area).set_index("id", drop=False)
    if ":" in mark:
        return _one_site(side, every[every.index == ids[0]].iloc[0])
    unplaced = int(every.loc[list(ids)].geometry.is_empty.sum())
    what = (
        t(f"score.{mark}", km=view.radius_km)
        if mark
        else next(
            str(getattr(each, f"name_{t.lang}"))
            for each in side.layout.elements
            if each.id == side.element
        )
    )
    said = t.many("layouts.marked", len(ids), what=what)
    if unplaced:
        said += t("layouts.marked_unplaced", n=unplaced)
    return _line(side, said)


def _one_site(side: Side, site: pd.Series) -> Markup:
    view, t = side.view, side.view.t
    kind, level = view.term("kind", site["kind"]), view.term("level", site["level"])
    # Many sites are known by their city alone, some by nothing: what is blank is left out.
    parts = [sitefacts.district(view, site), t("layouts.site_kind", kind=kind, level=level)]
    name = site[f"name_{t.lang}"]
    said = t("layouts.marked_site", name=name, what=t("list.dot").join(filter(None, parts)))
    if site.geometry.is_empty:
        said += t("layouts.marked_nowhere")
    more = sitelinks.profile(view, str(site["id"]), text=t("layouts.facts"))
    return _line(side, Markup("{} {}").format(said, more))


def _line(side: Side, said: str | Markup) -> Markup:
    view = side.view
    clear = links.to(
        view, fields.LAYOUTS, text=view.t("layouts.unmark"), name="ct-mark", mark="", element=""
    )
    return Markup('<p class="ct-marked-line">{} {}</p>').format(said, clear)
