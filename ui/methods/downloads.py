"""The list of methods as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.files import csv_file
from geo.methods.method import methods
from ui.downloads import files, menu
from ui.methods import sheet

if TYPE_CHECKING:
    from geo.settings import Language
    from ui.state.pages import Methods
    from ui.state.view import PageView


def listed(view: PageView[Methods]) -> None:
    """Offer formulas, units and sources of all methods."""
    table = files.FORMATS["csv"]
    with menu.button(view):
        menu.file(
            view.t("methods.csv", n=len(methods())),
            lambda: as_csv(view.t.lang),
            name=f"methods.{table.ending}",
            media=table.media,
            key="methods",
        )


def as_csv(lang: Language) -> bytes:
    """Return the methods as CSV: formulas in TeX, functions by their full names."""
    said = sheet.words(lang)
    rows = [
        {
            "id": key,
            "family": said(f"family.{each.family}"),
            "name": said(f"{key}.name"),
            "meaning": said(f"{key}.headline"),
            "unit": sheet.unit(each, lang),
            "formula": "; ".join(each.formula),
            "note": said(f"{key}.note"),
            "source": "; ".join(each.sources),
            "check": each.check.call if each.check else "",
            "check_value": each.check.value if each.check else None,
            "functions": "; ".join(each.functions),
            "column": each.column,
        }
        for key, each in methods().items()
    ]
    return csv_file.csv(pd.DataFrame(rows))
