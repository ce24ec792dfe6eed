"""The shortlist as a page to print: maps, table, what is unknown, sources; nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from markupsafe import Markup

from geo.facts import catalog
from layers.transport.standalone import NotStandaloneError
from ui.blocks import selected, sentences, site_facts, site_links
from ui.cached import names
from ui.filters import finding
from ui.report import cache as report_cache
from ui.report import shortlist_map
from ui.state import address, fields
from ui.state.view import View, colours
from ui.words.language import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

FIELDS = (fields.LANG, fields.REGION, fields.PICKED, fields.FROM)
"""What the report's address may say."""

SOURCES = ("address", "lonlat", "coordinates", "source", "note")
"""Facts of a site that stand below the table."""

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""Maps within the page are bound by it too: it loads nothing, wherever it is opened."""

_CSS = Path(__file__).with_name("report.css")

_PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body><main>
{body}
</main></body>
</html>
""")


@dataclass(frozen=True, kw_only=True)
class Report:
    """A page, and whether there is a site in it."""

    html: str
    found: bool


def report(params: Mapping[str, str], *, here: str) -> Report:
    """Write the report of a shortlist.

    Parameters
    ----------
    params : Mapping of str to str
        The address: ``pick``, ``lang``; ``region`` and ``from``, the search it comes from.
    here : str
        The address without what it asks.

    Returns
    -------
    Report
        Values that are not known are named in it, and nothing else comes of them.
    """
    parsed = address.parse(params, FIELDS)
    # Sites have the colour of their first sector: there is no filter here.
    view = View({**parsed.values, "sector": ()}, Texts(parsed.values["lang"]), dark=False)
    t = view.t
    ignored = Markup("").join(
        Markup('<p class="ignored" role="status">{}</p>').format(
            t("report.ignored", name=item.name, value=item.value)
        )
        for item in parsed.refused
    )
    back = Markup('<p class="back">{}</p>').format(
        site_links.find(view, None, text=t("report.back"))
    )
    picked = finding.picked(view)
    if picked.empty:
        title = t("report.empty")
        note = Markup("<p>{}</p>").format(t("report.empty_note"))
        body = [back, Markup("<h1>{}</h1>").format(title), ignored, note]
        return Report(html=_page(view, title, body), found=False)
    title = t("report.title", n=len(picked))
    lasting = {**view.values, fields.FROM.name: ""}
    asked = urlencode(address.render(lasting, FIELDS), safe=",")
    key = (t.lang, tuple(picked["id"]))
    maps = report_cache.maps(key, partial(_maps, view, picked))
    drawn = maps or Markup('<p class="note">{}</p>').format(t("report.map_missing"))
    body = [back, _head(view, title), ignored, drawn, _table(view, picked)]
    body += [_unknown(view, picked), _sources(view, picked), _foot(view, f"{here}?{asked}")]
    return Report(html=_page(view, title, body), found=True)


def _page(view: View, title: str, body: list[Markup]) -> str:
    return _PAGE.format(
        language="zh-Hans" if view.t.lang == "zh" else "en",
        policy=Markup(POLICY),  # noqa: S704 - ours; the quotes in it must stay
        title=title,
        style=Markup(_style()),  # noqa: S704 - a file of ours
        body=Markup("\n").join(filter(None, body)),
    )


@cache
def _style() -> str:
    return _CSS.read_text("utf-8")


def _head(view: View, title: str) -> Markup:
    """Return the title, and the headline of the search that the shortlist was made from."""
    t = view.t
    asked = dict(parse_qsl(str(view.values[fields.FROM.name])))
    said = Markup("")
    if asked:
        values = address.parse({**asked, "lang": t.lang}, fields.FIND).values
        search = View(values, t, dark=False)
        said = Markup("<p>{}</p>").format(t("report.search", said=sentences.find(search)))
    dates = t("list.dot").join(
        [
            t("report.app"),
            t("report.made", date=datetime.now(UTC).date().isoformat()),
            t("report.catalogue", date=catalog.catalogue_date().isoformat()),
        ]
    )
    return Markup(
        '<header><button type="button" onclick="print()">{}</button><h1>{}</h1>{}<p>{}</p></header>'
    ).format(t("report.print"), title, said, dates)


