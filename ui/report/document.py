"""The shortlist as a page to print: maps, table, what is unknown, sources; nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from geo import formats
from geo.china import adcodes
from geo.facts import catalog
from layers import palette, templates
from ui.blocks import markup, selected, sentences, site_facts, site_links
from ui.cached import records
from ui.filters import finding
from ui.report import shortlist_map
from ui.state import address, pages
from ui.state.view import PageView, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


SOURCES = ("address", "lonlat", "coordinates", "source", "note")
"""Facts of a site that stand below the table."""


POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""Maps within the page are bound by it too: it loads nothing, wherever it is opened."""

TEMPLATE = "ui/report/report.html"


@dataclass(frozen=True, kw_only=True)
class PrintedReport:
    """A report as HTML, and whether there is a site in it."""

    html: str
    has_sites: bool


def report(params: Mapping[str, str], *, here: str) -> PrintedReport:
    """Write the report of a shortlist.

    Parameters
    ----------
    params : Mapping of str to str
        The address: ``pick``, ``lang``; ``region`` and ``from``, the search it comes from.
    here : str
        The address without what it asks.

    Returns
    -------
    PrintedReport
        Values that are not known are named in it, and nothing else comes of them.
    """
    parsed = address.parse(params, pages.Report.fields())
    view = PageView(pages.Report.of(parsed.values))
    t = view.t
    shared = {
        "t": t,
        "ignored": parsed.refused,
        "policy": POLICY,
        "state": adcodes.STATE,
        "back": site_links.find(view, None, text=t("report.back")),
    }
    sites = [site for _, site in finding.picked(view).iterrows()]
    if not sites:
        empty = templates.html(TEMPLATE, title=t("report.empty"), sites=(), **shared)
        return PrintedReport(html=empty, has_sites=False)
    lasting = replace(view.state, from_="")
    query = urlencode(address.render(lasting.values, lasting.fields()), safe=",")
    shortlist = tuple(str(site["id"]) for site in sites)
    named = [str(site[f"name_{t.lang}"]) for site in sites]
    light = palette.palette(catalog.families(), "light")
    rings = [light[site_facts.family(view, site)] for site in sites]
    facts = [[words(view, site) for _, words in site_facts.FACTS] for site in sites]
    sources = [_sources(view, site) for site in sites]
    page = templates.html(
        TEMPLATE,
        title=t("report.title", n=formats.whole(len(sites))),
        sites=sites,
        search=_search(view),
        dates=_dates(view),
        maps=shortlist_map.maps(t.lang, records.whose(view.region), shortlist),
        heads=[site_facts.title(view, key) for key, _ in site_facts.FACTS],
        facts=list(zip(rings, map(partial(_named, view), sites), facts, strict=True)),
        unknown=_unknown(view),
        source_heads=[t(f"card.{key}") for key in SOURCES],
        sources=list(zip(rings, named, sources, strict=True)),
        method=t("report.method", area=t("formula.area"), km=f"{site_facts.NEAR_KM:g}"),
        address=f"{here}?{query}",
        **shared,
    )
    return PrintedReport(html=page, has_sites=True)


def _search(view: View) -> str:
    """Return the headline of the search that the shortlist was made from."""
    params = dict(parse_qsl(view.state.from_))
    if not params:
        return ""
    values = address.parse({**params, "lang": view.t.lang}, pages.Find.fields()).values
    return sentences.find(PageView(pages.Find.of(values)))


def _dates(view: View) -> str:
    """Return what made the report, when, and of which list."""
    t = view.t
    made = t("report.made", date=datetime.now(UTC).date().isoformat())
    date = catalog.catalogue_date().isoformat()
    catalogue = view.say("report.catalogue", date=date, list=view.region_name)
    return t("list.dot").join([t("report.app"), made, catalogue])


def _sources(view: View, site: pd.Series) -> list[Markup | str]:
    """Return where a row comes from."""
    facts = selected.facts(view, site)
    return [facts[key][1] if key in facts else "" for key in SOURCES]


def _named(view: View, site: pd.Series) -> Markup:
    """Return a site's name in both languages."""
    other = view.t.other
    return markup.named(site[f"name_{view.t.lang}"], other, site[f"name_{other}"])


def _unknown(view: View) -> list[str]:
    """Say of which sites something is not known."""
    t, picked = view.t, finding.picked(view)
    missing = {
        "nowhere": picked.geometry.is_empty,
        "rough": picked["precision"] == "district",
        "evidence": picked["evidence"] == "unverified",
        "opened": picked["opened_year"].isna(),
        "area": picked["area_m2"].isna(),
        "district": pd.Series(
            [site_facts.home(site) is None for _, site in picked.iterrows()], index=picked.index
        ),
    }
    named = picked[f"name_{t.lang}"]
    return [
        t(f"report.unknown_{key}", names=t("list.comma").join(named[where]))
        for key, where in missing.items()
        if where.any()
    ]
