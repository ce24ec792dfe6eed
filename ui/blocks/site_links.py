"""Links between a site's page and the others; shortlist and search go along.

Each carries the very address that its page would write: one that says the same otherwise would be
written anew, and the reader would have to go back twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from ui.cached import records
from ui.state import fields, links, session
from ui.state.address import parse, render
from ui.state.pages import OF_PAGE
from ui.state.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from markupsafe import Markup

    from geo.facts import boundaries
    from geo.policy.site_profile import Naming
    from ui.state.view import View


def profile(view: View, key: str, *, text: str, region: str | None = None) -> Markup:
    """Return a link to a site's page, which knows the search it is followed from.

    The site is of the page's region, or of another one, see `ui.cached.records.reference`.
    """
    reference = records.reference(view.region if region is None else region, key)
    params = {"id": reference, "pick": _picked(view), "from": view.state.search}
    return _link(view, "site", params, text)


def find(view: View, site: pd.Series | None, *, text: str) -> Markup:
    """Return a link to 选园 with the shortlist, at a site, and the search it was followed from.

    A search in another region than the site's stays as it was, without the site.
    """
    params = dict(parse_qsl(view.state.search))
    if not params:
        params["region"] = str(view.state.region if site is None else site["region"])
    if site is not None:
        params["at"] = str(Selection("site", site["id"]))
    return _link(view, "find", {**params, "pick": _picked(view)}, text)


def districts(view: View, unit: boundaries.Level, code: str, *, text: str) -> Markup:
    """Return a link to a district of this region among the others."""
    params = {"region": view.region, "unit": unit, "at": str(Selection("district", code))}
    return _link(view, "districts", params, text)


def element(view: View, naming: Naming, *, text: str) -> Markup:
    """Return a link to an element of a layout."""
    params = {
        "region": view.region, "layout": naming.layout.id, "element": naming.element.id,
    }  # fmt: skip
    return _link(view, "layouts", params, text)


def _picked(view: View) -> str:
    """Return the shortlist, which pages without it keep in the session."""
    known = view.state.pick
    return ",".join(session.kept(fields.PICKED) if known is None else known)


def _link(view: View, page: str, params: Mapping[str, str], text: str) -> Markup:
    """Return a link to another page; what that page does not read is left out."""
    known = OF_PAGE[page].fields()
    given = {name: value for name, value in params.items() if value}
    values = parse({**given, "lang": view.t.lang}, known).values
    address = urlencode(render(values, known), safe=",:")
    return links.to_page(f"{page}?{address}" if address else page, text)
