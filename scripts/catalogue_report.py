"""Print how many sites the catalogue has, how well they are placed and attested, and what lacks.

``python -m scripts.catalogue_report`` prints it, ``--write`` puts it into docs/catalogue.md.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import formats
from geo.facts import boundaries, catalog, completeness, precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

WRITTEN: Final = Path(__file__).resolve().parent.parent / "docs" / "catalogue.md"

NEAR_M: Final = 500.0
"""A site placed to this or better counts as placed."""


def report() -> str:
    """Return the report as Markdown."""
    sites = catalog.sites(scope=catalog.WIDE)
    parts = (
        _head(sites),
        _by_word(sites),
        _by_region(sites),
        _residents(),
        _reported(),
        _missing(),
    )
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table, the first column left and the others right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _near(sites: pd.DataFrame) -> pd.Series:
    return precision.uncertainty_m(sites["precision"]) <= NEAR_M


def _share(marked: pd.Series) -> str:
    return f"{formats.whole(marked.sum())} ({formats.percent(marked.mean(), digits=0)})"


def _head(sites: gpd.GeoDataFrame) -> str:
    core = sites[sites["scope"] == catalog.CORE]
    recognised = _recognised(core)
    rows = [
        ("of scope core", formats.whole(len(core)), "640"),
        ("of scope wide: technology and start-up parks", len(sites) - len(core), "190"),
        ("core, placed to 500 m or better", _share(_near(core)), "58%"),
        ("core, unverified", _share(core["evidence"] == "unverified"), "under 10%"),
        ("core, with the year it opened", _share(core["opened_year"].notna()), ""),
        ("core, with a year of recognition", _share(recognised), ""),
        ("core, with either year", _share(core["opened_year"].notna() | recognised), ""),
    ]
    return "\n".join(
        (
            "# The catalogue in figures",
            "",
            f"Catalogue of {catalog.catalogue_date().isoformat()}.",
            "Written by `python -m scripts.catalogue_report --write`.",
            "",
            _table(("Sites", "number", "aim"), rows),
        )
    )


def _recognised(sites: pd.DataFrame) -> pd.Series:
    known = catalog.milestones()
    return sites["id"].isin(known.loc[known["event"] == "recognised", "site"])


def _by_word(sites: gpd.GeoDataFrame) -> str:
    parts = []
    for field in ("evidence", "precision", "kind"):
        words = catalog.vocabulary(field)["name_en"]
        counts = pd.crosstab(sites[field], sites["scope"]).reindex(words.index, fill_value=0)
        rows = [
            (word, *numbers)
            for word, *numbers in zip(
                words, counts[catalog.CORE], counts[catalog.WIDE], strict=True
            )
        ]
        parts.append(f"## By {field}\n\n{_table((field.capitalize(), 'core', 'wide'), rows)}")
    return "\n\n".join(parts)


def _by_region(sites: gpd.GeoDataFrame) -> str:
    rows = []
    for region, name in catalog.regions()["name_en"].items():
        own = sites[sites["region"] == region]
        core = own[own["scope"] == catalog.CORE]
        year = core["opened_year"].notna() | _recognised(core)
        marks = (_near(core), core["evidence"] == "unverified", year)
        rows.append((name, len(core), len(own) - len(core), *map(_share, marks)))
    heads = ("Region", "core", "wide", "core to 500 m", "core unverified", "core with a year")
    return f"## By region\n\n{_table(heads, rows)}"


def _residents() -> str:
    units = catalog.district_facts()
    joined = pd.concat(
        boundaries.districts(region, level="district")["population"]
        for region in catalog.regions().index
    )
    outlined = units["population_comparable"].eq("no")
    names = ", ".join(units.loc[outlined, "name_zh"])
    rows = [
        ("districts of the regions", len(units), ""),
        ("with residents of 2020", units["population_year"].eq(2020).sum(), len(units)),
        ("usable per resident", joined.notna().sum(), "200"),
        ("of them uncertain", units["population_comparable"].eq("uncertain").sum(), ""),
        (f"of another outline, joined to none: {names}", outlined.sum(), ""),
    ]
    return f"## Residents\n\n{_table(('Districts', 'number', 'aim'), rows)}"


def _reported() -> str:
    table = completeness.compared()
    table = table[table["latest"] & ~table["part"]]
    regions = catalog.regions()["name_en"]
    rows = [
        (
            f"{regions[row['region']]}: {', '.join(row['name_en'])}",
            formats.year(row["year"]),
            formats.whole(row["sites"]),
            formats.whole(row["unranked"]),
            f"{'at least ' if row['at_least'] else ''}{formats.whole(row['reported'])}",
        )
        for _, row in table.iterrows()
    ]
    silent = [name for region, name in regions.items() if region not in set(table["region"])]
    heads = ("Reported", "year", "on record", "unranked", "reported")
    remark = f"\n\nNo number was found for {', '.join(silent)}." if silent else ""
    return (
        "## On record and reported\n\nSites of scope core by kind and level; unranked "
        f"are those of the kind whose level is not known.\n\n{_table(heads, rows)}{remark}"
    )


def _missing() -> str:
    core = catalog.sites()
    far, nowhere = (~_near(core)).sum(), core.geometry.is_empty.sum()
    level = core[core["level"] == completeness.UNRANKED]
    lacks = [
        (
            f"{far} core sites are not placed to 500 m, {nowhere} of them not at all",
            "their addresses by house number, and a register of house numbers of each city",
        ),
        (
            f"{level['kind'].value_counts().get('park', 0)} core parks have no level",
            "the lists with names behind the numbers above, such as Shanghai's municipal parks",
        ),
        (
            f"{core['opened_year'].isna().sum()} core sites have no opening year",
            "pages of the operators or notices of the opening; a recognition is no opening",
        ),
        (
            f"{(core['evidence'] == 'unverified').sum()} core sites are unverified",
            "one page, notice or register that names each",
        ),
        (
            "Firms with a design centre are mostly missing",
            "the lists of municipal and provincial design centres with the firms' names",
        ),
    ]
    return f"## What is still missing\n\n{_listed(lacks)}"


def _listed(lacks: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {what}. It would take {how}." for what, how in lacks)


def main() -> int:
    """Print the report, or write it; exit status 0."""
    if "--write" in sys.argv[1:]:
        WRITTEN.write_text(report(), "utf-8")
    else:
        print(report(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
