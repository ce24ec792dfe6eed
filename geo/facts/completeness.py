"""How complete the catalogue is: sites on record against what authorities report.

A district without a site may be one that nobody has looked at. The numbers of ``data/reported.csv``
say how many parks, bases and centres there are by an authority's own count.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from geo.facts import catalog

OF: Final = ["region", "city_adcode", "kind", "level", "year", "part"]
"""What a number is of. Numbers of the same kind, level and year are of different things."""

UNRANKED: Final = "none"
"""The level of a site whose sources give none."""


def compared(region: str | None = None) -> pd.DataFrame:
    """Return sites of scope core on record against what authorities report.

    Parameters
    ----------
    region
        Id of a region; all regions where omitted.

    Returns
    -------
    DataFrame
        A row for each region, city, kind, level and year that a number is of, latest year first:
        ``id``, that of the first number; ``region``; ``city_adcode``, missing where the number
        covers the region; ``kind``; ``level``, missing where it covers all; ``year``; ``part``,
        whether it is among another
        row's; ``latest``, whether no later number is of the same; ``reported``, the numbers
        added up; ``at_least``, whether they are of single batches, so that there are more;
        ``sites`` on record of this kind and level, missing for a part, which the catalogue does
        not mark; ``unranked``, those of the kind whose level is not known; ``name_zh``,
        ``name_en``, what is counted, and ``source``, each as tuples.

    Raises
    ------
    UnknownRegionError
        If there is no such region.

    Examples
    --------
    >>> parks = compared("shanghai").query("latest and not part").iloc[0]
    >>> parks["kind"], parks["level"], int(parks["year"]), int(parks["reported"])
    ('park', 'municipal', 2022, 160)
    """
    sites = catalog.sites(region)
    facts = catalog.reported()
    if region is not None:
        facts = facts[facts["region"] == region]
    facts = facts.assign(part=facts["covers"] == "part").reset_index()
    rows = [
        {
            "id": group["id"].iloc[0],
            **dict(zip(OF, key, strict=True)),
            "reported": int(group["value"].sum()),
            "at_least": bool((group["covers"] == "batch").any()),
            "name_zh": tuple(group["name_zh"]),
            "name_en": tuple(group["name_en"]),
            "source": tuple(dict.fromkeys(group["source"])),
            **_on_record(sites, dict(zip(OF, key, strict=True))),
        }
        for key, group in facts.groupby(OF, sort=False, dropna=False)
    ]
    columns = (
        "id",
        *OF,
        "reported",
        "at_least",
        "name_zh",
        "name_en",
        "source",
        "sites",
        "unranked",
    )
    table = pd.DataFrame(rows, columns=pd.Index(columns)).astype(
        {
            **dict.fromkeys(("id", "region", "city_adcode", "kind", "level"), "string"),
            **dict.fromkeys(("year", "reported", "sites", "unranked"), "Int64"),
            **dict.fromkeys(("part", "at_least"), "bool"),
        }
    )
    same = [table[name].fillna("") for name in ("region", "city_adcode", "kind", "level", "part")]
    table["latest"] = table["year"] == table.groupby(same)["year"].transform("max")
    order = table.assign(place=pd.factorize(table["region"])[0]).sort_values(
        ["place", "year", "reported"], ascending=[True, False, False], kind="stable"
    )
    return order.drop(columns="place").reset_index(drop=True)


def _on_record(sites: pd.DataFrame, key: dict[str, Any]) -> dict[str, int | None]:
    """Return how many sites a number is of, and how many more are of unknown level."""
    if key["part"]:
        return {"sites": None, "unranked": None}
    of_kind = (sites["region"] == key["region"]) & (sites["kind"] == key["kind"])
    if not pd.isna(key["city_adcode"]):
        of_kind &= sites["city_adcode"] == key["city_adcode"]
    if pd.isna(key["level"]):
        return {"sites": int(of_kind.sum()), "unranked": 0}
    of_level = sites["level"] == key["level"]
    unranked = sites["level"] == UNRANKED
    return {"sites": int((of_kind & of_level).sum()), "unranked": int((of_kind & unranked).sum())}


def widest(table: pd.DataFrame) -> pd.Series | None:
    """Return the latest number of a whole region that exceeds the sites most; none without any.

    Parameters
    ----------
    table
        Result of `compared` for one region.
    """
    whole = table[table["latest"] & ~table["part"] & table["city_adcode"].isna()]
    short = whole["reported"] - whole["sites"]
    return None if whole.empty else whole.iloc[int(short.argmax())]