def _maps(view: View, picked: gpd.GeoDataFrame) -> Markup:
    """Return each region's map, or why it has none; nothing where the scripts are missing."""
    t = view.t
    numbers = {str(key): i + 1 for i, key in enumerate(picked["id"])}
    drawn = []
    for region in dict.fromkeys(picked["region"]):
        name = names.regions(t.lang)[region]
        try:
            document = shortlist_map.shortlisted(view, region, numbers)
        except NotStandaloneError:
            return Markup("")
        if document is None:
            note = Markup('<p class="note">{}</p>').format(t("report.map_none", region=name))
            drawn.append(note)
            continue
        drawn.append(
            # In no sandbox: browsers do not draw such frames until they are in view, and what is
            # not drawn is not printed.
            Markup('<iframe title="{}" srcdoc="{}"></iframe>').format(
                t("report.map_label", region=name), document
            )
        )
    return Markup("\n").join(drawn)


def _table(view: View, picked: gpd.GeoDataFrame) -> Markup:
    """Return what a comparison tells of the sites, a row each."""
    t = view.t
    heads = [t("report.number"), t("report.name")]
    heads += [site_facts.title(view, key) for key, _ in site_facts.FACTS]
    rows = [
        [_named(view, site), *(say(view, site) for _, say in site_facts.FACTS)]
        for _, site in picked.iterrows()
    ]
    return _rows(view, t("report.table"), heads, picked, rows)


def _sources(view: View, picked: gpd.GeoDataFrame) -> Markup:
    """Return where each row comes from."""
    t = view.t
    heads = [t("report.number"), t("report.name"), *(t(f"card.{key}") for key in SOURCES)]
    rows: list[list[Markup | str]] = []
    for _, site in picked.iterrows():
        facts = selected.facts(view, site)
        told = [facts[key][1] if key in facts else "" for key in SOURCES]
        rows.append([str(site[f"name_{t.lang}"]), *told])
    return _rows(view, t("report.sources"), heads, picked, rows, name="sources")


def _rows(
    view: View,
    title: str,
    heads: list[str],
    picked: gpd.GeoDataFrame,
    rows: Sequence[Sequence[Markup | str]],
    *,
    name: str = "facts",
) -> Markup:
    """Return a table whose rows begin with the sites' numbers."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(each) for each in heads)
    light = colours(dark=False)
    rings = [light[site_facts.family(view, site)] for _, site in picked.iterrows()]
    body = Markup("").join(
        Markup(
            '<tr><td><b style="border-color:{}">{}</b></td><th scope="row">{}</th>{}</tr>'
        ).format(
            ring,
            i + 1,
            row[0],
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row[1:]),
        )
        for i, (ring, row) in enumerate(zip(rings, rows, strict=True))
    )
    return Markup(
        '<section><h2>{0}</h2><div class="wide" tabindex="0" role="region" aria-label="{0}">'
        '<table class="{1}"><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div></section>'
    ).format(title, name, head, body)


def _named(view: View, site: pd.Series) -> Markup:
    other = "en" if view.t.lang == "zh" else "zh"
    return Markup('{}<small lang="{}">{}</small>').format(
        site[f"name_{view.t.lang}"], other, site[f"name_{other}"]
    )


def _unknown(view: View, picked: gpd.GeoDataFrame) -> Markup:
    """Say of which sites something is not known."""
    t = view.t
    missing = {
        "nowhere": picked.geometry.is_empty,
        "rough": picked["precision"] == "district",
        "evidence": picked["existence"] != "sourced",
        "opened": picked["opened_year"].isna(),
        "area": picked["area_m2"].isna(),
        "district": pd.Series(
            [site_facts.home(site) is None for _, site in picked.iterrows()], index=picked.index
        ),
    }
    told = picked[f"name_{t.lang}"]
    items = Markup("").join(
        Markup("<li>{}</li>").format(
            t(f"report.unknown_{key}", names=t("list.comma").join(told[where]))
        )
        for key, where in missing.items()
        if where.any()
    )
    items = items or Markup("<li>{}</li>").format(t("report.unknown_none"))
    return Markup('<section class="unknown"><h2>{}</h2><ul>{}</ul></section>').format(
        t("report.unknown"), items
    )


def _foot(view: View, link: str) -> Markup:
    t = view.t
    method = t("report.method", area=t("formula.area"), km=f"{site_facts.NEAR_KM:g}")
    return Markup('<footer><p>{} {}</p><p>{} <span class="address">{}</span></p></footer>').format(
        method, t("report.boundary"), t("report.address"), link
    )
