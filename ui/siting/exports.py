"""Files of a plan or of pins: the places, and the districts before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from geo import formats
from geo.files import csv_file, geojson
from ui.cached import names
from ui.downloads import files, menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from ui.siting.wording import Facts
    from ui.state.pages import Siting
    from ui.state.view import PageView

NESTED: Final = frozenset({"unknown", "beyond"})
"""Parameters that no cell of a table holds."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What files hold.

    Attributes
    ----------
    of
        What it is of: in names of files, and of buttons.
    texts
        Section of the texts that name the files.
    n
        How many places there are.
    places
        Returns them on an index with a name.
    changed
        The districts before and after, by adcode.
    parameters
        Returns what it depends on.
    method
        Returns the sentences that say how it is made.
    """

    of: Literal["plan", "trial"]
    texts: Literal["siting", "trial"]
    n: int
    places: Callable[[], gpd.GeoDataFrame]
    changed: pd.DataFrame
    parameters: Callable[[], dict[str, object]]
    method: Callable[[], Sequence[str]]


def offer(view: PageView[Siting], export: Export) -> None:
    """Offer the places as GeoJSON and CSV, and the districts as CSV."""
    t, n, m = view.t, *map(formats.whole, (export.n, len(export.changed)))
    stem = f"{names.stem(view.region)}-{'filtered-' if view.filtered else ''}{export.of}"
    menu.file(
        t(f"{export.texts}.file_geojson", n=n),
        lambda: geojson.feature_collection(
            export.places(), ids="index", metadata=_metadata(view, export)
        ),
        name=f"{stem}.geojson",
        media=files.FORMATS["geojson"].media,
        key=f"{export.of}_geojson",
    )
    menu.file(
        t(f"{export.texts}.file_csv", n=n),
        lambda: csv_file.csv(pd.DataFrame(export.places()), metadata=_columns(view, export)),
        name=f"{stem}.csv",
        media=files.FORMATS["csv"].media,
        key=f"{export.of}_csv",
    )
    menu.file(
        t("siting.file_districts", n=m, unit=view.noun()),
        lambda: csv_file.csv(_districts(view, export), metadata=_columns(view, export)),
        name=f"{stem}-districts.csv",
        media=files.FORMATS["csv"].media,
        key=f"{export.of}_districts",
    )


def by_district(row: Facts) -> str:
    """Return whom a place adds by district, as files have it."""
    return "; ".join(f"{code} {n:.0f}" for code, n in row["by_district"])


def _districts(view: PageView[Siting], export: Export) -> pd.DataFrame:
    table = export.changed.rename_axis("adcode").reset_index()
    table.insert(1, "name", [view.district_name(str(code)) for code in table["adcode"]])
    return table


def _metadata(view: PageView[Siting], export: Export) -> dict[str, object]:
    """Return what the GeoJSON file carries: region, filters, method, parameters, sources."""
    title = view.t(f"{export.texts}.file_title", region=view.region_name)
    own = {"title": title, **export.parameters(), "method": _method(view, export)}
    return files.metadata(view, "sites") | own


def _columns(view: PageView[Siting], export: Export) -> dict[str, object]:
    told = {name: each for name, each in export.parameters().items() if name not in NESTED}
    return files.columns(view, "sites") | {
        "method": _method(view, export),
        "parameters": files.written(told),
    }


def _method(view: PageView[Siting], export: Export) -> str:
    return view.t("list.sentence").join(export.method())
