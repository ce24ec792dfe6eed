"""Up to four sites side by side, and the shortlist they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers import templates
from ui.blocks import site_facts, site_links
from ui.filters import finding
from ui.state import fields, links

if TYPE_CHECKING:
    from markupsafe import Markup

    from ui.state.pages import Find
    from ui.state.view import PageView

TEMPLATE = "ui/find/comparison.html"


def table(view: PageView[Find], *, place: str) -> Markup | None:
    """Return the sites compared, a column each; nothing where none is shortlisted.

    Parameters
    ----------
    view : View
        Whose shortlist it is.
    place : str
        ``ct-wide`` below the map, or ``ct-narrow`` on a phone, below the list.
    """
    t = view.t
    chosen = finding.beside(view)
    if not chosen:
        return None
    sites = [site for _, site in finding.picked(view).loc[chosen].iterrows()]
    numbers = finding.numbers(view)
    heads = [
        (site_facts.ring(view, site), numbers.get(site["id"], ""), site[f"name_{t.lang}"])
        for site in sites
    ]
    rows = [
        (site_facts.title(view, key), [words(view, site) for site in sites])
        for key, words in site_facts.FACTS
    ]
    caption = t("find.compared", n=len(sites))
    return templates.piece(TEMPLATE, "compared")(caption, place, heads, rows)


def shortlist(view: PageView[Find]) -> Markup:
    """Return the names on the shortlist: each leads to its page, can be compared, or taken out."""
    t = view.t
    sites = finding.picked(view)
    compared = set(finding.beside(view))
    out = templates.piece(TEMPLATE, "out")
    rows = [
        (
            site_links.profile(view, key, text=str(site[f"name_{t.lang}"])),
            _compare(view, key, on=key in compared) if len(sites) > fields.MAX_BESIDE else "",
            links.toggle(
                view,
                fields.PICKED,
                key,
                text=out(t("find.unpick", name=site[f"name_{t.lang}"])),
                name="ct-out",
            ),
        )
        for key, (_, site) in zip(sites["id"], sites.iterrows(), strict=True)
    ]
    return templates.piece(TEMPLATE, "shortlist")(rows)


def _compare(view: PageView[Find], key: str, *, on: bool) -> Markup:
    """Return the link that puts a site into the comparison; the last one in makes room."""
    now = [each for each in finding.beside(view) if each != key]
    then = now if on else [*now[: fields.MAX_BESIDE - 1], key]
    text = view.t("find.beside_on" if on else "find.beside_off")
    return links.to(view, text=text, name="ct-mark", versus=tuple(then))
