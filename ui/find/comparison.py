"""Up to four sites side by side, and the shortlist they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ui.blocks import site_facts, site_links
from ui.filters import finding
from ui.state import fields, links

if TYPE_CHECKING:
    import pandas as pd

    from ui.state.view import View


def table(view: View, *, place: str) -> Markup:
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
        return Markup("")
    sites = [site for _, site in finding.picked(view).loc[chosen].iterrows()]
    numbers = finding.numbers(view)
    heads = Markup("").join(_head(view, site, numbers.get(str(site["id"]))) for site in sites)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            site_facts.title(view, key),
            Markup("").join(Markup("<td>{}</td>").format(say(view, site)) for site in sites),
        )
        for key, say in site_facts.FACTS
    )
    return Markup(
        '<div class="ct-aside" tabindex="0" role="region" aria-label="{0}">'
        '<table class="ct-versus {3}"><caption>{0}</caption><thead><tr><th scope="col">{0}</th>{1}'
        "</tr></thead><tbody>{2}</tbody></table></div>"
    ).format(t("find.compared", n=len(sites)), heads, body, place)


def _head(view: View, site: pd.Series, number: int | None) -> Markup:
    said = "" if number is None else str(number)
    return Markup(
        '<th scope="col"><b class="ct-number ct-on" style="--ring:{}">{}</b> {}</th>'
    ).format(site_facts.ring(view, site), said, site[f"name_{view.t.lang}"])


def shortlist(view: View) -> Markup:
    """Return the names on the shortlist: each leads to its page, can be compared, or taken out."""
    t = view.t
    sites = finding.picked(view)
    compared = set(finding.beside(view))
    items = Markup("").join(
        Markup("<li>{} {} {}</li>").format(
            site_links.profile(view, key, text=str(site[f"name_{t.lang}"])),
            _compare(view, key, on=key in compared) if len(sites) > fields.MAX_BESIDE else "",
            links.toggle(
                view,
                fields.FIND,
                fields.PICKED,
                key,
                text=Markup('×<span class="ct-unseen">{}</span>').format(
                    t("find.unpick", name=site[f"name_{t.lang}"])
                ),
                name="ct-out",
            ),
        )
        for key, (_, site) in zip(sites["id"], sites.iterrows(), strict=True)
    )
    return Markup('<ul class="ct-shortlist">{}</ul>').format(items)


def _compare(view: View, key: str, *, on: bool) -> Markup:
    """Return the link that puts a site into the comparison; the last one in makes room."""
    now = [each for each in finding.beside(view) if each != key]
    then = now if on else [*now[: fields.MAX_BESIDE - 1], key]
    text = view.t("find.beside_on" if on else "find.beside_off")
    return links.to(view, fields.FIND, text=text, name="ct-mark", versus=tuple(then))
