"""A list to fill in: the headings that are recognised, and a row that shows how."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.facts import catalog
from geo.files import csv_file
from geo.intake import columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.intake.columns import Field
    from geo.settings import Language

ASKED: Final[tuple[Field, ...]] = (
    "name", "district", "address", "lon", "lat", "datum", "kind", "sectors", "opened_year",
    "area_m2", "note",
)  # fmt: skip
"""What the template has a column for."""

EXAMPLE: Final = "sh-m50"
"""The site of the catalogue that stands in its row."""

WORDED: Final[Mapping[Field, catalog.Field]] = {"kind": "kind"}


def table(lang: Language) -> pd.DataFrame:
    """Return the template: a column for each field, and one row of the catalogue.

    Examples
    --------
    >>> list(table("zh"))[:4], list(table("en"))[:4]
    (['名称', '区县', '地址', '经度'], ['name', 'district', 'address', 'lon'])
    """
    sites = catalog.sites().set_index("id")
    site = sites.loc[EXAMPLE]
    known = {
        **{field: site.get(field) for field in ASKED},
        "name": site[f"name_{lang}"],
        "datum": "WGS84",
        "kind": catalog.vocabulary("kind").loc[site["kind"], f"name_{lang}"],
        "sectors": "; ".join(
            str(catalog.sectors().loc[code, f"name_{lang}"]) for code in site["sectors"].split(";")
        ),
        "note": None,
    }
    row = {heading(field, lang): known[field] for field in ASKED}
    return pd.DataFrame([row], dtype=object)


def heading(field: Field, lang: Language) -> str:
    """Return the first heading in a language by which a field is recognised."""
    every = columns.headings_of(field)
    return next((each for each in every if each.isascii() == (lang == "en")), every[0])


def as_csv(lang: Language) -> bytes:
    """Return the template as CSV that spreadsheets open."""
    return csv_file.csv(table(lang))


def as_excel(lang: Language) -> bytes:
    """Return the template as a workbook."""
    target = io.BytesIO()
    table(lang).to_excel(target, index=False, engine="xlsxwriter", freeze_panes=(1, 0))
    return target.getvalue()
