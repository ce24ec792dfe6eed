"""Links between a site's page and the others; the shortlist goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup

from ui import fields, session
from ui.address import render

if TYPE_CHECKING:
    import pandas as pd

    from geo import boundaries
    from geo.profile import Naming
    from ui.address import Values
    from ui.view import View


def profile(view: View, key: str, *, text: str) -> Markup:
    """Return a link to a site's page."""
    return _link("site", {"id": key, "lang": view.t.lang, "pick": _picked(view)}, text)


def find(view: View, site: pd.Series | None, *, text: str) -> Markup:
    """Return a link to 选园 with the shortlist, at a site."""
    kept = ("lang", "region", "pick")
    asked = {name: view.values[name] for name in kept if name in view.values}
    if site is not None:
        asked |= {"region": site["region"], "at": f"site:{site['id']}"}
    values: Values = {}
    for item in fields.FIND:
        values[item.name] = asked.get(item.name, item.fallback(values))
    return _link("find", render(values, fields.FIND), text)


def districts(view: View, unit: boundaries.Level, code: str, *, text: str) -> Markup:
    """Return a link to a district of this region among the others."""
    asked = {"lang": view.t.lang, "region": view.region, "unit": unit, "at": f"district:{code}"}
    return _link("districts", asked, text)


def element(view: View, naming: Naming, *, text: str) -> Markup:
    """Return a link to an element of a layout."""
    asked = {"lang": view.t.lang, "layout": naming.layout.id, "element": naming.element.id}
    return _link("layouts", asked, text)


def _picked(view: View) -> str:
    """Return the shortlist, which pages without it keep in the session."""
    return ",".join(view.values.get(fields.PICKED.name) or session.kept(fields.PICKED))


def _link(page: str, params: dict[str, str], text: str) -> Markup:
    address = urlencode({name: value for name, value in params.items() if value}, safe=",:")
    return Markup('<a href="{}?{}" target="_self">{}</a>').format(page, address, text)
