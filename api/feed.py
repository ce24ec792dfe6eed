"""The record of changes as an Atom feed (RFC 4287): an entry for each day and region."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from api import answers, endpoints, html_pages, negotiation, query, selection, sources
from api.refusals import Faults
from geo.checks.written import listed
from geo.facts import catalog, revisions

if TYPE_CHECKING:
    import pandas as pd

    from api.request import Request
    from geo.settings import Language

PARAMETERS: Final = ("lang", "region")

MOST: Final = 60
"""Entries of a feed, the latest."""

MOST_NAMES: Final = 40
"""Names that an entry gives of rows that changed in the same way."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows of a table that changed for the same reason; `more` of them are not named."""

    table: str
    reason: str
    count: int
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What changed in a region on a day: its address as id, and the page that shows it."""

    date: str
    region: str
    id: str
    page: str
    groups: tuple[Group, ...]


def feed(request: Request) -> answers.ApiAnswer:
    """Return the feed, of one region or several where they are asked for.

    The header Accept is not looked at: a reader of feeds takes what the address of one gives.

    Raises
    ------
    RefusedRequest
        For parameters that cannot be used.
    """
    faults, changes = Faults(), sources.collection("changes")
    params = query.sorted_out(query.pairs(request.query_string), PARAMETERS, faults)
    wish = faults.of(negotiation.wish, "", request.accept_language, None, params.get("lang"))
    asked = query.ItemsQuery(asked=query.given(params, ("region",)))
    rows = faults.of(selection.select, changes, asked)
    faults.settle()
    if wish is None or rows is None:
        raise TypeError(params)
    lines = revisions.recorded().iloc[rows]
    # Those of before the last release, and what belongs to no region of today, have no page.
    kept = lines.index.isin(revisions.since_release().index) & lines["row"].notna()
    lines = lines[kept & lines["region"].isin(catalog.regions().index)]
    days = lines.iloc[::-1].groupby(["date", "region"], sort=False)
    entries = [_entry(day, wish.lang, request.base) for _, day in islice(days, MOST)]
    regions = sorted(set(listed(dict(asked.asked).get("region", ""))))
    given = {"lang": wish.lang} | ({"region": ",".join(regions)} if regions else {})
    address = f"{request.base}/feed?{urlencode(given, safe=',')}"
    updated = entries[0].date if entries else catalog.catalogue_date().isoformat()
    named = catalog.regions()[f"name_{wish.lang}"]
    content = {
        "address": address,
        "entries": entries,
        "updated": updated,
        "regions": [named[region] for region in regions],
    }
    return html_pages.page("feed.xml", wish.lang, request.service, content, media_type=answers.ATOM)


def _entry(lines: pd.DataFrame, lang: Language, base: str) -> Entry:
    date, region = lines["date"].iloc[0], lines["region"].iloc[0]
    asked = urlencode({"region": region, "datetime": date})
    shown = urlencode({"lang": lang, "region": region, "since": date})
    return Entry(
        date=date,
        region=catalog.regions()[f"name_{lang}"][region],
        id=f"{base}/collections/changes/items?{asked}",
        page=f"{endpoints.app_address(base)}/data?{shown}",
        groups=tuple(
            _group(rows, lang) for _, rows in lines.iloc[::-1].groupby(["table", "reason"])
        ),
    )


def _group(lines: pd.DataFrame, lang: Language) -> Group:
    table, reason = (
        catalog.vocabulary(field)[f"name_{lang}"][lines[field].iloc[0]]
        for field in ("table", "reason")
    )
    rows = lines.drop_duplicates("row")
    names = rows[f"name_{lang}"].fillna(rows["name_zh"]).fillna(rows["row"])
    return Group(
        table=table,
        reason=reason,
        count=len(names),
        names=tuple(names[:MOST_NAMES]),
        more=max(len(names) - MOST_NAMES, 0),
    )
