"""The divisions on the screen as files, each row with its method."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geo.files import csv_file
from geo.measures import areal_units
from ui.cached import names
from ui.districts.units import sheet
from ui.downloads import files, menu

if TYPE_CHECKING:
    from ui.districts.units.division import Shown


def offer(shown: Shown) -> None:
    """Offer the figures of the divisions, and the ranks of the districts in each."""
    table = files.FORMATS["csv"]
    for key in ("figures", "ranks"):
        menu.file(
            shown.view.t(f"download.areal_{key}_csv"),
            partial(as_csv, shown, key),
            name=f"{names.stem(shown.view.region)}-{shown.view.unit}-units-{key}.{table.ending}",
            media=table.media,
            key=f"areal_{key}",
        )


def as_csv(shown: Shown, key: str) -> bytes:
    """Return the "figures" or the "ranks" as CSV."""
    view = shown.view
    if key == "figures":
        rows = shown.found.figures.rename_axis("division")
    else:
        ranks = shown.measured.ranks
        named = {code: view.district_name(str(code)) for code in ranks.index}
        rows = ranks.rename_axis("adcode").copy()
        rows.insert(0, f"name_{view.t.lang}", rows.index.map(named))
    parameters = {
        "unit": view.unit,
        "sizes_m": [*areal_units.SIZES_M],
        **files.classed(view, shown.limits),
    }
    said = files.columns(view, "districts") | {
        "method": sheet.method(shown),
        "parameters": files.written(parameters),
    }
    return csv_file.csv(rows, metadata=said)
